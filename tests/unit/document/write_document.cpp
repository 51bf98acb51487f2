#include "elic/document/write_document.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "elic/document/license_part.h"
#include "elic/document/ofd_document.h"
#include "elic/packs/type_packs.h"
#include "unit/face/sample_face.h"

using namespace elic;

namespace {

std::shared_ptr<const TypePack> pack() {
    return TypePacks::builtin().load_newest(LicenseTypeCode::parse("11100000000013338W011").value()).value();
}

GlyphRun run(const std::string& text, std::size_t length, const std::string& shows) {
    return {.font = 0,
            .size = 5000,
            .baseline = {72000, 100000},
            .glyphs = std::vector<std::uint32_t>(length, 1),
            .advances = std::vector<Micrometres>(length, 5000),
            .text = text,
            .shows = shows,
            .colour = {}};
}

/// A drawing by hand: the document room has no fonts.
Drawing small_drawing(const Metadata& license) {
    Drawing drawing;
    drawing.version = "elic drawing 1, by hand";
    drawing.fonts.push_back({.name = "A", .source = "a", .digest = {}, .subset = {1, 2, 3}});
    drawing.shapes.push_back({.steps = {{.kind = PathStep::Kind::move, .to = {Point{0, 0}}},
                                        {.kind = PathStep::Kind::line, .to = {Point{1500, 0}}},
                                        {.kind = PathStep::Kind::close, .to = {}}},
                              .box = {0, 0, 1500, 0},
                              .stroke = Colour{1, 2, 3},
                              .fill = {},
                              .line_width = 100});
    drawing.pictures.push_back({.format = DrawnPicture::Format::png, .bytes = {9}});
    DrawnPage page{.width = 210000, .height = 297000, .ground = {}, .items = {}};
    page.ground.emplace_back(PlacedShape{.shape = 0, .at = {1000, 2000}});
    page.items.emplace_back(run("张样", 2, "姓名"));
    page.items.emplace_back(run("例 <&>", 6, "姓名"));
    page.items.emplace_back(run(license.id.text(), license.id.text().size(), "@id"));
    page.items.emplace_back(PlacedPicture{.picture = 0, .box = {1, 2, 3000, 4000}, .shows = "@code"});
    drawing.pages.push_back(std::move(page));
    return drawing;
}

std::vector<Part> small_document(const Metadata& license) {
    const auto drawing = small_drawing(license);
    const auto type = pack();
    return write_document({.license = license, .pack = *type, .drawing = drawing, .payload = "3691"}).value();
}

const Part& part(const std::vector<Part>& parts, const std::string& path) {
    const auto found = std::find_if(parts.begin(), parts.end(), [&](const Part& p) { return p.path == path; });
    REQUIRE(found != parts.end());
    return *found;
}

}  // namespace

TEST_CASE("Lengths are written in millimetres without a needless digit") {
    const auto license = sample_license(*pack());
    const auto page = part(small_document(license), "Doc_0/Pages/Page_0/Content.xml");
    const auto text = as_text(page.content);
    CHECK(text.find(R"(Boundary="0.001 0.002 3 4")") != std::string_view::npos);
    CHECK(text.find(R"(CTM="3 0 0 4 0 0")") != std::string_view::npos);
    CHECK(text.find(R"(DeltaX="g 5 5")") != std::string_view::npos);
    CHECK(text.find("例 &lt;&amp;&gt;") != std::string_view::npos);
}

TEST_CASE("A document that is written reads as what was written") {
    const auto license = sample_license(*pack());
    const auto parts = small_document(license);
    CHECK(parts == small_document(license));
    const OfdPackage package(parts);
    const auto document = read_ofd_document(package).value();
    CHECK(document.warnings.empty());
    CHECK(document.referenced.size() == parts.size());
    REQUIRE(document.custom("ZZBS") != nullptr);
    CHECK(*document.custom("ZZBS") == license.id.text());
    CHECK(*document.custom("CZZT") == "张样例");
    CHECK(*document.custom(custom_payload) == "3691");
    const auto tag = [&](const std::string& name) {
        for (const auto& each : document.tags) {
            if (each.name == name) return each.text;
        }
        return std::string("none");
    };
    CHECK(tag("ZZBS") == license.id.text());
    CHECK(tag("XM") == "张样例 <&>");
    CHECK(tag("CZZT") == "张样例 <&>");  // the pack's name of the holder
    CHECK(tag("FZJG") == "none");
}

TEST_CASE("A shape that the ground has eight times is described once, one that it has seven times each time") {
    const auto type = pack();
    const auto license = sample_license(*type);
    auto drawing = small_drawing(license);
    auto& page = drawing.pages.front();
    while (page.ground.size() < 7) page.ground.push_back(page.ground.front());
    const auto written = [&](const char* path) {
        const auto parts =
            write_document({.license = license, .pack = *type, .drawing = drawing, .payload = "3691"}).value();
        return std::string(as_text(part(parts, path).content));
    };
    const auto times = [](const std::string& text, const std::string& what) {
        std::size_t count = 0;
        for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++count;
        return count;
    };
    const auto ground = "Doc_0/Tpls/Tpl_0/Content.xml", resources = "Doc_0/DocumentRes.xml";
    CHECK(times(written(ground), "<ofd:AbbreviatedData>M 0.1 0.1 L 1.6 0.1 C</ofd:AbbreviatedData>") == 7);
    CHECK(times(written(resources), "Composite") == 0);
    page.ground.emplace_back(PlacedShape{.shape = 0, .at = {5000, 6000}});
    CHECK(times(written(ground), "AbbreviatedData") == 0);
    CHECK(times(written(ground), R"(Boundary="0.9 1.9 1.7 0.2" ResourceID="6"/>)") == 7);
    CHECK(times(written(ground), R"(Boundary="4.9 5.9 1.7 0.2" ResourceID="6"/>)") == 1);
    CHECK(written(resources).find(
              R"(<ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="6" Width="1.7" Height="0.2">)"
              R"(<ofd:Content><ofd:PathObject ID="7" Boundary="0 0 1.7 0.2" LineWidth="0.1">)"
              R"(<ofd:StrokeColor Value="1 2 3"/>)"
              R"(<ofd:AbbreviatedData>M 0.1 0.1 L 1.6 0.1 C</ofd:AbbreviatedData>)") != std::string::npos);
}

