#include "issue/ledger_json.h"

namespace elic {

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

}  // namespace elic
