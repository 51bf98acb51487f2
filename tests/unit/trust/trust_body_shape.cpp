#include <catch2/catch.hpp>
#include <functional>

#include "trust/trust_codec.h"
#include "unit/trust/trust_world.h"

using namespace elic;

namespace {

using cbor::Array;
using cbor::Map;
using cbor::Value;

const std::string body_place = "body " + office_code().text() + ": ";

/// How a good body with one change is refused, without the place.
std::string body_refusal(const Value& value) {
    const auto read = read_trust_body(office_code().text(), cbor::write(value));
    REQUIRE_FALSE(read);
    CHECK(read.error().code == Errc::malformed_trust);
    REQUIRE_THAT(read.error().context, Catch::StartsWith(body_place));
    return read.error().context.substr(body_place.size());
}

Map good_body() {
    auto world = make_world();
    const auto bytes = write_trust_body(world.body()).value();
    return *cbor::read(bytes, {.depth = 6, .entries = 1000, .bytes = 1 << 20}).value().map();
}

/// The first row under a key: 3 or 4.
Array& first_row_of(Map& body, std::size_t key) {
    return std::get<Array>(std::get<Array>(body[key - 1].second.v)[0].v);
}

/// With one part of that row replaced.
Value body_with_part(std::size_t key, std::size_t part, Value value) {
    auto body = good_body();
    first_row_of(body, key)[part] = std::move(value);
    return body;
}

/// With that row of so many parts: cut, or with null behind.
Value body_with_parts(std::size_t key, std::size_t parts) {
    auto body = good_body();
    first_row_of(body, key).resize(parts);
    return body;
}

Value body_with(std::size_t key, Value value) {
    auto body = good_body();
    body[key - 1].second = std::move(value);
    return body;
}

Value body_with_more(Value key, Value value) {
    auto body = good_body();
    body.emplace_back(std::move(key), std::move(value));
    return body;
}

Value row_of_two(Value first, Value second) { return Array{std::move(first), std::move(second)}; }
Value integer(std::int64_t value) { return value; }

IssuingBody one_body(const std::function<void(IssuingBody&)>& change) {
    auto world = make_world();
    change(world.body());
    return world.body();
}

bool body_comes_back(const IssuingBody& body) {
    return read_trust_body(office_code().text(), write_trust_body(body).value()).value() == body;
}

}  // namespace

TEST_CASE("A body is a map of four keys, and of two that may lack") {
    const std::string keys = "a map of keys 1 to 6 is expected", lists = "hosts, certificates and grants are lists";
    for (const Value& value : {Value(), integer(1), Value(Array(4))}) CHECK(body_refusal(value) == keys);
    CHECK(body_refusal(body_with_more(integer(7), row_of_two(Value(other_code().text()), integer(1)))) == keys);
    CHECK(body_refusal(body_with_more(Value("successor"), row_of_two(Value(other_code().text()), integer(1)))) == keys);
    for (const std::size_t key : {2, 3, 4}) {
        CHECK(body_refusal(body_with(key, Value())) == lists);
        auto body = good_body();
        body.erase(body.begin() + static_cast<std::ptrdiff_t>(key - 1));
        CHECK(body_refusal(body) == lists);
    }
    CHECK(body_refusal(Map{}) == "name: a text is expected");
}

TEST_CASE("A certificate of a body has five parts, each of its kind") {
    const std::string parts = "certificates: [digest, from, until, kinds, compromised] is expected";
    const std::string unknown = "certificates: unknown kind of signature";
    CHECK(body_refusal(body_with(3, Array{Value(integer(1))})) == parts);
    CHECK(body_refusal(body_with_parts(3, 4)) == parts);
    CHECK(body_refusal(body_with_parts(3, 6)) == parts);
    CHECK(body_refusal(body_with_part(3, 0, integer(1))) == "certificates: a digest of 32 bytes is expected");
    CHECK(body_refusal(body_with_part(3, 1, Value())) == "certificates: from: seconds since 2000 are expected");
    CHECK(body_refusal(body_with_part(3, 2, Value("x"))) == "certificates: until: seconds since 2000 are expected");
    CHECK(body_refusal(body_with_part(3, 4, Value("x"))) ==
          "certificates: compromised: seconds since 2000 are expected");
    for (const Value& kinds : {Value(), Value("1"), integer(-1), integer(1 << signature_kinds)}) {
        CHECK(body_refusal(body_with_part(3, 3, kinds)) == unknown);
    }
    CHECK(body_refusal(body_with_part(3, 3, integer(0))) == "certificates: no kind of signature");
    CHECK(body_refusal(body_with_part(3, 2, integer(1))) == "certificates: until before from");
}

