#include "elic/verify/verify_payload.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "codec/cbor.h"
#include "unit/trust/unreadable_body.h"
#include "unit/verify/tree_world.h"
#include "verify/verify_cache.h"

using namespace elic;

namespace {

const VerifyPolicy lenient{.allow_missing_status = true};

}  // namespace

TEST_CASE("A good license is valid in all its parts and says what it says") {
    const auto report = in_world();
    INFO(summary(report));
    REQUIRE(report.verdict() == Verdict::valid);
    CHECK(report.test());
    CHECK(report.allowed() == std::vector<std::string>{"allow-missing-status"});
    REQUIRE(report.license() != nullptr);
    CHECK(report.license()->license_name == "示例许可证");
    CHECK(report.license()->number == "例4301020001");
    CHECK(report.license()->issuing_authority_name == "示例市住房和城乡建设局");
    CHECK(report.license()->holders == a_license().holders);
    CHECK(detail(report, FindingCode::status_missing_allowed) == "list 1, entry 42");
}

TEST_CASE("Transport that changes nothing of the content does not matter") {
    auto world = make_world();
    const WrittenTrust written(world);
    const auto text = text_of(a_license(), world.office);
    const auto half = text.size() / 2;
    for (const auto& carried :
         {" " + text + "\r\n", "https://verify.example/v#" + text, text.substr(0, half) + "\r\n" + text.substr(half)}) {
        CAPTURE(carried);
        CHECK(verified(carried, written, world.pins()).verdict() == Verdict::valid);
    }
}

TEST_CASE("Validity is inclusive to the last second in +08:00, and signing clocks may differ by five minutes") {
    const auto last_day = [](Metadata& license) { license.validity.valid_until = on("2026-11-25"); };
    CHECK(in_world({}, last_day, at("2026-11-25T23:59:59+08:00")).verdict() == Verdict::valid);
    CHECK(has(in_world({}, last_day, at("2026-11-26T00:00:00+08:00")), FindingCode::validity_expired));
    CHECK(in_world({}, {}, at("2026-11-20T09:25:00+08:00")).verdict() == Verdict::valid);
    const auto first_day = [](Metadata& license) { license.validity.valid_from = on("2026-11-24"); };
    CHECK(in_world({}, first_day, at("2026-11-24T00:00:00+08:00")).verdict() == Verdict::valid);
}

TEST_CASE("A license without an end is in force") {
    const auto long_term = [](Metadata& license) {
        license.validity.form = ValidityForm::long_term;
        license.validity.valid_until.reset();
    };
    const auto none = [](Metadata& license) {
        license.validity.form = ValidityForm::none;
        license.validity.valid_until.reset();
    };
    const auto first = in_world({}, long_term);
    CHECK(first.verdict() == Verdict::valid);
    CHECK_THAT(detail(first, FindingCode::validity_ok), Catch::Contains("长期"));
    const auto second = in_world({}, none);
    CHECK(second.verdict() == Verdict::valid);
    CHECK(detail(second, FindingCode::validity_ok) == "no validity period");
}

TEST_CASE("Trust list, certificate and grant count to their last moment") {
    CHECK(in_world({}, {}, at("2027-11-01T00:00:00+08:00")).verdict() == Verdict::valid);
    CHECK(in_world([](TrustWorld& w) {
              w.body().certificates[0].from = signing_time();
              w.body().certificates[0].until = signing_time();
              w.body().grants[0].from = on("2026-11-20");
              w.body().grants[0].until = on("2026-11-20");
          }).verdict() == Verdict::valid);
}

TEST_CASE("Any of a body's grants will do, and any of its areas") {
    CHECK(in_world([](TrustWorld& w) {
              w.body().grants.insert(w.body().grants.begin(), grant(area_type(), "440000"));
              w.body().grants[0].until = on("2026-02-01");
          }).verdict() == Verdict::valid);
    CHECK(in_world([](TrustWorld& w) {
              w.body().grants[0].areas = {AreaCode::parse("440100").value(), AreaCode::parse("430102").value()};
          }).verdict() == Verdict::valid);
    CHECK(in_world([](TrustWorld& w) { w.body().grants[0].areas = {AreaCode::parse("000000").value()}; },
                   [](Metadata& license) { license.number = "例9999990001"; })
              .verdict() == Verdict::valid);
    CHECK(in_world([](TrustWorld& w) { w.body().grants[1].areas = {AreaCode::parse("440100").value()}; }, {},
                   world_time(),
                   masked_type())
              .verdict() == Verdict::valid);  // no division in the number: the area is not judged
}

