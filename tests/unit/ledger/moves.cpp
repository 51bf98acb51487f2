#include <vector>

#include "ledger/life_cycle.h"

using namespace elic;
using Move = LifeCycleMove;
using State = LicenseState;

TEST_CASE("A move changes the state from its instant on, and nothing before") {
    MoveDesk desk;
    const auto id = desk.issue("a");
    auto record = desk.move(id, Move::suspend, 60, 40);
    REQUIRE(record);
    CHECK(record->state == State::suspended);
    CHECK(record->effective == a_time(40));
    CHECK(record->recorded_at == a_time(60));
    CHECK(record->reason == "because");
    CHECK_FALSE(record->again);
    desk.moved(id, Move::restore, 90);
    CHECK(desk.state(id, 39) == State::valid);
    CHECK(desk.state(id, 40) == State::suspended);
    CHECK(desk.state(id, 89) == State::suspended);
    CHECK(desk.state(id, 90) == State::valid);
    CHECK(desk.ledger.find(id));  // it is still there
}

TEST_CASE("The ledger takes exactly the moves of the table, and so does its file") {
    const std::vector<Move> ways[] = {
        {}, {Move::suspend}, {Move::lapse}, {Move::cancel}, {Move::withdraw}, {Move::revoke}, {Move::transfer_out}};
    int legal = 0, refused = 0;
    MoveDesk desk;
    for (const auto& way : ways) {
        for (int i = 0; i < life_cycle_moves; ++i) {
            const auto move = static_cast<Move>(i);
            if (move == Move::replace) continue;  // tests of renewals
            const auto id = desk.issue("r" + std::to_string(legal + refused));
            for (auto each : way) desk.moved(id, each, 60);
            const auto before = way.empty() ? State::valid : desk.ledger.moves_of(id)->back().state;
            INFO(name_of(before) << " " << name_of(move));
            const auto count = desk.events();
            const auto after = state_after(before, move);
            // the trigger alone, told any state
            for (int s = 0; s < license_states && !after; ++s) {
                const auto state = std::string(name_of(static_cast<State>(s)));
                CHECK(run_sql(desk.file,
                              "INSERT INTO events (number, kind, at, id, move, state, reason, effective) "
                              "SELECT max(number) + 1, 'moved', 0, '" +
                                  id.text() + "', '" + std::string(name_of(move)) + "', '" + state +
                                  "', 'r', 4000000000 FROM events") == "no such move from that state");
            }
            auto record = desk.move(id, move, 200);
            CHECK(record.has_value() == after.has_value());
            if (record) {
                CHECK(record->state == *after);
                ++legal;
                continue;
            }
            CHECK(record.error().code == Errc::illegal_move);
            CHECK_THAT(record.error().context, Catch::Contains(std::string(name_of(before))));
            CHECK(desk.events() == count);
            ++refused;
        }
    }
    CHECK(legal == 15);  // the table's 17 but for replace, which valid and lapsed have
    CHECK(refused == 7 * 8 - 15);
}

TEST_CASE("A refusal names the state, since when, and what may be done") {
    MoveDesk desk;
    const auto id = desk.issue("a");
    desk.moved(id, Move::revoke, 60);
    auto refused = desk.move(id, Move::restore, 70);
    REQUIRE_FALSE(refused);
    CHECK_THAT(refused.error().context, Catch::Contains("is revoked from " + a_time(60).format()) &&
                                            Catch::Contains("no restore") && Catch::Contains("only cancel"));
}

TEST_CASE("A move is effective neither before the signing nor before the last move") {
    MoveDesk desk;
    const auto id = desk.issue("a");
    CHECK(desk.move(id, Move::suspend, 60, -1).error().code == Errc::illegal_move);
    desk.moved(id, Move::suspend, 60, 0);
    desk.moved(id, Move::restore, 60, 500);  // to come
    CHECK(desk.state(id, 499) == State::suspended);
    CHECK(desk.state(id, 500) == State::valid);
    CHECK(desk.move(id, Move::revoke, 70, 499).error().code == Errc::illegal_move);
    auto now = desk.move(id, Move::revoke, 70);
    REQUIRE_FALSE(now);  // never later than asked for without a word
    CHECK_THAT(now.error().context, Catch::Contains(a_time(500).format()));
    desk.moved(id, Move::revoke, 70, 501);
}

