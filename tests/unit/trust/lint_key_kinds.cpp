#include "elic/trust/genuine_list.h"
#include "elic/trust/signed_object.h"
#include "unit/trust/lint_told.h"

// What the keys of a body are for, and what becomes of one that is compromised.

using namespace elic;

namespace {

using W = LintWorld;

/// The first key of the body has these kinds, further keys have those.
auto kinds(std::vector<std::vector<std::string>> given) {
    return [given](W& w) {
        for (std::size_t i = 1; i < given.size(); ++i)
            w.body()["certificates"].push_back({{"file", w.renewed("2026-01-01T00:00:00+08:00")}});
        for (std::size_t i = 0; i < given.size(); ++i) w.body()["certificates"][i]["kinds"] = given[i];
    };
}

/// The first key is lost at this time, another of the body is there from then on: what it does is said by `change`.
auto lost(const char* since, const std::function<void(Json&, Json&)>& change = {}) {
    return [since, change](W& w) {
        auto& keys = w.body()["certificates"];
        keys.push_back({{"file", w.renewed(since)}});
        keys[0]["compromised_since"] = since;
        if (change) change(keys[0], keys[1]);
    };
}

constexpr const char* november = "2026-11-01T00:00:00+08:00";

Told of_the_lost(const std::vector<std::string>& faults) {
    Told told;
    for (const auto& fault : faults) told.push_back("compromised." + fault + " " + first_key + ".compromised_since");
    return told;
}

const Told no_list = of_the_lost({"no_genuine_list"});
const Told not_replaced = of_the_lost({"no_replacement", "no_genuine_list"});

}  // namespace

TEST_CASE("Kinds of a key that need a second look are told, others are not") {
    const auto at_first = [](const std::vector<std::string>& names) {
        Told told;
        for (const auto& name : names) told.push_back("kind." + name + " " + first_key + ".kinds");
        return told;
    };
    check_told({
        {"licenses and status lists", kinds({{"payload", "status-list"}}), at_first({"status_with_payload"})},
        {"licenses and deltas, lists elsewhere", kinds({{"payload", "status-delta"}, {"status-list"}}),
         at_first({"status_with_payload"})},
        {"licenses and deltas, no lists", kinds({{"payload", "status-delta"}}),
         at_first({"status_with_payload", "delta_alone"})},
        {"status lists and deltas", kinds({{"payload"}, {"status-list", "status-delta"}}), {}},
        {"deltas beside lists", kinds({{"payload"}, {"status-delta"}, {"status-list"}}), {}},
        {"licenses and delegations",
         [](W& w) {
             kinds({{"payload", "delegation"}})(w);
             w.grant()["rights"] = {"issue", "delegate"};
         },
         at_first({"delegation_with_payload"})},
        {"delegations, and nothing to delegate",
         kinds({{"payload"}, {"delegation"}}),
         {"kind.nothing_to_delegate " + second_key + ".kinds"}},
    });
}

TEST_CASE("A body has keys for the rights that its grants give") {
    check_told({
        {"no key for delegations",
         [](W& w) {
             auto issuing = granted("430103", "2026-01-01");
             w.grant()["areas"] = {"430102"};
             w.grant()["rights"] = {"delegate"};
             w.body()["types"].push_back(issuing);
         },
         {"grant.delegate_without_key bodies[0].types[0].rights"}},
        {"no key for licenses", kinds({{"status-list"}}), {"key.no_payload bodies[0].certificates"}},
        {"no licenses, and no key for them",
         [](W& w) {
             kinds({{"delegation"}})(w);
             w.grant()["rights"] = {"delegate"};
         },
         {}},
        {"no certificates", [](W& w) { w.body().erase("certificates"); }, {"body.no_certificates bodies[0]"}},
    });
}

