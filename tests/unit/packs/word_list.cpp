#include "packs/word_list.h"

#include <catch2/catch.hpp>

#include "base/file.h"
#include "base/hex.h"
#include "elic/crypto/sm3.h"

using namespace elic;

TEST_CASE("Word list 1 is the frozen one") {
    const auto folder = std::filesystem::path(ELIC_SOURCE_DIR) / "schemas/words";
    const auto frozen = std::string(as_text(read_file(folder / "frozen.txt", 4096).value()));
    CHECK(frozen.starts_with(to_hex(WordList::builtin(1).value()->digest())));
    CHECK(sm3(read_file(folder / "1.txt", 1 << 20).value()) == WordList::builtin(1).value()->digest());
    CHECK(WordList::builtin(2).error().code == Errc::not_found);
}

TEST_CASE("Every text comes back from word code as it was") {
    const auto list = WordList::builtin(1).value();
    for (const char* text : {"示例市样本建设工程有限公司", "a", " ~!", "𠮷野家", "\xF0\x9F\x98\x80",
                             "总建筑面积48620.35平方米，其中地上36210.15平方米"}) {
        const auto code = list->encode(text);
        CHECK(list->decode(code, 1000).value() == text);
    }
    CHECK(list->encode("示例市样本建设工程有限公司").size() < 39 / 2);
}

TEST_CASE("Word code that encode would not write is refused") {
    const auto list = WordList::builtin(1).value();
    const auto refused = [&](Bytes code) { return list->decode(code, 1000).error().code == Errc::malformed_payload; };
    CHECK(refused({200}));
    CHECK(refused({0, 0, 0x4E}));
    CHECK(refused({0, 0, 0x5E, 0x02}));  // 市 is a line
    CHECK(refused({0, 0x11, 0, 0}));
    CHECK(refused({0, 0, 0xD8, 0}));
    CHECK(refused({255, 255}));
    CHECK(list->decode(Bytes(100, 1), 50).error().code == Errc::limit_exceeded);
}

TEST_CASE("A list with a repeated, empty or unclean line is refused") {
    CHECK(WordList::read(as_bytes("a\nb\n")));
    for (const char* file : {"a\na\n", "a\n\nb\n", "a\nb", "", "a\xE2\x80\x8B\n"})
        CHECK(WordList::read(as_bytes(file)).error().code == Errc::malformed_pack);
}

TEST_CASE("The longest line that fits is always taken") {
    const auto list = WordList::read(as_bytes("a\nab\nabc\nb\nc\n")).value();
    CHECK(list->encode("abcab") == Bytes{3, 2});
    CHECK(list->decode(Bytes{1, 4}, 100).error().code == Errc::malformed_payload);
    CHECK(list->encode("é") == Bytes{0, 0, 0, 0xE9});
}

TEST_CASE("Word list 1 reads as strictly as any other, and holds what it must") {
    const auto file = read_file(std::filesystem::path(ELIC_SOURCE_DIR) / "schemas/words/1.txt", 1 << 20).value();
    const auto list = WordList::read(file);
    REQUIRE(list);
    CHECK((*list)->digest() == WordList::builtin(1).value()->digest());
    for (char c = ' '; c <= '~'; ++c) {
        CAPTURE(c);
        CHECK((*list)->encode(std::string(1, c)).front() != 0);
    }
    CHECK((*list)->encode("\u3000").front() != 0);  // lines of white space are not trimmed
    CHECK((*list)->encode("  ").size() == 2 * (*list)->encode(" ").size());
    // GB 2312's first and last characters of level 1 and 2
    for (const char* text : {"啊", "座", "亍", "齄"}) CHECK((*list)->encode(text).front() != 0);
}

TEST_CASE("A line is at most 64 characters long, however many bytes they take") {
    std::string line;
    for (int i = 0; i < 64; ++i) line += "证";
    CHECK(WordList::read(as_bytes(line + "\n")));
    CHECK(WordList::read(as_bytes(line + "a\n")).error().code == Errc::malformed_pack);
}
