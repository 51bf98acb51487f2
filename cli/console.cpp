#include "console.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "base/text.h"

namespace elic::cli {

namespace {

bool write_line(std::FILE* stream, std::string_view prefix, std::string_view line) {
    const std::string text = std::string(prefix) + std::string(line) + "\n";
    return std::fwrite(text.data(), 1, text.size(), stream) == text.size() && std::fflush(stream) == 0;
}

}  // namespace

void Console::data(std::string_view line) { lost_output_ = !write_line(stdout, "", line) || lost_output_; }
void Console::data_piece(std::string_view text) {
    const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
    lost_output_ = !written || lost_output_;
}
void Console::note(std::string_view line) { write_line(stderr, "", line); }
void Console::hint(std::string_view line) { write_line(stderr, "elic: hint: ", line); }
void Console::complain(std::string_view line) { write_line(stderr, "elic: ", line); }

int Console::fail(const Error& error) {
    complain(escape_for_output(error.context) + " [" + std::string(name_of(error.code)) + "]");
    return exit_failed;
}

int Console::fail_usage(std::string_view complaint) {
    complain(complaint);
    hint("`elic --help` lists the commands, `elic COMMAND --help` the options of one, each with an example");
    return exit_failed;
}

std::string shell_word(std::string_view text) {
    const auto plain = [](unsigned char c) {
        return c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
               std::string_view("%+,-./:=@_").find(static_cast<char>(c)) != std::string_view::npos;
    };
    if (!text.empty() && std::all_of(text.begin(), text.end(), plain)) return std::string(text);
    std::string word = "'";
    for (const char c : text) word += c == '\'' ? "'\\''" : std::string(1, c);
    return word + "'";
}

bool locale_is_chinese() {
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
        const char* value = std::getenv(name);
        if (value != nullptr && *value != '\0') return std::string_view(value).starts_with("zh");
    }
    return false;
}

}  // namespace elic::cli
