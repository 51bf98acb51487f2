#include "vectors/vector_support.h"

#include <algorithm>
#include <stdexcept>

#include "base/file.h"
#include "elic/crypto/sm3.h"
#include "elic/issue/license_draft.h"
#include "elic/packs/type_packs.h"
#include "issue/built_license.h"

namespace elic::test {

PrivateKey fixed_key(int n) {
    return PrivateKey::from_scalar(sm3(as_bytes("elic TEST key " + std::to_string(n)))).value();
}

std::shared_ptr<const TypePack> pack_of(const LicenseTypeCode& type) {
    return TypePacks::builtin().load_newest(type).value();
}

Metadata sample_license(const std::filesystem::path& file) {
    const auto path =
        std::filesystem::path(ELIC_SOURCE_DIR) / "testdata" / (file.has_parent_path() ? file : "samples" / file);
    const auto text = read_file(path, 1 << 20).value();
    const auto draft = read_license_draft(as_text(text)).draft.value();
    const auto issuer = Uscc::parse("11430199MB00TX017C").value();
    const std::string name = "示例省政务服务局（测试）";
    const auto now = Timestamp::parse("2026-11-23T10:00:00+08:00").value();
    const auto pack = pack_of(draft.type);
    auto built = build_license(draft, {.pack = *pack, .issuer = issuer, .issuer_name = name, .now = now});
    if (!built.license)
        throw std::runtime_error(file.string() + ": " + built.faults.front().field + ": " + built.faults.front().mend);
    auto license = *built.license;
    license.id = LicenseId::make(draft.type, issuer, built.serial.value_or("100000001"), 1).value();
    license.status = {.list = 1, .index = 184467};
    return license;
}

Vector read_vector(const std::filesystem::path& file, const std::vector<std::string>& known) {
    const auto bytes = read_file(file, 1 << 20).value();
    std::string_view text = as_text(bytes);
    Vector vector{.name = file.filename().string(), .header = {}, .body = {}};
    for (;;) {
        const auto end = text.find('\n');
        if (end == std::string_view::npos) throw std::runtime_error(vector.name + ": no body");
        const auto line = text.substr(0, end);
        text.remove_prefix(end + 1);
        if (line.empty()) break;
        const auto colon = line.find(": ");
        const std::string key(line.substr(0, colon));
        if (colon == std::string_view::npos || std::find(known.begin(), known.end(), key) == known.end())
            throw std::runtime_error(vector.name + ": unknown key " + key);
        if (!vector.header.emplace(key, line.substr(colon + 2)).second)
            throw std::runtime_error(vector.name + ": repeated key " + key);
    }
    while (!text.empty() && text.back() == '\n') text.remove_suffix(1);
    vector.body = std::string(text);
    return vector;
}

}  // namespace elic::test
