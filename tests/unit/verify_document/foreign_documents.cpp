#include <catch2/catch.hpp>

#include "container/zip.h"
#include "unit/document/shared_files.h"
#include "unit/verify_document/document_world.h"

namespace elic {

namespace {

Report verified(const std::string& name) {
    auto world = make_world();
    const WrittenTrust written(world);
    const auto trust = written.open();
    return verify_document(*test::shared_ofd(name), {}, {.trust = &trust, .pins = world.pins(), .at = world_time()});
}

}  // namespace

TEST_CASE("verify_document says of other makers' documents what an independent verifier says") {
    if (!test::shared_ofd("helloworld.ofd")) return;
    {
        const auto report = verified("SESV4SignDoc.ofd");
        INFO(summary(report));
        CHECK(report.verdict() == Verdict::invalid);
        for (const auto code : {FindingCode::digests_ok, FindingCode::signed_digest_ok, FindingCode::seal_signature_ok,
                                FindingCode::maker_ok, FindingCode::seal_expired, FindingCode::sealer_expired,
                                FindingCode::signer_listed, FindingCode::seal_copy_ok, FindingCode::sealer_no_anchor}) {
            INFO(row_of(code).code);
            CHECK(has(report, code));
        }
    }
    {
        const auto report = verified("v4signed.ofd");
        INFO(summary(report));
        CHECK(report.verdict() == Verdict::indeterminate);
        for (const auto code :
             {FindingCode::digests_ok, FindingCode::signed_digest_ok, FindingCode::seal_signature_ok,
              FindingCode::maker_ok, FindingCode::seal_in_force, FindingCode::sealer_ok, FindingCode::signer_listed,
              FindingCode::seal_copy_absent, FindingCode::sealer_no_anchor, FindingCode::maker_no_anchor}) {
            INFO(row_of(code).code);
            CHECK(has(report, code));
        }
    }
    {
        const auto report = verified("DigitalSign.ofd");
        INFO(summary(report));
        CHECK(report.verdict() == Verdict::indeterminate);
        CHECK(has(report, FindingCode::seal_bare));
        CHECK(detail(report, FindingCode::digests_ok) == "4 parts");
    }
    const auto report = verified("helloworld.ofd");
    INFO(summary(report));
    CHECK(report.verdict() == Verdict::indeterminate);
    CHECK(has(report, FindingCode::signatures_absent));
    CHECK(has(report, FindingCode::code_absent));
}

TEST_CASE("Where pictures could not be looked at, no code is said to be absent") {
    const auto looked = test::verified_document({.face = [](FaceReading& face) { face.scanned_texts.clear(); }});
    CHECK(has(looked, FindingCode::code_absent));
    const auto unseen = test::verified_document({.face = [](FaceReading& face) {
        face.scanned_texts.clear();
        face.not_scanned = "no library of pictures";
    }});
    CHECK(detail(unseen, FindingCode::input_unreadable) == "no library of pictures");
    CHECK_FALSE(has(unseen, FindingCode::code_absent));
    CHECK(unseen.verdict() == Verdict::indeterminate);
}

TEST_CASE("No change of one bit makes a sealed document valid that was not") {
    // Every 97th bit of the file; what is still valid must have the same parts (the packing is not signed).
    auto world = make_world();
    auto maker = certified(world.ca, "CN=TEST seal maker,O=elic TEST,C=CN");
    const auto license = a_license();
    auto parts = test::with_signature(test::license_parts(license));
    test::part_of(parts, "Main/Signs/One/V.dat").content =
        test::make_signature(test::make_seal(maker, world.office.certificate), world.office,
                             test::part_of(parts, "Main/Signs/One/Signature.xml").content);
    const auto file = write_zip(parts);
    const WrittenTrust written(world);
    const auto trust = written.open();
    const FaceReading face{.scanned_texts = {text_of(license, world.office)}};
    const VerifyContext context{.trust = &trust,
                                .pins = world.pins(),
                                .at = world_time(),
                                .policy = VerifyPolicy{.allow_missing_status = true}};
    REQUIRE(verify_document(file, face, context).verdict() == Verdict::valid);
    int refused = 0;
    for (std::size_t bit = 0; bit < file.size() * 8; bit += 97) {
        auto altered = file;
        altered[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
        const auto report = verify_document(altered, face, context);
        if (report.verdict() == Verdict::valid) {
            INFO("bit " << bit);
            const auto archive = read_zip(altered);
            REQUIRE(archive);
            for (std::size_t n = 0; n < parts.size(); ++n) {
                if (parts[n].path != "Main/Signs/S.xml") CHECK(archive->parts[n] == parts[n]);
            }
        } else {
            ++refused;
        }
    }
    CHECK(refused > 100);
}

}  // namespace elic
