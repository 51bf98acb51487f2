#include "elic/payload/payload.h"

#include <catch2/catch.hpp>
#include <random>

#include "elic/crypto/private_key.h"
#include "elic/crypto/sm3.h"

using namespace elic;

namespace {

PrivateKey test_key(std::string_view name) { return PrivateKey::from_scalar(sm3(as_bytes(name))).value(); }

Payload some_payload(std::size_t size) {
    std::mt19937 random(static_cast<unsigned>(size));
    Payload payload;
    for (auto& byte : payload.hint) byte = static_cast<std::uint8_t>(random());
    for (auto& byte : payload.signature) byte = static_cast<std::uint8_t>(random());
    payload.claims.resize(size);
    for (auto& byte : payload.claims) byte = static_cast<std::uint8_t>(random());
    return payload;
}

}  // namespace

TEST_CASE("A payload of any size is read as it was written") {
    for (std::size_t size = 1; size < 200; ++size) {
        const auto payload = some_payload(size);
        const auto text = write_payload(payload);
        REQUIRE(text.starts_with("3691"));
        REQUIRE(read_payload(text).value() == payload);
    }
}

TEST_CASE("What transport does to a code is folded away") {
    const auto text = write_payload(some_payload(60));
    std::string wide;
    for (char c : text) wide += "\xEF\xBC" + std::string(1, static_cast<char>(0x90 + (c - '0')));
    CHECK(normalise_code_text(text) == text);
    CHECK(normalise_code_text("\xEF\xBB\xBF  " + text + "\r\n") == text);
    CHECK(normalise_code_text("\t" + text.substr(0, 40) + "\t" + text.substr(40)) == text);
    CHECK(normalise_code_text(text.substr(0, 40) + "\r\n" + text.substr(40, 40) + " " + text.substr(80)) == text);
    CHECK(normalise_code_text(wide) == text);
    CHECK(normalise_code_text("https://example.gov.cn/l/1#" + text) == text);
}

TEST_CASE("A text that is no code of ours keeps its blanks and its URL") {
    CHECK(normalise_code_text(" a b ") == "a b");
    CHECK(normalise_code_text("https://example.gov.cn/?q=1#top") == "https://example.gov.cn/?q=1#top");
    CHECK(normalise_code_text("http://example.gov.cn/#3691") == "http://example.gov.cn/#3691");
    CHECK(normalise_code_text("") == "");
    CHECK(normalise_code_text("1-2 3") == "1-2 3");
    // Beside the full-width digits: what is cut off, what has another lead, the characters before and after them.
    for (const std::string text : {"369\xEF\xBC", "何", "／", "：", "３x"}) {
        CAPTURE(text);
        CHECK(normalise_code_text(text) == (text == "３x" ? "3x" : text));
    }
}

TEST_CASE("The lead tells ours from newer and foreign codes") {
    CHECK(lead_of("3691") == PayloadLead::ours);
    CHECK(lead_of("3691x") == PayloadLead::ours);
    CHECK(lead_of("3692" + std::string(30, '1')) == PayloadLead::newer);
    CHECK(lead_of("3690" + std::string(30, '1')) == PayloadLead::newer);
    CHECK(lead_of("3692" + std::string(30, '1') + "x") == PayloadLead::foreign);
    CHECK(lead_of("3692123456789") == PayloadLead::foreign);  // as long as an article code
    CHECK(lead_of("369") == PayloadLead::foreign);
    CHECK(lead_of("3692" + std::string(16, '1')) == PayloadLead::foreign);
    CHECK(lead_of("3692" + std::string(17, '1')) == PayloadLead::newer);
    CHECK(lead_of("3699" + std::string(17, '1')) == PayloadLead::newer);
    for (const std::string start : {"4692", "369/", "369:"}) {
        CHECK(lead_of(start + std::string(30, '1')) == PayloadLead::foreign);
    }
    CHECK(lead_of("1.2.156.3005.2.") == PayloadLead::foreign);
    CHECK(lead_of("") == PayloadLead::foreign);
}

