#pragma once

#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "elic/base/result.h"
#include "elic/base/timestamp.h"
#include "elic/crypto/signer.h"
#include "elic/issue/license_draft.h"
#include "elic/issue/license_examiner.h"
#include "elic/issue/office.h"
#include "elic/ledger/ledger.h"
#include "elic/packs/type_pack.h"
#include "elic/trust/root_pins.h"

namespace elic {

/// A license that was issued (now or before, for the same request).
struct Issued {
    LicenseId id;
    std::string request;
    std::string license;    ///< its metadata as JSON text (docs/format/license-json.md)
    std::string payload;    ///< the code's text
    std::size_t bytes = 0;  ///< of the envelope
    bool again = false;     ///< it had been issued before
    /// Look-alike characters, unusual validity, ...; with the first license of an Issuer also that office.json has
    /// another name of the authority than the trust list. That does not stop an office: licenses carry the list's name.
    std::vector<std::string> warnings;
};

/// A draft that was not issued, and all that is wrong with it. Nothing was written for it.
struct Refused {
    std::string request;
    std::vector<DraftFault> faults;
};

using IssueAnswer = std::variant<Issued, Refused>;

/// The issuing use case: ask the ledger for the request -> check as a verifier would -> reserve -> sign -> verify back
/// -> commit -> answer. One thread; several processes may issue from one office at once.
class Issuer {
public:
    /// Opens the trust folder and the ledger. `pins` are the roots relied on. `signer` and `clock` are kept by
    /// reference and must outlive the Issuer; office and pins are copied. The trust folder is not to be changed
    /// meanwhile: open another Issuer after it was built anew. Errors: those of TrustFolder::open and Ledger::open;
    /// not_authorised when the trust list does not have the body. All else that would keep it from issuing is a Refused
    /// of each draft, since requests that were issued before must still be answered: the certificate is not listed
    /// (`signer.unknown`), is not for codes or not valid now
    /// (`certificate.*`), the type is not granted now or there (`authority.*`), the list is not relied on or stale
    /// (`trust.*`).
    static Result<Issuer> open(const Office& office, Signer& signer, const RootPins& pins, const Clock& clock);

    Issuer(Issuer&&) noexcept;
    Issuer& operator=(Issuer&&) noexcept;
    ~Issuer();

    /// Issues one license. A request that was issued before with the same content gives that license, whatever became
    /// of trust list, pack and certificate since; one that was only reserved is finished with what was reserved. A
    /// draft that breaks a rule, a request used with other content or a type that this body may not issue comes back as
    /// Refused; Error is for what is wrong with us (disk, key, ledger). After ledger_state_unknown every further call
    /// fails with it.
    Result<IssueAnswer> issue(const LicenseDraft& draft);

    /// All checks of `issue`, writing nothing.
    Result<IssueAnswer> check(const LicenseDraft& draft);

    /// Renews, corrects or transfers in: issues a license that follows another. A draft that keeps the other's number
    /// (or gives neither number nor serial) is its next revision, one with another number begins at revision 1. What is
    /// renewed or corrected is replaced in the same instant that the new one is recorded. As `issue` otherwise; Refused
    /// also when the other's state does not allow it (`life-cycle`).
    Result<IssueAnswer> follow(const LicenseDraft& draft, const Succession& succession);

    /// All checks of `follow`, writing nothing.
    Result<IssueAnswer> check_following(const LicenseDraft& draft, const Succession& succession);

    /// From now on no license is issued that `examiner` finds fault with: DocumentPress, where documents are to be made
    /// of each. Not while a batch runs.
    void examine_with(std::shared_ptr<const LicenseExaminer> examiner);

    const Ledger& ledger() const noexcept;

    /// The newest pack of every type in the trust list. Errors: malformed_pack, io.
    Result<std::vector<std::shared_ptr<const TypePack>>> packs() const;

    struct Impl;  ///< defined inside issue/
    Impl& impl() noexcept { return *impl_; }

private:
    explicit Issuer(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace elic
