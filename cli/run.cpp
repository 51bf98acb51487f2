#include <exception>

#include "base/text.h"
#include "session.h"

namespace elic::cli {

namespace {

void add_all(Command& app, Session& session) {
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
    const auto parsed = parse_command_line(argc, argv, [&session](Command& program) { add_all(program, session); });
    if (parsed.failed) return session.console.fail_usage(parsed.complaint);
    if (!parsed.run) return exit_done;
    return run_chosen(session);
}

}  // namespace elic::cli
