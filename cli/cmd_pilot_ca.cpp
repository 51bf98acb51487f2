#include "base/file.h"
#include "elic/crypto/pilot_ca.h"
#include "elic/trust/root_pins.h"
#include "key_file.h"
#include "session.h"

namespace elic::cli {

namespace {

struct CaOptions {
    std::string dir, request, out, purpose = "issuing", from;
    int years = 5;
};

int make_ca(Session& session, const CaOptions& options) {
    const std::filesystem::path dir = options.dir;
    auto ca = make_pilot_ca(session.clock.now());
    if (!ca) return session.console.fail(ca.error());
    auto pem = ca->key.to_plain_pem();
    if (!pem) return session.console.fail(pem.error());
    if (auto made = make_folders(dir); !made) return session.console.fail(made.error());
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

Result<PilotCa> load_ca(const std::filesystem::path& dir) {
    auto certificate = load_certificate(dir / "root.pem");
    if (!certificate) return tl::unexpected(certificate.error());
    auto key = load_key(dir / "root.key.pem", {});
    if (!key) return tl::unexpected(key.error());
    return PilotCa{.key = std::move(*key), .certificate = *certificate};
}

int certify_request(Session& session, const CaOptions& options) {
    auto ca = load_ca(options.dir);
    if (!ca) return session.console.fail(ca.error());
    auto request = read_file(options.request, max_key_file);
    if (!request) return session.console.fail(request.error());
    auto from = options.from.empty() ? Result<Timestamp>(session.clock.now()) : Timestamp::parse(options.from);
    if (!from) return session.console.fail(from.error());
    const auto purpose = options.purpose == "trust-list" ? CertificatePurpose::trust_list : CertificatePurpose::issuing;
    auto certificate = certify(*ca, *request, purpose, *from, options.years);
    if (!certificate) return session.console.fail(certificate.error());
    // Never over a file that is there: it might be a key.
    if (auto written = create_file_durably(options.out, certificate->pem()); !written)
        return session.console.fail(written.error());
    session.console.data(format_fingerprint(certificate->fingerprint()));
    return exit_done;
}

}  // namespace

void add_pilot_ca(CLI::App& app, Session& session) {
    auto* group = app.add_subcommand("pilot-ca", "A certification authority for pilots, marked TEST");
    group->require_subcommand(1);
    auto fresh = std::make_shared<CaOptions>();
    auto* make = add_command(*group, session, "new",
                             "Make a pilot CA: DIR/root.pem and DIR/root.key.pem (plain, 0600); prints the fingerprint",
                             "elic pilot-ca new --dir ca", [&session, fresh] { return make_ca(session, *fresh); });
    make->add_option("--dir", fresh->dir, "The folder")->required();
    auto asked = std::make_shared<CaOptions>();
    auto* command = add_command(*group, session, "certify", "Certify a request; prints the certificate's fingerprint",
                                "elic pilot-ca certify --dir ca office.req.pem --out office.pem",
                                [&session, asked] { return certify_request(session, *asked); });
    command->add_option("--dir", asked->dir, "The pilot CA's folder")->required();
    command->add_option("request", asked->request, "The request (PEM)")->required();
    command->add_option("--out", asked->out, "The certificate file")->required();
    command->add_option("--for", asked->purpose, "What the key is for: issuing, or trust-list")
        ->check(CLI::IsMember({"issuing", "trust-list"}));
    command->add_option("--from", asked->from, "Valid from this instant (default: now)");
    command->add_option("--years", asked->years, "Valid for so many years")->check(CLI::Range(1, 30));
}

}  // namespace elic::cli
