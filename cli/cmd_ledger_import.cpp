#include <fstream>
#include <iostream>

#include "base/text.h"
#include "codec/json.h"
#include "elic/ledger/exchange_view.h"
#include "ledger_commands.h"
#include "read_line.h"

namespace elic::cli {

namespace {

struct ImportOptions {
    std::string file, into;
    bool json = false;
};

struct Counts {
    std::size_t rows = 0, refused = 0;
    std::size_t applied[5] = {};  // by Applied
    bool complete = false;

    std::size_t of(Applied what) const { return applied[static_cast<std::size_t>(what)]; }
};

/// A bad row: with --json an object, else a line for people's eyes.
void tell_faults(Session& session, const ImportOptions& options, std::size_t row, const std::vector<RowFault>& faults) {
    Json json{{"row", row}, {"errors", Json::array()}};
    for (const auto& fault : faults) {
        json["errors"].push_back({{"field", fault.field}, {"rule", fault.rule}, {"mend", fault.mend}});
        if (!options.json) {
            session.console.complain("row " + std::to_string(row) + ": " +
                                     (fault.field.empty() ? "" : fault.field + ": ") + fault.rule + ": " +
                                     escape_for_output(fault.mend));
        }
    }
    if (options.json) session.console.data(write_json(json));
}

Status apply_lines(Session& session, const ImportOptions& options, std::istream& stream, ExchangeView& view,
                   Counts& counts) {
    std::string line;
    for (;;) {
        const auto read = read_line(stream, line, max_exchange_line);
        if (read == LineRead::end) break;
        if (read == LineRead::line && line.empty()) continue;
        ++counts.rows;
        ExchangeLine reading;
        if (read == LineRead::too_long) {
            reading.faults.push_back(
                {"", "length",
                 "a row of more than " + std::to_string(max_exchange_line) + " bytes is no exchange row"});
        } else {
            reading = read_exchange_line(line);
        }
        counts.complete = reading.end_mark;
        if (reading.end_mark) {
            --counts.rows;
        } else if (!reading.row) {
            ++counts.refused;
            tell_faults(session, options, counts.rows, reading.faults);
        } else {
            auto applied = view.apply(*reading.row);
            if (!applied) return tl::unexpected(applied.error());
            ++counts.applied[static_cast<std::size_t>(*applied)];
        }
    }
    if (stream.bad()) return fail(Errc::io, options.file + ": cannot be read to its end");
    return {};
}

void tell_counts(Session& session, const ImportOptions& options, const Counts& counts) {
    if (options.json) {
        session.console.data(write_json(Json{{"file", options.file},
                                             {"rows", counts.rows},
                                             {"added", counts.of(Applied::added)},
                                             {"changed", counts.of(Applied::changed)},
                                             {"removed", counts.of(Applied::removed)},
                                             {"known", counts.of(Applied::known)},
                                             {"older", counts.of(Applied::older)},
                                             {"refused", counts.refused},
                                             {"complete", counts.complete}}));
        return;
    }
    const auto part = [](const char* what, std::size_t count) {
        return std::string("\t") + what + " " + std::to_string(count);
    };
    session.console.data(escape_for_output(options.file) + part("added", counts.of(Applied::added)) +
                         part("changed", counts.of(Applied::changed)) + part("removed", counts.of(Applied::removed)) +
                         part("known", counts.of(Applied::known)) + part("older", counts.of(Applied::older)) +
                         part("refused", counts.refused));
}

int run_import(Session& session, const ImportOptions& options) {
    std::ifstream file;
    if (options.file != "-") {
        std::error_code ignored;
        if (!std::filesystem::is_regular_file(options.file, ignored)) {
            return session.console.fail({Errc::not_found, options.file + ": no such file"});
        }
        file.open(options.file, std::ios::binary);
        if (!file) return session.console.fail({Errc::io, options.file + ": cannot be opened"});
    }
    auto view = ExchangeView::open_to_import(options.into);
    if (!view) return session.console.fail(view.error());
    if (auto begun = view->begin(); !begun) return session.console.fail(begun.error());
    Counts counts;
    auto& stream = options.file == "-" ? std::cin : file;
    if (auto done = apply_lines(session, options, stream, *view, counts); !done) {
        return session.console.fail(done.error());
    }
    if (auto done = view->commit(); !done) return session.console.fail(done.error());
    tell_counts(session, options, counts);
    if (!counts.complete) {
        session.console.hint("the file has no end mark (go_on), as those of elic have: see that it is whole");
    }
    if (counts.refused > 0) {
        session.console.hint("mend the refused rows and import the file again: what was taken is not taken twice");
    }
    return counts.refused > 0 ? exit_failed : exit_done;
}

}  // namespace

void add_ledger_import(Command& group, Session& session) {
    auto options = std::make_shared<ImportOptions>();
    auto* command =
        add_command(group, session, "import", "Rows of another agency's exchange table into a view, never the ledger",
                    "elic ledger import delta-2026-11-26.jsonl --into others.db",
                    [&session, options] { return run_import(session, *options); });
    command->add_option("file", options->file, "JSON lines as `export --form exchange` writes; `-` = standard input")
        ->required();
    command->add_option("--into", options->into, "The view: a file of its own, made when it is not there")->required();
    command->add_flag("--json", options->json, "JSON objects: one for each refused row, and one for the file");
}

}  // namespace elic::cli