TEST_CASE("Without its pack a license still shows whose it is") {
    const auto report = in_folder([](TrustWorld& world, const WrittenTrust& written) {
        written.remove(WrittenTrust::pack_file(world.source.content.packs[0]));
    });
    REQUIRE(report.license() != nullptr);
    CHECK(report.license()->id == a_license().id);
    CHECK(report.license()->license_name == "示例许可证");
    CHECK(report.license()->number.empty());
    CHECK(report.license()->holders == a_license().holders);
    CHECK(report.answer(Question::genuine) == Answer::yes);
    CHECK(report.answer(Question::in_force) == Answer::yes);
    CHECK(report.answer(Question::authorised) == Answer::unknown);
}

TEST_CASE("A pack that the system cannot read is a failure of the machine, not of the license") {
    const auto report = in_folder([](TrustWorld& world, const WrittenTrust& written) {
        const auto name = WrittenTrust::pack_file(world.source.content.packs[0]);
        written.remove(name);
        std::filesystem::create_directory(written.path() / WrittenTrust::version / name);
    });
    INFO(summary(report));
    CHECK(has(report, FindingCode::internal_failure));
    CHECK_FALSE(has(report, FindingCode::type_pack_altered));
    CHECK(report.verdict() == Verdict::indeterminate);
}

TEST_CASE("Of a license whose face does not fit its type nothing more is said") {
    auto world = make_world();
    const WrittenTrust written(world);
    auto map = *cbor::read(claims_of(a_license()), {.depth = 3, .entries = 64, .bytes = 4096}).value().map();
    map.emplace_back(std::int64_t{-9}, std::string("x"));
    const auto report = verified(text_of(cbor::write(std::move(map)), world.office), written, world.pins());
    CHECK(has(report, FindingCode::payload_malformed));
    for (const auto check : {Check::type, Check::authority, Check::validity, Check::status}) {
        CHECK(report.finding(check).code == FindingCode::not_run);
    }
}

TEST_CASE("Without its entry in the list a license says its serial, and its holder can still be compared") {
    auto world = make_world();
    world.source.content.packs.erase(world.source.content.packs.begin());
    const WrittenTrust written(world);
    const auto trust = written.open();
    const auto report = verify_payload(text_of(a_license(), world.office), {.trust = &trust,
                                                                            .pins = world.pins(),
                                                                            .at = world_time(),
                                                                            .policy = lenient,
                                                                            .expect_holder = "430199199001010029",
                                                                            .expect_number = "例4301020001"});
    CHECK(report.license() == nullptr);
    CHECK_THAT(detail(report, FindingCode::type_unknown), Catch::Contains("serial 20260000001"));
    CHECK(has(report, FindingCode::holder_differs));
    CHECK(has(report, FindingCode::number_unknown));
    CHECK(report.verdict() == Verdict::invalid);
}

TEST_CASE("Holders and numbers are compared as people read them") {
    CHECK(has(expecting(area_type(), " " + a_citizen() + " ", "例 4301020001"), FindingCode::number_agrees));
    CHECK(has(expecting(area_type(), {}, "例４３０１０２０００１"), FindingCode::number_agrees));
    const auto masked = expecting(masked_type(), a_citizen(), {});
    CHECK(detail(masked, FindingCode::holder_agrees) == "masked: the characters shown agree");
    CHECK(masked.license()->holders[0].masked());
    CHECK(detail(expecting(area_type(), a_citizen(), {}), FindingCode::holder_agrees).empty());
    auto other = a_citizen();
    other[0] = '5';
    CHECK(has(expecting(masked_type(), other, {}), FindingCode::holder_differs));
    CHECK(expecting(area_type(), "", "").verdict() == Verdict::invalid);
}

TEST_CASE("Any holder of a license may be the one expected") {
    auto world = make_world();
    auto license = a_license();
    license.holders.push_back(
        {.name = "示例公司", .code_type = HolderCodeType::parse("001").value(), .code = other_code().text()});
    const WrittenTrust written(world);
    const auto trust = written.open();
    const auto report = verify_payload(text_of(license, world.office), {.trust = &trust,
                                                                        .pins = world.pins(),
                                                                        .at = world_time(),
                                                                        .policy = lenient,
                                                                        .expect_holder = other_code().text()});
    CHECK(report.verdict() == Verdict::valid);
}

TEST_CASE("The hint is a hint: every listed certificate that it fits is tried") {
    auto world = make_world();
    auto twin = listed(world.office.certificate);
    twin.fingerprint[31] ^= 1;  // same first 8 bytes; its file does not exist
    world.other_body().certificates.push_back(twin);
    const WrittenTrust written(world);
    CHECK(verified(text_of(a_license(), world.office), written, world.pins()).verdict() == Verdict::valid);
    const auto hint = key_hint(world.office.certificate.fingerprint());
    const auto forged = sign_payload(claims_of(a_license()), hint, world.other.key).value();
    const auto report = verified(write_payload(forged), written, world.pins());
    CHECK(has(report, FindingCode::certificate_missing));
    CHECK(report.verdict() == Verdict::indeterminate);
}

