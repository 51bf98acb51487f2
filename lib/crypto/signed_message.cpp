#include "elic/crypto/signed_message.h"

#include <algorithm>

#include "codec/cbor.h"

namespace elic {

namespace {

struct Row {
    std::string_view name;
    std::string_view domain;
};

// In the order of SignatureKind. The number is the format's version; "checkpoint" becomes 1 when its format is frozen.
constexpr std::array<Row, signature_kinds> rows = {{{"payload", "elic payload 1"},
                                                    {"trust-list", "elic trust-list 1"},
                                                    {"delegation", "elic delegation 1"},
                                                    {"status-list", "elic status-list 1"},
                                                    {"status-delta", "elic status-delta 1"},
                                                    {"genuine-list", "elic genuine-list 1"},
                                                    {"checkpoint", "elic checkpoint 0"},
                                                    {"bundle", "elic bundle 1"},
                                                    {"rollover", "elic rollover 1"}}};

constexpr std::int64_t algorithm_sm2_sm3 = -65537;  // private use (RFC 9053): SM2 with SM3, default user id

Bytes protected_header(const KeyHint& hint) {
    cbor::Map header;
    header.emplace_back(std::int64_t{1}, algorithm_sm2_sm3);
    header.emplace_back(std::int64_t{4}, Bytes(hint.begin(), hint.end()));
    return cbor::write(std::move(header));
}

}  // namespace

std::string_view name_of(SignatureKind kind) noexcept { return rows[static_cast<std::size_t>(kind)].name; }
std::string_view domain_of(SignatureKind kind) noexcept { return rows[static_cast<std::size_t>(kind)].domain; }

KeyHint key_hint(const Digest& fingerprint) noexcept {
    KeyHint hint{};
    std::copy_n(fingerprint.begin(), hint.size(), hint.begin());
    return hint;
}

Bytes signing_input(SignatureKind kind, const KeyHint& hint, BytesView content) {
    const auto domain = as_bytes(domain_of(kind));
    cbor::Array structure;
    structure.emplace_back(std::string("Signature1"));
    structure.emplace_back(protected_header(hint));
    structure.emplace_back(Bytes(domain.begin(), domain.end()));
    structure.emplace_back(Bytes(content.begin(), content.end()));
    return cbor::write(std::move(structure));
}

Bytes to_cose_sign1(const KeyHint& hint, BytesView content, BytesView signature) {
    cbor::Array message;
    message.emplace_back(protected_header(hint));
    message.emplace_back(cbor::Map{});
    message.emplace_back(Bytes(content.begin(), content.end()));
    message.emplace_back(Bytes(signature.begin(), signature.end()));
    return cbor::write(std::move(message));
}

}  // namespace elic
