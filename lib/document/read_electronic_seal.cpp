#include "document/signature_parts.h"
#include "elic/document/electronic_seal.h"

namespace elic {

namespace {

/// GB/T 38540, 6 (version 4); GM/T 0031-2014, 5 (version 1). Members are read in order; the first that does not fit is
/// told with its offset.
class SealReader {
public:
    Result<ElectronicSeal> whole(BytesView bytes) {
        const auto outer = der::read_whole(bytes, der::sequence, "SESeal");
        if (!outer) return tl::unexpected(outer.error());
        seal_.der = copy_of(bytes);
        der::Reader members(*outer);
        const auto sealed = members.next(der::sequence, "eSealInfo");
        if (!sealed) return tl::unexpected(sealed.error());
        // What tells version 1: the second member is signInfo, not the maker's certificate.
        const bool first_version = members.next_tag() == der::sequence;
        if (const auto done = seal_info(*sealed, first_version); !done) return tl::unexpected(done.error());
        const auto done = first_version ? sign_info(members, *sealed) : signature(members, *sealed);
        if (!done) return tl::unexpected(done.error());
        note_signature_form(seal_.signature.octets, seal_.notes);
        return std::move(seal_);
    }

private:
    Status seal_info(const der::Element& element, bool first_version) {
        der::Reader members(element);
        if (auto done = header(members); !done) return done;
        if (auto done = version(first_version); !done) return done;
        auto id = read_shown_text(members, "esID");
        if (!id) return tl::unexpected(id.error());
        seal_.id = std::move(*id);
        if (auto done = property(members); !done) return done;
        if (auto done = picture(members); !done) return done;
        if (members.next_tag() == der::sequence || members.next_tag() == der::context(0)) {
            auto extensions = members.any("extDatas");
            if (!extensions) return tl::unexpected(extensions.error());
            if (extensions->tag == der::context(0)) {
                extensions = der::Reader(*extensions).next(der::sequence, "extDatas");
                if (!extensions) return tl::unexpected(extensions.error());
            }
            auto list = read_extensions(*extensions, seal_.notes);
            if (!list) return tl::unexpected(list.error());
            seal_.extensions = std::move(*list);
        }
        return members.end("eSealInfo");
    }

    Status header(der::Reader& members) {
        const auto element = members.next(der::sequence, "header");
        if (!element) return tl::unexpected(element.error());
        der::Reader parts(*element);
        const auto id = read_shown_text(parts, "ID");
        if (!id) return tl::unexpected(id.error());
        if (*id != "ES") return fail(Errc::malformed_der, "header: 'ES' is missing: not an electronic seal");
        const auto number = parts.next(der::integer, "version");
        if (!number) return tl::unexpected(number.error());
        const auto stated = der::read_integer(*number, "version");
        if (!stated) return tl::unexpected(stated.error());
        seal_.header_version = *stated;
        auto maker = read_shown_text(parts, "Vid");
        if (!maker) return tl::unexpected(maker.error());
        seal_.maker_id = std::move(*maker);
        return parts.end("header");
    }

    Status version(bool first_version) {
        if (first_version) {
            seal_.version = SealVersion::v1;
        } else if (seal_.header_version == 4 || seal_.header_version == 5) {
            seal_.version = seal_.header_version == 4 ? SealVersion::v4 : SealVersion::v5;
        } else {
            return fail(Errc::newer_format, "electronic seal of version " + std::to_string(seal_.header_version));
        }
        return {};
    }

    Status property(der::Reader& members) {
        const auto element = members.next(der::sequence, "property");
        if (!element) return tl::unexpected(element.error());
        der::Reader parts(*element);
        const auto type = parts.next(der::integer, "type");
        if (!type) return tl::unexpected(type.error());
        const auto number = der::read_integer(*type, "type");
        if (!number) return tl::unexpected(number.error());
        seal_.type = *number;
        auto name = read_shown_text(parts, "name");
        if (!name) return tl::unexpected(name.error());
        seal_.name = std::move(*name);
        if (auto done = signers(parts); !done) return done;
        for (auto* time : {&seal_.created_at, &seal_.valid_from, &seal_.valid_until}) {
            const auto instant = read_instant(parts, time == &seal_.created_at   ? "createDate"
                                                     : time == &seal_.valid_from ? "validStart"
                                                                                 : "validEnd");
            if (!instant) return tl::unexpected(instant.error());
            *time = *instant;
        }
        return parts.end("property");
    }

