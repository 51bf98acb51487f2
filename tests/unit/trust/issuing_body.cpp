#include "elic/trust/issuing_body.h"

#include <catch2/catch.hpp>

#include "trust/trust_codec.h"
#include "unit/trust/trust_world.h"

using namespace elic;

namespace {

/// A body that has everything.
IssuingBody full_body() {
    auto world = make_world();
    auto body = world.body();
    body.certificates[0].until = at("2027-01-01T00:00:00+08:00");
    body.certificates[0].compromised_since = at("2025-01-01T00:00:00+08:00");  // before it was listed
    body.certificates[0].kinds = (1U << signature_kinds) - 1;
    body.grants[0].rights = right_of(GrantRight::delegate);
    body.grants[1].rights = 3;
    body.grants[1].until = on("2030-12-31");
    body.former_names = {{"旧名一", on("2010-05-31")}, {"旧名二", on("2020-12-31")}};
    body.successor = {other_code(), on("2028-01-01")};
    return body;
}

}  // namespace

TEST_CASE("A body says what was written, whatever it leaves out") {
    auto body = full_body();
    const auto same = [](const IssuingBody& written) {
        const auto bytes = write_trust_body(written).value();
        return read_trust_body(written.code.text(), bytes).value() == written;
    };
    CHECK(same(body));
    body.successor.reset();
    CHECK(same(body));
    body.former_names.clear();
    CHECK(same(body));
    body.successor = {other_code(), on("2028-01-01")};
    CHECK(same(body));
    CHECK(same({.code = other_code(), .name = "局", .hosts = {}, .certificates = {}, .grants = {}}));
}

TEST_CASE("A body with any bit of it changed reads as another body or not at all") {
    const auto body = full_body();
    const auto bytes = write_trust_body(body).value();
    for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
        auto changed = bytes;
        changed[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
        const auto read = read_trust_body(body.code.text(), changed);
        CAPTURE(bit);
        CHECK_FALSE((read && *read == body));
    }
}

TEST_CASE("A body is called by the name of the day") {
    const auto body = full_body();
    CHECK(body.name_on(on("2000-01-01")) == "旧名一");
    CHECK(body.name_on(on("2010-05-31")) == "旧名一");
    CHECK(body.name_on(on("2010-06-01")) == "旧名二");
    CHECK(body.name_on(on("2020-12-31")) == "旧名二");
    CHECK(body.name_on(on("2021-01-01")) == body.name);
}

TEST_CASE("A certificate of a body is found by its digest") {
    const auto body = full_body();
    CHECK(body.certificate(body.certificates[0].fingerprint) == body.certificates.data());
    CHECK(body.certificate(Digest{}) == nullptr);
}

TEST_CASE("A grant gives the rights that it names and no other") {
    const auto body = full_body();
    CHECK_FALSE(body.grants[0].gives(GrantRight::issue));
    CHECK(body.grants[0].gives(GrantRight::delegate));
    CHECK(body.grants[1].gives(GrantRight::issue));
    CHECK(body.grants[1].gives(GrantRight::delegate));
    CHECK_FALSE(grant(area_type(), "430000").gives(GrantRight::delegate));
}
