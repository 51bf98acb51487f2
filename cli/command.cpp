#include "command.h"

#include <CLI/CLI.hpp>

#include "base/text.h"

namespace elic::cli {

namespace {

constexpr const char* version = "elic 0.1.0";
constexpr int most_values = 100000;

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

}  // namespace

Option* Option::required() {
    option_->required();
    return this;
}

Option* Option::envname(const std::string& name) {
    option_->envname(name);
    return this;
}

Option* Option::excludes(Option* other) {
    option_->excludes(other->option_);
    return this;
}

Option* Option::needs(Option* other) {
    option_->needs(other->option_);
    return this;
}

Option* Option::one_of(std::vector<std::string> words) {
    option_->check(CLI::IsMember(std::move(words)));
    return this;
}

Option* Option::between(int least, int most) {
    option_->check(CLI::Range(least, most));
    return this;
}

Option* Option::positive() {
    option_->check(CLI::PositiveNumber);
    return this;
}

Option* Option::not_negative() {
    option_->check(CLI::NonNegativeNumber);
    return this;
}

Option* Option::single() {
    option_->expected(1);
    return this;
}

Option* Option::repeated() {
    option_->expected(1)->take_all();
    return this;
}

Option* Option::several() {
    option_->expected(1, most_values);
    return this;
}

Option* Option::comma_separated() {
    option_->delimiter(',');
    return this;
}

Command* Command::add_subcommand(const std::string& name, const std::string& description) {
    return &commands_.emplace_back(*app_.add_subcommand(name, description));
}

void Command::require_subcommand() { app_.require_subcommand(1); }
void Command::footer(const std::string& text) { app_.footer(text); }
void Command::callback(std::function<void()> run) { app_.callback(std::move(run)); }

Option* Command::keep(CLI::Option* option) { return &options_.emplace_back(option); }

template <class Value>
Option* Command::add(const std::string& name, Value& value, const std::string& description) {
    return keep(app_.add_option(name, value, description));
}

Option* Command::add_option(const std::string& name, std::string& value, const std::string& description) {
    return add(name, value, description);
}
Option* Command::add_option(const std::string& name, std::optional<std::string>& value,
                            const std::string& description) {
    return add(name, value, description);
}
Option* Command::add_option(const std::string& name, std::vector<std::string>& values, const std::string& description) {
    return add(name, values, description);
}
Option* Command::add_option(const std::string& name, int& value, const std::string& description) {
    return add(name, value, description);
}
Option* Command::add_option(const std::string& name, std::optional<int>& value, const std::string& description) {
    return add(name, value, description);
}
Option* Command::add_option(const std::string& name, unsigned& value, const std::string& description) {
    return add(name, value, description);
}
Option* Command::add_option(const std::string& name, std::size_t& value, const std::string& description) {
    return add(name, value, description);
}
Option* Command::add_option(const std::string& name, std::int64_t& value, const std::string& description) {
    return add(name, value, description);
}
Option* Command::add_flag(const std::string& name, bool& value, const std::string& description) {
    return keep(app_.add_flag(name, value, description));
}

Parsed parse_command_line(int argc, const char* const* argv, const std::function<void(Command&)>& add) {
    CLI::App app("Issues and verifies China's national-standard electronic licenses (GB/T 36901-36906), offline.",
                 "elic");
    app.require_subcommand(1);
    app.set_version_flag("--version", version);
    app.footer("Begin with: elic demo");
    Command program(app);
    add(program);
    make_strict(app);
    try {
        app.parse(argc, argv);
    } catch (const CLI::Success& success) {
        return {.run = false, .failed = app.exit(success) != 0, .complaint = ""};
    } catch (const CLI::ParseError& error) {
        const auto word = unknown_word(app);
        const bool no_command = dynamic_cast<const CLI::RequiredError*>(&error) != nullptr && !word.empty();
        return {.run = false,
                .failed = true,
                .complaint = no_command ? "'" + escape_for_output(word) + "' is not known here"
                                        : escape_for_output(error.what())};
    }
    return {.run = true, .failed = false, .complaint = ""};
}

}  // namespace elic::cli
