#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "codec/der.h"
#include "elic/document/electronic_seal.h"
#include "elic/document/embedded_signature.h"

namespace elic {

using EncodingNotes = std::vector<EncodingNote>;

inline Bytes copy_of(BytesView bytes) { return {bytes.begin(), bytes.end()}; }

/// Adds a note once.
void add_note(EncodingNotes& notes, EncodingNote note);

EmbeddedCertificate embedded_certificate(BytesView der);

/// IA5String, PrintableString or UTF8String, escaped for output: vendors put any of them anywhere.
Result<std::string> read_shown_text(der::Reader& reader, std::string_view what);

/// BIT STRING, or OCTET STRING as one vendor writes it.
Result<BytesView> read_octets(der::Reader& reader, std::string_view what);

/// UTCTime or GeneralizedTime.
Result<Timestamp> read_instant(der::Reader& reader, std::string_view what);

/// An OBJECT IDENTIFIER, or an AlgorithmIdentifier, of a signature; notes NULL parameters and the misspelt one.
Result<std::string> read_signature_algorithm(der::Reader& reader, EncodingNotes& notes);

/// AlgorithmIdentifier of a digest.
Result<std::string> read_digest_algorithm(der::Reader& reader, EncodingNotes& notes);

/// Notes the form of a signature's octets.
void note_signature_form(BytesView octets, EncodingNotes& notes);

/// ExtensionDatas.
Result<std::vector<SealExtension>> read_extensions(const der::Element& element, EncodingNotes& notes);

bool has_critical(const std::vector<SealExtension>& extensions) noexcept;

/// What a signerInfo names a certificate by: its issuer (a whole Name) and serial number (content octets).
struct IssuerAndSerial {
    Bytes issuer, serial;
    friend bool operator==(const IssuerAndSerial&, const IssuerAndSerial&) = default;
};
Result<IssuerAndSerial> issuer_and_serial_of(BytesView certificate_der);

}  // namespace elic
