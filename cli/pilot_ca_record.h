#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "elic/crypto/pilot_ca.h"

namespace elic::cli {

/// What a pilot CA revoked, DIR/revoked.json: it goes into every list from then on.
struct PilotCaRecord {
    std::int64_t last_list = 0;  ///< number of the last revocation list made
    std::vector<RevokedCertificate> revoked = {};
};

/// An empty record when there is no file. Errors: io, malformed_json, malformed_value.
Result<PilotCaRecord> load_record(const std::filesystem::path& folder);
Status save_record(const std::filesystem::path& folder, const PilotCaRecord& record);

/// The words of --reason.
const std::vector<std::string>& reason_words();
/// Errors: bad_argument.
Result<RevocationReason> parse_reason(const std::string& word);

/// Adds an entry. Of one that is there already only more is learnt: that the key is in other hands. Errors:
/// already_exists.
Status revoke(PilotCaRecord& record, const RevokedCertificate& revoked);

}  // namespace elic::cli
