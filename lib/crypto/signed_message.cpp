#include "elic/crypto/signed_message.h"

#include <algorithm>

#include "codec/cbor.h"

namespace elic {

namespace {

struct Row {
    std::string_view name;
    std::string_view domain;
};

// In the order of SignatureKind. The number is the format's version.
constexpr std::array<Row, signature_kinds> rows = {{{"payload", "elic payload 1"},
                                                    {"trust-list", "elic trust-list 1"},
                                                    {"delegation", "elic delegation 1"},
                                                    {"status-list", "elic status-list 1"},
                                                    {"status-delta", "elic status-delta 1"},
                                                    {"genuine-list", "elic genuine-list 1"},
                                                    {"checkpoint", "elic checkpoint 1"},
                                                    {"bundle", "elic bundle 1"},
                                                    {"rollover", "elic rollover 1"}}};

constexpr std::int64_t algorithm_sm2_sm3 = -65537;  // private use (RFC 9053): SM2 with SM3, default user id

Bytes protected_header(const KeyHint& hint) {
    cbor::Map header;
    header.emplace_back(std::int64_t{1}, algorithm_sm2_sm3);
    header.emplace_back(std::int64_t{4}, Bytes(hint.begin(), hint.end()));
    return cbor::write(std::move(header));
}

/// The head of a byte string (RFC 8949 3.1: major type 2), in the shortest form.
void append_bytes_head(Bytes& out, std::uint64_t size) {
    constexpr std::uint8_t byte_string = 0x40, one_byte_follows = 24;
    if (size < one_byte_follows) {
        out.push_back(static_cast<std::uint8_t>(byte_string | size));
        return;
    }
    const int form = size <= 0xff ? 0 : size <= 0xffff ? 1 : size <= 0xffffffff ? 2 : 3;
    out.push_back(static_cast<std::uint8_t>(byte_string | (one_byte_follows + form)));
    for (int shift = (8 << form) - 8; shift >= 0; shift -= 8) out.push_back(static_cast<std::uint8_t>(size >> shift));
}

/// signing_input up to its content.
Bytes signing_head(SignatureKind kind, const KeyHint& hint, std::size_t content_bytes) {
    const auto domain = as_bytes(domain_of(kind));
    cbor::Array structure;
    structure.emplace_back(std::string("Signature1"));
    structure.emplace_back(protected_header(hint));
    structure.emplace_back(Bytes(domain.begin(), domain.end()));
    structure.emplace_back(Bytes());
    auto bytes = cbor::write(std::move(structure));
    bytes.pop_back();  // the empty string: the content's place
    append_bytes_head(bytes, content_bytes);
    return bytes;
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
    auto bytes = signing_head(kind, hint, content.size());
    bytes.reserve(bytes.size() + content.size());
    bytes.insert(bytes.end(), content.begin(), content.end());
    return bytes;
}

bool verify_signed(const PublicKey& key, SignatureKind kind, const KeyHint& hint, BytesView content,
                   const Sm2Signature& signature) {
    return key.verify_parts({signing_head(kind, hint, content.size()), content}, signature);
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
