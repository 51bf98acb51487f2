#include "unit/trust/lint_checks_world.h"

using namespace elic;

namespace {

Timestamp after(Timestamp time, std::int64_t seconds) {
    return Timestamp::from_unix(time.unix_seconds() + seconds).value();
}

}  // namespace

TEST_CASE("The beginning of a list is told when it is yet to come, from the second on") {
    LintChecks checks;
    CHECK(checks.said_by(lint_times) == Said{});
    checks.source.not_before = checks.now;
    CHECK(checks.said_by(lint_times) == Said{});
    checks.source.not_before = after(checks.now, 1);
    CHECK(checks.said_by(lint_times) ==
          Said{"not_before.future not_before: says nothing before 2026-12-01T10:00:01+08:00"});
}

TEST_CASE("The next update lies a day to two years ahead; at the boundaries to the second") {
    const LintChecks checks;
    const std::int64_t two_years = 2 * 366 * day_seconds;
    const std::pair<std::int64_t, Said> cases[] = {
        {-1, {"next_update.past next_update: 2026-12-01T09:59:59+08:00 has passed"}},
        {0, {"next_update.soon next_update: 2026-12-01T10:00:00+08:00 is less than a day away"}},
        {day_seconds - 1, {"next_update.soon next_update: 2026-12-02T09:59:59+08:00 is less than a day away"}},
        {day_seconds, {}},
        {two_years, {}},
        {two_years + 1, {"next_update.far next_update: 2028-12-02T10:00:01+08:00 is more than two years away"}},
    };
    for (const auto& [seconds, expected] : cases) {
        CAPTURE(seconds);
        auto changed = checks;
        changed.source.next_update = after(checks.now, seconds);
        CHECK(changed.said_by(lint_times) == expected);
    }
}

TEST_CASE("The next update may be the beginning itself, not a second before it") {
    LintChecks checks;
    checks.source.not_before = after(checks.now, -day_seconds);
    checks.source.next_update = after(checks.now, 30 * day_seconds);
    CHECK(checks.said_by(lint_times) == Said{});
    checks.now = after(checks.now, -60 * day_seconds);
    checks.source.not_before = checks.source.next_update = after(checks.now, 2 * day_seconds);
    const std::string future = "not_before.future not_before: says nothing before ";
    CHECK(checks.said_by(lint_times) == Said{future + "2026-10-04T10:00:00+08:00"});
    checks.source.next_update = after(checks.now, 2 * day_seconds - 1);
    CHECK(
        checks.said_by(lint_times) ==
        Said{future + "2026-10-04T10:00:00+08:00",
             "next_update.before_start next_update: 2026-10-04T09:59:59+08:00 lies before 2026-10-04T10:00:00+08:00"});
}

TEST_CASE("The number is one more than that of the list before; a source without one has the number 1") {
    struct NumberCase {
        std::optional<std::uint64_t> number, before;
        Said said;
    };
    const NumberCase cases[] = {
        {3, {}, {}},
        {{}, {}, {}},
        {{}, 0, {}},
        {{}, 1, {"number.not_up number: 1 does not follow 1"}},
        {3, 2, {}},
        {3, 3, {"number.not_up number: 3 does not follow 3"}},
        {3, 4, {"number.not_up number: 3 does not follow 4"}},
        {3, 1, {"number.skips number: 3 follows 1"}},
    };
    for (const auto& [number, before, expected] : cases) {
        LintChecks checks;
        checks.source.number = number;
        checks.against.number = before;
        CHECK(checks.said_by(lint_times) == expected);
    }
}
