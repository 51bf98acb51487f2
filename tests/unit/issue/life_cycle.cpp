#include "elic/issue/life_cycle.h"

#include <catch2/catch.hpp>

#include "issue/office_fixture.h"
#include "issue/plain_sql.h"

using namespace elic;

namespace {

/// Safety certificates (the number gives the serial) and licenses whose serials the ledger allots.
struct Desk {
    TestOffice office;
    Issuer issuer = office.issuer();

    Json draft(const std::string& name, const std::string& request) const {
        auto json = sample(name);
        json["request"] = request;
        return json;
    }
    LicenseId first(const std::string& name = "construction-safety") {
        return issued(issuer.issue(draft_of(sample(name)))).id;
    }
    Result<MoveAnswer> move(const LicenseId& id, LifeCycleMove kind, const std::string& reason = "because") {
        auto ledger = Ledger::open(office.office().ledger());
        REQUIRE(ledger);
        return move_license(*ledger, {.id = id, .move = kind, .reason = reason, .at = office.clock.at});
    }
    LicenseState state(const LicenseId& id) { return state_at(*issuer.ledger().moves_of(id), office.clock.at); }
};

Succession renewal(const LicenseId& id, SuccessionKind kind = SuccessionKind::renew) {
    return {.kind = kind, .previous = id, .reason = "because"};
}

Faults faults_of(const Result<MoveAnswer>& answer) {
    if (!answer) FAIL(answer.error().context);
    REQUIRE(std::holds_alternative<Refused>(*answer));
    Faults faults;
    for (const auto& fault : std::get<Refused>(*answer).faults) faults.push_back(fault.field + " " + fault.rule);
    return faults;
}

}  // namespace

TEST_CASE("A renewal without a number keeps number and serial, is revision 002 and verifies") {
    Desk desk;
    const auto first = desk.first();
    auto json = desk.draft("construction-safety", "RENEW-1");
    json.erase("number");
    json["valid_until"] = "2029-03-31";
    const auto shown = issued(desk.issuer.check_following(draft_of(json), renewal(first)));
    const auto second = issued(desk.issuer.follow(draft_of(json), renewal(first)));
    CHECK(shown.id == second.id);
    CHECK(second.id.serial() == first.serial());
    CHECK(second.id.revision() == 2);
    CHECK(read_json(second.license)->at("number") == sample("construction-safety").at("number"));
    const auto report = desk.office.verify(second.payload);
    CHECK(report.verdict() == Verdict::valid);
    REQUIRE(report.license() != nullptr);
    CHECK(report.license()->id == second.id);
    CHECK(desk.state(first) == LicenseState::replaced);
    CHECK(desk.state(second.id) == LicenseState::valid);
    CHECK(desk.issuer.ledger().find(second.id)->previous == first);

    // again, also in other words: with the number, and the predecessor named
    CHECK(issued(desk.issuer.follow(draft_of(json), renewal(first))).again);
    json["number"] = sample("construction-safety").at("number");
    json["previous"] = first.text();
    const auto again = issued(desk.issuer.follow(draft_of(json), renewal(first)));
    CHECK(again.again);
    CHECK(again.payload == second.payload);
    CHECK(*desk.issuer.ledger().issued_count() == 2);
}

TEST_CASE("A draft with another number begins at revision 001, with the predecessor linked and replaced") {
    Desk desk;
    const auto first = desk.first("hazchem-operation");
    auto json = desk.draft("hazchem-operation", "RENEW-1");
    json["number"] = "湘示危化经字[2026]990002";
    const auto second = issued(desk.issuer.follow(draft_of(json), renewal(first)));
    CHECK(second.id.serial() != first.serial());
    CHECK(second.id.revision() == 1);
    CHECK(desk.issuer.ledger().find(second.id)->previous == first);
    CHECK(desk.state(first) == LicenseState::replaced);
    // the same number, written out, keeps the serial that the ledger allotted
    json["request"] = "RENEW-2";
    const auto third = issued(desk.issuer.follow(draft_of(json), renewal(second.id, SuccessionKind::correct)));
    CHECK(third.id.serial() == second.id.serial());
    CHECK(third.id.revision() == 2);
}

TEST_CASE("What cannot be renewed or corrected is refused with the rule, and nothing is written") {
    Desk desk;
    const auto first = desk.first();
    const auto events = desk.office.events();
    const auto faults = [&](const Json& json, const Succession& succession) {
        auto answer = desk.issuer.follow(draft_of(json), succession);
        CHECK(refused(desk.issuer.check_following(draft_of(json), succession)) == refused(answer));
        return refused(answer);
    };
    const auto json = desk.draft("construction-safety", "RENEW-1");
    CHECK(faults(desk.draft("hazchem-operation", "R"), renewal(first)) == Faults{"type life-cycle"});
    auto other = renewal(first);
    other.reason.clear();
    CHECK(faults(json, other) == Faults{"reason required"});
    other.reason = "a\nb";
    CHECK(faults(json, other) == Faults{"reason characters"});
    other.reason = std::string(501, 'x');
    CHECK(faults(json, other) == Faults{"reason length"});
    const auto unknown = LicenseId::make(first.type(), first.issuer(), "NONE", 1).value();
    CHECK(faults(json, renewal(unknown)) == Faults{"previous life-cycle"});
    auto named = json;
    named["previous"] = unknown.text();
    CHECK(faults(named, renewal(first)) == Faults{"previous life-cycle"});
    other = renewal(first);
    other.effective = time_at("2020-01-01");
    CHECK(faults(json, other) == Faults{"previous life-cycle"});
    auto used = json;
    used["request"] = sample("construction-safety").at("request");
    CHECK(faults(used, renewal(first)) == Faults{"request request.conflict"});
    CHECK(desk.office.events() == events);
    REQUIRE(std::holds_alternative<MoveRecord>(desk.move(first, LifeCycleMove::revoke).value()));
    CHECK(faults(json, renewal(first)) == Faults{"previous life-cycle"});
    CHECK(desk.office.events() == events);
}

