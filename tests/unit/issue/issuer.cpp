#include "elic/issue/issuer.h"

#include <catch2/catch.hpp>

#include "issue/office_fixture.h"

using namespace elic;

TEST_CASE("Every sample is issued and verifies") {
    TestOffice desk;
    auto issuer = desk.issuer();
    for (const auto& name : sample_names()) {
        INFO(name);
        const auto license = issued(issuer.issue(draft_of(sample(name))));
        CHECK_FALSE(license.again);
        CHECK(license.bytes > 100);
        const auto report = desk.verify(license.payload);
        for (const auto& finding : report.findings()) UNSCOPED_INFO(row_of(finding.code).code << " " << finding.detail);
        CHECK(report.verdict() == Verdict::valid);
        REQUIRE(report.license() != nullptr);
        CHECK(report.license()->id == license.id);
        CHECK(issuer.ledger().find(license.id)->payload == license.payload);
    }
    CHECK(*issuer.ledger().issued_count() == static_cast<std::int64_t>(sample_names().size()));
    CHECK(issuer.ledger().unfinished()->empty());
}

TEST_CASE("The same request gives the same license again, also by another process and later") {
    TestOffice desk;
    auto issuer = desk.issuer();
    const auto draft = draft_of(sample("construction-safety"));
    const auto first = issued(issuer.issue(draft));
    const auto again = issued(issuer.issue(draft));
    CHECK(again.again);
    CHECK(again.payload == first.payload);
    CHECK(again.license == first.license);
    CHECK(again.bytes == first.bytes);

    desk.clock.at = time_at("2029-06-01T00:00:00+08:00");  // past the license's last day and the trust list's
    auto other = desk.issuer();
    const auto later = issued(other.issue(draft));
    CHECK(later.again);
    CHECK(later.payload == first.payload);
    CHECK(issued(other.check(draft)).again);
    CHECK(desk.events() == 2);
}

TEST_CASE("A request used before with other content is refused and names what differs") {
    TestOffice desk;
    auto issuer = desk.issuer();
    auto json = sample("construction-safety");
    const auto first = issued(issuer.issue(draft_of(json)));
    json["face"]["职务"] = "总经理";
    desk.clock.at = time_at("2026-12-24T10:00:00+08:00");
    json["issued_on"] = "2026-12-24";
    auto answer = issuer.issue(draft_of(json));
    CHECK(refused(answer) == Faults{"request request.conflict"});
    CHECK_THAT(std::get<Refused>(*answer).faults[0].mend, Catch::Contains("face.职务") && Catch::Contains("issued_on"));
    CHECK(refused(issuer.check(draft_of(json))) == Faults{"request request.conflict"});
    CHECK(desk.events() == 2);
    CHECK(issuer.ledger().find(first.id)->payload == first.payload);
}

TEST_CASE("An identifier is used once") {
    TestOffice desk;
    auto issuer = desk.issuer();
    auto json = sample("construction-safety");
    issued(issuer.issue(draft_of(json)));
    json["request"] = "another";  // the same number gives the same serial
    CHECK(refused(issuer.check(draft_of(json))) == Faults{"serial in-use"});
    CHECK(refused(issuer.issue(draft_of(json))) == Faults{"serial in-use"});
    CHECK(desk.events() == 2);
}

TEST_CASE("A dry run says what issuing would say and writes nothing") {
    TestOffice desk;
    auto issuer = desk.issuer();
    const auto draft = draft_of(sample("construction-safety"));
    const auto shown = issued(issuer.check(draft));
    CHECK(shown.payload.empty());
    CHECK_FALSE(shown.again);
    CHECK(desk.events() == 0);
    const auto made = issued(issuer.issue(draft));
    CHECK(made.id == shown.id);
    CHECK(made.license == shown.license);
}

