// Verifies an OFD file, as docs/library.md shows it. Usage: consumer TRUST_FOLDER PIN_FILE OFD_FILE CODE_FILE
#include <ctime>
#include <elic/verify/verify_document.h>
#include <fstream>
#include <iostream>
#include <iterator>

namespace {

std::string read(const char* path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 5) return 2;
    const auto trust = elic::TrustFolder::open(argv[1]);
    const auto pins = elic::load_root_pins(argv[2]);
    if (!trust || !pins) {
        std::cerr << (trust ? pins.error() : trust.error()).context << '\n';
        return 1;
    }
    elic::VerifyContext context{.trust = &*trust, .at = elic::Timestamp::from_unix(std::time(nullptr)).value()};
    context.pins = *pins;
    context.policy.allow_missing_status = true;
    // What a scanner read off the page. This program draws nothing: the report says so.
    elic::FaceReading face{.scanned_texts = {read(argv[4])}};
    face.not_redrawn = "this program draws nothing";
    const auto ofd = read(argv[3]);
    std::cout << elic::to_json(elic::verify_document(elic::as_bytes(ofd), face, context), false) << '\n';
    return 0;
}
