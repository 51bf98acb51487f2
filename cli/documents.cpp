#include "documents.h"

#include "base/custody.h"
#include "base/file.h"
#include "elic/crypto/private_key.h"
#include "elic/issue/kept_sealer.h"
#include "key_file.h"

namespace elic::cli {

namespace {

/// The key of the seal, kept in `formats`. Null: the office has it elsewhere.
Result<Signer*> open_seal_key(const Office& office, const DocumentOptions& options, OutputFormats& formats) {
    if (!file_exists(office.sealer_key())) return nullptr;
    if (auto fine = check_secret(office.sealer_key()); !fine) return tl::unexpected(fine.error());
    auto key = load_key(office.sealer_key(), options.seal_passphrase);
    if (!key) return tl::unexpected(key.error());
    formats.sealer = std::make_shared<PrivateKey>(std::move(*key));
    return formats.sealer.get();
}

}  // namespace

void DocumentOptions::add_to(Command& command, bool signs) {
    command.add_option("--portraits", portraits,
                       "Folder with the portraits (PNG or JPEG, at most 64 KB) that drafts name by digest; the office "
                       "keeps those it used");
    if (signs) seal_passphrase.add_to(command, "seal");
}

Status prepare_documents(const Office& office, const DocumentOptions& options, Sealing sealing, const Clock& clock,
                         OutputFormats& formats) {
    if (!formats.documents()) return {};
    DocumentPress::Plan plan{.trust = office.trust, .portraits = options.portraits, .kept = office.portraits()};
    if (file_exists(office.seal())) {
        auto seal = read_file(office.seal(), max_seal_file);
        if (!seal) return tl::unexpected(seal.error());
        auto certificate = load_certificate(office.sealer_certificate());
        if (!certificate) return tl::unexpected(certificate.error());
        Signer* signer = nullptr;
        if (sealing == Sealing::anew) {
            auto key = open_seal_key(office, options, formats);
            if (!key) return tl::unexpected(key.error());
            signer = *key;
        }
        auto sealer = open_kept_sealer({.seal = std::move(*seal),
                                        .sealer = *certificate,
                                        .signer = signer,
                                        .kept = office.sealed(),
                                        .clock = clock});
        if (!sealer) return fail_in(office.seal().string(), sealer.error());
        plan.sealer = std::move(*sealer);
    }
    auto press = DocumentPress::open(std::move(plan));
    if (!press) return tl::unexpected(press.error());
    formats.press = std::make_shared<DocumentPress>(std::move(*press));
    return {};
}

}  // namespace elic::cli
