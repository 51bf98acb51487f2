#include "document/cms.h"

#include <algorithm>

#include "document/object_identifiers.h"

namespace elic {

namespace {

constexpr std::size_t max_certificates = 16;
constexpr std::size_t max_attributes = 32;

class CmsReader {
public:
    explicit CmsReader(std::string_view what) : what_(what) {}

    Result<CmsSignedData> whole(BytesView bytes) {
        const auto outer = der::read_whole(bytes, der::sequence, what_);
        if (!outer) return tl::unexpected(outer.error());
        der::Reader members(*outer);
        const auto type = object_identifier(members, "contentType");
        if (!type) return tl::unexpected(type.error());
        if (*type != oid::pkcs7_signed_data && *type != oid::gm_signed_data)
            return fail(Errc::malformed_der, std::string(what_) + ": content type " + *type + " is no signed data");
        const auto tagged = members.next(der::context(0), "content");
        if (!tagged) return tl::unexpected(tagged.error());
        if (const auto end = members.end(what_); !end) return tl::unexpected(end.error());
        der::Reader inside(*tagged);
        const auto data = inside.next(der::sequence, "SignedData");
        if (!data) return tl::unexpected(data.error());
        if (const auto end = inside.end(what_); !end) return tl::unexpected(end.error());
        if (const auto done = signed_data(*data); !done) return tl::unexpected(done.error());
        return std::move(found_);
    }

private:
    static Result<std::string> object_identifier(der::Reader& reader, std::string_view what) {
        const auto element = reader.next(der::object_identifier, what);
        if (!element) return tl::unexpected(element.error());
        return der::read_object_identifier(*element, what);
    }

    Status signed_data(const der::Element& element) {
        der::Reader members(element);
        if (const auto version = members.next(der::integer, "version"); !version)
            return tl::unexpected(version.error());
        const auto digests = members.next(der::set, "digestAlgorithms");
        if (!digests) return tl::unexpected(digests.error());
        der::Reader list(*digests);
        while (!list.at_end()) {
            const auto name = read_digest_algorithm(list, found_.notes);
            if (!name) return tl::unexpected(name.error());
        }
        if (auto done = content(members); !done) return done;
        if (auto done = certificates(members); !done) return done;
        if (const auto lists = members.optional(der::context(1), "crls"); !lists) return tl::unexpected(lists.error());
        const auto infos = members.next(der::set, "signerInfos");
        if (!infos) return tl::unexpected(infos.error());
        if (auto done = members.end("SignedData"); !done) return done;
        der::Reader signers(*infos);
        const auto info = signers.next(der::sequence, "signerInfo");
        if (!info) return tl::unexpected(info.error());
        if (!signers.at_end()) return fail(Errc::malformed_der, std::string(what_) + ": more than one signer");
        return signer(*info);
    }

    Status content(der::Reader& members) {
        const auto element = members.next(der::sequence, "contentInfo");
        if (!element) return tl::unexpected(element.error());
        der::Reader parts(*element);
        auto type = object_identifier(parts, "contentType");
        if (!type) return tl::unexpected(type.error());
        found_.content_type = std::move(*type);
        const auto tagged = parts.optional(der::context(0), "content");
        if (!tagged) return tl::unexpected(tagged.error());
        if (*tagged) {
            der::Reader inside(**tagged);
            const auto octets = inside.next(der::octet_string, "content");
            if (!octets) return tl::unexpected(octets.error());
            found_.content = copy_of(octets->content);
            if (auto done = inside.end("content"); !done) return done;
        }
        return parts.end("contentInfo");
    }

    Status certificates(der::Reader& members) {
        const auto tagged = members.optional(der::context(0), "certificates");
        if (!tagged) return tl::unexpected(tagged.error());
        if (!*tagged) return {};
        der::Reader list(**tagged);
        while (!list.at_end()) {
            const auto certificate = list.any("certificate");
            if (!certificate) return tl::unexpected(certificate.error());
            if (found_.certificates.size() == max_certificates)
                return fail(Errc::limit_exceeded, std::string(what_) + ": more than 16 certificates");
            found_.certificates.push_back(embedded_certificate(certificate->whole));
        }
        return {};
    }

