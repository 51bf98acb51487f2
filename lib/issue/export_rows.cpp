#include "issue/export_rows.h"

#include <algorithm>

#include "issue/ledger_json.h"

namespace elic {

namespace {

std::string text_of(const Json& value) {
    if (value.is_string()) return value.get<std::string>();
    return value.is_null() ? std::string() : write_json(value);
}

/// One member of all holders, joined.
std::string of_holders(const Json& license, const char* member) {
    std::string joined;
    for (const auto& holder : license["holders"]) {
        joined += (joined.empty() ? "" : std::string(1, exchange_separator)) + text_of(holder[member]);
    }
    return joined;
}

std::string holder_type_names(const Json& license) {
    std::string joined;
    for (const auto& holder : license["holders"]) {
        auto type = HolderCodeType::parse(text_of(holder["code_type"]));
        joined += (joined.empty() ? "" : std::string(1, exchange_separator)) +
                  (type ? std::string(type->name()) : text_of(holder["code_type"]));
    }
    return joined;
}

/// "2026-11-26 10:00:00", in +08:00.
std::string exchange_time(Timestamp at) {
    auto text = at.format().substr(0, 19);
    text[10] = ' ';
    return text;
}

/// The level of the body whose code has this division (GB/T 2260).
std::string level_of(std::string_view division) {
    if (division == "100000" || division == "000000") return "国家级";
    if (division.ends_with("0000")) return "省级";
    return division.ends_with("00") ? "地市级" : "区县级";
}
std::string level_of(const Uscc& body) { return level_of(std::string_view(body.text()).substr(2, 6)); }

std::string holder_category(const HolderRule& rule) {
    const auto legal = [](const std::string& type) { return type == "001" || type == "099"; };
    const auto& types = rule.code_types;
    if (types.empty()) return "混合";
    if (std::all_of(types.begin(), types.end(), legal)) return "法人";
    return std::none_of(types.begin(), types.end(), legal) ? "自然人" : "混合";
}

/// "3Y", "L" (long-term), both, or nothing: the type has no validity, or none that is fixed.
std::string validity_range(const ValidityRule& rule) {
    std::string range = rule.years > 0 ? std::to_string(rule.years) + "Y" : "";
    if (rule.long_term) range += range.empty() ? "L" : ",L";
    return range;
}

}  // namespace

const char* exchange_operation(const std::optional<LifeCycleMove>& move) noexcept {
    if (!move || *move == LifeCycleMove::transfer_undo) return "I";
    return *move == LifeCycleMove::suspend || *move == LifeCycleMove::restore ? "U" : "D";
}

Result<ExchangeRow> exchange_row(const LedgerChange& change, const std::string& batch_text) {
    auto json = entry_json(change.license.entry);
    if (!json) return tl::unexpected(json.error());
    const auto& license = (*json)["license"];
    const auto& id = change.license.entry.reservation.id;
    using enum ExchangeColumn;
    ExchangeRow row;
    row[source_id] = id.text();
    row[name] = row[type] = text_of(license["name"]);
    row[type_code] = id.type().text();
    row[issue_dept] = text_of(license["issuing_authority"]["name"]);
    row[issue_dept_code] = id.issuer().text();
    row[area_code] = id.issuer().text().substr(2, 6) + "000000";
    row[holder] = of_holders(license, "name");
    row[holder_code] = of_holders(license, "code");
    row[holder_type] = holder_type_names(license);
    row[number] = text_of(license["number"]);
    row[issue_date] = text_of(license["issued_on"]);
    row[operation] = exchange_operation(change.move);
    row[time] = exchange_time(change.counts_from);
    row[batch] = batch_text;
    row[state] = std::string(name_of(change.state_after));
    return row;
}

std::vector<std::string> license_headings() {
    std::vector<std::string> headings;
    for (const auto& wire : wire_names()) {
        if (std::string_view(wire.initials).empty()) break;  // the standard's elements come first
        headings.emplace_back(wire.initials);
    }
    for (const auto* ours : {"state", "request", "previous", "signed_at", "status_list", "status_index", "face"}) {
        headings.emplace_back(ours);
    }
    return headings;
}

Result<std::vector<std::string>> license_cells(const ListedLicense& listed) {
    auto json = entry_json(listed.entry);
    if (!json) return tl::unexpected(json.error());
    const auto& license = (*json)["license"];
    Json face = Json::object();
    for (const auto& item : license["face"]) face[text_of(item["label"])] = item["text"];
    // In the order of wire_names.
    return std::vector<std::string>{text_of(license["name"]),
                                    text_of(license["type"]),
                                    text_of(license["number"]),
                                    text_of(license["id"]),
                                    text_of(license["issuing_authority"]["name"]),
                                    text_of(license["issuing_authority"]["code"]),
                                    text_of(license["issued_on"]),
                                    of_holders(license, "name"),
                                    of_holders(license, "code"),
                                    holder_type_names(license),
                                    of_holders(license, "code_type"),
                                    text_of(license["valid_from"]),
                                    text_of(license["valid_until"]),
                                    std::string(name_of(listed.state)),
                                    text_of((*json)["request"]),
                                    text_of((*json)["previous"]),
                                    text_of((*json)["signed_at"]),
                                    text_of((*json)["status_list"]),
                                    text_of((*json)["status_index"]),
                                    write_json(face)};
}

std::vector<std::string> catalogue_cells(const LicenseTypeCode& type, const TypePack* pack, const Uscc& issuer) {
    const auto body = type.defining_authority();
    // Which service items need it (RelatedItem...) is not the ledger's to know.
    return {pack != nullptr ? pack->name : "",
            type.text(),
            pack != nullptr ? pack->defining_authority : "",
            body.text(),
            level_of(body),
            "",
            "",
            pack != nullptr ? holder_category(pack->holders) : "",
            pack != nullptr ? validity_range(pack->validity) : "",
            level_of(issuer)};
}

}  // namespace elic
