// Prints the size of the code of every draft in a folder (default: testdata/size-samples): bytes signed, digits, QR
// version at level M, and the median. Portraits are as the drafts have them. Usage: bench_sizes [FOLDER]
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <vector>

#include "base/file.h"
#include "elic/issue/license_draft.h"
#include "elic/packs/type_packs.h"
#include "elic/payload/payload.h"
#include "elic/qr/draw.h"
#include "issue/built_license.h"
#include "payload/claims.h"

namespace {

constexpr std::uint64_t typical_index = 1000000;  // a status list index of a body of some size

int measure(const std::filesystem::path& file, std::vector<std::size_t>& sizes) {
    using namespace elic;
    auto text = read_file(file, 1 << 20);
    if (!text) return 1;
    auto reading = read_license_draft(as_text(*text));
    if (!reading.draft) {
        std::printf("%s: %s: %s\n", file.filename().c_str(), reading.faults[0].field.c_str(),
                    reading.faults[0].mend.c_str());
        return 1;
    }
    const auto pack = TypePacks::builtin().load_newest(reading.draft->type);
    const auto issuer = Uscc::parse("11430199MB00TX017C");
    if (!pack || !issuer) return 1;
    const std::string name = "示例省政务服务局（测试）";
    const auto now = Timestamp::last_second_of(reading.draft->issued_on);
    auto built = build_license(*reading.draft, {.pack = **pack, .issuer = *issuer, .issuer_name = name, .now = now});
    if (!built.license) {
        for (const auto& fault : built.faults)
            std::printf("%s: %s: %s\n", file.filename().c_str(), fault.field.c_str(), fault.mend.c_str());
        return 1;
    }
    auto license = *built.license;
    license.id = LicenseId::make(license.id.type(), *issuer, built.serial.value_or("100000001"), 1).value();
    license.status = {.list = 1, .index = typical_index};
    auto claims = write_claims(license, **pack);
    if (!claims) {
        std::printf("%s: %s\n", file.filename().c_str(), claims.error().context.c_str());
        return 1;
    }
    const auto payload = write_payload({.hint = {}, .claims = *claims, .signature = {}});
    const auto modules = draw_qr(payload);
    if (!modules) return 1;
    const std::size_t bytes = claims->size() + 72;
    sizes.push_back(bytes);
    std::printf("%-40s %4zu bytes (claims %4zu) %5zu digits  v%d-M\n", file.filename().c_str(), bytes, claims->size(),
                payload.size(), modules->version);
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    const std::filesystem::path folder = argc > 1 ? argv[1] : "testdata/size-samples";
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().extension() == ".json") files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    std::vector<std::size_t> sizes;
    int faults = 0;
    for (const auto& file : files) faults += measure(file, sizes);
    if (sizes.empty()) return 1;
    std::sort(sizes.begin(), sizes.end());
    const std::size_t middle = sizes.size() / 2;
    const std::size_t median = sizes.size() % 2 != 0 ? sizes[middle] : (sizes[middle - 1] + sizes[middle]) / 2;
    std::printf("median of %zu: %zu bytes; %d could not be encoded\n", sizes.size(), median, faults);
    return faults == 0 ? 0 : 1;
}
