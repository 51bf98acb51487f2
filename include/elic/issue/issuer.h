#pragma once

#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "elic/base/result.h"
#include "elic/base/timestamp.h"
#include "elic/crypto/signer.h"
#include "elic/issue/license_draft.h"
#include "elic/issue/office.h"
#include "elic/ledger/ledger.h"
#include "elic/trust/root_pins.h"

namespace elic {

/// A license that was issued (now or before, for the same request).
struct Issued {
    LicenseId id;
    std::string request;
    std::string license;                ///< its metadata as JSON text (docs/format/license-json.md)
    std::string payload;                ///< the code's text
    std::size_t bytes = 0;              ///< of the envelope
    bool again = false;                 ///< it had been issued before
    std::vector<std::string> warnings;  ///< look-alike characters, unusual validity, ...
};

/// A draft that was not issued, and all that is wrong with it. Nothing was written for it.
struct Refused {
    std::string request;
    std::vector<DraftFault> faults;
};

using IssueAnswer = std::variant<Issued, Refused>;

/// The issuing use case: check as a verifier would -> reserve -> sign -> verify back -> commit -> answer.
/// One thread; several processes may issue from one office at once.
class Issuer {
public:
    /// Opens the trust folder and the ledger. `pins` are the roots relied on. Errors: those of TrustFolder::open and
    /// Ledger::open; not_authorised when no type may be issued now (body not listed, certificate expired, ...).
    static Result<Issuer> open(const Office& office, Signer& signer, const RootPins& pins, const Clock& clock);

    Issuer(Issuer&&) noexcept;
    Issuer& operator=(Issuer&&) noexcept;
    ~Issuer();

    /// Issues one license. A draft that breaks a rule, a request used with other content or a type that this body may
    /// not issue comes back as Refused; Error is for what is wrong with us (disk, key, ledger). After
    /// ledger_state_unknown every further call fails with it.
    Result<IssueAnswer> issue(const LicenseDraft& draft);

    /// All checks of `issue`, writing nothing.
    Result<IssueAnswer> check(const LicenseDraft& draft);

    const Ledger& ledger() const noexcept;

private:
    struct Impl;
    explicit Issuer(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace elic
