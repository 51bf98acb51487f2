#include "ledger_text.h"

#include "base/text.h"

namespace elic::cli {

Result<Json> entry_json(const LedgerEntry& entry) {
    auto license = read_json(entry.license);
    if (!license) return fail(Errc::ledger_unusable, "ledger: a stored license is damaged");
    Json json{{"id", entry.reservation.id.text()},
              {"request", entry.request},
              {"status_list", entry.reservation.status.list},
              {"status_index", entry.reservation.status.index},
              {"signed_at", entry.reservation.signed_at.format()}};
    json["previous"] = entry.previous ? Json(entry.previous->text()) : Json();
    json["payload"] = entry.payload;
    json["license"] = std::move(*license);
    return json;
}

std::string entry_line(const Json& json) {
    const auto& license = json["license"];
    std::string holders;
    for (const auto& holder : license["holders"])
        holders += (holders.empty() ? "" : "、") + holder["name"].get<std::string>();
    const auto text = [](const Json& value) { return value.is_string() ? value.get<std::string>() : std::string("-"); };
    return escape_for_output(text(json["id"])) + "\t" + escape_for_output(text(license["name"])) + "\t" +
           escape_for_output(text(license["number"])) + "\t" + escape_for_output(holders) + "\t" +
           text(license["issued_on"]) + "\t" + text(license["valid_until"]) + "\t" +
           escape_for_output(text(json["request"])) + "\t" + text(json["state"]);
}

}  // namespace elic::cli
