#include "codec/cbor.h"
#include "trust/folder_names.h"
#include "unit/trust/import_world.h"
#include "unit/trust/refusing_signer.h"

using namespace elic;

namespace {

constexpr cbor::Limits bundle_limits{.depth = 2, .entries = 100, .bytes = 1 << 20};

/// A signed bundle of one file, taken apart.
struct SignedBundle {
    TrustWorld world = make_world();
    cbor::Array parts = *cbor::read(make(), bundle_limits).value().array();

    Bytes make() {
        const std::map<std::string, Bytes> files = {{"lists/" + std::string(64, 'a') + ".elic", {1, 2, 3}}};
        return write_bundle(files, &world.office.key, &world.office.certificate).value();
    }
    Error refusal() const {
        const auto read = read_bundle(cbor::write(parts));
        REQUIRE_FALSE(read);
        return read.error();
    }
    void put_content(cbor::Map map) {
        parts[1] = cbor::Value();
        parts[2] = cbor::write(std::move(map));
        parts[3] = cbor::Value();
    }
};

}  // namespace

TEST_CASE("Each part of a bundle that is not as it has to be is told for what it is") {
    const std::vector<std::pair<const char*, void (*)(SignedBundle&)>> changes = {
        {"certificate is not in DER", [](SignedBundle& b) { b.parts[1] = b.world.office.certificate.pem(); }},
        {"a signature of 64 bytes", [](SignedBundle& b) { b.parts[3] = Bytes(63); }},
        {"a signature of 64 bytes", [](SignedBundle& b) { b.parts[3] = Bytes(65); }},
        {"a certificate and a signature, or neither", [](SignedBundle& b) { b.parts[1] = std::int64_t{1}; }},
        {"a certificate and a signature, or neither", [](SignedBundle& b) { b.parts[3] = std::int64_t{1}; }},
        {"[format, certificate, content, signature]", [](SignedBundle& b) { b.parts[2] = std::int64_t{1}; }},
        {"[format, certificate, content, signature]", [](SignedBundle& b) { b.parts.pop_back(); }},
        {"names and bytes",
         [](SignedBundle& b) {
             cbor::Map map;
             map.emplace_back("lists/" + std::string(64, 'a') + ".elic", std::int64_t{1});
             b.put_content(std::move(map));
         }},
        {"no name that a trust folder has",
         [](SignedBundle& b) {
             cbor::Map map;
             map.emplace_back(std::string("../x"), Bytes{1});
             b.put_content(std::move(map));
         }},
    };
    REQUIRE(read_bundle(SignedBundle().make()));
    for (const auto& [what, change] : changes) {
        CAPTURE(what);
        SignedBundle bundle;
        change(bundle);
        const auto error = bundle.refusal();
        CHECK(error.code == Errc::malformed_trust);
        CHECK_THAT(error.context, Catch::StartsWith("bundle: ") && Catch::Contains(what));
    }
}

TEST_CASE("A bundle that is cut or continued is malformed, one of too many parts is over a limit") {
    SignedBundle bundle;
    auto file = bundle.make();
    file.push_back(0);
    CHECK(read_bundle(file).error().code == Errc::malformed_trust);
    file.resize(file.size() - 2);
    CHECK(read_bundle(file).error().code == Errc::malformed_trust);
    bundle.parts.resize(9);
    CHECK(bundle.refusal().code == Errc::limit_exceeded);
}

TEST_CASE("A bundle of any version is told from other files") {
    SignedBundle bundle;
    CHECK(is_bundle(bundle.make()));
    for (const char* format : {"elic bundle 0", "elic bundle 2"}) {
        bundle.parts[0] = std::string(format);
        CHECK(is_bundle(cbor::write(bundle.parts)));
    }
    bundle.parts[0] = std::string("elic delegation 1");
    CHECK_FALSE(is_bundle(cbor::write(bundle.parts)));
    CHECK_FALSE(is_bundle({}));
    CHECK_FALSE(is_bundle(bundle.world.office.certificate.der()));
}

TEST_CASE("Only a key together with its certificate vouches for a bundle, and only when it signs") {
    auto world = make_world();
    const auto& certificate = world.office.certificate;
    const auto plain = write_bundle({}, nullptr, nullptr).value();
    CHECK(write_bundle({}, &world.office.key, nullptr).value() == plain);
    CHECK(write_bundle({}, nullptr, &certificate).value() == plain);
    RefusingSigner refusing(certificate.public_key());
    const auto made = write_bundle({}, &refusing, &certificate);
    REQUIRE_FALSE(made);
    CHECK(made.error().code == Errc::signer_failed);
}

TEST_CASE("A bundle holds 200,000 files and no more, and not 256 MiB") {
    std::map<std::string, Bytes> files;
    for (int n = 0; n < 200000; ++n) files.emplace_hint(files.end(), std::to_string(1000000 + n), Bytes());
    CHECK(write_bundle(files, nullptr, nullptr));
    files["one more"];
    const auto many = write_bundle(files, nullptr, nullptr);
    REQUIRE_FALSE(many);
    CHECK(many.error().code == Errc::limit_exceeded);
    CHECK_THAT(many.error().context, Catch::Contains("at most 200000 files and 256 MiB"));
    files.clear();
    files["large"].resize(256 << 20);
    CHECK(write_bundle(files, nullptr, nullptr).error().code == Errc::limit_exceeded);
}
