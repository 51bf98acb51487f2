#include "container/zip.h"

#include <catch2/catch.hpp>

#include "container/packing/write_zip.h"
#include "unit/container/hostile.h"

namespace elic {

namespace {

Bytes bytes_of(std::string_view text) { return {as_bytes(text).begin(), as_bytes(text).end()}; }

std::string joined(const std::vector<std::string>& lines) {
    std::string all;
    for (const auto& line : lines) all += line + "\n";
    return all;
}

}  // namespace

TEST_CASE("read_zip says of each hostile ZIP what it is") {
    const auto files = test::hostile_files("zip");
    REQUIRE(files.size() >= 69);
    for (const auto& file : files) {
        INFO(file.name);
        const auto archive = read_zip(file.bytes);
        if (file.result != "ok" && file.result != "warns") {
            REQUIRE_FALSE(archive);
            CHECK(name_of(archive.error().code) == file.result);
            CHECK_THAT(archive.error().context, Catch::Contains(file.words));
            continue;
        }
        INFO((archive ? "" : archive.error().context));
        REQUIRE(archive);
        INFO(joined(archive->warnings));
        CHECK(archive->warnings.empty() == (file.result == "ok"));
        CHECK_THAT(joined(archive->warnings), Catch::Contains(file.words));
        for (const auto& part : archive->parts) CHECK(as_text(part.content) == "<a/>");
    }
}

TEST_CASE("read_zip reads GBK names, backslashes and leading slashes as paths") {
    for (const auto& file : test::hostile_files("zip")) {
        if (file.name == "gbk-name") CHECK(read_zip(file.bytes)->parts.at(1).path == "附件.xml");
        if (file.name == "backslash") CHECK(read_zip(file.bytes)->parts.at(0).path == "Doc_0/Document.xml");
        if (file.name == "leading-slash") CHECK(read_zip(file.bytes)->parts.at(0).path == "OFD.xml");
        if (file.name == "hidden-entry") CHECK(read_zip(file.bytes)->parts.size() == 1);
    }
}

TEST_CASE("write_zip gives the parts back, the same bytes twice") {
    const std::vector<Part> parts{{.path = "OFD.xml", .content = bytes_of(std::string(5000, 'x'))},
                                  {.path = "Doc_0/empty", .content = {}},
                                  {.path = "Doc_0/证照.xml", .content = bytes_of("<证照/>")}};
    const auto file = write_zip(parts);
    CHECK(file == write_zip(parts));
    CHECK(file.size() < 1000);
    const auto archive = read_zip(file);
    REQUIRE(archive);
    CHECK(archive->parts == parts);
    CHECK(archive->warnings.empty());
}

TEST_CASE("write_zip stores what deflate makes no smaller") {
    const std::vector<Part> parts{{.path = "a", .content = bytes_of("abc")}};
    const auto file = write_zip(parts);
    CHECK(as_text(file).find("abc") != std::string_view::npos);
    CHECK(file[8] == 0);
}

TEST_CASE("read_zip holds to the limits it is given") {
    const auto file = write_zip(std::vector<Part>{{.path = "a", .content = Bytes(100)}, {.path = "b", .content = {}}});
    CHECK(read_zip(file, {.file = file.size()}));
    CHECK(read_zip(file, {.file = file.size() - 1}).error().code == Errc::limit_exceeded);
    CHECK(read_zip(file, {.entries = 2}));
    CHECK(read_zip(file, {.entries = 1}).error().code == Errc::limit_exceeded);
    CHECK(read_zip(file, {.entry = 100}));
    CHECK(read_zip(file, {.entry = 99}).error().code == Errc::limit_exceeded);
    CHECK(read_zip(file, {.total = 100}));
    CHECK(read_zip(file, {.total = 99}).error().code == Errc::limit_exceeded);
}

TEST_CASE("read_zip survives every cut and every changed byte") {
    const std::vector<Part> parts{{.path = "OFD.xml", .content = bytes_of("<a>aaaaaaaaaaaaaaaaaaaa</a>")}};
    const auto file = write_zip(parts);
    for (std::size_t size = 0; size < file.size(); ++size) CHECK_FALSE(read_zip(BytesView(file).first(size)));
    std::size_t changed = 0;
    for (std::size_t at = 0; at < file.size(); ++at) {
        auto altered = file;
        altered[at] ^= 0x41;
        const auto archive = read_zip(altered);
        // What still reads has the same content: the checksum sees to it; its name may be another.
        if (archive && !archive->parts.empty()) {
            CHECK(archive->parts[0].content == parts[0].content);
            ++changed;
        }
    }
    CHECK(changed > 0);
}

}  // namespace elic
