#pragma once

#include <filesystem>
#include <vector>

#include "elic/base/result.h"
#include "elic/ledger/checkpoint.h"
#include "ledger/sqlite.h"

namespace elic::audit {

/// Leaf hashes that were written outside with a checkpoint: 32 bytes an event.
class LeavesFile {
public:
    /// Their root must be that of the checkpoint of as many events. Errors: not_found, io, malformed_value.
    static Result<LeavesFile> open(const std::filesystem::path& file, const std::vector<Checkpoint>& checkpoints);

    /// The first event whose leaf, computed anew, is another one than here; one past the last when they end first; 0:
    /// none differs. `tiles`: the roots of every complete 256 leaves, computed anew.
    Result<std::int64_t> first_difference(const std::vector<Digest>& tiles, sqlite3* database, std::int64_t last) const;

private:
    Result<Bytes> read_tile(std::uint64_t tile) const;
    std::filesystem::path file_;
    std::uint64_t size_ = 0;
};

}  // namespace elic::audit
