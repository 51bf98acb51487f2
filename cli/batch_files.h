#pragma once

#include <map>
#include <optional>
#include <string>

#include "batch_input.h"
#include "elic/issue/batch.h"
#include "growing_file.h"

namespace elic::cli {

/// The files that a batch writes about itself; empty names: not wanted.
struct BatchFileNames {
    std::string errors, manifest, tar;
};

/// Errors (with the rows they are about, to be mended and run again), manifest, archive. Belongs to one thread.
class BatchFiles {
public:
    BatchFiles(BatchFileNames names, const BatchInput& input) : names_(std::move(names)), input_(input) {}

    /// Errors: io.
    Status begin();
    Status refused(const BatchRow& row, const std::string& request, const std::vector<DraftFault>& faults);
    Status issued(const BatchRow& row, const Issued& issued, const BatchOutput& output);
    /// All complete and on the disk. Errors: io.
    Status finish();

private:
    Status keep_row(const BatchRow& row);

    BatchFileNames names_;
    const BatchInput& input_;
    std::optional<GrowingFile> errors_, manifest_, tar_;
    std::map<std::string, GrowingFile> rows_;  ///< by what they begin with: headings, or "" for JSON lines
};

}  // namespace elic::cli
