#include "elic/license/holder.h"

#include <catch2/catch.hpp>

#include "base/text.h"

using namespace elic;

namespace {

HolderCodeType type(const char* code) { return HolderCodeType::parse(code).value(); }
bool accepted(const char* code_type, std::string code) {
    return check_holder({"示例", type(code_type), std::move(code)}).has_value();
}

}  // namespace

TEST_CASE("HolderCodeType knows the annex and what is met beside it") {
    CHECK(type("001").is_uscc());
    CHECK(type("111").name() == "公民身份号码");
    CHECK(type("099").text() == "099");
    for (const char* none : {"", "1", "0111", "112", "11a", "-01", "１１１"}) CHECK_FALSE(HolderCodeType::parse(none));
}

TEST_CASE("Holder codes without a check are 1 to 64 printable characters") {
    CHECK(accepted("114", "军字第0000001号"));
    std::string ideographs;
    for (int i = 0; i < 64; ++i) ideographs += "样";
    CHECK(accepted("999", ideographs));
    CHECK_FALSE(accepted("999", ideographs + "样"));
    CHECK_FALSE(accepted("999", ""));
    CHECK_FALSE(accepted("414", "E0000\n0001"));
    CHECK_FALSE(accepted("414",
                         "E0000\xE2\x80\x8B"
                         "0001"));
    CHECK_FALSE(accepted("414", "E0000\xFF"));
}

TEST_CASE("A masked code passes, as far as it can be printed") {
    CHECK(accepted("111", "430199********0019"));
    CHECK_FALSE(accepted("111", "430199****\n***0019"));
    CHECK_FALSE(accepted("111", std::string(65, '*')));
}

TEST_CASE("A mask keeps the ends of a code and never more than half of a short one") {
    CHECK(mask_code(type("111"), "43019919900315002X") == "430199********002X");
    CHECK(mask_code(type("001"), "91430199MA00EX011J") == "9143**********011J");
    CHECK(mask_code(type("414"), "E00000001") == "E0*****01");
    CHECK(mask_code(type("414"), "E12") == "E**");
    CHECK(mask_code(type("414"), "E") == "*");
    CHECK(mask_code(type("414"), "").empty());
    for (std::size_t size = 1; size < 64; ++size) {
        const auto masked = mask_code(type("999"), std::string(size, '7'));
        REQUIRE(masked.size() == size);
        CHECK(static_cast<std::size_t>(std::count(masked.begin(), masked.end(), '*')) * 2 >= size);
    }
}

TEST_CASE("A mask hides whole characters and masking again changes nothing") {
    const auto masked = mask_code(type("114"), "军字第0000001号");
    CHECK(masked == "军字第******1号");
    CHECK_FALSE(find_text_fault(masked));
    for (const char* code : {"43019919900315002X", "E00000001", "军字第0000001号", "E1", "*"}) {
        for (const char* code_type : {"111", "414"}) {
            const auto once = mask_code(type(code_type), code);
            CHECK(mask_code(type(code_type), once) == once);
        }
    }
}

TEST_CASE("A given code agrees with a masked one in what is shown") {
    CHECK(code_agrees("军字第******1号", "军字第 0000001 号"));
    CHECK_FALSE(code_agrees("军字第******1号", "军字第0000002号"));
    CHECK(code_agrees("430199********0019", " 430199 19850228 0019 "));
    CHECK_FALSE(code_agrees("430199********0019", "43019919850228001"));
    CHECK(code_agrees("E00000001", "Ｅ０００００００１"));
    CHECK_FALSE(code_agrees("E00000001", "E00000002"));
    CHECK_FALSE(code_agrees("***", "123"));
    CHECK(code_agrees("11010519491231002X", "11010519491231002x"));
}
