#include "elic/document/electronic_seal.h"

#include <algorithm>

#include "base/text.h"
#include "document/object_identifiers.h"
#include "document/signature_parts.h"
#include "elic/crypto/sm3.h"

namespace elic {

namespace {

constexpr std::size_t max_identifier = 64;
constexpr std::size_t max_name = 128;
constexpr std::size_t max_signers = 64;
constexpr std::size_t max_picture_bytes = 1 << 20;
constexpr std::int64_t max_picture_mm = 200;

bool is_identifier(std::string_view text) {
    const auto fine = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' || c == '_' ||
               c == '.';
    };
    return !text.empty() && text.size() <= max_identifier && std::all_of(text.begin(), text.end(), fine);
}

Status check_plan(const SealPlan& plan) {
    const auto refuse = [](const char* why) { return Status(fail(Errc::bad_argument, why)); };
    if (!is_identifier(plan.id)) return refuse("id: 1 to 64 letters, digits, '-', '_', '.'");
    if (!is_identifier(plan.maker_id)) return refuse("maker id: 1 to 64 letters, digits, '-', '_', '.'");
    if (const auto fine = check_text(plan.name); !fine)
        return fail(Errc::bad_argument, "name: " + fine.error().context);
    const auto characters = count_characters(plan.name);
    if (characters == 0 || characters > max_name) return refuse("name: 1 to 128 characters");
    if (plan.signers.empty() || plan.signers.size() > max_signers) return refuse("sealers: 1 to 64 certificates");
    for (const auto& signer : plan.signers) {
        if (!signer.may_sign()) return fail(Errc::bad_argument, "sealer: " + signer.subject() + " may not sign");
    }
    if (plan.valid_until < plan.valid_from) return refuse("validity: it ends before it begins");
    const auto& picture = plan.picture;
    if (picture.bytes.empty() || picture.bytes.size() > max_picture_bytes) return refuse("picture: 1 byte to 1 MiB");
    if (picture.width_mm < 1 || picture.width_mm > max_picture_mm || picture.height_mm < 1 ||
        picture.height_mm > max_picture_mm) {
        return refuse("picture: 1 to 200 mm");
    }
    if (!is_identifier(picture.format)) return refuse("picture: its format is a word like PNG");
    if (!plan.maker.may_sign()) return fail(Errc::bad_argument, "maker: " + plan.maker.subject() + " may not sign");
    if (!plan.maker.valid_at(plan.created_at))
        return fail(Errc::bad_argument,
                    "maker: the certificate is not valid at " + plan.created_at.format() + ": " + plan.maker.subject());
    return {};
}

Bytes list_of(const SealPlan& plan) {
    std::vector<Bytes> members;
    for (const auto& signer : plan.signers) {
        if (plan.list_kind == SignerListKind::certificates) {
            members.push_back(der::write_octet_string(signer.der()));
        } else {
            const auto digest = signer.fingerprint();
            members.push_back(
                der::write_sequence({der::write_text(der::printable_string, "SM3"), der::write_octet_string(digest)}));
        }
    }
    return der::write_sequence(members);
}

Bytes seal_info_of(const SealPlan& plan) {
    constexpr std::int64_t version = 4;
    const Bytes header = der::write_sequence({der::write_text(der::ia5_string, "ES"), der::write_integer(version),
                                              der::write_text(der::ia5_string, plan.maker_id)});
    const Bytes property =
        der::write_sequence({der::write_integer(plan.type), der::write_text(der::utf8_string, plan.name),
                             der::write_integer(static_cast<int>(plan.list_kind)), list_of(plan),
                             der::write_generalized_time(plan.created_at), der::write_generalized_time(plan.valid_from),
                             der::write_generalized_time(plan.valid_until)});
    const Bytes picture = der::write_sequence(
        {der::write_text(der::ia5_string, plan.picture.format), der::write_octet_string(plan.picture.bytes),
         der::write_integer(plan.picture.width_mm), der::write_integer(plan.picture.height_mm)});
    return der::write_sequence({header, der::write_text(der::ia5_string, plan.id), property, picture});
}

}  // namespace

bool SealChecks::all_hold() const noexcept {
    return maker_signature == SignatureCheck::holds && maker_may_sign && maker_valid_when_made && dates_in_order &&
           in_force && !critical_extension;
}

SealChecks check_seal(const ElectronicSeal& seal, Timestamp at) {
    const auto& maker = seal.maker.certificate;
    return {.maker_signature = check_signature(seal.signature, seal.maker),
            .maker_may_sign = maker && maker->may_sign(),
            .maker_valid_when_made = maker && maker->valid_at(seal.created_at),
            .dates_in_order = seal.valid_from <= seal.valid_until,
            .in_force = seal.valid_from <= at && at <= seal.valid_until,
            .critical_extension = has_critical(seal.extensions)};
}

bool names_signer(const ElectronicSeal& seal, BytesView certificate_der) {
    if (seal.list_kind == SignerListKind::certificates) {
        return std::any_of(seal.signers.begin(), seal.signers.end(), [&](const EmbeddedCertificate& each) {
            return std::equal(each.der.begin(), each.der.end(), certificate_der.begin(), certificate_der.end());
        });
    }
    const auto digest = sm3(certificate_der);
    return std::any_of(seal.signer_digests.begin(), seal.signer_digests.end(), [&](const SignerDigest& each) {
        return std::equal(each.value.begin(), each.value.end(), digest.begin(), digest.end());
    });
}

Result<Bytes> make_electronic_seal(const SealPlan& plan, Signer& maker) {
    if (const auto fine = check_plan(plan); !fine) return tl::unexpected(fine.error());
    if (!(maker.public_key() == plan.maker.public_key()))
        return fail(Errc::signer_failed, "the maker's key is not that of its certificate");
    const Bytes info = seal_info_of(plan);
    const auto signature = sign_message(maker, info);
    if (!signature) return tl::unexpected(signature.error());
    Bytes seal = der::write_sequence({info, der::write_octet_string(plan.maker.der()),
                                      der::write_object_identifier(oid::sm2_with_sm3),
                                      der::write_bit_string(signature_to_der(*signature))});
    const auto again = read_electronic_seal(seal);
    if (!again) return tl::unexpected(again.error());
    const auto checks = check_seal(*again, plan.valid_from);
    if (!checks.all_hold() || !again->notes.empty())
        return fail(Errc::signer_failed, "the seal just made does not hold");
    return seal;
}

}  // namespace elic
