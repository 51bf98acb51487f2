// Photographs and drawings of codes made by others: scan_codes against their texts, and against ZXing as it comes.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

#include "elic/qr/scan.h"
#include "qr/zxing.h"

namespace {

namespace fs = std::filesystem;

struct Sample {
    fs::path picture;
    std::string text;
};

// What became of the samples: each is in one of equal, missed, wrong.
struct Score {
    int found = 0, equal = 0, missed = 0, wrong = 0;
};

std::string content_of(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

// Pictures with a .txt of the same name; a .result.txt beside it holds other facts and belongs to no picture.
std::vector<Sample> samples_below(const fs::path& folder) {
    std::vector<Sample> samples;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        const auto extension = entry.path().extension();
        if (extension != ".png" && extension != ".jpg" && extension != ".webp") continue;
        const auto text = fs::path(entry.path()).replace_extension(".txt");
        if (fs::exists(text)) samples.push_back({entry.path(), content_of(text)});
    }
    std::ranges::sort(samples, {}, &Sample::picture);
    return samples;
}

void count(Score& score, const std::vector<std::string>& texts, const std::string& expected) {
    const bool equal = std::ranges::find(texts, expected) != texts.end();
    score.found += !texts.empty();
    score.equal += equal;
    score.missed += texts.empty();
    score.wrong += !texts.empty() && !equal;
}

std::vector<std::string> plain_zxing(const elic::Picture& picture) {
    const ZXing::ImageView view(picture.pixels.data(), static_cast<int>(picture.width),
                                static_cast<int>(picture.height), ZXing::ImageFormat::Lum);
    const auto formats = ZXing::BarcodeFormat::QRCode;
    std::vector<std::string> texts;
    for (const auto& result : ZXing::ReadBarcodes(view, ZXing::DecodeHints().setTryHarder(true).setFormats(formats))) {
        if (result.isValid()) texts.push_back(result.text());
    }
    return texts;
}

void print(const char* who, const Score& score) {
    std::cout << "scan corpus, " << who << ": found " << score.found << ", equal " << score.equal << ", missed "
              << score.missed << ", wrong " << score.wrong << "\n";
}

}  // namespace

// Provenance: data/qr/SOURCE.md of the folder that ELIC_SHARED names; the pictures are not part of the project.
TEST_CASE("scan_codes reads the shared photographs at least as well as plain ZXing and with no more wrong answers") {
    const char* shared = std::getenv("ELIC_SHARED");
    const fs::path folder = shared == nullptr ? fs::path() : fs::path(shared) / "data" / "qr";
    if (shared == nullptr || !fs::is_directory(folder)) {
        std::cout << "scan corpus: 0 pictures, because "
                  << (shared == nullptr ? "ELIC_SHARED is not set" : "ELIC_SHARED has no folder data/qr") << "\n";
        return;
    }
    const auto samples = samples_below(folder);
    REQUIRE(!samples.empty());
    Score ours, plain;
    for (const auto& sample : samples) {
        CAPTURE(sample.picture.filename().string());
        const std::string file = content_of(sample.picture);
        const auto picture = elic::read_picture(elic::as_bytes(file));
        REQUIRE(picture.has_value());
        std::vector<std::string> texts;
        for (const auto& code : elic::scan_codes(*picture)) texts.push_back(code.text);
        if (std::ranges::find(texts, sample.text) == texts.end()) {
            std::cout << "scan corpus: " << (texts.empty() ? "missed " : "wrong ") << sample.picture.filename().string()
                      << "\n";
        }
        count(ours, texts, sample.text);
        count(plain, plain_zxing(*picture), sample.text);
    }
    std::cout << "scan corpus: " << samples.size() << " pictures\n";
    print("scan_codes", ours);
    print("plain ZXing", plain);
    CHECK(ours.equal + ours.missed + ours.wrong == static_cast<int>(samples.size()));
    CHECK(ours.equal >= plain.equal);
    CHECK(ours.wrong <= plain.wrong);
}
