#include "elic/packs/type_packs.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <mutex>
#include <system_error>

#include "base/embedded_file.h"
#include "base/file.h"

namespace elic {

extern const EmbeddedFile embedded_schemas[];

namespace {

constexpr std::size_t max_pack_bytes = 1 << 20;
constexpr std::string_view folder_of_types = "types/";

/// "CODE/VERSION.json" taken apart; nullopt for anything else.
std::optional<TypePacks::Entry> entry_of(std::string_view name) {
    const auto slash = name.find('/');
    if (slash == std::string_view::npos || !name.ends_with(".json")) return {};
    auto code = LicenseTypeCode::parse(name.substr(0, slash));
    const auto digits = name.substr(slash + 1, name.size() - slash - 1 - 5);
    int version = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), version);
    if (!code || error != std::errc() || end != digits.data() + digits.size() || version < 1 ||
        std::to_string(version) != digits)
        return {};
    return TypePacks::Entry{.code = *code, .version = version};
}

std::string name_of_entry(const LicenseTypeCode& code, int version) {
    return code.text() + "/" + std::to_string(version) + ".json";
}

/// The names in a folder; none when it cannot be read. Steps with error codes: a folder that goes away does not throw.
std::vector<std::string> names_in(const std::filesystem::path& folder) {
    std::vector<std::string> names;
    std::error_code error;
    std::filesystem::directory_iterator item(folder, error);
    while (!error && item != std::filesystem::directory_iterator()) {
        names.push_back(item->path().filename().string());
        item.increment(error);
    }
    return names;
}

}  // namespace

struct TypePacks::Impl {
    std::optional<std::filesystem::path> folder;  ///< none: built in
    std::mutex reading;                           ///< many threads may verify with one trust folder
    std::map<std::string, std::shared_ptr<const TypePack>> read;
};

TypePacks TypePacks::builtin() { return TypePacks(std::make_shared<Impl>()); }

TypePacks TypePacks::in_folder(std::filesystem::path folder) {
    auto impl = std::make_shared<Impl>();
    impl->folder = std::move(folder);
    return TypePacks(std::move(impl));
}

Result<Bytes> TypePacks::file(const LicenseTypeCode& code, int version) const {
    const auto name = name_of_entry(code, version);
    if (impl_->folder) {
        auto bytes = read_file(*impl_->folder / name, max_pack_bytes);
        if (!bytes && bytes.error().code == Errc::not_found) return fail(Errc::unknown_type, "no type pack " + name);
        return bytes;
    }
    for (const auto* file = embedded_schemas; file->name != nullptr; ++file) {
        if (std::string_view(file->name) == std::string(folder_of_types) + name) return Bytes(file->begin, file->end);
    }
    return fail(Errc::unknown_type, "no type pack " + name + " is built in");
}

Result<std::shared_ptr<const TypePack>> TypePacks::load(const LicenseTypeCode& code, int version) const {
    const auto name = name_of_entry(code, version);
    const std::lock_guard lock(impl_->reading);
    if (const auto found = impl_->read.find(name); found != impl_->read.end()) return found->second;
    auto bytes = file(code, version);
    if (!bytes) return tl::unexpected(bytes.error());
    auto pack = read_type_pack(*bytes);
    if (!pack) return fail_in(name, pack.error());
    if (!(pack->code == code) || pack->version != version)
        return fail(Errc::malformed_pack, name + ": the pack says another code or version");
    return impl_->read[name] = std::make_shared<const TypePack>(std::move(*pack));
}

Result<std::shared_ptr<const TypePack>> TypePacks::load_newest(const LicenseTypeCode& code) const {
    int newest = 0;
    for (const auto& entry : list()) {
        if (entry.code == code) newest = std::max(newest, entry.version);
    }
    if (newest == 0) return fail(Errc::unknown_type, "no type pack is known for " + code.text());
    return load(code, newest);
}

std::vector<TypePacks::Entry> TypePacks::list() const {
    std::vector<Entry> entries;
    if (impl_->folder) {
        for (const auto& type : names_in(*impl_->folder)) {
            if (!LicenseTypeCode::parse(type)) continue;
            for (const auto& file : names_in(*impl_->folder / type)) {
                if (auto entry = entry_of(type + "/" + file)) entries.push_back(*entry);
            }
        }
    } else {
        for (const auto* file = embedded_schemas; file->name != nullptr; ++file) {
            const std::string_view name = file->name;
            if (!name.starts_with(folder_of_types)) continue;
            if (auto entry = entry_of(name.substr(folder_of_types.size()))) entries.push_back(*entry);
        }
    }
    std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
        return a.code != b.code ? a.code < b.code : a.version < b.version;
    });
    return entries;
}

}  // namespace elic
