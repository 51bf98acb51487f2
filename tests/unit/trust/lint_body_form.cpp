#include "unit/trust/lint_reading.h"

using namespace elic;

namespace {

constexpr auto payload_bit = 1U << static_cast<unsigned>(SignatureKind::payload);

std::optional<Uscc> body_code(LintReading& reading, const std::string& text) {
    reading.body()["code"] = text;
    return reading.read_body().code;
}

/// The one key of the source's body, with these members beside its file.
LintKey body_key(LintReading& reading, const Json& members) {
    reading.key() = Json{{"file", "office.pem"}};
    reading.key().update(members);
    return reading.read_body().keys.at(0);
}

}  // namespace

TEST_CASE("The lenient reading keeps all that a well formed body says") {
    LintReading reading;
    auto& json = reading.body();
    json["hosts"] = {"verify.example"};
    json["former_names"] = Json::array({Json{{"name", "示例市建设委员会"}, {"until", "2018-10-31"}}});
    json["successor"] = {{"code", other_code().text()}, {"from", "2028-01-01"}};
    const auto body = reading.read_body();
    CHECK(lines_of(reading.faults).empty());
    CHECK(body.code == office_code());
    CHECK(body.name == "示例市住房和城乡建设局");
    REQUIRE(body.hosts.size() == 1);
    CHECK((body.hosts[0].text == "verify.example" && body.hosts[0].place == "bodies[0].hosts[0]"));
    REQUIRE(body.keys.size() == 1);
    CHECK(body.keys[0].place == "bodies[0].certificates[0]");
    CHECK(body.keys[0].file->place == "bodies[0].certificates[0].file");
    CHECK(body.keys[0].file->certificate == certificate_of(chain_office_pem));
    CHECK(body.grants.empty());
    REQUIRE(body.former_names.size() == 1);
    CHECK(body.former_names[0].place == "bodies[0].former_names[0]");
    CHECK((body.former_names[0].name == "示例市建设委员会" && body.former_names[0].until == on("2018-10-31")));
    REQUIRE(body.successor);
    CHECK(body.successor->place == "bodies[0].successor");
    CHECK((body.successor->code == other_code() && body.successor->from == on("2028-01-01")));
}

TEST_CASE("Each member of a body that is missing or of the wrong form is told once, at its place") {
    const std::vector<std::pair<const char*, std::function<void(Json&)>>> all = {
        {"json.type bodies[0]", [](Json& body) { body = 1; }},
        {"json.missing_key bodies[0].code", [](Json& body) { body.erase("code"); }},
        {"json.missing_key bodies[0].name", [](Json& body) { body.erase("name"); }},
        {"name.empty bodies[0].name", [](Json& body) { body["name"] = ""; }},
        {"host.malformed bodies[0].hosts[0]", [](Json& body) { body["hosts"] = {""}; }},
        {"json.type bodies[0].certificates[0]", [](Json& body) { body["certificates"] = {"office.pem"}; }},
        {"json.type bodies[0].types[0]", [](Json& body) { body["types"] = {"all"}; }},
        {"json.type bodies[0].former_names[0]", [](Json& body) { body["former_names"] = {"旧名"}; }},
        {"json.missing_key bodies[0].former_names[0].until\njson.missing_key bodies[0].former_names[0].name",
         [](Json& body) { body["former_names"] = Json::array({Json::object()}); }},
        {"name.empty bodies[0].former_names[0].name",
         [](Json& body) {
             body["former_names"] = Json::array({Json{{"name", ""}, {"until", "2018-10-31"}}});
         }},
        {"json.type bodies[0].successor", [](Json& body) { body["successor"] = other_code().text(); }},
        {"json.missing_key bodies[0].successor.code\njson.missing_key bodies[0].successor.from",
         [](Json& body) { body["successor"] = Json::object(); }},
        {"code.malformed bodies[0].successor.code\ntime.malformed bodies[0].successor.from",
         [](Json& body) {
             body["successor"] = {{"code", "1"}, {"from", ""}};
         }},
    };
    for (const auto& [says, change] : all) {
        LintReading reading;
        change(reading.body());
        const auto source = reading.read();
        CHECK(reading.said() == says);
        REQUIRE(source.bodies.size() == 1);
        CHECK(source.bodies[0].place == "bodies[0]");
    }
}

TEST_CASE("What is no object among a body's lists keeps its place, and nothing else") {
    LintReading reading;
    auto& json = reading.body();
    for (const auto* list : {"certificates", "types", "former_names"}) json[list] = {1};
    json["successor"] = 1;
    const auto body = reading.read_body();
    REQUIRE((body.keys.size() == 1 && body.grants.size() == 1 && body.former_names.size() == 1 && body.successor));
    CHECK(body.keys[0].place == "bodies[0].certificates[0]");
    CHECK((!body.keys[0].file && body.keys[0].kinds == 0));
    CHECK(body.grants[0].place == "bodies[0].types[0]");
    CHECK(body.grants[0].rights == 0);
    CHECK(body.former_names[0].place == "bodies[0].former_names[0]");
    CHECK(body.successor->place == "bodies[0].successor");
}

TEST_CASE("A code of a body is read, or told with what is wrong and what was probably meant") {
    LintReading reading;
    const auto code = office_code().text();
    CHECK(body_code(reading, code) == office_code());
    CHECK(reading.said().empty());
    std::string small = code;
    small[12] = 't';
    small[8] = 'm';
    CHECK_FALSE(body_code(reading, small));
    CHECK(reading.said() == "code.malformed bodies[0].code");
    CHECK_THAT(reading.faults.at(0).text, Catch::StartsWith("'" + small + "': ") && Catch::Contains("; "));
    CHECK(reading.faults.at(0).mend == "probably meant: " + code);
    CHECK_FALSE(body_code(reading, ""));
    CHECK(reading.said() == "code.malformed bodies[0].code");
    CHECK(reading.faults.at(0).mend == kind_of(LintCode::code_malformed).mend);
}

