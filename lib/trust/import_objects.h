#pragma once

#include <optional>
#include <string>
#include <vector>

#include "elic/trust/trust_import.h"
#include "trust/import_state.h"

namespace elic {

/// A file to take in, told apart by its bytes.
struct Incoming {
    std::string name;                   ///< for messages
    std::optional<std::string> stated;  ///< its name inside a bundle: must be the one that its content gives it
    Bytes bytes;
};

/// The files by what they are; bundles are taken apart.
struct IncomingFiles {
    std::vector<Incoming> certificates, packs, lists, delegations, rollovers, status, genuine, revocations;
    std::vector<std::string> notes;  ///< who vouches for a bundle
};

/// Errors: malformed_trust (nothing that a trust folder holds), newer_format, limit_exceeded: with the file's name.
Result<IncomingFiles> sort_out(const ImportFiles& files);

/// Each takes its files into the state after all checks. What is there already, byte for byte, goes into `unchanged`.
/// Errors: those of import_into_trust_folder.
struct ImportStep {
    ImportState& state;
    std::vector<std::string>& unchanged;

    Status take_lists(const std::vector<Incoming>& files) const;
    Status take_delegations(const std::vector<Incoming>& files) const;
    Status take_rollovers(const std::vector<Incoming>& files) const;
    Status take_status(const std::vector<Incoming>& files) const;
    Status take_genuine(const std::vector<Incoming>& files) const;
    Status take_revocations(const std::vector<Incoming>& files) const;
    Status take_certificates(const std::vector<Incoming>& files) const;
    Status take_packs(const std::vector<Incoming>& files) const;

    /// False when the same bytes are there. Errors: malformed_trust (a bundle has it under another name).
    Result<bool> is_new(const Incoming& file, const std::string& name, std::size_t limit) const;
};

/// The refusal that names the file.
tl::unexpected<Error> refuse(const Incoming& file, Errc code, const std::string& what);
tl::unexpected<Error> refuse_older(const Incoming& file, const std::string& kind, std::uint64_t number,
                                   std::uint64_t there);

/// A certificate with which one of these bodies may sign this kind, named by a list or delegation or come by a
/// roll-over, under which the object's signature holds. Errors: not_found (with the mend), malformed_trust (the
/// signature does not hold).
Result<Certificate> find_signer(const ImportState& state, const Incoming& file, const SignedObject& object,
                                const std::vector<Uscc>& bodies);

/// A body, all above it, and its successors: who may publish for it.
std::vector<Uscc> publishers_for(const ImportState& state, const Uscc& body);

}  // namespace elic
