#include "elic/trust/seen_state.h"

#include <catch2/catch.hpp>
#include <thread>

#include "unit/trust/no_more_files.h"
#include "unit/trust/trust_world.h"

using namespace elic;

namespace {

const std::string list_name = "trust-list 00112233";
const std::string status_name = "status 11430199MB00TX017C 1";

SeenState make_state() {
    SeenState state;
    state.see(status_name, 12, at("2026-11-01T00:00:00+08:00"));
    state.see(list_name, 7, at("2026-10-01T00:00:00+08:00"));
    state.newest_time = world_time();
    return state;
}

}  // namespace

TEST_CASE("What was seen counts up and never down") {
    SeenState state;
    const auto first = at("2026-11-01T00:00:00+08:00");
    CHECK_FALSE(state.is_older(list_name, 1));
    CHECK(state.see(list_name, 7, first));
    CHECK_FALSE(state.see(list_name, 7, first));
    CHECK_FALSE(state.see(list_name, 6, world_time()));
    CHECK(state.newest.at(list_name).number == 7);
    CHECK(state.is_older(list_name, 6));
    CHECK_FALSE(state.is_older(list_name, 7));
    CHECK_FALSE(state.is_older(status_name, 1));
    CHECK(state.see(list_name, 8, first));
}

TEST_CASE("Two states merge to the same whichever comes first") {
    SeenState one = make_state(), other;
    other.see(list_name, 9, at("2026-09-01T00:00:00+08:00"));
    other.see(status_name, 12, at("2026-11-02T00:00:00+08:00"));
    other.newest_time = at("2026-01-01T00:00:00+08:00");
    SeenState back = other;
    CHECK(one.merge(other));
    CHECK(back.merge(make_state()));
    CHECK(one.newest == back.newest);
    CHECK(one.newest_time == world_time());
    CHECK(back.newest_time == world_time());
    CHECK_FALSE(one.merge(other));
    CHECK(one.newest.at(list_name).number == 9);
}

TEST_CASE("What was seen is kept in lines of text and reads as it was saved") {
    const TemporaryFolder folder;
    const auto file = folder / "state/seen";
    CHECK_FALSE(load_seen_state(file).value());
    REQUIRE(save_seen_state(file, make_state()));
    CHECK(as_text(read_file(file, 4096).value()) ==
          "elic seen 1\n"
          "status 11430199MB00TX017C 1 12 2026-11-01T00:00:00+08:00\n"
          "trust-list 00112233 7 2026-10-01T00:00:00+08:00\n"
          "time 2026-11-23T10:00:00+08:00\n");
    const auto read = load_seen_state(file).value();
    REQUIRE(read);
    CHECK(read->newest == make_state().newest);
    CHECK(read->newest_time == world_time());
    REQUIRE(save_seen_state(file, SeenState{}));  // nothing is lost
    CHECK(load_seen_state(file).value()->newest == make_state().newest);
}

TEST_CASE("A state with nothing in it can be saved") {
    const TemporaryFolder folder;
    REQUIRE(save_seen_state(folder / "seen", SeenState{}));
    const auto read = load_seen_state(folder / "seen").value();
    REQUIRE(read);
    CHECK(read->newest.empty());
}

