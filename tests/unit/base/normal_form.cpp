#include <catch2/catch.hpp>

#include "base/character.h"
#include "base/text.h"

using namespace elic;

TEST_CASE("to_nfc composes and keeps what is composed") {
    CHECK(to_nfc("e\u0301") == "\u00E9");
    CHECK(to_nfc("\uF900") == "\u8C48");
    CHECK(to_nfc("か\u3099") == "が");
    CHECK(to_nfc("示例（ＡＢ）") == "示例（ＡＢ）");
    CHECK(to_nfc(std::string_view("a\0b", 3)) == std::string_view("a\0b", 3));
    CHECK(to_nfc("").empty());
}

TEST_CASE("No character of the quick check changes in NFC, alone or after a letter") {
    std::size_t wrong = 0;
    for (char32_t c = 0; c <= 0x10FFFF; ++c) {
        if ((c >= 0xD800 && c <= 0xDFFF) || !stays_in_nfc(c)) continue;
        std::string text = "e\u0301";  // not quick: forces the real normalisation
        append_character(text, c);
        std::string expected = "\u00E9";
        append_character(expected, c);
        if (to_nfc(text) != expected) ++wrong;
    }
    CHECK(wrong == 0);
}

TEST_CASE("Look-alikes are found with their usual form") {
    const auto found = find_look_alikes("示\u2F00Ａ１\u2EE2");  // Kangxi radical one, full-width A and 1, radical horse
    REQUIRE(found.size() == 4);
    CHECK(found[0].character_offset == 1);
    CHECK(found[0].character == 0x2F00);
    CHECK(found[0].usual == "一");
    CHECK(found[1].usual == "A");
    CHECK(found[2].usual == "1");
    CHECK(found[3].character_offset == 4);
    CHECK(found[3].usual == "马");
    CHECK(find_look_alikes("\u00A0").at(0).usual == " ");
    CHECK(find_look_alikes("\uFB01").at(0).usual == "fi");
    CHECK(find_look_alikes("\u2EF3").at(0).usual == "\u9F9F");
    CHECK(find_look_alikes("\U0001D400").at(0).usual == "A");
}

TEST_CASE("Usual Chinese punctuation, units and numerals are no look-alikes") {
    for (const char* text :
         {"（）！，：；？～“”……——《》【】〔〕、。", "　", "㎡㎥㎏℃№ⅠⅫⅳ①⑳⑴⒈㈠㊣²³½", "￥", "°′″‰", "示例"}) {
        INFO(text);
        CHECK(find_look_alikes(text).empty());
    }
}

TEST_CASE("fold_width makes widths and brackets equal") {
    CHECK(fold_width("ＡＢｃ１２！～") == "ABc12!~");
    CHECK(fold_width("示例　公司（样例）") == "示例 公司(样例)");
    CHECK(fold_width("〔2020〕【甲】［乙］〖丙〗﹝丁﹞") == "[2020][甲][乙][丙][丁]");
    CHECK(fold_width("﹙a﹚︵b︶") == "(a)(b)");
    CHECK(fold_width("，。、《》") == ",。、《》");
    CHECK(fold_width("a\xFFｂ") ==
          "a\xFF"
          "b");
}
