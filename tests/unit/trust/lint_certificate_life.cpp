#include "unit/trust/lint_told.h"

// A body's certificate: how long it lasts beside its listing, and whether a root vouches for it all that time.

using namespace elic;

namespace {

using W = LintWorld;

const std::string key_place = "bodies[0].certificates[0]", file_place = key_place + ".file";
const std::string before_key = "grant.before_key bodies[0].types[0].from",
                  no_key = "key.none_now bodies[0].certificates", gap = "key.gap bodies[0].certificates";

Told of_key(const char* fault) { return {std::string(fault) + " " + key_place}; }
Told of_file(const char* fault) { return {std::string(fault) + " " + file_place}; }
Told operator+(Told told, const Told& more) {
    told.insert(told.end(), more.begin(), more.end());
    return told;
}

/// The office's certificate begins and ends so.
constexpr const char* begin = "2026-01-01T00:00:00+08:00";
constexpr const char* end = "2031-01-01T06:00:00+08:00";

auto listed(const char* from, const char* until) {
    return [from, until](W& w) {
        if (from != nullptr) w.key()["from"] = from;
        if (until != nullptr) w.key()["until"] = until;
    };
}

/// The body has a certificate of one year from then on, and grants from `granted` on.
auto one_year(const char* from, const char* granted, const std::function<void(W&)>& change = {}) {
    return [from, granted, change](W& w) {
        w.key()["file"] = w.renewed(from, 1);
        w.grant()["from"] = granted;
        if (change) change(w);
    };
}

std::function<void(W&)> next_update(const char* time) {
    return [time](W& w) { w.json["next_update"] = time; };
}

}  // namespace

TEST_CASE("The office's certificate of these tests begins and ends at the times they name") {
    const LintWorld world;
    CHECK(world.office.certificate.not_before() == at(begin));
    CHECK(world.office.certificate.not_after() == at(end));
}

TEST_CASE("A certificate is never usable when no second of its listing lies in its validity") {
    check_told({
        {"listed from its last second", listed(end, nullptr), {no_key, before_key}},
        {"listed from the second after", listed("2031-01-01T06:00:01+08:00", nullptr),
         of_key("certificate.never_usable")},
        {"listed until its first second",
         listed("2025-01-01", begin),
         {"certificate.listed_early " + key_place + ".from", no_key}},
        {"listed until the second before", listed("2025-01-01", "2025-12-31T23:59:59+08:00"),
         of_key("certificate.never_usable")},
    });
}

TEST_CASE("A certificate is outlived by a listing that goes on for a second, and listed early by a second, too") {
    check_told({
        {"until its end", listed(nullptr, end), {}},
        {"until a second later",
         listed(nullptr, "2031-01-01T06:00:01+08:00"),
         {"certificate.outlived " + key_place + ".until"}},
        {"from its begin", listed(begin, nullptr), {}},
        {"from a second before",
         listed("2025-12-31T23:59:59+08:00", nullptr),
         {"certificate.listed_early " + key_place + ".from"}},
        {"with an end before its begin",
         listed("2020-01-01", "2019-01-01"),
         {"certificate.until_before_from " + key_place + ".until"}},
    });
}

TEST_CASE("A certificate expires soon when it ends within 90 days or before next_update") {
    check_told({
        {"90 days", one_year("2026-02-28T20:00:00Z", "2026-06-01", next_update("2026-12-31")), {}},
        {"90 days less a second", one_year("2026-02-28T19:59:59Z", "2026-06-01", next_update("2026-12-31")),
         of_file("certificate.expiring")},
        {"with next_update", one_year("2026-06-01T00:00:00Z", "2026-06-02", next_update("2027-06-01T06:00:00Z")), {}},
        {"a second before next_update",
         one_year("2026-06-01T00:00:00Z", "2026-06-02", next_update("2027-06-01T06:00:01Z")),
         of_file("certificate.expiring") + Told{gap}},
        {"nobody knows when next_update is",
         one_year("2026-06-01T00:00:00Z", "2026-06-02", next_update("some day")),
         {"time.malformed next_update"}},
    });
}

