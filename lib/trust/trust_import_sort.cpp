#include <algorithm>

#include "base/text.h"
#include "elic/crypto/revocation_list.h"
#include "trust/format_name.h"
#include "trust/import_objects.h"
#include "trust/trust_bundle.h"

// What a file is, by its bytes: names outside a bundle say nothing.

namespace elic {

namespace {

constexpr std::string_view trust_list_family = "elic trust-list ";
constexpr std::uint8_t der_sequence = 0x30;

bool begins_with(BytesView bytes, std::string_view text) { return as_text(bytes).starts_with(text); }

bool is_json(BytesView bytes) {
    auto text = as_text(bytes);
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    const auto first = text.find_first_not_of(" \t\r\n");
    return first != std::string_view::npos && text[first] == '{';
}

/// Certificate or revocation list: both are a DER sequence, or PEM that says which.
Status sort_x509(Incoming file, IncomingFiles& sorted) {
    if (!begins_with(file.bytes, "-----BEGIN X509 CRL-----")) {
        const auto certificate = Certificate::parse(file.bytes);
        if (certificate) {
            sorted.certificates.push_back(std::move(file));
            return {};
        }
        if (begins_with(file.bytes, "-----BEGIN")) return fail_in(file.name, certificate.error());
    }
    const auto list = RevocationList::parse(file.bytes);
    if (!list) return fail_in(file.name, list.error());
    sorted.revocations.push_back(std::move(file));
    return {};
}

Status sort_object(Incoming file, IncomingFiles& sorted) {
    const auto object = read_signed_object(file.bytes, max_genuine_file);
    if (!object) return fail_in(file.name, object.error());
    switch (object->kind) {
        case SignatureKind::delegation:
            sorted.delegations.push_back(std::move(file));
            return {};
        case SignatureKind::rollover:
            sorted.rollovers.push_back(std::move(file));
            return {};
        case SignatureKind::status_list:
        case SignatureKind::status_delta:
            sorted.status.push_back(std::move(file));
            return {};
        case SignatureKind::genuine_list:
            sorted.genuine.push_back(std::move(file));
            return {};
        default:
            return fail(Errc::malformed_trust,
                        file.name + ": a " + std::string(name_of(object->kind)) + " has no place in a trust folder");
    }
}

Status sort_one(Incoming file, IncomingFiles& sorted) {
    if (const auto said = format_said_by(file.bytes)) {
        if (!said->starts_with(trust_list_family)) return sort_object(std::move(file), sorted);
        sorted.lists.push_back(std::move(file));
        return {};
    }
    if (is_json(file.bytes)) {
        sorted.packs.push_back(std::move(file));
        return {};
    }
    if (begins_with(file.bytes, "-----BEGIN") || (!file.bytes.empty() && file.bytes[0] == der_sequence)) {
        return sort_x509(std::move(file), sorted);
    }
    return fail(Errc::malformed_trust, file.name +
                                           ": is nothing that a trust folder holds: give bundles, trust lists, "
                                           "delegations, status lists, certificates, ...");
}

}  // namespace

Result<IncomingFiles> sort_out(const ImportFiles& files) {
    IncomingFiles sorted;
    for (const auto& [name, bytes] : files) {
        if (!is_bundle(bytes)) {
            if (auto one = sort_one({.name = name, .stated = {}, .bytes = bytes}, sorted); !one) {
                return tl::unexpected(one.error());
            }
            continue;
        }
        auto bundle = read_bundle(bytes);
        if (!bundle) return fail_in(name, bundle.error());
        sorted.notes.push_back("bundle " + escape_for_output(name) + ": " +
                               (bundle->signer ? "complete, says " + escape_for_output(bundle->signer->subject())
                                               : std::string("nobody vouches for its being complete")));
        for (auto& [inner, content] : bundle->files) {
            auto one = sort_one({.name = name + ": " + inner, .stated = inner, .bytes = std::move(content)}, sorted);
            if (!one) return tl::unexpected(one.error());
        }
    }
    return sorted;
}

}  // namespace elic
