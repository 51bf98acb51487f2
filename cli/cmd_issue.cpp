#include <filesystem>
#include <fstream>
#include <iostream>

#include "base/file.h"
#include "base/text.h"
#include "codec/json.h"
#include "elic/issue/license_draft.h"
#include "office_session.h"
#include "output_files.h"
#include "read_line.h"
#include "session.h"

namespace elic::cli {

namespace {

constexpr std::size_t max_line = 1 << 20;

struct IssueOptions {
    std::string office, out = ".", format = "png";
    std::vector<std::string> inputs;
    bool dry_run = false, json = false;
    PassphraseOptions passphrase;
};

/// The request of a draft that could not be read otherwise, or "".
std::string request_of(std::string_view text) {
    const auto json = read_json(text);
    if (!json || !json->is_object() || !json->contains("request") || !(*json)["request"].is_string()) return "";
    return (*json)["request"].get<std::string>();
}

/// One run of `elic issue`: where rows come from does not matter to it.
class IssueRun {
public:
    IssueRun(Session& session, const IssueOptions& options, OutputFormats formats, Issuer& issuer)
        : session_(session), options_(options), formats_(formats), issuer_(issuer) {}

    /// False: the run must stop (disk, key, ledger). Rows count from 1; 0 is the input as a whole.
    bool row(const std::string& source, std::size_t number, std::string_view text) {
        const auto reading = read_license_draft(text);
        if (!reading.draft) {
            refuse(source, number, request_of(text), reading.faults);
            return true;
        }
        auto answer = options_.dry_run ? issuer_.check(*reading.draft) : issuer_.issue(*reading.draft);
        if (!answer) return stop(source, number, answer.error());
        if (const auto* refused = std::get_if<Refused>(&*answer)) {
            refuse(source, number, refused->request, refused->faults);
            return true;
        }
        return tell(source, number, std::get<Issued>(*answer));
    }

    bool stop(const std::string& source, std::size_t number, const Error& error) {
        if (number > 0) session_.console.complain(escape_for_output(source) + " row " + std::to_string(number) + ":");
        status_ = session_.console.fail(error);
        return false;
    }

    /// An input that cannot be read: the others go on.
    bool miss(const Error& error) {
        status_ = session_.console.fail(error);
        return true;
    }

    int status() const { return status_; }

    void summarize() const {
        if (issued_ + again_ + refused_ < 2) return;
        session_.console.note(std::to_string(issued_) + (options_.dry_run ? " fit to issue, " : " issued, ") +
                              std::to_string(again_) + " issued before, " + std::to_string(refused_) + " refused");
    }

private:
    void refuse(const std::string& source, std::size_t number, const std::string& request,
                const std::vector<DraftFault>& faults) {
        status_ = exit_failed;
        ++refused_;
        for (const auto& fault : faults) {
            session_.console.complain(escape_for_output(source) + " row " + std::to_string(number) + ": " +
                                      (fault.field.empty() ? "" : escape_for_output(fault.field) + ": ") + fault.rule +
                                      ": " + escape_for_output(fault.mend));
        }
        if (!options_.json) return;
        Json line{{"row", number}, {"request", escape_for_output(request)}, {"errors", Json::array()}};
        for (const auto& fault : faults) {
            line["errors"].push_back({{"field", fault.field}, {"rule", fault.rule}, {"mend", fault.mend}});
        }
        session_.console.data(write_json(line));
    }

    bool tell(const std::string& source, std::size_t number, const Issued& issued) {
        for (const auto& warning : issued.warnings) {
            session_.console.note("warning: " + escape_for_output(source) + " row " + std::to_string(number) + ": " +
                                  escape_for_output(warning));
        }
        WrittenCode written;
        if (!options_.dry_run) {
            auto files = write_code_files(options_.out, issued.id.text(), issued.payload, formats_);
            if (!files) return stop(source, number, files.error());
            written = std::move(*files);
        }
        ++(issued.again ? again_ : issued_);
        if (options_.json) {
            Json line{{"id", issued.id.text()}, {"payload", issued.payload},
                      {"bytes", issued.bytes},  {"qr_version", written.qr_version},
                      {"files", written.files}, {"request", issued.request},
                      {"again", issued.again}};
            if (options_.dry_run) line = {{"row", number}, {"request", issued.request}, {"dry_run", true}};
            session_.console.data(write_json(line));
            return true;
        }
        std::string line = options_.dry_run ? "ok" : issued.id.text();
        line += "\t" + escape_for_output(issued.request);
        for (const auto& file : written.files) line += "\t" + escape_for_output(file);
        session_.console.data(line);
        return true;
    }

    Session& session_;
    const IssueOptions& options_;
    OutputFormats formats_;
    Issuer& issuer_;
    int status_ = exit_done;
    std::size_t issued_ = 0, again_ = 0, refused_ = 0;
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
    auto formats = parse_formats(options.format);
    if (!formats) return session.console.fail(formats.error());
    auto work = open_for_issuing(options.office, options.passphrase, session.clock);
    if (!work) return session.console.fail(work.error());
    formats->test = work->office.test;
    IssueRun run(session, options, *formats, *work->issuer);
    for (const auto& input : options.inputs) {
        if (!issue_input(run, input)) break;
    }
    run.summarize();
    return run.status();
}

}  // namespace

void add_issue(CLI::App& app, Session& session) {
    auto options = std::make_shared<IssueOptions>();
    auto* command = add_command(app, session, "issue", "Issue licenses from drafts: one line (or JSON object) for each",
                                "elic issue --office office draft.json --out out --format png,txt",
                                [&session, options] { return issue(session, *options); });
    command
        ->add_option("input", options->inputs,
                     "Drafts: .json (one), .jsonl (one a line), - = standard input (one a line, or one)")
        ->required();
    command->add_option("--office", options->office, "The issuing office")->required()->envname("ELIC_OFFICE");
    command->add_option("--out", options->out, "Folder for the codes, named by license identifier (default: here)");
    command->add_option("--format", options->format, "Any of png,svg,txt (default: png)");
    command->add_flag("--dry-run", options->dry_run, "Check everything, write nothing");
    command->add_flag("--json", options->json, "One JSON object a line");
    options->passphrase.add_to(*command);
}

}  // namespace elic::cli
