#include "payload_fixture.h"

using namespace elic;
using test::changed;
using test::drop;
using test::put;

namespace {

Bytes sample() { return write_claims(test::sample_license(), test::sample_pack()).value(); }

/// The error of the sample's claims after a change.
Error refusal(const std::function<void(cbor::Map&)>& change) {
    const auto claims = read_claims(changed(sample(), change));
    REQUIRE_FALSE(claims.has_value());
    return claims.error();
}

void check_names_key(std::int64_t key, cbor::Value value) {
    const auto error = refusal([&](cbor::Map& map) { put(map, key, value); });
    INFO(key << ": " << error.context);
    CHECK(error.code == Errc::malformed_payload);
    CHECK(error.context.find("key " + std::to_string(key)) != std::string::npos);
}

}  // namespace

TEST_CASE("Base claims are read without their pack") {
    const auto claims = read_claims(sample()).value();
    CHECK(claims.pack == test::sample_pack().prefix());
    CHECK(claims.issuer.text() == "11430199MB00TX017C");
    CHECK(claims.serial == "20260001");
    CHECK(claims.packed_number == 1 * 1000 + 7);  // 乙 is choice 1
    CHECK_FALSE(claims.number.has_value());
    CHECK(claims.revision == 1);
    CHECK(claims.holders == test::sample_license().holders);
    CHECK(claims.validity == test::sample_license().validity);
    CHECK(claims.signed_at == test::sample_license().signed_at);
    CHECK(claims.status == StatusReference{.list = 1, .index = 77});
    CHECK(claims.face.size() == 1);
    CHECK_FALSE(claims.critical_unknown);
}

TEST_CASE("Each required claim is missed by its key") {
    for (std::int64_t key : {1, 2, 3, 6, 7, 10, 11, 12}) {
        const auto error = refusal([&](cbor::Map& map) { drop(map, key); });
        CHECK(error.code == Errc::malformed_payload);
        CHECK(error.context.find("key " + std::to_string(key)) != std::string::npos);
    }
}

TEST_CASE("A claim of another form is refused with its key") {
    check_names_key(1, Bytes(5));
    check_names_key(1, std::string("abcd"));
    check_names_key(2, Bytes(8));
    check_names_key(2, std::string("11430199MB00TX017C"));
    check_names_key(2, std::string("11430199MB00TX017A"));
    check_names_key(3, Bytes(15));
    check_names_key(3, std::int64_t{-1});
    check_names_key(3, std::string("ab"));
    check_names_key(3, std::string(65, 'Z'));
    check_names_key(3, std::string());
    check_names_key(4, std::int64_t{-1});
    check_names_key(4, cbor::Value());
    check_names_key(5, std::int64_t{1});
    check_names_key(5, std::int64_t{1000});
    check_names_key(6, cbor::Array{});
    check_names_key(6, std::int64_t{1});
    check_names_key(7, std::int64_t{73050});
    check_names_key(7, std::int64_t{-36525});
    check_names_key(9, std::string("长期"));
    check_names_key(10, std::string("2026"));
    check_names_key(10, std::int64_t{1} << 40);
    check_names_key(11, std::int64_t{-1});
    check_names_key(12, Bytes(1));
}

TEST_CASE("What packs is not read as text") {
    for (const std::string serial : {"5", "9223372036854775807", "0A1B2C3D4E5F60718293A4B5C6D7E8F9"}) {
        CHECK(refusal([&](cbor::Map& map) { put(map, 3, serial); }).code == Errc::malformed_payload);
    }
    const auto holder = [&](std::int64_t kind, const std::string& code) {
        return refusal([&](cbor::Map& map) {
                   put(map, 6, cbor::Array{std::string("Q"), cbor::Array{kind, code}});
               })
            .code;
    };
    CHECK(holder(111, "430199198502280019") == Errc::malformed_payload);
    CHECK(holder(1, "91430199MA00EX011J") == Errc::malformed_payload);
    CHECK(holder(777, "1") == Errc::malformed_payload);
    CHECK(holder(-1, "1") == Errc::malformed_payload);
    CHECK(holder(414, std::string(65, 'Q')) == Errc::malformed_payload);
    CHECK(holder(111, std::string(65, '*')) == Errc::malformed_payload);
}

