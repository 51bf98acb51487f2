#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "elic/crypto/private_key.h"
#include "elic/license/metadata.h"
#include "elic/packs/type_pack.h"

namespace elic::test {

/// A key whose scalar is SM3("elic TEST key N"): known to everyone, for vectors and tests only.
PrivateKey fixed_key(int n);

/// A sample draft of testdata/samples built against its pack, as issued by the TEST body on a day when all of them are
/// in force. `file` may also be a path below testdata ("size-samples/...").
Metadata sample_license(const std::filesystem::path& file);

/// The newest built-in pack of a type.
std::shared_ptr<const TypePack> pack_of(const LicenseTypeCode& type);

/// A vector file: `key: value` lines, a blank line, a body.
struct Vector {
    std::string name;
    std::map<std::string, std::string> header;
    std::string body;
};
/// Throws std::runtime_error when the file is not of that form, repeats a key or has one that is not in `known`.
Vector read_vector(const std::filesystem::path& file, const std::vector<std::string>& known);

}  // namespace elic::test