TEST_CASE("A certificate is valid from its first second to its last") {
    check_told({
        {"it begins now", one_year("2026-12-01T02:00:00Z", "2026-12-01", next_update("2026-12-31")), {}},
        {"it begins in the next second", one_year("2026-12-01T02:00:01Z", "2026-12-01", next_update("2026-12-31")),
         of_file("certificate.not_yet_valid") + Told{no_key}},
        {"it ends now", one_year("2025-11-30T20:00:00Z", "2026-01-01"), of_file("certificate.expiring")},
        {"it ended a second ago", one_year("2025-11-30T19:59:59Z", "2026-01-01"),
         of_file("certificate.expired") + Told{no_key}},
    });
}

TEST_CASE("That a certificate expires is told only where its listing does not end first and its key is not lost") {
    const auto until = [](const char* time) {
        return one_year("2026-01-10T00:00:00Z", "2026-02-01", [time](W& w) { w.key()["until"] = time; });
    };
    check_told({
        {"no end", one_year("2026-01-10T00:00:00Z", "2026-02-01"), of_file("certificate.expiring") + Told{gap}},
        {"listed until it ends", until("2027-01-10T06:00:00Z"), {gap}},
        {"listed until a second later", until("2027-01-10T06:00:01Z"),
         Told{"certificate.outlived " + key_place + ".until"} + of_file("certificate.expiring") + Told{gap}},
        {"lost",
         one_year("2026-01-10T00:00:00Z", "2026-02-01",
                  [](W& w) { w.key()["compromised_since"] = "2026-12-01T10:00:00+08:00"; }),
         {"compromised.no_replacement " + key_place + ".compromised_since",
          "compromised.no_genuine_list " + key_place + ".compromised_since"}},
    });
}

TEST_CASE("A certificate of ten leap years is not long-lived, one of eleven years is") {
    check_told({
        {"ten",
         [](W& w) {
             w.put("ten_years.pem", as_bytes(ten_years_pem));
             w.key()["file"] = "ten_years.pem";
             w.grant()["from"] = "2026-11-28";
         },
         of_file("certificate.self_signed") + of_file("certificate.name_differs")},
        {"eleven", [](W& w) { w.key()["file"] = w.renewed(begin, 11); }, of_file("certificate.long_lived")},
    });
}

TEST_CASE("Beside a real root a TEST certificate is told, a real one is not") {
    LintWorld world;
    world.json["roots"] = {"example_root.pem"};
    world.put("example_office.pem", as_bytes(example_office_pem));
    world.key()["file"] = "example_office.pem";
    CHECK(told(world.lint()) == of_file("certificate.long_lived") + of_file("certificate.name_differs") +
                                    Told{"certificate.test bodies[1].certificates[0].file",
                                         "certificate.no_chain bodies[1].certificates[0].file"});
}

TEST_CASE("A certificate that bears the name of its authority is not therefore signed by itself") {
    LintWorld world;
    world.key()["file"] = world.made("CN=elic TEST pilot root,O=elic TEST,C=CN");
    CHECK(told(world.lint()) == of_file("certificate.name_differs"));
}

TEST_CASE("A certificate chains to a root when its listing begins, today and when it ends") {
    // The root is there from 2025-11-01 to 2045.
    const auto early = [](const char* from, const char* until) {
        return [from, until](W& w) {
            w.key()["file"] = w.renewed("2025-06-01T00:00:00+08:00");
            if (from != nullptr) w.key()["from"] = from;
            if (until != nullptr) w.key()["until"] = until;
        };
    };
    check_told({
        {"before its root", early(nullptr, nullptr), of_file("certificate.chain_ends")},
        {"listed only later", early(begin, nullptr), {}},
        {"listed later, with an end before",
         early(begin, "2025-07-01"),
         {"certificate.until_before_from " + key_place + ".until"}},
        {"beyond its root",
         [](W& w) {
             w.key()["file"] = w.renewed(begin, 30);
             w.key()["until"] = "2050-01-01";
         },
         of_file("certificate.long_lived") + of_file("certificate.chain_ends")},
        {"no root", [](W& w) { w.json["roots"] = Json::array(); }, {"root.missing roots"}},
    });
    LintWorld world;
    world.key()["file"] = world.renewed("2025-06-01T00:00:00+08:00", 30);
    world.key()["until"] = "2050-01-01";
    const auto faults = world.lint();
    INFO(lines_of(faults));
    REQUIRE(told(faults) == of_file("certificate.long_lived") + of_file("certificate.chain_ends"));
    CHECK(faults[1].text.find(" at 2025-06-01T00:00:00+08:00: ") != std::string::npos);
}
