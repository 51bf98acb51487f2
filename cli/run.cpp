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
    add_verify(app, session);
    add_inspect(app, session);
    add_trust(app, session);
    add_ledger(app, session);
    add_type(app, session);
    add_id(app, session);
    add_qr(app, session);
}

}  // namespace

int run(int argc, const char* const* argv, const Clock& clock) {
    Session session{.console = Console(locale_is_chinese()), .clock = clock};
    CLI::App app("Issues and verifies China's national-standard electronic licenses (GB/T 36901-36906), offline.",
                 "elic");
    app.require_subcommand(1);
    app.set_version_flag("--version", version);
    app.footer("Begin with: elic demo");
    add_all(app, session);
    try {
        app.parse(argc, argv);
    } catch (const CLI::Success& success) {
        return app.exit(success) == 0 ? exit_done : exit_failed;
    } catch (const CLI::ParseError& error) {
        session.console.complain(error.what());
        session.console.hint(
            "`elic --help` lists the commands, `elic COMMAND --help` the options of one, each with an example");
        return exit_failed;
    }
    return session.chosen ? session.chosen() : exit_failed;
}

}  // namespace elic::cli
