#pragma once

#include <memory>
#include <tuple>

#include "base/memo.h"
#include "elic/issue/issuer.h"
#include "elic/issue/license_examiner.h"
#include "elic/trust/trust_folder.h"
#include "issue/built_license.h"
#include "verify/preview.h"
#include "verify/verify_cache.h"

namespace elic {

/// A draft held against a pack.
struct Prepared {
    std::shared_ptr<const TypePack> pack;  ///< null only with faults
    BuiltLicense built;
};

/// A license that was signed and verified back.
struct SignedLicense {
    std::string payload;  ///< the code's text
    std::string license;  ///< metadata as JSON text
};

/// What an office issues by, whether one license or a million: its trust folder, packs, certificate, and the checks.
/// Knows no ledger. May be used by several threads; a Signer by one.
class IssueRules {
public:
    /// Errors: not_authorised, malformed_trust, io.
    static Result<std::unique_ptr<IssueRules>> make(Office office, RootPins pins, TrustFolder trust, Timestamp at);

    const Office& office() const noexcept { return office_; }
    /// Licenses carry the trust list's name of the authority; an office that has another one is told. Else empty.
    std::string warning_of_name() const;

    /// The newest pack of every type in the list. Errors: malformed_pack, io.
    Result<std::vector<std::shared_ptr<const TypePack>>> packs() const;

    /// The draft held against the newest pack and the trust list at that instant. Errors: malformed_pack, io.
    Result<Prepared> prepare_at(const LicenseDraft& draft, Timestamp at) const;
    /// What an unfinished reservation is finished with: the content reserved, under the pack that gives this content.
    Result<Prepared> prepare_reserved(const std::string& request, const Reservation& reservation) const;

    /// Whoever is to be asked besides, for all that follows. Before threads are begun.
    void examine_with(std::shared_ptr<const LicenseExaminer> examiner) { examiner_ = std::move(examiner); }

    /// What a verifier would say of it, whether it fits in a code, and what the examiner says. Adds faults.
    void check_as_verifier(Prepared& prepared, Timestamp signed_at, Timestamp now) const;
    /// Of that, what depends on the signing time: nothing else needs to be looked at again for another one.
    std::vector<DraftFault> authority_faults(const Prepared& prepared, Timestamp signed_at, Timestamp now) const;

    /// The license at its place in the ledger.
    static Metadata license_at(const Prepared& prepared, const Reservation& reservation);
    /// Signs and verifies back: what leaves is what a window would accept, but for a validity that has yet to begin.
    /// Errors: signer_failed, those of write_claims.
    Result<SignedLicense> sign(const Metadata& license, const TypePack& pack, Signer& signer, Timestamp now) const;

private:
    using PreviewKey = std::tuple<LicenseTypeCode, std::string, Timestamp, Timestamp>;
    static constexpr std::size_t previews = 4096;
    static constexpr std::size_t types = 4096;

    IssueRules(Office office, RootPins pins, TrustFolder trust, IssuerStanding standing)
        : office_(std::move(office)),
          pins_(std::move(pins)),
          trust_(std::move(trust)),
          standing_(std::move(standing)) {}
    VerifyContext context(Timestamp at) const;
    /// The packs of a type in the list, the newest first.
    std::vector<const PackEntry*> packs_of(const LicenseTypeCode& type) const;
    Result<std::shared_ptr<const TypePack>> newest_pack(const LicenseTypeCode& type) const;
    Prepared prepare_with(std::shared_ptr<const TypePack> pack, const LicenseDraft& draft, Timestamp at) const;

    Office office_;
    RootPins pins_;
    TrustFolder trust_;
    IssuerStanding standing_;
    std::shared_ptr<const LicenseExaminer> examiner_;
    mutable VerifyCache cache_;
    mutable Memo<PreviewKey, std::vector<DraftFault>> previews_{previews};
    mutable Memo<LicenseTypeCode, Result<std::shared_ptr<const TypePack>>> newest_{types};
};

}  // namespace elic
