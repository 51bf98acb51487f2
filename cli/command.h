#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace elic::cli {

/// One option or argument of a command. What is called here is told to CLI11, which is compiled in command.cpp only:
/// its headers take ten seconds a file.
class Option {
public:
    explicit Option(CLI::Option* option) : option_(option) {}

    Option* required();
    Option* envname(const std::string& name);
    Option* excludes(Option* other);
    Option* needs(Option* other);
    /// One of these words.
    Option* one_of(std::vector<std::string> words);
    Option* between(int least, int most);
    Option* positive();
    Option* not_negative();
    /// One value, also where a list takes it.
    Option* single();
    /// May be given more than once, one value each time.
    Option* repeated();
    /// One value or more.
    Option* several();
    /// "A,B,C" is three values.
    Option* comma_separated();

private:
    CLI::Option* option_;
};

/// The program, a command, or a group of commands. Values are written to where an option was told to when the command
/// line has been read; they must outlive that.
class Command {
public:
    explicit Command(CLI::App& app) : app_(app) {}

    Command* add_subcommand(const std::string& name, const std::string& description);
    /// One of its commands must be given.
    void require_subcommand();
    /// The last lines of its help.
    void footer(const std::string& text);
    /// Runs when this command was given and its options hold.
    void callback(std::function<void()> run);

    Option* add_option(const std::string& name, std::string& value, const std::string& description);
    Option* add_option(const std::string& name, std::optional<std::string>& value, const std::string& description);
    Option* add_option(const std::string& name, std::vector<std::string>& values, const std::string& description);
    Option* add_option(const std::string& name, int& value, const std::string& description);
    Option* add_option(const std::string& name, std::optional<int>& value, const std::string& description);
    Option* add_option(const std::string& name, unsigned& value, const std::string& description);
    Option* add_option(const std::string& name, std::int64_t& value, const std::string& description);
    Option* add_option(const std::string& name, std::size_t& value, const std::string& description);
    Option* add_flag(const std::string& name, bool& value, const std::string& description);

private:
    template <class Value>
    Option* add(const std::string& name, Value& value, const std::string& description);
    Option* keep(CLI::Option* option);

    CLI::App& app_;
    std::deque<Option> options_;
    std::deque<Command> commands_;
};

/// What a command line came to.
struct Parsed {
    bool run = false;     ///< a command was chosen; else the program ends
    bool failed = false;  ///< not understood: `complaint` says why
    std::string complaint;
};

/// Reads a command line against what `add` registers. Help and version go to standard output. No option counts twice,
/// flags neither, and none takes an empty value: `--expect-holder "$CODE"` with an unset variable must not pass for a
/// check that was made.
Parsed parse_command_line(int argc, const char* const* argv, const std::function<void(Command&)>& add);

}  // namespace elic::cli
