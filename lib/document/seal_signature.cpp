#include "elic/document/seal_signature.h"

#include <algorithm>

#include "base/text.h"
#include "document/object_identifiers.h"
#include "document/signature_parts.h"
#include "elic/crypto/sm3.h"

namespace elic {

namespace {

bool same(BytesView a, BytesView b) { return std::equal(a.begin(), a.end(), b.begin(), b.end()); }

/// Without the leading '/' that some write and some do not.
std::string_view from_root(std::string_view path) {
    if (path.starts_with('/')) path.remove_prefix(1);
    return path;
}

/// A seal is put under a document only if a verifier will accept it there.
Status check_plan(const SealSignaturePlan& plan, const ElectronicSeal& seal, Signer& sealer) {
    const auto refuse = [](std::string why) { return Status(fail(Errc::bad_argument, std::move(why))); };
    if (seal.version != SealVersion::v4) return refuse("seal: only seals of version 4 (GB/T 38540) are used to sign");
    const auto checks = check_seal(seal, plan.at);
    if (checks.maker_signature != SignatureCheck::holds)
        return refuse("seal: the maker's signature: " + std::string(name_of(checks.maker_signature)));
    if (!checks.maker_may_sign) return refuse("seal: its maker's certificate may not sign");
    if (!checks.maker_valid_when_made) return refuse("seal: its maker's certificate was not valid when it was made");
    if (!checks.in_force)
        return refuse("seal: in force " + seal.valid_from.format() + " .. " + seal.valid_until.format() + ", not at " +
                      plan.at.format());
    if (checks.critical_extension) return refuse("seal: it has a critical extension that is not understood");
    if (!names_signer(seal, plan.sealer.der())) return refuse("sealer: the seal does not name this certificate");
    if (!plan.sealer.may_sign()) return refuse("sealer: " + plan.sealer.subject() + " may not sign");
    if (!plan.sealer.valid_at(plan.at))
        return refuse("sealer: the certificate is not valid at " + plan.at.format() + ": " + plan.sealer.subject());
    if (!(sealer.public_key() == plan.sealer.public_key()))
        return fail(Errc::signer_failed, "the sealer's key is not that of its certificate");
    return {};
}

}  // namespace

bool SealSignatureChecks::all_hold() const noexcept {
    return signature == SignatureCheck::holds && data_hash && property && seal_file && versions_agree &&
           sealer_in_list && sealer_may_sign && sealer_valid && time_known && !critical_extension && seal.all_hold();
}

SealSignatureChecks check_seal_signature(const SealSignature& signature, const SignedDescription& over,
                                         Timestamp otherwise) {
    const auto at = signature.signed_at.value_or(otherwise);
    const auto& sealer = signature.sealer.certificate;
    const auto digest = sm3(over.signature_xml);
    const auto path = escape_for_output(over.path);
    return {.signature = check_signature(signature.signature, signature.sealer),
            .data_hash = same(signature.data_hash, digest),
            .property = from_root(signature.property) == from_root(path),
            .seal_file = !over.seal_file || same(*over.seal_file, signature.seal.der),
            .versions_agree = signature.version == signature.seal.version &&
                              signature.stated_version == signature.seal.header_version,
            .sealer_in_list = names_signer(signature.seal, signature.sealer.der),
            .sealer_may_sign = sealer && sealer->may_sign(),
            .sealer_valid = sealer && sealer->valid_at(at),
            .time_known = signature.signed_at.has_value(),
            .critical_extension = has_critical(signature.extensions),
            .seal = check_seal(signature.seal, at)};
}

Result<Bytes> make_seal_signature(const SealSignaturePlan& plan, Signer& sealer) {
    const auto seal = read_electronic_seal(plan.seal);
    if (!seal) return fail_in("seal", seal.error());
    if (const auto fine = check_plan(plan, *seal, sealer); !fine) return tl::unexpected(fine.error());
    constexpr std::int64_t version = 4;
    const Bytes to_sign =
        der::write_sequence({der::write_integer(version), plan.seal, der::write_generalized_time(plan.at),
                             der::write_bit_string(plan.data_hash), der::write_text(der::ia5_string, plan.property)});
    const auto signature = sign_message(sealer, to_sign);
    if (!signature) return tl::unexpected(signature.error());
    Bytes whole = der::write_sequence({to_sign, der::write_octet_string(plan.sealer.der()),
                                       der::write_object_identifier(oid::sm2_with_sm3),
                                       der::write_bit_string(signature_to_der(*signature))});
    const auto again = read_seal_signature(whole);
    if (!again) return tl::unexpected(again.error());
    if (check_signature(again->signature, again->sealer) != SignatureCheck::holds || !again->notes.empty() ||
        again->signed_at != plan.at) {
        return fail(Errc::signer_failed, "the seal signature just made does not hold");
    }
    return whole;
}

}  // namespace elic