    Status signers(der::Reader& parts) {
        std::int64_t kind = 1;
        if (seal_.version != SealVersion::v1) {
            const auto element = parts.next(der::integer, "certListType");
            if (!element) return tl::unexpected(element.error());
            const auto number = der::read_integer(*element, "certListType");
            if (!number) return tl::unexpected(number.error());
            kind = *number;
        }
        if (kind != 1 && kind != 2) return fail(Errc::malformed_der, "certListType: 1 or 2 is expected");
        seal_.list_kind = kind == 1 ? SignerListKind::certificates : SignerListKind::digests;
        const auto element = parts.next(der::sequence, "certList");
        if (!element) return tl::unexpected(element.error());
        der::Reader list(*element);
        while (!list.at_end()) {
            if (auto done = kind == 1 ? signer(list) : signer_digest(list); !done) return done;
        }
        return {};
    }

    Status signer(der::Reader& list) {
        const auto member = list.any("certList member");
        if (!member) return tl::unexpected(member.error());
        if (member->tag == der::ia5_string && seal_.version == SealVersion::v1) {
            add_note(seal_.notes, EncodingNote::certificate_as_name);
            return {};
        }
        if (member->tag != der::octet_string)
            return fail(Errc::malformed_der,
                        "offset " + std::to_string(member->offset) + ": certList: a certificate is expected");
        seal_.signers.push_back(embedded_certificate(member->content));
        return {};
    }

    Status signer_digest(der::Reader& list) {
        const auto member = list.next(der::sequence, "certList member");
        if (!member) return tl::unexpected(member.error());
        der::Reader parts(*member);
        auto algorithm = read_shown_text(parts, "type");
        if (!algorithm) return tl::unexpected(algorithm.error());
        const auto value = parts.next(der::octet_string, "value");
        if (!value) return tl::unexpected(value.error());
        seal_.signer_digests.push_back({std::move(*algorithm), copy_of(value->content)});
        return parts.end("certList member");
    }

    Status picture(der::Reader& members) {
        const auto element = members.next(der::sequence, "picture");
        if (!element) return tl::unexpected(element.error());
        der::Reader parts(*element);
        auto format = read_shown_text(parts, "type");
        if (!format) return tl::unexpected(format.error());
        seal_.picture.format = std::move(*format);
        const auto bytes = parts.next(der::octet_string, "data");
        if (!bytes) return tl::unexpected(bytes.error());
        seal_.picture.bytes = copy_of(bytes->content);
        for (auto* size : {&seal_.picture.width_mm, &seal_.picture.height_mm}) {
            const auto number = parts.next(der::integer, "size");
            if (!number) return tl::unexpected(number.error());
            const auto value = der::read_integer(*number, "size");
            if (!value) return tl::unexpected(value.error());
            *size = *value;
        }
        return parts.end("picture");
    }

    /// Version 1: signInfo. The maker signs eSealInfo together with its certificate and the algorithm.
    Status sign_info(der::Reader& members, const der::Element& sealed) {
        const auto element = members.next(der::sequence, "signInfo");
        if (!element) return tl::unexpected(element.error());
        der::Reader parts(*element);
        const auto start = parts.offset();
        const auto certificate = parts.next(der::octet_string, "cert");
        if (!certificate) return tl::unexpected(certificate.error());
        seal_.maker = embedded_certificate(certificate->content);
        auto algorithm = read_signature_algorithm(parts, seal_.notes);
        if (!algorithm) return tl::unexpected(algorithm.error());
        const BytesView both = element->content.first(parts.offset() - start);
        const auto octets = read_octets(parts, "signData");
        if (!octets) return tl::unexpected(octets.error());
        seal_.signature = {der::write_sequence({sealed.whole, both}), std::move(*algorithm), copy_of(*octets)};
        if (auto done = parts.end("signInfo"); !done) return done;
        return members.end("SESeal");
    }

    /// Versions 4 and 5: the maker signs eSealInfo alone.
    Status signature(der::Reader& members, const der::Element& sealed) {
        const auto certificate = members.next(der::octet_string, "cert");
        if (!certificate) return tl::unexpected(certificate.error());
        seal_.maker = embedded_certificate(certificate->content);
        auto algorithm = read_signature_algorithm(members, seal_.notes);
        if (!algorithm) return tl::unexpected(algorithm.error());
        const auto octets = read_octets(members, "signedValue");
        if (!octets) return tl::unexpected(octets.error());
        seal_.signature = {copy_of(sealed.whole), std::move(*algorithm), copy_of(*octets)};
        if (seal_.version == SealVersion::v5) {
            const auto tagged = members.optional(der::context(0), "timeStamp");
            if (!tagged) return tl::unexpected(tagged.error());
            if (*tagged) {
                der::Reader inside(**tagged);
                const auto stamp = read_octets(inside, "timeStamp");
                if (!stamp) return tl::unexpected(stamp.error());
                seal_.time_stamp = copy_of(*stamp);
            }
        }
        return members.end("SESeal");
    }

    ElectronicSeal seal_;
};

}  // namespace

Result<ElectronicSeal> read_electronic_seal(BytesView der) { return SealReader().whole(der); }

}  // namespace elic
