#include "base/hex.h"

#include <catch2/catch.hpp>

using namespace elic;

TEST_CASE("Hex is written in lower case and read in either") {
    const Bytes bytes{0x00, 0x0f, 0xa5, 0xff};
    CHECK(to_hex(bytes) == "000fa5ff");
    CHECK(from_hex("000fA5Ff").value() == bytes);
    CHECK(from_hex("").value().empty());
}

TEST_CASE("Hex refuses odd lengths and other characters, with the offset") {
    CHECK(from_hex("abc").error() == Error{Errc::malformed_text, "offset 3: the number of hexadecimal digits is odd"});
    CHECK(from_hex("ab g").error().context == "offset 2: a hexadecimal digit is expected");
    CHECK_FALSE(from_hex("0x12"));
    CHECK_FALSE(from_hex("\xef\xbc\x91\x31"));
}