TEST_CASE("A license of another authority is transferred in under this office's number, its identifier linked") {
    Desk desk;
    const auto foreign =
        LicenseId::make(LicenseTypeCode::parse(safety_type).value(), Uscc::parse("91430199MA00EX062T").value(), "X1", 2)
            .value();
    const auto json = desk.draft("construction-safety", "IN-1");
    auto succession = renewal(foreign, SuccessionKind::transfer_in);
    succession.effective = time_at("2026-11-23");
    CHECK(refused(desk.issuer.follow(draft_of(json), succession)) == Faults{"effective life-cycle"});
    const auto here = issued(desk.issuer.follow(draft_of(json), renewal(foreign, SuccessionKind::transfer_in)));
    CHECK(here.id.revision() == 1);
    CHECK(here.id.issuer() == desk.office.office().issuer);
    CHECK(desk.issuer.ledger().find(here.id)->previous == foreign);
    CHECK(desk.office.verify(here.payload).verdict() == Verdict::valid);
}

TEST_CASE("A renewal that a dead run reserved is finished by the same request, and by no other") {
    Desk desk;
    const auto first = desk.first();
    auto json = desk.draft("construction-safety", "RENEW-1");
    {
        // A run that dies between reserving and committing: the signer fails.
        TestOffice& office = desk.office;
        struct Refusing final : Signer {
            PrivateKey& key;
            explicit Refusing(PrivateKey& real) : key(real) {}
            const PublicKey& public_key() const override { return key.public_key(); }
            Result<Sm2Signature> sign_digest(const Digest&) override { return fail(Errc::signer_failed, "no"); }
        } refusing(office.key());
        auto dying = office.open(refusing);
        REQUIRE(dying);
        CHECK(dying->follow(draft_of(json), renewal(first)).error().code == Errc::signer_failed);
    }
    CHECK(desk.state(first) == LicenseState::valid);
    REQUIRE(desk.issuer.ledger().unfinished()->size() == 1);
    auto other = json;
    other["request"] = "RENEW-2";
    CHECK(refused(desk.issuer.follow(draft_of(other), renewal(first))) == Faults{"request request.conflict"});
    desk.office.clock.at = time_at("2026-12-23T10:00:00+08:00");
    const auto second = issued(desk.issuer.follow(draft_of(json), renewal(first)));
    CHECK(second.id.revision() == 2);
    CHECK(read_json(second.license)->at("signed_at") == "2026-11-23T10:00:00+08:00");
    CHECK(desk.state(first) == LicenseState::replaced);
    CHECK(desk.issuer.ledger().unfinished()->empty());
}

TEST_CASE("A renewal under way is refused when its predecessor was revoked meanwhile") {
    Desk desk;
    const auto first = desk.first();
    const auto json = desk.draft("construction-safety", "RENEW-1");
    ReserveRequest request{.request = "RENEW-1",
                           .draft = "",
                           .content = R"({"type":"other"})",
                           .type = first.type(),
                           .issuer = first.issuer(),
                           .serial = first.serial(),
                           .previous = first,
                           .succession = renewal(first),
                           .at = desk.office.clock.at};
    const auto content = [&] {  // what the issuer would reserve
        auto ledger = Ledger::open(desk.office.office().ledger());
        return ledger->find_request("SAMPLE-001")->value().content;
    }();
    auto parsed = read_json(content).value();
    parsed["serial"] = first.serial();
    parsed["previous"] = first.text();
    request.content = write_json(parsed);
    auto ledger = Ledger::open(desk.office.office().ledger());
    REQUIRE(ledger->reserve(request));
    REQUIRE(std::holds_alternative<MoveRecord>(desk.move(first, LifeCycleMove::revoke).value()));
    CHECK(refused(desk.issuer.follow(draft_of(json), renewal(first))) == Faults{"previous life-cycle"});
    CHECK(desk.issuer.ledger().unfinished()->size() == 1);
}

TEST_CASE("Moves are recorded or refused with rule and mend") {
    Desk desk;
    const auto id = desk.first();
    auto answer = desk.move(id, LifeCycleMove::suspend);
    REQUIRE(answer);
    REQUIRE(std::holds_alternative<MoveRecord>(*answer));
    CHECK(std::get<MoveRecord>(*answer).state == LicenseState::suspended);
    CHECK(faults_of(desk.move(id, LifeCycleMove::suspend)) == Faults{"id life-cycle"});
    CHECK(faults_of(desk.move(id, LifeCycleMove::restore, "")) == Faults{"reason required"});
    CHECK(faults_of(desk.move(id, LifeCycleMove::restore, "a\tb")) == Faults{"reason characters"});
    std::string long_reason;
    for (int i = 0; i < 500; ++i) long_reason += "证";
    CHECK(faults_of(desk.move(id, LifeCycleMove::restore, long_reason + "照")) == Faults{"reason length"});
    CHECK(std::holds_alternative<MoveRecord>(desk.move(id, LifeCycleMove::restore, long_reason).value()));
    const auto unknown = LicenseId::make(id.type(), id.issuer(), "NONE", 1).value();
    CHECK(faults_of(desk.move(unknown, LifeCycleMove::suspend)) == Faults{"id life-cycle"});
}
