#include <exception>

#include "base/text.h"
#include "session.h"

namespace elic::cli {

namespace {

constexpr const char* version = "elic 0.1.0";

void add_all(CLI::App& app, Session& session) {
    add_demo(app, session);
    add_key(app, session);
    add_pilot_ca(app, session);
    add_office(app, session);
    add_issue(app, session);
    add_reprint(app, session);
    add_moves(app, session);
    add_renewals(app, session);
    add_publish(app, session);
    add_verify(app, session);
    add_inspect(app, session);
    add_trust(app, session);
    add_ledger(app, session);
    add_type(app, session);
    add_id(app, session);
    add_qr(app, session);
}

/// No option counts twice, flags neither, and none takes an empty value: `--expect-holder "$CODE"` with an unset
/// variable must not pass for a check that was made.
void make_strict(CLI::App& command) {
    for (auto* option : command.get_options([](const CLI::Option* each) { return each->nonpositional(); })) {
        if (option->get_items_expected_max() == 0) {
            option->multi_option_policy(CLI::MultiOptionPolicy::Throw);
        } else {
            option->check(
                [](const std::string& value) { return std::string(value.empty() ? "the value is empty" : ""); });
        }
    }
    for (auto* inner : command.get_subcommands([](CLI::App*) { return true; })) make_strict(*inner);
}

/// The first word that no command took, or "".
std::string unknown_word(const CLI::App& app) {
    const auto words = app.remaining(true);
    return words.empty() ? "" : words.front();
}

/// Runs the command that was chosen. Whatever goes wrong in it, the exit status is one of the contract's.
int run_chosen(Session& session) {
    auto& console = session.console;
    try {
        const int status = session.chosen ? session.chosen() : exit_failed;
        if (!console.lost_output()) return status;
        console.complain("standard output cannot be written: see what it is connected to, and run this again");
    } catch (const std::exception& exception) {
        console.complain("this should not happen: " + escape_for_output(exception.what()));
    }
    return exit_failed;
}

}  // namespace

int run(int argc, const char* const* argv, const Clock& clock, std::function<void(std::string_view)> step) {
    Session session{.console = Console(locale_is_chinese()), .clock = clock, .step = std::move(step)};
    CLI::App app("Issues and verifies China's national-standard electronic licenses (GB/T 36901-36906), offline.",
                 "elic");
    app.require_subcommand(1);
    app.set_version_flag("--version", version);
    app.footer("Begin with: elic demo");
    add_all(app, session);
    make_strict(app);
    try {
        app.parse(argc, argv);
    } catch (const CLI::Success& success) {
        return app.exit(success) == 0 ? exit_done : exit_failed;
    } catch (const CLI::ParseError& error) {
        const auto word = unknown_word(app);
        const bool no_command = dynamic_cast<const CLI::RequiredError*>(&error) != nullptr && !word.empty();
        session.console.complain(no_command ? "'" + escape_for_output(word) + "' is not known here"
                                            : escape_for_output(error.what()));
        session.console.hint(
            "`elic --help` lists the commands, `elic COMMAND --help` the options of one, each with an example");
        return exit_failed;
    }
    return run_chosen(session);
}

}  // namespace elic::cli
