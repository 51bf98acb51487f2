#include "elic/document/seal_signature.h"

#include <catch2/catch.hpp>
#include <functional>

#include "elic/crypto/sm3.h"
#include "elic/document/ofd_package.h"
#include "elic/document/sign_document.h"
#include "elic/document/signed_data.h"
#include "unit/document/seal_world.h"
#include "unit/document/shared_files.h"
#include "unit/document/small_ofd.h"

using namespace elic;
using namespace elic::test;

namespace {

const auto signing_time = instant("2027-01-01T00:00:00Z");
const std::string path = "/Doc_0/Signs/Sign_0/Signature.xml";
const auto xml = as_bytes("<Signature/>");

SealSignaturePlan plan_of(SealWorld& world, const Bytes& seal) {
    return {
        .seal = seal, .sealer = world.sealer.certificate, .at = signing_time, .data_hash = sm3(xml), .property = path};
}

SealingPlan sealing(SealWorld& world, FurtherSignatures further) {
    return {.seal = world.seal(),
            .sealer = world.sealer.certificate,
            .at = signing_time,
            .page_id = "1",
            .boundary = {125000, 217500, 42000, 42000},
            .further = further};
}

/// The parts of a file of other makers; none without them.
std::optional<OfdPackage> shared_package(const std::string& name) {
    const auto bytes = shared_ofd(name);
    if (!bytes) return {};
    return OfdPackage::open(*bytes).value();
}

}  // namespace

TEST_CASE("A seal signature is made, read back, and every check holds") {
    SealWorld world;
    const auto seal = world.seal();
    const auto bytes = make_seal_signature(plan_of(world, seal), world.sealer.key).value();
    const auto signature = read_seal_signature(bytes).value();
    CHECK(signature.version == SealVersion::v4);
    CHECK(signature.signed_at == signing_time);
    CHECK(signature.seal.der == seal);
    const auto check = [&](BytesView over, const std::string& at, std::optional<BytesView> file) {
        return check_seal_signature(signature, {.signature_xml = over, .path = at, .seal_file = file}, signing_time);
    };
    CHECK(check(xml, path, seal).all_hold());
    CHECK(check(xml, path.substr(1), {}).all_hold());
    CHECK_FALSE(check(as_bytes("<signature/>"), path, {}).data_hash);
    CHECK_FALSE(check(xml, "Doc_0/Signs/Sign_1/Signature.xml", {}).property);
    const auto other = world.seal();
    CHECK_FALSE(check(xml, path, other).seal_file);
}

TEST_CASE("A seal signature is refused where a verifier would refuse it") {
    SealWorld world;
    const auto seal = world.seal();
    const auto refused = [&](const std::function<void(SealSignaturePlan&)>& change) {
        auto plan = plan_of(world, seal);
        change(plan);
        return make_seal_signature(plan, world.sealer.key).error().code;
    };
    CHECK(refused([&](auto& plan) { plan.sealer = world.stranger.certificate; }) == Errc::bad_argument);
    CHECK(refused([&](auto& plan) { plan.at = instant("2029-01-01T00:00:00Z"); }) == Errc::bad_argument);
    CHECK(refused([&](auto& plan) { plan.seal = BytesView(seal).first(40); }) == Errc::malformed_der);
    auto altered = seal;
    altered[altered.size() - 1] ^= 1;
    CHECK(refused([&](auto& plan) { plan.seal = altered; }) == Errc::bad_argument);
    CHECK(make_seal_signature(plan_of(world, seal), world.stranger.key).error().code == Errc::signer_failed);
}

TEST_CASE("Signed data is made, read back and holds over its Signature.xml only") {
    SealWorld world;
    const auto bytes = make_signed_data(sm3(xml), world.sealer.certificate, world.sealer.key).value();
    const auto data = read_signed_data(bytes).value();
    CHECK(data.form == SignedData::Form::digest);
    CHECK(data.signer.certificate == world.sealer.certificate);
    CHECK(check_signed_data(data, xml, signing_time).all_hold());
    CHECK_FALSE(check_signed_data(data, as_bytes("x"), signing_time).data_hash);
    CHECK_FALSE(check_signed_data(data, xml, instant("2099-01-01T00:00:00Z")).signer_valid);
    CHECK(make_signed_data(sm3(xml), world.sealer.certificate, world.stranger.key).error().code == Errc::signer_failed);
}

