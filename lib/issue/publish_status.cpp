#include "elic/issue/publish_status.h"

#include <algorithm>

#include "base/hex.h"
#include "elic/crypto/sm3.h"
#include "elic/payload/payload.h"
#include "elic/trust/genuine_list.h"
#include "elic/trust/signed_object.h"
#include "issue/status_content.h"

namespace elic {

namespace {

constexpr std::int64_t day_seconds = 86400;
constexpr int max_days = 3660;
constexpr std::size_t page = 1000;

/// What signs, and what is to be signed as.
struct Hand {
    Signer& signer;
    const Certificate& certificate;
};

Result<Timestamp> next_update_of(const StatusPlan& plan, Timestamp as_of) {
    if (plan.days < 1 || plan.days > max_days) {
        return fail(Errc::bad_argument, "the next update comes within 1 to " + std::to_string(max_days) + " days");
    }
    if (plan.next_update) {
        if (as_of < *plan.next_update) return *plan.next_update;
        return fail(Errc::bad_argument, "the next update must lie after " + as_of.format());
    }
    return Timestamp::from_unix(as_of.unix_seconds() + plan.days * day_seconds);
}

/// Signs, and reads back what a verifier will read.
Result<Bytes> signed_file(SignatureKind kind, const Bytes& content, Hand hand, std::size_t limit) {
    auto file = sign_object(kind, content, hand.signer, hand.certificate);
    if (!file) return file;
    auto back = read_signed_object(*file, limit);
    if (!back) return tl::unexpected(back.error());
    if (back->kind != kind || back->content != content || !back->holds(hand.certificate.public_key())) {
        return fail(Errc::signer_failed, "the file does not read back as it was signed and is not given out");
    }
    return file;
}

/// What `make` leaves for the answer.
struct Made {
    Bytes file;
    std::uint64_t entries = 0;
    std::uint64_t changes = 0;
};

Result<Bytes> content_of(const StatusPlan& plan, const PublicationBasis& basis, Timestamp next_update, Made& made) {
    made.entries = basis.allotted;
    if (plan.delta) {
        const auto delta = status_delta_of(basis, plan.issuer, next_update);
        made.changes = delta.changes.size();
        return write_status_delta(delta);
    }
    const auto list = status_list_of(basis, plan.issuer, next_update, plan.most_changes);
    made.changes = list.changes.size();
    return write_status_list(list);
}

SignedPublication published_file(std::string name, const Publication& publication, Made made) {
    return {.name = std::move(name),
            .file = std::move(made.file),
            .publication = publication,
            .entries = made.entries,
            .changes = made.changes};
}

std::string name_of_file(const std::string& kind, const Uscc& issuer, std::uint64_t list, const std::string& last) {
    return kind + "-" + issuer.text() + "-" + std::to_string(list) + "-" + last + ".elic";
}

/// SM3 of the bytes of a code's envelope, as a verifier computes it.
Result<Digest> envelope_digest(const LedgerEntry& entry) {
    auto payload = read_payload(entry.payload);
    if (!payload) return fail(Errc::ledger_unusable, "ledger: a stored code is damaged: " + payload.error().context);
    Bytes bytes(payload->hint.begin(), payload->hint.end());
    bytes.insert(bytes.end(), payload->claims.begin(), payload->claims.end());
    bytes.insert(bytes.end(), payload->signature.begin(), payload->signature.end());
    return sm3(bytes);
}

Result<std::vector<Digest>> all_digests(const Ledger& ledger) {
    std::vector<Digest> digests;
    std::int64_t after = 0;
    for (;;) {
        auto entries = ledger.list(after, page);
        if (!entries) return tl::unexpected(entries.error());
        for (const auto& entry : *entries) {
            auto digest = envelope_digest(entry);
            if (!digest) return tl::unexpected(digest.error());
            digests.push_back(*digest);
            after = entry.reservation.number;
        }
        if (entries->size() < page) break;
    }
    std::sort(digests.begin(), digests.end());
    return digests;
}

}  // namespace

Result<SignedPublication> publish_status(Ledger& ledger, const StatusPlan& plan, Signer& signer,
                                         const Certificate& certificate, const Clock& clock) {
    Made made;
    const auto kind = plan.delta ? SignatureKind::status_delta : SignatureKind::status_list;
    const auto make = [&](const PublicationBasis& basis) -> Result<PublicationFile> {
        auto next_update = next_update_of(plan, basis.as_of);
        if (!next_update) return tl::unexpected(next_update.error());
        auto content = content_of(plan, basis, *next_update, made);
        if (!content) return tl::unexpected(content.error());
        auto file = signed_file(kind, *content, {signer, certificate}, max_status_bytes);
        if (!file) return tl::unexpected(file.error());
        made.file = std::move(*file);
        return PublicationFile{.digest = sm3(made.file), .next_update = *next_update};
    };
    auto recorded = ledger.publish(plan.delta ? PublicationForm::delta : PublicationForm::list, clock.now(), make);
    if (!recorded) return tl::unexpected(recorded.error());
    auto name = name_of_file("status", plan.issuer, static_cast<std::uint64_t>(ledger.office()),
                             std::to_string(recorded->number) + (plan.delta ? ".delta" : ""));
    return published_file(std::move(name), *recorded, std::move(made));
}

Result<SignedPublication> publish_genuine_list(Ledger& ledger, const Uscc& issuer, Signer& signer,
                                               const Certificate& certificate, const Clock& clock) {
    Made made;
    const auto make = [&](const PublicationBasis& basis) -> Result<PublicationFile> {
        auto digests = all_digests(ledger);
        if (!digests) return tl::unexpected(digests.error());
        const GenuineList list{.issuer = issuer, .as_of = basis.as_of, .digests = std::move(*digests)};
        auto content = write_genuine_list(list);
        if (!content) return tl::unexpected(content.error());
        auto file = signed_file(SignatureKind::genuine_list, *content, {signer, certificate}, max_genuine_bytes);
        if (!file) return tl::unexpected(file.error());
        made.entries = list.digests.size();
        made.file = std::move(*file);
        return PublicationFile{.digest = sm3(made.file)};
    };
    auto recorded = ledger.publish(PublicationForm::genuine, clock.now(), make);
    if (!recorded) return tl::unexpected(recorded.error());
    auto name = name_of_file("genuine", issuer, static_cast<std::uint64_t>(ledger.office()),
                             to_hex(BytesView(recorded->digest).first(8)));
    return published_file(std::move(name), *recorded, std::move(made));
}

}  // namespace elic
