#include <catch2/catch.hpp>

#include "unit/trust/source_world.h"

using namespace elic;

TEST_CASE("A trust source is read with its files, and what it leaves out is filled in") {
    SourceFolder folder;
    const auto source = folder.read();
    REQUIRE(source);
    const auto& content = source->content;
    CHECK(content.number == 3);
    CHECK(content.issued_at == world_time());
    CHECK(content.not_before == world_time());
    CHECK(content.next_update.unix_seconds() - world_time().unix_seconds() == 365 * 86400);
    CHECK(content.roots == std::vector<Digest>{folder.world.ca.certificate.fingerprint()});
    CHECK(content.packs.size() == 2);
    CHECK(source->pack_files.size() == 2);
    CHECK(source->certificates.size() == 2);
    REQUIRE(content.bodies.size() == 1);
    const auto& body = content.bodies[0];
    CHECK(body.code == office_code());
    CHECK(body.hosts == std::vector<std::string>{"verify.example"});
    REQUIRE(body.certificates.size() == 1);
    CHECK(body.certificates[0].fingerprint == folder.world.office.certificate.fingerprint());
    CHECK(body.certificates[0].from == folder.world.office.certificate.not_before());
    CHECK_FALSE(body.certificates[0].until);
    CHECK(body.certificates[0].may(SignatureKind::payload));
    CHECK_FALSE(body.certificates[0].may(SignatureKind::status_list));
    REQUIRE(body.grants.size() == 1);
    CHECK(body.grants[0].areas[0].text() == "430100");
    CHECK_FALSE(body.grants[0].until);
}

TEST_CASE("A bare date begins at its first second and ends at its last, in +08:00") {
    SourceFolder folder;
    folder.json["not_before"] = "2026-11-23";
    folder.json["next_update"] = "2026-12-31";
    folder.certificate()["from"] = "2026-06-01";
    folder.certificate()["until"] = "2026-12-31";
    folder.types()["until"] = "2027-01-31";
    const auto source = folder.read();
    REQUIRE(source);
    CHECK(source->content.not_before.format() == "2026-11-23T00:00:00+08:00");
    CHECK(source->content.next_update.format() == "2026-12-31T23:59:59+08:00");
    CHECK(source->content.bodies[0].certificates[0].from.format() == "2026-06-01T00:00:00+08:00");
    CHECK(source->content.bodies[0].certificates[0].until->format() == "2026-12-31T23:59:59+08:00");
    CHECK(source->content.bodies[0].grants[0].until == on("2027-01-31"));
}

TEST_CASE("Kinds of signature are named; trust lists are signed by no body") {
    SourceFolder folder;
    folder.certificate()["kinds"] = {"payload", "status-list"};
    const auto source = folder.read();
    REQUIRE(source);
    CHECK(source->content.bodies[0].certificates[0].kinds == 0b1001);
    folder.certificate()["kinds"] = {"trust-list"};
    CHECK(folder.read().error().code == Errc::malformed_trust);
    folder.certificate()["kinds"] = {"everything"};
    CHECK(folder.read().error().code == Errc::malformed_trust);
}

TEST_CASE("All stands for every type of the source's packs, once") {
    SourceFolder folder;
    std::string second(area_pack_json);
    second.replace(second.find("\"version\": 1"), 12, "\"version\": 2");
    folder.put("area2.json", as_bytes(second));
    folder.json["packs"].push_back("area2.json");
    folder.types()["types"] = {"all"};
    const auto source = folder.read();
    REQUIRE(source);
    REQUIRE(source->content.bodies[0].grants.size() == 2);
    CHECK(source->content.bodies[0].grants[0].type == area_type());
    CHECK(source->content.bodies[0].grants[1].type == masked_type());
}

TEST_CASE("Without packs, or with \"builtin\", the built-in packs are taken") {
    SourceFolder folder;
    const auto builtin = TypePacks::builtin().list().size();
    folder.json.erase("packs");
    CHECK(folder.read().value().content.packs.size() == builtin);
    folder.json["packs"] = {"builtin", "area.json"};
    CHECK(folder.read().value().content.packs.size() == builtin + 1);
}