TEST_CASE("A damaged file of what was seen is an error that says to delete it") {
    const TemporaryFolder folder;
    const auto file = folder / "seen";
    const std::string good = "trust-list a 7 2026-10-01T00:00:00+08:00\n";
    const std::string time = "time 2026-11-23T10:00:00+08:00\n";
    const std::vector<std::pair<const char*, std::string>> damaged = {
        {"line 1", ""},
        {"line 1", "elic seen 2\n"},
        {"line 1", "elic seen 1"},
        {"line 2", "elic seen 1\n\n"},
        {"line 2", "elic seen 1\nx\n"},
        {"line 2", "elic seen 1\n" + good.substr(0, good.size() - 1)},
        {"line 2", "elic seen 1\ntrust-list a 0 2026-10-01T00:00:00+08:00\n"},
        {"line 2", "elic seen 1\ntrust-list a 07 2026-10-01T00:00:00+08:00\n"},
        {"line 2", "elic seen 1\ntrust-list a 99999999999999999999 2026-10-01T00:00:00+08:00\n"},
        {"line 2", "elic seen 1\ntrust-list a x 2026-10-01T00:00:00+08:00\n"},
        {"line 2", "elic seen 1\ntrust-list a 1/2 2026-10-01T00:00:00+08:00\n"},
        {"line 2", "elic seen 1\ntrust-list a 1:2 2026-10-01T00:00:00+08:00\n"},
        {"line 2", "elic seen 1\ntrust-list a  2026-10-01T00:00:00+08:00\n"},
        {"line 2", "elic seen 1\n7 2026-10-01T00:00:00+08:00\n"},
        {"line 2", "elic seen 1\ntrust-list a 7 2026-10-01\n"},
        {"line 2", "elic seen 1\ntrust-list a 7 2026-10-01T00:00:00Z\n"},
        {"line 2", "elic seen 1\ntrust-list  a 7 2026-10-01T00:00:00+08:00\n"},
        {"line 2", "elic seen 1\n 7 2026-10-01T00:00:00+08:00\n"},
        {"line 2", "elic seen 1\ntime 7 2026-10-01T00:00:00+08:00\n"},
        {"line 2", "elic seen 1\ntrust-list \xE5\xB1\x80 7 2026-10-01T00:00:00+08:00\n"},
        {"line 2", "elic seen 1\ntime 2026-11-23\n"},
        {"line 3", "elic seen 1\n" + good + good},
        {"line 3", "elic seen 1\n" + good + "status a 7 2026-10-01T00:00:00+08:00\n"},
        {"line 3", "elic seen 1\n" + time + good},
        {"line 3", "elic seen 1\n" + time + time},
    };
    for (const auto& [line, text] : damaged) {
        CAPTURE(text);
        REQUIRE(write_file_durably(file, as_bytes(text)));
        const auto read = load_seen_state(file);
        REQUIRE_FALSE(read);
        CHECK(read.error().code == Errc::malformed_trust);
        CHECK_THAT(read.error().context, Catch::Contains(line) && Catch::Contains("delete it"));
        CHECK(save_seen_state(file, make_state()).error().code == Errc::malformed_trust);
        CHECK(as_text(read_file(file, 4096).value()) == text);
    }
    REQUIRE(write_file_durably(file, as_bytes("elic seen 1\n" + good + time)));
    CHECK(load_seen_state(file).has_value());
    REQUIRE(write_file_durably(file, Bytes((16 << 20) + 1, 'x')));
    CHECK(load_seen_state(file).error().code == Errc::limit_exceeded);
}

TEST_CASE("What cannot be read back is not saved") {
    const TemporaryFolder folder;
    for (const auto& name : {std::string(), std::string("a\nb"), std::string("time"), std::string(" a"),
                             std::string("a  b"), std::string(200, 'a')}) {
        SeenState state;
        state.see(name, 1, world_time());
        CHECK_FALSE(save_seen_state(folder / "seen", state).has_value());
    }
    SeenState zero;
    zero.see(list_name, 0, world_time());
    CHECK_FALSE(save_seen_state(folder / "seen", zero).has_value());
    CHECK_FALSE(file_exists(folder / "seen"));
}

TEST_CASE("A name is of up to 128 letters, digits and the marks of the format, with no blank at its ends") {
    const TemporaryFolder folder;
    const auto saved = [&](const std::string& name) {
        SeenState state;
        state.see(name, 1, world_time());
        return save_seen_state(folder / "seen", state).has_value();
    };
    for (const auto& name : {std::string("azAZ09 -_.:x"), std::string("0"), std::string(128, 'a')}) {
        CAPTURE(name);
        CHECK(saved(name));
        CHECK(load_seen_state(folder / "seen").value().value().newest.contains(name));
    }
    CHECK_FALSE(saved(std::string(129, 'a')));
    for (const auto& name : {" a", "a ", "a/b", "a;b", "a@b", "a[b", "a`b", "a{b", "a!b", "a~b"}) {
        CAPTURE(name);
        CHECK_FALSE(saved(name));
    }
}

TEST_CASE("The largest number that is saved is the largest of 63 bits, and it is read back") {
    const TemporaryFolder folder;
    constexpr std::uint64_t largest = 9223372036854775807U;
    SeenState state;
    state.see(list_name, largest, world_time());
    state.see(status_name, 1020, world_time());
    REQUIRE(save_seen_state(folder / "seen", state));
    CHECK(load_seen_state(folder / "seen").value().value().newest == state.newest);
    SeenState more;
    more.see(list_name, largest + 1, world_time());
    CHECK(save_seen_state(folder / "seen", more).error().code == Errc::malformed_trust);
    CHECK(load_seen_state(folder / "seen").value().value().newest == state.newest);
}

