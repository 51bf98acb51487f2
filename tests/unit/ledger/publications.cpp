#include "ledger/life_cycle.h"

using namespace elic;
using Move = LifeCycleMove;
using State = LicenseState;

namespace {

/// Publishes and keeps what it was told.
struct Press {
    Ledger& ledger;
    std::optional<PublicationBasis> basis = {};

    Result<Publication> publish(PublicationForm form, int seconds, int days = 7) {
        return ledger.publish(form, a_time(seconds), [&](const PublicationBasis& told) -> Result<PublicationFile> {
            basis = told;
            PublicationFile file;
            file.digest.fill(static_cast<std::uint8_t>(told.number));
            if (form != PublicationForm::genuine) file.next_update = a_time(seconds + days * 86400);
            return file;
        });
    }
};

}  // namespace

TEST_CASE("A publication tells every change by status entry and instant; a delta those since the one before") {
    MoveDesk desk;
    Press press{desk.ledger};
    const auto a = desk.issue("a"), b = desk.issue("b");
    desk.moved(b, Move::suspend, 60);
    desk.moved(a, Move::revoke, 70);
    desk.moved(b, Move::restore, 70, 5000);
    auto first = press.publish(PublicationForm::list, 100);
    REQUIRE(first);
    CHECK(first->number == 1);
    CHECK(first->as_of == a_time(100));
    CHECK(press.basis->list == 1);
    CHECK(press.basis->allotted == 2);
    CHECK(press.basis->first_signed == a_time(0));
    CHECK_FALSE(press.basis->last);
    CHECK(press.basis->changes == std::vector<IndexedChange>{{0, a_time(70), State::revoked},
                                                             {1, a_time(60), State::suspended},
                                                             {1, a_time(5000), State::valid}});
    desk.moved(a, Move::cancel, 200);
    auto second = press.publish(PublicationForm::delta, 300);
    REQUIRE(second);
    CHECK(second->number == 2);
    CHECK(press.basis->changes == std::vector<IndexedChange>{{0, a_time(200), State::cancelled}});
    REQUIRE(press.basis->last);
    CHECK(press.basis->last->digest == first->digest);
    CHECK(press.basis->last->next_update == a_time(100 + 7 * 86400));
    REQUIRE(press.publish(PublicationForm::list, 400));
    CHECK(press.basis->number == 3);
    CHECK(press.basis->changes.size() == 4);
    CHECK(desk.ledger.last_publication()->value().number == 3);
}

TEST_CASE("What is signed later has a later signing time than any publication, whatever the clock says") {
    MoveDesk desk;
    Press press{desk.ledger};
    desk.issue("a");
    REQUIRE(press.publish(PublicationForm::list, 100));
    for (int seconds : {100, -5000, 101}) {
        auto reserved = desk.ledger.reserve(ask("r" + std::to_string(seconds), R"({"number":"1"})", seconds));
        REQUIRE(reserved);
        CHECK(reserved->reservation.signed_at == a_time(101));
    }
    auto later = desk.ledger.reserve(ask("later", R"({"number":"1"})", 102));
    REQUIRE(later);
    CHECK(later->reservation.signed_at == a_time(102));
    // and an instant that is past already is passed over
    CHECK(press.publish(PublicationForm::list, 50)->as_of == a_time(101));
    REQUIRE(press.publish(PublicationForm::genuine, 50));
    CHECK(press.basis->as_of == a_time(102));
    CHECK(desk.ledger.preview(ask("x"))->reservation.signed_at == a_time(103));
}

TEST_CASE("A list of genuine issues takes no number and a delta needs a list before it") {
    MoveDesk desk;
    Press press{desk.ledger};
    CHECK(press.publish(PublicationForm::delta, 100).error().code == Errc::not_found);
    auto genuine = press.publish(PublicationForm::genuine, 100);
    REQUIRE(genuine);
    CHECK(genuine->number == 0);
    CHECK(press.publish(PublicationForm::delta, 200).error().code == Errc::not_found);
    CHECK_FALSE(desk.ledger.last_publication()->has_value());
    CHECK(press.publish(PublicationForm::list, 200)->number == 1);
    CHECK_FALSE(press.basis->first_signed);
    CHECK(press.basis->allotted == 0);
    CHECK(press.publish(PublicationForm::delta, 300)->number == 2);
}

TEST_CASE("What cannot be made is not recorded") {
    MoveDesk desk;
    auto failed = desk.ledger.publish(
        PublicationForm::list, a_time(100),
        [](const PublicationBasis&) -> Result<PublicationFile> { return fail(Errc::signer_failed, "no"); });
    REQUIRE_FALSE(failed);
    CHECK(failed.error().code == Errc::signer_failed);
    auto odd =
        desk.ledger.publish(PublicationForm::list, a_time(100),
                            [](const PublicationBasis&) -> Result<PublicationFile> { return PublicationFile{}; });
    CHECK(odd.error().code == Errc::bad_argument);
    CHECK(desk.events() == "0");
    CHECK(desk.ledger.reserve(ask("a")));
}

TEST_CASE("While a publication is made nobody reserves") {
    MoveDesk desk;
    auto other = Ledger::open(desk.file);
    REQUIRE(other);
    auto made = desk.ledger.publish(PublicationForm::list, a_time(100),
                                    [&](const PublicationBasis&) -> Result<PublicationFile> {
                                        CHECK_FALSE(run_sql(desk.file, "BEGIN IMMEDIATE").empty());
                                        return PublicationFile{.digest = {}, .next_update = a_time(200)};
                                    });
    REQUIRE(made);
    CHECK(other->reserve(ask("a"))->reservation.signed_at == a_time(101));
}

TEST_CASE("Plain SQL cannot publish under a number twice, nor back in time, nor sign behind a publication") {
    MoveDesk desk;
    Press press{desk.ledger};
    desk.issue("a");
    REQUIRE(press.publish(PublicationForm::list, 100));
    const std::string zeros(64, '0');
    const auto insert = [&](const std::string& form, const std::string& number, int seconds, const std::string& next) {
        return run_sql(desk.file,
                       "INSERT INTO events (leaf, number, kind, at, list, form, publication, next_update, digest) "
                       "SELECT zeroblob(32), max(number) + 1, 'published', " +
                           std::to_string(a_time(seconds).unix_seconds()) + ", 1, '" + form + "', " + number + ", " +
                           next + ", '" + zeros + "' FROM events");
    };
    CHECK_FALSE(insert("list", "1", 200, "9999999999").empty());
    CHECK_FALSE(insert("list", "3", 200, "9999999999").empty());
    CHECK_FALSE(insert("list", "2", 100, "9999999999").empty());
    CHECK_FALSE(insert("list", "NULL", 200, "9999999999").empty());
    CHECK_FALSE(insert("list", "2", 200, "NULL").empty());
    CHECK_FALSE(insert("genuine", "2", 200, "NULL").empty());
    CHECK_FALSE(insert("other", "2", 200, "9999999999").empty());
    const auto reserve =
        "INSERT INTO events (leaf, number, kind, at, request, draft, content, type, issuer, serial, revision, "
        "list, list_index, id) SELECT zeroblob(32), 4, kind, " +
        std::to_string(a_time(100).unix_seconds()) +
        ", 'z', draft, content, type, issuer, 'Z', 1, list, 9, 'z' FROM events WHERE number = 1";
    CHECK(run_sql(desk.file, reserve) == "signed no later than the last publication");
    CHECK(desk.events() == "3");
    CHECK(insert("delta", "2", 200, "9999999999").empty());
}
