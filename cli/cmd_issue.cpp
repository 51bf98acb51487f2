#include <algorithm>

#include "base/file.h"
#include "base/text.h"
#include "batch_files.h"
#include "batch_input.h"
#include "documents.h"
#include "issue_run.h"
#include "office_session.h"
#include "progress.h"
#include "session.h"

namespace elic::cli {

namespace {

struct IssueOptions {
    std::string office, type, encoding;
    std::vector<std::string> inputs;
    IssueOutput output;
    BatchFileNames files;
    DocumentOptions documents;
    unsigned jobs = 0;
    int fan_out = 0;
    bool fast_signing = false;
    PassphraseOptions passphrase;
};

Result<InputPlan> input_plan(const IssueOptions& options) {
    InputPlan plan{.files = options.inputs, .type = {}, .encoding = {}};
    if (options.encoding == "utf-8") plan.encoding = CsvEncoding::utf8;
    if (options.encoding == "gb18030") plan.encoding = CsvEncoding::gb18030;
    if (options.type.empty()) return plan;
    auto type = LicenseTypeCode::parse(options.type);
    if (!type) return fail_in("--type", type.error());
    plan.type = *type;
    return plan;
}

/// One run: what the batch is given, and what becomes of its answers.
class IssueBatch {
public:
    IssueBatch(Session& session, const IssueOptions& options, const OutputFormats& formats, OfficeSession& work,
               InputPlan inputs)
        : session_(session),
          options_(options),
          formats_(formats),
          work_(work),
          input_(std::move(inputs), *work.issuer),
          files_(options.output.dry_run ? BatchFileNames{.errors = options.files.errors, .manifest = {}, .tar = {}}
                                        : options.files,
                 input_),
          run_(session, options.output, formats, {}) {
        const auto is_one = [](const std::string& name) { return name.ends_with(".json"); };
        if (!std::all_of(options.inputs.begin(), options.inputs.end(), is_one)) sync_ = Sync::together;
    }

    int run() {
        if (auto begun = files_.begin(); !begun) return session_.console.fail(begun.error());
        auto summary = issue_batch(*work_.issuer, plan());
        if (!summary) return session_.console.fail(summary.error());
        progress_.clear();
        auto safe = make_safe(*summary);
        if (summary->stopped) tell_stop(*summary);
        if (!safe) run_.miss(safe.error());
        run_.summarize();
        return run_.status();
    }

private:
    BatchPlan plan() {
        return {.next = [this] { return input_.next(); },
                .read = [this](const BatchRow& row) { return input_.read(row); },
                .signer =
                    [this] { return another_signer(work_, options_.fast_signing ? Signing::fast : Signing::openssl); },
                .output = [this](const Issued& issued) { return write(issued); },
                .answer = [this](BatchAnswer answer) { return take(answer); },
                .stopped = [this] { input_.cancel(); },
                .dry = options_.output.dry_run,
                .jobs = options_.jobs,
                .at = session_.step};
    }

    Result<BatchOutput> write(const Issued& issued) const {
        const auto name = issued.id.text();
        const auto folder = fan_out(name, options_.fan_out);
        if (options_.files.tar.empty()) {
            auto written = write_code_files(std::filesystem::path(options_.output.out) / folder, name,
                                            {issued.payload, issued.license}, formats_, sync_);
            if (!written) return tl::unexpected(written.error());
            return BatchOutput{.files = std::move(written->files), .kept = {}, .qr_version = written->qr_version};
        }
        auto drawn = draw_code({issued.payload, issued.license}, formats_);
        if (!drawn) return tl::unexpected(drawn.error());
        BatchOutput output{.files = {}, .kept = {}, .qr_version = drawn->qr_version};
        for (auto& [extension, bytes] : drawn->files) {
            output.files.push_back((folder / (name + extension)).string());
            output.kept.emplace_back(output.files.back(), std::move(bytes));
        }
        return output;
    }

    Status take(const BatchAnswer& answer) {
        const auto& row = answer.row;
        ++done_;
        auto taken = tell(answer, row);
        if (const auto fraction = input_.fraction()) {
            progress_.show(done_, *fraction);
        } else {
            progress_.show(done_, {});
        }
        return taken;
    }

    Status tell(const BatchAnswer& answer, const BatchRow& row) {
        const auto source = input_.name_of(row);
        if (const auto* trouble = std::get_if<Error>(&answer.answer)) {
            progress_.clear();
            run_.miss(*trouble);
            return {};
        }
        if (const auto* refused = std::get_if<Refused>(&answer.answer)) {
            progress_.clear();
            const auto request = refused->request.empty() ? input_.request_of(row) : refused->request;
            run_.refuse(source, row.number, request, refused->faults);
            return files_.refused(row, request, refused->faults);
        }
        const auto& issued = std::get<Issued>(answer.answer);
        if (!issued.warnings.empty() || answer.output_failed) progress_.clear();
        if (answer.output_failed) {
            run_.tell_unwritten(issued);
            return {};
        }
        run_.tell(source, row.number, issued, {.files = answer.output.files, .qr_version = answer.output.qr_version});
        return options_.output.dry_run ? Status() : files_.issued(row, issued, answer.output);
    }

