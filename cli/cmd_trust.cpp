#include "base/file.h"
#include "base/hex.h"
#include "base/text.h"
#include "codec/json.h"
#include "elic/trust/trust_folder.h"
#include "key_file.h"
#include "session.h"

namespace elic::cli {

namespace {

constexpr std::size_t max_source = 256u << 20;

struct TrustOptions {
    std::string source, key, certificate, out, dir, fingerprint, pin;
    bool json = false;
    PassphraseOptions passphrase;
};

int build(Session& session, const TrustOptions& options) {
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

Json body_json(const IssuingBody& body) {
    Json json{{"code", body.code.text()},
              {"name", body.name},
              {"hosts", body.hosts},
              {"certificates", Json::array()},
              {"types", Json::array()}};
    for (const auto& certificate : body.certificates) {
        Json kinds = Json::array();
        for (int kind = 0; kind < signature_kinds; ++kind) {
            if (certificate.may(static_cast<SignatureKind>(kind)))
                kinds.push_back(name_of(static_cast<SignatureKind>(kind)));
        }
        Json item{{"fingerprint", format_fingerprint(certificate.fingerprint)}, {"from", certificate.from.format()}};
        item["until"] = certificate.until ? Json(certificate.until->format()) : Json();
        item["kinds"] = std::move(kinds);
        json["certificates"].push_back(std::move(item));
    }
    for (const auto& grant : body.grants) {
        Json areas = Json::array();
        for (const auto& area : grant.areas) areas.push_back(area.text());
        Json item{{"type", grant.type.text()}, {"areas", std::move(areas)}, {"from", grant.from.format()}};
        item["until"] = grant.until ? Json(grant.until->format()) : Json();
        json["types"].push_back(std::move(item));
    }
    return json;
}

int show(Session& session, const TrustOptions& options) {
    auto folder = TrustFolder::open(options.dir);
    if (!folder) return session.console.fail(folder.error());
    const auto& list = folder->list();
    Json json{
        {"format", "elic trust-list 1"},
        {"digest", format_fingerprint(list.digest())},
        {"number", list.number()},
        {"issued_at", list.issued_at().format()},
        {"not_before", list.not_before().format()},
        {"next_update", list.next_update().format()},
        {"signer",
         {{"subject", list.signer().subject()}, {"fingerprint", format_fingerprint(list.signer().fingerprint())}}},
        {"roots", Json::array()},
        {"packs", Json::array()},
        {"bodies", Json::array()}};
    for (const auto& root : list.roots()) {
        auto certificate = folder->certificate(root);
        json["roots"].push_back({{"fingerprint", format_fingerprint(root)},
                                 {"subject", certificate ? Json(certificate->subject()) : Json()}});
    }
    for (const auto& pack : list.packs()) {
        json["packs"].push_back({{"type", pack.type.text()},
                                 {"version", pack.version},
                                 {"name", pack.name},
                                 {"digest", to_hex(pack.digest)}});
    }
    for (std::size_t n = 0; n < list.body_count(); ++n) {
        auto body = list.body_at(n);
        if (!body) return session.console.fail(body.error());
        json["bodies"].push_back(body_json(*body));
    }
    session.console.data(write_json(json, !options.json));
    return exit_done;
}

int pin(Session& session, const TrustOptions& options) {
    auto fingerprint = parse_fingerprint(options.fingerprint);
    if (!fingerprint) return session.console.fail(fingerprint.error());
    const std::filesystem::path file = options.pin.empty() ? machine_pin_file() : std::filesystem::path(options.pin);
    if (file.empty())
        return session.console.fail({Errc::bad_argument, "no configuration folder is known: give --pin FILE"});
    auto added = add_root_pin(file, {.fingerprint = *fingerprint}, "pinned by elic trust pin");
    if (!added) return session.console.fail(added.error());
    session.console.data(file.string());
    return exit_done;
}

}  // namespace

void add_trust(CLI::App& app, Session& session) {
    auto* group = app.add_subcommand("trust", "Who may issue what: build, show and pin");
    group->require_subcommand(1);
    auto built = std::make_shared<TrustOptions>();
    auto* make = add_command(*group, session, "build", "Sign a trust source into a trust folder",
                             "elic trust build source.json --key ca/root.key.pem --cert ca/root.pem --out trust",
                             [&session, built] { return build(session, *built); });
    make->add_option("source", built->source, "The source (docs/format/trust.md)")->required();
    make->add_option("--key", built->key, "Key of a root of the list, or one certified for trust lists")->required();
    make->add_option("--cert", built->certificate, "Its certificate")->required();
    make->add_option("--out", built->out, "The trust folder to write")->required();
    built->passphrase.add_to(*make);
    auto shown = std::make_shared<TrustOptions>();
    auto* look =
        add_command(*group, session, "show", "Print a trust list as JSON; says nothing of whether it is to be trusted",
                    "elic trust show trust", [&session, shown] { return show(session, *shown); });
    look->add_option("dir", shown->dir, "The trust folder")->required();
    look->add_flag("--json", shown->json, "On one line");
    auto pinned = std::make_shared<TrustOptions>();
    auto* rely =
        add_command(*group, session, "pin", "Rely on a root, by the fingerprint its operator gave you on paper",
                    "elic trust pin sm3:0123...", [&session, pinned] { return pin(session, *pinned); });
    rely->add_option("fingerprint", pinned->fingerprint, "SM3 fingerprint of the root certificate")->required();
    rely->add_option("--pin", pinned->pin, "The pin file (default: this machine's)");
}

}  // namespace elic::cli
