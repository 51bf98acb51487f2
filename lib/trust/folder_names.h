#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "elic/base/bytes.h"
#include "elic/crypto/signed_message.h"
#include "elic/license/license_type_code.h"
#include "elic/license/uscc.h"

namespace elic {

/// The files of a version of a trust folder (docs/format/trust-folder.md). Every name that is used as a path is made
/// here or has been read here: nothing else gets near the disk.
enum class FolderPart { list, delegation, rollover, certificate, pack, revocation, status_list, status_delta, genuine };

/// A name taken apart.
struct FolderName {
    FolderPart part;
    std::string first = {};    ///< hexadecimal digits, a parent, an issuer, a type code
    std::string second = {};   ///< a child; the hexadecimal digits of a genuine list
    std::uint64_t list = 0;    ///< of a status list
    std::uint64_t number = 0;  ///< of a status list or delta; version of a pack
};

/// None for what is not exactly of one of the forms.
std::optional<FolderName> read_folder_name(std::string_view path);

std::string list_name(const Digest& first_root);
std::string delegation_name(const Uscc& parent, const Uscc& child);
std::string rollover_name(const KeyHint& new_hint);
std::string certificate_name(const Digest& fingerprint);
std::string pack_name(const LicenseTypeCode& type, int version);
std::string revocation_name(const Digest& file);
std::string status_folder(const Uscc& issuer, std::uint64_t list);  ///< without a last '/'
std::string status_list_name(const Uscc& issuer, std::uint64_t list, std::uint64_t number);
std::string status_delta_name(const Uscc& issuer, std::uint64_t list, std::uint64_t number);
std::string genuine_folder(const Uscc& issuer);
std::string genuine_name(const Uscc& issuer, const Digest& file);

inline constexpr const char* key_index_name = "index/keys";
inline constexpr const char* body_index_name = "index/bodies";

}  // namespace elic