    /// What was written without a sync of its own is synced now, before it is called done.
    Status make_safe(const BatchSummary& summary) {
        const bool loose = sync_ == Sync::together && options_.files.tar.empty() && !options_.output.dry_run;
        if (loose && summary.issued + summary.again > 0) {
            if (auto synced = sync_file_system(options_.output.out); !synced) return synced;
        }
        if (session_.step) session_.step("manifest");
        return files_.finish();
    }

    void tell_stop(const BatchSummary& summary) {
        if (summary.stopped_at) {
            run_.stop(input_.name_of(*summary.stopped_at), summary.stopped_at->number, *summary.stopped);
        } else {
            run_.stop("", 0, *summary.stopped);
        }
        const auto left = summary.unfinished - (summary.stopped_at && summary.unfinished > 0 ? 1 : 0);
        if (left == 0) return;
        session_.console.complain(std::to_string(left) + (left == 1 ? " more row was" : " more rows were") +
                                  " read and not answered, and there may be others: mend what is said above and run "
                                  "the same command again");
    }

    Session& session_;
    const IssueOptions& options_;
    OutputFormats formats_;
    OfficeSession& work_;
    BatchInput input_;
    BatchFiles files_;
    IssueRun run_;
    Progress progress_;
    Sync sync_ = Sync::each;
    std::size_t done_ = 0;
};

int issue(Session& session, const IssueOptions& options) {
    auto formats = parse_formats(options.output.format);
    if (!formats) return session.console.fail(formats.error());
    auto inputs = input_plan(options);
    if (!inputs) return session.console.fail(inputs.error());
    auto work = open_for_issuing(options.office, options.passphrase, session.clock);
    if (!work) return session.console.fail(work.error());
    formats->test = work->office.test;
    if (auto ready = prepare_drawing(work->office, options.documents, Sealing::anew, session.clock, *formats); !ready)
        return session.console.fail(ready.error());
    work->issuer->examine_with(formats->press);
    return IssueBatch(session, options, *formats, *work, std::move(*inputs)).run();
}

void add_batch_options(Command& command, Option* out, IssueOptions& options) {
    command.add_option("--type", options.type, "License type of the rows of a table without a column for it");
    command.add_option("--encoding", options.encoding, "Of a table, when it cannot be found out: utf-8 or gb18030")
        ->one_of({"utf-8", "gb18030"});
    command.add_option("--errors", options.files.errors,
                       "Write what is wrong with refused rows here (.csv or .jsonl), and those rows beside it");
    command.add_option("--manifest", options.files.manifest, "Write a table for the print shop here");
    auto* tar = command.add_option("--tar", options.files.tar, "Write the codes into this archive, into no folder");
    out->excludes(tar);
    command.add_option("--fan-out", options.fan_out, "Spread the codes over 256 (1) or 65536 (2) folders")
        ->between(0, 2);
    command.add_flag("--fast-signing", options.fast_signing,
                     "Sign with elic's own arithmetic, which takes less than a tenth of OpenSSL's time");
    command.add_option("--jobs", options.jobs, "Threads that check, sign and draw (default: one a core)")
        ->between(1, 256);
}

}  // namespace

void add_issue(Command& app, Session& session) {
    auto options = std::make_shared<IssueOptions>();
    auto* command = add_command(
        app, session, "issue", "Issue licenses from drafts, one or a million: JSON, JSON lines, tables (CSV)",
        "elic issue --office office rows.csv --out out --errors errors.csv --manifest print.csv",
        [&session, options] { return issue(session, *options); });
    command
        ->add_option(
            "input", options->inputs,
            "Drafts: .json (one), .jsonl (one a line), .csv (a table), - = standard input (one a line, or one)")
        ->required();
    command->add_option("--office", options->office, "The issuing office")->required()->envname("ELIC_OFFICE");
    auto* out = command->add_option("--out", options->output.out,
                                    "Folder for the codes, named by license identifier (default: here)");
    command->add_option("--format", options->output.format,
                        "Any of png,svg,txt (the code), ofd,pdf,face (the document with it); default: png");
    options->documents.add_to(*command, true);
    command->add_flag("--dry-run", options->output.dry_run, "Check everything, write nothing");
    command->add_flag("--json", options->output.json, "One JSON object a line");
    add_batch_options(*command, out, *options);
    options->passphrase.add_to(*command);
}

}  // namespace elic::cli
