#include "trust/lint_checks.h"

namespace elic {

namespace {

constexpr std::int64_t longest_list = 2 * 366 * day_seconds;

}  // namespace

void lint_times(const LintCheck& check) {
    const auto& source = check.source;
    const auto& now = check.now;
    if (source.not_before && *source.not_before > now)
        check.faults.add(LintCode::start_future, "not_before", "says nothing before " + source.not_before->format());
    if (source.next_update) {
        const auto left = source.next_update->unix_seconds() - now.unix_seconds();
        if (source.not_before && *source.next_update < *source.not_before)
            check.faults.add(LintCode::update_before_start, "next_update",
                             source.next_update->format() + " lies before " + source.not_before->format());
        if (left < 0)
            check.faults.add(LintCode::update_past, "next_update", source.next_update->format() + " has passed");
        if (left >= 0 && left < day_seconds)
            check.faults.add(LintCode::update_soon, "next_update",
                             source.next_update->format() + " is less than a day away");
        if (left > longest_list)
            check.faults.add(LintCode::update_far, "next_update",
                             source.next_update->format() + " is more than two years away");
    }
    const auto number = source.number.value_or(1);
    if (check.against.number && number <= *check.against.number)
        check.faults.add(LintCode::number_not_up, "number",
                         std::to_string(number) + " does not follow " + std::to_string(*check.against.number),
                         "write " + std::to_string(*check.against.number + 1));
    if (check.against.number && number > *check.against.number + 1)
        check.faults.add(LintCode::number_skips, "number",
                         std::to_string(number) + " follows " + std::to_string(*check.against.number));
}

}  // namespace elic
