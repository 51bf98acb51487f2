#include <catch2/catch.hpp>
#include <functional>

#include "issue/office_fixture.h"
#include "issue/plain_sql.h"

using namespace elic;

namespace {

/// A signer that does what a test wants instead of signing.
class OddSigner final : public Signer {
public:
    using Act = std::function<Result<Sm2Signature>(PrivateKey& key, const Digest& e)>;
    OddSigner(PrivateKey& key, Act act) : key_(key), act_(std::move(act)) {}
    const PublicKey& public_key() const override { return key_.public_key(); }
    Result<Sm2Signature> sign_digest(const Digest& e) override { return act_(key_, e); }

private:
    PrivateKey& key_;
    Act act_;
};

}  // namespace

TEST_CASE("A signer that fails or signs wrongly issues nothing, and the next run finishes") {
    TestOffice desk;
    const auto draft = draft_of(sample("construction-safety"));
    auto stranger = PrivateKey::generate().value();
    OddSigner::Act act;
    SECTION("it refuses") {
        act = [](PrivateKey&, const Digest&) { return Result<Sm2Signature>(fail(Errc::signer_failed, "no")); };
    }
    SECTION("it answers zeroes") {
        act = [](PrivateKey&, const Digest&) { return Result<Sm2Signature>(Sm2Signature{}); };
    }
    SECTION("it signs something else") {
        act = [](PrivateKey& key, Digest e) {
            e[0] ^= 1U;
            return key.sign_digest(e);
        };
    }
    SECTION("it signs with another key") {
        act = [&](PrivateKey&, const Digest& e) { return stranger.sign_digest(e); };
    }
    SECTION("it turns one bit of the signature") {
        act = [](PrivateKey& key, const Digest& e) {
            auto signature = key.sign_digest(e);
            if (signature) (*signature)[63] ^= 1U;
            return signature;
        };
    }
    OddSigner odd(desk.key(), act);
    auto broken = desk.open(odd);
    REQUIRE(broken);
    for (int attempt = 0; attempt < 2; ++attempt) {
        auto answer = broken->issue(draft);
        REQUIRE_FALSE(answer);
        CHECK(answer.error().code == Errc::signer_failed);
    }
    CHECK(*broken->ledger().issued_count() == 0);
    REQUIRE(broken->ledger().unfinished()->size() == 1);
    const auto reserved = broken->ledger().unfinished()->front().id;

    auto issuer = desk.issuer();
    const auto license = issued(issuer.issue(draft));
    CHECK(license.id == reserved);
    CHECK(desk.verify(license.payload).verdict() == Verdict::valid);
    CHECK(desk.events() == 2);
}

TEST_CASE("A signer whose key is not the certificate's issues nothing") {
    TestOffice desk;
    auto stranger = PrivateKey::generate().value();
    auto issuer = desk.open(stranger);
    REQUIRE(issuer);
    auto answer = issuer->issue(draft_of(sample("construction-safety")));
    REQUIRE_FALSE(answer);
    CHECK(answer.error().code == Errc::signer_failed);
    CHECK_THAT(answer.error().context, Catch::Contains("signature.wrong"));
    CHECK(*issuer->ledger().issued_count() == 0);
}

TEST_CASE("A command signer that fails issues nothing") {
    for (const auto* command : {"exit 3", "echo", "head -c 3 >/dev/null; echo 12", "printf '%0128d\\n' 0"}) {
        INFO(command);
        OfficeWish wish;
        wish.signer_command = command;
        TestOffice desk(wish);
        auto office = open_office(desk.office().folder);
        REQUIRE(office);
        CHECK(office->signer_command == command);
        auto signer = open_signer(*office, {});
        REQUIRE(signer);
        auto issuer = desk.open(**signer);
        REQUIRE(issuer);
        CHECK_FALSE(issuer->issue(draft_of(sample("construction-safety"))));
        CHECK(*issuer->ledger().issued_count() == 0);
    }
}

TEST_CASE("A ledger in doubt refuses further work until it is opened again") {
    TestOffice desk;
    auto issuer = desk.issuer();
    auto json = sample("food-operation");
    const auto first = issued(issuer.issue(draft_of(json)));
    // The commit of the next one fails: a deferred foreign key is broken by a trigger that a test puts there.
    REQUIRE(std::filesystem::exists(desk.office().ledger()));
    {
        auto sabotage = open_plain(desk.office().ledger());
        REQUIRE(
            sabotage.run("CREATE TABLE doubt (event INTEGER REFERENCES office (one) DEFERRABLE INITIALLY DEFERRED);"
                         "CREATE TRIGGER sabotage AFTER INSERT ON events BEGIN INSERT INTO doubt VALUES (99); END"));
    }
    json["request"] = "second";
    json["number"] = "JY24301999900028";
    auto second = draft_of(json);
    auto answer = issuer.issue(second);
    REQUIRE_FALSE(answer);
    CHECK(answer.error().code == Errc::ledger_state_unknown);
    {
        auto mended = open_plain(desk.office().ledger());
        REQUIRE(mended.run("DROP TRIGGER sabotage; DROP TABLE doubt"));
    }
    for (const auto& draft : {second, draft_of(sample("food-operation"))}) {
        for (auto refusal : {issuer.issue(draft), issuer.check(draft)}) {
            REQUIRE_FALSE(refusal);
            CHECK(refusal.error().code == Errc::ledger_state_unknown);
        }
    }
    auto reopened = desk.issuer();
    issued(reopened.issue(second));
    CHECK(issued(reopened.issue(draft_of(sample("food-operation")))).payload == first.payload);
    CHECK(desk.events() == 4);
}
