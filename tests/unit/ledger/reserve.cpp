#include <algorithm>
#include <catch2/catch.hpp>

#include "ledger/fixture.h"
#include "unit/base/temporary_folder.h"

using namespace elic;

namespace {

Ledger new_ledger(const std::filesystem::path& file, int office = 1) {
    REQUIRE(Ledger::create(file, office));
    auto ledger = Ledger::open(file);
    REQUIRE(ledger);
    return std::move(*ledger);
}

}  // namespace

TEST_CASE("Reserving allots serials with the office's prefix and status entries in order") {
    TemporaryFolder folder;
    auto ledger = new_ledger(folder / "ledger.db", 12);
    auto first = ledger.reserve(ask("a"));
    auto second = ledger.reserve(ask("b"));
    REQUIRE(first);
    REQUIRE(second);
    CHECK_FALSE(first->issued);
    CHECK(first->reservation.number == 1);
    CHECK(first->reservation.id.serial() == "1200000001");
    CHECK(second->reservation.id.serial() == "1200000002");
    CHECK(first->reservation.status == StatusReference{.list = 12, .index = 0});
    CHECK(second->reservation.status == StatusReference{.list = 12, .index = 1});
    CHECK(first->reservation.signed_at == a_time());
}

TEST_CASE("Each type has serials of its own; the status list is the office's") {
    TemporaryFolder folder;
    auto ledger = new_ledger(folder / "ledger.db");
    REQUIRE(ledger.reserve(ask("a")));
    auto other = ask("b");
    other.type = another_type();
    auto reserved = ledger.reserve(other);
    REQUIRE(reserved);
    CHECK(reserved->reservation.id.serial() == "100000001");
    CHECK(reserved->reservation.id.type() == another_type());
    CHECK(reserved->reservation.status.index == 1);
}

TEST_CASE("Two offices of one body never allot the same serial") {
    TemporaryFolder folder;
    std::vector<std::string> ids;
    for (int office : {1, 2, 10, 100, 999}) {
        auto ledger = new_ledger(folder / ("ledger" + std::to_string(office)), office);
        for (int i = 0; i < 20; ++i) {
            auto reserved = ledger.reserve(ask("r" + std::to_string(i)));
            REQUIRE(reserved);
            ids.push_back(reserved->reservation.id.text());
        }
    }
    std::sort(ids.begin(), ids.end());
    CHECK(std::adjacent_find(ids.begin(), ids.end()) == ids.end());
    CHECK(ids.size() == 100);
}

TEST_CASE("The same request with the same content finds what was reserved, whatever the time is now") {
    TemporaryFolder folder;
    auto ledger = new_ledger(folder / "ledger.db");
    auto first = ledger.reserve(ask("a"));
    auto again = ledger.reserve(ask("a", R"({"number":"1"})", 3600));
    REQUIRE(first);
    REQUIRE(again);
    CHECK(again->reservation.number == first->reservation.number);
    CHECK(again->reservation.id == first->reservation.id);
    CHECK(again->reservation.status == first->reservation.status);
    CHECK(again->reservation.signed_at == a_time());
    CHECK_FALSE(again->issued);
    CHECK(ask_sql(folder / "ledger.db", "SELECT count(*) FROM events") == "1");
}

TEST_CASE("The same draft is the same content, whatever was made of it; another draft is when it comes to the same") {
    TemporaryFolder folder;
    auto ledger = new_ledger(folder / "ledger.db");
    auto asked = ask("a", R"({"name":"before"})");
    asked.draft = R"({"number":"1"})";
    auto first = ledger.reserve(asked);
    REQUIRE(first);
    CHECK(first->reservation.draft == asked.draft);

    asked.content = R"({"name":"renamed"})";
    auto same_draft = ledger.reserve(asked);
    REQUIRE(same_draft);
    CHECK(same_draft->reservation.id == first->reservation.id);
    CHECK(same_draft->reservation.content == R"({"name":"before"})");
    CHECK(same_draft->reservation.draft == R"({"number":"1"})");

    asked.draft = R"({})";
    CHECK(ledger.reserve(asked).error().code == Errc::request_conflict);
    asked.content = R"({"name":"before"})";
    CHECK(ledger.preview(asked)->reservation.id == first->reservation.id);
    asked.draft.clear();
    asked.content = R"({"name":"renamed"})";
    CHECK(ledger.preview(asked).error().code == Errc::request_conflict);
    CHECK(ask_sql(folder / "ledger.db", "SELECT count(*) FROM events") == "1");
}

TEST_CASE("The same request with other content is a conflict that names the fields") {
    TemporaryFolder folder;
    auto ledger = new_ledger(folder / "ledger.db");
    REQUIRE(ledger.reserve(ask("a", R"({"face":{"企业名称":"示例公司","职务":"经理"},"number":"1"})")));
    auto conflict =
        ledger.reserve(ask("a", R"({"face":{"企业名称":"样例公司","专业":"土木"},"number":"1","serial":"9"})"));
    REQUIRE_FALSE(conflict);
    CHECK(conflict.error().code == Errc::request_conflict);
    for (const auto* name : {"face.企业名称", "face.职务", "face.专业", "serial"}) {
        CHECK_THAT(conflict.error().context, Catch::Contains(name));
    }
    CHECK_THAT(conflict.error().context, !Catch::Contains("number"));
    CHECK(ask_sql(folder / "ledger.db", "SELECT count(*) FROM events") == "1");
}

