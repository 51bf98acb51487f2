#pragma once

#include <array>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "base/secret.h"
#include "command.h"
#include "console.h"
#include "elic/base/result.h"
#include "elic/base/timestamp.h"
#include "elic/trust/root_pins.h"

namespace elic::cli {

/// What every command works with.
struct Session {
    Console console;
    const Clock& clock;
    std::function<int()> chosen = {};  ///< set by the subcommand that was given
    /// Told where a batch stands (BatchPlan::at): tests end the process there. Empty in the program.
    std::function<void(std::string_view)> step = {};
};

/// Registers a subcommand whose work is `run`.
Command* add_command(Command& parent, Session& session, const std::string& name, const std::string& description,
                     const std::string& example, std::function<int()> run);

/// `--passphrase-file` and `--passphrase-fd`; a command with a second key has them again with a word before:
/// `--new-passphrase-file`.
struct PassphraseOptions {
    std::string file;
    int descriptor = -1;
    std::string prefix = {};  ///< "new-"
    std::array<Option*, 2> add_to(Command& command, const std::string& word = {});

    /// From the file (first line), the descriptor, or a prompt on the terminal when `needed`. Empty when not needed.
    /// Errors: io, bad_argument (needed and no way to ask).
    Result<Secret> read(bool needed, const std::string& what) const;
    /// As read, asked twice at a terminal: for a new key. Errors: bad_argument when the two differ or it is empty.
    Result<Secret> read_new() const;
};

/// `--root` and `--pin`: the roots relied on; else the machine's pin file.
struct PinOptions {
    std::vector<std::string> roots;
    std::string file;
    void add_to(Command& command);
    Result<RootPins> read() const;
};

/// $XDG_CONFIG_HOME/elic/trust.pin or ~/.config/elic/trust.pin. Empty when neither is known.
std::filesystem::path machine_pin_file();
/// A file of this machine's configuration: $XDG_CONFIG_HOME/elic/NAME or ~/.config/elic/NAME. Empty when neither is
/// known.
std::filesystem::path machine_file(const std::string& name);

/// The value of an environment variable, empty when unset.
std::string environment(const char* name);

/// The subcommands, each in its own file.
void add_demo(Command& app, Session& session);
void add_key(Command& app, Session& session);
void add_pilot_ca(Command& app, Session& session);
void add_office(Command& app, Session& session);
void add_issue(Command& app, Session& session);
void add_reprint(Command& app, Session& session);
void add_moves(Command& app, Session& session);     ///< suspend, restore, lapse, cancel, ...
void add_renewals(Command& app, Session& session);  ///< renew, correct, transfer-in
void add_publish(Command& app, Session& session);
void add_verify(Command& app, Session& session);
void add_inspect(Command& app, Session& session);
void add_trust(Command& app, Session& session);
void add_ledger(Command& app, Session& session);
void add_type(Command& app, Session& session);
void add_id(Command& app, Session& session);
void add_qr(Command& app, Session& session);
void add_seal(Command& app, Session& session);

/// The whole program. `clock` is the only source of time.
int run(int argc, const char* const* argv, const Clock& clock, std::function<void(std::string_view)> step = {});

}  // namespace elic::cli
