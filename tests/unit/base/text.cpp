#include "base/text.h"

#include <catch2/catch.hpp>

using namespace elic;

namespace {

TextFault fault_in(std::string_view text) {
    const auto finding = find_text_fault(text);
    REQUIRE(finding);
    return finding->fault;
}

std::string with(char32_t character) {
    std::string text = "示";
    append_character(text, character);
    return text + "例";
}

}  // namespace

TEST_CASE("Text that is usual on licenses has no fault") {
    for (const char* text : {"", "示例有限公司（样例）", "Example & Co., Ltd.", "〔2020〕1号", "５００㎡ №3 ℃ Ⅳ ①",
                             "〇", "Ａ座“三”层……—·《》、", "ئۇيغۇرچە", "བོད་ཡིག", "ᠮᠣᠩᠭᠣᠯ", "é", "가나", "\U00020000"}) {
        INFO(text);
        CHECK_FALSE(find_text_fault(text));
        CHECK(check_text(text));
    }
    // U+4DAE, U+9FEB, U+20BB7, U+30EDD: name characters of the extensions; U+2EBF0: extension I (Unicode 15.1).
    for (const char32_t c : {U'\u4DAE', U'\u9FEB', U'\U00020BB7', U'\U00030EDD', U'\U0002EBF0', U'\U0002EE5D'}) {
        INFO(static_cast<std::uint32_t>(c));
        CHECK_FALSE(find_text_fault(with(c)));
    }
}

TEST_CASE("Text with refused characters is told apart by its fault") {
    for (const char32_t c : {0x00, 0x09, 0x0A, 0x0D, 0x1B, 0x7F, 0x85, 0x9F, 0x2028, 0x2029}) {
        INFO(static_cast<std::uint32_t>(c));
        CHECK(fault_in(with(c)) == TextFault::control);
    }
    for (const char32_t c : {0x061C, 0x200E, 0x200F, 0x202A, 0x202E, 0x2066, 0x2069}) {
        INFO(static_cast<std::uint32_t>(c));
        CHECK(fault_in(with(c)) == TextFault::bidirectional);
    }
    for (const char32_t c : {0x00AD, 0x034F, 0x200B, 0x200C, 0x200D, 0x2060, 0x2064, 0x206A, 0xFEFF, 0xFE0F, 0x3164,
                             0xFFF9, 0xE0041, 0xE0100, 0x180B, 0x180D, 0x180E, 0x180F, 0x2800}) {
        INFO(static_cast<std::uint32_t>(c));
        CHECK(fault_in(with(c)) == TextFault::zero_width);
    }
    // Mongolian selectors and the vowel separator shape the letter before them, and only there.
    CHECK_FALSE(find_text_fault("\u1820\u180B\u1821\u180E\u1820"));
    CHECK(find_text_fault("\u1820\u180B\u180C")->character_offset == 2);
    CHECK(find_text_fault("\u180B\u1820")->character_offset == 0);
    CHECK(escape_for_output("\u1820\u180B\u5F20\u180B") == "\u1820\u180B\u5F20\\u{180B}");
    for (const char32_t c : {0xE000, 0xE863, 0xF8FF, 0xF0000, 0x10FFFD}) {
        INFO(static_cast<std::uint32_t>(c));
        CHECK(fault_in(with(c)) == TextFault::private_use);
    }
    for (const char32_t c : {0x0378, 0xFFFE, 0xFFFF, 0xFDD0, 0x1FFFF, 0x2EE5E}) {
        INFO(static_cast<std::uint32_t>(c));
        CHECK(fault_in(with(c)) == TextFault::unassigned);
    }
}

TEST_CASE("Text that is no UTF-8 is refused where it breaks") {
    for (const char* bytes : {"\x80", "\xC0\x80", "\xC3", "\xE4\xB8", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xFF",
                              "\xF0\x80\x80\x80", "\xE0\x80\x80"}) {
        const auto finding = find_text_fault(std::string("示a") + bytes);
        REQUIRE(finding);
        CHECK(finding->fault == TextFault::invalid_utf8);
        CHECK(finding->byte_offset == 4);
        CHECK(finding->character_offset == 2);
    }
    CHECK(check_text("a\xFF").error() == Error{Errc::malformed_text, "byte 2 begins what is no valid UTF-8"});
}

TEST_CASE("Text that is not NFC is refused at the first character that would change") {
    const auto combining = find_text_fault("示e\u0301");
    REQUIRE(combining);
    CHECK(combining->fault == TextFault::not_nfc);
    CHECK(combining->byte_offset == 3);
    CHECK(combining->character_offset == 1);
    CHECK(combining->character == U'e');
    // CJK compatibility ideographs are canonically equivalent to others: U+F900 is U+8C48, U+2F800 is U+4E3D.
    CHECK(fault_in(with(0xF900)) == TextFault::not_nfc);
    CHECK(fault_in(with(0x2F800)) == TextFault::not_nfc);
    CHECK(fault_in(with(0x212B)) == TextFault::not_nfc);     // Angstrom sign
    CHECK(fault_in("か\u3099") == TextFault::not_nfc);       // kana with a voiced mark
    CHECK(fault_in("\u1100\u1161") == TextFault::not_nfc);   // Hangul in parts
    CHECK(fault_in("a\u0301\u0323") == TextFault::not_nfc);  // marks out of order
}

TEST_CASE("Text with several faults reports the first") {
    CHECK(fault_in("e\u0301\n") == TextFault::not_nfc);
    CHECK(fault_in("\ne\u0301") == TextFault::control);
    CHECK(fault_in("e\u0301\xFF") == TextFault::not_nfc);
    CHECK(fault_in("\u200B\xFF") == TextFault::zero_width);
}

TEST_CASE("describe names place and character") {
    CHECK(describe(*find_text_fault("ab\u200B")) == "character 3 is U+200B, a zero-width character");
    CHECK(check_text("示\n").error().context == "character 2 is U+000A, a control character");
}

TEST_CASE("Characters are decoded, written and counted") {
    std::string text;
    for (const char32_t c : {U'a', U'\u00E9', U'\u8BC1', U'\U00020BB7'}) append_character(text, c);
    CHECK(text == "a\u00E9\u8BC1\U00020BB7");
    CHECK(count_characters(text) == 4);
    std::size_t offset = 1;
    CHECK(next_character(text, offset) == U'\u00E9');
    CHECK(offset == 3);
    offset = 2;
    CHECK_FALSE(next_character(text, offset));
    CHECK(offset == 2);
    offset = text.size();
    CHECK_FALSE(next_character(text, offset));
    CHECK(count_characters("") == 0);
}

TEST_CASE("Output is escaped so that it stays on one line and shows what is there") {
    CHECK(escape_for_output("示例 a\\b") == "示例 a\\\\b");
    CHECK(escape_for_output("a\n\x1b[0m\u202E") == "a\\u{000A}\\u{001B}[0m\\u{202E}");
    CHECK(escape_for_output("x\xFF\xE4\xB8y") == "x\\x{FF}\\x{E4}\\x{B8}y");
    CHECK(escape_for_output(std::string_view("\0", 1)) == "\\u{0000}");
    CHECK(escape_for_output("\U000F0000") == "\\u{F0000}");
}
