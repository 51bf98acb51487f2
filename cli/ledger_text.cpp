#include "ledger_text.h"

#include "base/text.h"

namespace elic::cli {

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
