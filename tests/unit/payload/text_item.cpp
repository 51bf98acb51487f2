#include "payload/text_item.h"

#include <catch2/catch.hpp>
#include <random>

#include "payload/claims.h"

using namespace elic;

TEST_CASE("A text travels as word code exactly when that is shorter") {
    const auto phrase = write_text("有限公司", 1).value();
    REQUIRE(phrase.bytes() != nullptr);
    CHECK(phrase.bytes()->size() == 2);
    // Letters and digits take one byte in both forms: a tie goes to UTF-8.
    CHECK(*write_text("Q7", 1).value().text() == "Q7");
    CHECK(*write_text("1", 1).value().text() == "1");
}

TEST_CASE("One byte decides between the two forms, and a tie goes to the text") {
    const auto list = WordList::builtin(1).value();
    const std::vector<std::string> pieces = {"例", "湘", "样", "龘", "Q", "7", "（", ""};
    // A text whose word code is so many bytes shorter.
    const auto shorter_by = [&](std::size_t bytes) -> std::string {
        for (const auto& first : pieces) {
            for (const auto& second : pieces) {
                const auto text = first + second;
                if (!text.empty() && list->encode(text).size() + bytes == text.size()) return text;
            }
        }
        return {};
    };
    REQUIRE_FALSE(shorter_by(0).empty());
    REQUIRE_FALSE(shorter_by(1).empty());
    CHECK(write_text(shorter_by(0), 1).value().text() != nullptr);
    CHECK(write_text(shorter_by(1), 1).value().bytes() != nullptr);
    CHECK(read_text(write_text(shorter_by(0), 1).value(), 1).value() == shorter_by(0));
    CHECK(read_text(write_text(shorter_by(1), 1).value(), 1).value() == shorter_by(1));
}

TEST_CASE("The longer of the two forms is refused") {
    CHECK(read_text(cbor::Value(std::string("有限公司")), 1).error().code == Errc::malformed_payload);
    const auto list = WordList::builtin(1).value();
    CHECK(read_text(cbor::Value(list->encode("1")), 1).error().code == Errc::malformed_payload);
    CHECK(read_text(cbor::Value(list->encode("Q7")), 1).error().code == Errc::malformed_payload);
}

TEST_CASE("Empty, unclean and over-long texts are neither written nor read") {
    for (const std::string text :
         {"", "a\nb", "a\xE2\x80\xAE", "a\xE2\x80\x8B", "e\xCC\x81", "a\xEE\x80\x80", "a\xFF"}) {
        CHECK_FALSE(write_text(text, 1).has_value());
        CHECK(read_text(cbor::Value(text), 1).error().code == Errc::malformed_payload);
        CHECK(read_plain_text(cbor::Value(text)).error().code == Errc::malformed_payload);
    }
    const std::string longest(max_text_bytes, 'q');
    CHECK(read_plain_text(cbor::Value(longest)).has_value());
    CHECK(read_plain_text(cbor::Value(longest + "q")).error().code == Errc::limit_exceeded);
    CHECK(write_text(longest + "q", 1).error().code == Errc::limit_exceeded);
}

TEST_CASE("A word code that expands beyond the limit is refused before it is whole") {
    // Line 243 of word list 1 has 153 bytes and a code of 2.
    Bytes code;
    for (int i = 0; i < 1000; ++i) code.insert(code.end(), {200, 43});
    CHECK(read_text(cbor::Value(code), 1).error().code == Errc::limit_exceeded);
}

TEST_CASE("A number, a list, a map and null are no texts") {
    for (const auto& value :
         {cbor::Value(std::int64_t{1}), cbor::Value(cbor::Array{}), cbor::Value(cbor::Map{}), cbor::Value()}) {
        CHECK(read_text(value, 1).error().code == Errc::malformed_payload);
        CHECK(read_plain_text(value).error().code == Errc::malformed_payload);
    }
    CHECK(read_plain_text(cbor::Value(Bytes{1})).error().code == Errc::malformed_payload);
}

TEST_CASE("A word list that does not exist is an error") { CHECK_FALSE(write_text("a", 99).has_value()); }

TEST_CASE("Any clean text is read as it was written") {
    std::mt19937 random(1);
    const std::vector<std::string> pieces = {"示例", "有限公司", "建筑", "A", "7",  "（",          "）",
                                             "𬺓", "é",        "龘",   " ", "湘", "股份有限公司"};
    for (int round = 0; round < 300; ++round) {
        std::string text;
        const auto count = 1 + random() % 30;
        for (std::size_t i = 0; i < count; ++i) text += pieces[random() % pieces.size()];
        const auto value = write_text(text, 1).value();
        REQUIRE(read_text(value, 1).value() == text);
        // The other form never reads.
        const auto other =
            value.text() != nullptr ? cbor::Value(WordList::builtin(1).value()->encode(text)) : cbor::Value(text);
        REQUIRE_FALSE(read_text(other, 1).has_value());
    }
}

TEST_CASE("A refused text says why") {
    CHECK(read_text(cbor::Value(std::string()), 1).error().context == "an empty text");
    CHECK(read_text(cbor::Value(std::int64_t{1}), 1).error().context == "a text is expected");
    CHECK(read_plain_text(cbor::Value(Bytes{1})).error().context == "a text is expected");
    CHECK(read_text(cbor::Value(std::string("有限公司")), 1).error().context ==
          "a text in the longer of its two forms");
    CHECK(read_text(cbor::Value(std::string("a")), 99).error().context == write_text("a", 99).error().context);
}
