#include <catch2/catch.hpp>
#include <fstream>
#include <set>

#include "elic/ledger/ledger_audit.h"
#include "ledger/fixture.h"
#include "ledger/life_cycle.h"
#include "unit/base/temporary_folder.h"

using namespace elic;

namespace {

void issue(Ledger& ledger, const std::string& request, std::optional<std::string> serial = {}) {
    auto asked = ask(request);
    asked.serial = std::move(serial);
    auto reserved = ledger.reserve(asked);
    REQUIRE(reserved);
    REQUIRE(ledger.commit(reserved->reservation, "payload " + request, "{}"));
}

Ledger opened(const std::filesystem::path& file) {
    auto ledger = Ledger::open(file);
    REQUIRE(ledger);
    return std::move(*ledger);
}

Checkpoint checkpoint_of(const Ledger& ledger) {
    return {.origin = {.issuer = an_issuer(), .office = ledger.office(), .identity = ledger.identity()},
            .head = ledger.head().value(),
            .at = a_time()};
}

void refuses(Ledger& ledger) {
    REQUIRE(ledger.refusal());
    auto reserved = ledger.reserve(ask("new"));
    REQUIRE_FALSE(reserved);
    CHECK(reserved.error().code == Errc::ledger_unusable);
    CHECK_THAT(reserved.error().context, Catch::Contains("--adopt") && Catch::Contains("elic ledger skip"));
    CHECK(ledger.list(0, 10));  // reading goes on
}

struct House {
    TemporaryFolder folder;
    std::filesystem::path file = folder / "a" / "ledger.db";
    House() {
        std::filesystem::create_directory(folder / "a");
        REQUIRE(Ledger::create(file, 1));
        auto ledger = opened(file);
        issue(ledger, "1");
        issue(ledger, "2", "EXPLICIT");
    }
};

}  // namespace

TEST_CASE("A ledger that is closed and opened, and one whose folder moves, issue") {
    const House house;
    {
        auto ledger = opened(house.file);
        CHECK_FALSE(ledger.refusal());
        issue(ledger, "3");
    }
    std::filesystem::rename(house.folder / "a", house.folder / "b");
    auto ledger = opened(house.folder / "b" / "ledger.db");
    CHECK_FALSE(ledger.refusal());
    issue(ledger, "4");
}

TEST_CASE("A copied folder issues nothing until it is compared with a checkpoint") {
    const House house;
    const auto checkpoint = checkpoint_of(opened(house.file));
    std::filesystem::copy(house.folder / "a", house.folder / "b", std::filesystem::copy_options::recursive);
    {
        auto copy = opened(house.folder / "b" / "ledger.db");
        refuses(copy);
        CHECK(copy.move({.id = copy.list(0, 1)->front().reservation.id, .reason = "r", .at = a_time()}).error().code ==
              Errc::ledger_unusable);
        auto other = checkpoint;
        other.origin.identity[0] ^= 1;
        CHECK(copy.adopt(other).error().code == Errc::bad_argument);
        other = checkpoint;
        other.head.root[0] ^= 1;
        CHECK(copy.adopt(other).error().code == Errc::ledger_unusable);
        refuses(copy);
        REQUIRE(copy.adopt(checkpoint));
        issue(copy, "3");
    }
    auto again = opened(house.folder / "b" / "ledger.db");
    CHECK_FALSE(again.refusal());
}

TEST_CASE("A ledger without its head file, and another ledger in its place, issue nothing") {
    const House house;
    SECTION("no head file") { std::filesystem::remove(house.file.string() + "-head"); }
    SECTION("another ledger") {
        const House other;
        std::filesystem::remove(house.file);
        std::filesystem::copy_file(other.file, house.file);
    }
    auto ledger = opened(house.file);
    refuses(ledger);
}

TEST_CASE("An older copy written over the ledger, inode and all, is noticed, and is not adopted") {
    const House house;
    std::filesystem::copy_file(house.file, house.folder / "older.db");
    const auto before = checkpoint_of(opened(house.file));
    {
        auto ledger = opened(house.file);
        issue(ledger, "3");
    }
    {
        std::ifstream from(house.folder / "older.db", std::ios::binary);
        std::ofstream to(house.file, std::ios::binary | std::ios::trunc);
        to << from.rdbuf();
    }
    auto ledger = opened(house.file);
    refuses(ledger);
    CHECK_THAT(*ledger.refusal(), Catch::Contains("older copy"));
    auto adopted = ledger.adopt(before);  // the head file knows more
    REQUIRE_FALSE(adopted);
    CHECK_THAT(adopted.error().context, Catch::Contains("events are lost"));
}

