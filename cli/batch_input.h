#pragma once

#include <atomic>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/byte_source.h"
#include "codec/csv.h"
#include "elic/issue/batch.h"
#include "elic/issue/csv_drafts.h"

namespace elic::cli {

/// How inputs are to be read.
struct InputPlan {
    std::vector<std::string> files;
    std::optional<LicenseTypeCode> type;  ///< of the rows of tables that have no column for it
    std::optional<CsvEncoding> encoding;  ///< of tables, when it is not to be found out
};

/// The rows of the inputs of `elic issue`, one after the other: .json (one draft), .csv (a table), else JSON lines; "-"
/// is standard input. `next` belongs to one thread; what it gave may be read by others.
class BatchInput {
public:
    BatchInput(InputPlan plan, const Issuer& issuer);
    ~BatchInput();

    Result<std::optional<BatchRow>> next();
    DraftReading read(const BatchRow& row) const;
    void cancel() { cancelled_ = true; }

    /// "standard input", or the file as it was given.
    std::string name_of(const BatchRow& row) const;
    std::string request_of(const BatchRow& row) const;
    /// The column of a table that a fault's field comes from, or "".
    std::string heading_of(const BatchRow& row, const std::string& field) const;
    bool is_table(const BatchRow& row) const { return tables_[row.input].has_value(); }
    /// The headings of its table, as they stand in the file.
    const std::string& headings(const BatchRow& row) const { return headings_[row.input]; }

    /// How much was read, 0..1; none while that cannot be known (standard input).
    std::optional<double> fraction() const;

private:
    struct Open;
    /// The input after the last one; a row of trouble when it cannot be read.
    std::optional<BatchRow> open_next();
    std::optional<BatchRow> open_table(ByteSource source);
    Result<std::optional<BatchRow>> next_line();
    Result<std::optional<BatchRow>> next_record();

    InputPlan plan_;
    const Issuer& issuer_;
    std::unique_ptr<Open> open_;  ///< null: between two inputs
    std::size_t opened_ = 0;
    std::deque<std::optional<CsvDrafts>> tables_;
    std::deque<std::string> headings_;
    std::atomic<bool> cancelled_ = false;
    std::atomic<std::uint64_t> consumed_ = 0;
    std::uint64_t total_ = 0;  ///< bytes; 0: not known
};

}  // namespace elic::cli
