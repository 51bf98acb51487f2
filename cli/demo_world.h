#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "elic/issue/issuer.h"
#include "elic/trust/root_pins.h"
#include "elic/trust/trust_folder.h"

namespace elic::cli {

/// Everything that `elic demo` sets up: DIR/ca, DIR/trust, DIR/trust.pin, DIR/office. Keys are new, subjects (or who
/// vouches for them) say TEST.
struct DemoWorld {
    TrustFolder trust;
    RootPins pins;
    Office office;
    std::unique_ptr<Signer> signer;
    std::unique_ptr<Issuer> issuer;
    std::vector<LicenseDraft> drafts;  ///< the samples, dated from today
};

/// Errors: already_exists (DIR holds an office), io, ...
Result<DemoWorld> make_demo_world(const std::filesystem::path& folder, const Clock& clock);

}  // namespace elic::cli
