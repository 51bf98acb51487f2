#include "container/xml.h"

#include <catch2/catch.hpp>

#include "unit/container/hostile.h"

namespace elic {

TEST_CASE("XmlDocument says of each hostile XML text what it is") {
    const auto files = test::hostile_files("xml");
    REQUIRE(files.size() >= 35);
    for (const auto& file : files) {
        INFO(file.name);
        const auto xml = XmlDocument::parse(file.bytes);
        if (file.result == "ok") {
            INFO((xml ? "" : xml.error().context));
            REQUIRE(xml);
            CHECK(xml->root().name() == "a");
            continue;
        }
        REQUIRE_FALSE(xml);
        CHECK(name_of(xml.error().code) == file.result);
        CHECK_THAT(xml.error().context, Catch::Contains(file.words));
    }
}

TEST_CASE("XmlNode finds by local name, whatever the prefix") {
    const auto xml = XmlDocument::parse(as_bytes(
        R"(<ofd:OFD xmlns:ofd="x" ofd:Version="1.0"><ofd:DocBody> 1 </ofd:DocBody><other/><DocBody>2<b>3</b></DocBody></ofd:OFD>)"));
    REQUIRE(xml);
    const auto root = xml->root();
    CHECK(root.name() == "OFD");
    CHECK(root.attribute("Version") == "1.0");
    CHECK(root.has_attribute("Version"));
    CHECK_FALSE(root.has_attribute("DocType"));
    CHECK(root.children().size() == 3);
    REQUIRE(root.children("DocBody").size() == 2);
    CHECK(root.child("DocBody").text() == " 1 ");
    CHECK(root.child("DocBody").trimmed_text() == "1");
    CHECK(root.children("DocBody")[1].text() == "2");
    CHECK_FALSE(root.child("nothing"));
    CHECK(root.child("nothing").child("more").text().empty());
    CHECK(root.child("nothing").attribute("a").empty());
}

TEST_CASE("XmlNode keeps a text that is only a space") {
    const auto xml = XmlDocument::parse(as_bytes("<a> </a>"));
    REQUIRE(xml);
    CHECK(xml->root().text() == " ");
    CHECK(xml->root().trimmed_text().empty());
}

TEST_CASE("XmlWriter writes what XmlDocument reads back") {
    const std::string hard = "<&>\"'\t\r\n中\xF0\xA0\x80\x80";
    XmlWriter writer;
    writer.open("a").attribute("b", hard).leaf("c", hard).open("d").close().close();
    const auto bytes = std::move(writer).finish();
    CHECK(as_text(bytes).starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a b=\"&lt;&amp;&gt;&quot;'"));
    const auto xml = XmlDocument::parse(bytes);
    REQUIRE(xml);
    CHECK(xml->root().attribute("b") == hard);
    CHECK(xml->root().child("c").text() == hard);
    CHECK(xml->root().child("d"));
}

TEST_CASE("XmlWriter drops control characters, which XML cannot hold") {
    XmlWriter writer;
    writer.leaf("a", std::string_view("x\0\x01y", 4));
    CHECK(as_text(std::move(writer).finish()).ends_with("<a>xy</a>"));
}

TEST_CASE("XmlDocument holds to the limits it is given") {
    const auto text = as_bytes(R"(<a b="1"><c/></a>)");
    CHECK(XmlDocument::parse(text, {.nodes = 3}));
    CHECK(XmlDocument::parse(text, {.nodes = 2}).error().code == Errc::limit_exceeded);
    CHECK(XmlDocument::parse(text, {.bytes = text.size()}));
    CHECK(XmlDocument::parse(text, {.bytes = text.size() - 1}).error().code == Errc::limit_exceeded);
    CHECK(XmlDocument::parse(text, {.depth = 2}));
    CHECK(XmlDocument::parse(text, {.depth = 1}).error().code == Errc::limit_exceeded);
}

}  // namespace elic
