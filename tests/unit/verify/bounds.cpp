#include <catch2/catch.hpp>

#include "unit/verify/tree_world.h"

using namespace elic;

// The last moment of each span, and the one after it.

namespace {

/// With a status list; no option weakens anything.
Report with_status(const std::function<void(Tree&, TreeAsk&)>& change = {}) {
    return in_tree([&](Tree& t, TreeAsk& ask) {
        t.status = t.a_status_list();
        ask.policy = {};
        if (change) change(t, ask);
    });
}

Report at_clock(const char* now, std::optional<Timestamp> seen_before) {
    SeenState seen;
    seen.newest_time = seen_before;
    return in_tree([&](Tree&, TreeAsk& ask) {
        ask.now = at(now);
        ask.seen = &seen;
    });
}

}  // namespace

TEST_CASE("A text of 64 KiB is looked at, a longer one is not") {
    const auto of_size = [](std::size_t size) { return verify_payload(std::string(size, 'x'), {.at = world_time()}); };
    CHECK(has(of_size(64 << 10), FindingCode::code_foreign));
    CHECK(has(of_size((64 << 10) + 1), FindingCode::limit_exceeded));
}

TEST_CASE("A trust list and a delegation count from their first second to their last") {
    CHECK(has(in_world({}, {}, at("2026-11-01T00:00:00+08:00")), FindingCode::trust_ok));
    CHECK(in_tree([](Tree& t, TreeAsk&) {
              t.to_county.not_before = world_time();
              t.to_county.next_update = world_time();
          }).verdict() == Verdict::valid);
}

TEST_CASE("A status list counts to its next update, and as long as the caller takes it") {
    CHECK(with_status([](Tree& t, TreeAsk&) { t.status->next_update = world_time(); }).verdict() == Verdict::valid);
    CHECK(with_status([](Tree&, TreeAsk& ask) { ask.policy.max_status_age = std::chrono::hours(16); }).verdict() ==
          Verdict::valid);  // 18:00 to 10:00
    CHECK(has(with_status([](Tree&, TreeAsk& ask) { ask.policy.max_status_age = std::chrono::hours(15); }),
              FindingCode::status_stale));
}

TEST_CASE("A list made the second a license was signed must know of it") {
    CHECK(has(with_status([](Tree& t, TreeAsk&) {
                  t.status->allotted = 42;
                  t.status->as_of = signing_time();
              }),
              FindingCode::status_never_issued));
}

TEST_CASE("The option that takes a stale list takes it for valid licenses only") {
    CHECK(has(with_status([](Tree& t, TreeAsk& ask) {
                  t.status->next_update = at("2026-11-23T09:59:59+08:00");
                  t.status->entries = {{.index = 42, .state = LicenseState::suspended}};
                  ask.policy.allow_missing_status = true;
              }),
              FindingCode::status_stale));
}

TEST_CASE("A status list that the system cannot read is a failure of the machine, not of the list") {
    const auto report = in_folder([](TrustWorld&, const WrittenTrust& written) {
        std::filesystem::create_directories(written.path() / WrittenTrust::version / "status" / office_code().text() /
                                            "1/9.elic");
    });
    INFO(summary(report));
    CHECK(has(report, FindingCode::internal_failure));
    CHECK(report.finding(Check::status).code == FindingCode::not_run);
    CHECK(report.verdict() == Verdict::indeterminate);
}

TEST_CASE("A status list under the name of another is malformed") {
    CHECK(has(with_status([](Tree& t, TreeAsk&) { t.status->list = 2; }), FindingCode::status_malformed));
}

TEST_CASE("A status finding says which list, since when, and what came instead") {
    CHECK(detail(with_status(), FindingCode::status_valid) ==
          "list of 2026-11-22T18:00:00+08:00, next update due 2026-11-30T18:00:00+08:00");
    CHECK(detail(with_status([](Tree& t, TreeAsk&) {
                     t.status->changes = {
                         {.index = 42, .effective = at("2026-11-22T09:00:00+08:00"), .state = LicenseState::revoked}};
                 }),
                 FindingCode::status_revoked) ==
          "since 2026-11-22T09:00:00+08:00, list of 2026-11-22T18:00:00+08:00, next update due "
          "2026-11-30T18:00:00+08:00");
    CHECK_THAT(detail(with_status([](Tree& t, TreeAsk&) {
                          t.status->entries = {{.index = 42, .state = LicenseState::replaced}};
                      }),
                      FindingCode::status_replaced),
               Catch::StartsWith("by revision 2 or another license, "));
}

