#include "elic/trust/signed_object.h"

#include <catch2/catch.hpp>

#include "codec/cbor.h"
#include "unit/trust/refusing_signer.h"
#include "unit/trust/trust_world.h"

using namespace elic;

namespace {

constexpr std::size_t limit = 1 << 16;
constexpr cbor::Limits limits{.depth = 1, .entries = 4, .bytes = limit};

const std::vector<SignatureKind> object_kinds = {
    SignatureKind::delegation, SignatureKind::status_list, SignatureKind::status_delta, SignatureKind::genuine_list,
    SignatureKind::checkpoint, SignatureKind::bundle,      SignatureKind::rollover};

Errc error_of(const Bytes& file, std::size_t largest = limit) {
    const auto object = read_signed_object(file, largest);
    REQUIRE_FALSE(object);
    return object.error().code;
}

Bytes renamed(const Bytes& file, const std::string& format) {
    auto parts = *cbor::read(file, limits).value().array();
    parts[0] = format;
    return cbor::write(std::move(parts));
}

Bytes with_part(const Bytes& file, std::size_t n, cbor::Value instead) {
    auto parts = *cbor::read(file, limits).value().array();
    parts[n] = std::move(instead);
    return cbor::write(std::move(parts));
}

}  // namespace

TEST_CASE("A signed object reads as it was signed") {
    auto world = make_world();
    const Bytes content = {1, 2, 3};
    for (const auto kind : object_kinds) {
        CAPTURE(name_of(kind));
        const auto file = sign_object(kind, content, world.office.key, world.office.certificate).value();
        const auto object = read_signed_object(file, limit).value();
        CHECK(object.kind == kind);
        CHECK(object.signer == world.office.certificate.fingerprint());
        CHECK(object.content == content);
        CHECK(object.holds(world.office.certificate.public_key()));
        CHECK_FALSE(object.holds(world.other.certificate.public_key()));
    }
}

TEST_CASE("A signature of one kind presented as another never holds") {
    auto world = make_world();
    const auto& key = world.office.certificate.public_key();
    const auto hint = key_hint(world.office.certificate.fingerprint());
    const Bytes content = {1, 2, 3};
    for (int made = 0; made < signature_kinds; ++made) {
        const auto input = signing_input(static_cast<SignatureKind>(made), hint, content);
        const auto signature = sign_message(world.office.key, input).value();
        for (const auto kind : object_kinds) {
            INFO(name_of(static_cast<SignatureKind>(made)) << " as " << name_of(kind));
            const auto file =
                cbor::write(cbor::Array{cbor::Value(std::string(domain_of(kind))),
                                        cbor::Value(Bytes(world.office.certificate.fingerprint().begin(),
                                                          world.office.certificate.fingerprint().end())),
                                        cbor::Value(content), cbor::Value(Bytes(signature.begin(), signature.end()))});
            CHECK(read_signed_object(file, limit).value().holds(key) == (made == static_cast<int>(kind)));
        }
    }
}

TEST_CASE("A signed object with any bit changed does not hold") {
    auto world = make_world();
    const auto& certificate = world.office.certificate;
    const auto file = sign_object(SignatureKind::delegation, {1, 2, 3}, world.office.key, certificate).value();
    for (std::size_t bit = 0; bit < file.size() * 8; ++bit) {
        auto changed = file;
        changed[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
        const auto object = read_signed_object(changed, limit);
        // The digest names the certificate: where it is another one, so is the key.
        const bool same_key = object && object->signer == certificate.fingerprint();
        CAPTURE(bit);
        CHECK_FALSE((same_key && object->holds(certificate.public_key())));
    }
}

TEST_CASE("A later version of any kind is told from damage, and an earlier one is refused") {
    auto world = make_world();
    const auto file = sign_object(SignatureKind::delegation, {1}, world.office.key, world.office.certificate).value();
    for (const char* format : {"elic delegation 2", "elic rollover 10", "elic checkpoint 2", "elic bundle 99"}) {
        CAPTURE(format);
        CHECK(error_of(renamed(file, format)) == Errc::newer_format);
    }
    for (const char* format : {"elic delegation 0", "elic delegation 01", "elic delegation x", "elic delegation",
                               "elic delegation ", "elic delegation 2 ", "other delegation 2", "", "elic payload 1",
                               "elic payload 2", "elic trust-list 1", "elic trust-list 2"}) {
        CAPTURE(format);
        CHECK(error_of(renamed(file, format)) == Errc::malformed_trust);
    }
    cbor::Array other;
    other.emplace_back(std::string("elic status-list 2"));
    CHECK(error_of(cbor::write(std::move(other))) == Errc::newer_format);
}

TEST_CASE("An envelope of another shape is refused") {
    auto world = make_world();
    const auto file = sign_object(SignatureKind::bundle, {1}, world.office.key, world.office.certificate).value();
    for (std::size_t n = 0; n < 4; ++n) {
        CAPTURE(n);
        CHECK(error_of(with_part(file, n, std::int64_t{1})) == Errc::malformed_trust);
    }
    CHECK(error_of(with_part(file, 1, Bytes(31))) == Errc::malformed_trust);
    CHECK(error_of(with_part(file, 3, Bytes(65))) == Errc::malformed_trust);
    auto parts = *cbor::read(file, limits).value().array();
    parts.pop_back();
    CHECK(error_of(cbor::write(std::move(parts))) == Errc::malformed_trust);
    parts = *cbor::read(file, limits).value().array();
    parts.emplace_back(std::int64_t{1});
    CHECK(error_of(cbor::write(std::move(parts))) == Errc::malformed_trust);
    auto longer = file;
    longer.push_back(0);
    CHECK(error_of(longer) == Errc::malformed_trust);
    for (std::size_t size = 0; size < file.size(); ++size) {
        CHECK(error_of(Bytes(file.begin(), file.begin() + static_cast<std::ptrdiff_t>(size))) == Errc::malformed_trust);
    }
    CHECK(error_of(file, file.size() - 1) == Errc::limit_exceeded);
    CHECK(read_signed_object(file, file.size()).has_value());
}

TEST_CASE("A key that is not the certificate's signs nothing") {
    auto world = make_world();
    const auto made = sign_object(SignatureKind::delegation, {1}, world.other.key, world.office.certificate);
    REQUIRE_FALSE(made);
    CHECK(made.error().code == Errc::bad_argument);
}

TEST_CASE("An earlier version of a kind is told by its name, with what to do") {
    auto world = make_world();
    const auto file = sign_object(SignatureKind::rollover, {1}, world.office.key, world.office.certificate).value();
    const auto object = read_signed_object(renamed(file, "elic rollover 0"), limit);
    REQUIRE_FALSE(object);
    CHECK(object.error().context ==
          std::string(name_of(SignatureKind::rollover)) + ": its format is no longer read; make it anew");
}

TEST_CASE("Where the key does not sign there is no object") {
    auto world = make_world();
    RefusingSigner refusing(world.office.certificate.public_key());
    const auto made = sign_object(SignatureKind::delegation, {1}, refusing, world.office.certificate);
    REQUIRE_FALSE(made);
    CHECK(made.error().code == Errc::signer_failed);
}
