#include "codec/json.h"
#include "elic/issue/office.h"
#include "elic/ledger/ledger.h"
#include "elic/packs/ministry_state.h"
#include "elic/packs/type_packs.h"
#include "ledger_commands.h"
#include "ledger_text.h"
#include "session.h"

namespace elic::cli {

namespace {

struct LedgerOptions {
    std::string office, id;
    bool json = false;
};

Result<Ledger> open_ledger(const LedgerOptions& options) {
    auto office = open_office(options.office);
    if (!office) return tl::unexpected(office.error());
    return Ledger::open(office->ledger());
}

/// The state now, and the ministry's code and word for it, where its pack has them.
Json state_json(const LicenseId& id, LicenseState state) {
    Json json{{"state", name_of(state)}, {"ministry_code", nullptr}, {"ministry_text", nullptr}};
    auto pack = TypePacks::builtin().load_newest(id.type());
    if (!pack) return json;
    const auto* rule = ministry_state(**pack, state);
    if (rule == nullptr) return json;
    json["ministry_code"] = rule->code;
    json["ministry_text"] = rule->text;
    return json;
}

Json move_json(const MoveRecord& move) {
    Json json{{"move", name_of(move.move)},
              {"state", name_of(move.state)},
              {"effective", move.effective.format()},
              {"reason", move.reason},
              {"recorded_at", move.recorded_at.format()}};
    json["request"] = move.request ? Json(*move.request) : Json();
    return json;
}

Json ids_json(const std::vector<LicenseId>& ids) {
    Json json = Json::array();
    for (const auto& id : ids) json.push_back(id.text());
    return json;
}

Json succession_json(const std::optional<Succession>& succession) {
    if (!succession) return {};
    return {{"change", name_of(succession->kind)},
            {"previous", succession->previous.text()},
            {"reason", succession->reason}};
}

/// What was set aside before it was signed; what does not read is shown as the text that it is.
Json reserved_json(const Reservation& reservation) {
    const auto as_json = [](const std::string& text) {
        auto json = read_json(text);
        return json ? *json : Json(text);
    };
    return {{"event", reservation.number},
            {"draft", as_json(reservation.draft)},
            {"content", as_json(reservation.content)}};
}

/// What became of it.
Json history_json(const LedgerEntry& entry, const LicenseHistory& history, Timestamp now) {
    auto json = state_json(entry.reservation.id, state_at(history.moves, now));
    json["succession"] = succession_json(entry.reservation.succession);
    json["moves"] = Json::array();
    for (const auto& move : history.moves) json["moves"].push_back(move_json(move));
    json["revisions"] = ids_json(history.revisions);
    json["successor"] = history.successors.empty() ? Json() : Json(history.successors.front().text());
    json["successor_in_progress"] = history.in_progress ? Json(history.in_progress->text()) : Json();
    return json;
}

int show(Session& session, const LedgerOptions& options) {
    auto ledger = open_ledger(options);
    if (!ledger) return session.console.fail(ledger.error());
    auto id = LicenseId::parse(options.id);
    if (!id) return session.console.fail(id.error());
    auto entry = ledger->find(*id);
    if (!entry) return session.console.fail(entry.error());
    auto json = entry_json(*entry);
    if (!json) return session.console.fail(json.error());
    auto history = ledger->history(*id);
    if (!history) return session.console.fail(history.error());
    (*json)["history"] = history_json(*entry, *history, session.clock.now());
    (*json)["reserved"] = reserved_json(entry->reservation);
    session.console.data(write_json(*json, !options.json));
    return exit_done;
}

}  // namespace

void add_ledger(Command& app, Session& session) {
    auto* group = app.add_subcommand("ledger", "Look into the issuance ledger, audit and keep it");
    group->require_subcommand();
    add_ledger_list(*group, session);
    add_ledger_export(*group, session);
    add_ledger_import(*group, session);
    auto shown = std::make_shared<LedgerOptions>();
    auto* one = add_command(*group, session, "show", "One license, whole, with its history and state",
                            "elic ledger show --office office 1.2.156.3005.2.(...).001.A",
                            [&session, shown] { return show(session, *shown); });
    one->add_option("id", shown->id, "License identifier")->required();
    one->add_option("--office", shown->office, "The issuing office")->required()->envname("ELIC_OFFICE");
    one->add_flag("--json", shown->json, "On one line");
    add_ledger_audit(*group, session);
    add_ledger_tree(*group, session);
    add_ledger_keep(*group, session);
}

}  // namespace elic::cli