TEST_CASE("A bad source is refused with the place of the fault") {
    const std::vector<std::pair<const char*, std::function<void(SourceFolder&)>>> changes = {
        {"format", [](SourceFolder& f) { f.json["format"] = "elic trust source 9"; }},
        {"format", [](SourceFolder& f) { f.json.erase("format"); }},
        {"number", [](SourceFolder& f) { f.json["number"] = 0; }},
        {"extra", [](SourceFolder& f) { f.json["extra"] = 1; }},
        {"not_before", [](SourceFolder& f) { f.json["not_before"] = "soon"; }},
        {"next_update", [](SourceFolder& f) { f.json["next_update"] = "2020-01-01"; }},
        {"roots", [](SourceFolder& f) { f.json["roots"] = Json::array(); }},
        {"roots", [](SourceFolder& f) { f.json["roots"] = {"area.json"}; }},
        {"packs", [](SourceFolder& f) { f.json["packs"] = "area.json"; }},
        {"packs[0]", [](SourceFolder& f) { f.json["packs"] = {"root.pem"}; }},
        {"packs[1]",
         [](SourceFolder& f) {
             f.json["packs"] = {"area.json", "area.json"};
         }},
        {"packs[0]", [](SourceFolder& f) { f.json["packs"] = {1}; }},
        {"bodies", [](SourceFolder& f) { f.json.erase("bodies"); }},
        {"bodies[0]", [](SourceFolder& f) { f.json["bodies"] = {1}; }},
        {"bodies[0].code", [](SourceFolder& f) { f.body()["code"] = "1"; }},
        {"bodies[0].name", [](SourceFolder& f) { f.body().erase("name"); }},
        {"bodies[0].name", [](SourceFolder& f) { f.body()["name"] = "a\nb"; }},
        {"bodies[0]", [](SourceFolder& f) { f.body()["types"] = "all"; }},
        {"bodies[0].other", [](SourceFolder& f) { f.body()["other"] = true; }},
        {"bodies[0].certificates[0].file", [](SourceFolder& f) { f.certificate()["file"] = "area.json"; }},
        {"bodies[0].certificates[0].from", [](SourceFolder& f) { f.certificate()["from"] = "2026"; }},
        {"bodies[0].certificates[0].until", [](SourceFolder& f) { f.certificate()["until"] = "2026-02-30"; }},
        {"bodies[0].certificates[0].x", [](SourceFolder& f) { f.certificate()["x"] = 1; }},
        {"bodies[0].types[0].types", [](SourceFolder& f) { f.types()["types"] = {"W991"}; }},
        {"bodies[0].types[0].areas", [](SourceFolder& f) { f.types()["areas"] = Json::array(); }},
        {"bodies[0].types[0].areas", [](SourceFolder& f) { f.types()["areas"] = {"99"}; }},
        {"bodies[0].types[0].from", [](SourceFolder& f) { f.types().erase("from"); }},
        {"bodies[0].types[0].until", [](SourceFolder& f) { f.types()["until"] = "x"; }},
        {"until before from", [](SourceFolder& f) { f.types()["until"] = "2025-01-01"; }},
        {"listed twice", [](SourceFolder& f) { f.json["bodies"].push_back(Json(f.body())); }},
    };
    for (const auto& [place, change] : changes) {
        CAPTURE(place);
        SourceFolder folder;
        change(folder);
        const auto source = folder.read();
        REQUIRE_FALSE(source);
        CHECK(source.error().code == Errc::malformed_trust);
        CHECK_THAT(source.error().context, Catch::Contains(place));
    }
    CHECK(read_trust_source(as_bytes("{"), ".", world_time()).error().code == Errc::malformed_trust);
    CHECK(read_trust_source(as_bytes("[]"), ".", world_time()).error().code == Errc::malformed_trust);
}

TEST_CASE("A file that a source names and that is not there is not found") {
    SourceFolder folder;
    folder.certificate()["file"] = "none.cer";
    CHECK(folder.read().error().code == Errc::not_found);
    SourceFolder other;
    other.json["packs"] = {"none.json"};
    CHECK(other.read().error().code == Errc::not_found);
}

