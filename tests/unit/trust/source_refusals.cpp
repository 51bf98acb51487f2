#include "unit/trust/source_world.h"

using namespace elic;

namespace {

struct RefusedSource {
    const char* says;
    std::function<void(SourceFolder&)> change;
};

/// Each change of a source that reads is refused as malformed, with these words first.
void check_sources_refused(const std::vector<RefusedSource>& all) {
    for (const auto& [says, change] : all) {
        CAPTURE(says);
        SourceFolder folder;
        change(folder);
        const auto source = folder.read();
        REQUIRE_FALSE(source);
        CHECK(source.error().code == Errc::malformed_trust);
        CHECK_THAT(source.error().context, Catch::StartsWith(says));
    }
}

}  // namespace

TEST_CASE("A member of a source that is of the wrong kind is refused with its own place") {
    check_sources_refused({
        {"source.number: an integer is expected", [](SourceFolder& f) { f.json["number"] = "3"; }},
        {"source.not_before: a text is expected", [](SourceFolder& f) { f.json["not_before"] = 1; }},
        {"next_update: ", [](SourceFolder& f) { f.json["next_update"] = "soon"; }},
        {"roots: neither DER nor",
         [](SourceFolder& f) {
             f.json["roots"] = {"area.json", "root.pem"};
         }},
        {"intermediates: ", [](SourceFolder& f) { f.json["intermediates"] = {"area.json"}; }},
        {"bodies: a list is expected", [](SourceFolder& f) { f.json["bodies"] = Json::object(); }},
    });
}

TEST_CASE("A member of a body that is of the wrong kind is refused with its own place") {
    check_sources_refused({
        {"bodies[0].code: a text is expected", [](SourceFolder& f) { f.body()["code"] = 1; }},
        {"bodies[0].hosts: a list of texts is expected", [](SourceFolder& f) { f.body()["hosts"] = "verify.example"; }},
        {"bodies[0].former_names[0]: an object is expected",
         [](SourceFolder& f) { f.body()["former_names"] = {"旧名"}; }},
        {"bodies[0].former_names[0].since: is not known here",
         [](SourceFolder& f) {
             f.body()["former_names"] =
                 Json::array({{{"name", "a"}, {"until", "2018-10-31"}, {"since", "2001-01-01"}}});
         }},
        {"bodies[0].successor: an object is expected",
         [](SourceFolder& f) { f.body()["successor"] = other_code().text(); }},
        {"bodies[0].successor.code: is missing",
         [](SourceFolder& f) {
             f.body()["successor"] = {{"from", "2028-01-01"}};
         }},
        {"bodies[0].successor.name: is not known here",
         [](SourceFolder& f) {
             f.body()["successor"] = {{"code", other_code().text()}, {"from", "2028-01-01"}, {"name", "新名"}};
         }},
    });
}

TEST_CASE("A member of a body's certificate that is of the wrong kind is refused with its own place") {
    check_sources_refused({
        {"bodies[0].certificates[0]: an object is expected", [](SourceFolder& f) { f.certificate() = "office.cer"; }},
        {"bodies[0].certificates[0].file: is missing", [](SourceFolder& f) { f.certificate().erase("file"); }},
        {"bodies[0].certificates[0].until: a text is expected",
         [](SourceFolder& f) { f.certificate()["until"] = 2030; }},
        {"bodies[0].certificates[0].kinds: a list of texts is expected",
         [](SourceFolder& f) { f.certificate()["kinds"] = "payload"; }},
        {"bodies[0].certificates[0].kinds: 'everything' is not a kind that a body may sign",
         [](SourceFolder& f) { f.certificate()["kinds"] = {"everything"}; }},
    });
}

