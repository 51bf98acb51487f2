#include "base/custody.h"
#include "base/file.h"
#include "elic/crypto/pilot_ca.h"
#include "elic/trust/root_pins.h"
#include "key_file.h"
#include "pilot_ca_record.h"
#include "session.h"

namespace elic::cli {

namespace {

struct CaOptions {
    std::string dir, request, out, purpose = "issuing", from;
    int years = 5;
    std::optional<int> path_length = {};
};

struct RevokeOptions {
    std::string dir, certificate, at, reason = "unspecified", invalid_since;
};

struct ListOptions {
    std::string dir, out, next_update;
};

int make_ca(Session& session, const CaOptions& options) {
    const std::filesystem::path dir = options.dir;
    auto ca = make_pilot_ca(session.clock.now());
    if (!ca) return session.console.fail(ca.error());
    auto pem = ca->key.to_plain_pem();
    if (!pem) return session.console.fail(pem.error());
    if (auto made = make_private_folder(dir); !made) return session.console.fail(made.error());
    const auto key_written = create_file_durably(dir / "root.key.pem", *pem, FileAccess::owner_only);
    wipe(pem->data(), pem->size());
    if (!key_written) return session.console.fail(key_written.error());
    if (auto written = create_file_durably(dir / "root.pem", ca->certificate.pem()); !written) {
        return session.console.fail(written.error());
    }
    session.console.data(format_fingerprint(ca->certificate.fingerprint()));
    session.console.hint("a pilot CA for tests: its key lies in the open in " + (dir / "root.key.pem").string());
    return exit_done;
}

/// A bare date from its first second: what begins on a day begins with it.
Result<Timestamp> beginning(const std::string& text) {
    if (auto day = Date::parse(text)) return Timestamp::first_second_of(*day);
    return Timestamp::parse(text);
}

/// ca.pem and ca.key.pem of a CA below another, else root.pem and root.key.pem.
Result<PilotCa> load_ca(const std::filesystem::path& dir) {
    const std::string name = file_exists(dir / "ca.pem") ? "ca" : "root";
    auto certificate = load_certificate(dir / (name + ".pem"));
    if (!certificate) return tl::unexpected(certificate.error());
    auto key = load_key(dir / (name + ".key.pem"), {});
    if (!key) return tl::unexpected(key.error());
    return PilotCa{.key = std::move(*key), .certificate = *certificate};
}

int certify_request(Session& session, const CaOptions& options) {
    auto ca = load_ca(options.dir);
    if (!ca) return session.console.fail(ca.error());
    auto request = read_file(options.request, max_key_file);
    if (!request) return session.console.fail(request.error());
    auto from = options.from.empty() ? Result<Timestamp>(session.clock.now()) : beginning(options.from);
    if (!from) return session.console.fail(from.error());
    const auto purpose = options.purpose == "ca"           ? CertificatePurpose::ca
                         : options.purpose == "trust-list" ? CertificatePurpose::trust_list
                                                           : CertificatePurpose::issuing;
    auto certificate = certify(*ca, *request, purpose, *from, options.years, options.path_length);
    if (!certificate) return session.console.fail(certificate.error());
    // Never over a file that is there: it might be a key.
    if (auto written = create_file_durably(options.out, certificate->pem()); !written)
        return session.console.fail(written.error());
    session.console.data(format_fingerprint(certificate->fingerprint()));
    return exit_done;
}

int revoke_certificate(Session& session, const RevokeOptions& options) {
    auto ca = load_ca(options.dir);
    if (!ca) return session.console.fail(ca.error());
    auto certificate = load_certificate(options.certificate);
    if (!certificate) return session.console.fail(certificate.error());
    auto serial = serial_certified_by(*ca, *certificate);
    if (!serial) return session.console.fail(serial.error());
    auto reason = parse_reason(options.reason);
    if (!reason) return session.console.fail(reason.error());
    auto at = options.at.empty() ? Result<Timestamp>(session.clock.now()) : beginning(options.at);
    if (!at) return session.console.fail(at.error());
    RevokedCertificate revoked{.serial = std::move(*serial), .at = *at, .reason = *reason};
    if (!options.invalid_since.empty()) {
        auto since = beginning(options.invalid_since);
        if (!since) return session.console.fail(since.error());
        revoked.invalid_since = *since;
    }
    auto record = load_record(options.dir);
    if (!record) return session.console.fail(record.error());
    if (auto added = revoke(*record, revoked); !added) return session.console.fail(added.error());
    if (auto saved = save_record(options.dir, *record); !saved) return session.console.fail(saved.error());
    session.console.data(format_fingerprint(certificate->fingerprint()) + "\t" + at->format() + "\t" + options.reason);
    session.console.hint("it counts with the next list: elic pilot-ca crl --dir " + options.dir + " --out NEW.crl");
    return exit_done;
}

int make_list(Session& session, const ListOptions& options) {
    constexpr std::int64_t thirty_days = 30LL * 86400;
    auto ca = load_ca(options.dir);
    if (!ca) return session.console.fail(ca.error());
    auto record = load_record(options.dir);
    if (!record) return session.console.fail(record.error());
    const auto now = session.clock.now();
    auto next = options.next_update.empty() ? Timestamp::from_unix(now.unix_seconds() + thirty_days)
                                            : Timestamp::parse(options.next_update);
    if (!next) return session.console.fail(next.error());
    const auto number = ++record->last_list;
    auto list = make_revocation_list(
        *ca, {.number = number, .this_update = now, .next_update = *next, .revoked = record->revoked});
    if (!list) return session.console.fail(list.error());
    if (auto written = create_file_durably(options.out, *list); !written) return session.console.fail(written.error());
    if (auto saved = save_record(options.dir, *record); !saved) return session.console.fail(saved.error());
    session.console.data(std::to_string(number) + "\t" + std::to_string(record->revoked.size()) + "\t" +
                         next->format());
    return exit_done;
}

void add_certify(Command& group, Session& session) {
    auto asked = std::make_shared<CaOptions>();
    auto* command = add_command(group, session, "certify", "Certify a request; prints the certificate's fingerprint",
                                "elic pilot-ca certify --dir ca office.req.pem --out office.pem",
                                [&session, asked] { return certify_request(session, *asked); });
    command->add_option("--dir", asked->dir, "The pilot CA's folder: root.pem or ca.pem, and its key")->required();
    command->add_option("request", asked->request, "The request (PEM)")->required();
    command->add_option("--out", asked->out, "The certificate file")->required();
    command
        ->add_option("--for", asked->purpose, "What the key is for: issuing, trust-list, or ca (a CA below this one)")
        ->one_of({"issuing", "trust-list", "ca"});
    command->add_option("--path-length", asked->path_length, "For ca: how many CAs may stand below it")->between(0, 8);
    command->add_option("--from", asked->from, "Valid from this instant, or 00:00 of this date (default: now)");
    command->add_option("--years", asked->years, "Valid for so many years")->between(1, 30);
}

void add_revoke(Command& group, Session& session) {
    auto asked = std::make_shared<RevokeOptions>();
    auto* command = add_command(group, session, "revoke", "Revoke a certificate of this CA, from the next list on",
                                "elic pilot-ca revoke --dir ca office.pem --reason key-compromise",
                                [&session, asked] { return revoke_certificate(session, *asked); });
    command->add_option("--dir", asked->dir, "The pilot CA's folder")->required();
    command->add_option("certificate", asked->certificate, "The certificate (PEM or DER)")->required();
    command->add_option("--at", asked->at, "Revoked at this instant, or 00:00 of this date (default: now)");
    command->add_option("--reason", asked->reason, "Why (default: unspecified)")->one_of(reason_words());
    command->add_option("--invalid-since", asked->invalid_since, "The key may have been in other hands since then");
}

void add_crl(Command& group, Session& session) {
    auto asked = std::make_shared<ListOptions>();
    auto* command = add_command(
        group, session, "crl", "Make the list of what was revoked (DER); prints its number, entries and next update",
        "elic pilot-ca crl --dir ca --out 1.crl", [&session, asked] { return make_list(session, *asked); });
    command->add_option("--dir", asked->dir, "The pilot CA's folder")->required();
    command->add_option("--out", asked->out, "The list's file, a new one")->required();
    command->add_option("--next-update", asked->next_update, "When the next one will be there (default: in 30 days)");
}

}  // namespace

void add_pilot_ca(Command& app, Session& session) {
    auto* group = app.add_subcommand("pilot-ca", "A certification authority for pilots, marked TEST");
    group->require_subcommand();
    auto fresh = std::make_shared<CaOptions>();
    auto* make = add_command(*group, session, "new",
                             "Make a pilot CA: DIR/root.pem and DIR/root.key.pem (plain, 0600); prints the fingerprint",
                             "elic pilot-ca new --dir ca", [&session, fresh] { return make_ca(session, *fresh); });
    make->add_option("--dir", fresh->dir, "The folder")->required();
    add_certify(*group, session);
    add_revoke(*group, session);
    add_crl(*group, session);
}

}  // namespace elic::cli
