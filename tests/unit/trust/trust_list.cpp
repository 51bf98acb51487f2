#include "elic/trust/trust_list.h"

#include <catch2/catch.hpp>

#include "codec/cbor.h"
#include "trust/trust_codec.h"
#include "unit/trust/trust_world.h"

using namespace elic;

namespace {

Bytes built(TrustWorld& world) {
    return TrustList::build(world.source.content, world.ca.key, world.ca.certificate, {}).value();
}

/// An envelope over any content, signed as `kind`.
Bytes enveloped(TrustWorld& world, const Bytes& content, SignatureKind kind = SignatureKind::trust_list,
                const std::string& format = "elic trust-list 1") {
    const auto hint = key_hint(world.ca.certificate.fingerprint());
    const auto signature = sign_message(world.ca.key, signing_input(kind, hint, content)).value();
    cbor::Array envelope;
    envelope.emplace_back(format);
    envelope.emplace_back(world.ca.certificate.der());
    envelope.emplace_back(cbor::Array{});
    envelope.emplace_back(content);
    envelope.emplace_back(Bytes(signature.begin(), signature.end()));
    return cbor::write(std::move(envelope));
}

Errc error_of(const Bytes& file) {
    const auto list = TrustList::open(file);
    REQUIRE_FALSE(list);
    return list.error().code;
}

}  // namespace

TEST_CASE("A trust list says what was put into it") {
    auto world = make_world();
    world.source.content.previous = sm3(as_bytes("before"));
    const auto file = built(world);
    const auto list = TrustList::open(file);
    REQUIRE(list);
    CHECK(list->number() == 7);
    CHECK(list->issued_at() == world.source.content.issued_at);
    CHECK(list->not_before() == world.source.content.not_before);
    CHECK(list->next_update() == world.source.content.next_update);
    CHECK(list->signer() == world.ca.certificate);
    CHECK(list->signer_intermediates().empty());
    CHECK(list->digest() == sm3(file));
    CHECK(list->roots() == world.source.content.roots);
    CHECK(list->intermediates().empty());
    CHECK(list->body_count() == 2);
    const auto content = list->content();
    REQUIRE(content);
    CHECK(content->previous == world.source.content.previous);
    CHECK(content->bodies[0].name == world.body().name);
    CHECK(content->bodies[0].hosts == world.body().hosts);
    CHECK(content->bodies[1].grants[0].areas == world.other_body().grants[0].areas);
    CHECK(write_trust_content(*content).value() == write_trust_content(world.source.content).value());
}

TEST_CASE("A trust list is the same whatever order its source has") {
    auto world = make_world();
    const auto content = write_trust_content(world.source.content).value();
    std::swap(world.source.content.bodies[0], world.source.content.bodies[1]);
    std::swap(world.source.content.packs[0], world.source.content.packs[1]);
    world.source.content.roots.push_back(world.source.content.roots[0]);
    CHECK(write_trust_content(world.source.content).value() == content);
}

TEST_CASE("Bodies are found by code, by place and by key") {
    auto world = make_world();
    auto twin = listed(world.office.certificate);  // another certificate with the same hint, made up
    twin.fingerprint[31] ^= 1;
    world.other_body().certificates.push_back(twin);
    auto second = listed(world.other.certificate);
    second.fingerprint[31] ^= 1;
    world.other_body().certificates.push_back(second);
    const auto list = TrustList::open(built(world)).value();
    CHECK(list.body(office_code()).value().name == world.body().name);
    CHECK(list.body(uscc_of("11990199MB00TX017")).error().code == Errc::not_found);
    CHECK(list.body_at(0).value().code == office_code());
    CHECK(list.bodies_with_key(key_hint(world.office.certificate.fingerprint())).value().size() == 2);
    const auto once = list.bodies_with_key(key_hint(world.other.certificate.fingerprint())).value();
    REQUIRE(once.size() == 1);
    CHECK(once[0].code == other_code());
    CHECK(list.bodies_with_key({}).value().empty());
    CHECK(list.bodies_with_key({255, 255, 255, 255, 255, 255, 255, 255}).value().empty());
    CHECK(list.content().has_value());
}

TEST_CASE("Packs are found by the first bytes of their digest and by type and version") {
    auto world = make_world();
    const auto list = TrustList::open(built(world)).value();
    const auto& entry = list.packs()[1];
    REQUIRE(list.pack(masked_type(), 1) == &entry);
    CHECK(list.pack({entry.digest[0], entry.digest[1], entry.digest[2], entry.digest[3]}) == &entry);
    CHECK(list.pack(masked_type(), 2) == nullptr);
    CHECK(list.pack({0, 0, 0, 0}) == nullptr);
}

TEST_CASE("A key that is not the certificate's signs no trust list") {
    auto world = make_world();
    const auto built_with = TrustList::build(world.source.content, world.office.key, world.ca.certificate, {});
    REQUIRE_FALSE(built_with);
    CHECK(built_with.error().code == Errc::bad_argument);
}

TEST_CASE("A trust list with any byte changed does not open") {
    auto world = make_world();
    const auto file = built(world);
    for (std::size_t i = 0; i < file.size(); ++i) {
        auto changed = file;
        changed[i] ^= static_cast<std::uint8_t>(1U << (i % 8));
        CAPTURE(i);
        CHECK_FALSE(TrustList::open(changed).has_value());
    }
}

