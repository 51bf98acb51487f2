#include <catch2/catch.hpp>

#include "vectors/status_json.h"
#include "vectors/vector_support.h"

using namespace elic;

namespace {

const std::vector<std::string> known_keys = {"comment", "kind", "expect", "meaning", "answers"};

template <class T>
std::string outcome_of(const Result<T>& read) {
    if (read) return "ok";
    return read.error().code == Errc::malformed_trust  ? "malformed"
           : read.error().code == Errc::limit_exceeded ? "limit"
                                                       : "other";
}

/// What is read is as the vector says, and is written as the same bytes.
template <class T>
void check(const test::Vector& vector, const Bytes& bytes, const Result<T>& read, Result<Bytes> (*write)(const T&)) {
    CHECK(outcome_of(read) == vector.header.at("expect"));
    if (!read) return;
    CHECK(test::to_json(*read) == vector.header.at("meaning"));
    CHECK(write(*read).value() == bytes);
}

void check_vector(const test::Vector& vector) {
    const auto& kind = vector.header.at("kind");
    const auto line = vector.body.find('\n');
    const auto first = from_hex(vector.body.substr(0, line)).value();
    if (kind == "delta") return check(vector, first, read_status_delta(first), write_status_delta);
    const auto list = read_status_list(first);
    if (kind == "list") return check(vector, first, list, write_status_list);
    REQUIRE(kind == "apply");
    const auto delta = read_status_delta(from_hex(vector.body.substr(line + 1)).value());
    const auto after = apply_status_delta(list.value(), delta.value());
    CHECK(outcome_of(after) == vector.header.at("expect"));
    if (after) CHECK(test::to_json(*after) == vector.header.at("meaning"));
}

}  // namespace

TEST_CASE("Every status vector is read as it says") {
    int count = 0;
    for (const auto& entry :
         std::filesystem::directory_iterator(std::filesystem::path(ELIC_SOURCE_DIR) / "testdata/vectors/status")) {
        const auto vector = test::read_vector(entry.path(), known_keys);
        INFO(vector.name);
        check_vector(vector);
        ++count;
    }
    CHECK(count >= 50);
}
