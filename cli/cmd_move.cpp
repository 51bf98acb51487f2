#include "base/text.h"
#include "codec/json.h"
#include "effective_day.h"
#include "elic/issue/life_cycle.h"
#include "elic/issue/office.h"
#include "session.h"

namespace elic::cli {

namespace {

struct MoveOptions {
    std::string office, id, reason, effective, request;
    bool json = false;
};

struct MoveCommand {
    LifeCycleMove move;
    const char* name;
    const char* help;
};

constexpr MoveCommand commands[] = {
    {LifeCycleMove::suspend, "suspend", "Suspend a license (暂扣)"},
    {LifeCycleMove::restore, "restore", "Give a suspended license back (暂扣发还)"},
    {LifeCycleMove::lapse, "lapse", "Declare a license lapsed (失效)"},
    {LifeCycleMove::cancel, "cancel", "Cancel a license (注销)"},
    {LifeCycleMove::withdraw, "withdraw", "Withdraw a license that should not have been given (撤销)"},
    {LifeCycleMove::revoke, "revoke", "Revoke a license as a punishment (吊销)"},
    {LifeCycleMove::transfer_out, "transfer-out", "Hand a license over to another authority (转出)"},
    {LifeCycleMove::transfer_undo, "transfer-undo", "Take a handing over back (取消转出)"}};

int refused(Session& session, const MoveOptions& options, const Refused& refusal) {
    Json errors = Json::array();
    for (const auto& fault : refusal.faults) {
        session.console.complain(fault.field + ": " + fault.rule + ": " + escape_for_output(fault.mend));
        errors.push_back({{"field", fault.field}, {"rule", fault.rule}, {"mend", fault.mend}});
    }
    if (options.json) session.console.data(write_json(Json{{"id", options.id}, {"errors", errors}}));
    return exit_failed;
}

int told(Session& session, const MoveOptions& options, const MoveRecord& record) {
    if (options.json) {
        Json json{{"id", record.id.text()},
                  {"move", name_of(record.move)},
                  {"state", name_of(record.state)},
                  {"effective", record.effective.format()},
                  {"recorded_at", record.recorded_at.format()},
                  {"reason", record.reason}};
        json["request"] = record.request ? Json(*record.request) : Json();
        json["again"] = record.again;
        session.console.data(write_json(json));
    } else {
        session.console.data(record.id.text() + "\t" + std::string(name_of(record.move)) + "\t" +
                             std::string(name_of(record.state)) + "\t" + record.effective.format());
    }
    session.console.hint("verifiers learn of it from the next status list: elic publish --office " + options.office +
                         " --out FOLDER");
    return exit_done;
}

int move(Session& session, const MoveOptions& options, LifeCycleMove kind) {
    auto id = LicenseId::parse(options.id);
    if (!id) return session.console.fail(id.error());
    auto effective = read_effective(options.effective);
    if (!effective) return session.console.fail(effective.error());
    auto office = open_office(options.office);
    if (!office) return session.console.fail(office.error());
    auto ledger = Ledger::open(office->ledger());
    if (!ledger) return session.console.fail(ledger.error());
    MoveRequest request{
        .id = *id, .move = kind, .reason = options.reason, .effective = *effective, .at = session.clock.now()};
    if (!options.request.empty()) request.request = options.request;
    auto answer = move_license(*ledger, request);
    if (!answer) return session.console.fail(answer.error());
    if (const auto* refusal = std::get_if<Refused>(&*answer)) return refused(session, options, *refusal);
    return told(session, options, std::get<MoveRecord>(*answer));
}

}  // namespace

void add_moves(Command& app, Session& session) {
    for (const auto& each : commands) {
        auto options = std::make_shared<MoveOptions>();
        const auto kind = each.move;
        auto* command = add_command(app, session, each.name, each.help,
                                    std::string("elic ") + each.name +
                                        " --office office 1.2.156.3005.2.(...).001.A --reason CASE-17 "
                                        "--effective 2026-12-01",
                                    [&session, options, kind] { return move(session, *options, kind); });
        command->add_option("id", options->id, "License identifier")->required();
        command->add_option("--office", options->office, "The issuing office")->required()->envname("ELIC_OFFICE");
        command->add_option("--reason", options->reason, "Why: 1 to 500 characters; stays in the ledger")->required();
        command->add_option("--effective", options->effective, effective_help);
        command->add_option("--request", options->request, "The case number: the same request is done once");
        command->add_flag("--json", options->json, "A JSON object");
    }
}

}  // namespace elic::cli
