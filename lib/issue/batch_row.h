#pragma once

#include "elic/issue/batch.h"
#include "issue/issuer_impl.h"

namespace elic {

/// How far a row of a batch has come.
enum class RowStage {
    read,       ///< waits for a worker to hold it against the rules
    prepared,   ///< waits for the ledger, in its order
    reserved,   ///< waits for a worker to sign it, or to find what was issued for it before
    signed_,    ///< waits for the ledger
    committed,  ///< waits for a worker to draw it
    done        ///< has its answer
};

/// A row under way. At any time it belongs to one thread.
struct WorkingRow {
    BatchRow row;
    RowStage stage = RowStage::read;
    std::optional<LicenseDraft> draft = {};
    std::vector<std::string> warnings = {};           ///< of how the draft was written
    std::string said = {};                            ///< the draft in canonical form
    Timestamp now = Timestamp::from_unix(0).value();  ///< when it was held against the rules
    Prepared prepared = {};
    std::optional<Reserved> reserved = {};
    bool as_reserved = false;  ///< signed is what was reserved before, whatever the draft would come to now
    SignedLicense made = {};
    std::optional<LedgerEntry> entry = {};  ///< what the ledger has for it
    bool again = false;                     ///< and had before
    std::optional<std::variant<Issued, Refused, Error>> answer = {};
    BatchOutput output = {};
    std::optional<Error> output_failed = {};

    /// Has an answer and nothing to be written.
    bool answered() const { return answer && !std::holds_alternative<Issued>(*answer); }
    void refuse(std::vector<DraftFault> faults) {
        answer = Refused{.request = draft ? draft->request : "", .faults = std::move(faults)};
    }
};

/// The steps of a row that need no ledger: each by any thread. An error is ours and stops the batch.
class RowSteps {
public:
    RowSteps(const IssueRules& rules, const Clock& clock, const BatchPlan& plan)
        : rules_(rules), clock_(clock), plan_(plan) {}

    /// Reads the draft and holds it against the rules.
    Status prepare(WorkingRow& row) const;
    /// Signs what was reserved.
    Status sign(WorkingRow& row, Signer& signer) const;
    /// Makes the answer of a license that the ledger has, and what is to be written of it.
    Status answer(WorkingRow& row) const;

private:
    Status tell(WorkingRow& row) const;

    const IssueRules& rules_;
    const Clock& clock_;
    const BatchPlan& plan_;
};

/// The steps of a group of rows that the ledger takes: by the one thread that owns it.
class GroupSteps {
public:
    explicit GroupSteps(Issuer::Impl& issuer) : issuer_(issuer) {}

    /// Finds or reserves for every row. After it a row has its answer, is committed already, or is to be signed.
    /// An error is ours; `at` is the row it is about, when it is about one.
    Status reserve(const std::vector<WorkingRow*>& rows, WorkingRow*& at);
    /// As `reserve`, writing nothing: after it a row has its answer.
    Status check(const std::vector<WorkingRow*>& rows, WorkingRow*& at);
    Status commit(const std::vector<WorkingRow*>& rows, WorkingRow*& at);

private:
    Status settle(WorkingRow& row, Result<Reserved> reserved);
    Status check_one(WorkingRow& row);
    /// A row that takes the way of a single license: the request is known, in other words.
    Status alone(WorkingRow& row, bool dry);

    Issuer::Impl& issuer_;
};

}  // namespace elic