TEST_CASE("Keys 13 to 15 tell of a newer version, 16 to 23 are kept to be shown") {
    for (std::int64_t key : {13, 14, 15}) {
        CHECK(
            read_claims(changed(sample(), [&](cbor::Map& map) { put(map, key, std::int64_t{1}); }))->critical_unknown);
    }
    const auto claims = read_claims(changed(sample(), [](cbor::Map& map) {
                            put(map, 16, std::string("later"));
                            put(map, 23, cbor::Array{std::int64_t{1}, Bytes{2}});
                        })).value();
    REQUIRE(claims.shown_unknown.size() == 2);
    CHECK(claims.shown_unknown[0].first == 16);
    CHECK(*claims.shown_unknown[0].second.text() == "later");
    CHECK(claims.shown_unknown[1].first == 23);
}

TEST_CASE("Unclean texts and nulls of unknown keys are not shown") {
    const std::string hidden = "a\xE2\x80\x8B";
    for (const cbor::Value& value : {cbor::Value(), cbor::Value(hidden), cbor::Value(cbor::Array{cbor::Value(hidden)}),
                                     cbor::Value(cbor::Map{{cbor::Value(hidden), cbor::Value(std::int64_t{1})}})}) {
        CHECK(refusal([&](cbor::Map& map) { put(map, 17, value); }).code == Errc::malformed_payload);
    }
}

TEST_CASE("Keys outside -24..23 and keys of another type are refused") {
    for (std::int64_t key : {0, 24, 1000, -25, -1000}) {
        CHECK(refusal([&](cbor::Map& map) { put(map, key, std::int64_t{1}); }).code == Errc::malformed_payload);
    }
    CHECK(refusal([](cbor::Map& map) { map.emplace_back(Bytes{1}, std::int64_t{1}); }).code == Errc::malformed_payload);
    CHECK(refusal([](cbor::Map& map) { map.emplace_back(cbor::Value(), std::int64_t{1}); }).code ==
          Errc::malformed_payload);
}

TEST_CASE("A field by label is read; its label and text are clean") {
    const auto claims = read_claims(changed(sample(), [](cbor::Map& map) {
                            map.emplace_back(std::string("附页"), std::string("Q2"));
                        })).value();
    CHECK(claims.extra_face == std::vector<std::pair<std::string, std::string>>{{"附页", "Q2"}});
    for (const std::string label : {"", "a\nb", "a\xE2\x80\x8B"}) {
        CHECK(refusal([&](cbor::Map& map) { map.emplace_back(label, std::string("Q2")); }).code ==
              Errc::malformed_payload);
    }
    CHECK(refusal([&](cbor::Map& map) { map.emplace_back(std::string("附页"), std::int64_t{1}); }).code ==
          Errc::malformed_payload);
}

TEST_CASE("Size, depth and number of entries are limited") {
    CHECK(refusal([](cbor::Map& map) { put(map, 20, Bytes(2200)); }).code == Errc::limit_exceeded);
    // Sizes are given, not braces: the compilers differ on whether Array{Array{...}} nests or copies.
    const cbor::Array inner(1, cbor::Value(cbor::Array{}));
    CHECK(refusal([&](cbor::Map& map) { put(map, 20, cbor::Array(1, cbor::Value(inner))); }).code ==
          Errc::limit_exceeded);
    CHECK(refusal([](cbor::Map& map) { put(map, 20, cbor::Array(64, std::int64_t{1})); }).code == Errc::limit_exceeded);
}

TEST_CASE("What is no map of claims is refused") {
    CHECK(read_claims({}).error().code == Errc::malformed_payload);
    CHECK(read_claims(Bytes{0x80}).error().code == Errc::malformed_payload);
    CHECK(read_claims(Bytes{0xA0}).error().code == Errc::malformed_payload);
    CHECK(read_claims(Bytes{0xBF, 0xFF}).error().code == Errc::malformed_payload);
}
