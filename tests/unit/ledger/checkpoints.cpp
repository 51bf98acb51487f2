#include <catch2/catch.hpp>

#include "base/hex.h"
#include "elic/crypto/private_key.h"
#include "elic/ledger/ledger_proof.h"
#include "ledger/fixture.h"
#include "ledger/life_cycle.h"
#include "ledger/signing.h"
#include "unit/base/temporary_folder.h"

using namespace elic;

namespace {

Checkpoint a_checkpoint() {
    Checkpoint checkpoint{.origin = {.issuer = an_issuer(), .office = 12}, .head = {.size = 345}, .at = a_time()};
    for (std::size_t i = 0; i < 16; ++i) checkpoint.origin.identity[i] = static_cast<std::uint8_t>(i * 17);
    for (std::size_t i = 0; i < 32; ++i) checkpoint.head.root[i] = static_cast<std::uint8_t>(i * 7);
    return checkpoint;
}

}  // namespace

TEST_CASE("A checkpoint is eight lines of text that read back as they were written") {
    SigningHand hand;
    const auto text = hand.sign(a_checkpoint());
    CHECK(text.substr(0, 18) == "elic checkpoint 1\n");
    CHECK(std::count(text.begin(), text.end(), '\n') == 8);
    CHECK(text.size() <= max_checkpoint);
    auto read = read_checkpoint(text);
    REQUIRE(read);
    CHECK(read->checkpoint == a_checkpoint());
    CHECK(read->holds(hand.certificate));
    CHECK(write_checkpoint(*read) == text);
    std::string windows;
    for (char c : text) windows += c == '\n' ? std::string("\r\n") : std::string(1, c);
    CHECK(read_checkpoint(windows)->holds(hand.certificate));
    CHECK(read_checkpoint(text.substr(0, text.size() - 1))->holds(hand.certificate));
}

TEST_CASE("No changed bit of a checkpoint leaves its signature holding") {
    SigningHand hand;
    const auto text = hand.sign(a_checkpoint());
    for (std::size_t bit = 0; bit < text.size() * 8; bit += 3) {
        auto changed = text;
        changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << (bit % 8)));
        auto read = read_checkpoint(changed);
        CAPTURE(bit);
        if (read) CHECK_FALSE(read->holds(hand.certificate));
    }
}

TEST_CASE("A checkpoint of another form is refused, a later one told apart") {
    SigningHand hand;
    const auto text = hand.sign(a_checkpoint());
    const auto with = [&](const std::string& from, const std::string& to) {
        auto changed = text;
        changed.replace(changed.find(from), from.size(), to);
        auto read = read_checkpoint(changed);
        return read ? Errc{} : read.error().code;
    };
    CHECK(with("checkpoint 1", "checkpoint 2") == Errc::newer_format);
    CHECK(with("checkpoint 1", "checkpoint 0") == Errc::malformed_text);
    CHECK(with("checkpoint 1", "checkpoint 01") == Errc::malformed_text);
    CHECK(with("\n345\n", "\n0345\n") == Errc::malformed_text);
    CHECK(with("\n345\n", "\n-345\n") == Errc::malformed_text);
    CHECK(with("\n345\n", "\n9223372036854775808\n") == Errc::malformed_text);
    CHECK(with("/12/", "/0/") == Errc::malformed_text);
    CHECK(with("/12/", "/1000/") == Errc::malformed_text);
    CHECK(with("/12/00112233", "/12/0011223") == Errc::malformed_text);
    CHECK(with("aabbcc", "AABBCC") == Errc::malformed_text);
    CHECK(with("+08:00", "Z") == Errc::malformed_text);
    CHECK(with("\n\n", "\n") == Errc::malformed_text);
    CHECK(read_checkpoint("").error().code == Errc::malformed_text);
    CHECK(read_checkpoint(text + "x\n").error().code == Errc::malformed_text);
    CHECK(read_checkpoint(text + std::string(600, '\n')).error().code == Errc::limit_exceeded);
}

TEST_CASE("A license is proven under a checkpoint, and another event is not") {
    SigningHand hand;
    MoveDesk desk;
    const auto first = desk.issue("a");
    const auto second = desk.issue("b");
    Checkpoint checkpoint{.origin = {.issuer = an_issuer(), .office = 1, .identity = desk.ledger.identity()},
                          .head = desk.ledger.head().value(),
                          .at = a_time()};
    auto signed_one = read_checkpoint(hand.sign(checkpoint)).value();
    const auto later = desk.issue("c");
    auto text = prove_issued(desk.ledger, first, signed_one);
    REQUIRE(text);
    auto proof = read_ledger_proof(*text);
    REQUIRE(proof);
    CHECK(proof->holds());
    CHECK(proof->id == first.text());
    CHECK(proof->number == 2);
    CHECK(proof->checkpoint.holds(hand.certificate));
    CHECK(prove_issued(desk.ledger, later, signed_one).error().code == Errc::bad_argument);
    for (const auto& [from, to] : std::vector<std::pair<std::string, std::string>>{
             {first.text(), second.text()}, {"\"number\": 2", "\"number\": 4"}, {"\"at\": 17", "\"at\": 18"}}) {
        auto changed = *text;
        REQUIRE(changed.find(from) != std::string::npos);
        changed.replace(changed.find(from), from.size(), to);
        CHECK_FALSE(read_ledger_proof(changed)->holds());
    }
    auto other = signed_one;
    other.checkpoint.origin.identity[3] ^= 1;
    CHECK(prove_issued(desk.ledger, first, other).error().code == Errc::bad_argument);
}

TEST_CASE("That a ledger only grew is proven between two checkpoints") {
    SigningHand hand;
    MoveDesk desk;
    const auto now = [&] {
        return read_checkpoint(
                   hand.sign({.origin = {.issuer = an_issuer(), .office = 1, .identity = desk.ledger.identity()},
                              .head = desk.ledger.head().value(),
                              .at = a_time()}))
            .value();
    };
    desk.issue("a");
    const auto from = now();
    desk.issue("b");
    desk.issue("c");
    const auto to = now();
    auto text = prove_consistent(desk.ledger, from, to);
    REQUIRE(text);
    CHECK(read_ledger_proof(*text)->holds());
    CHECK(prove_consistent(desk.ledger, to, from).error().code == Errc::bad_argument);
    auto proof = read_ledger_proof(*text).value();
    proof.from->checkpoint.head.root[0] ^= 1;
    CHECK_FALSE(proof.holds());
}

TEST_CASE("A proof of another form is refused") {
    for (const char* text : {"", "{}", "[]", R"({"format":"elic ledger proof 1"})",
                             R"({"format":"elic ledger proof 1","proves":"inclusion","path":[],"checkpoint":""})",
                             R"({"format":"elic ledger proof 1","proves":"x","path":["00"],"checkpoint":""})"}) {
        CAPTURE(text);
        CHECK_FALSE(read_ledger_proof(text));
    }
    CHECK(read_ledger_proof(R"({"format":"elic ledger proof 2"})").error().code == Errc::newer_format);
}
