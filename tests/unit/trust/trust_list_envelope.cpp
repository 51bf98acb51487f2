#include <algorithm>
#include <catch2/catch.hpp>

#include "codec/cbor.h"
#include "trust/trust_codec.h"
#include "unit/trust/refusing_signer.h"
#include "unit/trust/trust_world.h"

using namespace elic;

namespace {

const std::string envelope_parts = "trust list: [format, certificate, [certificates], content, signature] is expected";

Bytes built_list(TrustWorld& world) {
    return TrustList::build(world.source.content, world.ca.key, world.ca.certificate, {}).value();
}

/// How a file is refused.
Error list_refusal(Bytes file) {
    const auto list = TrustList::open(std::move(file));
    REQUIRE_FALSE(list);
    return list.error();
}

/// Content in an envelope that its signature holds for.
Bytes list_signed_over(TrustWorld& world, const Bytes& content) {
    auto parts = *cbor::read(built_list(world), {.depth = 2, .entries = 10, .bytes = 1 << 20}).value().array();
    const auto hint = key_hint(world.ca.certificate.fingerprint());
    const auto signature = sign_message(world.ca.key, signing_input(SignatureKind::trust_list, hint, content)).value();
    parts[3] = content;
    parts[4] = Bytes(signature.begin(), signature.end());
    return cbor::write(std::move(parts));
}

}  // namespace

TEST_CASE("The envelope of a trust list has five parts, whatever number its first byte says") {
    auto world = make_world();
    const auto file = built_list(world);
    REQUIRE(file[0] == 0x85);
    for (const std::uint8_t head : {0x84, 0x86, 0x97}) {
        auto changed = file;
        changed[0] = head;
        CHECK(list_refusal(changed).context == envelope_parts);
    }
    auto four = file;  // 64 bytes of signature and two that say so
    four.resize(file.size() - 66);
    CHECK(list_refusal(four).context == envelope_parts);
    Bytes promised{0x97};
    promised.insert(promised.end(), file.begin() + 1, file.begin() + 19);  // the format and nothing else
    CHECK(list_refusal(promised).context == envelope_parts);
}

TEST_CASE("A signature of a trust list has 64 bytes") {
    auto world = make_world();
    for (const std::size_t size : {std::size_t{0}, std::size_t{63}, std::size_t{65}}) {
        auto parts = *cbor::read(built_list(world), {.depth = 2, .entries = 10, .bytes = 1 << 20}).value().array();
        parts[4] = Bytes(size);
        CHECK(list_refusal(cbor::write(parts)).context == envelope_parts);
        parts[4] = Bytes(64);
        CHECK(list_refusal(cbor::write(parts)).context == "trust list: its signature does not hold");
    }
}

TEST_CASE("A file of 64 MiB is looked at as a trust list, of one byte more it is not") {
    auto world = make_world();
    auto file = built_list(world);
    file.resize(19);  // the head and the format
    file.resize(max_trust_bytes + 1);
    CHECK(list_refusal(file).code == Errc::limit_exceeded);
    file.pop_back();
    CHECK(list_refusal(std::move(file)).context == envelope_parts);
}

TEST_CASE("A good signature does not make good what it is over") {
    auto world = make_world();
    const auto error = list_refusal(list_signed_over(world, Bytes{0xA0}));
    CHECK(error.code == Errc::malformed_trust);
    CHECK(error.context == "trust list: the content is a map of keys 1 to 10");
}

TEST_CASE("A trust list is not built of content that breaks a rule, nor by a signer that does not sign") {
    auto world = make_world();
    RefusingSigner refusing(world.ca.key.public_key());
    const auto unsigned_list = TrustList::build(world.source.content, refusing, world.ca.certificate, {});
    CHECK(unsigned_list.error().code == Errc::signer_failed);
    CHECK(unsigned_list.error().context == "switched off");
    world.source.content.number = 0;
    const auto zero = TrustList::build(world.source.content, world.ca.key, world.ca.certificate, {});
    CHECK(zero.error().code == Errc::malformed_trust);
    CHECK(zero.error().context == "number: 1 or more is expected");
}

TEST_CASE("A trust list without bodies finds none") {
    auto world = make_world();
    world.source.content.bodies.clear();
    const auto list = TrustList::open(built_list(world)).value();
    CHECK(list.body_count() == 0);
    CHECK(list.body(office_code()).error().code == Errc::not_found);
    CHECK(list.bodies_with_key(key_hint(world.office.certificate.fingerprint())).value().empty());
    CHECK(list.content().value().bodies.empty());
}

TEST_CASE("The look-up of a key ends with the index, though the bytes behind it be the ones sought") {
    auto world = make_world();
    world.source.content.bodies.pop_back();
    world.body().certificates[0].fingerprint = Digest{1};
    const auto file = built_list(world);
    KeyHint behind{};  // in the file the signature follows the index
    std::copy_n(file.end() - 66, behind.size(), behind.begin());
    const auto list = TrustList::open(file).value();
    CHECK(list.bodies_with_key(behind).value().empty());
    CHECK(list.bodies_with_key({1}).value().size() == 1);
}

TEST_CASE("Two bodies with one certificate are noticed when the whole content is asked for") {
    auto world = make_world();
    const auto content = write_trust_content(world.source.content).value();
    auto map = *cbor::read(content, {.depth = 4, .entries = 1000, .bytes = 1 << 20}).value().map();
    auto twin = world.other_body();
    twin.certificates = world.body().certificates;
    std::get<cbor::Map>(map[8].second.v)[1].second = write_trust_body(twin).value();
    const auto list = TrustList::open(list_signed_over(world, cbor::write(std::move(map)))).value();
    CHECK(list.body(other_code()).value() == twin);
    CHECK_THAT(list.content().error().context, Catch::Contains("listed for another body too"));
}
