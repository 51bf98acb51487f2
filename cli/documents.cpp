#include "documents.h"

#include "base/file.h"
#include "drawing_library.h"
#include "elic/crypto/private_key.h"
#include "elic/issue/kept_sealer.h"
#include "key_file.h"
#include "picture_library.h"

namespace elic::cli {

namespace {

Result<Secret> seal_passphrase_for(const Office& office, const DocumentOptions& options) {
    if (office.sealer_command || !file_exists(office.sealer_key())) return Secret();
    auto pem = read_file(office.sealer_key(), max_key_file);
    if (!pem) return tl::unexpected(pem.error());
    const bool needed = PrivateKey::is_encrypted(*pem);
    wipe(pem->data(), pem->size());
    return options.seal_passphrase.read(needed, office.sealer_key().string());
}

/// Who signs for the seal, kept in `formats`. Null: the office has neither key nor command for it here.
Result<Signer*> open_seal_signer(const Office& office, const DocumentOptions& options, OutputFormats& formats) {
    auto passphrase = seal_passphrase_for(office, options);
    if (!passphrase) return tl::unexpected(passphrase.error());
    auto signer = open_sealer(office, passphrase->view());
    if (!signer) return tl::unexpected(signer.error());
    formats.sealer = std::move(*signer);
    return formats.sealer.get();
}

}  // namespace

void DocumentOptions::add_to(Command& command, bool signs) {
    command.add_option("--portraits", portraits,
                       "Folder with the portraits (PNG or JPEG, at most 64 KB) that drafts name by digest; the office "
                       "keeps those it used");
    if (signs) seal_passphrase.add_to(command, "seal");
}

Status prepare_drawing(const Office& office, const DocumentOptions& options, Sealing sealing, const Clock& clock,
                       OutputFormats& formats) {
    if (formats.png || formats.svg) {
        if (auto pictures = picture_library(); !pictures) return tl::unexpected(pictures.error());
    }
    if (!formats.documents()) return {};
    DocumentPress::Plan plan{.trust = office.trust, .portraits = options.portraits, .kept = office.portraits()};
    if (file_exists(office.seal())) {
        auto seal = read_file(office.seal(), max_seal_file);
        if (!seal) return tl::unexpected(seal.error());
        auto certificate = load_certificate(office.sealer_certificate());
        if (!certificate) return tl::unexpected(certificate.error());
        Signer* signer = nullptr;
        if (sealing == Sealing::anew) {
            auto opened = open_seal_signer(office, options, formats);
            if (!opened) return tl::unexpected(opened.error());
            signer = *opened;
        }
        auto sealer = open_kept_sealer({.seal = std::move(*seal),
                                        .sealer = *certificate,
                                        .signer = signer,
                                        .kept = office.sealed(),
                                        .clock = clock});
        if (!sealer) return fail_in(office.seal().string(), sealer.error());
        plan.sealer = std::move(*sealer);
    }
    auto draws = drawing_library();
    if (!draws) return tl::unexpected(draws.error());
    auto press = (*draws)->open_press(std::move(plan));
    if (!press) return tl::unexpected(press.error());
    formats.press = std::move(*press);
    return {};
}

}  // namespace elic::cli