TEST_CASE("A trust list that is cut or continued does not open") {
    auto world = make_world();
    const auto file = built(world);
    for (std::size_t size = 0; size < file.size(); size += 7) {
        CHECK(error_of(Bytes(file.begin(), file.begin() + static_cast<std::ptrdiff_t>(size))) == Errc::malformed_trust);
    }
    auto longer = file;
    longer.push_back(0);
    CHECK(error_of(longer) == Errc::malformed_trust);
}

TEST_CASE("Signatures of other kinds over the content of a trust list do not open it") {
    auto world = make_world();
    const auto content = write_trust_content(world.source.content).value();
    REQUIRE(TrustList::open(enveloped(world, content)).has_value());
    for (int kind = 0; kind < signature_kinds; ++kind) {
        if (kind == static_cast<int>(SignatureKind::trust_list)) continue;
        CAPTURE(kind);
        CHECK(error_of(enveloped(world, content, static_cast<SignatureKind>(kind))) == Errc::malformed_trust);
    }
}

TEST_CASE("Later versions of the format are told from damage, whatever follows") {
    auto world = make_world();
    const auto content = write_trust_content(world.source.content).value();
    CHECK(error_of(enveloped(world, content, SignatureKind::trust_list, "elic trust-list 2")) == Errc::newer_format);
    CHECK(error_of(enveloped(world, content, SignatureKind::trust_list, "elic trust-list 02")) ==
          Errc::malformed_trust);
    CHECK(error_of(enveloped(world, content, SignatureKind::trust_list, "elic trust-list x")) == Errc::malformed_trust);
    CHECK(error_of(enveloped(world, content, SignatureKind::trust_list, "other trust-list 1")) ==
          Errc::malformed_trust);
    cbor::Array other;
    other.emplace_back(std::string("elic trust-list 12"));
    other.emplace_back(cbor::Array{cbor::Value(cbor::Array{cbor::Value(cbor::Array{})})});
    CHECK(error_of(cbor::write(std::move(other))) == Errc::newer_format);
}

TEST_CASE("A list of version 0 is refused with what to do") {
    auto world = make_world();
    const auto content = write_trust_content(world.source.content).value();
    const auto list = TrustList::open(enveloped(world, content, SignatureKind::trust_list, "elic trust-list 0"));
    REQUIRE_FALSE(list);
    CHECK(list.error().code == Errc::malformed_trust);
    CHECK_THAT(list.error().context, Catch::Contains("build it anew"));
}

TEST_CASE("An envelope of another shape does not open") {
    auto world = make_world();
    const auto file = cbor::read(built(world), {.depth = 4, .entries = 100, .bytes = 1 << 20}).value();
    const auto without = [&](std::size_t n, cbor::Value instead) {
        auto parts = *file.array();
        parts[n] = std::move(instead);
        return cbor::write(std::move(parts));
    };
    for (std::size_t n = 0; n < 5; ++n) {
        CAPTURE(n);
        CHECK(error_of(without(n, std::int64_t{1})) == Errc::malformed_trust);
    }
    CHECK(error_of(without(2, cbor::Array{cbor::Value(std::int64_t{1})})) == Errc::malformed_trust);
    CHECK(error_of(without(2, cbor::Array{cbor::Value(Bytes{1, 2})})) == Errc::malformed_trust);
    CHECK(error_of(without(1, world.ca.certificate.pem())) == Errc::malformed_trust);
    CHECK(error_of(without(4, Bytes(63))) == Errc::malformed_trust);
    auto parts = *file.array();
    parts.pop_back();
    CHECK(error_of(cbor::write(std::move(parts))) == Errc::malformed_trust);
    CHECK(error_of(cbor::write(cbor::Array{})) == Errc::malformed_trust);
    CHECK(error_of(cbor::write(cbor::Map{})) == Errc::malformed_trust);
}

TEST_CASE("A chain of too many certificates is over a limit") {
    auto world = make_world();
    const std::vector<Certificate> many(40, world.ca.certificate);
    const auto file = TrustList::build(world.source.content, world.ca.key, world.ca.certificate, many).value();
    CHECK(error_of(file) == Errc::limit_exceeded);
}

TEST_CASE("Content that only whoever asks for it would notice to be wrong is noticed then") {
    auto world = make_world();
    auto value =
        cbor::read(write_trust_content(world.source.content).value(), {.depth = 4, .entries = 1000, .bytes = 1 << 20})
            .value();
    auto map = *value.map();
    SECTION("a body that cannot be read") {
        auto bodies = *map[8].second.map();
        bodies[0].second = Bytes{0xA0};
        map[8].second = bodies;
        const auto list = TrustList::open(enveloped(world, cbor::write(map))).value();
        CHECK(list.body_at(0).error().code == Errc::malformed_trust);
        CHECK(list.body(office_code()).error().code == Errc::malformed_trust);
        CHECK(list.bodies_with_key(key_hint(world.office.certificate.fingerprint())).error().code ==
              Errc::malformed_trust);
        CHECK(list.content().error().code == Errc::malformed_trust);
        CHECK(list.body_at(1).has_value());
    }
    SECTION("a key index that does not hold all certificates") {
        auto index = *map[9].second.bytes();
        index.resize(index.size() - key_record_bytes);
        map[9].second = index;
        const auto list = TrustList::open(enveloped(world, cbor::write(map))).value();
        CHECK(list.content().error().code == Errc::malformed_trust);
    }
    SECTION("a key index that names the wrong body") {
        auto index = *map[9].second.bytes();
        index[key_record_bytes - 1] ^= 1;
        map[9].second = index;
        const auto list = TrustList::open(enveloped(world, cbor::write(map))).value();
        CHECK(list.content().error().code == Errc::malformed_trust);
    }
}
