#pragma once

#include <string>
#include <string_view>

#include "elic/base/result.h"

namespace elic::cli {

/// The exit statuses of the contract (docs/cli.md). Never 1.
enum ExitStatus { exit_done = 0, exit_failed = 2, exit_indeterminate = 3, exit_invalid = 4 };

/// The voice of the command line: data on standard output, everything for people's eyes on standard error. What
/// comes from outside is escaped by the caller (escape_for_output), so that one license is always one line.
class Console {
public:
    explicit Console(bool chinese) : chinese_(chinese) {}

    bool chinese() const noexcept { return chinese_; }
    void set_chinese(bool chinese) noexcept { chinese_ = chinese; }

    /// The sentence in the language chosen.
    std::string_view choose(std::string_view zh, std::string_view en) const noexcept { return chinese_ ? zh : en; }

    void data(std::string_view line);            ///< one line of standard output, flushed
    void data_piece(std::string_view text);      ///< whole lines as they are, flushed
    void note(std::string_view line);            ///< a line of standard error
    void hint(std::string_view line);            ///< "elic: hint: ..."
    void complain(std::string_view line);        ///< "elic: ..."
    int fail(const Error& error);                ///< complains; exit_failed
    int fail_usage(std::string_view complaint);  ///< the same of a command line, with a word on --help

    /// True when a line of standard output could not be written: what was to be told was not.
    bool lost_output() const noexcept { return lost_output_; }

private:
    bool chinese_;
    bool lost_output_ = false;
};

/// `text` as one word of a shell's command line: a hint that names files can be pasted.
std::string shell_word(std::string_view text);

/// True when the locale (LC_ALL, LC_MESSAGES, LANG) asks for Chinese.
bool locale_is_chinese();

}  // namespace elic::cli