TEST_CASE("A payload without room for a claim, over 6,000 digits or with another lead is refused") {
    auto shortest = some_payload(1);
    CHECK(read_payload(write_payload(shortest)).has_value());
    shortest.claims.clear();
    CHECK(read_payload(write_payload(shortest)).error().code == Errc::malformed_payload);
    CHECK(read_payload("3691").error().code == Errc::malformed_payload);
    CHECK(read_payload("4691" + std::string(170, '0')).error().context == "a code of ours begins with 3691");
    CHECK(read_payload("3691" + std::string(17 * 353, '0')).error().code == Errc::limit_exceeded);
    CHECK(read_payload("3691" + std::string(17 * 352, '0')).has_value());
    const auto of_size = [](std::size_t size) { return read_payload("3691" + std::string(size - 4, '0')); };
    CHECK((of_size(6000).has_value() || of_size(6000).error().code != Errc::limit_exceeded));
    CHECK(of_size(6001).error().code == Errc::limit_exceeded);
}

TEST_CASE("A block over its range, a letter and an impossible tail are malformed digits with an offset") {
    const auto text = write_payload(some_payload(60));
    const auto lettered = read_payload(text.substr(0, 40) + "A" + text.substr(41));
    REQUIRE_FALSE(lettered.has_value());
    CHECK(lettered.error().code == Errc::malformed_digits);
    CHECK(lettered.error().context == "after 3691: offset 36: a decimal digit is expected");
    CHECK(read_payload("3691" + std::string(17, '9') + text.substr(21)).error().code == Errc::malformed_digits);
    CHECK(read_payload(text + "1").error().code == Errc::malformed_digits);
}

TEST_CASE("A signature holds for its key, hint and claims only") {
    auto key = test_key("elic TEST key 1");
    const KeyHint hint = {1, 2, 3, 4, 5, 6, 7, 8};
    const auto payload = sign_payload({0xA1, 0x01, 0x02}, hint, key).value();
    CHECK(payload.hint == hint);
    CHECK(signature_holds(payload, key.public_key()));
    CHECK_FALSE(signature_holds(payload, test_key("elic TEST key 2").public_key()));
    CHECK(signature_holds(read_payload(write_payload(payload)).value(), key.public_key()));
}

TEST_CASE("Without verifying back the signature is the same kind of signature") {
    auto key = test_key("elic TEST key 1");
    const auto payload = sign_payload_unverified({0xA1, 0x01, 0x02}, {1, 2, 3, 4, 5, 6, 7, 8}, key).value();
    CHECK(payload.claims == Bytes{0xA1, 0x01, 0x02});
    CHECK(signature_holds(payload, key.public_key()));
}

TEST_CASE("A signer that refuses is an error") {
    class Refuses : public Signer {
    public:
        const PublicKey& public_key() const override { return key_.public_key(); }
        Result<Sm2Signature> sign_digest(const Digest&) override { return fail(Errc::signer_failed, "no"); }

    private:
        PrivateKey key_ = test_key("elic TEST key 1");
    } refuses;
    CHECK(sign_payload({0xA1}, {}, refuses).error().code == Errc::signer_failed);
    CHECK(sign_payload_unverified({0xA1}, {}, refuses).error().code == Errc::signer_failed);
}

TEST_CASE("No bit of a payload can be flipped") {
    auto key = test_key("elic TEST key 1");
    const auto payload = sign_payload({0xA1, 0x01, 0x02}, {1, 2, 3, 4, 5, 6, 7, 8}, key).value();
    const auto refused = [&](auto Payload::*part, std::size_t index) {
        for (int bit = 0; bit < 8; ++bit) {
            auto changed = payload;
            (changed.*part)[index] = static_cast<std::uint8_t>((changed.*part)[index] ^ (1 << bit));
            if (signature_holds(changed, key.public_key())) return false;
        }
        return true;
    };
    for (std::size_t i = 0; i < payload.hint.size(); ++i) CHECK(refused(&Payload::hint, i));
    for (std::size_t i = 0; i < payload.claims.size(); ++i) CHECK(refused(&Payload::claims, i));
    for (std::size_t i = 0; i < payload.signature.size(); i += 7) CHECK(refused(&Payload::signature, i));
}

TEST_CASE("A signature of any other kind is none of a code") {
    auto key = test_key("elic TEST key 1");
    Payload payload{.hint = {1, 2, 3, 4, 5, 6, 7, 8}, .claims = {0xA1, 0x01, 0x02}, .signature = {}};
    for (int kind = 1; kind < signature_kinds; ++kind) {
        const auto input = signing_input(static_cast<SignatureKind>(kind), payload.hint, payload.claims);
        payload.signature = sign_message(key, input).value();
        CHECK_FALSE(signature_holds(payload, key.public_key()));
    }
}