TEST_CASE("A key is lost within the time for which it is listed, and not in the future") {
    const auto lost_at = [](const char* member, const char* time) {
        return lost(november, [member, time](Json& key, Json&) { key[member] = time; });
    };
    auto before = of_the_lost({"before_from", "no_genuine_list"});
    before.push_back("grant.before_key bodies[0].types[0].from");
    auto at_the_begin = no_list;
    at_the_begin.push_back(before.back());
    auto tomorrow = of_the_lost({"future", "no_genuine_list"});
    tomorrow.insert(tomorrow.begin(), "certificate.not_yet_valid " + second_key + ".file");
    check_told({
        {"in its last second", lost_at("until", november), no_list},
        {"a second later", lost_at("until", "2026-10-31T23:59:59+08:00"),
         of_the_lost({"after_until", "no_genuine_list"})},
        {"in its first second", lost_at("from", november), at_the_begin},
        {"a second before", lost_at("from", "2026-11-01T00:00:01+08:00"), before},
        {"now", lost("2026-12-01T10:00:00+08:00"), no_list},
        {"in the next second", lost("2026-12-01T10:00:01+08:00"), tomorrow},
        {"at a key that did not read",
         lost(november, [](Json& key, Json&) { key["file"] = "nowhere.pem"; }),
         {"file.missing " + first_key + ".file", no_list.front()}},
    });
}

TEST_CASE("A lost key is replaced by one that may do the same, is good, and goes on after the loss") {
    const auto other = [](const char* member, const Json& value) {
        return lost(november, [=](Json&, Json& key) { key[member] = value; });
    };
    auto missing = not_replaced;
    missing.insert(missing.begin(), "file.missing " + second_key + ".file");
    check_told({
        {"another", lost(november), no_list},
        {"another for more", other("kinds", {"payload", "rollover"}), no_list},
        {"another for less",
         lost(november,
              [](Json& key, Json&) {
                  key["kinds"] = {"payload", "rollover"};
              }),
         not_replaced},
        {"another that goes on for a second",
         other("until", "2026-11-01T00:00:01+08:00"),
         {"key.none_now bodies[0].certificates", no_list.front()}},
        {"another that ends with the loss",
         other("until", november),
         {"key.none_now bodies[0].certificates", not_replaced[0], not_replaced[1]}},
        {"another that is lost, too",
         other("compromised_since", "2026-11-02T00:00:00+08:00"),
         {"key.none_now bodies[0].certificates", not_replaced[0], not_replaced[1],
          "compromised.no_replacement " + second_key + ".compromised_since",
          "compromised.no_genuine_list " + second_key + ".compromised_since"}},
        {"another that is not there", other("file", "nowhere.pem"), missing},
    });
}

TEST_CASE("A list of genuine issues is asked for where a key for licenses is lost, and the body has a code") {
    check_told({
        {"a key for status lists",
         [](W& w) {
             kinds({{"payload"}, {"status-list"}})(w);
             w.body()["certificates"][1]["compromised_since"] = november;
         },
         {"compromised.no_replacement " + second_key + ".compromised_since"}},
        {"a body without a code",
         [](W& w) {
             lost(november)(w);
             w.body()["code"] = "1";
         },
         {"code.malformed bodies[0].code"}},
    });
}

TEST_CASE("A list of genuine issues under another name is none") {
    LintWorld world;
    lost(november)(world);
    auto& keys = world.body()["certificates"];
    keys.push_back({{"file", "delegating.pem"}, {"kinds", {"status-list", "genuine-list"}}});
    const GenuineList list{.issuer = office_code(), .as_of = at("2026-10-20T00:00:00Z"), .digests = {}};
    const auto content = write_genuine_list(list).value();
    world.json["objects"] = {"object.elic"};
    const auto faults_of = [&](SignatureKind kind) {
        world.put("object.elic",
                  sign_object(kind, content, world.delegating.key, world.delegating.certificate).value());
        return told(world.lint());
    };
    CHECK(faults_of(SignatureKind::genuine_list).empty());
    CHECK(faults_of(SignatureKind::status_list) == Told{no_list.front(), "object.malformed objects[0]"});
}
