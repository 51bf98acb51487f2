#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "elic/base/bytes.h"
#include "elic/base/result.h"
#include "elic/base/timestamp.h"
#include "elic/license/license_state.h"

namespace elic {

/// What is published out of a ledger.
enum class PublicationForm : std::uint8_t {
    list,    ///< the states of all licenses
    delta,   ///< what changed since the publication before
    genuine  ///< the digests of all codes; not numbered
};

/// A publication that was recorded.
struct Publication {
    PublicationForm form = PublicationForm::list;
    std::uint64_t number = 0;  ///< of lists and deltas; 0: a list of genuine issues
    Timestamp as_of;
    std::optional<Timestamp> next_update = {};
    Digest digest{};
};

/// From `effective` on, the license of entry `index` is in `state`.
struct IndexedChange {
    std::uint64_t index = 0;
    Timestamp effective;
    LicenseState state = LicenseState::valid;
    friend bool operator==(const IndexedChange&, const IndexedChange&) = default;
};

/// What the ledger says at one instant, to be published.
struct PublicationBasis {
    std::uint64_t list = 1;
    std::uint64_t number = 0;                    ///< of this publication; 0: a list of genuine issues
    Timestamp as_of;                             ///< no license will be signed at or before it any more
    std::optional<Publication> last = {};        ///< the list or delta before
    std::uint64_t allotted = 0;                  ///< entries given away
    std::optional<Timestamp> first_signed = {};  ///< the earliest signing time
    std::vector<IndexedChange> changes;          ///< all, or (delta) those recorded since `last`; by index, effective
};

/// What was made of it.
struct PublicationFile {
    Digest digest{};                            ///< SM3 of the file
    std::optional<Timestamp> next_update = {};  ///< none: a list of genuine issues
};

/// Makes the file. Must not use the ledger, which waits for it.
using PublicationMaker = std::function<Result<PublicationFile>(const PublicationBasis&)>;

}  // namespace elic
