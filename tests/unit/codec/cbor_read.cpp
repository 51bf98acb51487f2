#include <catch2/catch.hpp>
#include <limits>

#include "base/hex.h"
#include "codec/cbor.h"

using namespace elic;
using cbor::Value;

namespace {

Result<Value> read(std::string_view hex, cbor::Limits limits = {}) { return cbor::read(from_hex(hex).value(), limits); }

Error refusal(std::string_view hex, cbor::Limits limits = {}) {
    const auto value = read(hex, limits);
    REQUIRE_FALSE(value);
    return value.error();
}

}  // namespace

// RFC 8949, appendix A: the examples inside our subset.
TEST_CASE("CBOR examples of RFC 8949 are read and written back") {
    for (const char* hex : {"00",
                            "01",
                            "0a",
                            "17",
                            "1818",
                            "1819",
                            "1864",
                            "1903e8",
                            "1a000f4240",
                            "1b000000e8d4a51000",
                            "20",
                            "29",
                            "3863",
                            "3903e7",
                            "f6",
                            "40",
                            "4401020304",
                            "60",
                            "6161",
                            "6449455446",
                            "62225c",
                            "62c3bc",
                            "63e6b0b4",
                            "64f0908591",
                            "80",
                            "83010203",
                            "8301820203820405",
                            "98190102030405060708090a0b0c0d0e0f101112131415161718181819",
                            "a0",
                            "a201020304",
                            "a26161016162820203",
                            "826161a161626163",
                            "a56161614161626142616361436164614461656145"}) {
        INFO(hex);
        const auto value = read(hex);
        REQUIRE(value);
        CHECK(to_hex(cbor::write(*value)) == hex);
    }
    CHECK(*read("1b000000e8d4a51000")->integer() == 1000000000000);
    CHECK(*read("3903e7")->integer() == -1000);
    CHECK(*read("63e6b0b4")->text() == "水");
    CHECK(read("f6")->is_null());
}

TEST_CASE("CBOR integers reach to the ends of 64 bits and no further") {
    CHECK(*read("1b7fffffffffffffff")->integer() == std::numeric_limits<std::int64_t>::max());
    CHECK(*read("3b7fffffffffffffff")->integer() == std::numeric_limits<std::int64_t>::min());
    CHECK(refusal("1b8000000000000000").code == Errc::malformed_cbor);
    CHECK(refusal("3b8000000000000000").code == Errc::malformed_cbor);
    CHECK(refusal("3bffffffffffffffff").code == Errc::malformed_cbor);
}

TEST_CASE("CBOR that is not deterministic or not allowed is malformed at its offset") {
    const std::pair<const char*, const char*> cases[] = {
        {"1817", "offset 0: a number is not in its shortest form"},
        {"811900ff", "offset 1: a number is not in its shortest form"},
        {"1a0000ffff", "offset 0: a number is not in its shortest form"},
        {"1b00000000ffffffff", "offset 0: a number is not in its shortest form"},
        {"3800", "offset 0: a number is not in its shortest form"},
        {"5801aa", "offset 0: a number is not in its shortest form"},
        {"980100", "offset 0: a number is not in its shortest form"},
        {"b8010001", "offset 0: a number is not in its shortest form"},
        {"9fff", "offset 0: an indefinite length is not allowed"},
        {"bfff", "offset 0: an indefinite length is not allowed"},
        {"5f4101ff", "offset 0: an indefinite length is not allowed"},
        {"7f6161ff", "offset 0: an indefinite length is not allowed"},
        {"1f", "offset 0: an indefinite length is not allowed"},
        {"1c", "offset 0: a reserved length form"},
        {"c000", "offset 0: a tag is not allowed"},
        {"81d81800", "offset 1: a tag is not allowed"},
        {"f4", "offset 0: of floats and simple values only null is allowed"},
        {"f5", "offset 0: of floats and simple values only null is allowed"},
        {"f7", "offset 0: of floats and simple values only null is allowed"},
        {"f816", "offset 0: of floats and simple values only null is allowed"},
        {"f93c00", "offset 0: of floats and simple values only null is allowed"},
        {"fb3ff199999999999a", "offset 0: of floats and simple values only null is allowed"},
        {"ff", "offset 0: of floats and simple values only null is allowed"},
        {"a202000100", "offset 3: the keys of a map are not in order"},
        {"a261620061610a", "offset 4: the keys of a map are not in order"},
        {"a220000000", "offset 3: the keys of a map are not in order"},
        {"a201000100", "offset 3: a key of a map is repeated"},
        {"8161ff", "offset 1: a text is not valid UTF-8"},
        {"62c080", "offset 0: a text is not valid UTF-8"},
        {"63eda080", "offset 0: a text is not valid UTF-8"},
        {"0000", "offset 1: bytes follow the end of the value"},
        {"", "offset 0: the value ends too early"},
        {"8201", "offset 0: an array or map is longer than the rest"},
        {"828100", "offset 3: the value ends too early"},
        {"a101", "offset 0: an array or map is longer than the rest"},
        {"19ff", "offset 0: the head of a value is cut off"},
        {"1b00", "offset 0: the head of a value is cut off"},
        {"4201", "offset 0: a string is longer than the rest"},
        {"7bffffffffffffffff", "offset 0: a string is longer than the rest"},
    };
    for (const auto& [hex, context] : cases) {
        INFO(hex);
        CHECK(refusal(hex) == Error{Errc::malformed_cbor, context});
    }
}

