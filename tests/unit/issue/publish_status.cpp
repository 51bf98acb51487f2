#include "elic/issue/publish_status.h"

#include <catch2/catch.hpp>

#include "elic/crypto/sm3.h"
#include "elic/issue/life_cycle.h"
#include "elic/payload/payload.h"
#include "elic/trust/genuine_list.h"
#include "elic/trust/signed_object.h"
#include "elic/trust/status_list.h"
#include "issue/office_fixture.h"

using namespace elic;
using State = LicenseState;

namespace {

/// An office with five licenses, entries 0 to 4.
struct Desk {
    TestOffice office;
    std::vector<Issued> licenses;
    Ledger ledger = issue_five();

    Ledger issue_five() {
        auto issuer = office.issuer();
        for (const auto& name : sample_names()) {
            if (licenses.size() < 5) licenses.push_back(issued(issuer.issue(draft_of(sample(name)))));
        }
        return std::move(Ledger::open(office.office().ledger()).value());
    }
    void move(std::size_t index, LifeCycleMove kind, const std::string& at) {
        auto answer = move_license(ledger, {.id = licenses[index].id,
                                            .move = kind,
                                            .reason = "because",
                                            .effective = time_at(at),
                                            .at = office.clock.at});
        if (!answer) FAIL(answer.error().context);
        if (const auto* refusal = std::get_if<Refused>(&*answer)) FAIL(refusal->faults.front().mend);
    }
    StatusPlan plan(bool delta = false) const { return {.issuer = office.office().issuer, .delta = delta}; }
    Result<SignedPublication> publish(const StatusPlan& plan) {
        return publish_status(ledger, plan, office.key(), office.office().certificate, office.clock);
    }
    SignedPublication published(const StatusPlan& plan) {
        auto file = publish(plan);
        if (!file) FAIL(file.error().context);
        return *file;
    }
    SignedObject object(const SignedPublication& published, SignatureKind kind) {
        auto read = read_signed_object(published.file, max_status_bytes);
        if (!read) FAIL(read.error().context);
        CHECK(read->kind == kind);
        CHECK(read->signer == office.office().certificate.fingerprint());
        CHECK(read->holds(office.office().certificate.public_key()));
        CHECK(sm3(published.file) == published.publication.digest);
        return *read;
    }
    StatusListContent list(const SignedPublication& published) {
        auto content = read_status_list(object(published, SignatureKind::status_list).content);
        if (!content) FAIL(content.error().context);
        return *content;
    }
    void next_minute() { office.clock.at = Timestamp::from_unix(office.clock.at.unix_seconds() + 60).value(); }
};

constexpr const char* today = "2026-11-23T10:00:00+08:00";

}  // namespace

TEST_CASE("A status list tells every entry's state at every instant since the first license") {
    Desk desk;
    desk.move(1, LifeCycleMove::suspend, "2026-11-24T09:00:00+08:00");
    desk.move(1, LifeCycleMove::restore, "2026-12-24T09:00:00+08:00");
    desk.move(3, LifeCycleMove::revoke, today);
    const auto file = desk.published(desk.plan());
    CHECK(file.name == "status-11430199MB00TX017C-1-1.elic");
    CHECK(file.entries == 5);
    CHECK(file.changes == 3);
    const auto list = desk.list(file);
    CHECK(list.issuer == desk.office.office().issuer);
    CHECK(list.list == 1);
    CHECK(list.number == 1);
    CHECK(list.as_of == time_at(today));
    CHECK(list.next_update == time_at("2026-11-30T10:00:00+08:00"));
    CHECK_FALSE(list.previous);
    CHECK(list.allotted == 5);
    CHECK(list.entries.empty());
    CHECK(status_at(list, 1, time_at("2026-11-24T08:59:59+08:00")).state == State::valid);
    CHECK(status_at(list, 1, time_at("2026-11-24T09:00:00+08:00")).state == State::suspended);
    CHECK(status_at(list, 1, time_at("2026-12-24T09:00:00+08:00")).state == State::valid);
    CHECK(status_at(list, 3, time_at(today)).state == State::revoked);
    CHECK(status_at(list, 5, time_at(today)).known == EntryStatus::Known::beyond_end);
    CHECK(status_at(list, 0, time_at("2026-11-23T09:59:58+08:00")).known == EntryStatus::Known::before_base);
}

TEST_CASE("A list and the deltas after it come to what a new list says") {
    Desk desk;
    desk.move(0, LifeCycleMove::suspend, today);
    const auto first = desk.published(desk.plan());
    desk.next_minute();
    desk.move(0, LifeCycleMove::restore, "2026-11-25");
    desk.move(2, LifeCycleMove::cancel, "2026-11-23T10:00:30+08:00");
    const auto delta_file = desk.published(desk.plan(true));
    CHECK(delta_file.name == "status-11430199MB00TX017C-1-2.delta.elic");
    CHECK(delta_file.changes == 2);
    const auto delta = read_status_delta(desk.object(delta_file, SignatureKind::status_delta).content);
    REQUIRE(delta);
    CHECK(delta->previous == sm3(first.file));
    const auto after = apply_status_delta(desk.list(first), *delta);
    REQUIRE(after);
    desk.next_minute();
    auto whole = desk.list(desk.published(desk.plan()));
    CHECK(whole.number == 3);
    CHECK(whole.previous == sm3(delta_file.file));
    whole.number = after->number;
    whole.as_of = after->as_of;
    whole.next_update = after->next_update;
    whole.previous = after->previous;
    CHECK(whole == *after);
}

