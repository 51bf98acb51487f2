#pragma once

#include "issue/issue_rules.h"

namespace elic {

/// One license, step by step, on the caller's thread. A batch does the same steps in groups (batch.cpp): both by the
/// rules of IssueRules.
struct Issuer::Impl {
    Signer& signer;
    const Clock& clock;
    std::unique_ptr<IssueRules> rules;
    Ledger ledger;
    std::string name_warning = {};  ///< told with the first license, then empty

    /// The draft held against the newest pack and the trust list, now; or, for a request that was reserved before and
    /// is asked for in other words, then: a run that is repeated later than the license's last day still finds it.
    Result<Prepared> prepare(const LicenseDraft& draft, Timestamp now, const std::optional<Reservation>& before);

    /// `dry` writes nothing.
    Result<IssueAnswer> run(const LicenseDraft& asked, const std::optional<Succession>& succession, bool dry);
    Result<IssueAnswer> repeat(const LicenseDraft& draft, const Reservation& reservation, Timestamp now, bool dry);
    Result<IssueAnswer> finish(const LicenseDraft& draft, const Reservation& reservation, Timestamp now, bool dry);
    Result<IssueAnswer> issue_new(const LicenseDraft& draft, Prepared prepared, const ReserveRequest& request,
                                  Reserved place, bool dry);
    Result<IssueAnswer> complete(const LicenseDraft& draft, Prepared prepared, const Reservation& reservation,
                                 Timestamp now, bool dry);
    IssueAnswer told(Issued issued);
};

/// An error of the ledger: the draft's doing, or ours.
Result<IssueAnswer> refuse_or_fail(const LicenseDraft& draft, const Error& error);

/// What a check answers of a license that would be issued.
Issued checked(const LicenseDraft& draft, const Metadata& license, std::vector<std::string> warnings);

/// What is answered of a license in the ledger. Errors: ledger_unusable.
Result<Issued> issued_of(const std::string& request, LedgerEntry entry, bool again, std::vector<std::string> warnings);

}  // namespace elic
