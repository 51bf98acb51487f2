#include "elic/document/ofd_signatures.h"

#include <catch2/catch.hpp>

#include "unit/document/shared_files.h"
#include "unit/document/small_ofd.h"

namespace elic {

namespace {

struct Reading {
    OfdPackage package;
    OfdDocument document;
    OfdSignatures signatures;

    OfdCoverage coverage() const {
        const std::vector<std::size_t> all{0};
        return coverage_of(package, document, signatures, all);
    }
};

Reading read(std::vector<Part> parts) {
    OfdPackage package(std::move(parts));
    auto document = read_ofd_document(package).value();
    auto signatures = read_ofd_signatures(package, document);
    return {.package = std::move(package), .document = std::move(document), .signatures = std::move(signatures)};
}

Reading read_shared(const Bytes& file) { return read(OfdPackage::open(file).value().parts()); }

Part& find(std::vector<Part>& parts, std::string_view path) {
    for (auto& part : parts) {
        if (part.path == path) return part;
    }
    throw std::runtime_error("no such part");
}

using Paths = std::vector<std::string>;

}  // namespace

TEST_CASE("read_ofd_signatures compares every digest") {
    const auto reading = read(test::with_signature(test::small_ofd()));
    CHECK(reading.signatures.fault.empty());
    REQUIRE(reading.signatures.signatures.size() == 1);
    const auto& signature = reading.signatures.signatures[0];
    CHECK(signature.fault.empty());
    CHECK(signature.id == "s1");
    CHECK(signature.type == OfdSignature::Type::seal);
    CHECK(signature.part == "Main/Signs/One/Signature.xml");
    CHECK(signature.provider == "test");
    CHECK(signature.signed_value_part == "Main/Signs/One/V.dat");
    CHECK(signature.seal_part.empty());
    CHECK(signature.digest == sm3(reading.package.find(signature.part)->content));
    REQUIRE(signature.stamps.size() == 1);
    CHECK(signature.stamps[0].boundary.x == 120);
    CHECK(signature.references.size() == 13);
    for (const auto& reference : signature.references) CHECK(reference.state == ReferenceState::matches);
}

TEST_CASE("read_ofd_signatures names the part that was altered, taken out or digested otherwise") {
    auto parts = test::with_signature(test::small_ofd());
    find(parts, "Main/Pages/P.xml").content.push_back(' ');
    auto reading = read(parts);
    CHECK(reading.signatures.signatures[0].references[6].state == ReferenceState::altered);
    CHECK(reading.signatures.signatures[0].references[6].part == "Main/Pages/P.xml");

    parts = test::with_signature(test::small_ofd());
    std::erase_if(parts, [](const Part& part) { return part.path == "Main/data.xml"; });
    reading = read(parts);
    CHECK(reading.signatures.signatures[0].references[12].state == ReferenceState::missing);
    CHECK(reading.signatures.signatures[0].references[12].file_ref == "/Main/data.xml");

    reading = read(test::with_signature(test::small_ofd(), "v", "MD5"));
    CHECK(reading.signatures.signatures[0].references[0].state == ReferenceState::unknown);
    reading = read(test::with_signature(test::small_ofd(), "v", "sm3"));
    CHECK(reading.signatures.signatures[0].references[0].state == ReferenceState::matches);
    reading = read(test::with_signature(test::small_ofd(), "v", "1.2.156.10197.1.401.2"));
    CHECK(reading.signatures.signatures[0].references[0].state == ReferenceState::matches);
    CHECK(reading.signatures.signatures[0].warnings.size() == 1);
}

TEST_CASE("read_ofd_signatures says what cannot be read") {
    auto parts = test::with_signature(test::small_ofd());
    find(parts, "Main/Signs/S.xml") = test::part("Main/Signs/S.xml", "<Signatures>");
    CHECK_FALSE(read(parts).signatures.fault.empty());

    parts = test::with_signature(test::small_ofd());
    std::erase_if(parts, [](const Part& part) { return part.path == "Main/Signs/S.xml"; });
    CHECK(read(parts).signatures.fault == "'/Main/Signs/S.xml': not in the package");

    parts = test::with_signature(test::small_ofd());
    std::erase_if(parts, [](const Part& part) { return part.path == "Main/Signs/One/Signature.xml"; });
    CHECK_FALSE(read(parts).signatures.signatures[0].fault.empty());

    parts = test::with_signature(test::small_ofd());
    find(parts, "Main/Signs/One/Signature.xml") = test::part("Main/Signs/One/Signature.xml", "<Signature/>");
    CHECK_FALSE(read(parts).signatures.signatures[0].fault.empty());
}

TEST_CASE("coverage_of tells parts that are covered, that are seen uncovered, and that nothing names") {
    auto reading = read(test::with_signature(test::small_ofd()));
    auto coverage = reading.coverage();
    CHECK(coverage.covered.size() == 14);
    CHECK(coverage.shown_uncovered.empty());
    CHECK(coverage.uncovered.empty());
    CHECK(coverage.smuggled.empty());
    CHECK(coverage.open);

    auto parts = test::with_signature(test::small_ofd());
    parts.push_back(test::part("Main/virus.exe", "x"));
    CHECK(read(parts).coverage().smuggled == Paths{"Main/virus.exe"});

    parts = test::with_signature(test::small_ofd());
    find(parts, "Main/Files/f.ttf").content.push_back('x');
    find(parts, "Main/data.xml").content.push_back(' ');
    coverage = read(parts).coverage();
    CHECK(coverage.shown_uncovered == Paths{"Main/Files/f.ttf"});
    CHECK(coverage.uncovered == Paths{"Main/data.xml"});
}

TEST_CASE("coverage_of counts a covered part that nothing names as idle, not as smuggled") {
    auto parts = test::small_ofd();
    parts.push_back(test::part("Main/old.xml", "<old/>"));
    const auto coverage = read(test::with_signature(parts)).coverage();
    CHECK(coverage.idle == Paths{"Main/old.xml"});
    CHECK(coverage.smuggled.empty());
}

TEST_CASE("coverage_of counts only the signatures that it is given") {
    const auto reading = read(test::with_signature(test::small_ofd()));
    const auto coverage = coverage_of(reading.package, reading.document, reading.signatures, {});
    CHECK(coverage.covered.empty());
    CHECK_FALSE(coverage.shown_uncovered.empty());
}

TEST_CASE("read_ofd_signatures reads documents of other makers as an independent verifier does") {
    if (!test::shared_ofd("SESV4SignDoc.ofd")) return;
    struct Expected {
        const char* file;
        OfdSignature::Type type;
        bool seal_file;
    };
    for (const auto& expected : {Expected{"SESV4SignDoc.ofd", OfdSignature::Type::seal, true},
                                 Expected{"v4signed.ofd", OfdSignature::Type::seal, false},
                                 Expected{"DigitalSign.ofd", OfdSignature::Type::sign, false}}) {
        INFO(expected.file);
        const auto reading = read_shared(*test::shared_ofd(expected.file));
        CHECK(reading.signatures.fault.empty());
        REQUIRE(reading.signatures.signatures.size() == 1);
        const auto& signature = reading.signatures.signatures[0];
        CHECK(signature.fault.empty());
        CHECK(signature.type == expected.type);
        CHECK(signature.seal_part.empty() != expected.seal_file);
        CHECK_FALSE(signature.signed_value_part.empty());
        CHECK_FALSE(signature.references.empty());
        for (const auto& reference : signature.references) CHECK(reference.state == ReferenceState::matches);
        if (expected.type == OfdSignature::Type::sign) CHECK(signature.references.size() == 4);
        CHECK(reading.coverage().smuggled.empty());
    }
}

}  // namespace elic
