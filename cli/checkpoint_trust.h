#pragma once

#include <string>
#include <vector>

#include "elic/ledger/checkpoint.h"
#include "session.h"

namespace elic::cli {

/// Whose signature on a checkpoint counts: `--cert FILE...`, or `--trust DIR` with pinned roots.
struct CheckpointTrust {
    std::vector<std::string> certificates;
    std::string trust;
    PinOptions pins;
    void add_to(Command& command);

    /// Nothing when the signature holds and its signer counts; `own`: a certificate that counts besides. Errors:
    /// chain_broken (the signature does not hold, or the signer does not count), those of reading the files.
    Status check(const SignedCheckpoint& checkpoint, const Certificate* own = nullptr) const;
};

/// Reads a checkpoint file. Errors: those of read_file and read_checkpoint, with the file's name.
Result<SignedCheckpoint> load_checkpoint(const std::string& file);

}  // namespace elic::cli
