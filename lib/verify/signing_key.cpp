#include "verify/signing_key.h"

#include <algorithm>

#include "elic/base/assert.h"
#include "verify/revocation_checks.h"

namespace elic {

namespace {

constexpr int most_rollovers = 4;  ///< since a certificate that the body's own entry names
constexpr int most_authorities = 8;

FoundKey find_key_below(const TrustFolder& trust, const KnownBody& body, const Digest& fingerprint, int depth) {
    if (const auto* listed = body.body.certificate(fingerprint)) {
        auto certificate = trust.certificate_of(body, fingerprint);
        if (certificate) {
            return {.key = SigningKey{.listed = *listed, .certificate = std::move(*certificate)}, .fault = {}};
        }
        const bool io = certificate.error().code == Errc::io;
        return {.key = {},
                .fault = KeyFault{.code = io ? FindingCode::internal_failure : FindingCode::certificate_missing,
                                  .detail = io ? certificate.error().context : format_fingerprint(fingerprint)}};
    }
    if (depth >= most_rollovers) return {};
    auto rollover = trust.rollover(key_hint(fingerprint));
    if (!rollover) {
        return {.key = {}, .fault = KeyFault{FindingCode::internal_failure, rollover.error().context}};
    }
    if (!*rollover || (*rollover)->rollover.new_certificate.fingerprint() != fingerprint ||
        (*rollover)->rollover.body != body.body.code) {
        return {};
    }
    const auto& said = (*rollover)->rollover;
    auto old = find_key_below(trust, body, said.old_fingerprint, depth + 1);
    if (!old.key) return old;
    SigningKey key{.listed = {.fingerprint = fingerprint, .from = said.from, .kinds = old.key->listed.kinds},
                   .certificate = said.new_certificate};
    key.rollover = std::move(**rollover);
    key.old_key = std::make_shared<const SigningKey>(std::move(*old.key));
    return {.key = std::move(key), .fault = {}};
}

std::string window(Timestamp from, const std::optional<Timestamp>& until) {
    return from.format() + " .. " + (until ? until->format() : "open");
}

/// The certificate itself, its listed time, and its chain.
std::optional<KeyFault> certificate_fault(const Anchors& anchors, const SigningKey& key, SignatureKind kind,
                                          Timestamp signed_at, std::optional<Certificate>& root) {
    const auto& listed = key.listed;
    const auto& certificate = key.certificate;
    if (!listed.may(kind)) {
        return KeyFault{FindingCode::certificate_usage,
                        certificate.subject() + ": not listed for " + std::string(name_of(kind))};
    }
    if (!certificate.may_sign()) {
        return KeyFault{FindingCode::certificate_usage, certificate.subject() + ": its key usage has no signing"};
    }
    if (signed_at < listed.from || (listed.until && *listed.until < signed_at)) {
        return KeyFault{FindingCode::certificate_retired,
                        "listed " + window(listed.from, listed.until) + ", signed " + signed_at.format()};
    }
    if (!certificate.valid_at(signed_at)) {
        return KeyFault{
            FindingCode::certificate_expired,
            "valid " + window(certificate.not_before(), certificate.not_after()) + ", signed " + signed_at.format()};
    }
    auto reached = verify_chain(certificate, anchors.intermediates, anchors.roots, signed_at);
    if (reached) {
        root = std::move(*reached);
        return {};
    }
    if (reached.error().code != Errc::chain_broken) {
        return KeyFault{FindingCode::internal_failure, reached.error().context};
    }
    for (const auto& missing : {anchors.missing_intermediate, anchors.missing_root}) {
        if (missing) return KeyFault{FindingCode::certificate_missing, format_fingerprint(*missing)};
    }
    return KeyFault{FindingCode::certificate_chain, reached.error().context};
}

/// The old key must have been good when it vouched for the new one.
std::optional<KeyFault> rollover_fault(const VerifyContext& context, const TrustList& list, const Anchors& anchors,
                                       const SigningKey& key) {
    if (!key.rollover) return {};
    const auto& [rollover, object] = *key.rollover;
    const auto refused = [&](const std::string& why) {
        return KeyFault{FindingCode::certificate_rollover, key.certificate.subject() + ": " + why};
    };
    if (object.signer != rollover.old_fingerprint || !object.holds(key.old_key->certificate.public_key())) {
        return refused("the old key's signature does not hold");
    }
    const auto fault =
        strict_key_fault(context, list, anchors, *key.old_key, SignatureKind::rollover, rollover.issued_at);
    if (!fault) return {};
    return refused(std::string(row_of(fault->code).code) + ": " + fault->detail);
}

}  // namespace

FoundKey find_key(const TrustFolder& trust, const KnownBody& body, const Digest& fingerprint) {
    return find_key_below(trust, body, fingerprint, 0);
}

std::optional<KeyFault> revocation_fault(const VerifyContext& context, const Anchors& anchors,
                                         const Certificate& certificate, Timestamp signed_at, bool whenever_lost) {
    std::optional<KeyFault> unusable;
    const Certificate* each = &certificate;
    for (int level = 0; level < most_authorities && !each->self_issued(); ++level) {
        const auto facts = revocation_of(context, anchors, *each);
        const auto& revoked = facts.revocation;
        if (revoked && (revoked->at <= signed_at || (whenever_lost && revoked->key_compromised))) {
            return KeyFault{FindingCode::certificate_revoked, each->subject() + ": revoked " + revoked->at.format()};
        }
        if (!facts.unusable.empty() && !unusable) unusable = KeyFault{FindingCode::certificate_crl, facts.unusable};
        const auto above = std::find_if(anchors.intermediates.begin(), anchors.intermediates.end(),
                                        [&](const Certificate& c) { return c.subject() == each->issuer(); });
        if (above == anchors.intermediates.end()) break;
        each = &*above;
    }
    return unusable;
}

std::optional<KeyFault> key_fault(const VerifyContext& context, const TrustList& list, const Anchors& anchors,
                                  const SigningKey& key, SignatureKind kind, Timestamp signed_at,
                                  std::optional<Certificate>& root) {
    if (auto fault = rollover_fault(context, list, anchors, key)) return fault;
    if (auto fault = certificate_fault(anchors, key, kind, signed_at, root)) return fault;
    return revocation_fault(context, anchors, key.certificate, signed_at, false);
}

std::optional<std::string> compromise_of(const VerifyContext& context, const Anchors& anchors, const SigningKey& key) {
    if (key.listed.compromised_since) return "since " + key.listed.compromised_since->format();
    const auto facts = revocation_of(context, anchors, key.certificate);
    if (!facts.revocation || !facts.revocation->key_compromised) return {};
    const auto since = facts.revocation->invalidity.value_or(facts.revocation->at);
    return "since " + since.format() + ", as its authority says";
}

std::optional<KeyFault> strict_key_fault(const VerifyContext& context, const TrustList& list, const Anchors& anchors,
                                         const SigningKey& key, SignatureKind kind, Timestamp signed_at) {
    if (auto compromised = compromise_of(context, anchors, key)) {
        return KeyFault{FindingCode::certificate_compromised, *compromised};
    }
    std::optional<Certificate> root;
    if (auto fault = key_fault(context, list, anchors, key, kind, signed_at, root)) return fault;
    ELIC_ASSERT(root);  // no fault: the certificate leads to it
    if (root->is_test() && some_pin_is_real(context, list)) {
        return KeyFault{FindingCode::trust_test_refused, root->subject()};
    }
    return {};
}

}  // namespace elic
