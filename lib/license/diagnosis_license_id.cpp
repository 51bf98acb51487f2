#include <array>
#include <vector>

#include "base/decimal.h"
#include "elic/license/area_code.h"
#include "elic/license/license_id.h"
#include "license/characters.h"
#include "license/diagnosis_parts.h"
#include "license/legacy_check.h"

namespace elic {

namespace {

constexpr std::array<const char*, 6> part_names = {"root", "type", "issuer", "serial", "revision", "check"};
enum Part : std::size_t { type_part, issuer_part, serial_part, revision_part, check_part, part_count };

/// An identifier taken apart as far as it goes.
struct Reading {
    std::string root;
    std::vector<std::string> parts;  ///< after the root
    bool other_separators = false;
    bool file_name = false;

    std::string joined() const {
        std::string text(LicenseId::root);
        for (const auto& part : parts) text += "." + part;
        return text;
    }
};

std::vector<std::string> split(std::string_view text) {
    std::vector<std::string> parts;
    for (std::size_t start = 0;;) {
        const auto dot = text.find('.', start);
        parts.emplace_back(text.substr(start, dot - start));
        if (dot == std::string_view::npos) return parts;
        start = dot + 1;
    }
}

/// TYPE ISSUER SERIAL REVISION CHECK at the end, whatever stands before.
bool ends_like_identifier(const std::vector<std::string>& parts) {
    if (parts.size() < part_count) return false;
    const auto* tail = parts.data() + (parts.size() - part_count);
    return tail[type_part].size() == 21 && resembles_uscc(tail[type_part].substr(0, 18)) &&
           tail[revision_part].size() == 3 && tail[check_part].size() == 1;
}

std::optional<Reading> read_with_root(std::string_view text) {
    if (!text.starts_with(LicenseId::root)) return std::nullopt;
    auto rest = std::string(text.substr(LicenseId::root.size()));
    if (made_of(rest.substr(0, 1), digits_and_upper)) return std::nullopt;  // a longer number: another root
    Reading reading{.root = std::string(LicenseId::root), .parts = {}};
    if (rest.empty()) return reading;
    reading.other_separators = rest[0] != '.';
    rest.erase(0, 1);
    if (rest.find('.') == std::string::npos && rest.find_first_of("-_") != std::string::npos) {
        reading.other_separators = true;
        for (auto& c : rest) c = c == '-' || c == '_' ? '.' : c;
    }
    reading.parts = split(rest);
    return reading;
}

std::optional<Reading> read_identifier(std::string_view text) {
    bool file_name = false;
    for (const std::string_view suffix : {".OFD", ".PDF", ".PNG", ".XML"}) {
        if (!file_name && text.ends_with(suffix)) {
            text.remove_suffix(suffix.size());
            file_name = true;
        }
    }
    auto reading = read_with_root(text);
    if (!reading) {
        auto parts = split(text);
        if (ends_like_identifier(parts)) {
            const auto tail = parts.end() - part_count;
            reading.emplace();
            for (auto part = parts.begin(); part != tail; ++part)
                reading->root += (part == parts.begin() ? "" : ".") + *part;
            reading->parts.assign(tail, parts.end());
        } else if (text.starts_with("1.2.156.3005")) {
            reading.emplace();
            reading->root = std::string(text);
        }
    }
    if (reading) reading->file_name = file_name;
    return reading;
}

bool division_code(std::string_view text) { return text.size() == 6 && AreaCode::parse(text); }

bool organisation_code(std::string_view text) {
    return text.size() == 9 && organisation_check_character(text.substr(0, 8)) == text[8];
}

void look_at_type(Diagnosis& d, const std::string& type) {
    if (type.size() != 21 || !made_of(std::string_view(type).substr(18), decimal_digits)) {
        add_remark(d, Rule::type_form, {quote_for_error(type)});
        return;
    }
    const auto of_body = diagnose_uscc(std::string_view(type).substr(0, 18));
    if (!of_body.well_formed) add_remark(d, Rule::type_uscc, of_body.remarks.front());
}

void look_at_issuer(Diagnosis& d, const std::string& issuer) {
    if (division_code(issuer)) {
        add_remark(d, Rule::issuer_division_code, {issuer});
    } else if (organisation_code(issuer)) {
        add_remark(d, Rule::issuer_organisation_code, {issuer});
    } else if (issuer.size() != 18) {
        const auto length = diagnosis_of(CodeKind::uscc, Rule::length_near, {std::to_string(issuer.size())});
        add_remark(d, Rule::issuer_uscc, length.remarks.front());
    } else if (const auto of_body = diagnose_uscc(issuer); !of_body.well_formed) {
        add_remark(d, Rule::issuer_uscc, of_body.remarks.front());
    }
}

void look_at_serial(Diagnosis& d, const std::string& serial) {
    constexpr std::size_t uuid_length = 32;
    if (serial.empty() || serial.size() > LicenseId::max_serial) {
        add_remark(d, Rule::serial_length, {std::to_string(serial.size())});
    }
    if (!serial.empty() && !made_of(serial, digits_and_upper)) {
        add_remark(d, Rule::serial_characters, {quote_for_error(serial)});
    }
    const bool uuid = serial.size() > uuid_length &&
                      made_of(std::string_view(serial).substr(serial.size() - uuid_length), "0123456789ABCDEF");
    const bool letters =
        serial.find_first_of("ABCDEF", serial.size() - std::min(serial.size(), uuid_length)) != std::string::npos;
    if (uuid && letters) add_remark(d, Rule::serial_with_uuid);
}

void look_at_revision(Diagnosis& d, const std::string& revision) {
    if (revision.size() != 3 || !made_of(revision, decimal_digits)) {
        add_remark(d, Rule::revision_form, {quote_for_error(revision)});
    } else if (revision == "000") {
        add_remark(d, Rule::revision_zero);
    }
}

std::string checked_content(const Reading& reading) {
    return reading.parts[type_part] + reading.parts[issuer_part] + reading.parts[serial_part] +
           reading.parts[revision_part];
}

/// Says what the check character is; true when another one was never meant to be right (placeholder, faulty program),
/// so that the right one may be suggested.
bool look_at_check(Diagnosis& d, const Reading& reading) {
    const auto content = checked_content(reading);
    const auto& check = reading.parts[check_part];
    const char expected = mod_37_36_check(content);
    if (expected == '\0' || check.size() != 1 || !made_of(check, digits_and_upper)) {
        add_remark(d, Rule::check_form, {quote_for_error(check)});
        return false;
    }
    if (check[0] == expected) {
        if (!d.remarks.empty()) add_remark(d, Rule::check_holds, {check});
        return false;
    }
    const std::string right(1, expected);
    const bool faulty_program = check[0] == legacy_check(content);
    if (check == "X") add_remark(d, Rule::check_placeholder, {right});
    if (faulty_program) add_remark(d, Rule::check_legacy_miscalculation, {check, right});
    if (check != "X" && !faulty_program) add_remark(d, Rule::check_wrong, {check, right});
    return check == "X" || faulty_program;
}

std::string without(std::string text, std::string_view unwanted) {
    std::erase_if(text, [&](char c) { return unwanted.find(c) != std::string_view::npos; });
    return text;
}

/// The likely repairs, one at a time; the first that makes an identifier is suggested.
void suggest(Diagnosis& d, const Reading& reading, bool check_was_never_computed) {
    const auto accept = [](const std::string& text) { return LicenseId::parse(text).has_value(); };
    std::vector<Reading> repairs = {reading};
    auto codes = reading;
    for (const auto part : {type_part, issuer_part}) {
        auto& code = codes.parts[part];
        if (!Uscc::parse(std::string_view(code).substr(0, 18))) code = without_look_alikes(code);
    }
    repairs.push_back(codes);
    repairs.push_back(reading);
    repairs.back().parts[serial_part] = without(reading.parts[serial_part], "-_");
    if (check_was_never_computed) {
        repairs.push_back(reading);
        repairs.back().parts[check_part] = std::string(1, mod_37_36_check(checked_content(reading)));
    }
    for (const auto& repair : repairs) {
        if (auto text = repair.joined(); accept(text)) {
            d.suggestion = std::move(text);
            return;
        }
    }
    if (check_was_never_computed) return;
    if (const auto exchange = only_exchange(reading.joined(), accept)) {
        d.suggestion = exchange->first;
        add_remark(d, Rule::characters_exchanged, {position(exchange->second), position(exchange->second + 1)});
    }
}

void remark_on_root(Diagnosis& d, const Reading& reading) {
    if (reading.root.empty()) {
        add_remark(d, Rule::root_missing);
    } else if (reading.root != LicenseId::root) {
        add_remark(d, Rule::root_wrong, {quote_for_error(reading.root)});
    }
    if (reading.other_separators) add_remark(d, Rule::characters_separator);
    if (reading.file_name) add_remark(d, Rule::suffix_file_name);
}

}  // namespace

std::optional<Diagnosis> diagnose_license_id(std::string_view text) {
    const auto reading = read_identifier(text);
    if (!reading) return std::nullopt;
    Diagnosis d{.kind = CodeKind::license_id, .well_formed = false, .remarks = {}, .suggestion = {}, .parts = {}};
    d.parts.emplace_back(part_names[0], reading->root);
    for (std::size_t i = 0; i < reading->parts.size() && i < part_count; ++i) {
        d.parts.emplace_back(part_names[i + 1], reading->parts[i]);
    }
    if (LicenseId::parse(text)) {
        d.well_formed = true;
        look_at_serial(d, reading->parts[serial_part]);
        return d;
    }
    if (reading->parts.size() != part_count) {
        remark_on_root(d, *reading);
        add_remark(d, Rule::parts_count, {std::to_string(reading->parts.size())});
        return d;
    }
    look_at_type(d, reading->parts[type_part]);
    look_at_issuer(d, reading->parts[issuer_part]);
    look_at_serial(d, reading->parts[serial_part]);
    look_at_revision(d, reading->parts[revision_part]);
    const bool never_computed = look_at_check(d, *reading);
    remark_on_root(d, *reading);
    suggest(d, *reading, never_computed);
    return d;
}

}  // namespace elic
