#include "elic/ledger/checkpoint.h"

#include <algorithm>
#include <charconv>
#include <vector>

#include "base/hex.h"
#include "elic/crypto/signed_message.h"

namespace elic {

namespace {

constexpr std::string_view format_words = "elic checkpoint ";
constexpr std::size_t lines = 8;

std::string signed_text(const Checkpoint& checkpoint) {
    return std::string(domain_of(SignatureKind::checkpoint)) + "\n" + checkpoint.origin.text() + "\n" +
           std::to_string(checkpoint.head.size) + "\n" + to_hex(checkpoint.head.root) + "\n" + checkpoint.at.format() +
           "\n";
}

tl::unexpected<Error> malformed(const std::string& what) { return fail(Errc::malformed_text, "checkpoint: " + what); }

/// Digits without zeros before them.
template <class Number>
bool read_number(std::string_view text, Number& number) {
    const auto* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, number);
    return error == std::errc() && stop == end && text == std::to_string(number);
}

/// Lower-case hexadecimal of exactly this length.
template <std::size_t size>
bool read_hex(std::string_view text, std::array<std::uint8_t, size>& out) {
    const auto bytes = from_hex(text);
    if (!bytes || bytes->size() != size || to_hex(*bytes) != text) return false;
    std::copy(bytes->begin(), bytes->end(), out.begin());
    return true;
}

Result<std::vector<std::string_view>> lines_of(std::string_view text) {
    std::vector<std::string_view> found;
    while (!text.empty()) {
        const auto end = text.find('\n');
        auto line = text.substr(0, end);
        if (line.ends_with('\r')) line.remove_suffix(1);
        found.push_back(line);
        text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    }
    if (found.size() == lines && found[5].empty()) return found;
    return malformed("eight lines are expected, the sixth of them empty");
}

Result<LedgerOrigin> read_origin(std::string_view line) {
    const auto first = line.find('/');
    const auto second = first == std::string_view::npos ? first : line.find('/', first + 1);
    if (second == std::string_view::npos) return malformed("line 2: ISSUER/OFFICE/IDENTITY is expected");
    auto issuer = Uscc::parse(line.substr(0, first));
    if (!issuer) return malformed("line 2: " + issuer.error().context);
    LedgerOrigin origin{.issuer = *issuer};
    if (!read_number(line.substr(first + 1, second - first - 1), origin.office) || origin.office < 1 ||
        origin.office > 999) {
        return malformed("line 2: the office is 1 to 999");
    }
    if (!read_hex(line.substr(second + 1), origin.identity)) {
        return malformed("line 2: the identity is 32 hexadecimal digits, lower case");
    }
    return origin;
}

Status check_format(std::string_view line) {
    if (line == domain_of(SignatureKind::checkpoint)) return {};
    unsigned number = 0;
    if (!line.starts_with(format_words) || !read_number(line.substr(format_words.size()), number)) {
        return malformed("it does not begin with '" + std::string(domain_of(SignatureKind::checkpoint)) + "'");
    }
    if (number == 0) return malformed("its format is no longer read");
    return fail(Errc::newer_format, "checkpoint: its format is newer than this program");
}

}  // namespace

std::string LedgerOrigin::text() const { return issuer.text() + "/" + std::to_string(office) + "/" + to_hex(identity); }

bool SignedCheckpoint::holds(const Certificate& certificate) const {
    if (signer != certificate.fingerprint()) return false;
    const auto text = signed_text(checkpoint);
    return verify_signed(certificate.public_key(), SignatureKind::checkpoint, key_hint(signer), as_bytes(text),
                         signature);
}

Result<std::string> sign_checkpoint(const Checkpoint& checkpoint, Signer& signer, const Certificate& certificate) {
    if (!(signer.public_key() == certificate.public_key())) {
        return fail(Errc::bad_argument, "the key is not the one of the certificate " + certificate.subject());
    }
    const auto text = signed_text(checkpoint);
    auto signature = sign_message(
        signer, signing_input(SignatureKind::checkpoint, key_hint(certificate.fingerprint()), as_bytes(text)));
    if (!signature) return tl::unexpected(signature.error());
    return write_checkpoint({.checkpoint = checkpoint, .signer = certificate.fingerprint(), .signature = *signature});
}

std::string write_checkpoint(const SignedCheckpoint& checkpoint) {
    return signed_text(checkpoint.checkpoint) + "\n" + to_hex(checkpoint.signer) + "\n" + to_hex(checkpoint.signature) +
           "\n";
}

Result<SignedCheckpoint> read_checkpoint(std::string_view text) {
    if (text.size() > max_checkpoint) return fail(Errc::limit_exceeded, "checkpoint: it is longer than 512 bytes");
    if (auto fine = check_format(text.substr(0, text.find_first_of("\r\n"))); !fine) {
        return tl::unexpected(fine.error());
    }
    auto line = lines_of(text);
    if (!line) return tl::unexpected(line.error());
    auto origin = read_origin((*line)[1]);
    if (!origin) return tl::unexpected(origin.error());
    merkle::TreeHead head;
    if (!read_number((*line)[2], head.size) || head.size > INT64_MAX) return malformed("line 3: a size is expected");
    if (!read_hex((*line)[3], head.root)) return malformed("line 4: a root is 64 hexadecimal digits, lower case");
    auto at = Timestamp::parse((*line)[4]);
    if (!at || at->format() != (*line)[4]) return malformed("line 5: an instant like 2026-11-26T09:00:00+08:00");
    SignedCheckpoint read{.checkpoint = {.origin = *origin, .head = head, .at = *at}};
    if (!read_hex((*line)[6], read.signer)) return malformed("line 7: a fingerprint is 64 hexadecimal digits");
    if (!read_hex((*line)[7], read.signature)) return malformed("line 8: a signature is 128 hexadecimal digits");
    return read;
}

}  // namespace elic
