#include "demo_world.h"

#include "base/custody.h"
#include "base/embedded_file.h"
#include "base/file.h"
#include "base/secret.h"
#include "demo_seal.h"
#include "elic/trust/trust_source.h"

namespace elic {
extern const EmbeddedFile embedded_samples[];
}

namespace elic::cli {

namespace {

constexpr std::string_view issuer_code = "11430199MB00TX017C";
constexpr std::string_view issuer_name = "示例省政务服务局（测试）";
constexpr std::int64_t day_seconds = 86400;

/// The draft as it is when in force on that day; else with its dates moved, so that it is issued then and lasts as
/// long.
Result<LicenseDraft> in_force_on(Date day, LicenseDraft draft) {
    auto& validity = draft.validity;
    const bool begun = draft.issued_on <= day && validity.valid_from <= day;
    if (begun && (!validity.valid_until || day <= *validity.valid_until)) return draft;
    const auto shift = day.days_since_2000() - draft.issued_on.days_since_2000();
    const auto moved = [&](Date date) { return Date::from_days(date.days_since_2000() + shift); };
    const auto from = moved(validity.valid_from);
    const auto until = moved(validity.valid_until.value_or(validity.valid_from));
    if (!from || !until) return fail(Errc::draft_refused, draft.request + ": its dates cannot be moved to today");
    draft.issued_on = day;
    validity.valid_from = *from;
    if (validity.valid_until) validity.valid_until = *until;
    return draft;
}

/// The samples, unchanged where they are in force: to issue one of their files again gives the same license.
Result<std::vector<LicenseDraft>> sample_drafts(Date today) {
    std::vector<LicenseDraft> drafts;
    for (const auto* file = embedded_samples; file->name != nullptr; ++file) {
        auto reading = read_license_draft(as_text(file->bytes()));
        if (!reading.draft) {
            const auto& fault = reading.faults.front();
            return fail(Errc::draft_refused, std::string(file->name) + ": " + fault.field + ": " + fault.mend);
        }
        auto draft = in_force_on(today, std::move(*reading.draft));
        if (!draft) return tl::unexpected(draft.error());
        drafts.push_back(std::move(*draft));
    }
    return drafts;
}

/// What the demo's one key may sign. A real office keeps a key of its own for status.
std::uint32_t demo_kinds() {
    std::uint32_t kinds = 0;
    for (auto kind : {SignatureKind::payload, SignatureKind::status_list, SignatureKind::status_delta,
                      SignatureKind::genuine_list}) {
        kinds |= 1U << static_cast<unsigned>(kind);
    }
    return kinds;
}

/// A trust source with one TEST body that may issue every built-in type.
Result<TrustSource> demo_source(const PilotCa& ca, const Certificate& office, Timestamp now) {
    auto code = Uscc::parse(issuer_code);
    auto country = AreaCode::parse("000000");
    auto before = Timestamp::from_unix(now.unix_seconds() - day_seconds);
    auto after = Timestamp::from_unix(now.unix_seconds() + 365 * day_seconds);
    if (!code || !country || !before || !after) return fail(Errc::bad_argument, "the clock is out of range");
    TrustSource source{.content = {.number = 1,
                                   .issued_at = now,
                                   .not_before = *before,
                                   .next_update = *after,
                                   .previous = {},
                                   .roots = {},
                                   .intermediates = {},
                                   .packs = {},
                                   .bodies = {}},
                       .certificates = {ca.certificate, office},
                       .pack_files = {}};
    source.content.roots = {ca.certificate.fingerprint()};
    IssuingBody body{.code = *code, .name = std::string(issuer_name)};
    body.certificates.push_back(
        {.fingerprint = office.fingerprint(), .from = *before, .until = {}, .kinds = demo_kinds()});
    const auto packs = TypePacks::builtin();
    for (const auto& entry : packs.list()) {
        auto pack = packs.load(entry.code, entry.version);
        auto file = packs.file(entry.code, entry.version);
        if (!pack) return tl::unexpected(pack.error());
        if (!file) return tl::unexpected(file.error());
        const PackEntry listed{.digest = (*pack)->digest,
                               .type = entry.code,
                               .version = entry.version,
                               .name = (*pack)->name,
                               .words = (*pack)->words};
        source.content.packs.push_back(listed);
        source.pack_files.emplace_back(listed, std::move(*file));
        body.grants.push_back({.type = entry.code, .areas = {*country}, .from = before->day(), .until = {}});
    }
    source.content.bodies.push_back(std::move(body));
    return source;
}

/// DIR/office, with its signing key and its seal.
Result<Office> make_demo_office(const std::filesystem::path& folder, const CertifiedKey& signing,
                                std::optional<OfficeSeal> seal, const RootPins& pins) {
    auto code = Uscc::parse(issuer_code);
    if (!code) return tl::unexpected(code.error());
    auto pem = signing.key.to_plain_pem();
    if (!pem) return tl::unexpected(pem.error());
    OfficePlan plan{.folder = folder / "office",
                    .issuer = *code,
                    .name = std::string(issuer_name),
                    .number = 1,
                    .key_pem = std::move(*pem),
                    .certificate = signing.certificate,
                    .trust = folder / "trust",
                    .signer_command = {},
                    .test = true,
                    .seal = std::move(seal),
                    .pins = pins};
    auto office = create_office(plan);
    wipe(plan.key_pem.data(), plan.key_pem.size());
    if (plan.seal) wipe(plan.seal->key_pem.data(), plan.seal->key_pem.size());
    return office;
}

/// DIR/ca, DIR/trust, DIR/trust.pin, DIR/office.
Result<Office> make_folders_of_demo(const std::filesystem::path& folder, Timestamp now, RootPins& pins) {
    const auto started = Timestamp::from_unix(now.unix_seconds() - day_seconds).value_or(now);
    auto ca = make_pilot_ca(started);
    if (!ca) return tl::unexpected(ca.error());
    auto signing = make_certified_key(*ca, "CN=TEST issuing office,O=elic TEST,C=CN", started);
    if (!signing) return tl::unexpected(signing.error());
    if (auto made = make_private_folder(folder / "ca"); !made) return tl::unexpected(made.error());
    auto saved = save_certified_key({.key = ca->key, .certificate = ca->certificate}, folder / "ca", "root");
    if (!saved) return tl::unexpected(saved.error());
    auto seal = make_demo_seal({.ca = *ca,
                                .folder = folder / "ca",
                                .issuer = std::string(issuer_code),
                                .name = std::string(issuer_name),
                                .from = started,
                                .now = now});
    if (!seal) return fail_in("seal", seal.error());
    auto source = demo_source(*ca, signing->certificate, now);
    if (!source) return tl::unexpected(source.error());
    std::vector<std::string> warnings;
    auto written = write_trust_folder(*source, ca->key, ca->certificate, folder / "trust", warnings);
    if (!written) return tl::unexpected(written.error());
    pins = RootPins::of({ca->certificate.fingerprint()});
    auto pinned = add_root_pin(folder / "trust.pin", pins.pins.front(), "TEST root of this demo");
    if (!pinned) return tl::unexpected(pinned.error());
    return make_demo_office(folder, *signing, std::move(*seal), pins);
}

}  // namespace

Result<DemoWorld> make_demo_world(const std::filesystem::path& folder, const Clock& clock) {
    if (file_exists(folder / "office")) {
        return fail(Errc::already_exists,
                    folder.string() + " holds a demo already: choose another folder with --dir, or remove it");
    }
    const auto now = clock.now();
    auto drafts = sample_drafts(now.day());
    if (!drafts) return tl::unexpected(drafts.error());
    RootPins pins;
    auto office = make_folders_of_demo(folder, now, pins);
    if (!office) return tl::unexpected(office.error());
    if (auto made = make_folders(folder / "out"); !made) return tl::unexpected(made.error());
    auto shown = write_file_durably(folder / "out" / "signer.pem", office->certificate.pem());
    if (!shown) return tl::unexpected(shown.error());
    auto signer = open_signer(*office, {});
    if (!signer) return tl::unexpected(signer.error());
    auto issuer = Issuer::open(*office, **signer, pins, clock);
    if (!issuer) return tl::unexpected(issuer.error());
    auto trust = TrustFolder::open(folder / "trust");
    if (!trust) return tl::unexpected(trust.error());
    return DemoWorld{.trust = std::move(*trust),
                     .pins = pins,
                     .office = *office,
                     .signer = std::move(*signer),
                     .issuer = std::make_unique<Issuer>(std::move(*issuer)),
                     .drafts = std::move(*drafts)};
}

}  // namespace elic::cli
