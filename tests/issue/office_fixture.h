#pragma once

#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <memory>

#include "base/file.h"
#include "codec/json.h"
#include "elic/crypto/pilot_ca.h"
#include "elic/issue/issuer.h"
#include "elic/trust/trust_source.h"
#include "elic/verify/verify_payload.h"
#include "unit/base/temporary_folder.h"

namespace elic {

inline constexpr const char* safety_type = "11100000000013338W011";  // 安全生产考核合格证书

inline Timestamp time_at(std::string_view text) { return Timestamp::parse(text).value(); }

class SetClock final : public Clock {
public:
    Timestamp at = time_at("2026-11-23T10:00:00+08:00");
    Timestamp now() const override { return at; }
};

/// The JSON of a sample license of testdata/samples.
inline Json sample(const std::string& name) {
    auto bytes = read_file(std::string(ELIC_SOURCE_DIR) + "/testdata/samples/" + name + ".json", 1 << 20);
    REQUIRE(bytes);
    return read_json(as_text(*bytes)).value();
}

inline std::vector<std::string> sample_names() {
    std::vector<std::string> names;
    for (const auto& file : std::filesystem::directory_iterator(std::string(ELIC_SOURCE_DIR) + "/testdata/samples")) {
        names.push_back(file.path().stem());
    }
    std::sort(names.begin(), names.end());
    return names;
}

inline LicenseDraft draft_of(const Json& json) {
    auto reading = read_license_draft(write_json(json));
    for (const auto& fault : reading.faults) UNSCOPED_INFO(fault.field << ": " << fault.rule << ": " << fault.mend);
    REQUIRE(reading.draft);
    return *reading.draft;
}

/// What a test may want otherwise than usual of its office.
struct OfficeWish {
    std::vector<std::string> types;  ///< granted; empty = all built-in ones
    std::string area = "000000";
    std::optional<Date> granted_until = {};
    std::string certified_from = "2026-01-01T00:00:00+08:00";
    int certified_years = 5;
    bool body_listed = true;
    bool certificate_listed = true;
    std::string list_until = "2027-06-01T00:00:00+08:00";
    std::vector<std::pair<LicenseTypeCode, Bytes>> more_packs = {};  ///< version 1 of types that are not built in
    std::string signer_command = {};                                 ///< instead of the key
    std::uint64_t list_number = 1;
};

/// A pilot CA, a trust folder and an office that issues under it. The clock stands at 2026-11-23T10:00:00+08:00.
class TestOffice {
public:
    explicit TestOffice(const OfficeWish& wish = {}) : TestOffice(wish, "11430199MB00TX017C") {}

    TestOffice(const OfficeWish& wish, std::string_view issuer) : code_(Uscc::parse(issuer).value()) {
        const auto request = make_certificate_request(key_, "CN=TEST issuing office,O=elic TEST,C=CN").value();
        certificate_ = std::make_unique<Certificate>(
            certify(ca_, request, CertificatePurpose::issuing, time_at(wish.certified_from), wish.certified_years)
                .value());
        publish(wish);
        OfficePlan plan{.folder = folder / "office",
                        .issuer = code_,
                        .name = "示例省政务服务局（测试）",
                        .number = 1,
                        .key_pem = {},
                        .certificate = *certificate_,
                        .trust = folder / "trust",
                        .signer_command = {},
                        .test = true};
        if (wish.signer_command.empty()) {
            plan.key_pem = key_.to_plain_pem().value();
        } else {
            plan.signer_command = wish.signer_command;
        }
        auto made = create_office(plan);
        if (!made) FAIL(made.error().context);
        office_ = std::make_unique<Office>(*made);
    }

    /// Writes the trust folder (again).
    void publish(const OfficeWish& wish) {
        auto source = this->source(wish);
        std::vector<std::string> warnings;
        std::filesystem::remove_all(folder / "trust");
        auto written = write_trust_folder(source, ca_.key, ca_.certificate, folder / "trust", warnings);
        if (!written) FAIL(written.error().context);
    }

    RootPins pins() const { return RootPins::of({ca_.certificate.fingerprint()}); }
    const Office& office() const { return *office_; }
    PrivateKey& key() { return key_; }

