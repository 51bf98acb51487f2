#include <catch2/catch.hpp>

#include "made_certificate.h"

using namespace elic;
using namespace elic::test;

namespace {

Timestamp at(std::string_view text) { return Timestamp::parse(text).value(); }

const Timestamp now = at("2026-11-23T10:00:00+08:00");

Wish wish(std::string name, std::vector<std::pair<std::string, std::string>> extensions) {
    return {.common_name = std::move(name),
            .from = at("2026-01-01"),
            .until = at("2030-01-01"),
            .extensions = std::move(extensions)};
}

PilotCa authority(const PilotCa* above, const Wish& asked) {
    auto key = PrivateKey::generate().value();
    const auto der = made_certificate(key, above, asked);
    return {.key = std::move(key), .certificate = Certificate::parse(der).value()};
}

PilotCa root(const std::string& name = "TEST root") { return authority(nullptr, wish(name, authority_extensions())); }

/// The words of verify_chain's error, "" when it is content.
std::string reason(const Certificate& leaf, const std::vector<Certificate>& between,
                   const std::vector<Certificate>& roots, Timestamp when = now) {
    const auto reached = verify_chain(leaf, between, roots, when);
    if (reached) return "";
    CHECK(reached.error().code == Errc::chain_broken);
    return reached.error().context;
}

}  // namespace

TEST_CASE("A leaf chains through intermediates to its root") {
    const auto top = root();
    const auto first = authority(&top, wish("TEST first", authority_extensions()));
    const auto second = authority(&first, wish("TEST second", authority_extensions()));
    const auto leaf = authority(&second, wish("TEST leaf", leaf_extensions())).certificate;
    const auto stranger = root("TEST stranger");

    const std::vector<Certificate> between{first.certificate, second.certificate, stranger.certificate};
    const std::vector<Certificate> roots{stranger.certificate, top.certificate};
    CHECK(verify_chain(leaf, between, roots, now).value() == top.certificate);
    CHECK_THAT(reason(leaf, {second.certificate}, roots), Catch::Contains("unable to get"));
    CHECK_THAT(reason(leaf, {}, roots), Catch::Contains("unable to get"));
    CHECK_THAT(reason(leaf, between, {stranger.certificate}), !Catch::Equals(""));
    CHECK_THAT(reason(leaf, {first.certificate, second.certificate, top.certificate}, {}), !Catch::Equals(""));
}

TEST_CASE("A root of the same name with another key is another root") {
    const auto top = root();
    const auto twin = root();
    const auto leaf = authority(&top, wish("TEST leaf", leaf_extensions())).certificate;
    CHECK_THAT(reason(leaf, {}, {twin.certificate}), !Catch::Equals(""));
    CHECK(verify_chain(leaf, {}, std::vector{twin.certificate, top.certificate}, now).value() == top.certificate);
}

TEST_CASE("Each certificate of a chain must be in its time") {
    const auto top = root();
    auto short_lived = wish("TEST between", authority_extensions());
    short_lived.from = at("2026-03-01T00:00:00Z");
    short_lived.until = at("2027-03-01T00:00:00Z");
    const auto middle = authority(&top, short_lived);
    const auto leaf = authority(&middle, wish("TEST leaf", leaf_extensions())).certificate;
    const std::vector<Certificate> between{middle.certificate};
    const std::vector<Certificate> roots{top.certificate};
    CHECK(reason(leaf, between, roots, at("2026-03-01T00:00:00Z")).empty());
    CHECK(reason(leaf, between, roots, at("2027-03-01T00:00:00Z")).empty());
    CHECK_THAT(reason(leaf, between, roots, at("2026-02-28T23:59:59Z")), Catch::Contains("not yet valid"));
    CHECK_THAT(reason(leaf, between, roots, at("2027-03-01T00:00:01Z")), Catch::Contains("expired"));
    CHECK_THAT(reason(leaf, between, roots, at("1950-01-01")), Catch::Contains("not yet valid"));
    CHECK_THAT(reason(leaf, between, roots, at("2150-01-01")), Catch::Contains("expired"));
}

TEST_CASE("Only an authority certifies, and only as deep as it may") {
    const auto top = root();
    const std::vector<Certificate> roots{top.certificate};
    const auto below = [&](const std::vector<std::pair<std::string, std::string>>& extensions) {
        const auto middle = authority(&top, wish("TEST between", extensions));
        const auto leaf = authority(&middle, wish("TEST leaf", leaf_extensions())).certificate;
        return reason(leaf, {middle.certificate}, roots);
    };
    CHECK(below(authority_extensions(0)).empty());
    CHECK_THAT(below(leaf_extensions()), Catch::Contains("invalid CA certificate"));
    CHECK_THAT(below({{"subjectKeyIdentifier", "hash"}}), !Catch::Equals(""));  // no basicConstraints
    CHECK_THAT(below(leaf_extensions("critical,keyCertSign")), !Catch::Equals(""));
    auto no_signing = authority_extensions();
    no_signing[1].second = "critical,cRLSign";
    CHECK_THAT(below(no_signing), !Catch::Equals(""));

    const auto none_below = authority(&top, wish("TEST none below", authority_extensions(0)));
    const auto too_deep = authority(&none_below, wish("TEST too deep", authority_extensions()));
    const auto leaf = authority(&too_deep, wish("TEST leaf", leaf_extensions())).certificate;
    CHECK_THAT(reason(leaf, {none_below.certificate, too_deep.certificate}, roots),
               Catch::Contains("path length constraint"));
}