TEST_CASE("What version 1 added to a source is read") {
    SourceFolder folder;
    folder.certificate()["kinds"] = {"payload", "delegation", "rollover"};
    folder.certificate()["compromised_since"] = "2026-10-20";
    folder.types()["rights"] = {"delegate", "issue"};
    folder.body()["former_names"] = {{{"name", "旧名"}, {"until", "2018-10-31"}}};
    folder.body()["successor"] = {{"code", other_code().text()}, {"from", "2028-01-01"}};
    folder.put("a.elic", Bytes{1, 2});
    folder.json["objects"] = {"a.elic"};
    const auto source = folder.read().value();
    const auto& body = source.content.bodies[0];
    CHECK(body.certificates[0].may(SignatureKind::rollover));
    CHECK_FALSE(body.certificates[0].may(SignatureKind::status_list));
    CHECK(body.certificates[0].compromised_since == at("2026-10-20T00:00:00+08:00"));
    CHECK(body.grants[0].rights == 3);
    CHECK(body.former_names == std::vector<FormerName>{{"旧名", on("2018-10-31")}});
    CHECK(body.successor == Successor{other_code(), on("2028-01-01")});
    REQUIRE(source.objects.size() == 1);
    CHECK(source.objects[0] == std::pair<std::string, Bytes>("a.elic", {1, 2}));
    folder.json["objects"] = {"none.elic"};
    CHECK(folder.read().error().code == Errc::not_found);
}

TEST_CASE("A bad part that version 1 added to a source is refused with its place") {
    const std::vector<std::pair<const char*, std::function<void(SourceFolder&)>>> changes = {
        {"bodies[0].certificates[0].compromised_since",
         [](SourceFolder& f) { f.certificate()["compromised_since"] = "soon"; }},
        {"bodies[0].certificates[0].kinds", [](SourceFolder& f) { f.certificate()["kinds"] = {"trust-list"}; }},
        {"bodies[0].types[0].rights", [](SourceFolder& f) { f.types()["rights"] = {"all"}; }},
        {"bodies[0].former_names: a list", [](SourceFolder& f) { f.body()["former_names"] = 1; }},
        {"bodies[0].former_names[0].name",
         [](SourceFolder& f) { f.body()["former_names"] = Json::array({Json::object()}); }},
        {"bodies[0].former_names[0].name",
         [](SourceFolder& f) {
             f.body()["former_names"] = Json::array({{{"name", "a\nb"}, {"until", "2018-10-31"}}});
         }},
        {"bodies[0].former_names[0].until",
         [](SourceFolder& f) {
             f.body()["former_names"] = Json::array({{{"name", "a"}, {"until", "2018"}}});
         }},
        {"bodies[0].successor.code",
         [](SourceFolder& f) {
             f.body()["successor"] = {{"code", "1"}, {"from", "2028-01-01"}};
         }},
        {"bodies[0].successor.from",
         [](SourceFolder& f) {
             f.body()["successor"] = {{"code", other_code().text()}};
         }},
        {"successor: the body itself",
         [](SourceFolder& f) {
             f.body()["successor"] = {{"code", office_code().text()}, {"from", "2028-01-01"}};
         }},
        {"objects", [](SourceFolder& f) { f.json["objects"] = "a.elic"; }},
    };
    for (const auto& [place, change] : changes) {
        CAPTURE(place);
        SourceFolder folder;
        change(folder);
        const auto source = folder.read();
        REQUIRE_FALSE(source);
        CHECK(source.error().code == Errc::malformed_trust);
        CHECK_THAT(source.error().context, Catch::Contains(place));
    }
}

