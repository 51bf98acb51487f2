#include "base/text.h"
#include "codec/json.h"
#include "elic/issue/office.h"
#include "elic/ledger/ledger.h"
#include "elic/packs/ministry_state.h"
#include "elic/packs/type_packs.h"
#include "ledger_commands.h"
#include "session.h"

namespace elic::cli {

namespace {

constexpr std::size_t page = 1000;

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

int list(Session& session, const LedgerOptions& options) {
    auto ledger = open_ledger(options);
    if (!ledger) return session.console.fail(ledger.error());
    std::int64_t after = 0;
    for (;;) {
        auto entries = ledger->list(after, page);
        if (!entries) return session.console.fail(entries.error());
        for (const auto& entry : *entries) {
            auto json = entry_json(entry);
            if (!json) return session.console.fail(json.error());
            auto moves = ledger->moves_of(entry.reservation.id);
            if (!moves) return session.console.fail(moves.error());
            (*json)["state"] = name_of(state_at(*moves, session.clock.now()));
            session.console.data(options.json ? write_json(*json) : entry_line(*json));
            after = entry.reservation.number;
        }
        if (entries->size() < page) break;
    }
    auto unfinished = ledger->unfinished();
    if (!unfinished) return session.console.fail(unfinished.error());
    if (!unfinished->empty()) {
        session.console.hint(
            std::to_string(unfinished->size()) +
            " reserved but not issued (a run ended early): issue the same requests again to finish them");
    }
    return exit_done;
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
    session.console.data(write_json(*json, !options.json));
    return exit_done;
}

}  // namespace

void add_ledger(Command& app, Session& session) {
    auto* group = app.add_subcommand("ledger", "Look into the issuance ledger, audit and keep it");
    group->require_subcommand();
    auto listed = std::make_shared<LedgerOptions>();
    auto* all =
        add_command(*group, session, "list", "Every license issued, one a line, with its state",
                    "elic ledger list --office office --json", [&session, listed] { return list(session, *listed); });
    all->add_option("--office", listed->office, "The issuing office")->required()->envname("ELIC_OFFICE");
    all->add_flag("--json", listed->json, "One JSON object a line");
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