TEST_CASE("A code of no division, or whose inner check character is wrong, is told and taken") {
    LintReading reading;
    const auto odd = uscc_of("11430199MB00TX018"), nowhere = uscc_of("11990199MB00TX017"),
               central = uscc_of("11100000MB00TX017");
    CHECK(body_code(reading, odd.text()) == odd);
    CHECK(reading.said() == "code.organisation_check bodies[0].code");
    CHECK(body_code(reading, nowhere.text()) == nowhere);
    CHECK(reading.said() == "code.division bodies[0].code");
    CHECK(reading.faults.at(0).text == "'990199' is no division");
    CHECK(body_code(reading, central.text()) == central);
    CHECK(reading.said().empty());
}

TEST_CASE("Each kind of signature but that of trust lists is one that a key of a body may make") {
    LintReading reading;
    for (int kind = 0; kind < signature_kinds; ++kind) {
        const std::string name(name_of(static_cast<SignatureKind>(kind)));
        CAPTURE(name);
        const bool of_lists = name == "trust-list";
        CHECK(body_key(reading, {{"kinds", {name}}}).kinds == (of_lists ? 0U : 1U << kind));
        CHECK(reading.said() == (of_lists ? "kind.trust_list bodies[0].certificates[0].kinds[0]" : ""));
    }
    CHECK(body_key(reading, {{"kinds", {"rollover", "payload"}}}).kinds == 0b100000001);
}

TEST_CASE("A key that names no kinds signs payloads; kinds that are not known are told") {
    LintReading reading;
    const std::vector<std::tuple<Json, unsigned, std::string>> all = {
        {Json::object(), payload_bit, ""},
        {{{"kinds", Json::array()}}, payload_bit, "kind.none bodies[0].certificates[0].kinds"},
        {{{"kinds", nullptr}}, 0, "json.type bodies[0].certificates[0].kinds"},
        {{{"kinds", {"payloads"}}}, 0, "kind.unknown bodies[0].certificates[0].kinds[0]"},
        {{{"kinds", {"payload", "delegation", "payload"}}}, 0b101, "kind.repeated bodies[0].certificates[0].kinds[2]"}};
    for (const auto& [members, kinds, says] : all) {
        CHECK(body_key(reading, members).kinds == kinds);
        CHECK(reading.said() == says);
    }
    CHECK(reading.faults.at(0).text == "'payload' is named twice");
    body_key(reading, {{"kinds", {"payloads"}}});
    CHECK(reading.faults.at(0).text == "'payloads' is no kind of signature");
}

TEST_CASE("A key is listed from the begin of its certificate where nothing else is said") {
    LintReading reading;
    const auto office = certificate_of(chain_office_pem);
    const auto usual = body_key(reading, Json::object());
    CHECK(usual.from == office.not_before());
    CHECK((!usual.until && !usual.until_given && !usual.compromised && usual.times_known));
    const auto given =
        body_key(reading, {{"from", "2026-06-01"}, {"until", "2026-07-31"}, {"compromised_since", "2026-07-01"}});
    CHECK(given.from == at("2026-06-01T00:00:00+08:00"));
    CHECK(given.until == at("2026-07-31T23:59:59+08:00"));
    CHECK(given.compromised == at("2026-07-01T00:00:00+08:00"));
    CHECK((given.until_given && given.times_known));
    CHECK(reading.said().empty());
    const auto unread = body_key(reading, {{"file", "nowhere.pem"}, {"until", "2026-07-31"}});
    CHECK((!unread.file && !unread.from && unread.until && unread.times_known));
    CHECK(reading.said() == "file.missing bodies[0].certificates[0].file");
}

TEST_CASE("A time of a key that does not read leaves its times unknown, whichever it is") {
    for (const auto* member : {"from", "until", "compromised_since"}) {
        for (const auto& [value, kind] : {std::pair{Json("soon"), "time.malformed"}, {Json(1), "json.type"}}) {
            CAPTURE(member);
            LintReading reading;
            Json members{{"from", "2026-06-01"}, {"until", "2027-06-01"}};
            members[member] = value;
            CHECK_FALSE(body_key(reading, members).times_known);
            CHECK(reading.said() == std::string(kind) + " bodies[0].certificates[0]." + member);
        }
    }
    LintReading reading;
    CHECK_FALSE(body_key(reading, {{"until", "soon"}}).from);
    CHECK(body_key(reading, {{"until", ""}, {"from", ""}}).times_known);
}

TEST_CASE("A key ends no earlier than it begins") {
    LintReading reading;
    const auto from = "2026-06-01T00:00:00+08:00", before = "2026-05-31T23:59:59+08:00";
    CHECK(body_key(reading, {{"from", from}, {"until", from}}).times_known);
    CHECK(reading.said().empty());
    CHECK_FALSE(body_key(reading, {{"from", from}, {"until", before}}).times_known);
    CHECK(reading.said() == "certificate.until_before_from bodies[0].certificates[0].until");
    CHECK(reading.faults.at(0).text == "listed until " + std::string(before) + ", before it begins (" + from + ")");
    CHECK_FALSE(body_key(reading, {{"until", "2020-01-01"}}).times_known);
    CHECK(reading.faults.at(0).text == "listed until 2020-01-01T23:59:59+08:00, before it begins (" +
                                           certificate_of(chain_office_pem).not_before().format() +
                                           ", the certificate's own begin)");
}