TEST_CASE("What the seal stands on is filled by a drawing parameter, everything else by itself") {
    const auto type = pack();
    const auto license = sample_license(*type);
    auto drawing = small_drawing(license);
    const auto filled = [&](Point at, Micrometres side, Colour colour) {
        drawing.shapes.push_back({.steps = {{.kind = PathStep::Kind::move, .to = {Point{0, 0}}},
                                            {.kind = PathStep::Kind::line, .to = {Point{side, side}}},
                                            {.kind = PathStep::Kind::close, .to = {}}},
                                  .box = {0, 0, side, side},
                                  .stroke = {},
                                  .fill = colour});
        return PlacedShape{.shape = drawing.shapes.size() - 1, .at = at};
    };
    auto& page = drawing.pages.front();
    page.ground.emplace_back(filled({0, 0}, 200000, {7, 7, 7}));
    page.ground.emplace_back(filled({100000, 200000}, 40001, {8, 8, 8}));
    page.ground.emplace_back(filled({180000, 240000}, 9000, {7, 7, 7}));
    page.ground.emplace_back(filled({1000, 200000}, 99000, {9, 9, 9}));  // ends where the seal begins
    page.items.emplace_back(filled({0, 0}, 200000, {6, 6, 6}));
    const auto written = [&] {
        return write_document({.license = license, .pack = *type, .drawing = drawing, .payload = "3691"}).value();
    };
    const auto without = written();
    CHECK(as_text(part(without, "Doc_0/PublicRes.xml").content).find("DrawParam") == std::string_view::npos);
    drawing.seal = Box{100000, 190000, 100000, 100000};
    const auto parts = written();
    const auto shared = as_text(part(parts, "Doc_0/PublicRes.xml").content);
    CHECK(shared.find(R"(<ofd:DrawParam ID="4"><ofd:FillColor Value="7 7 7"/></ofd:DrawParam>)"
                      R"(<ofd:DrawParam ID="5"><ofd:FillColor Value="8 8 8"/></ofd:DrawParam></ofd:DrawParams>)") !=
          std::string_view::npos);
    const auto ground = as_text(part(parts, "Doc_0/Tpls/Tpl_0/Content.xml").content);
    const auto count = [](std::string_view text, std::string_view what) {
        std::size_t found = 0;
        for (auto at = text.find(what); at != std::string_view::npos; at = text.find(what, at + 1)) ++found;
        return found;
    };
    CHECK(count(ground, R"(DrawParam="4" Stroke="false" Fill="true"><ofd:AbbreviatedData>)") == 2);
    CHECK(count(ground, R"(DrawParam="5")") == 1);
    CHECK(count(ground, R"(<ofd:FillColor Value="9 9 9"/>)") == 1);
    CHECK(count(ground, R"(<ofd:FillColor)") == 1);
    CHECK(count(as_text(part(parts, "Doc_0/Pages/Page_0/Content.xml").content), R"(Value="6 6 6")") == 1);
    CHECK(read_ofd_document(OfdPackage(parts)).value().warnings.empty());
}

TEST_CASE("The license part reads back as the license, and only as it was written") {
    auto license = sample_license(*pack());
    license.holders.push_back(license.holders[0]);
    license.previous = license.id;
    license.face[0].carried = Carried::digest;
    license.face[0].digest = Bytes(32, 7);
    license.face[1].text = " 一 <二> ";
    const auto bytes = write_license_part(license);
    const auto read = read_license_part(bytes);
    REQUIRE(read);
    CHECK(write_license_part(*read) == bytes);
    CHECK(read->face == license.face);
    CHECK(read->holders == license.holders);
    CHECK(read->validity == license.validity);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        auto shorter = bytes;
        shorter.erase(shorter.begin() + static_cast<std::ptrdiff_t>(i));
        const auto other = read_license_part(shorter);
        CHECK((!other || write_license_part(*other) == shorter));
    }
    auto spaced = bytes;
    spaced.push_back(' ');
    CHECK_FALSE(read_license_part(spaced));
}

TEST_CASE("A drawing that names what it does not have is refused") {
    const auto type = pack();
    const auto license = sample_license(*type);
    auto drawing = small_drawing(license);
    drawing.fonts.clear();
    CHECK_FALSE(write_document({.license = license, .pack = *type, .drawing = drawing, .payload = ""}));
    drawing = small_drawing(license);
    drawing.pages.clear();
    CHECK_FALSE(write_document({.license = license, .pack = *type, .drawing = drawing, .payload = ""}));
}
