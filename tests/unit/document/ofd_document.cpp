#include "elic/document/ofd_document.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "unit/document/shared_files.h"
#include "unit/document/small_ofd.h"

namespace elic {

namespace {

const OfdText* text_of(const OfdDocument& document, std::string_view id) {
    for (const auto& text : document.texts) {
        if (text.id == id) return &text;
    }
    return nullptr;
}

std::vector<Part> changed(const std::string& path, const std::string& from, const std::string& to) {
    auto parts = test::small_ofd();
    for (auto& part : parts) {
        if (part.path != path) continue;
        std::string text(as_text(part.content));
        const auto at = text.find(from);
        REQUIRE(at != std::string::npos);
        text.replace(at, from.size(), to);
        part.content.assign(text.begin(), text.end());
    }
    return parts;
}

Result<OfdDocument> read_changed(const std::string& path, const std::string& from, const std::string& to) {
    return read_ofd_document(OfdPackage(changed(path, from, to)));
}

}  // namespace

TEST_CASE("read_ofd_document reads what a document says, wherever its files lie") {
    const OfdPackage package(test::small_ofd());
    const auto document = read_ofd_document(package);
    REQUIRE(document);
    CHECK(document->bodies == 1);
    CHECK(document->roots == std::vector<std::string>{"Main/Doc.xml"});
    CHECK(document->info == std::vector<std::pair<std::string, std::string>>{{"DocID", "0123"}, {"Title", "证照"}});
    REQUIRE(document->custom("CZZT") != nullptr);
    CHECK(*document->custom("CZZT") == "张样例");
    CHECK(document->custom("nothing") == nullptr);
    REQUIRE(document->pages.size() == 1);
    CHECK(document->pages[0].part == "Main/Pages/P.xml");
    CHECK(document->pages[0].area.height == 297);
    REQUIRE(document->images.size() == 1);
    CHECK(document->images[0].part == "Main/Files/code.png");
    REQUIRE(document->attachments.size() == 1);
    CHECK(document->attachments[0].part == "Main/data.xml");
    CHECK(document->warnings.empty());
    CHECK(document->signature_lists.empty());
}

TEST_CASE("read_ofd_document takes the text of pages, templates, composites and annotations") {
    const auto document = read_ofd_document(OfdPackage(test::small_ofd()));
    REQUIRE(document);
    CHECK(document->texts.size() == 8);
    CHECK(text_of(*document, "9")->text == "例1");
    CHECK(text_of(*document, "9")->boundary.width == 30.5);
    CHECK(text_of(*document, "9")->layer == OfdLayer::page);
    CHECK(text_of(*document, "11")->text == "张样例");
    CHECK(text_of(*document, "7")->layer == OfdLayer::page_template);
    CHECK(text_of(*document, "18")->layer == OfdLayer::annotation);
    CHECK(text_of(*document, "50")->text == "within");
}

TEST_CASE("read_ofd_document says which texts are not drawn") {
    const auto document = read_ofd_document(OfdPackage(test::small_ofd()));
    REQUIRE(document);
    for (const auto* id : {"12", "13", "14"}) CHECK_FALSE(text_of(*document, id)->shown);
    for (const auto* id : {"7", "9", "11", "18", "50"}) CHECK(text_of(*document, id)->shown);
}

TEST_CASE("read_ofd_document joins the data index to the texts it names") {
    const auto document = read_ofd_document(OfdPackage(test::small_ofd()));
    REQUIRE(document);
    REQUIRE(document->tags.size() == 4);
    CHECK(document->tags[0].name == "ZZBH");
    CHECK(document->tags[0].text == "例1");
    CHECK(document->tags[0].complete);
    CHECK(document->tags[1].text == "张样例");
    CHECK_FALSE(document->tags[2].complete);
    CHECK(document->tags[2].text.empty());
    CHECK_FALSE(document->tags[3].complete);
}

TEST_CASE("read_ofd_document knows every part that something names, and those that decide what is seen") {
    const OfdPackage package(test::small_ofd());
    const auto document = read_ofd_document(package);
    REQUIRE(document);
    for (const auto& part : package.parts()) CHECK(document->referenced.contains(part.path));
    CHECK(document->referenced.size() == package.parts().size());
    for (const auto* seen : {"Main/Doc.xml", "Main/Pages/P.xml", "Main/Tpl/T.xml", "Main/Res.xml", "Main/Files/f.ttf",
                             "Main/Files/code.png", "Main/Annot.xml"}) {
        CHECK(document->shown.contains(seen));
    }
    for (const auto* unseen : {"OFD.xml", "Main/data.xml", "Main/Tags/Tag.xml"}) {
        CHECK_FALSE(document->shown.contains(unseen));
    }
}

TEST_CASE("read_ofd_document refuses what it cannot be read without") {
    CHECK(read_ofd_document(OfdPackage({})).error().code == Errc::malformed_document);
    CHECK(read_ofd_document(OfdPackage({test::part("OFD.xml", "<a/>")})).error().code == Errc::malformed_document);
    CHECK(read_ofd_document(OfdPackage({test::part("OFD.xml", "<OFD/>")})).error().code == Errc::malformed_document);
    CHECK(read_ofd_document(OfdPackage({test::part("OFD.xml", "<!DOCTYPE a><OFD/>")})).error().code ==
          Errc::malformed_xml);
    CHECK(read_changed("OFD.xml", "Main/Doc.xml", "../Doc.xml").error().code == Errc::malformed_document);
    CHECK(read_changed("Main/Doc.xml", "Pages/P.xml", "Pages/Q.xml").error().code == Errc::malformed_document);
    CHECK(read_changed("Main/Pages/P.xml", "<Layer", "<Laye&r").error().code == Errc::malformed_xml);
}

TEST_CASE("read_ofd_document tolerates parts that are missing or written in another case, and says so") {
    auto document = read_changed("Main/Doc.xml", "Tpl/T.xml", "TPL/T.xml");
    REQUIRE(document);
    CHECK(document->warnings.size() == 1);
    document = read_changed("Main/Res.xml", "f.ttf", "g.ttf");
    REQUIRE(document);
    REQUIRE(document->warnings.size() == 1);
    CHECK(document->warnings[0] == "'Files/g.ttf': named in 'Main/Res.xml', not in the package");
}

TEST_CASE("read_ofd_document reads every document of a file and says that there are several") {
    const auto document = read_changed("OFD.xml", "</ofd:DocBody>",
                                       "</ofd:DocBody><DocBody><DocInfo/><DocRoot>/Main/Doc.xml</DocRoot></DocBody>");
    REQUIRE(document);
    CHECK(document->bodies == 2);
    CHECK(document->pages.size() == 2);
    CHECK(document->warnings == std::vector<std::string>{"the file holds 2 documents"});
}

TEST_CASE("read_ofd_document ends where composites name each other without end") {
    const auto loop = read_changed("Main/Res.xml", "<TextObject ID=\"50\">",
                                   "<CompositeObject ID=\"51\" ResourceID=\"5\"/><TextObject ID=\"50\">");
    REQUIRE_FALSE(loop);
    CHECK(loop.error().code == Errc::limit_exceeded);
    // Sixteen levels would be let through, two to the power of sixteen texts would not be slow, but twenty-eight are.
    std::string units;
    for (int n = 0; n < 16; ++n) {
        const auto within = "<CompositeObject ResourceID=\"c" + std::to_string(n + 1) + "\"/>";
        units += "<CompositeGraphicUnit ID=\"" + (n == 0 ? "5" : "c" + std::to_string(n)) + "\"><Content>";
        for (int times = 0; times < 8; ++times) units += within;
        units += "</Content></CompositeGraphicUnit>";
    }
    const auto bomb =
        read_changed("Main/Res.xml", "<CompositeGraphicUnit ID=\"5\">", units + "<CompositeGraphicUnit ID=\"other\">");
    REQUIRE_FALSE(bomb);
    CHECK(bomb.error().code == Errc::limit_exceeded);
}

TEST_CASE("read_ofd_document reads documents of other makers") {
    const auto file = test::shared_ofd("v4signed.ofd");
    if (!file) return;
    const auto package = OfdPackage::open(*file);
    REQUIRE(package);
    const auto document = read_ofd_document(*package);
    REQUIRE(document);
    CHECK(document->pages.size() == 1);
    CHECK(document->signature_lists.size() == 1);
    const auto hello = test::shared_ofd("helloworld.ofd");
    const auto unsigned_document = read_ofd_document(OfdPackage::open(*hello).value());
    REQUIRE(unsigned_document);
    CHECK(unsigned_document->signature_lists.empty());
    CHECK_FALSE(unsigned_document->texts.empty());
}

}  // namespace elic
