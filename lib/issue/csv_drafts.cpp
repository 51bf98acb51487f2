#include "elic/issue/csv_drafts.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "codec/json.h"
#include "issue/read_draft.h"
#include "license/spreadsheet_forms.h"

namespace elic {

namespace {

/// National keys (GB/T 36903) and what a heading may call them besides; our names of the nested form too.
struct Name {
    std::string_view heading, key;
};
constexpr std::array<Name, 47> names = {{{"ZZLXDM", "ZZLXDM"},
                                         {"证照类型代码", "ZZLXDM"},
                                         {"type", "ZZLXDM"},
                                         {"request", "request"},
                                         {"业务编号", "request"},
                                         {"办件编号", "request"},
                                         {"受理编号", "request"},
                                         {"ZZBH", "ZZBH"},
                                         {"证照编号", "ZZBH"},
                                         {"number", "ZZBH"},
                                         {"ZZBFRQ", "ZZBFRQ"},
                                         {"证照颁发日期", "ZZBFRQ"},
                                         {"颁发日期", "ZZBFRQ"},
                                         {"issued_on", "ZZBFRQ"},
                                         {"ZZYXQQSRQ", "ZZYXQQSRQ"},
                                         {"证照有效期起始日期", "ZZYXQQSRQ"},
                                         {"有效期起", "ZZYXQQSRQ"},
                                         {"有效期起始日期", "ZZYXQQSRQ"},
                                         {"valid_from", "ZZYXQQSRQ"},
                                         {"ZZYXQJZRQ", "ZZYXQJZRQ"},
                                         {"证照有效期截止日期", "ZZYXQJZRQ"},
                                         {"有效期止", "ZZYXQJZRQ"},
                                         {"有效期截止日期", "ZZYXQJZRQ"},
                                         {"valid_until", "ZZYXQJZRQ"},
                                         {"CZZT", "CZZT"},
                                         {"持证主体", "CZZT"},
                                         {"持证主体名称", "CZZT"},
                                         {"CZZTDM", "CZZTDM"},
                                         {"持证主体代码", "CZZTDM"},
                                         {"CZZTDMLXDM", "CZZTDMLXDM"},
                                         {"持证主体代码类型代码", "CZZTDMLXDM"},
                                         {"CZZTDMLX", "CZZTDMLX"},
                                         {"持证主体代码类型", "CZZTDMLX"},
                                         {"ZZBS", "ZZBS"},
                                         {"电子证照标识", "ZZBS"},
                                         {"证照标识", "ZZBS"},
                                         {"ZZMC", "ZZMC"},
                                         {"证照名称", "ZZMC"},
                                         {"ZZBFJG", "ZZBFJG"},
                                         {"证照颁发机构", "ZZBFJG"},
                                         {"证照颁发机构名称", "ZZBFJG"},
                                         {"ZZBFJGDM", "ZZBFJGDM"},
                                         {"证照颁发机构代码", "ZZBFJGDM"},
                                         {"serial", "serial"},
                                         {"流水号", "serial"},
                                         {"previous", "previous"},
                                         {"前证标识", "previous"}}};

std::string_view key_of(std::string_view heading) {
    const auto at = std::ranges::find(names, heading, &Name::heading);
    return at == names.end() ? std::string_view() : at->key;
}

bool is_date_key(std::string_view key) { return key == "ZZBFRQ" || key == "ZZYXQQSRQ" || key == "ZZYXQJZRQ"; }

/// Blanks around it away; ="0012", by which people keep a spreadsheet from reading a number, is 0012.
std::string settled(std::string_view cell) {
    constexpr std::array<std::string_view, 6> blanks = {" ", "\t", "\n", "\r", "\xC2\xA0", "\xE3\x80\x80"};
    for (bool more = true; more;) {
        more = false;
        for (const auto blank : blanks) {
            if (cell.starts_with(blank)) cell.remove_prefix(blank.size()), more = true;
            if (cell.ends_with(blank)) cell.remove_suffix(blank.size()), more = true;
        }
    }
    if (cell.size() > 3 && cell.starts_with("=\"") && cell.ends_with('"')) cell = cell.substr(2, cell.size() - 3);
    return std::string(cell);
}

/// A cell of several holders: one a line is as good as 、 between them.
std::string joined_lines(std::string text) {
    std::string joined;
    for (const char c : text) joined += c == '\n' ? "、" : std::string(1, c);
    return joined;
}

DraftFault damage(const std::string& heading, std::string mend) {
    return DraftFault{heading, "spreadsheet", std::move(mend)};
}

}  // namespace

Result<CsvDrafts> CsvDrafts::open(const std::vector<std::string>& headings, const std::optional<LicenseTypeCode>& type,
                                  std::span<const std::shared_ptr<const TypePack>> packs) {
    CsvDrafts drafts;
    drafts.type_ = type;
    for (const auto& pack : packs) {
        if (!type || pack->code == *type) drafts.packs_.emplace(pack->code.text(), pack);
    }
    if (type && drafts.packs_.empty()) {
        return fail(Errc::unknown_type, "the trust list has no type pack for " + type->text());
    }
    std::map<std::string, std::string> meanings;
    for (const auto& given : headings) {
        const auto heading = to_nfc(settled(given));
        const auto shown = "'" + escape_for_output(heading) + "'";
        const auto key = key_of(heading);
        const bool face = key.empty();
        std::string meaning(key);
        for (const auto& [code, pack] : drafts.packs_) {
            const auto* rule = face ? pack->field_named(heading) : nullptr;
            if (rule != nullptr) meaning = "face " + (type ? rule->label : heading);
        }
        if (meaning.empty()) {
            return fail(Errc::bad_argument, "heading " + shown +
                                                " is not known: it is no national key or name, and no item of " +
                                                (type ? "the type" : "any type of the trust list") +
                                                " (see `elic type show CODE`); correct it or take the column out");
        }
        const auto [at, first] = meanings.emplace(meaning, heading);
        if (!first) {
            return fail(Errc::bad_argument, "headings '" + escape_for_output(at->second) + "' and " + shown +
                                                " mean the same: take one of the columns out");
        }
        drafts.columns_.push_back({.heading = heading, .key = face ? heading : std::string(key), .face = face});
    }
    if (!meanings.contains("request")) {
        return fail(Errc::bad_argument,
                    "no column gives the case number (request, 业务编号): it is what keeps a license "
                    "from being issued twice");
    }
    if (type.has_value() == meanings.contains("ZZLXDM")) {
        return fail(Errc::bad_argument,
                    type ? "--type is given and there is a column of types too: leave one of them out"
                         : "no column gives the license type: add ZZLXDM, or give --type CODE");
    }
    return drafts;
}

const std::string* CsvDrafts::cell(const std::vector<std::string>& cells, std::string_view key) const {
    for (std::size_t n = 0; n < columns_.size() && n < cells.size(); ++n) {
        if (!columns_[n].face && columns_[n].key == key) return &cells[n];
    }
    return nullptr;
}

std::string CsvDrafts::request_of(const std::vector<std::string>& cells) const {
    const auto* request = cell(cells, "request");
    return request != nullptr ? settled(*request) : "";
}

std::string CsvDrafts::heading_of(const std::string& field) const {
    constexpr std::array<Name, 9> fields = {{{"type", "ZZLXDM"},
                                             {"number", "ZZBH"},
                                             {"issued_on", "ZZBFRQ"},
                                             {"valid_from", "ZZYXQQSRQ"},
                                             {"valid_until", "ZZYXQJZRQ"},
                                             {"serial", "serial"},
                                             {"previous", "previous"},
                                             {"request", "request"},
                                             {"holders", "CZZT"}}};
    std::string key = field;
    if (const auto at = std::ranges::find(fields, std::string_view(field), &Name::heading); at != fields.end()) {
        key = at->key;
    }
    if (field.starts_with("holders[")) {
        key = field.ends_with(".code") ? "CZZTDM" : field.ends_with(".code_type") ? "CZZTDMLXDM" : "CZZT";
    }
    const auto label = field.starts_with("face.") ? field.substr(5) : std::string();
    for (const auto& column : columns_) {
        if (column.heading == field || (!column.face && column.key == key)) return column.heading;
        if (!column.face || label.empty()) continue;
        for (const auto& [code, pack] : packs_) {
            const auto* rule = pack->field_named(column.heading);
            if (rule != nullptr && rule->label == label) return column.heading;
        }
    }
    return "";
}

/// What a spreadsheet did to one cell.
void CsvDrafts::check_cell(const Column& column, const std::string& cell, const TypePack* pack,
                           DraftReading& reading) const {
    const auto* rule = column.face && pack != nullptr ? pack->field_named(column.heading) : nullptr;
    if (auto lost = spreadsheet_damage(cell)) return reading.faults.push_back(damage(column.heading, *lost));
    if (is_date_key(column.key) || (rule != nullptr && rule->kind == FieldKind::date)) {
        if (auto doubt = doubtful_date(cell)) reading.faults.push_back(damage(column.heading, *doubt));
        return;
    }
    const auto zeros = [&](const std::string& whole) {
        reading.faults.push_back(damage(
            column.heading, cell + " may have lost the zeros before it (" + whole +
                                "?): format the column as text before the values are put in, and export it again"));
    };
    if (column.key == "CZZTDMLXDM" && cell.size() < 3) {
        const auto type = HolderCodeType::parse(std::string(3 - cell.size(), '0') + cell);
        if (type && lost_zeros(cell, type->text())) zeros(type->text());
    }
    if (rule != nullptr && (rule->kind == FieldKind::code || rule->kind == FieldKind::codes)) {
        const auto exact = [&](const CodeEntry& entry) { return entry.code == cell || entry.text == cell; };
        if (std::ranges::any_of(rule->codes, exact)) return;
        for (const auto& entry : rule->codes) {
            if (lost_zeros(cell, entry.code)) return zeros(entry.code);
        }
    }
    if (looks_rounded(cell) && (column.key == "ZZBH" || column.key == "CZZTDM" || column.key == "request")) {
        reading.warnings.push_back(column.heading + ": " + cell +
                                   " ends in zeros from its 16th digit on, as numbers do that went through Excel");
    }
}

DraftReading CsvDrafts::read(const std::vector<std::string>& cells) const {
    DraftReading reading;
    if (cells.empty()) {
        reading.faults.push_back(
            {"", "encoding", "the row's bytes are no text in the encoding of the file: write it in the same one"});
        return reading;
    }
    if (cells.size() != columns_.size()) {
        reading.faults.push_back({"", "cells",
                                  "the row has " + std::to_string(cells.size()) + " cells, the headings are " +
                                      std::to_string(columns_.size()) +
                                      ": a cell with a comma stands in quotation marks"});
        return reading;
    }
    const auto* said = cell(cells, "ZZLXDM");
    const auto code = type_ ? type_->text() : said != nullptr ? settled(*said) : "";
    const auto pack = packs_.find(code);
    Json json = Json::object();
    json["ZZLXDM"] = code;
    for (std::size_t n = 0; n < cells.size(); ++n) {
        const auto& column = columns_[n];
        auto text = settled(cells[n]);
        if (text.empty()) continue;
        check_cell(column, text, pack != packs_.end() ? pack->second.get() : nullptr, reading);
        if (column.key == "CZZT" || column.key == "CZZTDM" || column.key == "CZZTDMLXDM") text = joined_lines(text);
        json[column.key] = std::move(text);
    }
    if (!reading.faults.empty()) return reading;
    auto read = read_draft(json);
    read.warnings = std::move(reading.warnings);
    return read;
}

}  // namespace elic
