#include "trust/trust_bundle.h"

#include <algorithm>

#include "base/text.h"
#include "codec/cbor.h"
#include "elic/crypto/signed_message.h"
#include "trust/folder_names.h"
#include "trust/format_name.h"

namespace elic {

namespace {

constexpr std::size_t parts_of_bundle = 4;
constexpr cbor::Limits envelope_limits{.depth = 1, .entries = 2 * parts_of_bundle, .bytes = max_bundle_bytes};
constexpr cbor::Limits content_limits{.depth = 1, .entries = max_bundle_files, .bytes = max_bundle_bytes};

tl::unexpected<Error> malformed(const std::string& what) { return fail(Errc::malformed_trust, "bundle: " + what); }

Result<cbor::Value> read_value(BytesView bytes, const cbor::Limits& limits) {
    auto value = cbor::read(bytes, limits);
    if (value) return value;
    const bool limit = value.error().code == Errc::limit_exceeded;
    return fail(limit ? Errc::limit_exceeded : Errc::malformed_trust, "bundle: " + value.error().context);
}

/// Errors: malformed_trust.
Result<Certificate> read_signer(const cbor::Value& certificate, const cbor::Value& signature, const Bytes& content) {
    if (certificate.bytes() == nullptr || signature.bytes() == nullptr) {
        return malformed("a certificate and a signature, or neither, are expected");
    }
    auto signer = Certificate::parse(*certificate.bytes());
    if (!signer) return malformed("its signer's certificate cannot be read: " + signer.error().context);
    if (signer->der() != *certificate.bytes()) return malformed("its signer's certificate is not in DER");
    Sm2Signature value{};
    if (signature.bytes()->size() != value.size()) return malformed("a signature of 64 bytes is expected");
    std::copy(signature.bytes()->begin(), signature.bytes()->end(), value.begin());
    const auto hint = key_hint(signer->fingerprint());
    if (!verify_signed(signer->public_key(), SignatureKind::bundle, hint, content, value)) {
        return malformed("its signature does not hold: it was altered on the way; fetch it again");
    }
    return signer;
}

}  // namespace

bool is_bundle(BytesView file) noexcept {
    const auto said = format_said_by(file);
    return said && match_format(*said, domain_of(SignatureKind::bundle)) != FormatMatch::other;
}

Result<Bytes> write_bundle(const std::map<std::string, Bytes>& files, Signer* signer, const Certificate* certificate) {
    std::size_t size = 0;
    for (const auto& [name, bytes] : files) size += name.size() + bytes.size();
    if (files.size() > max_bundle_files || size > max_bundle_bytes - (64u << 10) - 16 * files.size()) {
        return fail(Errc::limit_exceeded, "a bundle holds at most " + std::to_string(max_bundle_files) + " files and " +
                                              std::to_string(max_bundle_bytes >> 20) + " MiB: copy the folder instead");
    }
    cbor::Map map;
    for (const auto& [name, bytes] : files) map.emplace_back(name, bytes);
    auto content = cbor::write(std::move(map));
    cbor::Array bundle;
    bundle.emplace_back(std::string(domain_of(SignatureKind::bundle)));
    cbor::Value signature;
    if (signer != nullptr && certificate != nullptr) {
        if (!(signer->public_key() == certificate->public_key())) {
            return fail(Errc::bad_argument, "the key is not the one of the certificate " + certificate->subject());
        }
        auto made =
            sign_message(*signer, signing_input(SignatureKind::bundle, key_hint(certificate->fingerprint()), content));
        if (!made) return tl::unexpected(made.error());
        signature = Bytes(made->begin(), made->end());
        bundle.emplace_back(certificate->der());
    } else {
        bundle.emplace_back();
    }
    bundle.emplace_back(std::move(content));
    bundle.push_back(std::move(signature));
    return cbor::write(std::move(bundle));
}

Result<Bundle> read_bundle(BytesView file) {
    const auto said = format_said_by(file);
    const auto match = said ? match_format(*said, domain_of(SignatureKind::bundle)) : FormatMatch::other;
    if (match == FormatMatch::newer) return fail(Errc::newer_format, "bundle: its format is newer than this program");
    if (match != FormatMatch::same) return malformed("not a bundle of this format");
    auto value = read_value(file, envelope_limits);
    if (!value) return tl::unexpected(value.error());
    const auto* parts = value->array();
    if (parts == nullptr || parts->size() != parts_of_bundle || (*parts)[2].bytes() == nullptr) {
        return malformed("[format, certificate, content, signature] is expected");
    }
    Bundle bundle;
    const auto& content = *(*parts)[2].bytes();
    if (!(*parts)[1].is_null() || !(*parts)[3].is_null()) {
        auto signer = read_signer((*parts)[1], (*parts)[3], content);
        if (!signer) return tl::unexpected(signer.error());
        bundle.signer = std::move(*signer);
    }
    auto map = read_value(content, content_limits);
    if (!map) return tl::unexpected(map.error());
    if (map->map() == nullptr) return malformed("its content is a map of names");
    for (const auto& [name, bytes] : *map->map()) {
        if (name.text() == nullptr || bytes.bytes() == nullptr) return malformed("names and bytes are expected");
        if (!read_folder_name(*name.text())) {
            return malformed("'" + escape_for_output(*name.text()) + "' is no name that a trust folder has");
        }
        bundle.files.emplace(*name.text(), *bytes.bytes());
    }
    return bundle;
}

}  // namespace elic
