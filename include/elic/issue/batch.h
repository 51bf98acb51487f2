#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "elic/base/bytes.h"
#include "elic/crypto/signer.h"
#include "elic/issue/issuer.h"

namespace elic {

/// One row of a batch as it came, before anything of it was read. What its parts hold is the caller's affair.
struct BatchRow {
    std::size_t input = 0;   ///< which input
    std::size_t number = 0;  ///< in it, from 1
    std::string text = {};
    std::vector<std::string> cells = {};
    /// Instead of a row: an input that cannot be read. It is answered in its place, and the batch goes on.
    std::optional<Error> trouble = {};
};

/// What was made of a license besides its code: by BatchPlan::output.
struct BatchOutput {
    std::vector<std::string> files = {};                   ///< written
    std::vector<std::pair<std::string, Bytes>> kept = {};  ///< name and content, for whoever takes the answer
    int qr_version = 0;
};

/// The answer to one row.
struct BatchAnswer {
    BatchRow row;
    std::variant<Issued, Refused, Error> answer;  ///< Error: the row's trouble
    BatchOutput output = {};
    /// The license is committed, its output is not there: mend what it says and run the same batch again.
    std::optional<Error> output_failed = {};
};

/// What a batch does, from where and to where. All functions but `answer` and `stopped` are called from threads of the
/// batch.
struct BatchPlan {
    /// The next row; none: the end. Called by one thread. An error ends the batch when all rows before were answered.
    std::function<Result<std::optional<BatchRow>>()> next;
    /// The draft of a row. Called by several threads at once.
    std::function<DraftReading(const BatchRow&)> read;
    /// A signer for one thread: called once for each before anything begins. All have the office's key.
    std::function<Result<std::unique_ptr<Signer>>()> signer;
    /// Draws and writes, after the license is committed. Called by several threads at once. May be empty.
    std::function<Result<BatchOutput>(const Issued&)> output = {};
    /// Takes the answers in the order of the rows, each after its commit. An error stops the batch.
    std::function<Status(BatchAnswer)> answer;
    /// The batch stops before its end: `next` is to return soon. May be empty.
    std::function<void()> stopped = {};
    bool dry = false;                         ///< check everything, write nothing
    unsigned jobs = 0;                        ///< threads that prepare, sign and draw; 0: one a core
    std::size_t group = 256;                  ///< rows committed together, at most
    std::size_t window = 2048;                ///< rows under way, at most: what bounds the memory
    std::chrono::milliseconds patience{100};  ///< how long a row waits for others to be committed with, while they come
    /// For tests, which end the process there: "reserving", "reserved", "signed", "committing", "committed", "written".
    std::function<void(std::string_view step)> at = {};
};

/// What became of a batch.
struct BatchSummary {
    std::size_t issued = 0;      ///< now
    std::size_t again = 0;       ///< before, for the same request
    std::size_t refused = 0;     ///< rows with faults
    std::size_t troubled = 0;    ///< inputs that cannot be read
    std::size_t unwritten = 0;   ///< issued, but their output failed
    std::size_t unfinished = 0;  ///< rows that were read and not answered when it stopped: run it again
    /// Why it stopped before its end (disk, key, ledger); and where, when it was one row.
    std::optional<Error> stopped = {};
    std::optional<BatchRow> stopped_at = {};
};

/// Issues a batch of any length in bounded memory, with all cores: rows are read and held against the rules in
/// parallel, reserved in their order in groups, signed and verified back in parallel, committed in groups, drawn in
/// parallel, answered in their order. Each row is issued by the rules of Issuer::issue. The issuer is not to be used
/// meanwhile. Killed at any moment, the same batch run again ends with one license a request. Errors: those of
/// `plan.signer`; nothing was done then.
Result<BatchSummary> issue_batch(Issuer& issuer, const BatchPlan& plan);

}  // namespace elic
