#include "elic/document/ofd_package.h"

#include <catch2/catch.hpp>

#include "container/packing/write_zip.h"
#include "unit/document/small_ofd.h"

namespace elic {

TEST_CASE("resolve_location follows absolute and relative paths and never leaves the package") {
    CHECK(resolve_location("OFD.xml", "Doc_0/Document.xml") == "Doc_0/Document.xml");
    CHECK(resolve_location("Doc_0/Document.xml", "Pages/Page_0/Content.xml") == "Doc_0/Pages/Page_0/Content.xml");
    CHECK(resolve_location("Doc_0/Document.xml", "/OFD.xml") == "OFD.xml");
    CHECK(resolve_location("Doc_0/Signs/S.xml", "./../Document.xml") == "Doc_0/Document.xml");
    CHECK(resolve_location("Doc_0/Document.xml", "../../etc/passwd").empty());
    CHECK(resolve_location("OFD.xml", "/../x").empty());
    CHECK(resolve_location("OFD.xml", "").empty());
    CHECK(resolve_location("OFD.xml", "/").empty());
}

TEST_CASE("OfdPackage finds by exact path, then by case, then from the root, the latter two with a warning") {
    const OfdPackage package({test::part("Doc_0/Tpls/T.xml", "1"), test::part("Res/f.ttf", "2")});
    std::vector<std::string> warnings;
    REQUIRE(package.resolve("Doc_0/Document.xml", "Tpls/T.xml", warnings) != nullptr);
    CHECK(warnings.empty());
    REQUIRE(package.resolve("Doc_0/Document.xml", "TPLS/t.xml", warnings) != nullptr);
    CHECK(warnings == std::vector<std::string>{"'TPLS/t.xml': written 'Doc_0/Tpls/T.xml' in the package"});
    warnings.clear();
    REQUIRE(package.resolve("Doc_0/Document.xml", "Res/f.ttf", warnings) != nullptr);
    CHECK(warnings == std::vector<std::string>{"'Res/f.ttf': counted from the root, not from its file"});
    warnings.clear();
    CHECK(package.resolve("Doc_0/Document.xml", "/f.ttf", warnings) == nullptr);
    CHECK(package.find("doc_0/tpls/t.xml") == nullptr);
    CHECK(warnings.empty());
}

TEST_CASE("OfdPackage opens a ZIP file") {
    const auto parts = test::small_ofd();
    const auto package = OfdPackage::open(write_zip(parts));
    REQUIRE(package);
    CHECK(package->parts() == parts);
    CHECK(OfdPackage::open(as_bytes("no zip")).error().code == Errc::malformed_archive);
}

}  // namespace elic
