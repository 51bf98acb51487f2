#include "session.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <termios.h>
#include <unistd.h>

#include "base/custody.h"
#include "base/file.h"

namespace elic::cli {

namespace {

constexpr std::size_t max_passphrase = 4096;

/// The first line of what was read.
Secret first_line(Bytes& bytes) {
    std::size_t size = 0;
    while (size < bytes.size() && bytes[size] != '\n' && bytes[size] != '\r') ++size;
    Secret secret{BytesView(bytes).first(size)};
    wipe(bytes.data(), bytes.size());
    return secret;
}

/// Byte by byte, to the end of the line and no further: what follows may be drafts.
Result<Secret> read_descriptor(int descriptor) {
    Bytes bytes(max_passphrase);
    std::size_t size = 0;
    while (size < bytes.size()) {
        const auto got = ::read(descriptor, bytes.data() + size, 1);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) {
            wipe(bytes.data(), bytes.size());
            return fail(Errc::io, "--passphrase-fd " + std::to_string(descriptor) + " cannot be read");
        }
        if (got == 0 || bytes[size] == '\n') break;
        ++size;
    }
    bytes.resize(size);
    return first_line(bytes);
}

/// Asks on the terminal with the echo off.
Result<Secret> ask(const std::string& question) {
    if (::isatty(STDIN_FILENO) == 0) {
        return fail(Errc::bad_argument, "a passphrase is needed: give --passphrase-file F or --passphrase-fd N");
    }
    std::fputs(question.c_str(), stderr);
    std::fflush(stderr);
    termios before{};
    ::tcgetattr(STDIN_FILENO, &before);
    termios silent = before;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
    Bytes bytes(max_passphrase);
    const auto got = ::read(STDIN_FILENO, bytes.data(), bytes.size());
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
    std::fputs("\n", stderr);
    if (got < 0) return fail(Errc::io, "the terminal cannot be read");
    bytes.resize(static_cast<std::size_t>(got));
    return first_line(bytes);
}

}  // namespace

Command* add_command(Command& parent, Session& session, const std::string& name, const std::string& description,
                     const std::string& example, std::function<int()> run) {
    auto* command = parent.add_subcommand(name, description);
    command->footer("Example:\n  " + example);
    command->callback([&session, run = std::move(run)] { session.chosen = run; });
    return command;
}

std::array<Option*, 2> PassphraseOptions::add_to(Command& command, const std::string& word) {
    prefix = word.empty() ? "" : word + "-";
    const auto whose = word.empty() ? std::string("the key's") : "the " + word + " key's";
    auto* by_file = command.add_option("--" + prefix + "passphrase-file", file,
                                       "Read " + whose + " passphrase from the first line of a file");
    auto* by_descriptor = command.add_option("--" + prefix + "passphrase-fd", descriptor,
                                             "Read " + whose + " passphrase from an open descriptor");
    by_descriptor->excludes(by_file)->not_negative();
    return {by_file, by_descriptor};
}

Result<Secret> PassphraseOptions::read(bool needed, const std::string& what) const {
    if (!file.empty()) {
        auto bytes = read_file(file, max_passphrase);
        if (!bytes) return fail_in("--" + prefix + "passphrase-file", bytes.error());
        return first_line(*bytes);
    }
    if (descriptor >= 0) return read_descriptor(descriptor);
    if (!needed) return Secret();
    return ask("Passphrase of " + what + ": ");
}

Result<Secret> PassphraseOptions::read_new() const {
    auto first = read(true, "the new key");
    if (!first) return first;
    if (first->empty()) return fail(Errc::bad_argument, "the passphrase is empty");
    if (file.empty() && descriptor < 0) {
        auto second = ask("Again: ");
        if (!second) return second;
        if (as_text(first->view()) != as_text(second->view()))
            return fail(Errc::bad_argument, "the two passphrases differ");
    }
    return first;
}

void PinOptions::add_to(Command& command) {
    auto* root =
        command.add_option("--root", roots, "Rely on the root certificate with this SM3 fingerprint")->repeated();
    command.add_option("--pin", file, "Rely on the roots in this pin file")->excludes(root);
}

Result<RootPins> PinOptions::read() const {
    RootPins pins;
    for (const auto& text : roots) {
        auto fingerprint = parse_fingerprint(text);
        if (!fingerprint) return tl::unexpected(fingerprint.error());
        pins.pins.push_back({.fingerprint = *fingerprint});
    }
    if (!pins.pins.empty()) return pins;
    if (!file.empty()) {
        if (!file_exists(file)) return fail(Errc::not_found, "--pin " + file + " is not there");
        if (auto fine = check_custody(file, Owner::anyone); !fine) return tl::unexpected(fine.error());
        return load_root_pins(file);
    }
    const auto machine = machine_pin_file();
    if (machine.empty()) return pins;
    if (auto fine = check_custody(machine, Owner::anyone); !fine) return tl::unexpected(fine.error());
    return load_root_pins(machine);
}

std::string environment(const char* name) {
    const char* value = std::getenv(name);
    return value != nullptr ? value : "";
}

std::filesystem::path machine_file(const std::string& name) {
    if (const auto base = environment("XDG_CONFIG_HOME"); !base.empty()) {
        return std::filesystem::path(base) / "elic" / name;
    }
    if (const auto home = environment("HOME"); !home.empty()) {
        return std::filesystem::path(home) / ".config/elic" / name;
    }
    return {};
}

std::filesystem::path machine_pin_file() { return machine_file("trust.pin"); }

}  // namespace elic::cli