    Result<Issuer> open(Signer& signer) const { return Issuer::open(*office_, signer, pins(), clock); }
    Issuer issuer() {
        auto opened = open(key_);
        if (!opened) FAIL(opened.error().context);
        return std::move(*opened);
    }

    Report verify(const std::string& payload, std::optional<Timestamp> at = {}) const {
        auto trust = TrustFolder::open(folder / "trust");
        REQUIRE(trust);
        VerifyContext context{.trust = &*trust, .pins = pins(), .at = at.value_or(clock.at)};
        context.policy.allow_missing_status = true;
        return verify_payload(payload, context);
    }

    /// Events in the ledger's file: nothing was written when 0.
    std::int64_t events() const {
        auto ledger = Ledger::open(office_->ledger());
        REQUIRE(ledger);
        return *ledger->issued_count() * 2 + static_cast<std::int64_t>(ledger->unfinished()->size());
    }

    TemporaryFolder folder;
    SetClock clock;

private:
    TrustSource source(const OfficeWish& wish) const {
        const auto from = time_at("2026-01-01T00:00:00+08:00");
        TrustSource source{.content = {.number = wish.list_number,
                                       .issued_at = clock.at,
                                       .not_before = from,
                                       .next_update = time_at(wish.list_until),
                                       .previous = {},
                                       .roots = {ca_.certificate.fingerprint()},
                                       .intermediates = {},
                                       .packs = {},
                                       .bodies = {}},
                           .certificates = {ca_.certificate, *certificate_},
                           .pack_files = {}};
        IssuingBody body{
            .code = code_, .name = "示例省政务服务局（测试）", .hosts = {}, .certificates = {}, .grants = {}};
        if (wish.certificate_listed) {
            body.certificates.push_back({.fingerprint = certificate_->fingerprint(),
                                         .from = from,
                                         .until = {},
                                         .kinds = 1U << static_cast<unsigned>(SignatureKind::payload)});
        }
        const auto add = [&](const TypePack& pack, Bytes file) {
            const PackEntry entry{.digest = pack.digest,
                                  .type = pack.code,
                                  .version = pack.version,
                                  .name = pack.name,
                                  .words = pack.words};
            source.content.packs.push_back(entry);
            source.pack_files.emplace_back(entry, std::move(file));
            const auto& types = wish.types;
            if (!types.empty() && std::find(types.begin(), types.end(), pack.code.text()) == types.end()) return;
            body.grants.push_back({.type = pack.code,
                                   .areas = {AreaCode::parse(wish.area).value()},
                                   .from = from.day(),
                                   .until = wish.granted_until});
        };
        const auto packs = TypePacks::builtin();
        for (const auto& entry : packs.list()) {
            add(**packs.load(entry.code, entry.version), packs.file(entry.code, entry.version).value());
        }
        for (const auto& [code, file] : wish.more_packs) add(read_type_pack(file).value(), file);
        if (wish.body_listed) source.content.bodies.push_back(std::move(body));
        return source;
    }

    Uscc code_;
    PilotCa ca_ = make_pilot_ca(time_at("2025-12-01T00:00:00+08:00")).value();
    PrivateKey key_ = PrivateKey::generate().value();
    std::unique_ptr<Certificate> certificate_;
    std::unique_ptr<Office> office_;
};

/// The license of an answer; fails the test with the faults of a refusal.
inline Issued issued(const Result<IssueAnswer>& answer) {
    if (!answer) FAIL(answer.error().context);
    if (const auto* refused = std::get_if<Refused>(&*answer)) {
        for (const auto& fault : refused->faults)
            UNSCOPED_INFO(fault.field << ": " << fault.rule << ": " << fault.mend);
        FAIL("refused");
    }
    return std::get<Issued>(*answer);
}

/// "field rule" of every fault of a refusal.
inline std::vector<std::string> refused(const Result<IssueAnswer>& answer) {
    if (!answer) FAIL(answer.error().context);
    REQUIRE(std::holds_alternative<Refused>(*answer));
    std::vector<std::string> faults;
    for (const auto& fault : std::get<Refused>(*answer).faults) {
        CHECK_FALSE(fault.mend.empty());
        faults.push_back(fault.field + " " + fault.rule);
    }
    return faults;
}

using Faults = std::vector<std::string>;

}  // namespace elic