TEST_CASE("A member of a grant that is of the wrong kind is refused with its own place") {
    check_sources_refused({
        {"bodies[0].types[0]: an object is expected", [](SourceFolder& f) { f.types() = "all"; }},
        {"bodies[0].types[0].types: a list of texts is expected", [](SourceFolder& f) { f.types()["types"] = "all"; }},
        {"bodies[0].types[0].areas: a list of texts is expected",
         [](SourceFolder& f) { f.types()["areas"] = "430100"; }},
        {"bodies[0].types[0].until: a text is expected", [](SourceFolder& f) { f.types()["until"] = 2030; }},
        {"bodies[0].types[0].rights: a list of texts is expected",
         [](SourceFolder& f) { f.types()["rights"] = "issue"; }},
        {"bodies[0].types[0].since: is not known here", [](SourceFolder& f) { f.types()["since"] = "2026-01-01"; }},
    });
}

TEST_CASE("What a source must have is asked for by name") {
    check_sources_refused({
        {"roots: name at least one root certificate file", [](SourceFolder& f) { f.json.erase("roots"); }},
        {"number: 1 or more is expected", [](SourceFolder& f) { f.json["number"] = 0; }},
    });
    SourceFolder folder;
    folder.json["number"] = 1;
    CHECK(folder.read().value().content.number == 1);
}

TEST_CASE("A number below 1 is refused before any file of the source is looked for") {
    SourceFolder folder;
    folder.json["number"] = 0;
    folder.json["roots"] = {"none.pem"};
    CHECK(folder.read().error().code == Errc::malformed_trust);
    CHECK(folder.read().error().context == "number: 1 or more is expected");
}

TEST_CASE("A right to delegate alone is no right to issue") {
    SourceFolder folder;
    for (const auto right : {GrantRight::issue, GrantRight::delegate}) {
        folder.types()["rights"] = {right == GrantRight::issue ? "issue" : "delegate"};
        CHECK(folder.read().value().content.bodies[0].grants[0].rights == right_of(right));
    }
}

TEST_CASE("The packs built in are taken once, and stand beside no file of the same type and version") {
    const auto twice = ": this type and version is listed twice";
    SourceFolder folder;
    folder.json["packs"] = {"builtin", "builtin"};
    const auto first = TypePacks::builtin().list().front();
    CHECK_THAT(folder.read().error().context, Catch::StartsWith(first.code.text() + twice));
    const auto file = TypePacks::builtin().file(first.code, first.version).value();
    folder.put("same.json", file);
    folder.json["packs"] = {"same.json", "builtin"};
    CHECK_THAT(folder.read().error().context, Catch::StartsWith(first.code.text() + twice));
    folder.json["packs"] = {"builtin", "same.json"};
    CHECK_THAT(folder.read().error().context, Catch::StartsWith(std::string("packs[1]") + twice));
}

TEST_CASE("What keeps a file of a source from being read is told as it is, and not as a fault of the source") {
    SourceFolder folder;
    REQUIRE(make_folders(folder.folder / "folder.cer"));
    folder.put("large.cer", Bytes((16 << 10) + 1));
    for (const auto& [file, code] : {std::pair{"none.cer", Errc::not_found},
                                     {"folder.cer", Errc::io},
                                     {"large.cer", Errc::limit_exceeded},
                                     {"area.json", Errc::malformed_trust}}) {
        CAPTURE(file);
        folder.json["intermediates"] = {file};
        const auto source = folder.read();
        REQUIRE_FALSE(source);
        CHECK(source.error().code == code);
        CHECK_THAT(source.error().context, Catch::StartsWith("intermediates: "));
    }
}

TEST_CASE("A delegation source is an object, whose number is an integer from 1 up") {
    const auto refusal = [](const Json& json) {
        return read_delegation_source(as_bytes(write_json(json)), ".", world_time()).error();
    };
    CHECK(refusal(Json::array()).code == Errc::malformed_trust);
    CHECK(refusal(Json::array()).context == "source: an object is expected");
    SourceFolder folder;
    folder.as_delegation();
    for (const auto& [number, says] : {std::pair{Json("1"), "source.number: an integer is expected"},
                                       {Json(0), "number: 1 or more is expected"},
                                       {Json(-1), "number: 1 or more is expected"}}) {
        folder.json["number"] = number;
        CHECK(refusal(folder.json).code == Errc::malformed_trust);
        CHECK(refusal(folder.json).context == says);
    }
    folder.json["number"] = 1;
    CHECK(folder.read_delegation().value().number == 1);
}
