#include "elic/issue/document_press.h"

#include <catch2/catch.hpp>

#include "base/hex.h"
#include "elic/crypto/sm3.h"
#include "issue/office_fixture.h"
#include "unit/face/sample_face.h"

using namespace elic;

namespace {

std::shared_ptr<const TypePack> safety_pack() {
    return TypePacks::builtin().load_newest(LicenseTypeCode::parse(safety_type).value()).value();
}

/// Of a license without a portrait.
Metadata plain_license() {
    auto license = sample_license(*safety_pack());
    std::erase_if(license.face, [](const FaceField& field) { return field.label == "照片"; });
    return license;
}

Metadata with_portrait(BytesView picture) {
    auto license = plain_license();
    const auto digest = sm3(picture);
    license.face.push_back({.label = "照片",
                            .key = "",
                            .text = "",
                            .carried = Carried::digest,
                            .digest = Bytes(digest.begin(), digest.end())});
    return license;
}

std::vector<std::string> faults_of(const DocumentPress& press, const Metadata& license) {
    std::vector<std::string> faults;
    for (const auto& fault : press.examine(license, *safety_pack())) {
        UNSCOPED_INFO(fault.mend);
        faults.push_back(fault.field + " " + fault.rule);
    }
    return faults;
}

using Faults = std::vector<std::string>;

}  // namespace

TEST_CASE("A press names what it could not print: characters by their place in the draft, the portrait") {
    TestOffice desk;
    std::filesystem::create_directories(desk.folder / "portraits");
    const auto no_picture = as_bytes("no picture");
    REQUIRE(write_file_durably(desk.folder / "portraits" / "a.jpg", no_picture));
    const auto press =
        DocumentPress::open({.trust = desk.office().trust, .portraits = desk.folder / "portraits", .kept = {}}).value();

    auto license = plain_license();
    CHECK(faults_of(*press, license).empty());
    license.number = "TEST\U0001F9FF";
    license.holders[0].name = "张\U0001F9FF";
    for (auto& field : license.face) {
        if (field.label == "企业名称") field.text = "示例\U0001F9FF";
    }
    license.face.erase(std::remove_if(license.face.begin(), license.face.end(),
                                      [](const FaceField& f) { return f.label == "编号" || f.label == "姓名"; }),
                       license.face.end());
    license.face.push_back({.label = "编号", .key = "", .text = license.number});
    license.face.push_back({.label = "姓名", .key = "", .text = license.holders[0].name});
    auto faults = faults_of(*press, license);
    std::sort(faults.begin(), faults.end());
    CHECK(faults == Faults{"face.企业名称 unprintable", "holders[0].name unprintable", "number unprintable"});

    CHECK(faults_of(*press, with_portrait(as_bytes("not there"))) == Faults{"face.照片 portrait"});
    CHECK(faults_of(*press, with_portrait(no_picture)) == Faults{"face.照片 portrait"});
}

TEST_CASE("A code too large for its place is refused with the draft; the longest that is not is drawn") {
    TestOffice desk;
    const std::shared_ptr<const DocumentPress> press =
        DocumentPress::open({.trust = desk.office().trust, .portraits = {}, .kept = {}}).value();
    auto issuer = desk.issuer();
    const auto draft_with = [](std::size_t characters) {
        auto json = sample("hazchem-operation");
        std::string scope;
        for (std::size_t i = 0; i < characters; ++i) scope += i % 2 == 0 ? "酮" : "醇";
        json["face"]["许可范围"] = scope;
        return draft_of(json);
    };
    // Without documents it may be as large as a code can be.
    constexpr std::size_t too_many = 600;
    issued(issuer.check(draft_with(too_many)));
    issuer.examine_with(press);
    CHECK(refused(issuer.issue(draft_with(too_many))) == Faults{"face size"});
    CHECK(desk.events() == 0);
    const auto answer = issuer.check(draft_with(too_many)).value();
    const auto& fault = std::get<Refused>(answer).faults.at(0);
    CHECK_THAT(fault.mend, Catch::Contains("its place on the face has room for 125; the largest: 许可范围 ("));
    CHECK_THAT(fault.mend, Catch::Contains("issue without a document"));

    std::size_t fits = 1, over = too_many;
    while (over - fits > 1) {
        const auto middle = (fits + over) / 2;
        const auto checked = issuer.check(draft_with(middle)).value();
        (std::holds_alternative<Refused>(checked) ? over : fits) = middle;
    }
    CHECK(fits > 250);
    const auto license = issued(issuer.issue(draft_with(fits)));
    const auto files = press->press({.license = license.license, .payload = license.payload, .ofd = true});
    REQUIRE(files);
    CHECK(files->size() == 1);
    // Not much is given away: 125 modules are version 27, which holds 2,701 digits (ISO/IEC 18004:2015, table 7); the
    // longest serial and index that may come are some bytes more than these.
    constexpr std::size_t holds = (2701 - 4) * 7 / 17, spare = 16;
    CHECK(license.bytes <= holds);
    CHECK(license.bytes + spare > holds);
}