TEST_CASE("What a verifier would refuse is refused before anything is written") {
    OfficeWish wish;
    Faults expected;
    SECTION("the type is not granted") {
        wish.types = {"11100000000013338W032"};
        expected = {"type authority.type_not_granted"};
    }
    SECTION("the grant has ended") {
        wish.granted_until = Date::parse("2026-10-31").value();
        expected = {"type authority.not_granted_then"};
    }
    SECTION("the office's certificate has expired") {
        wish.certified_from = "2025-12-01T00:00:00+08:00";
        wish.certified_years = 1;
    }
    SECTION("the office's certificate is not in the list") {
        wish.certificate_listed = false;
        expected = {"type signer.unknown"};
    }
    SECTION("the list is stale") {
        wish.list_until = "2026-11-01T00:00:00+08:00";
        expected = {"type trust.stale"};
    }
    TestOffice desk(wish);
    if (expected.empty()) {
        desk.clock.at = time_at("2026-12-15T00:00:00+08:00");
        expected = {"type certificate.not_valid_then"};
    }
    auto issuer = desk.issuer();
    const auto draft = draft_of(sample("construction-safety"));
    CHECK(refused(issuer.check(draft)) == expected);
    CHECK(refused(issuer.issue(draft)) == expected);
    CHECK(desk.events() == 0);
}

TEST_CASE("A license for an area beyond the grant is refused") {
    OfficeWish wish;
    wish.area = "440000";
    TestOffice desk(wish);
    auto issuer = desk.issuer();
    CHECK(refused(issuer.issue(draft_of(sample("construction-permit")))) == Faults{"type authority.area_not_granted"});
    CHECK(desk.events() == 0);
}

TEST_CASE("An office that is not in the trust list does not open") {
    OfficeWish wish;
    wish.body_listed = false;
    TestOffice desk(wish);
    auto opened = desk.open(desk.key());
    REQUIRE_FALSE(opened);
    CHECK(opened.error().code == Errc::not_authorised);
}

TEST_CASE("Without a pinned root nothing is issued") {
    TestOffice desk;
    auto opened = Issuer::open(desk.office(), desk.key(), RootPins{}, desk.clock);
    REQUIRE(opened);
    CHECK(refused(opened->issue(draft_of(sample("construction-safety")))) == Faults{"type trust.unpinned"});
    CHECK(desk.events() == 0);
}

TEST_CASE("A type that the trust list does not have is refused with the way to it") {
    TestOffice desk;
    auto issuer = desk.issuer();
    auto json = sample("construction-safety");
    json["type"] = "11100000000013338W999";
    CHECK(refused(issuer.issue(draft_of(json))) == Faults{"type unknown"});
    CHECK(desk.events() == 0);
}

TEST_CASE("A draft that does not fit in a code is refused") {
    TestOffice desk;
    auto issuer = desk.issuer();
    auto json = sample("business-license");
    // Rare characters, each several bytes: far beyond one symbol.
    std::string scope;
    for (int i = 0; i < 1900; ++i) scope += std::string("\xF0\xA0\x80") + static_cast<char>(0x80 + i % 64);
    for (const auto* label : {"经营范围", "JYFW"}) {
        if (json.contains(label)) json[label] = scope;
    }
    const auto faults = refused(issuer.issue(draft_of(json)));
    CHECK(faults == Faults{"face size"});
    CHECK(desk.events() == 0);
}

TEST_CASE("An office whose ledger is another office's does not open") {
    TestOffice desk;
    std::filesystem::remove(desk.office().ledger());
    auto missing = desk.open(desk.key());
    REQUIRE_FALSE(missing);
    CHECK(missing.error().code == Errc::ledger_unusable);
    REQUIRE(Ledger::create(desk.office().ledger(), 2));
    auto other = desk.open(desk.key());
    REQUIRE_FALSE(other);
    CHECK(other.error().code == Errc::ledger_unusable);
}

