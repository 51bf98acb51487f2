#include "base/text.h"
#include "elic/issue/office.h"
#include "elic/ledger/ledger.h"
#include "ledger_commands.h"

namespace elic::cli {

namespace {

struct KeepOptions {
    std::string office, file, reason;
    std::int64_t past = 0;
};

int backup(Session& session, const KeepOptions& options) {
    auto office = open_office(options.office);
    if (!office) return session.console.fail(office.error());
    auto ledger = Ledger::open(office->ledger());
    if (!ledger) return session.console.fail(ledger.error());
    auto head = ledger->backup(options.file);
    if (!head) return session.console.fail(head.error());
    session.console.data(escape_for_output(options.file) + "\t" + std::to_string(head->size));
    return exit_done;
}

int restore(Session& session, const KeepOptions& options) {
    auto office = open_office(options.office);
    if (!office) return session.console.fail(office.error());
    auto head = Ledger::restore(options.file, office->ledger());
    if (!head) return session.console.fail(head.error());
    session.console.data(escape_for_output(office->ledger().string()) + "\t" + std::to_string(head->size));
    session.console.hint(
        "it reads, and issues nothing until `elic ledger audit --against CHECKPOINT --adopt`, or "
        "`elic ledger skip --past N` when events are lost");
    return exit_done;
}

int migrate(Session& session, const KeepOptions& options) {
    auto office = open_office(options.office);
    if (!office) return session.console.fail(office.error());
    auto migrated = Ledger::migrate(office->ledger());
    if (!migrated) return session.console.fail(migrated.error());
    session.console.data("shape " + std::to_string(migrated->from) + " to 3\t" + std::to_string(migrated->events) +
                         "\t" + escape_for_output(migrated->kept.string()));
    return exit_done;
}

int skip(Session& session, const KeepOptions& options) {
    auto office = open_office(options.office);
    if (!office) return session.console.fail(office.error());
    auto ledger = Ledger::open(office->ledger());
    if (!ledger) return session.console.fail(ledger.error());
    auto skipped = ledger->skip(options.past, options.reason, session.clock.now());
    if (!skipped) return session.console.fail(skipped.error());
    session.console.data("skipped\t" + std::to_string(skipped->past) + "\t" + std::to_string(skipped->revision));
    session.console.hint("publish a whole status list next; moves that were recorded and lost must be recorded again");
    return exit_done;
}

Command* add_keep(Command& group, Session& session, const std::shared_ptr<KeepOptions>& options, const char* name,
                  const char* description, const char* example, int (*run)(Session&, const KeepOptions&)) {
    auto* command = add_command(group, session, name, description, example,
                                [&session, options, run] { return run(session, *options); });
    command->add_option("--office", options->office, "The issuing office")->required()->envname("ELIC_OFFICE");
    return command;
}

}  // namespace

void add_ledger_keep(Command& group, Session& session) {
    auto backed = std::make_shared<KeepOptions>();
    add_keep(group, session, backed, "backup", "Copy the ledger while it is used, and audit the copy",
             "elic ledger backup --office office /mnt/stick/ledger.db", backup)
        ->add_option("file", backed->file, "The copy, a new file")
        ->required();
    auto restored = std::make_shared<KeepOptions>();
    add_keep(group, session, restored, "restore", "Put a backup where the office's ledger is missing",
             "elic ledger restore --office office /mnt/stick/ledger.db", restore)
        ->add_option("file", restored->file, "The backup")
        ->required();
    auto migrated = std::make_shared<KeepOptions>();
    add_keep(group, session, migrated, "migrate",
             "Make a ledger of an earlier shape into one of this; keeps the old file",
             "elic ledger migrate --office office", migrate);
    auto skipped = std::make_shared<KeepOptions>();
    auto* command = add_keep(group, session, skipped, "skip",
                             "Pass over all that a lost ledger may have given away, and issue again",
                             "elic ledger skip --office office --past 20000 --reason 'disk lost, restored'", skip);
    command->add_option("--past", skipped->past, "More events than the lost ledger can have had")
        ->required()
        ->positive();
    command->add_option("--reason", skipped->reason, "Why")->required();
}

}  // namespace elic::cli
