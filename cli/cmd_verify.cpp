#include <algorithm>
#include <iostream>

#include "base/text.h"
#include "code_input.h"
#include "codec/json.h"
#include "elic/verify/verify_document.h"
#include "face_reading.h"
#include "machine_memory.h"
#include "read_line.h"
#include "report_text.h"
#include "session.h"

namespace elic::cli {

namespace {

constexpr std::size_t max_line = 64u << 10;

struct VerifyOptions {
    std::string trust, at, holder, number, language;
    std::vector<std::string> inputs;
    bool allow_missing_status = false, json = false;
    int max_status_age = 0;  ///< hours; 0: as the lists say
    PinOptions pins;
};

/// Everything a verdict rests on, opened once for all inputs.
class VerifyRun {
public:
    VerifyRun(Session& session, const VerifyOptions& options, RootPins pins, std::optional<Timestamp> at)
        : session_(session), options_(options), pins_(std::move(pins)), at_(at), memory_(session.console) {
        if (options.trust.empty()) return;
        auto folder = TrustFolder::open(options.trust);
        if (folder) {
            trust_ = std::move(*folder);
        } else {
            failure_ = folder.error();
        }
    }

    int text(const std::string& name, std::string_view text) {
        const auto report = verify_payload(text, context());
        memory_.take(report);
        return tell(name, report);
    }

    int document(const std::string& name, BytesView ofd) {
        const auto report = verify_document(ofd, read_face(ofd, trust_ ? &*trust_ : nullptr, redrawer_), context());
        memory_.take(report);
        return tell(name, report);
    }

    int without(const std::string& name, FindingCode reason, const std::string& detail) {
        return tell(name, report_without_code(reason, escape_for_output(detail), context().at));
    }

private:
    VerifyContext context() const {
        const auto now = session_.clock.now();
        VerifyContext context{.trust = trust_ ? &*trust_ : nullptr,
                              .trust_failure = failure_,
                              .pins = pins_,
                              .at = at_.value_or(now),
                              .now = at_ ? std::nullopt : std::optional(now),
                              .policy = {.allow_missing_status = options_.allow_missing_status},
                              .seen = memory_.state()};
        if (options_.max_status_age > 0) context.policy.max_status_age = std::chrono::hours(options_.max_status_age);
        if (!options_.holder.empty()) context.expect_holder = options_.holder;
        if (!options_.number.empty()) context.expect_number = options_.number;
        return context;
    }

    int tell(const std::string& name, const Report& report) {
        auto& console = session_.console;
        if (options_.json) {
            const auto json = to_json(report, console.chinese());
            console.data(name.empty() ? json
                                      : "{\"input\":" + write_json(escape_for_output(name)) + "," + json.substr(1));
        } else {
            console.data((name.empty() ? "" : escape_for_output(name) + ": ") + report_line(report, console));
            tell_findings(report, console);
        }
        return exit_status_of(report);
    }

    Session& session_;
    const VerifyOptions& options_;
    RootPins pins_;
    std::optional<Timestamp> at_;
    std::optional<TrustFolder> trust_;
    std::optional<Error> failure_;
    std::unique_ptr<Redrawer> redrawer_;  ///< made for the first document
    MachineMemory memory_;
};

/// One answer a line, at once: a window's scanner types here.
int verify_lines(VerifyRun& run, const std::string& name) {
    int status = exit_done;
    std::string line;
    for (;;) {
        const auto read = read_line(std::cin, line, max_line);
        if (read == LineRead::end) break;
        if (read == LineRead::too_long) {
            status = std::max(status, run.without(name, FindingCode::limit_exceeded, "a line is at most 64 KiB"));
        } else {
            status = std::max(status, run.text(name, line));
        }
    }
    return status;
}

int verify_input(Session& session, VerifyRun& run, const std::string& input, const std::string& name) {
    if (input == "-") return verify_lines(run, name);
    const auto read = read_code_input(input);
    if (!read) return session.console.fail({Errc::not_found, input + " is not there"});
    if (read->reason) return run.without(name, *read->reason, read->detail);
    if (read->document) return run.document(name, *read->document);
    int status = exit_done;
    for (const auto& text : read->texts) status = std::max(status, run.text(name, text));
    return status;
}

int verify(Session& session, const VerifyOptions& options) {
    if (!options.language.empty()) session.console.set_chinese(options.language == "zh");
    auto pins = options.pins.read();
    if (!pins) return session.console.fail(pins.error());
    std::optional<Timestamp> at;
    if (!options.at.empty()) {
        auto instant = Timestamp::parse(options.at);
        if (!instant) return session.console.fail({instant.error().code, "--at: " + instant.error().context});
        at = *instant;
    }
    if (options.trust.empty()) session.console.hint("no trust folder: give --trust DIR or set ELIC_TRUST");
    VerifyRun run(session, options, std::move(*pins), at);
    int status = exit_done;
    for (const auto& input : options.inputs) {
        status = std::max(status, verify_input(session, run, input, options.inputs.size() > 1 ? input : ""));
    }
    return status;
}

}  // namespace

void add_verify(Command& app, Session& session) {
    auto options = std::make_shared<VerifyOptions>();
    auto* command = add_command(app, session, "verify",
                                "Verify licenses offline. Exit: 0 valid, 3 not established, 4 invalid, 2 failed",
                                "elic verify --trust trust --pin trust.pin license.png",
                                [&session, options] { return verify(session, *options); });
    command
        ->add_option("input", options->inputs,
                     "A code's text, a text file, a picture, an OFD file; - = one code a line on standard input")
        ->required();
    command->add_option("--trust", options->trust, "The trust folder")->envname("ELIC_TRUST");
    options->pins.add_to(*command);
    command->add_option("--at", options->at,
                        "As of this instant (2026-11-23T09:00:00+08:00) or the last second of this day");
    command->add_option("--expect-holder", options->holder, "The code of the person or body who presents it");
    command->add_option("--expect-number", options->number, "The number on the paper");
    command->add_flag("--allow-missing-status", options->allow_missing_status,
                      "Accept that no status list is there, or only a stale one (reported)");
    command
        ->add_option("--max-status-age", options->max_status_age,
                     "Hours after which a status list counts as stale, whatever it says itself")
        ->positive();
    command->add_option("--lang", options->language, "Language of the sentences")->one_of({"zh", "en"});
    command->add_flag("--json", options->json, "One JSON object a line (schemas/report.schema.json)");
}

}  // namespace elic::cli