TEST_CASE("With too many changes the oldest are folded into the base, and what is to come is not") {
    Desk desk;
    desk.move(0, LifeCycleMove::suspend, "2026-11-23T10:00:01+08:00");
    desk.move(0, LifeCycleMove::restore, "2026-11-23T10:00:03+08:00");
    desk.move(1, LifeCycleMove::suspend, "2026-11-23T10:00:02+08:00");
    desk.move(1, LifeCycleMove::revoke, "2026-11-23T10:00:04+08:00");
    desk.move(2, LifeCycleMove::lapse, "2027-01-01");
    desk.next_minute();
    auto plan = desk.plan();
    plan.most_changes = 2;
    auto list = desk.list(desk.published(plan));
    CHECK(list.base == time_at("2026-11-23T10:00:03+08:00"));
    CHECK(list.entries == std::vector<StatusEntry>{{.index = 1, .state = State::suspended}});
    REQUIRE(list.changes.size() == 2);
    CHECK(list.changes[0].state == State::revoked);
    CHECK(list.changes[1].effective == time_at("2027-01-01"));
    plan.most_changes = 0;
    desk.next_minute();
    list = desk.list(desk.published(plan));
    CHECK(list.base == list.as_of);  // no further
    CHECK(list.changes.size() == 1);
    CHECK(list.entries == std::vector<StatusEntry>{{.index = 1, .state = State::revoked}});
}

TEST_CASE("Another key may sign status, and a key that is not the certificate's may not") {
    Desk desk;
    auto other = PrivateKey::generate().value();
    auto refused = publish_status(desk.ledger, desk.plan(), other, desk.office.office().certificate, desk.office.clock);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == Errc::bad_argument);
    CHECK_FALSE(desk.ledger.last_publication()->has_value());  // nothing was recorded
    const auto request = make_certificate_request(other, "CN=TEST status,O=elic TEST,C=CN").value();
    const auto ca = make_pilot_ca(time_at("2025-12-01T00:00:00+08:00")).value();
    const auto certificate =
        certify(ca, request, CertificatePurpose::issuing, time_at("2026-01-01T00:00:00+08:00"), 2).value();
    auto file = publish_status(desk.ledger, desk.plan(), other, certificate, desk.office.clock);
    REQUIRE(file);
    CHECK(read_signed_object(file->file, max_status_bytes)->signer == certificate.fingerprint());
}

TEST_CASE("The next update is what the office says, and lies ahead") {
    Desk desk;
    auto plan = desk.plan();
    plan.next_update = desk.office.clock.at;
    CHECK(desk.publish(plan).error().code == Errc::bad_argument);
    plan.next_update.reset();
    for (int days : {0, -1, 3661}) {
        plan.days = days;
        CHECK(desk.publish(plan).error().code == Errc::bad_argument);
    }
    CHECK_FALSE(desk.ledger.last_publication()->has_value());
    plan.days = 9;
    CHECK(desk.list(desk.published(plan)).next_update == time_at("2026-12-02T10:00:00+08:00"));
    plan.next_update = time_at("2027-01-04");
    CHECK(desk.list(desk.published(plan)).next_update == time_at("2027-01-04T23:59:59+08:00"));
}

TEST_CASE("A license issued after a publication is signed after it, and verifies") {
    Desk desk;
    desk.published(desk.plan());
    auto issuer = desk.office.issuer();
    const auto later = issued(issuer.issue(draft_of(sample(sample_names().back()))));
    CHECK(read_json(later.license)->at("signed_at") == "2026-11-23T10:00:01+08:00");
    desk.next_minute();
    CHECK(desk.office.verify(later.payload).verdict() == Verdict::valid);
}

TEST_CASE("The list of genuine issues has the digest of every code's envelope") {
    Desk desk;
    auto file = publish_genuine_list(desk.ledger, desk.office.office().issuer, desk.office.key(),
                                     desk.office.office().certificate, desk.office.clock);
    REQUIRE(file);
    CHECK(file->entries == 5);
    CHECK(file->name.starts_with("genuine-11430199MB00TX017C-1-"));
    const auto list = read_genuine_list(desk.object(*file, SignatureKind::genuine_list).content);
    REQUIRE(list);
    CHECK(list->as_of == time_at(today));
    REQUIRE(list->digests.size() == 5);
    for (const auto& license : desk.licenses) {
        const auto payload = read_payload(license.payload).value();
        Bytes envelope(payload.hint.begin(), payload.hint.end());
        envelope.insert(envelope.end(), payload.claims.begin(), payload.claims.end());
        envelope.insert(envelope.end(), payload.signature.begin(), payload.signature.end());
        CHECK(list->holds(sm3(envelope)));
    }
    CHECK_FALSE(list->holds(Digest{}));
}
