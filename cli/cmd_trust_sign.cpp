#include "base/file.h"
#include "base/text.h"
#include "elic/crypto/sm3.h"
#include "elic/trust/rollover.h"
#include "elic/trust/signed_object.h"
#include "elic/trust/trust_source.h"
#include "key_file.h"
#include "trust_commands.h"

namespace elic::cli {

namespace {

constexpr std::size_t max_source = 1 << 20;
constexpr std::size_t max_old_file = max_delegation_bytes + 1024;

struct DelegateOptions {
    std::string source, key, certificate, out, after;
    PassphraseOptions passphrase;
};

/// Counts on from the delegation that is replaced and names it. Errors: bad_argument (of another body), ...
Status follow(const std::string& file, Delegation& delegation) {
    auto bytes = read_file(file, max_old_file);
    if (!bytes) return tl::unexpected(bytes.error());
    auto object = read_signed_object(*bytes, max_old_file);
    if (!object) return fail_in(file, object.error());
    if (object->kind != SignatureKind::delegation) return fail(Errc::bad_argument, file + " is no delegation");
    auto old = read_delegation(object->content);
    if (!old) return fail_in(file, old.error());
    if (!(old->parent == delegation.parent) || !(old->body.code == delegation.body.code)) {
        return fail(Errc::bad_argument, file + " is the delegation of " + old->body.code.text() + " by " +
                                            old->parent.text() + ", not of " + delegation.body.code.text() + " by " +
                                            delegation.parent.text());
    }
    delegation.number = std::max(delegation.number, old->number + 1);
    delegation.previous = sm3(*bytes);
    return {};
}

int write_new(Session& session, const std::string& out, const Result<Bytes>& file) {
    if (!file) return session.console.fail(file.error());
    auto written = create_file_durably(out, *file);
    if (!written) return session.console.fail(written.error());
    session.console.data(out);
    session.console.hint("elic trust import " + escape_for_output(out) + " TRUST puts it into a trust folder");
    return exit_done;
}

int delegate(Session& session, const DelegateOptions& options) {
    auto text = read_file(options.source, max_source);
    if (!text) return session.console.fail(text.error());
    const auto base = std::filesystem::path(options.source).parent_path();
    auto delegation = read_delegation_source(*text, base, session.clock.now());
    if (!delegation) return session.console.fail(delegation.error());
    if (!options.after.empty()) {
        if (auto followed = follow(options.after, *delegation); !followed)
            return session.console.fail(followed.error());
    }
    auto content = write_delegation(*delegation);
    if (!content) return session.console.fail(content.error());
    auto certificate = load_certificate(options.certificate);
    if (!certificate) return session.console.fail(certificate.error());
    auto key = load_key(options.key, options.passphrase);
    if (!key) return session.console.fail(key.error());
    return write_new(session, options.out,
                     sign_object(SignatureKind::delegation, std::move(*content), *key, *certificate));
}

struct RolloverOptions {
    std::string issuer, key, certificate, new_key, new_certificate, from, out;
    PassphraseOptions passphrase, new_passphrase;
};

int roll_over(Session& session, const RolloverOptions& options) {
    auto issuer = Uscc::parse(options.issuer);
    if (!issuer) return session.console.fail(issuer.error());
    auto old_certificate = load_certificate(options.certificate);
    if (!old_certificate) return session.console.fail(old_certificate.error());
    auto new_certificate = load_certificate(options.new_certificate);
    if (!new_certificate) return session.console.fail(new_certificate.error());
    const auto now = session.clock.now();
    auto from = Result<Timestamp>(now);
    if (!options.from.empty()) {
        // The beginning of a time: a bare date means its first second.
        const auto day = Date::parse(options.from);
        from = day ? Result<Timestamp>(Timestamp::first_second_of(*day)) : Timestamp::parse(options.from);
    }
    if (!from) return session.console.fail(from.error());
    auto old_key = load_key(options.key, options.passphrase);
    if (!old_key) return session.console.fail(old_key.error());
    auto new_key = load_key(options.new_key, options.new_passphrase);
    if (!new_key) return session.console.fail(new_key.error());
    const Rollover rollover{.body = *issuer,
                            .old_fingerprint = old_certificate->fingerprint(),
                            .new_certificate = *new_certificate,
                            .issued_at = now,
                            .from = *from};
    return write_new(session, options.out, make_rollover(rollover, *old_key, *old_certificate, *new_key));
}

}  // namespace

void add_trust_delegate(Command& group, Session& session) {
    auto options = std::make_shared<DelegateOptions>();
    auto* command = add_command(
        group, session, "delegate", "Vouch for a body below yours: one signed file, replaceable alone",
        "elic trust delegate county.json --key city.key.pem --cert city.pem --out county-2.elic --after county-1.elic",
        [&session, options] { return delegate(session, *options); });
    command->add_option("source", options->source, "The source (docs/format/trust.md)")->required();
    command->add_option("--key", options->key, "The parent's key")->required();
    command->add_option("--cert", options->certificate, "Its certificate")->required();
    command->add_option("--out", options->out, "The file to make")->required();
    command->add_option("--after", options->after, "The delegation that it takes the place of: the number counts on");
    options->passphrase.add_to(*command);
}

void add_trust_rollover(Command& group, Session& session) {
    auto options = std::make_shared<RolloverOptions>();
    auto* command =
        add_command(group, session, "rollover", "Go over to a new key: the old one vouches for it, both sign",
                    "elic trust rollover --issuer 11430199MB00TX017C --key old.key.pem --cert old.pem --new-key "
                    "new.key.pem --new-cert new.pem --out rollover.elic",
                    [&session, options] { return roll_over(session, *options); });
    command->add_option("--issuer", options->issuer, "The body, by its unified social credit code")->required();
    command->add_option("--key", options->key, "The old key")->required();
    command->add_option("--cert", options->certificate, "Its certificate")->required();
    command->add_option("--new-key", options->new_key, "The new key")->required();
    command->add_option("--new-cert", options->new_certificate, "Its certificate")->required();
    command->add_option("--from", options->from, "The new key signs from this instant or day (default: now)");
    command->add_option("--out", options->out, "The file to make")->required();
    options->passphrase.add_to(*command);
    options->new_passphrase.add_to(*command, "new");
}

}  // namespace elic::cli
