#include "elic/base/timestamp.h"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <ctime>

using namespace elic;

TEST_CASE("Timestamp knows well-known instants") {
    const auto epoch = Timestamp::from_unix(0);
    REQUIRE(epoch);
    CHECK(epoch->format() == "1970-01-01T08:00:00+08:00");
    CHECK(epoch->epoch_2000_seconds() == -946684800);
    // 1000000000 of Unix time is 2001-09-09T01:46:40Z.
    CHECK(Timestamp::parse("2001-09-09T01:46:40Z")->unix_seconds() == 1000000000);
    CHECK(Timestamp::from_epoch_2000(0)->format() == "2000-01-01T08:00:00+08:00");
}

TEST_CASE("Timestamp parses offsets and bare dates") {
    CHECK(*Timestamp::parse("2024-03-01T00:00:00+08:00") == *Timestamp::parse("2024-02-29T16:00:00Z"));
    CHECK(*Timestamp::parse("2024-03-01T00:00:00-05:30") == *Timestamp::parse("2024-03-01T05:30:00Z"));
    const Date day = *Date::parse("2024-02-29");
    CHECK(*Timestamp::parse("2024-02-29") == Timestamp::last_second_of(day));
    CHECK(Timestamp::last_second_of(day).format() == "2024-02-29T23:59:59+08:00");
    CHECK(Timestamp::first_second_of(day).format() == "2024-02-29T00:00:00+08:00");
}

TEST_CASE("Timestamp gives the civil day in +08:00") {
    CHECK(Timestamp::parse("2024-02-29T15:59:59Z")->day().format() == "2024-02-29");
    CHECK(Timestamp::parse("2024-02-29T16:00:00Z")->day().format() == "2024-03-01");
    CHECK(Timestamp::parse("1900-01-01T00:00:00+08:00")->day().format() == "1900-01-01");
}

TEST_CASE("Timestamp refuses other forms") {
    for (const char* text :
         {"", "2024-02-29T00:00:00", "2024-02-29 00:00:00Z", "2024-02-29T00:00:00z", "2024-02-29T24:00:00Z",
          "2024-02-29T23:60:00Z", "2024-02-29T23:59:60Z", "2024-02-29T23:59:59.5Z", "2024-02-30T00:00:00Z",
          "2024-02-29T00:00:00+0800", "2024-02-29T00:00:00+24:00", "2024-02-29T00:00:00+08:60", "2024-02-29T00:00:00Z ",
          "2024-02-29T00:00Z", "2024-02-29T00-00-00Z"}) {
        INFO(text);
        const auto refused = Timestamp::parse(text);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == Errc::malformed_value);
    }
}

TEST_CASE("Timestamp covers 1900..2199 in +08:00 and nothing else") {
    const auto first = Timestamp::first_second_of(*Date::parse("1900-01-01"));
    const auto last = Timestamp::last_second_of(*Date::parse("2199-12-31"));
    CHECK(Timestamp::from_unix(first.unix_seconds()));
    CHECK(Timestamp::from_unix(last.unix_seconds()));
    CHECK_FALSE(Timestamp::from_unix(first.unix_seconds() - 1));
    CHECK_FALSE(Timestamp::from_unix(last.unix_seconds() + 1));
    CHECK(*Timestamp::from_epoch_2000(last.epoch_2000_seconds()) == last);
    CHECK_FALSE(Timestamp::from_epoch_2000(first.epoch_2000_seconds() - 1));
    CHECK_FALSE(Timestamp::from_epoch_2000(last.epoch_2000_seconds() + 1));
    CHECK_FALSE(Timestamp::from_unix(INT64_MIN));
    CHECK_FALSE(Timestamp::from_epoch_2000(INT64_MAX));
    CHECK_FALSE(Timestamp::parse("1900-01-01T00:00:00+09:00"));
    CHECK(last.day().format() == "2199-12-31");
}

TEST_CASE("Timestamp does not depend on the time zone of the process") {
    const char* before = std::getenv("TZ");
    const std::string kept = before == nullptr ? "" : before;
    ::setenv("TZ", "America/Los_Angeles", 1);
    ::tzset();
    const std::string text = Timestamp::parse("2024-07-01T12:00:00+08:00")->format();
    if (before == nullptr) {
        ::unsetenv("TZ");
    } else {
        ::setenv("TZ", kept.c_str(), 1);
    }
    ::tzset();
    CHECK(text == "2024-07-01T12:00:00+08:00");
}
