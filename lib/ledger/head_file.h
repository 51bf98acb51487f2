#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "elic/base/result.h"
#include "elic/ledger/checkpoint.h"

namespace elic {

/// What lies beside a ledger (`ledger.db-head`): how far it had come when it was last closed, and where the file was.
/// It tells a copy, and an older file put in the place of a newer one, from the ledger itself. docs/format/ledger.md.
struct HeadFile {
    LedgerIdentity identity{};
    merkle::TreeHead head;
    std::string place;  ///< as place_text gives it
    friend bool operator==(const HeadFile&, const HeadFile&) = default;
};

std::filesystem::path head_file_of(const std::filesystem::path& ledger);

/// Inode, birth and machine of the file; the machine only as a digest with the identity. Errors: io.
Result<std::string> place_text(const std::filesystem::path& ledger, const LedgerIdentity& identity);

/// None when it is not there or does not read: either way nothing is known. Errors: io.
Result<std::optional<HeadFile>> load_head_file(const std::filesystem::path& ledger);
/// Durably, readable by its owner only. Errors: io.
Status save_head_file(const std::filesystem::path& ledger, const HeadFile& head);

}  // namespace elic
