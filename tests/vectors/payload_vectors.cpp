#include <catch2/catch.hpp>

#include "base/hex.h"
#include "elic/packs/type_packs.h"
#include "elic/payload/payload.h"
#include "payload/claims.h"
#include "vectors/vector_support.h"
#include "verify/license_json.h"

using namespace elic;

namespace {

constexpr int least_vectors = 168;
const std::vector<std::string> known_keys = {"comment", "expect", "pack", "key", "claims", "cose", "meaning"};

PublicKey key_of(const test::Vector& vector) {
    return PublicKey::from_point(from_hex(vector.header.at("key")).value()).value();
}

std::shared_ptr<const TypePack> pack_of(const test::Vector& vector) {
    const auto name = vector.header.at("pack");
    return TypePacks::builtin()
        .load(LicenseTypeCode::parse(name.substr(0, 21)).value(), std::stoi(name.substr(22)))
        .value();
}

/// What a reader makes of a vector: "ok", "malformed", "newer", "foreign" or "signature".
std::string outcome(const test::Vector& vector) {
    const auto text = normalise_code_text(vector.body);
    if (lead_of(text) == PayloadLead::foreign) return "foreign";
    if (lead_of(text) == PayloadLead::newer) return "newer";
    const auto payload = read_payload(text);
    if (!payload) return "malformed";
    REQUIRE(write_payload(*payload) == text);
    if (!signature_holds(*payload, key_of(vector))) return "signature";
    CHECK(to_hex(payload->claims) == vector.header.at("claims"));
    CHECK(to_hex(to_cose_sign1(payload->hint, payload->claims, payload->signature)) == vector.header.at("cose"));
    const auto claims = read_claims(payload->claims);
    if (!claims) return "malformed";
    if (claims->critical_unknown) return "newer";
    const auto pack = pack_of(vector);
    const auto license = to_metadata(*claims, payload->claims, *pack, "示例省政务服务局（测试）");
    if (!license) return "malformed";
    CHECK(write_claims(*license, *pack).value() == payload->claims);
    CHECK(write_json(license_json(*license)) == vector.header.at("meaning"));
    return "ok";
}

}  // namespace

TEST_CASE("Every payload vector is read as it says") {
    int count = 0;
    for (const auto& entry :
         std::filesystem::directory_iterator(std::filesystem::path(ELIC_SOURCE_DIR) / "testdata/vectors/payload")) {
        const auto vector = test::read_vector(entry.path(), known_keys);
        INFO(vector.name);
        CHECK(outcome(vector) == vector.header.at("expect"));
        ++count;
    }
    INFO(count);
    CHECK(count >= least_vectors);
}

TEST_CASE("A vector file with an unknown key is refused") {
    const auto file =
        *std::filesystem::directory_iterator(std::filesystem::path(ELIC_SOURCE_DIR) / "testdata/vectors/payload");
    CHECK_THROWS(test::read_vector(file.path(), {"comment"}));
}
