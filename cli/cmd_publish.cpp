#include <charconv>

#include "base/file.h"
#include "base/text.h"
#include "codec/json.h"
#include "elic/issue/publish_status.h"
#include "key_file.h"
#include "office_session.h"
#include "status_output.h"

namespace elic::cli {

namespace {

struct PublishOptions {
    std::string office, out, next_update, status_key, status_certificate;
    bool delta = false, genuine = false, json = false;
    PassphraseOptions passphrase;
};

/// The office's own key and certificate, or those for status only.
struct StatusHand {
    Office office;
    std::unique_ptr<Signer> signer;
    Certificate certificate;
};

Result<StatusHand> open_hand(const PublishOptions& options) {
    if (options.status_key.empty()) {
        auto opened = open_for_signing(options.office, options.passphrase);
        if (!opened) return tl::unexpected(opened.error());
        const auto certificate = opened->office.certificate;
        return StatusHand{
            .office = std::move(opened->office), .signer = std::move(opened->signer), .certificate = certificate};
    }
    auto office = open_office(options.office);
    if (!office) return tl::unexpected(office.error());
    auto certificate = load_certificate(options.status_certificate);
    if (!certificate) return tl::unexpected(certificate.error());
    auto key = load_key(options.status_key, options.passphrase);
    if (!key) return tl::unexpected(key.error());
    return StatusHand{.office = std::move(*office),
                      .signer = std::make_unique<PrivateKey>(std::move(*key)),
                      .certificate = std::move(*certificate)};
}

/// `--next-update`: a number of days, an instant, or a date (its last second).
Status read_next_update(const std::string& text, StatusPlan& plan) {
    if (text.empty()) return {};
    const auto* end = text.data() + text.size();
    if (auto [at, code] = std::from_chars(text.data(), end, plan.days); code == std::errc() && at == end) return {};
    auto instant = Timestamp::parse(text);
    if (!instant) {
        return fail(Errc::bad_argument,
                    "--next-update " + escape_for_output(text) + ": days (8), a date or an instant is expected");
    }
    plan.next_update = *instant;
    return {};
}

Result<SignedPublication> make_file(const PublishOptions& options, StatusHand& hand, Ledger& ledger,
                                    const Clock& clock) {
    if (options.genuine) {
        return publish_genuine_list(ledger, hand.office.issuer, *hand.signer, hand.certificate, clock);
    }
    StatusPlan plan{.issuer = hand.office.issuer, .delta = options.delta};
    if (auto read = read_next_update(options.next_update, plan); !read) return tl::unexpected(read.error());
    return publish_status(ledger, plan, *hand.signer, hand.certificate, clock);
}

void tell(Session& session, const PublishOptions& options, const SignedPublication& published,
          const StatusPlace& place) {
    const auto& publication = published.publication;
    const std::string form = options.genuine ? "genuine" : options.delta ? "delta" : "list";
    if (options.json) {
        Json json{{"form", form},
                  {"file", place.path},
                  {"imported", place.imported},
                  {"bytes", published.file.size()},
                  {"as_of", publication.as_of.format()},
                  {"entries", published.entries},
                  {"changes", published.changes}};
        json["number"] = options.genuine ? Json() : Json(publication.number);
        json["next_update"] = publication.next_update ? Json(publication.next_update->format()) : Json();
        session.console.data(write_json(json));
        return;
    }
    session.console.data(form + "\t" + (options.genuine ? "-" : std::to_string(publication.number)) + "\t" +
                         publication.as_of.format() + "\t" +
                         (publication.next_update ? publication.next_update->format() : "-") + "\t" +
                         (place.imported ? "imported into " : "") + escape_for_output(place.path));
}

int publish(Session& session, const PublishOptions& options) {
    auto hand = open_hand(options);
    if (!hand) return session.console.fail(hand.error());
    auto ledger = Ledger::open(hand->office.ledger());
    if (!ledger) return session.console.fail(ledger.error());
    auto published = make_file(options, *hand, *ledger, session.clock);
    if (!published) return session.console.fail(published.error());
    auto place = put_status_file(*published, options.out);
    if (!place) {
        const int status = session.console.fail(place.error());
        session.console.hint(
            "it is recorded as published and was not given out: publish once more (the number is left out)");
        return status;
    }
    tell(session, options, *published, *place);
    if (!options.genuine) return exit_done;
    auto unfinished = ledger->unfinished();
    if (unfinished && !unfinished->empty()) {
        session.console.hint(std::to_string(unfinished->size()) +
                             " reserved but not issued are not in it: finish them and publish it once more");
    }
    return exit_done;
}

}  // namespace

void add_publish(Command& app, Session& session) {
    auto options = std::make_shared<PublishOptions>();
    auto* command = add_command(app, session, "publish", "Publish the signed status list of an office's licenses",
                                "elic publish --office office --out trust --next-update 8",
                                [&session, options] { return publish(session, *options); });
    command->add_option("--office", options->office, "The issuing office")->required()->envname("ELIC_OFFICE");
    command->add_option("--out", options->out, "A trust folder (the file is imported) or any other folder")->required();
    auto* delta = command->add_flag("--delta", options->delta, "Only what changed since the publication before");
    auto* next = command->add_option("--next-update", options->next_update,
                                     "When verifiers must have a newer one: days, a date or an instant (default: 7)");
    command->add_flag("--genuine", options->genuine, "The digests of all codes issued, in case the key is stolen later")
        ->excludes(delta)
        ->excludes(next);
    auto* key = command->add_option("--status-key", options->status_key, "A key that signs status only");
    auto* certificate = command->add_option("--status-cert", options->status_certificate, "Its certificate");
    key->needs(certificate);
    certificate->needs(key);
    command->add_flag("--json", options->json, "A JSON object");
    options->passphrase.add_to(*command);
}

}  // namespace elic::cli
