#include "base/file.h"
#include "elic/crypto/pilot_ca.h"
#include "elic/crypto/private_key.h"
#include "key_file.h"
#include "session.h"

namespace elic::cli {

namespace {

struct KeyOptions {
    std::string out, key, subject;
    bool plain = false;
    PassphraseOptions passphrase;
};

int make_key(Session& session, const KeyOptions& options) {
    Secret passphrase;
    if (!options.plain) {
        auto given = options.passphrase.read_new();
        if (!given) return session.console.fail(given.error());
        passphrase = std::move(*given);
    }
    auto key = PrivateKey::generate();
    if (!key) return session.console.fail(key.error());
    auto pem = options.plain ? key->to_plain_pem() : key->to_encrypted_pem(passphrase.view());
    if (!pem) return session.console.fail(pem.error());
    const auto written = create_file_durably(options.out, *pem, FileAccess::owner_only);
    wipe(pem->data(), pem->size());
    if (!written) return session.console.fail(written.error());
    session.console.data(options.out);
    if (options.plain) session.console.hint("this key has no passphrase: whoever reads the file can sign");
    return exit_done;
}

int make_request(Session& session, const KeyOptions& options) {
    auto key = load_key(options.key, options.passphrase);
    if (!key) return session.console.fail(key.error());
    auto request = make_certificate_request(*key, options.subject);
    if (!request) return session.console.fail(request.error());
    // Never over a file that is there: it might be the key.
    if (auto written = create_file_durably(options.out, *request); !written)
        return session.console.fail(written.error());
    session.console.data(options.out);
    return exit_done;
}

}  // namespace

void add_key(Command& app, Session& session) {
    auto* group = app.add_subcommand("key", "Make SM2 keys and certificate requests");
    group->require_subcommand();
    auto fresh = std::make_shared<KeyOptions>();
    auto* make = add_command(*group, session, "new", "Make a private key (PKCS#8, PEM)",
                             "elic key new --out office.key.pem --passphrase-file pass.txt",
                             [&session, fresh] { return make_key(session, *fresh); });
    make->add_option("--out", fresh->out, "The key file to create; never overwritten")->required();
    auto* plain = make->add_flag("--allow-plaintext-key", fresh->plain, "Write the key without a passphrase");
    for (auto* passphrase : fresh->passphrase.add_to(*make)) passphrase->excludes(plain);
    auto asked = std::make_shared<KeyOptions>();
    auto* request =
        add_command(*group, session, "request", "Make a certificate request (PKCS#10, PEM) for a key",
                    "elic key request --key office.key.pem --subject 'CN=TEST office,O=TEST,C=CN' --out office.req.pem",
                    [&session, asked] { return make_request(session, *asked); });
    request->add_option("--key", asked->key, "The private key")->required();
    request->add_option("--subject", asked->subject, "The subject, comma-separated: CN=...,O=...,C=CN")->required();
    request->add_option("--out", asked->out, "The request file")->required();
    asked->passphrase.add_to(*request);
}

}  // namespace elic::cli
