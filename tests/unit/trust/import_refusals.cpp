#include "trust/folder_names.h"
#include "trust/import_objects.h"
#include "unit/trust/import_world.h"

using namespace elic;

namespace {

/// One file of every kind that the world's folder takes, under the name that it has there.
struct EveryKind : ImportWorld {
    EveryKind() {
        REQUIRE(build());
        world.source.content.number = 8;
        const auto list = TrustList::build(world.source.content, world.ca.key, world.ca.certificate, {}).value();
        const auto full = list_file(status(province(), 1), world.office);
        const auto delta = delta_file(province(), 2, full, world.office);
        const auto genuine = genuine_file(province(), world.office);
        const auto revocation = revocation_file(world.ca);
        const auto fresh = certified(world.ca, "CN=TEST office 2,C=CN");
        const auto& [entry, pack] = world.source.pack_files[0];
        files = {{list_name(world.ca.certificate.fingerprint()), list},
                 {delegation_name(province(), city()), city_file()},
                 {rollover_name(key_hint(fresh.certificate.fingerprint())), rollover_file(fresh, world.office)},
                 {status_list_name(province(), 1, 1), full},
                 {status_delta_name(province(), 1, 2), delta},
                 {genuine_name(province(), sm3(genuine)), genuine},
                 {revocation_name(sm3(revocation)), revocation},
                 {certificate_name(world.office.certificate.fingerprint()), world.office.certificate.der()},
                 {pack_name(entry.type, entry.version), pack}};
    }
    std::vector<Bytes> bytes() const {
        std::vector<Bytes> all;
        for (const auto& [name, file] : files) all.push_back(file);
        return all;
    }

    std::vector<std::pair<std::string, Bytes>> files;
};

/// Another name of the same part of the folder.
std::string other_name(std::string name) {
    const auto at = name.find_first_of("0123456789", name.rfind('/'));
    if (name.starts_with("delegations/")) return delegation_name(province(), stranger());
    name[at] = name[at] == '9' ? '8' : '9';
    return name;
}

}  // namespace

TEST_CASE("Files of every kind are taken in, and are unchanged when they come again") {
    EveryKind w;
    REQUIRE(w.take(w.bytes()));
    const auto again = w.take(w.bytes()).value();
    CHECK_FALSE(again.changed);
    CHECK(again.lines.size() == w.files.size());
    for (const auto& [name, bytes] : w.files) CHECK(has_line(again, "unchanged " + name));
}

TEST_CASE("A file of any kind under another name than its own in a bundle is refused, with its own") {
    EveryKind w;
    REQUIRE(w.take({w.files[3].second}));  // for the delta
    for (const auto& [name, bytes] : w.files) {
        CAPTURE(name);
        const auto wrong = other_name(name);
        const auto refused = w.refusal({write_bundle({{wrong, bytes}}, nullptr, nullptr).value()});
        CHECK(refused.code == Errc::malformed_trust);
        CHECK(refused.context == "file 1: " + wrong + ": is not what its name in the bundle says (it is " + name + ")");
    }
}

TEST_CASE("A file in a bundle that is nothing of a trust folder is refused with both names") {
    EveryKind w;
    const auto name = certificate_name(Digest{});
    const auto refused = w.refusal({write_bundle({{name, {'x'}}}, nullptr, nullptr).value()});
    CHECK(refused.code == Errc::malformed_trust);
    CHECK_THAT(refused.context, Catch::StartsWith("file 1: " + name + ": is nothing that a trust folder holds"));
}

TEST_CASE("A file that is nothing readable is told before the others are checked") {
    EveryKind w;
    CHECK(w.refusal({w.county_file()}).code == Errc::not_found);
    const auto refused = w.refusal({w.county_file(), {0x30, 0x00}});
    CHECK(refused.code == Errc::malformed_certificate);
    CHECK_THAT(refused.context, Catch::StartsWith("file 2: "));
}

TEST_CASE("An object that is signed well and whose content does not read is refused") {
    EveryKind w;
    for (const auto kind : {SignatureKind::delegation, SignatureKind::rollover, SignatureKind::status_list,
                            SignatureKind::status_delta, SignatureKind::genuine_list}) {
        CAPTURE(name_of(kind));
        const auto file = sign_object(kind, {1}, w.world.office.key, w.world.office.certificate).value();
        CHECK(w.refusal({file}).code == Errc::malformed_trust);
    }
}

TEST_CASE("Each step of an import refuses by its name what is not of its kind") {
    EveryKind w;
    auto state = ImportState::open(w.path()).value();
    std::vector<std::string> unchanged;
    const ImportStep step{.state = state, .unchanged = unchanged};
    for (const auto take : {&ImportStep::take_lists, &ImportStep::take_delegations, &ImportStep::take_rollovers,
                            &ImportStep::take_status, &ImportStep::take_genuine, &ImportStep::take_revocations,
                            &ImportStep::take_certificates, &ImportStep::take_packs}) {
        const auto taken = (step.*take)({{.name = "notes.txt", .stated = {}, .bytes = {'x'}}});
        REQUIRE_FALSE(taken);
        CHECK_THAT(taken.error().context, Catch::StartsWith("notes.txt: "));
    }
    CHECK(state.changes().empty());
    CHECK(unchanged.empty());
}

TEST_CASE("What looks like JSON is refused as a pack, what looks like X.509 as that, and neither as the other") {
    EveryKind w;
    const auto refused = [&](std::string_view text) { return w.refusal({Bytes(text.begin(), text.end())}); };
    for (const char* text : {"{", " \t\r\n{", "\xEF\xBB\xBF{", "\xEF\xBB\xBF {"}) {
        CAPTURE(text);
        CHECK(refused(text).code == Errc::malformed_pack);
    }
    for (const char* text : {" ", "\n\n", "\xEF\xBB\xBF", "[", "x{"}) {
        CAPTURE(text);
        CHECK(refused(text).code == Errc::malformed_trust);
    }
    // The error of a certificate, or of a revocation list, as the first line says.
    const auto body = std::string("\nMAA=\n-----END ");
    const auto certificate = refused("-----BEGIN CERTIFICATE-----" + body + "CERTIFICATE-----\n");
    const auto list = refused("-----BEGIN X509 CRL-----" + body + "X509 CRL-----\n");
    CHECK(certificate.code == Errc::malformed_certificate);
    CHECK(list.code == Errc::malformed_certificate);
    CHECK_THAT(certificate.context, Catch::StartsWith("file 1: not a DER certificate: "));
    CHECK_THAT(list.context, Catch::StartsWith("file 1: not a DER certificate revocation list: "));
}
