#include "trust/lint_names.h"
#include "unit/trust/lint_checks_world.h"

using namespace elic;

namespace {

const std::string chinese = "示例市建设局";

Said said_of(const std::string& name) {
    LintFaults faults;
    lint_name(name, "name", faults);
    return said(faults);
}

std::string repeated(const std::string& text, std::size_t times) {
    std::string all;
    for (std::size_t n = 0; n < times; ++n) all += text;
    return all;
}

struct NameCase {
    std::string name;
    Said said;
};

void check_names(const std::vector<NameCase>& cases) {
    for (const auto& [name, expected] : cases) {
        CAPTURE(name);
        CHECK(said_of(name) == expected);
    }
}

}  // namespace

TEST_CASE("A name in one script with the marks that names have is a name without a fault") {
    for (const std::string name : {"示例市建设局（第2分局）", "示例市·建设局10", "Office of Public Works, No. 9",
                                   "Комитет", "Υπουργείο", "กรมโยธา", "示例市建设局\u0300"}) {
        CAPTURE(name);
        CHECK(said_of(name) == Said{});
    }
}

TEST_CASE(
    "After a Chinese name each character is a mark of names, a Latin letter or an odd one, up to the boundaries") {
    for (const char* usual : {"/", "0", "9", ":", "[", "(", "）", "《"}) {
        CAPTURE(usual);
        CHECK(said_of(chinese + usual) == Said{});
    }
    check_names({{chinese + "A", {"name.latin_letters name: character 7 is U+0041, a Latin letter"}},
                 {chinese + "Z", {"name.latin_letters name: character 7 is U+005A, a Latin letter"}},
                 {chinese + "a", {"name.latin_letters name: character 7 is U+0061, a Latin letter"}},
                 {chinese + "z", {"name.latin_letters name: character 7 is U+007A, a Latin letter"}},
                 {chinese + "!", {"name.odd_character name: character 7 is U+0021, which names do not have"}},
                 {chinese + ";", {"name.odd_character name: character 7 is U+003B, which names do not have"}},
                 {chinese + "@", {"name.odd_character name: character 7 is U+0040, which names do not have"}},
                 {chinese + "`", {"name.odd_character name: character 7 is U+0060, which names do not have"}},
                 {chinese + "{", {"name.odd_character name: character 7 is U+007B, which names do not have"}},
                 {chinese + "˿", {"name.odd_character name: character 7 is U+02FF, which names do not have"}},
                 {chinese + "‐", {"name.odd_character name: character 7 is U+2010, which names do not have"}},
                 {chinese + "★", {"name.odd_character name: character 7 is U+2605, which names do not have"}}});
}

TEST_CASE("Of the Latin letters in a Chinese name the first is named, wherever it stands") {
    check_names({{"A示例市建设局", {"name.latin_letters name: character 1 is U+0041, a Latin letter"}},
                 {"示例市BC建设D局", {"name.latin_letters name: character 4 is U+0042, a Latin letter"}}});
}

TEST_CASE("Each letter of another script is named with the script, whichever the name's own is") {
    const std::string other = ", of a script other than the name's: ";
    check_names({{"Works А", {"name.mixed_scripts name: character 7 is U+0410 (А)" + other + "Cyrillic"}},
                 {"Works Ω", {"name.mixed_scripts name: character 7 is U+03A9 (Ω)" + other + "Greek"}},
                 {"Works カ", {"name.mixed_scripts name: character 7 is U+30AB (カ)" + other + "Japanese"}},
                 {"Works 한", {"name.mixed_scripts name: character 7 is U+D55C (한)" + other + "Korean"}},
                 {"Works ո", {"name.mixed_scripts name: character 7 is U+0578 (ո)" + other + "another script"}},
                 {"Комитет s", {"name.mixed_scripts name: character 9 is U+0073 (s)" + other + "Latin"}},
                 {"А示例市Б",
                  {"name.mixed_scripts name: character 1 is U+0410 (А)" + other + "Cyrillic",
                   "name.mixed_scripts name: character 5 is U+0411 (Б)" + other + "Cyrillic"}}});
}

TEST_CASE(
    "A blank is a fault at either end and anywhere in a Chinese name, in others where there are two; one is named") {
    const std::string ends = "name.blanks name: begins or ends with a blank";
    check_names({{" 示例市建 设局", {ends}},
                 {"示例市建设局　", {ends}},
                 {" Office of Works", {ends}},
                 {"Office of Works ", {ends}},
                 {"示例市 建设 局", {"name.blanks name: character 4 is U+0020, a blank"}},
                 {"示例市\u00A0建设局", {"name.blanks name: character 4 is U+00A0, a blank"}},
                 {"示例市　建设局", {"name.blanks name: character 4 is U+3000, a blank"}},
                 {"示例市\u200A建设局", {"name.blanks name: character 4 is U+200A, a blank"}},
                 {"Office  of  Works", {"name.blanks name: character 7 is U+0020, a blank"}}});
}

TEST_CASE("A name of nothing, or of nothing but blanks, is empty and has no other fault") {
    const Said empty = {"name.empty name: A name is empty or nothing but blanks"};
    check_names({{"", empty}, {" ", empty}, {"　 \u00A0", empty}});
}

TEST_CASE("Each character that no license may have is named; of a first one also what it is") {
    check_names({{"示例\u200B市\u200B局",
                  {"name.forbidden_character name: character 3 is U+200B, which no license may have",
                   "name.forbidden_character name: character 5 is U+200B, which no license may have",
                   "name.odd_character name: character 3 is U+200B, which names do not have",
                   "name.odd_character name: character 5 is U+200B, which names do not have"}},
                 {"\u200B示例市",
                  {"name.forbidden_character name: character 1 is U+200B, a zero-width character",
                   "name.odd_character name: character 1 is U+200B, which names do not have"}},
                 {"示例市\xFF建设局", {"name.forbidden_character name: is no valid UTF-8"}}});
}

TEST_CASE("A decomposed letter and a look-alike form are told with what to write instead") {
    LintFaults faults;
    lint_name("Cafe\u0301", "name", faults);
    lint_name("示例市⼈民政府", "name", faults);
    const auto all = faults.take();
    REQUIRE(all.size() == 3);
    CHECK(all[0].code == LintCode::name_character);
    CHECK(all[0].text == "is not in Unicode's composed form (NFC)");
    CHECK(all[0].mend == "write 'Café'");
    CHECK(all[1].code == LintCode::name_form);
    CHECK(all[1].text == "character 4 is U+2F08, a look-alike of '人'");
    CHECK(all[1].mend == "write '人'");
    CHECK(all[2].code == LintCode::name_odd);
}

TEST_CASE("Names have 4 to 60 characters, counted as characters") {
    check_names({{"建设局", {"name.too_short name: '建设局' is shorter than 4 characters"}},
                 {"建设分局", {}},
                 {repeated("局", 60), {}},
                 {repeated("局", 61), {"name.too_long name: 61 characters are more than names have"}}});
}
