#include "elic/trust/status_list.h"

#include <catch2/catch.hpp>

#include "codec/cbor.h"
#include "trust/status_bits.h"
#include "trust/status_blocks.h"
#include "unit/trust/status_world.h"

using namespace elic;

namespace {

void refused_list(const StatusListContent& list, Errc code = Errc::malformed_trust) {
    const auto bytes = write_status_list(list);
    REQUIRE_FALSE(bytes);
    CHECK(bytes.error().code == code);
}

void refused_delta(const StatusDelta& delta) {
    const auto bytes = write_status_delta(delta);
    REQUIRE_FALSE(bytes);
    CHECK(bytes.error().code == Errc::malformed_trust);
}

/// The list's map with one key's value replaced, read.
Error read_with(std::int64_t key, cbor::Value value, const StatusListContent& list = small_list()) {
    auto map = *cbor::read(write_status_list(list).value(), {})->map();
    for (auto& [k, v] : map) {
        if (*k.integer() == key) v = value;
    }
    const auto read = read_status_list(cbor::write(std::move(map)));
    REQUIRE_FALSE(read);
    return read.error();
}

}  // namespace

TEST_CASE("A status list says what was put into it, and its bytes are the only ones for it") {
    const auto list = small_list();
    const auto bytes = write_status_list(list).value();
    CHECK(read_status_list(bytes).value() == list);
    auto empty = list;
    empty.allotted = 0;
    empty.entries.clear();
    empty.changes.clear();
    empty.previous.reset();
    CHECK(read_status_list(write_status_list(empty).value()).value() == empty);
    auto text = list;  // a code whose inner check does not hold cannot be packed
    text.issuer = issuer_that_does_not_pack();
    REQUIRE_FALSE(text.issuer.packs());
    CHECK(read_status_list(write_status_list(text).value()).value() == text);
}

TEST_CASE("A status delta says what was put into it") {
    const auto delta = small_delta();
    CHECK(read_status_delta(write_status_delta(delta).value()).value() == delta);
    auto quiet = delta;
    quiet.changes.clear();
    CHECK(read_status_delta(write_status_delta(quiet).value()).value() == quiet);
    CHECK_FALSE(read_status_list(write_status_delta(delta).value()));
    CHECK_FALSE(read_status_delta(write_status_list(small_list()).value()));
}

TEST_CASE("A list that breaks a rule is not written") {
    auto list = small_list();
    SECTION("lists count from 1") { list.list = 0; }
    SECTION("publications count from 1") { list.number = 0; }
    SECTION("numbers have a bound") { list.number = std::uint64_t{1} << 63; }
    SECTION("list numbers have a bound") { list.list = std::uint64_t{1} << 63; }
    SECTION("stale before it was made") { list.next_update = plus(list.as_of, -1); }
    SECTION("a base after the ledger was read") { list.base = plus(list.as_of, 1); }
    SECTION("an entry that was not allotted") { list.entries.back().index = 10; }
    SECTION("entries out of order") { std::swap(list.entries[0], list.entries[1]); }
    SECTION("an entry twice") { list.entries[1].index = list.entries[0].index; }
    SECTION("a valid entry") { list.entries[0].state = LicenseState::valid; }
    SECTION("an entry of no state") { list.entries[0].state = static_cast<LicenseState>(8); }
    SECTION("a change that was not allotted") { list.changes.back().index = 10; }
    SECTION("a change of no state") { list.changes.back().state = static_cast<LicenseState>(8); }
    SECTION("changes out of the order of index") { std::swap(list.changes[0], list.changes[1]); }
    SECTION("changes out of the order of time") { std::swap(list.changes[1], list.changes[2]); }
    SECTION("two changes of one instant") { list.changes[1].effective = list.changes[2].effective; }
    SECTION("a change at the base") { list.changes[0].effective = list.base; }
    refused_list(list);
}

TEST_CASE("A list larger than a limit is not written") {
    auto list = small_list();
    SECTION("more entries than can be allotted") { list.allotted = max_status_entries + 1; }
    SECTION("more changes than a list may have") {
        list.changes.clear();
        list.allotted = max_status_changes + 1;
        for (std::uint64_t i = 0; i <= max_status_changes; ++i) {
            list.changes.push_back({i, plus(list.base, 1), LicenseState::revoked});
        }
    }
    refused_list(list, Errc::limit_exceeded);
}

TEST_CASE("A delta that breaks a rule is not written") {
    auto delta = small_delta();
    SECTION("lists count from 1") { delta.list = 0; }
    SECTION("a delta is never the first publication") { delta.number = 1; }
    SECTION("stale before it was made") { delta.next_update = plus(delta.as_of, -1); }
    SECTION("a change that was not allotted") { delta.allotted = 11; }
    SECTION("changes out of order") { std::swap(delta.changes[0], delta.changes[1]); }
    refused_delta(delta);
}

