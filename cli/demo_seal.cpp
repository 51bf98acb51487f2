#include "demo_seal.h"

#include "base/file.h"
#include "base/hex.h"
#include "base/process.h"
#include "base/secret.h"
#include "drawing_library.h"
#include "elic/document/electronic_seal.h"

namespace elic::cli {

namespace {

constexpr std::int64_t seal_seconds = 365 * 86400;  // as long as the demo's trust list
constexpr std::string_view below_the_star = "电子证照专用章";
constexpr std::size_t id_bytes = 8;

}  // namespace

Result<CertifiedKey> make_certified_key(const PilotCa& ca, std::string_view subject, Timestamp from) {
    auto key = PrivateKey::generate();
    if (!key) return tl::unexpected(key.error());
    auto request = make_certificate_request(*key, subject);
    if (!request) return tl::unexpected(request.error());
    auto certificate = certify(ca, *request, CertificatePurpose::issuing, from);
    if (!certificate) return tl::unexpected(certificate.error());
    return CertifiedKey{.key = std::move(*key), .certificate = std::move(*certificate)};
}

Status save_certified_key(const CertifiedKey& made, const std::filesystem::path& folder, const std::string& name) {
    auto pem = made.key.to_plain_pem();
    if (!pem) return tl::unexpected(pem.error());
    auto written = create_file_durably(folder / (name + ".key.pem"), *pem, FileAccess::owner_only);
    wipe(pem->data(), pem->size());
    if (!written) return written;
    return create_file_durably(folder / (name + ".pem"), made.certificate.pem());
}

Result<std::optional<OfficeSeal>> make_demo_seal(const DemoSealPlan& plan) {
    auto draws = drawing_library();
    if (!draws) return tl::unexpected(draws.error());
    auto drawn = (*draws)->draw_seal({.name = plan.name, .text = std::string(below_the_star), .test = true});
    if (!drawn && drawn.error().code == Errc::not_found) return std::optional<OfficeSeal>();
    if (!drawn) return tl::unexpected(drawn.error());
    auto maker = make_certified_key(plan.ca, "CN=TEST seal maker,O=elic TEST,C=CN", plan.from);
    if (!maker) return tl::unexpected(maker.error());
    auto sealer =
        make_certified_key(plan.ca, "CN=" + plan.name + ",OU=" + plan.issuer + ",O=" + plan.name + ",C=CN", plan.from);
    if (!sealer) return tl::unexpected(sealer.error());
    auto until = Timestamp::from_unix(plan.now.unix_seconds() + seal_seconds);
    if (!until) return tl::unexpected(until.error());
    Bytes random(id_bytes);
    if (auto filled = fill_random(random); !filled) return tl::unexpected(filled.error());
    auto seal = make_electronic_seal({.id = "TEST-" + to_hex(random),
                                      .maker_id = "elic-TEST",
                                      .name = plan.name,
                                      .signers = {sealer->certificate},
                                      .created_at = plan.from,
                                      .valid_from = plan.from,
                                      .valid_until = *until,
                                      .picture = {"PNG", std::move(drawn->png), drawn->width_mm, drawn->height_mm},
                                      .maker = maker->certificate},
                                     maker->key);
    if (!seal) return tl::unexpected(seal.error());
    if (auto saved = save_certified_key(*maker, plan.folder, "seal-maker"); !saved)
        return tl::unexpected(saved.error());
    auto pem = sealer->key.to_plain_pem();
    if (!pem) return tl::unexpected(pem.error());
    return std::optional(OfficeSeal{std::move(*seal), std::move(sealer->certificate), std::move(*pem)});
}

}  // namespace elic::cli