TEST_CASE("A chain is of at most six certificates between leaf and root") {
    const auto top = root();
    std::vector<PilotCa> path{top};
    std::vector<Certificate> between;
    for (int i = 0; i < 7; ++i) {
        const auto leaf = authority(&path.back(), wish("TEST leaf", leaf_extensions())).certificate;
        CHECK(reason(leaf, between, {top.certificate}).empty());
        path.push_back(authority(&path.back(), wish("TEST " + std::to_string(i), authority_extensions())));
        between.push_back(path.back().certificate);
    }
    const auto leaf = authority(&path.back(), wish("TEST leaf", leaf_extensions())).certificate;
    CHECK_FALSE(reason(leaf, between, {top.certificate}).empty());
}

TEST_CASE("A certificate signed with another user id than the default is refused") {
    const auto top = root();
    for (const std::string user_id : {"", "1234567812345679", "ALICE123@YAHOO.COM"}) {
        auto asked = wish("TEST leaf", leaf_extensions());
        asked.user_id = user_id;
        const auto leaf = authority(&top, asked).certificate;
        CHECK_THAT(reason(leaf, {}, {top.certificate}), Catch::Contains("signature failure"));
    }
    auto asked = wish("TEST root of an empty id", authority_extensions());
    asked.user_id = "";
    const auto empty_id = authority(nullptr, asked);
    const auto leaf = authority(&empty_id, wish("TEST leaf", leaf_extensions())).certificate;
    CHECK_THAT(reason(leaf, {}, {empty_id.certificate}), Catch::Contains("signature failure"));
}

TEST_CASE("A certificate under a forged issuer name does not chain") {
    const auto top = root();
    auto forger = PrivateKey::generate().value();
    const PilotCa impostor{.key = forger, .certificate = top.certificate};  // the root's name, the forger's key
    const auto leaf = Certificate::parse(made_certificate(forger, &impostor, wish("TEST leaf", leaf_extensions())));
    CHECK_THAT(reason(leaf.value(), {}, {top.certificate}), Catch::Contains("signature failure"));
}

TEST_CASE("A chain holds by names: the issuer's name is the subject of the one above") {
    const auto top = root();
    const auto key = PrivateKey::generate().value();
    const auto named = [&](const std::string& name) {  // one key, one root above, two names
        return PilotCa{
            .key = key,
            .certificate = Certificate::parse(made_certificate(key, &top, wish(name, authority_extensions()))).value()};
    };
    const auto right = named("TEST right");
    const auto leaf = authority(&right, wish("TEST leaf", leaf_extensions())).certificate;
    CHECK(reason(leaf, {right.certificate}, {top.certificate}).empty());
    CHECK_FALSE(reason(leaf, {named("TEST wrong").certificate}, {top.certificate}).empty());
}

TEST_CASE("Both certificates of a dual pair chain, and only the signing one may sign") {
    const auto top = root();
    const auto of_use = [&](const std::string& usage) {
        return authority(&top, wish("TEST pair", leaf_extensions("critical," + usage))).certificate;
    };
    const auto signing = of_use("digitalSignature,nonRepudiation");
    CHECK(reason(signing, {}, {top.certificate}).empty());
    CHECK(signing.may_sign());
    for (const std::string usage : {"keyEncipherment,dataEncipherment,keyAgreement", "keyEncipherment",
                                    "dataEncipherment", "keyAgreement,decipherOnly"}) {
        const auto encryption = of_use(usage);
        INFO(usage);
        CHECK(reason(encryption, {}, {top.certificate}).empty());
        CHECK_FALSE(encryption.may_sign());
    }
}

TEST_CASE("A critical extension that nobody knows breaks a chain") {
    const auto top = root();
    auto extensions = leaf_extensions();
    extensions.emplace_back("2.25.1", "critical,ASN1:NULL");
    const auto leaf = authority(&top, wish("TEST leaf", extensions)).certificate;
    CHECK_THAT(reason(leaf, {}, {top.certificate}), Catch::Contains("critical extension"));
}

TEST_CASE("A leaf that is a root is its own chain, in its time") {
    const auto top = root();
    CHECK(verify_chain(top.certificate, {}, std::vector{top.certificate}, now).value() == top.certificate);
    CHECK_FALSE(reason(top.certificate, {}, {top.certificate}, at("2025-12-31")).empty());
    CHECK_FALSE(reason(top.certificate, {}, {top.certificate}, at("2030-01-02")).empty());
    CHECK_FALSE(reason(top.certificate, {}, {root("TEST other").certificate}).empty());
}
