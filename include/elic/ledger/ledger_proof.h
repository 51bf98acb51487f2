#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "elic/ledger/checkpoint.h"
#include "elic/ledger/ledger.h"

namespace elic {

/// That a license was issued, as the ledger has it, under a checkpoint: JSON text that anybody can check without the
/// ledger (docs/format/checkpoint.md, "Proofs"). Errors: not_found (not issued here), bad_argument (the checkpoint is
/// of another ledger, or older than the license), ledger_unusable, io.
Result<std::string> prove_issued(const Ledger& ledger, const LicenseId& id, const SignedCheckpoint& checkpoint);

/// That the ledger of one checkpoint went on to be that of a later one: nothing before was changed. Errors:
/// bad_argument (of another ledger, or the later is older), ledger_unusable, io.
Result<std::string> prove_consistent(const Ledger& ledger, const SignedCheckpoint& from, const SignedCheckpoint& to);

/// A proof as it was read. The signatures of its checkpoints have not been looked at.
struct LedgerProof {
    SignedCheckpoint checkpoint;                ///< the later one, where there are two
    std::optional<SignedCheckpoint> from = {};  ///< of a proof of consistency
    std::vector<Digest> path = {};
    std::int64_t number = 0;                       ///< of the event; 0: a proof of consistency
    Digest leaf{};                                 ///< of the event as it stands in the proof
    std::string id = {}, payload = {}, kind = {};  ///< what the event says

    /// True when the path leads to the root of the checkpoint.
    bool holds() const;
};

/// Strict. Errors: malformed_json, malformed_text (a checkpoint in it), malformed_value, newer_format, limit_exceeded.
Result<LedgerProof> read_ledger_proof(std::string_view text);
inline constexpr std::size_t max_ledger_proof = 1u << 20;

}  // namespace elic
