#include "trust/trust_bundle.h"

#include "codec/cbor.h"
#include "trust/folder_names.h"
#include "unit/trust/import_world.h"

using namespace elic;

namespace {

constexpr cbor::Limits limits{.depth = 2, .entries = 100, .bytes = 1 << 20};

Bytes export_of(const ImportWorld& w) { return export_trust_folder(w.path(), nullptr, nullptr).value(); }

/// A bundle with these parts, whatever they are.
Bytes bundle_of(cbor::Map content, const std::string& format = "elic bundle 1") {
    cbor::Array parts;
    parts.emplace_back(format);
    parts.emplace_back();
    parts.emplace_back(cbor::write(std::move(content)));
    parts.emplace_back();
    return cbor::write(std::move(parts));
}

Bytes bundle_with(const std::string& name, const Bytes& bytes) {
    cbor::Map map;
    map.emplace_back(name, bytes);
    return bundle_of(std::move(map));
}

}  // namespace

TEST_CASE("What is exported is taken in elsewhere and gives the same files") {
    ImportWorld w;
    REQUIRE(w.build());
    const auto full = ImportWorld::list_file(ImportWorld::status(province(), 1), w.world.office);
    const auto delta = ImportWorld::delta_file(province(), 2, full, w.world.office);
    REQUIRE(w.take({w.city_file(), w.county_file(), full, delta}));
    const auto bundle = export_of(w);
    CHECK(export_of(w) == bundle);
    const auto elsewhere = w.folder / "elsewhere";
    const auto report = import_into_trust_folder({{"bundle", bundle}}, elsewhere);
    REQUIRE(report);
    CHECK(report->lines.front() == "bundle bundle: nobody vouches for its being complete");
    CHECK(export_trust_folder(elsewhere, nullptr, nullptr).value() == bundle);
    CHECK(TrustFolder::open(elsewhere).value().status(province(), 1).value().list.number == 2);
    CHECK_FALSE(import_into_trust_folder({{"bundle", bundle}}, elsewhere).value().changed);
}

TEST_CASE("A bundle may be signed; then its signature must hold") {
    ImportWorld w;
    REQUIRE(w.build());
    const auto& certificate = w.world.office.certificate;
    const auto bundle = export_trust_folder(w.path(), &w.world.office.key, &certificate).value();
    CHECK(read_bundle(bundle).value().signer == certificate);
    const auto report = w.take({bundle}).value();
    CHECK(report.lines.front() == "bundle file 1: complete, says " + certificate.subject());
    auto altered = bundle;
    altered.back() ^= 1;
    CHECK_THAT(w.refusal({altered}).context, Catch::Contains("signature does not hold"));
    CHECK(export_trust_folder(w.path(), &w.world.other.key, &certificate).error().code == Errc::bad_argument);
}

TEST_CASE("A name inside a bundle is one of the folder's, and the one that the content gives") {
    ImportWorld w;
    REQUIRE(w.build());
    const auto file = w.city_file();
    for (const char* name : {"../../x", "/etc/passwd", "index/keys", "current", "lists/x.elic", ""}) {
        CAPTURE(name);
        CHECK(w.refusal({bundle_with(name, file)}).code == Errc::malformed_trust);
    }
    CHECK_THAT(w.refusal({bundle_with(delegation_name(city(), county()), file)}).context,
               Catch::Contains("is not what its name in the bundle says"));
    CHECK(w.take({bundle_with(delegation_name(province(), city()), file)}));
}

TEST_CASE("A bundle that breaks a rule is refused, a later format is newer") {
    ImportWorld w;
    REQUIRE(w.build());
    CHECK(read_bundle(bundle_of({}, "elic bundle 2")).error().code == Errc::newer_format);
    CHECK(read_bundle(bundle_of({}, "elic bundle 0")).error().code == Errc::malformed_trust);
    CHECK(read_bundle(bundle_of({}, "elic bundles 1")).error().code == Errc::malformed_trust);
    CHECK(read_bundle(bundle_of({})));
    cbor::Map number;
    number.emplace_back(std::int64_t{1}, Bytes{1});
    CHECK(read_bundle(bundle_of(std::move(number))).error().code == Errc::malformed_trust);
    auto parts = *cbor::read(export_of(w), limits).value().array();
    SECTION("a part more") { parts.emplace_back(); }
    SECTION("a certificate without a signature") { parts[1] = w.world.office.certificate.der(); }
    SECTION("a signature without a certificate") { parts[3] = Bytes(64); }
    SECTION("a certificate that is none") {
        parts[1] = Bytes{1};
        parts[3] = Bytes(64);
    }
    SECTION("a short signature") {
        parts[1] = w.world.office.certificate.der();
        parts[3] = Bytes(63);
    }
    SECTION("content that is none") { parts[2] = Bytes{0xff}; }
    SECTION("content that is no map") { parts[2] = Bytes{0x80}; }
    CHECK(w.refusal({cbor::write(std::move(parts))}).code == Errc::malformed_trust);
}