TEST_CASE("CBOR key order is that of the encoded bytes, not of length first") {
    // RFC 8949 4.2.1: 10, 100, -1, "z", "aa", [100], [-1] is in order.
    const auto value = read(
        "a70a0018640020006"
        "17a00626161008118640081200"
        "0",
        {.depth = 3, .entries = 64, .bytes = 4096});
    REQUIRE(value);
    REQUIRE(value->map()->size() == 7);
    CHECK(*value->map()->at(3).first.text() == "z");
    CHECK(value->map()->at(6).first.array() != nullptr);
}

TEST_CASE("CBOR limits are errors of their own, before anything is reserved") {
    CHECK(read("818100", {.depth = 2, .entries = 2, .bytes = 3}));
    CHECK(refusal("818100", {.depth = 1, .entries = 2, .bytes = 3}).code == Errc::limit_exceeded);
    CHECK(refusal("818100", {.depth = 2, .entries = 1, .bytes = 3}).code == Errc::limit_exceeded);
    CHECK(refusal("818100", {.depth = 2, .entries = 2, .bytes = 2}).code == Errc::limit_exceeded);
    CHECK(read("a10080", {.depth = 2, .entries = 1, .bytes = 3}));
    CHECK(refusal("a1a00000", {.depth = 1, .entries = 9, .bytes = 9}).code == Errc::limit_exceeded);
    CHECK(refusal("9bffffffffffffffff").code == Errc::limit_exceeded);
    CHECK(refusal("9a7fffffff", {.depth = 3, .entries = SIZE_MAX, .bytes = 4096}).code == Errc::malformed_cbor);
    CHECK(
        read("81a100a100"
             "00",
             {.depth = 3}));
    CHECK(refusal("81818180").code == Errc::limit_exceeded);
    const Bytes deep(4000, 0x81);
    CHECK(cbor::read(deep, {}).error().code == Errc::limit_exceeded);
}

TEST_CASE("CBOR with any byte cut off the end is malformed") {
    const Bytes whole = from_hex("a3010220430102036261628201f6").value();
    REQUIRE(cbor::read(whole, {}));
    for (std::size_t size = 0; size < whole.size(); ++size) {
        const auto cut = cbor::read(BytesView(whole).first(size), {});
        REQUIRE_FALSE(cut);
        CHECK(cut.error().code == Errc::malformed_cbor);
    }
}

TEST_CASE("Every short byte string is either refused or written back the same") {
    std::size_t accepted = 0;
    std::size_t wrong = 0;
    for (std::uint32_t n = 0; n < (1u << 24); n += 1) {
        const Bytes bytes{static_cast<std::uint8_t>(n >> 16), static_cast<std::uint8_t>(n >> 8),
                          static_cast<std::uint8_t>(n)};
        if (bytes[0] < 0x18 || (bytes[0] > 0x62 && bytes[0] < 0x80)) continue;  // trailing or missing bytes
        if (const auto value = cbor::read(bytes, {})) {
            ++accepted;
            if (cbor::write(*value) != bytes) ++wrong;
        }
        if (n % 7 == 0) n += 12;  // a regular sample is enough
    }
    CHECK(wrong == 0);
    CHECK(accepted > 1000);
}
