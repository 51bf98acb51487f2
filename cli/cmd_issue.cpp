#include <filesystem>
#include <fstream>
#include <iostream>

#include "base/file.h"
#include "base/text.h"
#include "issue_run.h"
#include "office_session.h"
#include "read_line.h"
#include "session.h"

namespace elic::cli {

namespace {

constexpr std::size_t max_line = 1 << 20;

struct IssueOptions {
    std::string office;
    std::vector<std::string> inputs;
    IssueOutput output;
    PassphraseOptions passphrase;
};

/// JSON lines, or one draft over several lines: then the first line is a brace alone. Empty lines are passed over.
/// False: stop.
bool issue_lines(IssueRun& run, const std::string& source, std::istream& stream) {
    const Error too_long{Errc::limit_exceeded, "a draft is at most 1 MiB"};
    std::string line;
    for (std::size_t number = 1;; ++number) {
        const auto read = read_line(stream, line, max_line);
        if (read == LineRead::end) break;
        if (read == LineRead::too_long) return run.stop(source, number, too_long);
        if (line.find_first_not_of(" \t") == std::string::npos) continue;
        if (number == 1 && line == "{") {
            for (std::string more; read_line(stream, more, max_line) == LineRead::line;) {
                line += "\n" + more;
                if (line.size() > max_line) return run.stop(source, number, too_long);
            }
        }
        if (!run.row(source, number, line)) return false;
    }
    return !stream.bad() || run.stop(source, 0, {Errc::io, escape_for_output(source) + " cannot be read to its end"});
}

/// A folder opens as a file that is empty.
bool is_folder(const std::string& path) {
    std::error_code code;
    return std::filesystem::is_directory(path, code);
}

bool issue_input(IssueRun& run, const std::string& input) {
    if (input == "-") return issue_lines(run, "standard input", std::cin);
    if (input.ends_with(".jsonl")) {
        std::ifstream stream(input);
        if (!stream || is_folder(input)) return run.miss({Errc::not_found, input + " cannot be opened as a file"});
        return issue_lines(run, input, stream);
    }
    if (input.ends_with(".csv")) {
        return run.miss({Errc::bad_argument, input + ": CSV is not read by this version: give .json or .jsonl"});
    }
    auto bytes = read_file(input, max_line);
    if (!bytes) return run.miss(bytes.error());
    return run.row(input, 1, as_text(*bytes));
}

int issue(Session& session, const IssueOptions& options) {
    auto formats = parse_formats(options.output.format);
    if (!formats) return session.console.fail(formats.error());
    auto work = open_for_issuing(options.office, options.passphrase, session.clock);
    if (!work) return session.console.fail(work.error());
    formats->test = work->office.test;
    auto& issuer = *work->issuer;
    IssueRun run(session, options.output, *formats, [&](const LicenseDraft& draft) {
        return options.output.dry_run ? issuer.check(draft) : issuer.issue(draft);
    });
    for (const auto& input : options.inputs) {
        if (!issue_input(run, input)) break;
    }
    run.summarize();
    return run.status();
}

}  // namespace

void add_issue(Command& app, Session& session) {
    auto options = std::make_shared<IssueOptions>();
    auto* command = add_command(app, session, "issue", "Issue licenses from drafts: one line (or JSON object) for each",
                                "elic issue --office office draft.json --out out --format png,txt",
                                [&session, options] { return issue(session, *options); });
    command
        ->add_option("input", options->inputs,
                     "Drafts: .json (one), .jsonl (one a line), - = standard input (one a line, or one)")
        ->required();
    command->add_option("--office", options->office, "The issuing office")->required()->envname("ELIC_OFFICE");
    command->add_option("--out", options->output.out,
                        "Folder for the codes, named by license identifier (default: here)");
    command->add_option("--format", options->output.format, "Any of png,svg,txt (default: png)");
    command->add_flag("--dry-run", options->output.dry_run, "Check everything, write nothing");
    command->add_flag("--json", options->output.json, "One JSON object a line");
    options->passphrase.add_to(*command);
}

}  // namespace elic::cli