TEST_CASE("A list with a body that cannot be read is malformed when that body is needed") {
    auto world = make_world();
    const WrittenTrust written(world);
    written.put_list(list_with_unreadable_body(world));
    const auto report = verified(text_of(a_license(), world.office), written, world.pins());
    CHECK(has(report, FindingCode::trust_malformed));
    CHECK(report.verdict() == Verdict::indeterminate);
}

TEST_CASE("A list with a body that cannot be read is malformed for those below that body too") {
    Tree tree;
    const WrittenTrust written(tree.world);
    for (const auto& [name, bytes] : tree.all_files()) written.put(name, bytes);
    written.put_list(list_with_unreadable_body(tree.world));
    const auto report = verified(text_of(tree.license(), tree.county), written, tree.world.pins());
    CHECK(has(report, FindingCode::trust_malformed));
    CHECK(report.verdict() == Verdict::indeterminate);
}

TEST_CASE("Parts that this version does not know, and need not, are named") {
    auto world = make_world();
    const WrittenTrust written(world);
    const auto with = [&](std::initializer_list<std::int64_t> keys) {
        auto map = *cbor::read(claims_of(a_license()), {.depth = 3, .entries = 64, .bytes = 4096}).value().map();
        for (const auto key : keys) map.emplace_back(key, std::string("x"));
        return verified(text_of(cbor::write(std::move(map)), world.office), written, world.pins());
    };
    CHECK(detail(with({}), FindingCode::code_read).empty());
    CHECK(detail(with({16}), FindingCode::code_read) == "parts that this version does not know: 16");
    const auto two = with({16, 23});
    CHECK(detail(two, FindingCode::code_read) == "parts that this version does not know: 16, 23");
    CHECK(two.verdict() == Verdict::valid);
}

TEST_CASE("A license whose pack is not there is held against what its body may issue") {
    auto world = make_world();
    const auto report = [&] {
        const WrittenTrust written(world);
        written.remove(WrittenTrust::pack_file(world.source.content.packs[0]));
        return verified(text_of(a_license(), world.office), written, world.pins());
    };
    const auto granted = report();
    CHECK(has(granted, FindingCode::type_pack_missing));
    CHECK(granted.finding(Check::authority).code == FindingCode::authority_ok);
    world.body().grants.erase(world.body().grants.begin());
    CHECK(report().finding(Check::authority).code == FindingCode::authority_type);
}

TEST_CASE("A pack of a later format asks for a newer program") {
    auto world = make_world();
    std::string later(area_pack_json);
    later.replace(later.find("pack 0"), 6, "pack 9");
    auto& entry = world.source.content.packs[0];
    const Bytes named(entry.digest.begin(), entry.digest.begin() + 4);
    entry.digest = sm3(as_bytes(later));
    auto map = *cbor::read(claims_of(a_license()), {.depth = 3, .entries = 64, .bytes = 4096}).value().map();
    const WrittenTrust written(world);
    written.put(WrittenTrust::pack_file(entry), as_bytes(later));
    for (auto& [key, value] : map) {
        const auto* bytes = value.bytes();
        if (bytes != nullptr && *bytes == named) value = Bytes(entry.digest.begin(), entry.digest.begin() + 4);
    }
    const auto report = verified(text_of(cbor::write(std::move(map)), world.office), written, world.pins());
    INFO(summary(report));
    CHECK_THAT(detail(report, FindingCode::payload_newer), Catch::StartsWith("type pack: "));
}

TEST_CASE("A holder who differs is not said to be masked") {
    const auto differs = expecting(masked_type(), "430199199001010020", {});
    CHECK(has(differs, FindingCode::holder_differs));
    CHECK(detail(differs, FindingCode::holder_differs).empty());
    CHECK_THAT(detail(expecting(masked_type(), a_citizen(), {}), FindingCode::holder_agrees),
               Catch::StartsWith("masked"));
}

TEST_CASE("With what an issuer keeps nothing is asked about status or expectations") {
    auto world = make_world();
    const WrittenTrust written(world);
    const auto trust = written.open();
    VerifyCache cache;
    const auto report = verify_payload(text_of(a_license(), world.office), {.trust = &trust,
                                                                            .pins = world.pins(),
                                                                            .at = world_time(),
                                                                            .policy = lenient,
                                                                            .expect_holder = "x",
                                                                            .cache = &cache});
    CHECK(report.finding(Check::status).code == FindingCode::not_run);
    CHECK(report.finding(Check::authority).code == FindingCode::authority_ok);
    CHECK_FALSE(has(report, FindingCode::holder_differs));
}