TEST_CASE("Two moves never count from the same instant") {
    MoveDesk desk;
    const auto id = desk.issue("a");
    desk.moved(id, Move::suspend, 60, 10);
    CHECK(desk.move(id, Move::restore, 60, 10)->effective == a_time(11));
    desk.moved(id, Move::suspend, 60);
    CHECK(desk.move(id, Move::restore, 60)->effective == a_time(61));
    CHECK(desk.move(id, Move::suspend, 60)->effective == a_time(62));
}

TEST_CASE("A move without a day counts from the signing when the clock was set back") {
    MoveDesk desk;
    const auto id = desk.issue("a");
    CHECK(desk.move(id, Move::suspend, -500)->effective == a_time(0));
}

TEST_CASE("The same request is the same move; without one a repeated move is an illegal one") {
    MoveDesk desk;
    const auto id = desk.issue("a");
    MoveRequest request{.id = id, .move = Move::suspend, .reason = "because", .request = "CASE-9", .at = a_time(60)};
    auto first = desk.ledger.move(request);
    REQUIRE(first);
    request.at = a_time(6000);
    auto again = desk.ledger.move(request);
    REQUIRE(again);
    CHECK(again->again);
    CHECK(again->number == first->number);
    CHECK(again->effective == a_time(60));
    CHECK(again->request == "CASE-9");
    const auto conflict = [&](auto change) {
        auto other = request;
        change(other);
        auto answer = desk.ledger.move(other);
        REQUIRE_FALSE(answer);
        CHECK(answer.error().code == Errc::request_conflict);
    };
    const auto another = desk.issue("b");
    conflict([](auto& other) { other.reason = "why not"; });
    conflict([](auto& other) { other.move = Move::revoke; });
    conflict([&](auto& other) { other.id = another; });
    conflict([](auto& other) { other.effective = a_time(60); });
    request.request.reset();
    CHECK(desk.ledger.move(request).error().code == Errc::illegal_move);
    CHECK(desk.ledger.moves_of(id)->size() == 1);
}

TEST_CASE("Only what was issued here is moved, with a reason, and never replaced by hand") {
    MoveDesk desk;
    const auto reserved = desk.ledger.reserve(ask("a"));
    REQUIRE(reserved);
    CHECK(desk.move(reserved->reservation.id, Move::suspend).error().code == Errc::not_found);
    const auto id = desk.issue("b");
    CHECK(desk.move(id, Move::replace).error().code == Errc::bad_argument);
    MoveRequest request{.id = id, .move = Move::suspend, .reason = "", .at = a_time(60)};
    CHECK(desk.ledger.move(request).error().code == Errc::bad_argument);
    request.reason = std::string(2001, 'r');
    CHECK(desk.ledger.move(request).error().code == Errc::bad_argument);
    request.reason = "because";
    request.request = "";
    CHECK(desk.ledger.move(request).error().code == Errc::bad_argument);
    CHECK(desk.ledger.moves_of(id)->empty());
}

TEST_CASE("Plain SQL cannot move what may not move, nor back in time") {
    MoveDesk desk;
    const auto id = desk.issue("a");
    desk.moved(id, Move::suspend, 60);
    const auto insert = [&](const std::string& columns, const std::string& values) {
        return run_sql(desk.file, "INSERT INTO events (leaf, number, kind, at, " + columns +
                                      ") SELECT zeroblob(32), max(number) + 1, 'moved', 0, " + values + " FROM events");
    };
    const auto effective = [](int seconds) { return std::to_string(a_time(seconds).unix_seconds()); };
    const std::string columns = "id, move, state, reason, effective";
    const auto of = [&](const std::string& move, const std::string& state, int seconds) {
        return "'" + id.text() + "', '" + move + "', '" + state + "', 'r', " + effective(seconds);
    };
    CHECK_FALSE(insert(columns, of("restore", "revoked", 90)).empty());
    CHECK_FALSE(insert(columns, of("restore", "valid", 60)).empty());
    CHECK_FALSE(insert(columns, of("restore", "valid", -1)).empty());
    CHECK_FALSE(insert(columns, "'1.2.156.3005.2.X', 'suspend', 'suspended', 'r', 9999999999").empty());
    CHECK_FALSE(insert("id, move, state, effective", "'" + id.text() + "', 'restore', 'valid', 9999999999").empty());
    CHECK_FALSE(insert(columns + ", payload", of("restore", "valid", 90) + ", 'p'").empty());
    CHECK(desk.ledger.moves_of(id)->size() == 1);
    CHECK(insert(columns, of("restore", "valid", 90)).empty());  // the one right way is open
}
