#include <catch2/catch.hpp>

#include "ledger/fixture.h"
#include "unit/base/temporary_folder.h"

using namespace elic;

namespace {

struct Desk {
    TemporaryFolder folder;
    std::filesystem::path file = folder / "ledger.db";
    Ledger ledger = open_new(file);

    static Ledger open_new(const std::filesystem::path& file) {
        REQUIRE(Ledger::create(file, 1));
        return std::move(Ledger::open(file).value());
    }
    LedgerEntry issue(const std::string& request) {
        auto reserved = ledger.reserve(ask(request));
        REQUIRE(reserved);
        auto entry = ledger.commit(reserved->reservation, "payload of " + request, R"({"number":"1"})");
        REQUIRE(entry);
        return *entry;
    }
};

}  // namespace

TEST_CASE("A committed license is found by its identifier, as it was issued") {
    Desk desk;
    auto request = ask("a");
    request.previous = LicenseId::make(a_type(), an_issuer(), "OLD1", 1).value();
    auto reserved = desk.ledger.reserve(request);
    REQUIRE(reserved);
    REQUIRE(desk.ledger.commit(reserved->reservation, "000123", R"({"name":"示例"})"));
    auto found = desk.ledger.find(reserved->reservation.id);
    REQUIRE(found);
    CHECK(found->request == "a");
    CHECK(found->payload == "000123");
    CHECK(found->license == R"({"name":"示例"})");
    CHECK(found->previous == request.previous);
    CHECK(found->reservation.id == reserved->reservation.id);
    CHECK(found->reservation.number == reserved->reservation.number);
    CHECK(found->reservation.status == reserved->reservation.status);
    CHECK(found->reservation.signed_at == a_time());
    CHECK(found->reservation.content == request.content);
}

TEST_CASE("What was only reserved is not found as issued") {
    Desk desk;
    auto reserved = desk.ledger.reserve(ask("a"));
    REQUIRE(reserved);
    auto found = desk.ledger.find(reserved->reservation.id);
    REQUIRE_FALSE(found);
    CHECK(found.error().code == Errc::not_found);
    CHECK(*desk.ledger.issued_count() == 0);
}

TEST_CASE("Committing twice gives the first one's license") {
    Desk desk;
    auto reserved = desk.ledger.reserve(ask("a"));
    REQUIRE(reserved);
    auto other = Ledger::open(desk.file);  // as another process would
    REQUIRE(other);
    auto first = desk.ledger.commit(reserved->reservation, "first", "{}");
    auto second = other->commit(reserved->reservation, "second", "{}");
    REQUIRE(first);
    REQUIRE(second);
    CHECK(first->payload == "first");
    CHECK(second->payload == "first");
    CHECK(*desk.ledger.issued_count() == 1);
}

TEST_CASE("The same request after it was issued is answered with the license") {
    Desk desk;
    const auto entry = desk.issue("a");
    auto again = desk.ledger.reserve(ask("a"));
    REQUIRE(again);
    REQUIRE(again->issued);
    CHECK(again->issued->payload == entry.payload);
    auto conflict = desk.ledger.reserve(ask("a", R"({"number":"2"})"));
    REQUIRE_FALSE(conflict);
    CHECK(conflict.error().code == Errc::request_conflict);
}

TEST_CASE("A reservation of another ledger cannot be committed") {
    Desk desk;
    const Reservation foreign{.number = 1,
                              .id = LicenseId::make(a_type(), an_issuer(), "X1", 1).value(),
                              .status = {.list = 1, .index = 0},
                              .signed_at = a_time(),
                              .content = "{}"};
    CHECK_FALSE(desk.ledger.commit(foreign, "p", "{}"));
    auto reserved = desk.ledger.reserve(ask("a"));
    REQUIRE(reserved);
    CHECK_FALSE(desk.ledger.commit(foreign, "p", "{}"));  // the number is there, the identifier is another
    CHECK(*desk.ledger.issued_count() == 0);
    CHECK(desk.ledger.commit(reserved->reservation, "p", "{}"));  // and the ledger goes on
}

TEST_CASE("The list gives licenses in the order of reservation, page by page") {
    Desk desk;
    auto late = desk.ledger.reserve(ask("late"));
    REQUIRE(late);
    for (int i = 0; i < 7; ++i) desk.issue("r" + std::to_string(i));
    REQUIRE(desk.ledger.commit(late->reservation, "payload of late", "{}"));

    std::vector<std::string> requests;
    std::int64_t after = 0;
    for (;;) {
        auto page = desk.ledger.list(after, 3);
        REQUIRE(page);
        REQUIRE(page->size() <= 3);
        if (page->empty()) break;
        for (const auto& entry : *page) requests.push_back(entry.request);
        after = page->back().reservation.number;
    }
    CHECK(requests == std::vector<std::string>{"late", "r0", "r1", "r2", "r3", "r4", "r5", "r6"});
    CHECK(*desk.ledger.issued_count() == 8);
}

TEST_CASE("Two connections take turns") {
    Desk desk;
    auto other = Ledger::open(desk.file);
    REQUIRE(other);
    for (int i = 0; i < 20; ++i) {
        auto& ledger = i % 2 == 0 ? desk.ledger : *other;
        auto reserved = ledger.reserve(ask("r" + std::to_string(i)));
        REQUIRE(reserved);
        CHECK(reserved->reservation.status.index == static_cast<std::uint64_t>(i));
    }
    CHECK(other->unfinished()->size() == 20);
}
