#include <algorithm>
#include <exception>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "session.h"

namespace elic::cli {

namespace {

/// What registers commands, and the commands that it registers. Without names: they come with all others only.
struct Commands {
    void (*add)(Command& app, Session& session);
    std::vector<std::string_view> names;
};

/// The program's commands. `first` is the first word of the command line: when it names a command, no other is
/// registered, since a clerk's scanner may start this program for every license.
void add_commands(Command& app, Session& session, std::string_view first) {
    const Commands all[] = {
        {add_demo, {"demo"}},
        {add_key, {"key"}},
        {add_pilot_ca, {"pilot-ca"}},
        {add_office, {"office"}},
        {add_issue, {"issue"}},
        {add_reprint, {"reprint"}},
        {add_moves, {}},
        {add_renewals, {"renew", "correct", "transfer-in"}},
        {add_publish, {"publish"}},
        {add_verify, {"verify"}},
        {add_inspect, {"inspect"}},
        {add_trust, {"trust"}},
        {add_ledger, {"ledger"}},
        {add_type, {"type"}},
        {add_id, {"id"}},
        {add_qr, {"qr"}},
        {add_seal, {"seal"}},
    };
    for (const auto& commands : all) {
        if (std::find(commands.names.begin(), commands.names.end(), first) != commands.names.end()) {
            return commands.add(app, session);
        }
    }
    for (const auto& commands : all) commands.add(app, session);
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
    const std::string_view first = argc > 1 ? argv[1] : "";
    const auto parsed =
        parse_command_line(argc, argv, [&](Command& program) { add_commands(program, session, first); });
    if (parsed.failed) return session.console.fail_usage(parsed.complaint);
    if (!parsed.run) return exit_done;
    return run_chosen(session);
}

}  // namespace elic::cli
