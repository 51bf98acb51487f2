#include "checkpoint_trust.h"

#include <algorithm>

#include "base/file.h"
#include "base/hex.h"
#include "elic/trust/trust_folder.h"
#include "key_file.h"

namespace elic::cli {

namespace {

std::string of(const SignedCheckpoint& checkpoint) { return "the checkpoint of " + checkpoint.checkpoint.at.format(); }

Status check_signature(const SignedCheckpoint& checkpoint, const Certificate& certificate) {
    if (checkpoint.holds(certificate)) return {};
    return fail(Errc::chain_broken, of(checkpoint) + ": its signature does not hold: it was changed");
}

std::vector<Certificate> pinned_roots(const TrustFolder& folder, const RootPins& pins) {
    std::vector<Certificate> roots;
    for (const auto& pin : pins.pins) {
        if (auto root = folder.certificate(pin.fingerprint)) roots.push_back(*root);
    }
    return roots;
}

/// That the list has this certificate as one of the checkpoint's issuer, for checkpoints, at its time.
bool listed(const TrustList& list, const SignedCheckpoint& checkpoint) {
    auto body = list.body(checkpoint.checkpoint.origin.issuer);
    if (!body) return false;
    const auto at = checkpoint.checkpoint.at;
    return std::any_of(body->certificates.begin(), body->certificates.end(), [&](const BodyCertificate& entry) {
        return entry.fingerprint == checkpoint.signer && entry.may(SignatureKind::checkpoint) && entry.from <= at &&
               (!entry.until || at <= *entry.until) && !entry.compromised_since;
    });
}

Status check_in_folder(const SignedCheckpoint& checkpoint, const TrustFolder& folder, const RootPins& pins) {
    const auto roots = pinned_roots(folder, pins);
    if (roots.empty()) {
        return fail(Errc::chain_broken, "no root of the trust folder is pinned: give --root or --pin");
    }
    auto certificate = folder.certificate(checkpoint.signer);
    if (!certificate) return fail(Errc::chain_broken, of(checkpoint) + ": its signer is not in the trust folder");
    if (auto signature = check_signature(checkpoint, *certificate); !signature) return signature;
    const auto at = checkpoint.checkpoint.at;
    for (const auto& list : folder.lists()) {
        std::vector<Certificate> between = list.signer_intermediates();
        for (const auto& fingerprint : list.intermediates()) {
            if (auto one = folder.certificate(fingerprint)) between.push_back(*one);
        }
        if (listed(list, checkpoint) && verify_chain(list.signer(), between, roots, list.issued_at()) &&
            verify_chain(*certificate, between, roots, at)) {
            return {};
        }
    }
    return fail(Errc::chain_broken, of(checkpoint) +
                                        ": no trust list under a pinned root lets its signer sign "
                                        "checkpoints of " +
                                        checkpoint.checkpoint.origin.issuer.text() + " at that time");
}

}  // namespace

void CheckpointTrust::add_to(Command& command) {
    auto* cert = command.add_option("--cert", certificates, "A certificate whose signature on checkpoints counts");
    command.add_option("--trust", trust, "A trust folder that names whose does")->envname("ELIC_TRUST")->excludes(cert);
    pins.add_to(command);
}

Status CheckpointTrust::check(const SignedCheckpoint& checkpoint, const Certificate* own) const {
    if (own != nullptr && own->fingerprint() == checkpoint.signer) return check_signature(checkpoint, *own);
    for (const auto& file : certificates) {
        auto certificate = load_certificate(file);
        if (!certificate) return tl::unexpected(certificate.error());
        if (certificate->fingerprint() == checkpoint.signer) return check_signature(checkpoint, *certificate);
    }
    if (trust.empty()) {
        return fail(Errc::chain_broken, of(checkpoint) + " is signed by the certificate sm3:" +
                                            to_hex(checkpoint.signer) + ": give it with --cert, or --trust DIR");
    }
    auto folder = TrustFolder::open(trust);
    if (!folder) return tl::unexpected(folder.error());
    auto relied_on = pins.read();
    if (!relied_on) return tl::unexpected(relied_on.error());
    return check_in_folder(checkpoint, *folder, *relied_on);
}

Result<SignedCheckpoint> load_checkpoint(const std::string& file) {
    auto bytes = read_file(file, max_checkpoint);
    if (!bytes) return tl::unexpected(bytes.error());
    auto checkpoint = read_checkpoint(as_text(*bytes));
    if (!checkpoint) return fail_in(file, checkpoint.error());
    return checkpoint;
}

}  // namespace elic::cli