TEST_CASE("A reservation left by a dead run is finished with its serial and time, under today's trust list") {
    TestOffice desk;
    const auto draft = draft_of(sample("food-operation"));
    LicenseId reserved = LicenseId::make(draft.type, desk.office().issuer, "0", 1).value();
    {
        // The run that dies: it reserves exactly as an issuer would, and signs nothing.
        class Dying final : public Signer {
        public:
            explicit Dying(PublicKey key) : key_(std::move(key)) {}
            const PublicKey& public_key() const override { return key_; }
            Result<Sm2Signature> sign_digest(const Digest&) override { return fail(Errc::signer_failed, "power cut"); }

        private:
            PublicKey key_;
        } dying(desk.key().public_key());
        auto issuer = desk.open(dying);
        REQUIRE(issuer);
        auto answer = issuer->issue(draft);
        REQUIRE_FALSE(answer);
        CHECK(answer.error().code == Errc::signer_failed);
        auto left = issuer->ledger().unfinished();
        REQUIRE(left->size() == 1);
        reserved = left->front().id;
    }
    // Two days later; a newer trust list, which was not in force when the reservation was made.
    const auto first_day = desk.clock.at;
    desk.clock.at = time_at("2026-11-25T10:00:00+08:00");
    desk.publish({.list_number = 2});
    auto issuer = desk.issuer();
    const auto license = issued(issuer.issue(draft));
    CHECK_FALSE(license.again);
    CHECK(license.id == reserved);
    CHECK(issuer.ledger().find(license.id)->reservation.signed_at == first_day);
    CHECK(desk.verify(license.payload).verdict() == Verdict::valid);
    CHECK(issuer.ledger().unfinished()->empty());
}

TEST_CASE("Look-alike characters are warned of, and the license is issued") {
    TestOffice desk;
    auto issuer = desk.issuer();
    auto json = sample("construction-safety");
    json["face"]["职务"] = "\uFF21级";
    const auto license = issued(issuer.issue(draft_of(json)));
    REQUIRE(license.warnings.size() == 1);
    CHECK_THAT(license.warnings[0], Catch::Contains("face.职务") && Catch::Contains("'A'"));
    CHECK(desk.verify(license.payload).verdict() == Verdict::valid);
}

TEST_CASE("An eleventh type: a pack added to the trust folder is issued and verified by the same program") {
    const std::string_view pack =
        R"({"format":"elic type pack 0","code":"11430199MB00TX017C901","version":1,"provisional":true,
        "name":"示例行业备案证明","defining_authority":"示例省政务服务局（测试）","sources":["this test"],"words":1,
        "holders":{"min":1,"max":1,"code_types":["001"],"carried":"value"},"validity":{"allowed":["until"],"years":2},
        "number":{"patterns":[[{"literal":"示备"},{"serial":6,"from":0},{"literal":"号"}]]},
        "fields":[{"n":1,"label":"备案事项","keys":["BASX"],"kind":"text","max":50,"required":"R","compare":true,"sensitivity":0},
                  {"label":"单位名称","keys":["DWMC"],"kind":"text","required":"R","derive":"holder.names"}]})";
    auto code = LicenseTypeCode::parse("11430199MB00TX017C901");
    REQUIRE(code);
    REQUIRE_FALSE(TypePacks::builtin().load_newest(*code));
    OfficeWish wish;
    wish.more_packs.emplace_back(*code, Bytes(as_bytes(pack).begin(), as_bytes(pack).end()));
    TestOffice desk(wish);
    auto issuer = desk.issuer();
    const auto draft = draft_of(read_json(R"({"type":"11430199MB00TX017C901","request":"E1","number":"示备000017号",
        "holders":[{"name":"示例市示范食品有限公司","code_type":"001","code":"91430199MA00EX038A"}],
        "issued_on":"2026-11-20","valid_from":"2026-11-20","valid_until":"2028-11-19","face":{"备案事项":"样例备案"}})")
                                    .value());
    const auto license = issued(issuer.issue(draft));
    CHECK(license.id.serial() == "000017");
    const auto report = desk.verify(license.payload);
    CHECK(report.verdict() == Verdict::valid);
    REQUIRE(report.license() != nullptr);
    CHECK(report.license()->number == "示备000017号");
    CHECK(report.license()->face.size() == 2);
}
