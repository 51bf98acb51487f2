#include "elic/packs/type_packs.h"
#include "unit/trust/lint_reading.h"

using namespace elic;

namespace {

/// What is said where this file is named as an intermediate certificate.
std::vector<LintFault> faults_of_certificate(const std::string& file, BytesView bytes) {
    LintReading reading;
    reading.put(file, bytes);
    reading.json["intermediates"] = {file};
    CHECK(reading.read().intermediates.empty());
    return reading.faults;
}

}  // namespace

TEST_CASE("A certificate file that is named twice keeps the place of each") {
    LintReading reading;
    reading.json["intermediates"] = {"intermediate.pem", "root.pem"};
    const auto source = reading.read();
    CHECK(reading.said().empty());
    REQUIRE(source.intermediates.size() == 2);
    CHECK(source.roots.at(0).place == "roots[0]");
    CHECK(source.intermediates[0].place == "intermediates[0]");
    CHECK(source.intermediates[0].certificate == certificate_of(chain_intermediate_pem));
    CHECK(source.intermediates[1].place == "intermediates[1]");
    CHECK(source.intermediates[1].certificate == source.roots[0].certificate);
    CHECK(source.intermediates[1].file == "root.pem");
}

TEST_CASE("What is wrong with a certificate file is said where it is named first, later that it was said") {
    LintReading reading;
    reading.json["roots"] = {"p256.pem", "nowhere.pem", "p256.pem"};
    reading.json["intermediates"] = {"nowhere.pem"};
    const auto source = reading.read();
    CHECK((source.roots.empty() && source.intermediates.empty()));
    CHECK(reading.said() ==
          "certificate.not_sm2 roots[0]\ncertificate.weak_signature roots[0]\nfile.missing roots[1]\n"
          "certificate.unreadable roots[2]\ncertificate.unreadable intermediates[0]");
    CHECK(reading.faults[3].text == "'p256.pem': see above");
    CHECK(reading.faults[4].text == "'nowhere.pem': see above");
}

TEST_CASE("A certificate is told apart by what is foreign to SM2: its key, its signature, or both") {
    const auto key = "certificate.not_sm2", signature = "certificate.weak_signature";
    for (const auto& [pem, kinds] : {std::pair{p256_pem, std::vector<std::string>{key, signature}},
                                     {foreign_key_pem, {key}},
                                     {weakly_signed_pem, {signature}}}) {
        std::vector<std::string> named;
        for (const auto& fault : faults_of_certificate("foreign.pem", as_bytes(pem))) {
            named.emplace_back(kind_of(fault.code).name);
        }
        CHECK(named == kinds);
    }
    const auto faults = faults_of_certificate("foreign.pem", as_bytes(p256_pem));
    CHECK(faults[0].text == "O=elic TEST, CN=TEST weak: its key is id-ecPublicKey, not SM2");
    CHECK(faults[1].text == "O=elic TEST, CN=TEST weak: signed with ecdsa-with-SHA256, not SM2 and SM3");
}

TEST_CASE("A file that is no certificate, or more than one, is told with the reason") {
    const auto none = faults_of_certificate("none.pem", as_bytes("nonsense"));
    REQUIRE(none.size() == 1);
    CHECK(none[0].code == LintCode::certificate_unreadable);
    CHECK_THAT(none[0].text, Catch::StartsWith("'none.pem': neither DER nor a PEM certificate"));
    const auto two =
        faults_of_certificate("two.pem", as_bytes(std::string(chain_root_pem) + std::string(chain_office_pem)));
    REQUIRE(two.size() == 1);
    CHECK(two[0].code == LintCode::certificate_unreadable);
    const auto reason =
        Certificate::parse(as_bytes(std::string(chain_root_pem) + std::string(chain_office_pem))).error().context;
    CHECK(two[0].text == "'two.pem': " + reason);
}

TEST_CASE("A certificate that says that it is encrypted is not read, and nobody is asked for a passphrase") {
    std::string pem(chain_office_pem);
    const std::string begin = "-----BEGIN CERTIFICATE-----\n";
    pem.insert(begin.size(), "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00112233445566778899AABBCCDDEEFF\n\n");
    const auto faults = faults_of_certificate("encrypted.pem", as_bytes(pem));
    REQUIRE(faults.size() == 1);
    CHECK(faults[0].code == LintCode::certificate_unreadable);
    CHECK_THAT(faults[0].text, Catch::StartsWith("'encrypted.pem': no certificate: "));
}

TEST_CASE("A private key beside a certificate is told, and the certificate is read or not for what it is") {
    LintReading reading;
    reading.put("key.pem", as_bytes(example_office_key_pem));
    reading.json["intermediates"] = {"key.pem"};
    CHECK(reading.read_and_said() == "file.private_key intermediates[0]\ncertificate.unreadable intermediates[0]");
    CHECK(reading.faults.at(0).text == "'key.pem' holds a private key");
    reading.json["intermediates"] = {"root.pem"};
    CHECK(reading.read_and_said().empty());
}

TEST_CASE("The packs of a source are read with their types, versions and digests") {
    LintReading reading;
    reading.json["packs"] = {"area.json", "masked.json"};
    const auto source = reading.read();
    CHECK(source.all_packs_read);
    REQUIRE(source.packs.size() == 2);
    CHECK((source.packs[0].place == "packs[0]" && source.packs[0].type == area_type()));
    CHECK((source.packs[0].version == 1 && source.packs[0].digest == sm3(as_bytes(area_pack_json))));
    CHECK((source.packs[1].place == "packs[1]" && source.packs[1].type == masked_type()));
}

TEST_CASE("The packs built in are those of a source that names none, and stand at the place that names them") {
    const auto builtin = TypePacks::builtin();
    LintReading reading;
    reading.json["packs"] = {"area.json", "builtin"};
    const auto named = reading.read();
    reading.json.erase("packs");
    const auto unnamed = reading.read();
    CHECK(reading.said().empty());
    CHECK((named.all_packs_read && unnamed.all_packs_read));
    REQUIRE(unnamed.packs.size() == builtin.list().size());
    REQUIRE(named.packs.size() == unnamed.packs.size() + 1);
    const auto first = builtin.list().front();
    const auto digest = sm3(builtin.file(first.code, first.version).value());
    for (const auto& [pack, place] : {std::pair{named.packs[1], "packs[1]"}, {unnamed.packs[0], ""}}) {
        CHECK(pack.place == place);
        CHECK((pack.type == first.code && pack.version == first.version && pack.digest == digest));
    }
}

TEST_CASE("Whether every pack of a source was read is known") {
    for (const auto& [packs, all, said] : {std::tuple{Json{"area.json"}, true, ""},
                                           {Json::array(), true, "pack.none packs"},
                                           {Json(nullptr), false, "json.type packs"},
                                           {Json("area.json"), false, "json.type packs"},
                                           {Json{"area.json", "root.pem"}, false, "pack.unreadable packs[1]"},
                                           {Json{"nowhere.json", "area.json"}, false, "file.missing packs[0]"}}) {
        CAPTURE(packs);
        LintReading reading;
        reading.json["packs"] = packs;
        const auto source = reading.read();
        CHECK(source.all_packs_read == all);
        CHECK(reading.said() == said);
        CHECK(source.packs.size() == (packs.is_array() && !packs.empty() ? 1 : 0));
    }
    LintReading reading;
    reading.json["packs"] = {"root.pem"};
    reading.read();
    CHECK_THAT(reading.faults.at(0).text, Catch::StartsWith("'root.pem': "));
}
