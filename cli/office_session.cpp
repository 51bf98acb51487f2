#include "office_session.h"

#include "base/custody.h"
#include "base/file.h"
#include "elic/base/assert.h"
#include "elic/crypto/fast_signer.h"
#include "key_file.h"

namespace elic::cli {

namespace {

Result<Secret> passphrase_for(const Office& office, const PassphraseOptions& options) {
    if (office.signer_command) return Secret();
    auto pem = read_file(office.key(), max_key_file);
    if (!pem) return tl::unexpected(pem.error());
    const bool needed = PrivateKey::is_encrypted(*pem);
    wipe(pem->data(), pem->size());
    return options.read(needed, office.key().string());
}

}  // namespace

Result<SigningOffice> open_for_signing(const std::filesystem::path& folder, const PassphraseOptions& options) {
    auto office = open_office(folder);
    if (!office) return tl::unexpected(office.error());
    auto passphrase = passphrase_for(*office, options);
    if (!passphrase) return tl::unexpected(passphrase.error());
    auto signer = open_signer(*office, passphrase->view());
    if (!signer) return tl::unexpected(signer.error());
    return SigningOffice{.office = std::move(*office), .signer = std::move(*signer)};
}

Result<OfficeSession> open_for_issuing(const std::filesystem::path& folder, const PassphraseOptions& options,
                                       const Clock& clock) {
    auto opened = open_for_signing(folder, options);
    if (!opened) return tl::unexpected(opened.error());
    const auto own = opened->office.pins();
    const auto file = file_exists(own) ? own : machine_pin_file();
    if (auto fine = check_custody(file, Owner::anyone); !fine) return tl::unexpected(fine.error());
    auto pins = load_root_pins(file);
    if (!pins) return tl::unexpected(pins.error());
    auto issuer = Issuer::open(opened->office, *opened->signer, *pins, clock);
    if (!issuer) return tl::unexpected(issuer.error());
    return OfficeSession{.office = std::move(opened->office),
                         .signer = std::move(opened->signer),
                         .issuer = std::make_unique<Issuer>(std::move(*issuer))};
}

Result<std::unique_ptr<Signer>> another_signer(const OfficeSession& work, Signing signing) {
    if (const auto& command = work.office.signer_command) {
        if (signing == Signing::fast)
            return fail(Errc::bad_argument, "--fast-signing: the office signs with a command, which has its own speed");
        return make_command_signer(*command, work.office.certificate.public_key());
    }
    const auto* key = dynamic_cast<const PrivateKey*>(work.signer.get());
    ELIC_ASSERT(key != nullptr);  // open_signer knows no third kind
    if (signing == Signing::fast) return make_fast_signer(*key);
    return std::unique_ptr<Signer>(std::make_unique<PrivateKey>(*key));
}

}  // namespace elic::cli
