#include <catch2/catch.hpp>

#include "elic/packs/type_packs.h"
#include "unit/packs/small_pack.h"

using namespace elic;

namespace {

bool remarked(const TypePack& pack, const std::string& part) {
    for (const auto& remark : lint_type_pack(pack)) {
        if (remark.find(part) != std::string::npos) return true;
    }
    return false;
}

}  // namespace

TEST_CASE("Lint remarks on what a careful editor would ask about a pack") {
    auto pack = small_pack().value();
    CHECK(remarked(pack, "provisional"));
    CHECK(remarked(pack, "tied to nothing"));
    pack.name_en = "Example";
    pack.standard = "example";
    pack.provisional = false;
    pack.number.patterns.front().push_back({.kind = NumberPart::Kind::serial, .count = 4});
    CHECK(lint_type_pack(pack).empty());

    const auto after = [&](auto change) {
        auto changed = pack;
        change(changed);
        const auto remarks = lint_type_pack(changed);
        return remarks.size() == 1 ? remarks.front() : std::to_string(remarks.size()) + " remarks";
    };
    CHECK(after([](TypePack& p) { p.sources.clear(); }) == "no sources: say where the facts come from");
    CHECK(after([](TypePack& p) { p.name_en.clear(); }) == "no English name");
    CHECK(after([](TypePack& p) { p.standard.clear(); }) == "no standard is named");
    CHECK(after([](TypePack& p) { p.states.clear(); }) == "no states are named");
    CHECK(after([](TypePack& p) { p.number.patterns.clear(); }) == "no number rule: any text is taken");
    CHECK(after([](TypePack& p) { p.holders.code_types.clear(); }) == "any kind of holder code is allowed");
    CHECK(after([](TypePack& p) {
              p.number.patterns.front().push_back({.kind = NumberPart::Kind::choice, .choices = {"湘西", "京", "湘"}});
          }) == "a choice of the number begins another one: the longer is always taken");
}

TEST_CASE("Lint remarks on what a careful editor would ask about a field") {
    auto pack = small_pack().value();
    const auto after = [&](auto change, const char* part) {
        auto changed = pack;
        change(changed.fields.front());
        return remarked(changed, std::string("field 名称: ") + part);
    };
    const auto same = [](FieldRule&) {};
    CHECK_FALSE(after(same, ""));
    CHECK(after([](FieldRule& f) { f.keys.clear(); }, "no wire key"));
    CHECK(after(
        [](FieldRule& f) {
            f.derive = {};
            f.sensitivity = 3;
        },
        "sensitive"));
    CHECK(after([](FieldRule& f) { f.carried = Carried::absent; }, "required, but"));
    CHECK(after(
        [](FieldRule& f) {
            f.carried = Carried::absent;
            f.compare = true;
        },
        "the clerk compares"));
    CHECK(after(
        [](FieldRule& f) {
            f.carried = Carried::digest;
            f.max_length = 10;
        },
        "the digest of a short"));
    CHECK(after([](FieldRule& f) { f.number = 0; }, "derived without an n"));
    CHECK(after(
        [](FieldRule& f) {
            f.kind = FieldKind::code;
            f.codes = {{.code = "1", .text = "a"}};
        },
        "a list of one"));
    CHECK(after([](FieldRule& f) { f.max_length = 3000; }, "very long"));
    CHECK(after(
        [](FieldRule& f) {
            f.on_face = false;
            f.compare = true;
        },
        "compared, but not"));
}

TEST_CASE("No built-in pack carries a sensitive field in the open or lacks its sources") {
    const auto packs = TypePacks::builtin();
    for (const auto& entry : packs.list()) {
        const auto pack = packs.load(entry.code, entry.version).value();
        INFO(entry.code.text());
        CHECK_FALSE(remarked(*pack, "no sources"));
        // A marriage certificate names both spouses: the second name is what the clerk compares.
        if (pack->name != "结婚证") CHECK_FALSE(remarked(*pack, "carried in the open"));
        CHECK_FALSE(remarked(*pack, "no wire key"));
    }
}
