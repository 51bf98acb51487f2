#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "elic/base/result.h"
#include "elic/packs/type_pack.h"

namespace elic {

/// Where type packs come from: the ones built in, or a folder laid out `<code>/<version>.json`. Packs are read when
/// first asked for and kept. Cheap to copy (shared); may be used from several threads.
class TypePacks {
public:
    static TypePacks builtin();
    static TypePacks in_folder(std::filesystem::path folder);

    /// Errors: unknown_type (no such file), malformed_pack (also: the file's code or version is not its place).
    Result<std::shared_ptr<const TypePack>> load(const LicenseTypeCode& code, int version) const;

    /// The newest version. Errors: as load.
    Result<std::shared_ptr<const TypePack>> load_newest(const LicenseTypeCode& code) const;

    struct Entry {
        LicenseTypeCode code;
        int version;
    };
    /// All packs by code, then version; files that are out of place are left out.
    std::vector<Entry> list() const;

    /// The bytes of a pack file as they are. Errors: unknown_type.
    Result<Bytes> file(const LicenseTypeCode& code, int version) const;

private:
    struct Impl;
    explicit TypePacks(std::shared_ptr<Impl> impl) : impl_(std::move(impl)) {}
    std::shared_ptr<Impl> impl_;
};

}  // namespace elic
