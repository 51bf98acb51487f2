#include <catch2/catch.hpp>

#include "codec/json.h"
#include "elic/issue/document_press.h"
#include "unit/face/sample_face.h"
#include "verify/license_json.h"

using namespace elic;

namespace {

Metadata sample() {
    auto license = sample_license(
        *TypePacks::builtin().load_newest(LicenseTypeCode::parse("11100000000013338W011").value()).value());
    license.face[0].carried = Carried::digest;
    license.face[0].digest = Bytes(32, 0xab);
    license.face[1].carried = Carried::masked;
    return license;
}

}  // namespace

TEST_CASE("What the ledger keeps of a license reads back as the license") {
    auto license = sample();
    for (const auto form : {ValidityForm::until, ValidityForm::long_term, ValidityForm::none}) {
        license.validity.form = form;
        if (form != ValidityForm::until) license.validity.valid_until.reset();
        const auto read = read_license_json(write_json(license_json(license)));
        REQUIRE(read);
        CHECK(read->id == license.id);
        CHECK(read->number == license.number);
        CHECK(read->holders == license.holders);
        CHECK(read->validity == license.validity);
        CHECK(read->face == license.face);
        CHECK(read->signed_at == license.signed_at);
        CHECK(read->status == license.status);
        CHECK(write_json(license_json(*read)) == write_json(license_json(license)));
    }
}

TEST_CASE("A damaged license of the ledger is an error, not a crash") {
    const auto text = write_json(license_json(sample()));
    for (std::size_t i = 0; i < text.size(); i += 7) CHECK_FALSE(read_license_json(text.substr(0, i)));
    auto json = license_json(sample());
    json["face"][0]["carried"] = "invented";
    CHECK_FALSE(read_license_json(write_json(json)));
    json = license_json(sample());
    json.erase("issued_on");
    CHECK_FALSE(read_license_json(write_json(json)));
}