TEST_CASE("A serial of the agency's own is taken once") {
    TemporaryFolder folder;
    auto ledger = new_ledger(folder / "ledger.db");
    auto own = ask("a");
    own.serial = "2026A17";
    auto reserved = ledger.reserve(own);
    REQUIRE(reserved);
    CHECK(reserved->reservation.id.serial() == "2026A17");

    own.request = "b";
    auto taken = ledger.reserve(own);
    REQUIRE_FALSE(taken);
    CHECK(taken.error().code == Errc::identifier_in_use);

    own.request = "c";
    own.serial = "bad serial";
    auto bad = ledger.reserve(own);
    REQUIRE_FALSE(bad);
    CHECK(bad.error().code == Errc::malformed_value);
}

TEST_CASE("Allotting passes over serials that an agency gave itself") {
    TemporaryFolder folder;
    auto ledger = new_ledger(folder / "ledger.db");
    for (const auto* serial : {"100000001", "100000002", "100000004"}) {
        auto own = ask(serial);
        own.serial = serial;
        REQUIRE(ledger.reserve(own));
    }
    CHECK(ledger.reserve(ask("a"))->reservation.id.serial() == "100000003");
    CHECK(ledger.reserve(ask("b"))->reservation.id.serial() == "100000005");
    CHECK(ledger.reserve(ask("c"))->reservation.id.serial() == "100000006");
}

TEST_CASE("An office whose serials are used up says so") {
    TemporaryFolder folder;
    auto ledger = new_ledger(folder / "ledger.db");
    REQUIRE(ledger.reserve(ask("a")));
    // The last serial but none: written by hand, since a hundred million reservations take too long.
    REQUIRE(
        run_sql(folder / "ledger.db",
                "INSERT INTO events (leaf, number, kind, at, request, draft, content, type, issuer, serial, revision, "
                "counter, list, "
                "list_index, id) SELECT zeroblob(32), 2, kind, at, 'z', draft, content, type, issuer, '199999999', 1, "
                "99999999, "
                "list, 1, 'x' "
                "FROM events")
            .empty());
    auto none_left = ledger.reserve(ask("b"));
    REQUIRE_FALSE(none_left);
    CHECK(none_left.error().code == Errc::limit_exceeded);
}

TEST_CASE("A request is 1 to 200 bytes") {
    TemporaryFolder folder;
    auto ledger = new_ledger(folder / "ledger.db");
    for (const auto& request : {std::string(), std::string(201, 'r')}) {
        auto refused = ledger.reserve(ask(request));
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == Errc::bad_argument);
    }
    CHECK(ledger.reserve(ask(std::string(200, 'r'))));
}

TEST_CASE("A reservation that a dead run left is found again by the next one") {
    TemporaryFolder folder;
    auto ledger = new_ledger(folder / "ledger.db");
    auto left = ledger.reserve(ask("a"));
    REQUIRE(left);
    ledger = *Ledger::open(folder / "ledger.db");
    auto unfinished = ledger.unfinished();
    REQUIRE(unfinished);
    REQUIRE(unfinished->size() == 1);
    CHECK(unfinished->front().id == left->reservation.id);

    auto found = ledger.reserve(ask("a", R"({"number":"1"})", 86400));
    REQUIRE(found);
    CHECK_FALSE(found->issued);
    CHECK(found->reservation.id == left->reservation.id);
    CHECK(found->reservation.status == left->reservation.status);
    CHECK(found->reservation.signed_at == left->reservation.signed_at);
    CHECK(found->reservation.content == left->reservation.content);
    REQUIRE(ledger.commit(found->reservation, "payload", "{}"));
    CHECK(ledger.unfinished()->empty());
}

TEST_CASE("A preview says what reserving would say and writes nothing") {
    TemporaryFolder folder;
    auto ledger = new_ledger(folder / "ledger.db");
    auto shown = ledger.preview(ask("a"));
    REQUIRE(shown);
    CHECK(ask_sql(folder / "ledger.db", "SELECT count(*) FROM events") == "0");
    auto reserved = ledger.reserve(ask("a"));
    REQUIRE(reserved);
    CHECK(reserved->reservation.id == shown->reservation.id);
    CHECK(reserved->reservation.number == shown->reservation.number);
    CHECK(reserved->reservation.status == shown->reservation.status);

    auto conflict = ledger.preview(ask("a", R"({"number":"2"})"));
    REQUIRE_FALSE(conflict);
    CHECK(conflict.error().code == Errc::request_conflict);
    auto own = ask("b");
    own.serial = reserved->reservation.id.serial();
    auto taken = ledger.preview(own);
    REQUIRE_FALSE(taken);
    CHECK(taken.error().code == Errc::identifier_in_use);
}

TEST_CASE("A request is found by its text, issued or not") {
    TemporaryFolder folder;
    auto ledger = new_ledger(folder / "ledger.db");
    CHECK_FALSE(ledger.find_request("a")->has_value());
    auto reserved = ledger.reserve(ask("a"));
    REQUIRE(reserved);
    auto found = ledger.find_request("a");
    REQUIRE(found);
    REQUIRE(found->has_value());
    CHECK((*found)->id == reserved->reservation.id);
    CHECK((*found)->signed_at == a_time());
    CHECK_FALSE(ledger.find_request("A")->has_value());
}
