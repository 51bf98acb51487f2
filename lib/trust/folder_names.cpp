#include "trust/folder_names.h"

#include <algorithm>
#include <vector>

#include "base/hex.h"

namespace elic {

namespace {

constexpr std::size_t digest_digits = 64;
constexpr std::size_t hint_digits = 16;
constexpr std::size_t most_digits = 18;  ///< of a number: below 2^63
constexpr std::uint64_t max_pack_version = 999;

bool is_hex(std::string_view text, std::size_t size) {
    return text.size() == size && std::all_of(text.begin(), text.end(),
                                              [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

/// A decimal number from 1 without leading zeros; 0 for anything else.
std::uint64_t number_in(std::string_view text) {
    if (text.empty() || text.size() > most_digits || text.front() == '0') return 0;
    std::uint64_t number = 0;
    for (char c : text) {
        if (c < '0' || c > '9') return 0;
        number = number * 10 + static_cast<std::uint64_t>(c - '0');
    }
    return number;
}

/// Takes the end off; false when it is not there.
bool drop_end(std::string_view& text, std::string_view end) {
    if (!text.ends_with(end)) return false;
    text.remove_suffix(end.size());
    return true;
}

std::vector<std::string_view> steps_of(std::string_view path) {
    std::vector<std::string_view> steps;
    for (;;) {
        const auto slash = path.find('/');
        steps.push_back(path.substr(0, slash));
        if (slash == std::string_view::npos) return steps;
        path.remove_prefix(slash + 1);
    }
}

/// "lists/<digest>.elic" and others of two steps.
std::optional<FolderName> read_short(std::string_view folder, std::string_view file) {
    const auto named = [&](FolderPart part, std::string_view end, std::size_t digits) -> std::optional<FolderName> {
        if (!drop_end(file, end) || !is_hex(file, digits)) return {};
        return FolderName{.part = part, .first = std::string(file)};
    };
    if (folder == "lists") return named(FolderPart::list, ".elic", digest_digits);
    if (folder == "rollovers") return named(FolderPart::rollover, ".elic", hint_digits);
    if (folder == "certificates") return named(FolderPart::certificate, ".cer", digest_digits);
    if (folder == "revocation") return named(FolderPart::revocation, ".crl", digest_digits);
    return {};
}

/// "delegations/<parent>/<child>.elic" and others of three steps.
std::optional<FolderName> read_middle(std::string_view folder, std::string_view owner, std::string_view file) {
    FolderName name{.part = FolderPart::delegation, .first = std::string(owner)};
    if (folder == "types") {
        if (!LicenseTypeCode::parse(owner) || !drop_end(file, ".json")) return {};
        name.part = FolderPart::pack;
        name.number = number_in(file);
        if (name.number == 0 || name.number > max_pack_version) return {};
        return name;
    }
    if (!Uscc::parse(owner) || !drop_end(file, ".elic")) return {};
    name.second = std::string(file);
    if (folder == "delegations") return Uscc::parse(file) ? std::optional(name) : std::nullopt;
    name.part = FolderPart::genuine;
    return folder == "genuine" && is_hex(file, digest_digits) ? std::optional(name) : std::nullopt;
}

}  // namespace

std::optional<FolderName> read_folder_name(std::string_view path) {
    const auto steps = steps_of(path);
    if (steps.size() == 2) return read_short(steps[0], steps[1]);
    if (steps.size() == 3) return read_middle(steps[0], steps[1], steps[2]);
    if (steps.size() != 4 || steps[0] != "status" || !Uscc::parse(steps[1])) return {};
    auto file = steps[3];
    if (!drop_end(file, ".elic")) return {};
    const auto part = drop_end(file, ".delta") ? FolderPart::status_delta : FolderPart::status_list;
    FolderName name{
        .part = part, .first = std::string(steps[1]), .list = number_in(steps[2]), .number = number_in(file)};
    if (name.list == 0 || name.number == 0) return {};
    return name;
}

std::string list_name(const Digest& first_root) { return "lists/" + to_hex(first_root) + ".elic"; }

std::string delegation_name(const Uscc& parent, const Uscc& child) {
    return "delegations/" + parent.text() + "/" + child.text() + ".elic";
}

std::string rollover_name(const KeyHint& new_hint) { return "rollovers/" + to_hex(new_hint) + ".elic"; }

std::string certificate_name(const Digest& fingerprint) { return "certificates/" + to_hex(fingerprint) + ".cer"; }

std::string pack_name(const LicenseTypeCode& type, int version) {
    return "types/" + type.text() + "/" + std::to_string(version) + ".json";
}

std::string revocation_name(const Digest& file) { return "revocation/" + to_hex(file) + ".crl"; }

std::string status_folder(const Uscc& issuer, std::uint64_t list) {
    return "status/" + issuer.text() + "/" + std::to_string(list);
}

std::string status_list_name(const Uscc& issuer, std::uint64_t list, std::uint64_t number) {
    return status_folder(issuer, list) + "/" + std::to_string(number) + ".elic";
}

std::string status_delta_name(const Uscc& issuer, std::uint64_t list, std::uint64_t number) {
    return status_folder(issuer, list) + "/" + std::to_string(number) + ".delta.elic";
}

std::string genuine_folder(const Uscc& issuer) { return "genuine/" + issuer.text(); }

std::string genuine_name(const Uscc& issuer, const Digest& file) {
    return genuine_folder(issuer) + "/" + to_hex(file) + ".elic";
}

}  // namespace elic
