#include <algorithm>

#include "document/signature_parts.h"
#include "elic/document/seal_signature.h"
#include "elic/document/time_stamp.h"

namespace elic {

namespace {

/// Version 1 leaves the form of timeInfo open (GM/T 0031-2014: a time stamp, or a time): a time value in DER, its
/// digits as text, or a time stamp. None: something else.
std::optional<Timestamp> time_in(BytesView octets) {
    der::Reader reader(octets);
    if (reader.next_tag() == der::generalized_time || reader.next_tag() == der::utc_time) {
        const auto instant = read_instant(reader, "timeInfo");
        return instant && reader.at_end() ? std::optional(*instant) : std::nullopt;
    }
    if (reader.next_tag() == der::sequence) {
        const auto stamp = read_time_stamp(octets);
        return stamp ? std::optional(stamp->at) : std::nullopt;
    }
    for (const auto tag : {der::generalized_time, der::utc_time}) {
        const auto instant = der::read_time({tag, octets, octets, 0}, "timeInfo");
        if (instant) return *instant;
    }
    return {};
}

class SignatureReader {
public:
    Result<SealSignature> whole(BytesView bytes) {
        const auto outer = der::read_whole(bytes, der::sequence, "SES_Signature");
        if (!outer) return tl::unexpected(outer.error());
        found_.der = copy_of(bytes);
        der::Reader members(*outer);
        const auto to_sign = members.next(der::sequence, "toSign");
        if (!to_sign) return tl::unexpected(to_sign.error());
        found_.signature.message = copy_of(to_sign->whole);
        // What tells version 1: the signature follows at once, certificate and algorithm lie in toSign.
        der::Reader ahead = members;
        if (const auto second = ahead.any("signature"); !second) return tl::unexpected(second.error());
        first_version_ = ahead.at_end();
        if (const auto done = signed_part(*to_sign); !done) return tl::unexpected(done.error());
        if (const auto done = rest(members); !done) return tl::unexpected(done.error());
        note_signature_form(found_.signature.octets, found_.notes);
        return std::move(found_);
    }

private:
    Status signed_part(const der::Element& element) {
        der::Reader members(element);
        if (auto done = version(members); !done) return done;
        const auto seal = members.next(der::sequence, "eseal");
        if (!seal) return tl::unexpected(seal.error());
        auto read = read_electronic_seal(seal->whole);
        if (!read) return fail_in("eseal at offset " + std::to_string(seal->offset), read.error());
        found_.seal = std::move(*read);
        if (auto done = time(members); !done) return done;
        const auto hash = read_octets(members, "dataHash");
        if (!hash) return tl::unexpected(hash.error());
        found_.data_hash = copy_of(*hash);
        auto property = read_shown_text(members, "propertyInfo");
        if (!property) return tl::unexpected(property.error());
        found_.property = std::move(*property);
        if (first_version_) {
            if (auto done = sealer(members); !done) return done;
        } else if (auto done = extensions(members); !done) {
            return done;
        }
        return members.end("toSign");
    }

    Status version(der::Reader& members) {
        const auto element = members.next(der::integer, "version");
        if (!element) return tl::unexpected(element.error());
        const auto number = der::read_integer(*element, "version");
        if (!number) return tl::unexpected(number.error());
        found_.stated_version = *number;
        if (first_version_) {
            found_.version = SealVersion::v1;
        } else if (*number == 4 || *number == 5) {
            found_.version = *number == 4 ? SealVersion::v4 : SealVersion::v5;
        } else {
            return fail(Errc::newer_format, "seal signature of version " + std::to_string(*number));
        }
        return {};
    }

    Status time(der::Reader& members) {
        const auto element = members.any("timeInfo");
        if (!element) return tl::unexpected(element.error());
        found_.time_info = copy_of(element->content);
        if (element->tag == der::generalized_time || element->tag == der::utc_time) {
            const auto instant = der::read_time(*element, "timeInfo");
            if (!instant) return tl::unexpected(instant.error());
            found_.signed_at = *instant;
            return {};
        }
        if (!first_version_ || (element->tag != der::bit_string && element->tag != der::octet_string))
            return fail(Errc::malformed_der, "offset " + std::to_string(element->offset) + ": timeInfo: not a time");
        BytesView octets = element->content;
        if (element->tag == der::octet_string) {
            add_note(found_.notes, EncodingNote::time_as_octet_string);
        } else {
            const auto bits = der::read_bit_string(*element, "timeInfo");
            if (!bits) return tl::unexpected(bits.error());
            octets = *bits;
        }
        found_.time_info = copy_of(octets);
        found_.signed_at = time_in(octets);
        return {};
    }

    Status extensions(der::Reader& members) {
        const auto tag = members.next_tag();
        if (tag != der::context(0) && tag != der::sequence) return {};
        auto element = members.any("extDatas");
        if (!element) return tl::unexpected(element.error());
        if (tag == der::sequence) {
            add_note(found_.notes, EncodingNote::untagged_extensions);
        } else {
            der::Reader inside(*element);
            element = inside.next(der::sequence, "extDatas");
            if (!element) return tl::unexpected(element.error());
            if (auto done = inside.end("extDatas"); !done) return done;
        }
        auto list = read_extensions(*element, found_.notes);
        if (!list) return tl::unexpected(list.error());
        found_.extensions = std::move(*list);
        return {};
    }

    /// cert and signatureAlgorithm.
    Status sealer(der::Reader& members) {
        const auto certificate = members.next(der::octet_string, "cert");
        if (!certificate) return tl::unexpected(certificate.error());
        found_.sealer = embedded_certificate(certificate->content);
        auto algorithm = read_signature_algorithm(members, found_.notes);
        if (!algorithm) return tl::unexpected(algorithm.error());
        found_.signature.algorithm = std::move(*algorithm);
        return {};
    }

    Status rest(der::Reader& members) {
        if (!first_version_) {
            if (auto done = sealer(members); !done) return done;
        }
        const auto octets = read_octets(members, "signature");
        if (!octets) return tl::unexpected(octets.error());
        found_.signature.octets = copy_of(*octets);
        if (!first_version_ && !members.at_end()) {
            if (auto done = time_stamp(members); !done) return done;
        }
        return members.end("SES_Signature");
    }

    Status time_stamp(der::Reader& members) {
        if (members.next_tag() != der::context(0)) {
            const auto octets = read_octets(members, "timeStamp");
            if (!octets) return tl::unexpected(octets.error());
            add_note(found_.notes, EncodingNote::untagged_time_stamp);
            found_.time_stamp = copy_of(*octets);
            return {};
        }
        const auto tagged = members.any("timeStamp");
        if (!tagged) return tl::unexpected(tagged.error());
        der::Reader inside(*tagged);
        const auto octets = read_octets(inside, "timeStamp");
        if (!octets) return tl::unexpected(octets.error());
        found_.time_stamp = copy_of(*octets);
        return inside.end("timeStamp");
    }

    SealSignature found_;
    bool first_version_ = false;
};

}  // namespace

Result<SealSignature> read_seal_signature(BytesView der) { return SignatureReader().whole(der); }

}  // namespace elic