TEST_CASE("A document is sealed: every part is covered, and the signature stands over its description") {
    SealWorld world;
    for (const auto further : {FurtherSignatures::closed, FurtherSignatures::allowed}) {
        const auto parts = sign_document(small_ofd(), sealing(world, further), world.sealer.key).value();
        const OfdPackage package(parts);
        const auto* description = package.find("Main/Signs/Sign_0/Signature.xml");
        REQUIRE(description != nullptr);
        const std::string text(as_text(description->content));
        for (const auto& part : parts) {
            const bool own = part.path.ends_with("/Signature.xml") || part.path.ends_with("/SignedValue.dat");
            const bool list = part.path.ends_with("/Signatures.xml");
            const bool covered = text.find("FileRef=\"/" + part.path + "\"") != std::string::npos;
            INFO(part.path);
            CHECK(covered == (!own && (!list || further == FurtherSignatures::closed)));
        }
        CHECK(text.find("Boundary=\"125 217.5 42 42\"") != std::string::npos);
        const auto signature = read_seal_signature(package.find("Main/Signs/Sign_0/SignedValue.dat")->content).value();
        CHECK(check_seal_signature(signature,
                                   {.signature_xml = description->content,
                                    .path = description->path,
                                    .seal_file = package.find("Main/Signs/Sign_0/Seal.esl")->content},
                                   signing_time)
                  .all_hold());
        const auto second = sign_document(parts, sealing(world, further), world.sealer.key);
        if (further == FurtherSignatures::closed) {
            CHECK(second.error().context == "closed to further signatures by Main/Signs/Sign_0/Signature.xml");
        } else {
            REQUIRE(second);
            const OfdPackage both(*second);
            CHECK(both.find("Main/Signs/Sign_0/Signature.xml")->content == description->content);
            const std::string list(as_text(both.find("Main/Signs/Signatures.xml")->content));
            CHECK(list.find("<ofd:MaxSignId>s4</ofd:MaxSignId>") != std::string::npos);
            CHECK(list.find("ID=\"s1\"") < list.find("ID=\"s3\""));
        }
    }
}

TEST_CASE("A document without page, entry or a place for its seal is not sealed") {
    SealWorld world;
    auto plan = sealing(world, FurtherSignatures::closed);
    plan.page_id = "404";
    CHECK(sign_document(small_ofd(), plan, world.sealer.key).error().context == "no page 404");
    CHECK(sign_document({}, plan, world.sealer.key).error().code == Errc::malformed_document);
    plan.page_id = "1";
    plan.boundary.width = 0;
    CHECK(sign_document(small_ofd(), plan, world.sealer.key).error().code == Errc::bad_argument);
}

// Provenance: data/ofd/SOURCE.md of the folder that ELIC_SHARED names.
TEST_CASE("Seal signatures of other makers say what an independent verifier says") {
    const auto package = shared_package("SESV4SignDoc.ofd");
    if (!package) return;
    const auto* description = package->find("Doc_0/Signs/Sign_0/Signature.xml");
    const auto* file = package->find("Doc_0/Signs/Sign_0/Seal.esl");
    const auto signature = read_seal_signature(package->find("Doc_0/Signs/Sign_0/SignedValue.dat")->content).value();
    const auto checks = check_seal_signature(
        signature, {.signature_xml = description->content, .path = description->path, .seal_file = file->content},
        signing_time);
    CHECK(checks.signature == SignatureCheck::holds);
    CHECK(checks.data_hash);
    CHECK(checks.property);
    CHECK(checks.seal_file);
    CHECK(checks.versions_agree);
    CHECK(checks.sealer_in_list);
    CHECK_FALSE(checks.sealer_valid);  // ended 2022-04-21, signed 2026
    CHECK(checks.seal.maker_signature == SignatureCheck::holds);
    CHECK_FALSE(checks.seal.in_force);
    CHECK(file->content == shared_ofd("UserV4.esl"));

    const auto tax = shared_package("v4signed.ofd");
    const auto* invoice = tax->find("Doc_0/Signs/Sign_0/Signature.xml");
    const auto sealed = read_seal_signature(tax->find("Doc_0/Signs/Sign_0/SignedValue.dat")->content).value();
    const auto answer =
        check_seal_signature(sealed, {.signature_xml = invoice->content, .path = invoice->path}, signing_time);
    CHECK(answer.signature == SignatureCheck::holds);
    CHECK(answer.data_hash);
    CHECK(answer.property);
    CHECK(answer.sealer_in_list);
    CHECK(answer.seal.maker_signature == SignatureCheck::holds);
    CHECK(answer.seal.in_force);
    CHECK(sealed.signed_at->format().starts_with("2020-10-10"));
}

TEST_CASE("A bare signature of another maker is named as what it is") {
    const auto package = shared_package("DigitalSign.ofd");
    if (!package) return;
    const auto& value = package->find("Doc_0/Signs/Sign_0/SignedValue.dat")->content;
    const auto data = read_signed_data(value).value();
    CHECK(data.form == SignedData::Form::bare);
    CHECK(check_signed_data(data, xml, signing_time).signature == SignatureCheck::unreadable_certificate);
    CHECK(read_seal_signature(value).error().code == Errc::malformed_der);
}