TEST_CASE("A grant of a body has five parts, each of its kind") {
    const std::string parts = "grants: [type, areas, from, until, rights] is expected";
    CHECK(body_refusal(body_with(4, Array{Value(integer(1))})) == parts);
    CHECK(body_refusal(body_with_parts(4, 4)) == parts);
    CHECK(body_refusal(body_with_parts(4, 6)) == parts);
    CHECK(body_refusal(body_with_part(4, 0, integer(1))) == parts);
    CHECK(body_refusal(body_with_part(4, 1, Value("430100"))) == parts);
    CHECK(body_refusal(body_with_part(4, 1, Array{Value(integer(430100))})) == "grants: a division code is expected");
    CHECK(body_refusal(body_with_part(4, 2, Value())) == "grants: from: days since 2000 are expected");
    CHECK(body_refusal(body_with_part(4, 3, Value("x"))) == "grants: until: days since 2000 are expected");
    CHECK(body_refusal(body_with_part(4, 3, integer(1))) == "grants: until before from");
    // 256 apart from a right that there is, too.
    for (const Value& rights :
         {Value(), Value("1"), integer(0), integer(-1), integer(-255), integer(4), integer(257)}) {
        CHECK(body_refusal(body_with_part(4, 4, rights)) == "grants: unknown right");
    }
}

TEST_CASE("Former names and successor of a body are there as rows of two, or not at all") {
    const std::string name_row = "former names: [name, last day] is expected";
    const std::string code_row = "successor: [code, first day] is expected";
    const auto former = [](Value value) { return body_with_more(integer(5), Array{std::move(value)}); };
    const Value three = Array{Value("a"), integer(1), integer(2)};
    CHECK(body_refusal(body_with_more(integer(5), Array{})) == "former names: a list is expected");
    CHECK(body_refusal(body_with_more(integer(5), Value())) == "former names: a list is expected");
    CHECK(body_refusal(former(integer(1))) == name_row);
    CHECK(body_refusal(former(three)) == name_row);
    CHECK(body_refusal(former(Array{Value("a")})) == name_row);
    CHECK(body_refusal(body_with_more(integer(6), integer(1))) == code_row);
    CHECK(body_refusal(body_with_more(integer(6), Array{Value(other_code().text()), integer(1), integer(2)})) ==
          code_row);
    CHECK(body_refusal(body_with_more(integer(6), Array{Value(other_code().text())})) == code_row);
    CHECK(body_refusal(body_with_more(integer(6), row_of_two(Value(office_code().text()), integer(1)))) ==
          "successor: the body itself");
}

TEST_CASE("A certificate may count for one instant, a grant for one day, not for less") {
    CHECK(body_comes_back(one_body([](IssuingBody& body) { body.certificates[0].until = body.certificates[0].from; })));
    CHECK(body_comes_back(one_body([](IssuingBody& body) { body.grants[0].until = body.grants[0].from; })));
    const auto refused = [](const std::function<void(IssuingBody&)>& change) {
        return write_trust_body(one_body(change)).error().context;
    };
    CHECK(refused([](IssuingBody& body) {
              const auto from = body.certificates[0].from.unix_seconds();
              body.certificates[0].until = Timestamp::from_unix(from - 1).value();
          }) == body_place + "certificates: until before from");
    CHECK(refused([](IssuingBody& body) { body.grants[0].until = on("2025-12-31"); }) ==
          body_place + "grants: until before from");
}

TEST_CASE("A certificate may make every kind of signature there is, and no other") {
    CHECK(
        body_comes_back(one_body([](IssuingBody& body) { body.certificates[0].kinds = (1U << signature_kinds) - 1; })));
    for (const std::uint32_t kinds : {0U, 1U << signature_kinds}) {
        const auto body = one_body([kinds](IssuingBody& each) { each.certificates[0].kinds = kinds; });
        CHECK(write_trust_body(body).error().context == body_place + "certificates: no kind of signature");
    }
}

TEST_CASE("A grant gives one of the two rights or both, and no other") {
    for (const int rights : {0, 1, 2, 3, 4}) {
        CAPTURE(rights);
        const auto body =
            one_body([&](IssuingBody& each) { each.grants[0].rights = static_cast<std::uint8_t>(rights); });
        if (rights >= 1 && rights <= 3) {
            CHECK(body_comes_back(body));
        } else {
            CHECK(write_trust_body(body).error().context == body_place + "grants: unknown right");
        }
    }
}

TEST_CASE("The last days of former names ascend, by a day at least") {
    const auto renamed = [](const char* first, const char* second) {
        return one_body([&](IssuingBody& body) { body.former_names = {{"甲", on(first)}, {"乙", on(second)}}; });
    };
    CHECK(body_comes_back(renamed("2019-12-31", "2020-01-01")));
    for (const char* second : {"2019-12-31", "2019-12-30"}) {
        CHECK(write_trust_body(renamed("2019-12-31", second)).error().context ==
              body_place + "former names: last days must ascend");
    }
}

TEST_CASE("A body of more parts than are read is not written") {
    const auto body = one_body([](IssuingBody& each) { each.hosts.assign(20001, "h"); });
    const auto written = write_trust_body(body);
    REQUIRE_FALSE(written);
    CHECK(written.error().code == Errc::malformed_trust);
    CHECK_THAT(written.error().context, Catch::StartsWith(body_place));
}
