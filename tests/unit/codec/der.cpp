#include "codec/der.h"

#include <catch2/catch.hpp>

#include "base/hex.h"

using namespace elic;

namespace {

Bytes bytes(std::string_view hex) { return from_hex(hex).value(); }

std::string refusal(std::string_view hex) {
    const Bytes input = bytes(hex);
    der::Reader reader(input);
    const auto element = reader.any("value");
    REQUIRE_FALSE(element);
    CHECK(element.error().code == Errc::malformed_der);
    return element.error().context;
}

/// A function of a value's element, applied to hexadecimal DER.
template <class F>
auto value(std::string_view hex, F read) {
    const Bytes input = bytes(hex);
    der::Reader reader(input);
    auto result = read(reader.any("value").value(), "value");
    return result ? std::optional(*result) : std::nullopt;
}

}  // namespace

TEST_CASE("DER: a value is read with its raw bytes and its place") {
    const Bytes input = bytes("3006020105040101");
    const auto outer = der::read_whole(input, der::sequence, "outer").value();
    CHECK(outer.offset == 0);
    CHECK(outer.whole.size() == 8);
    der::Reader inside(outer);
    CHECK(inside.next_tag() == der::integer);
    const auto number = inside.next(der::integer, "number").value();
    CHECK(number.offset == 2);
    CHECK(der::read_integer(number, "number").value() == 5);
    CHECK_FALSE(inside.optional(der::set, "set").value());
    const auto octets = inside.optional(der::octet_string, "octets").value().value();
    CHECK(octets.offset == 5);
    CHECK(to_hex(octets.whole) == "040101");
    CHECK(inside.at_end());
    CHECK(inside.end("outer"));
    CHECK_FALSE(inside.next_tag());
}

TEST_CASE("DER: what is not there, too short or too long is refused with its offset") {
    CHECK(refusal("") == "offset 0: value: is missing");
    CHECK(refusal("30") == "offset 0: value: is cut off");
    CHECK(refusal("3081") == "offset 0: value: is cut off");
    CHECK(refusal("3004020101") == "offset 0: value: is longer than what holds it");
}

TEST_CASE("DER: long forms that BER allows are refused") {
    CHECK(refusal("30800000") == "offset 0: value: an indefinite length");
    CHECK(refusal("04810101") == "offset 0: value: a length not in its shortest form");
    CHECK(refusal("0482000101") == "offset 0: value: a length not in its shortest form");
    CHECK(refusal("048400000001ff") == "offset 0: value: a length of more than three octets");
    CHECK(refusal("1f0100") == "offset 0: value: an identifier of several octets");
}

TEST_CASE("DER: another type than the expected one, and bytes that follow, are refused") {
    const Bytes input = bytes("300302010500");
    CHECK(der::read_whole(input, der::sequence, "seal").error().context ==
          "offset 5: seal: something follows that does not belong there");
    CHECK(der::read_whole(input, der::set, "seal").error().context ==
          "offset 0: seal: type 0x30 where 0x31 is expected");
}

TEST_CASE("DER: numbers of members and bytes are limited") {
    Bytes many;
    for (std::size_t i = 0; i <= der::max_members; ++i) many.insert(many.end(), {0x05, 0x00});
    der::Reader reader(many);
    for (std::size_t i = 0; i < der::max_members; ++i) REQUIRE(reader.any("null"));
    CHECK(reader.any("null").error().code == Errc::limit_exceeded);
    const Bytes huge(der::max_bytes + 1, 0x30);
    CHECK(der::read_whole(huge, der::sequence, "seal").error().code == Errc::limit_exceeded);
}