TEST_CASE("A clock may lag five minutes behind what was signed") {
    const auto seen = at("2026-12-01T00:00:00+08:00");
    CHECK(has(at_clock("2026-11-30T23:55:00+08:00", seen), FindingCode::clock_ok));
    CHECK(has(at_clock("2026-11-30T23:54:59+08:00", seen), FindingCode::clock_set_back));
    // Nothing seen before: the delegation made in the last second of 3 November is the newest.
    CHECK(has(at_clock("2026-11-03T23:54:59+08:00", {}), FindingCode::clock_ok));
    CHECK(has(at_clock("2026-11-03T23:54:58+08:00", {}), FindingCode::clock_set_back));
    CHECK(has(at_clock("2026-11-03T23:54:58+08:00", at("2026-10-01")), FindingCode::clock_set_back));
}

TEST_CASE("Where no list is good the clock is held against the memory alone, or nothing") {
    auto world = make_world();
    const WrittenTrust written(world);
    const auto trust = written.open();
    const auto text = text_of(a_license(), world.office);
    SeenState seen;
    seen.newest_time = at("2026-12-01T00:00:00+08:00");
    const auto with =
        verify_payload(text, {.trust = &trust, .pins = {}, .at = world_time(), .now = world_time(), .seen = &seen});
    CHECK(has(with, FindingCode::clock_set_back));
    const auto without = verify_payload(text, {.trust = &trust, .pins = {}, .at = world_time(), .now = world_time()});
    CHECK_FALSE(has(without, FindingCode::clock_set_back));
    CHECK_FALSE(has(without, FindingCode::clock_ok));
}

TEST_CASE("A report says what good lists and delegations it has seen") {
    const auto report = with_status();
    const auto& seen = report.seen();
    REQUIRE(seen.newest.size() == 4);
    const auto list = seen.newest.rbegin()->first;
    REQUIRE(list.substr(0, 11) == "trust-list ");
    const auto root = list.substr(11);
    CHECK(root.size() == 64);
    CHECK(seen.newest.at("delegation " + root + " " + province_code().text() + " " + city_code().text()).number == 3);
    CHECK(seen.newest.at("delegation " + root + " " + city_code().text() + " " + county_code().text()).number == 5);
    CHECK(seen.newest.at("status " + root + " " + county_code().text() + " 1").number == 9);
    CHECK(seen.newest_time == at("2026-11-22T18:00:00+08:00"));
}

TEST_CASE("A finding about authority names the body and the division") {
    const auto elsewhere = in_world({}, [](Metadata& license) { license.number = "例4401030001"; });
    CHECK(detail(elsewhere, FindingCode::authority_area) == "示例市住房和城乡建设局, division 440103");
    const auto above = in_tree([](Tree& t, TreeAsk&) { t.to_city.body.grants[0].until = on("2026-11-19"); });
    CHECK(detail(above, FindingCode::authority_parent) == "示例市行政审批局, division 430102");
}

TEST_CASE("The pinned root's certificate need not lie in the folder when it signed the list itself") {
    CHECK(in_folder([](TrustWorld& world, const WrittenTrust& written) {
              written.remove(WrittenTrust::certificate_file(world.ca.certificate));
          }).verdict() == Verdict::valid);
}

TEST_CASE("A number is compared without blanks and line breaks") {
    const auto asked = [](const char* number) {
        auto world = make_world();
        const WrittenTrust written(world);
        const auto trust = written.open();
        return verify_payload(text_of(a_license(), world.office), {.trust = &trust,
                                                                   .pins = world.pins(),
                                                                   .at = world_time(),
                                                                   .policy = {.allow_missing_status = true},
                                                                   .expect_number = number});
    };
    for (const char* number : {"例4301020001", " 例4301020001\t", "例4301\r020001", "例4301\n020001"}) {
        CAPTURE(number);
        CHECK(asked(number).verdict() == Verdict::valid);
    }
    CHECK(asked("例4301020002").verdict() == Verdict::invalid);
}

TEST_CASE("An issuer that was not renamed is called by its one name") {
    CHECK(detail(in_world({}), FindingCode::issuer_ok) == "示例市住房和城乡建设局");
}