TEST_CASE("After a skip no serial, identifier, status entry or publication is given twice") {
    const House house;
    auto live = opened(house.file);
    REQUIRE(live.backup(house.folder / "backup.db"));
    // What is lost: an allotted serial, a given one, a correction.
    issue(live, "lost allotted");
    issue(live, "lost given", "GIVEN");
    REQUIRE(live.publish(PublicationForm::list, a_time(1000), [](const PublicationBasis&) {
        return PublicationFile{.digest = {}, .next_update = a_time(99999)};
    }));
    std::set<std::string> ids;
    std::uint64_t highest = 0;
    const auto listed = live.list(0, 100).value();
    for (const auto& entry : listed) {
        ids.insert(entry.reservation.id.text());
        highest = std::max(highest, entry.reservation.status.index);
    }
    const auto known = ids.size();

    const auto file = house.folder / "restored.db";
    REQUIRE(Ledger::restore(house.folder / "backup.db", file));
    {
        auto restored = opened(file);
        refuses(restored);
        CHECK(restored.skip(1, "lost", a_time(2000)).error().code == Errc::bad_argument);
        auto skipped = restored.skip(20, "the disk was lost", a_time(2000));
        REQUIRE(skipped);
        CHECK(skipped->revision == 100);
    }
    auto restored = opened(file);
    REQUIRE_FALSE(restored.refusal());
    for (const auto& [request, serial] : std::vector<std::pair<std::string, std::optional<std::string>>>{
             {"lost allotted", {}}, {"lost given", "GIVEN"}, {"new", {}}}) {
        auto asked = ask(request, R"({"number":"1"})", 3000);
        asked.serial = serial;
        auto reserved = restored.reserve(asked);
        if (!reserved) FAIL(reserved.error().context);
        CHECK(reserved->reservation.status.index >= 20);
        CHECK(reserved->reservation.status.index > highest);
        CHECK(ids.insert(reserved->reservation.id.text()).second);
    }
    CHECK(ids.size() == known + 3);
    auto again = ask("another", R"({"number":"1"})", 3000);
    again.serial = "EXPLICIT";  // known here under revision 1
    CHECK(restored.reserve(again).error().code == Errc::identifier_in_use);
    const auto make = [](const PublicationBasis& basis) {
        CHECK(basis.allotted >= 20);
        return PublicationFile{.digest = {}, .next_update = a_time(99999)};
    };
    CHECK(restored.publish(PublicationForm::delta, a_time(4000), make).error().code == Errc::not_found);
    CHECK(restored.publish(PublicationForm::list, a_time(4000), make)->number == 21);
    CHECK(restored.publish(PublicationForm::delta, a_time(5000), make)->number == 22);
    CHECK(audit_ledger(file, {})->faults.empty());
}

TEST_CASE("Plain SQL cannot give away what was passed over, nor skip back") {
    const House house;
    auto ledger = opened(house.file);
    REQUIRE(ledger.skip(50, "why", a_time(100)));
    const std::string columns =
        "INSERT INTO events (leaf, number, kind, at, request, draft, content, type, issuer, serial, revision, counter, "
        "list, list_index, id) SELECT zeroblob(32), 6, kind, at, 'z', draft, content, type, issuer, ";
    CHECK(run_sql(house.file, columns + "'Z', 1, 9, list, 60, 'z' FROM events WHERE number = 1") == "passed over");
    CHECK(run_sql(house.file, columns + "'Z', 1, 99, list, 9, 'z' FROM events WHERE number = 1") == "passed over");
    CHECK(run_sql(house.file, columns + "'Z', 1, NULL, list, 60, 'z' FROM events WHERE number = 1") == "passed over");
    CHECK(
        run_sql(house.file,
                "INSERT INTO events (leaf, number, kind, at, reason, list, list_index, counter, publication, revision) "
                "VALUES (zeroblob(32), 6, 'skipped', 0, 'r', 1, 10, 11, 11, 200)") == "a skip never goes back");
    CHECK(ledger.skip(49, "back", a_time(100)).error().code == Errc::bad_argument);
    REQUIRE(ledger.skip(50, "again", a_time(100)));
}

TEST_CASE("A backup is whole and 0600, never over another file, and is made while another process writes") {
    const House house;
    auto ledger = opened(house.file);
    auto writing = opened(house.file);
    issue(writing, "3");
    auto head = ledger.backup(house.folder / "backup.db");
    REQUIRE(head);
    CHECK(*head == ledger.head().value());
    CHECK(std::filesystem::status(house.folder / "backup.db").permissions() ==
          static_cast<std::filesystem::perms>(0600));
    CHECK(ledger.backup(house.folder / "backup.db").error().code == Errc::already_exists);
    CHECK(Ledger::restore(house.folder / "backup.db", house.file).error().code == Errc::already_exists);
    auto copy = opened(house.folder / "backup.db");
    refuses(copy);
}

TEST_CASE("A backup that does not hold is neither made nor restored") {
    const House house;
    REQUIRE(run_sql(house.file,
                    "DROP TRIGGER events_are_never_changed; UPDATE events SET payload = 'forged' WHERE number = 2")
                .empty());
    auto ledger = opened(house.file);
    CHECK(ledger.backup(house.folder / "backup.db").error().code == Errc::ledger_unusable);
    CHECK_FALSE(std::filesystem::exists(house.folder / "backup.db"));
    CHECK_FALSE(std::filesystem::exists(house.folder / "backup.db.partial"));
    CHECK(Ledger::restore(house.file, house.folder / "restored.db").error().code == Errc::ledger_unusable);
}
