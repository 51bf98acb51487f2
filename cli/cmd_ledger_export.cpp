#include <optional>

#include "base/file.h"
#include "base/new_file.h"
#include "elic/issue/ledger_export.h"
#include "elic/issue/office.h"
#include "ledger_commands.h"

namespace elic::cli {

namespace {

constexpr std::size_t max_mark_file = 200;

struct ExportOptions {
    std::string office, form, after, mark, out;
    bool csv = false;
};

Result<ExportForm> form_named(const std::string& name) {
    if (name == "jsonl") return ExportForm::jsonl;
    if (name == "csv") return ExportForm::csv;
    if (name == "catalogue") return ExportForm::catalogue;
    if (name == "exchange") return ExportForm::exchange;
    return fail(Errc::bad_argument, "--form " + name + ": jsonl, csv, catalogue or exchange is expected");
}

/// From --after, or from the file that an export before left; none: from the beginning.
Result<ExportMark> starting_mark(const ExportOptions& options) {
    if (!options.after.empty()) {
        auto mark = ExportMark::parse(options.after);
        if (!mark) return fail_in("--after " + options.after, mark.error());
        return mark;
    }
    if (options.mark.empty() || !file_exists(options.mark)) return ExportMark{};
    auto bytes = read_file(options.mark, max_mark_file);
    if (!bytes) return tl::unexpected(bytes.error());
    auto text = as_text(*bytes);
    auto mark = ExportMark::parse(text.substr(0, text.find('\n')));
    if (!mark) return fail_in(options.mark, mark.error());
    return mark;
}

Result<ExportOutcome> write_out(Session& session, const ExportOptions& options, const Ledger& ledger,
                                const ExportPlan& plan) {
    if (options.out.empty()) {
        return export_ledger(ledger, plan, [&](std::string_view text) -> Status {
            session.console.data_piece(text);
            if (session.console.lost_output()) return fail(Errc::io, "standard output cannot be written");
            return {};
        });
    }
    auto file = NewFile::begin(options.out, FileAccess::owner_only);  // names and codes of holders
    if (!file) return tl::unexpected(file.error());
    auto outcome = export_ledger(ledger, plan, [&](std::string_view text) { return file->write(text); });
    if (!outcome) return outcome;
    if (auto done = file->finish(); !done) return tl::unexpected(done.error());
    return outcome;
}

int run_export(Session& session, const ExportOptions& options) {
    auto form = form_named(options.form);
    if (!form) return session.console.fail(form.error());
    auto after = starting_mark(options);
    if (!after) return session.console.fail(after.error());
    auto office = open_office(options.office);
    if (!office) return session.console.fail(office.error());
    auto ledger = Ledger::open(office->ledger());
    if (!ledger) return session.console.fail(ledger.error());
    const ExportPlan plan{.form = *form,
                          .as_csv = options.csv,
                          .after = *after,
                          .issuer = office->issuer,
                          .office = office->number,
                          .now = session.clock.now()};
    auto outcome = write_out(session, options, *ledger, plan);
    if (!outcome) return session.console.fail(outcome.error());
    if (!options.out.empty()) session.console.data(options.out);
    if (*form == ExportForm::catalogue) return exit_done;
    const auto mark = outcome->mark.format();
    if (!options.mark.empty()) {
        auto kept = write_file_durably(options.mark, as_bytes(mark + "\n"), FileAccess::owner_only);
        if (!kept) return session.console.fail(kept.error());
    }
    session.console.hint(std::to_string(outcome->rows) + (outcome->rows == 1 ? " row" : " rows") +
                         "; go on with --after " + mark);
    return exit_done;
}

}  // namespace

void add_ledger_export(Command& group, Session& session) {
    auto options = std::make_shared<ExportOptions>();
    auto* command = add_command(
        group, session, "export", "Gives the ledger out, whole or what is new since the last time",
        "elic ledger export --office office --form exchange --mark exchange.mark --out delta-2026-11-26.jsonl",
        [&session, options] { return run_export(session, *options); });
    command->add_option("--office", options->office, "The issuing office")->required()->envname("ELIC_OFFICE");
    command
        ->add_option("--form", options->form,
                     "jsonl (all of each license), csv (for spreadsheets), catalogue (GB/T 36902, the types), exchange "
                     "(rows with operation I, U, D)")
        ->required();
    auto* after = command->add_option("--after", options->after, "Only what came after this mark of an export before");
    command
        ->add_option("--mark", options->mark,
                     "Go on from the mark in this file, if it is there, and put the new one into it")
        ->excludes(after);
    command->add_option("--out", options->out, "The file to make, 0600; never overwritten (default: standard output)");
    command->add_flag("--csv", options->csv, "catalogue, exchange: as CSV instead of JSON lines");
}

}  // namespace elic::cli