TEST_CASE("A delegation source is read with its files, and what it leaves out is filled in") {
    SourceFolder folder;
    folder.as_delegation();
    const auto delegation = folder.read_delegation().value();
    CHECK(delegation.parent == other_code());
    CHECK(delegation.number == 1);
    CHECK(delegation.issued_at == world_time());
    CHECK(delegation.not_before == world_time());
    CHECK(delegation.next_update.unix_seconds() - world_time().unix_seconds() == 365 * 86400);
    CHECK_FALSE(delegation.previous);
    CHECK(delegation.body.code == office_code());
    CHECK(delegation.certificates == std::vector<Certificate>{folder.world.office.certificate});
    folder.json["number"] = 9;
    folder.json["not_before"] = "2026-11-01";
    folder.json["next_update"] = "2026-12-31";
    folder.json["body"]["types"][0]["types"] = {"all"};
    const auto other = folder.read_delegation().value();
    CHECK(other.number == 9);
    CHECK(other.not_before == at("2026-11-01T00:00:00+08:00"));
    CHECK(other.next_update == at("2026-12-31T23:59:59+08:00"));
    CHECK(other.body.grants.size() == 2);
    folder.json.erase("packs");
    CHECK(folder.read_delegation().value().body.grants.size() >= TypePacks::builtin().list().size() / 2);
}

TEST_CASE("A bad delegation source is refused with the place of the fault") {
    const std::vector<std::pair<const char*, std::function<void(Json&)>>> changes = {
        {"format", [](Json& json) { json["format"] = "elic trust source 1"; }},
        {"parent", [](Json& json) { json.erase("parent"); }},
        {"parent", [](Json& json) { json["parent"] = "1"; }},
        {"number", [](Json& json) { json["number"] = 0; }},
        {"not_before", [](Json& json) { json["not_before"] = "soon"; }},
        {"next_update", [](Json& json) { json["next_update"] = "2020-01-01"; }},
        {"packs", [](Json& json) { json["packs"] = 1; }},
        {"body", [](Json& json) { json.erase("body"); }},
        {"body.code", [](Json& json) { json["body"]["code"] = "1"; }},
        {"extra", [](Json& json) { json["extra"] = 1; }},
        {"its own parent", [](Json& json) { json["parent"] = office_code().text(); }},
        {"listed twice",
         [](Json& json) {
             auto& certificates = json["body"]["certificates"];
             certificates.push_back(Json(certificates[0]));
         }},
    };
    for (const auto& [place, change] : changes) {
        CAPTURE(place);
        SourceFolder folder;
        folder.as_delegation();
        change(folder.json);
        const auto delegation = folder.read_delegation();
        REQUIRE_FALSE(delegation);
        CHECK(delegation.error().code == Errc::malformed_trust);
        CHECK_THAT(delegation.error().context, Catch::Contains(place));
    }
    SourceFolder folder;
    folder.as_delegation();
    folder.json["body"]["certificates"][0]["file"] = "none.cer";
    CHECK(folder.read_delegation().error().code == Errc::not_found);
    CHECK(read_delegation_source(as_bytes("{"), ".", world_time()).error().code == Errc::malformed_trust);
}

TEST_CASE("The examples of the format page read") {
    // docs/format/trust.md: the two JSON blocks of the section on sources.
    const auto page = read_file(std::string(ELIC_SOURCE_DIR) + "/docs/format/trust.md", 1 << 20).value();
    const auto text = as_text(page);
    const auto example_after = [&](std::size_t from) {
        const auto begin = text.find("```json", from);
        REQUIRE(begin != std::string_view::npos);
        return text.substr(begin + 8, text.find("```", begin + 8) - begin - 8);
    };
    const auto section = text.find("## 12. Source");
    const auto delegations = text.find("### Source of a delegation");
    REQUIRE(section < delegations);
    SourceFolder folder;
    REQUIRE(make_folders(folder.folder / "ca"));
    REQUIRE(make_folders(folder.folder / "offices"));
    folder.put("ca/root.pem", folder.world.ca.certificate.pem());
    folder.put("offices/housing.pem", folder.world.office.certificate.pem());
    folder.put("offices/housing-2025.pem", folder.world.other.certificate.pem());
    folder.put("offices/city.pem", folder.world.other.certificate.pem());
    const auto source = read_trust_source(as_bytes(example_after(section)), folder.folder.path(), world_time());
    INFO((source ? "" : source.error().context));
    REQUIRE(source);
    CHECK(source->content.bodies.size() == 1);
    const auto delegation =
        read_delegation_source(as_bytes(example_after(delegations)), folder.folder.path(), world_time());
    INFO((delegation ? "" : delegation.error().context));
    REQUIRE(delegation);
    CHECK(delegation->certificates.size() == 1);
}
