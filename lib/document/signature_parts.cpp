#include "document/signature_parts.h"

#include <algorithm>

#include "base/text.h"
#include "document/object_identifiers.h"

namespace elic {

namespace {

tl::unexpected<Error> refuse(const der::Reader& reader, std::string_view what, std::string_view why) {
    return fail(Errc::malformed_der,
                "offset " + std::to_string(reader.offset()) + ": " + std::string(what) + ": " + std::string(why));
}

/// OBJECT IDENTIFIER, or SEQUENCE { OBJECT IDENTIFIER, parameters OPTIONAL }.
Result<std::string> read_algorithm(der::Reader& reader, EncodingNotes& notes, std::string_view what) {
    if (reader.next_tag() == der::object_identifier) {
        const auto bare = reader.any(what);
        if (!bare) return tl::unexpected(bare.error());
        return der::read_object_identifier(*bare, what);
    }
    const auto whole = reader.next(der::sequence, what);
    if (!whole) return tl::unexpected(whole.error());
    der::Reader inside(*whole);
    const auto name = inside.next(der::object_identifier, what);
    if (!name) return tl::unexpected(name.error());
    if (inside.next_tag() == der::null) add_note(notes, EncodingNote::null_parameters);
    return der::read_object_identifier(*name, what);
}

}  // namespace

void add_note(EncodingNotes& notes, EncodingNote note) {
    if (std::find(notes.begin(), notes.end(), note) == notes.end()) notes.push_back(note);
}

EmbeddedCertificate embedded_certificate(BytesView der) {
    EmbeddedCertificate embedded{copy_of(der), {}, {}};
    // A PEM text would be read too; what is signed then is not the certificate.
    if (der.empty() || der[0] != der::sequence) {
        embedded.fault = "no certificate in DER";
        return embedded;
    }
    auto certificate = Certificate::parse(der);
    if (certificate) {
        embedded.certificate = std::move(*certificate);
    } else {
        embedded.fault = certificate.error().context;
    }
    return embedded;
}

Result<std::string> read_shown_text(der::Reader& reader, std::string_view what) {
    const auto tag = reader.next_tag();
    if (tag && *tag != der::ia5_string && *tag != der::utf8_string && *tag != der::printable_string)
        return refuse(reader, what, "a text is expected");
    const auto element = reader.any(what);
    if (!element) return tl::unexpected(element.error());
    return escape_for_output(as_text(element->content));
}

Result<BytesView> read_octets(der::Reader& reader, std::string_view what) {
    if (reader.next_tag() == der::octet_string) {
        const auto octets = reader.any(what);
        if (!octets) return tl::unexpected(octets.error());
        return octets->content;
    }
    const auto bits = reader.next(der::bit_string, what);
    if (!bits) return tl::unexpected(bits.error());
    return der::read_bit_string(*bits, what);
}

Result<Timestamp> read_instant(der::Reader& reader, std::string_view what) {
    const auto tag = reader.next_tag() == der::utc_time ? der::utc_time : der::generalized_time;
    const auto time = reader.next(tag, what);
    if (!time) return tl::unexpected(time.error());
    return der::read_time(*time, what);
}

Result<std::string> read_signature_algorithm(der::Reader& reader, EncodingNotes& notes) {
    auto name = read_algorithm(reader, notes, "signature algorithm");
    if (name && *name == oid::sm2_with_sm3_misspelt) add_note(notes, EncodingNote::misspelt_algorithm);
    return name;
}

Result<std::string> read_digest_algorithm(der::Reader& reader, EncodingNotes& notes) {
    auto name = read_algorithm(reader, notes, "digest algorithm");
    if (name && *name == oid::sm2_with_sm3) add_note(notes, EncodingNote::digest_named_as_signature);
    return name;
}

void note_signature_form(BytesView octets, EncodingNotes& notes) {
    if (octets.size() == sizeof(Sm2Signature)) add_note(notes, EncodingNote::raw_signature);
}

Result<std::vector<SealExtension>> read_extensions(const der::Element& element, EncodingNotes& notes) {
    std::vector<SealExtension> extensions;
    der::Reader list(element);
    while (!list.at_end()) {
        const auto member = list.next(der::sequence, "extension");
        if (!member) return tl::unexpected(member.error());
        der::Reader parts(*member);
        const auto name = parts.next(der::object_identifier, "extnID");
        if (!name) return tl::unexpected(name.error());
        const auto dotted = der::read_object_identifier(*name, "extnID");
        if (!dotted) return tl::unexpected(dotted.error());
        const auto critical = parts.optional(der::boolean, "critical");
        if (!critical) return tl::unexpected(critical.error());
        SealExtension extension{.oid = *dotted};
        if (*critical) {
            const auto value = der::read_boolean(**critical, "critical");
            if (!value) return tl::unexpected(value.error());
            if (!*value) add_note(notes, EncodingNote::explicit_default);
            extension.critical = *value;
        }
        const auto value = parts.next(der::octet_string, "extnValue");
        if (!value) return tl::unexpected(value.error());
        extension.value = copy_of(value->content);
        if (const auto end = parts.end("extension"); !end) return tl::unexpected(end.error());
        extensions.push_back(std::move(extension));
    }
    return extensions;
}

bool has_critical(const std::vector<SealExtension>& extensions) noexcept {
    return std::any_of(extensions.begin(), extensions.end(), [](const auto& each) { return each.critical; });
}

Result<IssuerAndSerial> issuer_and_serial_of(BytesView certificate_der) {
    const auto certificate = der::read_whole(certificate_der, der::sequence, "certificate");
    if (!certificate) return tl::unexpected(certificate.error());
    const auto signed_part = der::Reader(*certificate).next(der::sequence, "tbsCertificate");
    if (!signed_part) return tl::unexpected(signed_part.error());
    der::Reader members(*signed_part);
    if (const auto version = members.optional(der::context(0), "version"); !version)
        return tl::unexpected(version.error());
    const auto serial = members.next(der::integer, "serialNumber");
    if (!serial) return tl::unexpected(serial.error());
    if (const auto algorithm = members.next(der::sequence, "signature"); !algorithm)
        return tl::unexpected(algorithm.error());
    const auto issuer = members.next(der::sequence, "issuer");
    if (!issuer) return tl::unexpected(issuer.error());
    return IssuerAndSerial{copy_of(issuer->whole), copy_of(serial->content)};
}

}  // namespace elic
