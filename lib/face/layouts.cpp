#include <algorithm>
#include <charconv>
#include <map>
#include <mutex>
#include <system_error>

#include "base/embedded_file.h"
#include "base/file.h"
#include "elic/face/layout.h"

namespace elic {

extern const EmbeddedFile embedded_layouts[];

namespace {

constexpr std::size_t max_layout_file = 1 << 20;

std::string name_of(const LicenseTypeCode& code, int version) {
    return code.text() + "/" + std::to_string(version) + ".json";
}

/// "7.json" as 7; 0 for anything else.
int version_of(std::string_view name) {
    if (!name.ends_with(".json")) return 0;
    const auto digits = name.substr(0, name.size() - 5);
    int version = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), version);
    const bool whole = error == std::errc() && end == digits.data() + digits.size();
    return whole && version > 0 && std::to_string(version) == digits ? version : 0;
}

}  // namespace

struct Layouts::Impl {
    std::optional<std::filesystem::path> folder;  ///< none: built in
    std::mutex reading;
    std::map<std::string, std::shared_ptr<const Layout>> read;
};

Layouts Layouts::builtin() { return Layouts(std::make_shared<Impl>()); }

Layouts Layouts::in_folder(std::filesystem::path folder) {
    auto impl = std::make_shared<Impl>();
    impl->folder = std::move(folder);
    return Layouts(std::move(impl));
}

Result<Bytes> Layouts::file(const LicenseTypeCode& code, int version) const {
    const auto name = name_of(code, version);
    if (impl_->folder) {
        auto bytes = read_file(*impl_->folder / name, max_layout_file);
        if (!bytes && bytes.error().code == Errc::not_found) return fail(Errc::unknown_type, "no layout " + name);
        return bytes;
    }
    for (const auto* file = embedded_layouts; file->name != nullptr; ++file) {
        if (file->name == name) return Bytes(file->begin, file->end);
    }
    return fail(Errc::unknown_type, "no layout " + name + " is built in");
}

Result<std::shared_ptr<const Layout>> Layouts::load(const LicenseTypeCode& code, int version) const {
    const auto name = name_of(code, version);
    const std::lock_guard lock(impl_->reading);
    if (const auto found = impl_->read.find(name); found != impl_->read.end()) return found->second;
    auto bytes = file(code, version);
    if (!bytes) return tl::unexpected(bytes.error());
    auto layout = read_layout(*bytes);
    if (!layout) return fail_in(name, layout.error());
    if (layout->type != code || layout->version != version)
        return fail(Errc::malformed_layout, name + ": the layout says another type or version");
    return impl_->read[name] = std::make_shared<const Layout>(std::move(*layout));
}

Result<std::shared_ptr<const Layout>> Layouts::load_newest(const LicenseTypeCode& code) const {
    const auto there = versions(code);
    if (there.empty()) return fail(Errc::unknown_type, "no layout is known for " + code.text());
    return load(code, there.back());
}

Result<std::shared_ptr<const Layout>> Layouts::load_by_digest(const LicenseTypeCode& code, const Digest& digest) const {
    for (const int version : versions(code)) {
        auto layout = load(code, version);
        if (layout && (*layout)->digest == digest) return layout;
    }
    return fail(Errc::unknown_type, "no layout of " + code.text() + " has that digest");
}

std::vector<int> Layouts::versions(const LicenseTypeCode& code) const {
    std::vector<int> found;
    if (impl_->folder) {
        auto names = list_folder(*impl_->folder / code.text());
        if (!names) return found;
        for (const auto& name : *names) found.push_back(version_of(name));
    } else {
        const std::string folder = code.text() + "/";
        for (const auto* file = embedded_layouts; file->name != nullptr; ++file) {
            const std::string_view name = file->name;
            if (name.starts_with(folder)) found.push_back(version_of(name.substr(folder.size())));
        }
    }
    std::erase(found, 0);
    std::sort(found.begin(), found.end());
    return found;
}

}  // namespace elic