TEST_CASE("Bytes that are no status list are refused, with the reason") {
    CHECK(read_with(1, cbor::Value(Bytes(8))).context.find("issuer") == 0);
    CHECK(read_with(1, cbor::Value("11430199MB00TX017C")).context == "issuer: a code that packs stands as text");
    CHECK(read_with(1, cbor::Value("11430199MB00TX017D")).context.find("issuer") == 0);
    CHECK(read_with(1, cbor::Value()).context.find("issuer") == 0);
    CHECK(read_with(2, cbor::Value(std::int64_t{0})).context.find("list") == 0);
    CHECK(read_with(2, cbor::Value(std::int64_t{-1})).context == "list: a number is expected");
    CHECK(read_with(3, cbor::Value(std::int64_t{0})).context.find("number") == 0);
    CHECK(read_with(4, cbor::Value("now")).context.find("as_of") == 0);
    CHECK(read_with(5, cbor::Value(std::int64_t{0})).context == "next_update lies before as_of");
    CHECK(read_with(6, cbor::Value(Bytes(31))).context.find("previous") == 0);
    CHECK(read_with(7, cbor::Value()).context.find("allotted") == 0);
    CHECK(read_with(7, cbor::Value(std::int64_t{1} << 33)).code == Errc::limit_exceeded);
    CHECK(read_with(8, cbor::Value(std::int64_t{1} << 40)).context.find("base") == 0);
    CHECK(read_with(9, cbor::Value("")).context == "entries: bytes are expected");
    CHECK(read_with(9, cbor::Value(Bytes{})).context.find("entries") == 0);
    CHECK(read_with(9, cbor::Value(Bytes{0, 0})).context == "entries: not the end that is expected");
    CHECK(read_with(9, cbor::Value(Bytes{1})).context == "entries: not the end that is expected");
    CHECK(read_with(10, cbor::Value(Bytes{1})).context == "changes: not the end that is expected");
    CHECK(read_with(10, cbor::Value(Bytes{})).context.find("changes") == 0);
    CHECK_FALSE(read_status_list({}));
    CHECK(read_status_list(Bytes(max_status_bytes + 1)).error().code == Errc::limit_exceeded);
}

TEST_CASE("Counts that the bytes cannot hold are refused before anything is reserved") {
    auto list = small_list();
    list.allotted = max_status_entries;
    const auto block = [](std::uint64_t count, std::uint64_t repeats) {
        BitWriter out;
        out.uniform(count, max_status_entries + 1);
        if (repeats != 0) {
            out.bits(3, 2);  // two places in unary and their remainders, whatever they are
            out.bits(0, 40);
            out.gamma(repeats + 1);
        }
        return cbor::Value(out.finish());
    };
    CHECK(read_with(9, block(max_status_marked + 1, 0), list).code == Errc::limit_exceeded);
    CHECK(read_with(9, block(max_status_marked, 0), list).code == Errc::malformed_trust);
    CHECK(read_with(10, block(max_status_changes + 1, 0), list).code == Errc::limit_exceeded);
    CHECK(read_with(10, block(max_status_changes, 0), list).code == Errc::malformed_trust);
}

TEST_CASE("Changes after the last base of all cannot be") {
    auto list = small_list();
    list.base = list.as_of = list.next_update = instant("2199-12-31");
    list.changes.clear();
    CHECK(read_status_list(write_status_list(list).value()).value() == list);
    const auto some = write_changes(list.allotted, instant("2026-01-01"), small_list().changes);
    CHECK(read_with(10, cbor::Value(some), list).context == "changes: the instants cannot be read");
}

TEST_CASE("What a list says of an entry depends on the instant") {
    const auto list = small_list();
    using Known = EntryStatus::Known;
    const auto check = [&](std::uint64_t index, Timestamp at, LicenseState state, std::optional<Timestamp> since) {
        const auto found = status_at(list, index, at);
        INFO(index << " " << at.format());
        CHECK(found.known == Known::yes);
        CHECK(found.state == state);
        CHECK(found.since == since);
    };
    const auto first = list.changes[1].effective, second = list.changes[2].effective;
    check(2, list.base, LicenseState::suspended, std::nullopt);
    check(2, plus(first, -1), LicenseState::suspended, std::nullopt);
    check(2, first, LicenseState::valid, first);
    check(2, plus(second, -1), LicenseState::valid, first);
    check(2, second, LicenseState::withdrawn, second);
    check(2, instant("2199-12-31"), LicenseState::withdrawn, second);
    check(0, list.base, LicenseState::valid, std::nullopt);
    check(0, first, LicenseState::cancelled, first);
    check(1, list.as_of, LicenseState::valid, std::nullopt);
    check(5, list.as_of, LicenseState::revoked, std::nullopt);
    check(9, list.as_of, LicenseState::replaced, std::nullopt);
    check(7, list.as_of, LicenseState::valid, std::nullopt);
    check(7, instant("2026-12-01T00:00:00+08:00"), LicenseState::lapsed, instant("2026-12-01T00:00:00+08:00"));
    check(8, list.as_of, LicenseState::valid, std::nullopt);
    CHECK(status_at(list, 5, plus(list.base, -1)).known == Known::before_base);
    CHECK(status_at(list, 8, plus(list.base, -1)).known == Known::before_base);
    CHECK(status_at(list, 10, list.as_of).known == Known::beyond_end);
    CHECK(status_at(list, 10, plus(list.base, -1)).known == Known::beyond_end);
    CHECK(status_at(list, ~std::uint64_t{0}, list.as_of).known == Known::beyond_end);
}
