#include "base/hex.h"

#include <catch2/catch.hpp>

using namespace elic;

namespace {
Bytes bytes_of(std::string_view text) { return {text.begin(), text.end()}; }
}  // namespace

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

TEST_CASE("Base64 gives the examples of RFC 4648, 10") {
    const std::pair<std::string_view, std::string_view> examples[] = {{"", ""},
                                                                      {"f", "Zg=="},
                                                                      {"fo", "Zm8="},
                                                                      {"foo", "Zm9v"},
                                                                      {"foob", "Zm9vYg=="},
                                                                      {"fooba", "Zm9vYmE="},
                                                                      {"foobar", "Zm9vYmFy"}};
    for (const auto& [plain, encoded] : examples) {
        CHECK(to_base64(as_bytes(plain)) == encoded);
        CHECK(from_base64(encoded).value() == bytes_of(plain));
    }
    CHECK(to_base64(Bytes{0xfb, 0xff, 0xfe}) == "+//+");
    CHECK(from_base64("+//+").value() == Bytes{0xfb, 0xff, 0xfe});
}

TEST_CASE("Base64 refuses every second spelling") {
    for (const char* text : {"Zg", "Zg=", "Zg===", "Z===", "====", "Zh==", "Zm9=", "Zg==Zg==", "Zm9v\n", "Zm 9", "Zm9-",
                             "Zm9_", "=g==", "Zg=A", "Zm9vY==="}) {
        INFO(text);
        const auto refused = from_base64(text);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == Errc::malformed_text);
        CHECK(refused.error().context.starts_with("offset "));
    }
}
