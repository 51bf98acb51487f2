#include "base/hex.h"
#include "base/text.h"
#include "checkpoint_trust.h"
#include "codec/json.h"
#include "elic/issue/office.h"
#include "elic/ledger/ledger.h"
#include "elic/ledger/ledger_audit.h"
#include "ledger_commands.h"

namespace elic::cli {

namespace {

struct AuditOptions {
    std::string office, leaves;
    std::vector<std::string> against;
    bool adopt = false, json = false;
    CheckpointTrust trust;
};

std::string events_text(const AuditFault& fault) {
    if (fault.first == 0) return "";
    if (fault.last <= fault.first) return "event " + std::to_string(fault.first);
    return "events " + std::to_string(fault.first) + " to " + std::to_string(fault.last);
}

std::string compared_text(const AuditReport& report, std::size_t given) {
    if (given == 0) return "not compared with anything outside";
    return "compared with " + std::to_string(report.compared) + " of " + std::to_string(given) +
           (given == 1 ? " checkpoint" : " checkpoints") + ", up to event " + std::to_string(report.compared_up_to) +
           (report.compared_up_to < report.head.size ? "; the events after it with nothing" : "");
}

Json report_json(const AuditReport& report, std::size_t given) {
    Json json{{"consistent", report.faults.empty()}, {"events", report.head.size},
              {"root", to_hex(report.head.root)},    {"checkpoints", given},
              {"compared", report.compared},         {"compared_up_to", report.compared_up_to}};
    json["faults"] = Json::array();
    for (const auto& fault : report.faults) {
        json["faults"].push_back(
            {{"first", fault.first}, {"last", fault.last}, {"kind", fault.kind}, {"text", fault.text}});
    }
    json["more"] = report.more_faults;
    return json;
}

void tell(Session& session, const AuditOptions& options, const AuditReport& report) {
    const auto given = options.against.size();
    if (options.json) {
        session.console.data(write_json(report_json(report, given)));
        return;
    }
    session.console.data((report.faults.empty() ? "consistent\t" : "TAMPERED\t") + std::to_string(report.head.size) +
                         "\t" + to_hex(report.head.root) + "\t" + compared_text(report, given));
    for (const auto& fault : report.faults) {
        session.console.data(fault.kind + "\t" + events_text(fault) + "\t" + escape_for_output(fault.text));
    }
    if (report.more_faults) session.console.note("... and more");
}

int adopt(Session& session, const Office& office, const AuditPlan& plan) {
    auto ledger = Ledger::open(office.ledger());
    if (!ledger) return session.console.fail(ledger.error());
    const auto* newest = &plan.against.front();
    for (const auto& checkpoint : plan.against) {
        if (checkpoint.head.size > newest->head.size) newest = &checkpoint;
    }
    if (auto adopted = ledger->adopt(*newest); !adopted) return session.console.fail(adopted.error());
    session.console.note("adopted: this is the ledger now, and issues");
    session.console.hint("a copy that it was taken from, or anything issued after " + newest->at.format() +
                         " elsewhere, must not go on: pass over it with `elic ledger skip` if there may be any");
    return exit_done;
}

int audit(Session& session, const AuditOptions& options) {
    auto office = open_office(options.office);
    if (!office) return session.console.fail(office.error());
    if (options.adopt && options.against.empty()) {
        return session.console.fail({Errc::bad_argument, "--adopt: give the newest checkpoint with --against"});
    }
    AuditPlan plan;
    for (const auto& file : options.against) {
        auto checkpoint = load_checkpoint(file);
        if (!checkpoint) return session.console.fail(checkpoint.error());
        if (auto holds = options.trust.check(*checkpoint, &office->certificate); !holds) {
            return session.console.fail({holds.error().code, file + ": " + holds.error().context});
        }
        if (checkpoint->checkpoint.origin.issuer != office->issuer) {
            return session.console.fail(
                {Errc::bad_argument, file + ": a checkpoint of another body: " + checkpoint->checkpoint.origin.text()});
        }
        plan.against.push_back(checkpoint->checkpoint);
    }
    if (!options.leaves.empty()) plan.leaves = options.leaves;
    auto report = audit_ledger(office->ledger(), plan);
    if (!report) return session.console.fail(report.error());
    tell(session, options, *report);
    if (!report->faults.empty()) return exit_invalid;
    if (options.adopt) return adopt(session, *office, plan);
    if (options.against.empty()) {
        session.console.hint(
            "who holds the file can rebuild it whole: compare with a checkpoint kept outside "
            "(elic ledger audit --against FILE)");
    }
    return exit_done;
}

}  // namespace

void add_ledger_audit(Command& group, Session& session) {
    auto options = std::make_shared<AuditOptions>();
    auto* command = add_command(group, session, "audit",
                                "Compute the tree anew and compare. Exit: 0 consistent, 4 tampered with, 2 failed",
                                "elic ledger audit --office office --against 2026-11.checkpoint",
                                [&session, options] { return audit(session, *options); });
    command->add_option("--office", options->office, "The issuing office")->required()->envname("ELIC_OFFICE");
    command->add_option("--against", options->against, "A checkpoint kept outside (several narrow what is named)");
    command->add_option("--leaves", options->leaves,
                        "The leaf hashes written with one of them: names the first bad event");
    command->add_flag("--adopt", options->adopt, "When all holds, issue from this copy from now on");
    command->add_flag("--json", options->json, "A JSON object");
    options->trust.add_to(*command);
}

}  // namespace elic::cli
