#include "base/file.h"
#include "base/text.h"
#include "elic/trust/trust_source.h"
#include "key_file.h"
#include "trust_commands.h"

namespace elic::cli {

namespace {

constexpr std::size_t max_source = 256u << 20;

struct BuildOptions {
    std::string source, key, certificate, out;
    PassphraseOptions passphrase;
};

int build(Session& session, const BuildOptions& options) {
    auto text = read_file(options.source, max_source);
    if (!text) return session.console.fail(text.error());
    const auto base = std::filesystem::path(options.source).parent_path();
    auto source = read_trust_source(*text, base, session.clock.now());
    if (!source) return session.console.fail(source.error());
    auto certificate = load_certificate(options.certificate);
    if (!certificate) return session.console.fail(certificate.error());
    auto key = load_key(options.key, options.passphrase);
    if (!key) return session.console.fail(key.error());
    std::vector<std::string> warnings;
    auto written = write_trust_folder(*source, *key, *certificate, options.out, warnings);
    for (const auto& warning : warnings) session.console.note("warning: " + escape_for_output(warning));
    if (!written) return session.console.fail(written.error());
    session.console.data(options.out);
    for (const auto& root : source->content.roots)
        session.console.hint("verifiers pin: elic trust pin " + format_fingerprint(root));
    return exit_done;
}

struct PinOneOptions {
    std::string fingerprint, pin;
    std::vector<std::string> areas, types;
};

Result<RootPin> read_pin(const PinOneOptions& options) {
    auto fingerprint = parse_fingerprint(options.fingerprint);
    if (!fingerprint) return tl::unexpected(fingerprint.error());
    RootPin pin{.fingerprint = *fingerprint, .areas = {}, .types = {}};
    for (const auto& text : options.areas) {
        auto area = AreaCode::parse(text);
        if (!area) return fail_in("--area", area.error());
        pin.areas.push_back(*area);
    }
    for (const auto& text : options.types) {
        auto type = LicenseTypeCode::parse(text);
        if (!type) return fail_in("--type", type.error());
        pin.types.push_back(*type);
    }
    return pin;
}

int pin(Session& session, const PinOneOptions& options) {
    auto root = read_pin(options);
    if (!root) return session.console.fail(root.error());
    const std::filesystem::path file = options.pin.empty() ? machine_pin_file() : std::filesystem::path(options.pin);
    if (file.empty())
        return session.console.fail({Errc::bad_argument, "no configuration folder is known: give --pin FILE"});
    auto added = add_root_pin(file, *root, "pinned by elic trust pin");
    if (!added) return session.console.fail(added.error());
    session.console.data(file.string());
    return exit_done;
}

}  // namespace

void add_trust_build(Command& group, Session& session) {
    auto options = std::make_shared<BuildOptions>();
    auto* make = add_command(group, session, "build", "Sign a trust source into the next version of a trust folder",
                             "elic trust build source.json --key ca/root.key.pem --cert ca/root.pem --out trust",
                             [&session, options] { return build(session, *options); });
    make->add_option("source", options->source, "The source (docs/format/trust.md)")->required();
    make->add_option("--key", options->key, "Key of a root of the list, or one certified for trust lists")->required();
    make->add_option("--cert", options->certificate, "Its certificate")->required();
    make->add_option("--out", options->out, "The trust folder to write")->required();
    options->passphrase.add_to(*make);
}

void add_trust_pin(Command& group, Session& session) {
    auto options = std::make_shared<PinOneOptions>();
    auto* rely =
        add_command(group, session, "pin", "Rely on a root, by the fingerprint its operator gave you on paper",
                    "elic trust pin sm3:0123... --area 330000", [&session, options] { return pin(session, *options); });
    rely->add_option("fingerprint", options->fingerprint, "SM3 fingerprint of the root certificate")->required();
    rely->add_option("--pin", options->pin, "The pin file (default: this machine's)");
    rely->add_option("--area", options->areas, "Only for these divisions: CODE,CODE (default: all)")->comma_separated();
    rely->add_option("--type", options->types, "Only for these license types: CODE,CODE (default: all)")
        ->comma_separated();
}

void add_trust(Command& app, Session& session) {
    auto* group = app.add_subcommand("trust", "Who may issue what: build, look at, compare, carry and pin");
    group->require_subcommand();
    add_trust_build(*group, session);
    add_trust_lint(*group, session);
    add_trust_delegate(*group, session);
    add_trust_rollover(*group, session);
    add_trust_show(*group, session);
    add_trust_diff(*group, session);
    add_trust_export(*group, session);
    add_trust_import(*group, session);
    add_trust_pin(*group, session);
}

}  // namespace elic::cli
