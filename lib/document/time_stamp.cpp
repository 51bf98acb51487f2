#include "elic/document/time_stamp.h"

#include <algorithm>

#include "document/cms.h"
#include "document/object_identifiers.h"
#include "elic/crypto/sm3.h"

namespace elic {

namespace {

constexpr std::size_t max_time_stamp = 64 << 10;

bool same(BytesView a, BytesView b) { return std::equal(a.begin(), a.end(), b.begin(), b.end()); }

/// RFC 3161, 2.4.2: seconds may have a fraction, in its shortest form. It is cut off.
Result<Timestamp> read_gen_time(der::Reader& reader) {
    const auto element = reader.next(der::generalized_time, "genTime");
    if (!element) return tl::unexpected(element.error());
    std::string digits(as_text(element->content));
    if (const auto point = digits.find('.'); point != std::string::npos) {
        const auto last = digits.size() - 1;
        const bool fraction = last > point + 1 && digits[last] == 'Z' && digits[last - 1] != '0' &&
                              digits.find_first_not_of("0123456789", point + 1) == last;
        if (!fraction)
            return fail(Errc::malformed_der, "offset " + std::to_string(element->offset) + ": genTime: a bad fraction");
        digits.erase(point, last - point);
    }
    return der::read_time({der::generalized_time, as_bytes(digits), element->whole, element->offset}, "genTime");
}

/// TSTInfo up to genTime; what follows (accuracy, ordering, nonce, tsa) says nothing that is asked here.
Status read_info(BytesView bytes, TimeStamp& stamp) {
    const auto element = der::read_whole(bytes, der::sequence, "TSTInfo");
    if (!element) return tl::unexpected(element.error());
    der::Reader members(*element);
    if (const auto version = members.next(der::integer, "version"); !version) return tl::unexpected(version.error());
    const auto policy = members.next(der::object_identifier, "policy");
    if (!policy) return tl::unexpected(policy.error());
    const auto dotted = der::read_object_identifier(*policy, "policy");
    if (!dotted) return tl::unexpected(dotted.error());
    stamp.policy = *dotted;
    const auto imprint = members.next(der::sequence, "messageImprint");
    if (!imprint) return tl::unexpected(imprint.error());
    der::Reader parts(*imprint);
    const auto algorithm = read_digest_algorithm(parts, stamp.notes);
    if (!algorithm) return tl::unexpected(algorithm.error());
    stamp.imprint_algorithm = *algorithm;
    const auto octets = parts.next(der::octet_string, "hashedMessage");
    if (!octets) return tl::unexpected(octets.error());
    stamp.imprint = copy_of(octets->content);
    if (const auto end = parts.end("messageImprint"); !end) return end;
    if (const auto serial = members.next(der::integer, "serialNumber"); !serial) return tl::unexpected(serial.error());
    const auto at = read_gen_time(members);
    if (!at) return tl::unexpected(at.error());
    stamp.at = *at;
    return {};
}

/// The token inside a TimeStampResp { PKIStatusInfo { status, ... }, timeStampToken OPTIONAL }, or the bytes
/// themselves.
Result<BytesView> token_in(BytesView bytes, bool& in_response) {
    const auto outer = der::read_whole(bytes, der::sequence, "time stamp");
    if (!outer) return tl::unexpected(outer.error());
    der::Reader members(*outer);
    if (members.next_tag() != der::sequence) return bytes;
    in_response = true;
    const auto info = members.next(der::sequence, "status");
    if (!info) return tl::unexpected(info.error());
    const auto number = der::Reader(*info).next(der::integer, "status");
    if (!number) return tl::unexpected(number.error());
    const auto status = der::read_integer(*number, "status");
    if (!status) return tl::unexpected(status.error());
    if (*status != 0 && *status != 1)
        return fail(Errc::malformed_der, "time stamp: a response that grants none, status " + std::to_string(*status));
    const auto token = members.next(der::sequence, "timeStampToken");
    if (!token) return tl::unexpected(token.error());
    if (const auto end = members.end("TimeStampResp"); !end) return tl::unexpected(end.error());
    return token->whole;
}

bool content_type_fits(const CmsSignedData& cms) {
    const Bytes* value = cms.attribute(oid::content_type);
    return value != nullptr && *value == der::write_object_identifier(cms.content_type);
}

/// SigningCertificateV2 { certs SEQUENCE OF ESSCertIDv2 { hashAlgorithm DEFAULT SHA-256, certHash, ... } }: the first
/// one is the signer's (RFC 5035). SM3 is the only digest that this program has.
bool names_certificate(const CmsSignedData& cms) {
    const Bytes* value = cms.attribute(oid::signing_certificate_v2);
    if (value == nullptr) return true;
    const auto outer = der::read_whole(*value, der::sequence, "signingCertificateV2");
    if (!outer) return false;
    const auto list = der::Reader(*outer).next(der::sequence, "certs");
    if (!list) return false;
    const auto first = der::Reader(*list).next(der::sequence, "ESSCertIDv2");
    if (!first) return false;
    der::Reader parts(*first);
    EncodingNotes notes;
    const auto algorithm = read_digest_algorithm(parts, notes);
    if (!algorithm || *algorithm != oid::sm3) return false;
    const auto digest = parts.next(der::octet_string, "certHash");
    return digest && same(digest->content, sm3(cms.signer.der));
}

}  // namespace

Result<TimeStamp> read_time_stamp(BytesView der) {
    if (der.size() > max_time_stamp) return fail(Errc::limit_exceeded, "a time stamp is at most 64 KiB");
    TimeStamp stamp;
    const auto token = token_in(der, stamp.in_response);
    if (!token) return tl::unexpected(token.error());
    auto cms = read_cms(*token, "time stamp");
    if (!cms) return tl::unexpected(cms.error());
    if (cms->content_type != oid::tst_info || !cms->content)
        return fail(Errc::malformed_der, "time stamp: its content is no TSTInfo");
    stamp.notes = cms->notes;
    if (const auto done = read_info(*cms->content, stamp); !done) return tl::unexpected(done.error());
    const auto digest = message_digest_of(*cms);
    stamp.attributes_fit = digest && same(*digest, sm3(*cms->content)) && content_type_fits(*cms);
    stamp.names_authority = names_certificate(*cms);
    stamp.certificates = std::move(cms->certificates);
    stamp.authority = std::move(cms->signer);
    if (stamp.authority.der.empty()) stamp.authority.fault = "the authority's certificate is not in the time stamp";
    stamp.signature = std::move(cms->signature);
    return stamp;
}

bool TimeStampChecks::all_hold() const noexcept {
    return signature == SignatureCheck::holds && imprint && attributes_fit && authority_named && may_stamp &&
           authority_valid;
}

TimeStampChecks check_time_stamp(const TimeStamp& stamp, BytesView stamped_octets) {
    const auto& authority = stamp.authority.certificate;
    return {.signature = check_signature(stamp.signature, stamp.authority),
            .imprint = stamp.imprint_algorithm == oid::sm3 && same(stamp.imprint, sm3(stamped_octets)),
            .attributes_fit = stamp.attributes_fit,
            .authority_named = stamp.names_authority,
            .may_stamp = authority && authority->may_stamp_times(),
            .authority_valid = authority && authority->valid_at(stamp.at)};
}

}  // namespace elic
