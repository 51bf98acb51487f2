#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>

#include "elic/base/result.h"
#include "elic/base/timestamp.h"

namespace elic {

/// What this machine has seen of lists and times, so that an older list or a clock that was set back is noticed. A file
/// of the machine (never in the shared trust folder); text lines, docs/format/trust.md, 10.
struct SeenState {
    struct Seen {
        std::uint64_t number = 0;
        Timestamp issued_at;
        friend bool operator==(const Seen&, const Seen&) = default;
    };
    /// "trust-list <root fingerprint>", "delegation <parent> <body>", "status <issuer> <list>" -> the newest seen.
    std::map<std::string, Seen> newest;
    std::optional<Timestamp> newest_time = {};  ///< of any good signature

    /// True when a newer one of this name was seen.
    bool is_older(const std::string& name, std::uint64_t number) const;
    /// Takes in what was seen; true when that changes anything.
    bool see(const std::string& name, std::uint64_t number, Timestamp issued_at);
    bool merge(const SeenState& other);
};

/// None when there is no such file. Errors: io, malformed_trust (with the line), limit_exceeded.
Result<std::optional<SeenState>> load_seen_state(const std::filesystem::path& file);
/// Whole or not at all; merged with what the file has by then. Errors: io, as load.
Status save_seen_state(const std::filesystem::path& file, const SeenState& state);

}  // namespace elic
