#include "base/file.h"
#include "documents.h"
#include "effective_day.h"
#include "issue_run.h"
#include "office_session.h"

namespace elic::cli {

namespace {

constexpr std::size_t max_draft = 1 << 20;

struct RenewOptions {
    std::string office, id, input, reason, effective;
    IssueOutput output;
    DocumentOptions documents;
    PassphraseOptions passphrase;
};

int follow(Session& session, const RenewOptions& options, SuccessionKind kind) {
    auto formats = parse_formats(options.output.format);
    if (!formats) return session.console.fail(formats.error());
    auto id = LicenseId::parse(options.id);
    if (!id) return session.console.fail(id.error());
    auto effective = read_effective(options.effective);
    if (!effective) return session.console.fail(effective.error());
    auto draft = read_file(options.input, max_draft);
    if (!draft) return session.console.fail(draft.error());
    auto work = open_for_issuing(options.office, options.passphrase, session.clock);
    if (!work) return session.console.fail(work.error());
    const Succession succession{.kind = kind, .previous = *id, .reason = options.reason, .effective = *effective};
    auto& issuer = *work->issuer;
    formats->test = work->office.test;
    if (auto ready = prepare_drawing(work->office, options.documents, Sealing::anew, session.clock, *formats); !ready)
        return session.console.fail(ready.error());
    issuer.examine_with(formats->press);
    IssueRun run(session, options.output, *formats, [&](const LicenseDraft& each) {
        return options.output.dry_run ? issuer.check_following(each, succession) : issuer.follow(each, succession);
    });
    run.row(options.input, 1, as_text(*draft));
    return run.status();
}

void add_one(Command& app, Session& session, SuccessionKind kind, const char* help, const char* id_help) {
    auto options = std::make_shared<RenewOptions>();
    const std::string name(name_of(kind));
    auto* command = add_command(
        app, session, name, help,
        "elic " + name + " --office office 1.2.156.3005.2.(...).001.A draft.json --reason CASE-17 --out out",
        [&session, options, kind] { return follow(session, *options, kind); });
    command->add_option("id", options->id, id_help)->required();
    command->add_option("input", options->input, "The new license's draft (.json); number and serial may be left out")
        ->required();
    command->add_option("--office", options->office, "The issuing office")->required()->envname("ELIC_OFFICE");
    command->add_option("--reason", options->reason, "Why: 1 to 500 characters; stays in the ledger")->required();
    command->add_option("--effective", options->effective,
                        kind == SuccessionKind::transfer_in ? "Not for a license transferred in" : effective_help);
    command->add_option("--out", options->output.out, "Folder for the code (default: here)");
    command->add_option("--format", options->output.format,
                        "Any of png,svg,txt (the code), ofd,pdf,face (the document with it); default: png");
    options->documents.add_to(*command, true);
    command->add_flag("--dry-run", options->output.dry_run, "Check everything, write nothing");
    command->add_flag("--json", options->output.json, "A JSON object");
    options->passphrase.add_to(*command);
}

}  // namespace

void add_renewals(Command& app, Session& session) {
    add_one(app, session, SuccessionKind::renew, "Renew a license: the next revision, or one with a new number",
            "Identifier of the license to renew");
    add_one(app, session, SuccessionKind::correct, "Correct a license: as renew, since something on it is wrong",
            "Identifier of the license to correct");
    add_one(app, session, SuccessionKind::transfer_in, "Issue a license that another authority transferred out",
            "Its identifier there");
}

}  // namespace elic::cli