TEST_CASE("DER: truth values, numbers and bit strings have one form") {
    CHECK(value("0101ff", der::read_boolean) == true);
    CHECK(value("010100", der::read_boolean) == false);
    CHECK_FALSE(value("010101", der::read_boolean));
    CHECK_FALSE(value("0100", der::read_boolean));
    CHECK(value("02017f", der::read_integer) == 127);
    CHECK(value("02020080", der::read_integer) == 128);
    CHECK(value("0201ff", der::read_integer) == -1);
    CHECK(value("02087fffffffffffffff", der::read_integer) == std::numeric_limits<std::int64_t>::max());
    CHECK(value("02088000000000000000", der::read_integer) == std::numeric_limits<std::int64_t>::min());
    CHECK_FALSE(value("0200", der::read_integer));
    CHECK_FALSE(value("0202007f", der::read_integer));
    CHECK_FALSE(value("0202ffff", der::read_integer));
    CHECK_FALSE(value("0209008000000000000000", der::read_integer));
    CHECK_FALSE(value("0300", der::read_bit_string));
    CHECK_FALSE(value("030204f0", der::read_bit_string));
    CHECK(value("030200f0", [](const auto& element, auto what) -> Result<std::size_t> {
              return der::read_bit_string(element, what)->size();
          }) == 1U);
}

TEST_CASE("DER: object identifiers are read and written") {
    for (const std::string_view dotted :
         {"1.2.156.10197.1.501", "2.5.29.15", "0.9.2342.19200300.100.1.25", "2.999.3", "1.2.840.113549.1.9.16.2.47"}) {
        const auto written = der::write_object_identifier(dotted);
        der::Reader reader(written);
        CHECK(der::read_object_identifier(reader.any("oid").value(), "oid").value() == dotted);
    }
    CHECK(to_hex(der::write_object_identifier("1.2.156.10197.1.501")) == "06082a811ccf55018375");
    CHECK_FALSE(value("0600", der::read_object_identifier));
    CHECK_FALSE(value("06022a81", der::read_object_identifier));
    CHECK_FALSE(value("06032a8001", der::read_object_identifier));
    CHECK_FALSE(value("06062a9080808000", der::read_object_identifier));
}

TEST_CASE("DER: times are UTC to the second") {
    const auto at = Timestamp::parse("2026-11-26T07:59:59+08:00").value();
    CHECK(as_text(der::write_generalized_time(at)).substr(2) == "20261125235959Z");
    CHECK(as_text(der::write_utc_time(at)).substr(2) == "261125235959Z");
    for (const auto& written : {der::write_generalized_time(at), der::write_utc_time(at)}) {
        der::Reader reader(written);
        CHECK(der::read_time(reader.any("time").value(), "time").value() == at);
    }
    CHECK(value("170d3439313233313233353935395a", der::read_time) == Timestamp::parse("2049-12-31T23:59:59Z").value());
    CHECK(value("170d3530303130313030303030305a", der::read_time) == Timestamp::parse("1950-01-01T00:00:00Z").value());
    const auto time = [](std::string_view text) {
        const auto written = der::write_text(der::generalized_time, text);
        der::Reader reader(written);
        return der::read_time(reader.any("time").value(), "time").has_value();
    };
    CHECK(time("20240229000000Z"));
    CHECK_FALSE(time("20230229000000Z"));
    CHECK_FALSE(time("20240101240000Z"));
    CHECK_FALSE(time("20240101006000Z"));
    CHECK_FALSE(time("20240101000060Z"));
    CHECK_FALSE(time("20240101000000"));
    CHECK_FALSE(time("20240101000000.5Z"));
    CHECK_FALSE(time("20240101000000+0800"));
}

TEST_CASE("DER: what is written is read back, at every length form") {
    for (const std::size_t size : {0, 1, 127, 128, 255, 256, 65535, 65536}) {
        const Bytes written = der::write_octet_string(Bytes(size, 0x5a));
        CHECK(der::read_whole(written, der::octet_string, "octets").value().content.size() == size);
    }
    CHECK(to_hex(der::write_integer(0)) == "020100");
    CHECK(to_hex(der::write_integer(128)) == "02020080");
    CHECK(to_hex(der::write_integer(-129)) == "0202ff7f");
    const std::vector<Bytes> members = {bytes("0203010000"), bytes("020101")};
    CHECK(to_hex(der::write_set(members)) == "31080201010203010000");
    CHECK(to_hex(der::write_sequence(members)) == "30080203010000020101");
    CHECK(to_hex(der::write_bit_string(bytes("ff"))) == "030200ff");
}
