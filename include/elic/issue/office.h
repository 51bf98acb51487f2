#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "elic/base/bytes.h"
#include "elic/base/result.h"
#include "elic/crypto/certificate.h"
#include "elic/crypto/signer.h"
#include "elic/license/uscc.h"
#include "elic/trust/root_pins.h"

namespace elic {

/// An issuing office: a folder with `office.json`, `ledger.db`, `certificate.pem` and, unless a command signs,
/// `key.pem` (0600). Paths in office.json are relative to the folder, so that it can move.
struct Office {
    std::filesystem::path folder;
    Uscc issuer;
    std::string name;  ///< of the issuing authority, as the trust list has it
    int number = 1;    ///< 1..999
    Certificate certificate;
    std::filesystem::path trust;                ///< the trust folder, absolute
    std::optional<std::string> signer_command;  ///< of "exec:CMD"
    std::optional<std::string> sealer_command;  ///< of "exec:CMD": signs for the seal, in place of sealer.key.pem
    bool test = false;  ///< made with --test: its trust list's root is pinned from `pin`, not from the machine
    std::filesystem::path ledger() const { return folder / "ledger.db"; }
    std::filesystem::path key() const { return folder / "key.pem"; }
    std::filesystem::path pins() const { return folder / "trust.pin"; }
    std::filesystem::path seal() const { return folder / "seal.esl"; }  ///< there when the office has a seal
    std::filesystem::path sealer_certificate() const { return folder / "sealer.pem"; }
    std::filesystem::path sealer_key() const { return folder / "sealer.key.pem"; }  ///< 0600; not with a command
    std::filesystem::path sealed() const { return folder / "sealed"; }        ///< what is kept of each seal signature
    std::filesystem::path portraits() const { return folder / "portraits"; }  ///< those that licenses show
};

/// What an office seals documents with: seal.esl, sealer.pem, and sealer.key.pem in its folder or a command that signs.
struct OfficeSeal {
    Bytes seal;
    Certificate sealer;
    Bytes key_pem = {};                       ///< empty when a command signs
    std::optional<std::string> command = {};  ///< of "exec:CMD"
};

/// What `elic office new` is told.
struct OfficePlan {
    std::filesystem::path folder;
    Uscc issuer;
    std::string name;
    int number = 1;
    Bytes key_pem;  ///< empty when a command signs
    Certificate certificate;
    std::filesystem::path trust;
    std::optional<std::string> signer_command;
    bool test = false;
    std::optional<OfficeSeal> seal = {};  ///< that it names the sealer is for the caller to see
    RootPins pins = {};                   ///< its own, written to trust.pin; none: it relies on the machine's
};

/// Makes the folder (0700), last of all office.json; everything is checked before anything is written, and what fails
/// can be tried again. The key is copied as it is (encrypted or plain), readable by its owner only. Errors:
/// already_exists, bad_argument (a plain key that is not the certificate's; an encrypted one is compared when it is
/// opened; a network file system), those of TrustFolder::open, malformed_key, io.
Result<Office> create_office(const OfficePlan& plan);

/// Errors: not_found (no office.json: "run elic office new"), unsafe_file (others can write it, its ledger, key,
/// certificate or pins, or the folder), malformed_json, malformed_certificate.
Result<Office> open_office(const std::filesystem::path& folder);

/// Who signs for the seal of an office: its command, or its key file opened with the passphrase. Null: neither is
/// there, what was sealed before can be put together again. Errors: as open_signer.
Result<std::unique_ptr<Signer>> open_sealer(const Office& office, BytesView passphrase);

/// The signer of an office: its key file opened with the passphrase, or its command. Errors: as PrivateKey::from_pem;
/// unsafe_file when others can read or write the key file.
Result<std::unique_ptr<Signer>> open_signer(const Office& office, BytesView passphrase);

}  // namespace elic
