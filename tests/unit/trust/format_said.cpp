#include <catch2/catch.hpp>

#include "trust/format_name.h"

using namespace elic;

namespace {

/// A file of two heads and a text of so many letters.
Bytes file_of(std::uint8_t array, std::uint8_t text, std::size_t letters) {
    Bytes file = {array, text};
    file.insert(file.end(), letters, 'x');
    return file;
}

}  // namespace

TEST_CASE("A file says its format as the first text of a short array") {
    for (const std::uint8_t array : {0x80, 0x81, 0x97}) {
        CHECK(format_said_by(file_of(array, 0x60, 0)) == "");
        CHECK(format_said_by(file_of(array, 0x63, 3)) == "xxx");
        CHECK(format_said_by(file_of(array, 0x63, 9)) == "xxx");
        CHECK(format_said_by(file_of(array, 0x77, 23)) == std::string(23, 'x'));
    }
}

TEST_CASE("A file that is too short, or does not begin with such an array and text, says no format") {
    CHECK_FALSE(format_said_by({}));
    CHECK_FALSE(format_said_by(Bytes{0x81}));
    CHECK_FALSE(format_said_by(file_of(0x81, 0x63, 2)));
    CHECK_FALSE(format_said_by(file_of(0x7f, 0x63, 99)));
    CHECK_FALSE(format_said_by(file_of(0x98, 0x63, 99)));
    CHECK_FALSE(format_said_by(file_of(0x81, 0x5f, 99)));
    CHECK_FALSE(format_said_by(file_of(0x81, 0x78, 99)));
}

TEST_CASE("Formats of the same words differ by their numbers, as numbers; all else is another format") {
    struct MatchCase {
        const char *said, *ours;
        FormatMatch match;
    };
    const MatchCase cases[] = {
        {"elic list 1", "elic list 1", FormatMatch::same},
        {"elic list 2", "elic list 1", FormatMatch::newer},
        {"elic list 0", "elic list 1", FormatMatch::older},
        {"elic list 10", "elic list 9", FormatMatch::newer},
        {"elic list 9", "elic list 10", FormatMatch::older},
        {"elic other 2", "elic list 1", FormatMatch::other},
        {"elic list 02", "elic list 1", FormatMatch::other},
        {"elic list 2a", "elic list 1", FormatMatch::other},
        {"elic list ", "elic list 1", FormatMatch::other},
        {"elic list", "elic list 1", FormatMatch::other},
        {"elic list 1 2", "elic list 1", FormatMatch::other},
        {"7", "5", FormatMatch::other},
        {"list", "list", FormatMatch::same},
        {"", "elic list 1", FormatMatch::other},
    };
    for (const auto& [said, ours, match] : cases) {
        CAPTURE(said, ours);
        CHECK(match_format(said, ours) == match);
    }
}
