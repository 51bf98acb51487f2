#include "base/custody.h"
#include "base/file.h"
#include "elic/document/electronic_seal.h"
#include "elic/issue/office.h"
#include "elic/trust/trust_folder.h"
#include "key_file.h"
#include "session.h"

namespace elic::cli {

namespace {

struct OfficeOptions {
    std::string dir, issuer, name, key, certificate, trust, signer, seal, seal_key, seal_certificate;
    int number = 1;
    bool test = false;
    PinOptions pins;
};

/// Pins into the office's own file what was given with --root or --pin, or, for a TEST office, the TEST roots of its
/// list.
/// The roots that the office is to rely on: those given, or the TEST roots of its trust list; none: the machine's.
Result<RootPins> pins_for(const OfficeOptions& options) {
    if (!options.pins.roots.empty() || !options.pins.file.empty()) return options.pins.read();
    RootPins pins;
    if (!options.test) return pins;
    auto folder = TrustFolder::open(options.trust);
    if (!folder) return fail_in("trust folder", folder.error());
    for (const auto& list : folder->lists()) {
        for (const auto& root : list.roots()) {
            auto certificate = folder->certificate(root);
            if (certificate && certificate->is_test() && !pins.holds(root)) pins.pins.push_back({.fingerprint = root});
        }
    }
    return pins;
}

/// The seal with its sealer's certificate and key, fit for each other; none when there is none to take.
Result<std::optional<OfficeSeal>> seal_for(const OfficeOptions& options) {
    if (options.seal.empty()) return std::optional<OfficeSeal>();
    auto bytes = read_file(options.seal, max_seal_file);
    if (!bytes) return tl::unexpected(bytes.error());
    const auto seal = read_electronic_seal(*bytes);
    if (!seal) return fail_in(options.seal, seal.error());
    auto certificate = load_certificate(options.seal_certificate);
    if (!certificate) return tl::unexpected(certificate.error());
    if (!names_signer(*seal, certificate->der()))
        return fail(Errc::bad_argument, options.seal + " does not name the certificate of --seal-cert");
    OfficeSeal office_seal{.seal = std::move(*bytes), .sealer = std::move(*certificate)};
    if (options.seal_key.starts_with(exec_prefix)) {
        office_seal.command = options.seal_key.substr(exec_prefix.size());
        return std::optional(std::move(office_seal));
    }
    if (auto fine = check_secret(options.seal_key); !fine) return tl::unexpected(fine.error());
    auto pem = read_file(options.seal_key, max_key_file);
    if (!pem) return tl::unexpected(pem.error());
    office_seal.key_pem = std::move(*pem);
    return std::optional(std::move(office_seal));
}

int make_office(Session& session, const OfficeOptions& options) {
    if (options.key.empty() && options.signer.empty())
        return session.console.fail_usage("--key or --signer is required");
    auto issuer = Uscc::parse(options.issuer);
    if (!issuer) return session.console.fail(issuer.error());
    auto certificate = load_certificate(options.certificate);
    if (!certificate) return session.console.fail(certificate.error());
    auto pins = pins_for(options);
    if (!pins) return session.console.fail(pins.error());
    auto seal = seal_for(options);
    if (!seal) return session.console.fail(seal.error());
    OfficePlan plan{.folder = options.dir,
                    .issuer = *issuer,
                    .name = options.name,
                    .number = options.number,
                    .key_pem = {},
                    .certificate = *certificate,
                    .trust = options.trust,
                    .signer_command = {},
                    .test = options.test,
                    .seal = std::move(*seal),
                    .pins = std::move(*pins)};
    if (!options.signer.empty()) {
        if (!options.signer.starts_with(exec_prefix)) {
            return session.console.fail({Errc::bad_argument, "--signer " + options.signer + ": exec:CMD is expected"});
        }
        plan.signer_command = options.signer.substr(exec_prefix.size());
    } else {
        if (auto fine = check_secret(options.key); !fine) return session.console.fail(fine.error());
        auto pem = read_file(options.key, max_key_file);
        if (!pem) return session.console.fail(pem.error());
        plan.key_pem = std::move(*pem);
    }
    auto office = create_office(plan);
    wipe(plan.key_pem.data(), plan.key_pem.size());
    if (plan.seal) wipe(plan.seal->key_pem.data(), plan.seal->key_pem.size());
    if (!office) return session.console.fail(office.error());
    session.console.data(office->folder.string());
    session.console.hint("issue with: elic issue --office " + shell_word(office->folder.string()) +
                         " DRAFT.json --out out");
    return exit_done;
}

}  // namespace

void add_office(Command& app, Session& session) {
    auto* group = app.add_subcommand("office", "Set up an issuing office");
    group->require_subcommand();
    auto options = std::make_shared<OfficeOptions>();
    auto* command =
        add_command(*group, session, "new", "Make an issuing office: a folder with its configuration, key and ledger",
                    "elic office new office --issuer 11430199MB00TX017C --name 示例省政务服务局 --key office.key.pem "
                    "--cert office.pem --trust trust --test",
                    [&session, options] { return make_office(session, *options); });
    command->add_option("dir", options->dir, "The folder to make")->required();
    command->add_option("--issuer", options->issuer, "Unified social credit code of the issuing authority")->required();
    command->add_option("--name", options->name, "Its name, as the trust list has it")->required();
    command->add_option("--cert", options->certificate, "Its signing certificate")->required();
    command->add_option("--trust", options->trust, "The trust folder that lists it")->required()->envname("ELIC_TRUST");
    auto* key = command->add_option("--key", options->key, "Its private key; copied into the folder as it is");
    auto* signer = command->add_option("--signer", options->signer,
                                       "exec:CMD signs instead of a key: digest in, signature out (hexadecimal)");
    key->excludes(signer);
    command
        ->add_option("--number", options->number,
                     "Number of this office among those of the authority (prefixes serials)")
        ->between(1, 999);
    command->add_flag("--test", options->test, "A TEST office: relies on the TEST root of its trust list");
    auto* seal = command->add_option("--seal", options->seal, "Its electronic seal (.esl), for documents");
    auto* seal_key = command->add_option("--seal-key", options->seal_key,
                                         "The sealer's private key, copied as it is, or exec:CMD that signs");
    auto* seal_cert = command->add_option("--seal-cert", options->seal_certificate, "The sealer's certificate");
    seal->needs(seal_key)->needs(seal_cert);
    seal_key->needs(seal);
    seal_cert->needs(seal);
    options->pins.add_to(*command);
}

}  // namespace elic::cli
