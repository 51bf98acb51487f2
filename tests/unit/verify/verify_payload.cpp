#include "elic/verify/verify_payload.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "codec/cbor.h"
#include "trust/trust_codec.h"
#include "unit/verify/tree_world.h"

using namespace elic;

namespace {

const VerifyPolicy lenient{.allow_missing_status = true};

/// An envelope over any content of a trust list, signed by the world's CA.
Bytes enveloped(TrustWorld& world, const Bytes& content) {
    const auto hint = key_hint(world.ca.certificate.fingerprint());
    const auto signature = sign_message(world.ca.key, signing_input(SignatureKind::trust_list, hint, content)).value();
    cbor::Array envelope;
    envelope.emplace_back(std::string("elic trust-list 1"));
    envelope.emplace_back(world.ca.certificate.der());
    envelope.emplace_back(cbor::Array{});
    envelope.emplace_back(content);
    envelope.emplace_back(Bytes(signature.begin(), signature.end()));
    return cbor::write(std::move(envelope));
}

/// The list of a world, its first body's name made invalid UTF-8, which nobody sees before the body is read.
Bytes list_with_unreadable_body(TrustWorld& world) {
    auto content = write_trust_content(world.source.content).value();
    const auto name = as_bytes(world.body().name);
    const auto found = std::search(content.begin(), content.end(), name.begin(), name.end());
    if (found == content.end()) std::abort();
    *found = 0xFF;
    return enveloped(world, content);
}

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