    Status signer(const der::Element& element) {
        der::Reader parts(element);
        if (const auto version = parts.next(der::integer, "version"); !version) return tl::unexpected(version.error());
        const auto named = parts.any("issuerAndSerialNumber");
        if (!named) return tl::unexpected(named.error());
        // A subject key identifier ([0], RFC 5652) names none of ours: then there is no signer.
        if (named->tag == der::sequence) {
            if (auto done = find_signer(*named); !done) return done;
        }
        if (const auto digest = read_digest_algorithm(parts, found_.notes); !digest)
            return tl::unexpected(digest.error());
        const auto attributes = parts.optional(der::context(0), "authenticatedAttributes");
        if (!attributes) return tl::unexpected(attributes.error());
        if (*attributes) {
            if (auto done = signed_attributes(**attributes); !done) return done;
        } else if (found_.content) {
            found_.signature.message = *found_.content;
        }
        auto algorithm = read_signature_algorithm(parts, found_.notes);
        if (!algorithm) return tl::unexpected(algorithm.error());
        found_.signature.algorithm = std::move(*algorithm);
        const auto octets = parts.next(der::octet_string, "encryptedDigest");
        if (!octets) return tl::unexpected(octets.error());
        found_.signature.octets = copy_of(octets->content);
        note_signature_form(octets->content, found_.notes);
        if (const auto more = parts.optional(der::context(1), "unauthenticatedAttributes"); !more)
            return tl::unexpected(more.error());
        return parts.end("signerInfo");
    }

    Status find_signer(const der::Element& named) {
        der::Reader parts(named);
        const auto issuer = parts.next(der::sequence, "issuer");
        if (!issuer) return tl::unexpected(issuer.error());
        const auto serial = parts.next(der::integer, "serialNumber");
        if (!serial) return tl::unexpected(serial.error());
        if (auto done = parts.end("issuerAndSerialNumber"); !done) return done;
        const IssuerAndSerial wanted{copy_of(issuer->whole), copy_of(serial->content)};
        for (const auto& each : found_.certificates) {
            const auto name = issuer_and_serial_of(each.der);
            if (name && *name == wanted) {
                found_.signer = each;
                break;
            }
        }
        return {};
    }

    Status signed_attributes(const der::Element& element) {
        found_.has_attributes = true;
        // RFC 2315, 9.3: signed as a SET OF, though sent as [0] IMPLICIT; the bytes of the members as they came.
        found_.signature.message = copy_of(element.whole);
        found_.signature.message[0] = der::set;
        der::Reader list(element);
        BytesView before;
        while (!list.at_end()) {
            const auto member = list.next(der::sequence, "attribute");
            if (!member) return tl::unexpected(member.error());
            if (found_.attributes.size() == max_attributes)
                return fail(Errc::limit_exceeded, std::string(what_) + ": more than 32 attributes");
            if (std::lexicographical_compare(member->whole.begin(), member->whole.end(), before.begin(), before.end()))
                add_note(found_.notes, EncodingNote::unsorted_attributes);
            before = member->whole;
            der::Reader parts(*member);
            auto type = object_identifier(parts, "attribute");
            if (!type) return tl::unexpected(type.error());
            const auto values = parts.next(der::set, "attribute values");
            if (!values) return tl::unexpected(values.error());
            const auto value = der::Reader(*values).any("attribute value");
            if (!value) return tl::unexpected(value.error());
            found_.attributes.push_back({std::move(*type), copy_of(value->whole)});
        }
        return {};
    }

    std::string_view what_;
    CmsSignedData found_;
};

}  // namespace

const Bytes* CmsSignedData::attribute(std::string_view type) const {
    const auto is_it = [&](const CmsAttribute& each) { return each.type == type; };
    const auto first = std::find_if(attributes.begin(), attributes.end(), is_it);
    if (first == attributes.end() || std::find_if(first + 1, attributes.end(), is_it) != attributes.end())
        return nullptr;
    return &first->value;
}

Result<CmsSignedData> read_cms(BytesView der, std::string_view what) { return CmsReader(what).whole(der); }

std::optional<Bytes> message_digest_of(const CmsSignedData& data) {
    const Bytes* value = data.attribute(oid::message_digest);
    if (value == nullptr) return {};
    const auto octets = der::read_whole(*value, der::octet_string, "messageDigest");
    return octets ? std::optional(copy_of(octets->content)) : std::nullopt;
}

}  // namespace elic
