#include "trust/lint_names.h"

#include <algorithm>

#include "base/character.h"
#include "base/text.h"

namespace elic {

namespace {

constexpr std::size_t shortest_name = 4, longest_name = 60;

enum class Script { common, han, latin, cyrillic, greek, kana, hangul, other };

struct ScriptRange {
    char32_t first, last;
    Script script;
};

// Blocks of the Unicode Standard whose letters are met in names, or are taken for those that are.
constexpr ScriptRange scripts[] = {
    {0x41, 0x5A, Script::latin},        {0x61, 0x7A, Script::latin},        {0xC0, 0x24F, Script::latin},
    {0x250, 0x2AF, Script::latin},      {0x370, 0x3FF, Script::greek},      {0x400, 0x52F, Script::cyrillic},
    {0x530, 0x58F, Script::other},      {0x590, 0x5FF, Script::other},      {0x13A0, 0x13FF, Script::other},
    {0x1C80, 0x1C8F, Script::cyrillic}, {0x1D00, 0x1DBF, Script::latin},    {0x1E00, 0x1EFF, Script::latin},
    {0x1F00, 0x1FFF, Script::greek},    {0x1100, 0x11FF, Script::hangul},   {0x3005, 0x3007, Script::han},
    {0x3041, 0x30FF, Script::kana},     {0x3100, 0x312F, Script::other},    {0x3131, 0x318E, Script::hangul},
    {0x31C0, 0x31E3, Script::other},    {0x31F0, 0x31FF, Script::kana},     {0x3400, 0x4DBF, Script::han},
    {0x4E00, 0x9FFF, Script::han},      {0xA640, 0xA69F, Script::cyrillic}, {0xA720, 0xA7FF, Script::latin},
    {0xAC00, 0xD7FB, Script::hangul},   {0xF900, 0xFAFF, Script::han},      {0xFF21, 0xFF3A, Script::latin},
    {0xFF41, 0xFF5A, Script::latin},    {0xFF66, 0xFF9F, Script::kana},     {0x20000, 0x323AF, Script::han},
};

Script script_of(char32_t c) {
    for (const auto& range : scripts) {
        if (c >= range.first && c <= range.last) return range.script;
    }
    return Script::common;
}

std::string_view name_of(Script script) {
    switch (script) {
        case Script::latin:
            return "Latin";
        case Script::cyrillic:
            return "Cyrillic";
        case Script::greek:
            return "Greek";
        case Script::kana:
            return "Japanese";
        case Script::hangul:
            return "Korean";
        default:
            return "another script";
    }
}

/// Characters that are drawn alike; all look like the first of their group. Letters in lower case.
constexpr std::u32string_view alike[] = {
    U"aаαɑ",        U"bЬьβв",  U"cсϲ",    U"dԁ",          U"eеεҽ", U"gɡ",   U"hһнη",   U"iіιıl1|ӏǀ", U"jјϳ",
    U"kкκ",         U"mм",     U"nոпπ",   U"oоοօ0〇○◯零", U"pрρ",  U"qԛ",   U"sѕ",     U"tтτ",       U"uυս",
    U"vνѵ",         U"wѡԝω",   U"xхχ×",   U"yуγү",        U"zζ",   U"日曰", U"未末",   U"土士",      U"己已巳",
    U"戊戌戍",      U"人入八", U"大太犬", U"千干于",      U"天夭", U"午牛", U"王玉壬", U"住往佳",    U"市巿",
    U"徽微徵",      U"候侯",   U"析折拆", U"口囗ロ",      U"力カ", U"工エ", U"卜ト",   U"夕タ",      U"二ニ",
    U"一ー―—－-丨", U"三ミ",   U"治冶",   U"汨汩",        U"晴睛", U"刺剌", U"州洲",   U"洛络",      U"凤风",
    U"没设",        U"贝见",   U"鸟乌",   U"兔免",        U"埸场", U"毫亳", U"桂佳",   U"荥荣",      U"宜宣",
    U"崇祟",        U"券卷",   U"浙淅",   U"沪泸",        U"泰秦", U"陕峡", U"邵绍",   U"历厉",      U"茶荼",
    U"栗粟",        U"臺台",   U"國国",   U"廳厅",        U"門门", U"東东", U"廣广",   U"會会",      U"區区",
    U"縣县",        U"務务",   U"設设",   U"業业",
};

char32_t lower(char32_t c) {
    if (c >= U'A' && c <= U'Z') return c + 32;
    if (c >= 0x391 && c <= 0x3A9) return c + 32;  // Greek
    if (c >= 0x410 && c <= 0x42F) return c + 32;  // Cyrillic
    if (c >= 0x400 && c <= 0x40F) return c + 80;
    return c;
}

bool is_blank(char32_t c) { return c == U' ' || c == 0xA0 || c == 0x3000 || (c >= 0x2000 && c <= 0x200A); }

/// Marks that names of bodies do have.
bool usual_mark(char32_t c) {
    constexpr std::u32string_view marks = U"()（）〔〕[]·•、，,.-－—&《》“”\"'：:/+";
    return marks.find(c) != std::u32string_view::npos || (c >= U'0' && c <= U'9') || is_blank(c);
}

std::u32string characters_of(std::string_view text) {
    std::u32string all;
    for (std::size_t offset = 0; offset < text.size();) {
        const auto c = next_character(text, offset);
        if (!c) break;
        all.push_back(*c);
    }
    return all;
}

std::string at(std::size_t i, char32_t c) { return "character " + std::to_string(i + 1) + " is " + code_point_name(c); }

void lint_scripts(const std::u32string& name, const std::string& place, LintFaults& faults) {
    const bool chinese = std::any_of(name.begin(), name.end(), [](char32_t c) { return script_of(c) == Script::han; });
    Script first = chinese ? Script::han : Script::common;
    bool latin_said = false;
    for (std::size_t i = 0; i < name.size(); ++i) {
        const auto script = script_of(name[i]);
        if (script == Script::common) {
            if (!usual_mark(name[i]) && !(name[i] > 0x2FF && name[i] < 0x2000))
                faults.add(LintCode::name_odd, place, at(i, name[i]) + ", which names do not have");
            continue;
        }
        if (first == Script::common) first = script;
        if (script == first) continue;
        if (chinese && script == Script::latin) {
            if (!latin_said) faults.add(LintCode::name_latin, place, at(i, name[i]) + ", a Latin letter");
            latin_said = true;
            continue;
        }
        std::string drawn;
        append_character(drawn, name[i]);
        faults.add(
            LintCode::name_scripts, place,
            at(i, name[i]) + " (" + drawn + "), of a script other than the name's: " + std::string(name_of(script)));
    }
}

void lint_blanks(const std::u32string& name, const std::string& place, LintFaults& faults) {
    if (is_blank(name.front()) || is_blank(name.back())) {
        faults.add(LintCode::name_blank, place, "begins or ends with a blank");
        return;
    }
    const bool chinese = std::any_of(name.begin(), name.end(), [](char32_t c) { return script_of(c) == Script::han; });
    for (std::size_t i = 0; i + 1 < name.size(); ++i) {
        const bool twice = is_blank(name[i]) && is_blank(name[i + 1]);
        if (twice || (chinese && is_blank(name[i]))) {
            faults.add(LintCode::name_blank, place, at(i, name[i]) + ", a blank");
            return;
        }
    }
}

}  // namespace

void lint_name(const std::string& name, const std::string& place, LintFaults& faults) {
    // Each character that is refused, not only the first.
    bool readable = true;
    char32_t before = 0;
    std::size_t count = 0;
    for (std::size_t offset = 0; offset < name.size(); ++count) {
        const auto c = next_character(name, offset);
        if (!c) {
            readable = false;
            break;
        }
        if (fault_of(*c, before)) {
            const auto single = check_text(name.substr(0, offset));
            faults.add(LintCode::name_character, place,
                       count != 0 || single ? at(count, *c) + ", which no license may have" : single.error().context);
        }
        before = *c;
    }
    if (!readable) return faults.add(LintCode::name_character, place, "is no valid UTF-8");
    if (to_nfc(name) != name)
        faults.add(LintCode::name_character, place, "is not in Unicode's composed form (NFC)",
                   "write " + in_quotes(to_nfc(name)));
    const auto characters = characters_of(name);
    if (std::all_of(characters.begin(), characters.end(), is_blank)) return faults.add(LintCode::name_empty, place);
    lint_blanks(characters, place, faults);
    for (const auto& look : find_look_alikes(name)) {
        if (is_blank(look.character)) continue;
        faults.add(LintCode::name_form, place,
                   at(look.character_offset, look.character) + ", a look-alike of " + in_quotes(look.usual),
                   "write " + in_quotes(look.usual));
    }
    lint_scripts(characters, place, faults);
    if (characters.size() < shortest_name)
        faults.add(LintCode::name_short, place, in_quotes(name) + " is shorter than 4 characters");
    if (characters.size() > longest_name)
        faults.add(LintCode::name_long, place,
                   std::to_string(characters.size()) + " characters are more than names have");
}

std::string plain_name(std::string_view name) {
    std::string plain;
    const auto folded = fold_width(name);
    for (const auto c : characters_of(folded)) {
        if (!is_blank(c)) append_character(plain, lower(c));
    }
    return plain;
}

std::string look_of(std::string_view name) {
    const auto looks = find_look_alikes(name);
    const auto characters = characters_of(name);
    std::string usual;
    std::size_t next = 0, count = 0;
    char32_t before = 0;
    for (const auto c : characters) {
        if (next < looks.size() && looks[next].character_offset == count) {
            usual += looks[next++].usual;
        } else if (!fault_of(c, before)) {
            append_character(usual, c);
        }
        before = c;
        ++count;
    }
    std::string look;
    for (auto c : characters_of(plain_name(usual))) {
        for (const auto& group : alike) {
            if (group.find(c) != std::u32string_view::npos) {
                c = group.front();
                break;
            }
        }
        append_character(look, c);
    }
    return look;
}

}  // namespace elic