TEST_CASE("A merge says whether anything came of it, whichever name or the time it was") {
    const auto first = at("2026-11-01T00:00:00+08:00");
    SeenState state, newer_first, newer_last;
    for (auto* each : {&state, &newer_first, &newer_last}) {
        each->see("a", 5, first);
        each->see("b", 5, first);
        each->newest_time = first;
    }
    newer_first.see("a", 6, first);
    newer_last.see("b", 6, first);
    CHECK_FALSE(SeenState(state).merge(state));
    CHECK(SeenState(state).merge(newer_first));
    CHECK(SeenState(state).merge(newer_last));
    auto later = state;
    later.newest_time = world_time();
    CHECK(SeenState(state).merge(later));
    CHECK_FALSE(SeenState(later).merge(state));
}

TEST_CASE("A file that has everything already is not written again") {
    const TemporaryFolder folder;
    REQUIRE(save_seen_state(folder / "seen", make_state()));
    std::filesystem::create_hard_link(folder / "seen", folder / "before");
    REQUIRE(save_seen_state(folder / "seen", make_state()));
    CHECK(std::filesystem::equivalent(folder / "seen", folder / "before"));
}

TEST_CASE("What was seen is not saved where its folder cannot be made or locked") {
    const TemporaryFolder folder;
    REQUIRE(write_file_durably(folder / "taken", {}));
    const auto unmade = save_seen_state(folder / "taken/seen", make_state());
    REQUIRE_FALSE(unmade);
    CHECK(unmade.error().code == Errc::io);
    CHECK_THAT(unmade.error().context, Catch::Contains("the folder cannot be made"));
    const auto unlocked = [&] {
        const NoMoreFiles none;
        return save_seen_state(folder / "seen", make_state());
    }();
    REQUIRE_FALSE(unlocked);
    CHECK(unlocked.error().code == Errc::io);
    CHECK_THAT(unlocked.error().context, Catch::StartsWith(folder.path().string() + ": cannot be opened"));
}

TEST_CASE("A file of what was seen has at most 16 MiB, as much as is read") {
    constexpr std::size_t largest = 16 << 20, head = 12;  // "elic seen 1" and the end of the line
    const SeenState::Seen seen{.number = 1000000000000000000, .issued_at = world_time()};
    const std::size_t behind = (" " + std::to_string(seen.number) + " " + world_time().format() + "\n").size();
    const std::size_t line = 128 + behind;
    const TemporaryFolder folder;
    SeenState state;
    std::string name(128, 'x');
    for (std::size_t n = 0; n < (largest - head) / line; ++n) {
        name.replace(0, 6, std::to_string(100000 + n));
        state.newest.emplace_hint(state.newest.end(), name, seen);
    }
    const auto left = (largest - head) % line;
    REQUIRE(left > behind);
    const std::string longer(left - behind + 1, 'z');
    state.newest.emplace(longer, seen);
    const auto refused = save_seen_state(folder / "seen", state);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == Errc::limit_exceeded);
    CHECK_FALSE(file_exists(folder / "seen"));
    state.newest.erase(longer);
    state.newest.emplace(longer.substr(1), seen);
    REQUIRE(save_seen_state(folder / "seen", state));
    CHECK(std::filesystem::file_size(folder / "seen") == largest);
}

TEST_CASE("Nothing that one of several writers saw is lost") {
    const TemporaryFolder folder;
    const auto file = folder / "seen";
    constexpr int writers = 4, rounds = 10;
    std::vector<std::thread> threads;
    std::array<bool, writers> saved{};
    for (int n = 0; n < writers; ++n) {
        threads.emplace_back([&, n] {
            bool all = true;
            for (int round = 0; round < rounds; ++round) {
                SeenState state;
                state.see("status a " + std::to_string(n * rounds + round), 1, at("2026-11-01T00:00:00+08:00"));
                all = save_seen_state(file, state).has_value() && all;
            }
            saved[static_cast<std::size_t>(n)] = all;
        });
    }
    for (auto& thread : threads) thread.join();
    for (const bool all : saved) CHECK(all);
    CHECK(load_seen_state(file).value()->newest.size() == writers * rounds);
}
