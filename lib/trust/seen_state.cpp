#include "elic/trust/seen_state.h"

#include <algorithm>
#include <chrono>
#include <limits>
#include <string_view>

#include "base/file.h"
#include "base/folder_lock.h"

namespace elic {

namespace {

constexpr std::string_view first_line = "elic seen 1";
constexpr std::string_view time_name = "time";
constexpr std::size_t max_seen_file = 16 << 20;
constexpr std::size_t max_name = 128;
constexpr std::size_t max_number_digits = 19;
constexpr std::chrono::seconds lock_patience{10};

bool newer(const SeenState::Seen& a, const SeenState::Seen& b) {
    return a.number != b.number ? a.number > b.number : a.issued_at > b.issued_at;
}

/// Words of letters, digits and a few marks, one space between them: as the header has them.
bool is_name(std::string_view name) {
    constexpr std::string_view marks = " -_.:";
    if (name.empty() || name.size() > max_name || name == time_name) return false;
    if (name.front() == ' ' || name.back() == ' ' || name.find("  ") != std::string_view::npos) return false;
    return std::all_of(name.begin(), name.end(), [&](char c) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        return letter || (c >= '0' && c <= '9') || marks.find(c) != std::string_view::npos;
    });
}

std::optional<std::uint64_t> read_number(std::string_view digits) {
    if (digits.empty() || digits.size() > max_number_digits || digits.front() == '0') return {};
    std::uint64_t number = 0;
    for (const char c : digits) {
        if (c < '0' || c > '9') return {};
        number = number * 10 + static_cast<std::uint64_t>(c - '0');
    }
    return number;
}

/// The part after the last space, taken off the text.
std::string_view take_last_word(std::string_view& text) {
    const auto space = text.rfind(' ');
    if (space == std::string_view::npos) return {};
    const auto word = text.substr(space + 1);
    text = text.substr(0, space);
    return word;
}

/// One instant in the one form that is written.
std::optional<Timestamp> read_instant(std::string_view text) {
    const auto instant = Timestamp::parse(text);
    if (!instant || instant->format() != text) return {};
    return *instant;
}

/// False when the line is none, comes twice, or not after those whose names are smaller.
bool take_line(std::string_view line, SeenState& state) {
    const auto instant = read_instant(take_last_word(line));
    if (!instant || state.newest_time) return false;  // the time is the last line
    if (line == time_name) {
        state.newest_time = *instant;
        return true;
    }
    const auto number = read_number(take_last_word(line));
    if (!number || !is_name(line)) return false;
    if (!state.newest.empty() && line <= state.newest.rbegin()->first) return false;
    state.newest.emplace_hint(state.newest.end(), line, SeenState::Seen{.number = *number, .issued_at = *instant});
    return true;
}

Result<SeenState> parse(std::string_view text, const std::string& file) {
    SeenState state;
    for (std::size_t number = 1; number == 1 || !text.empty(); ++number) {
        const auto end = text.find('\n');
        const auto line = text.substr(0, end);
        const bool whole = end != std::string_view::npos;
        if (!whole || !(number == 1 ? line == first_line : take_line(line, state))) {
            return fail(Errc::malformed_trust, file + " line " + std::to_string(number) +
                                                   ": the file of what was seen is damaged or of another version; "
                                                   "delete it (it is made anew, and what it remembered is lost)");
        }
        text = text.substr(end + 1);
    }
    return state;
}

std::string format(const SeenState& state) {
    std::string text(first_line);
    text += '\n';
    for (const auto& [name, seen] : state.newest) {
        text += name + ' ' + std::to_string(seen.number) + ' ' + seen.issued_at.format() + '\n';
    }
    if (state.newest_time) text += std::string(time_name) + ' ' + state.newest_time->format() + '\n';
    return text;
}

}  // namespace

bool SeenState::is_older(const std::string& name, std::uint64_t number) const {
    const auto known = newest.find(name);
    return known != newest.end() && number < known->second.number;
}

bool SeenState::see(const std::string& name, std::uint64_t number, Timestamp issued_at) {
    const Seen seen{.number = number, .issued_at = issued_at};
    const auto [place, added] = newest.emplace(name, seen);
    if (added) return true;
    if (!newer(seen, place->second)) return false;
    place->second = seen;
    return true;
}

bool SeenState::merge(const SeenState& other) {
    bool changed = false;
    for (const auto& [name, seen] : other.newest) changed = see(name, seen.number, seen.issued_at) || changed;
    if (other.newest_time && (!newest_time || *newest_time < *other.newest_time)) {
        newest_time = other.newest_time;
        changed = true;
    }
    return changed;
}

Result<std::optional<SeenState>> load_seen_state(const std::filesystem::path& file) {
    auto bytes = read_file(file, max_seen_file);
    if (!bytes) {
        if (bytes.error().code == Errc::not_found) return std::optional<SeenState>();
        return tl::unexpected(bytes.error());
    }
    auto state = parse(as_text(*bytes), file.string());
    if (!state) return tl::unexpected(state.error());
    return std::optional<SeenState>(std::move(*state));
}

Status save_seen_state(const std::filesystem::path& file, const SeenState& state) {
    for (const auto& [name, seen] : state.newest) {
        if (!is_name(name) || seen.number == 0 || seen.number > std::uint64_t{std::numeric_limits<std::int64_t>::max()})
            return fail(Errc::malformed_trust, "'" + name + "' cannot be written to the file of what was seen");
    }
    const auto folder = file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
    if (auto made = make_folders(folder); !made) return made;
    // Between reading and replacing nobody else writes: what another process saw meanwhile is not lost.
    auto lock = FolderLock::take(folder, lock_patience);
    if (!lock) return tl::unexpected(lock.error());
    auto known = load_seen_state(file);
    if (!known) return tl::unexpected(known.error());
    SeenState merged = *known ? std::move(**known) : SeenState();
    if (!merged.merge(state) && *known) return {};
    const auto text = format(merged);
    if (text.size() > max_seen_file)
        return fail(Errc::limit_exceeded, file.string() + ": more than " + std::to_string(max_seen_file) + " bytes");
    return write_file_durably(file, as_bytes(text));
}

}  // namespace elic
