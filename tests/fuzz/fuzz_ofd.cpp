#include <algorithm>

#include "elic/base/assert.h"
#include "elic/document/ofd_signatures.h"
#include "elic/verify/verify_document.h"

// The input is a package, or its parts as "path\ncontent" with a NUL between: so that a change of a byte reaches the
// XML.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const elic::VerifyContext context{.at = elic::Timestamp::parse("2026-11-26T09:00:00+08:00").value()};
    std::vector<elic::Part> parts;
    for (auto rest = elic::as_text({bytes, size}); !rest.empty() && parts.size() < 64;) {
        const auto piece = rest.substr(0, rest.find('\0'));
        const auto line = piece.find('\n');
        if (line == std::string_view::npos) break;
        const auto content = elic::as_bytes(piece.substr(line + 1));
        parts.push_back({.path = std::string(piece.substr(0, line)), .content = {content.begin(), content.end()}});
        rest.remove_prefix(std::min(rest.size(), piece.size() + 1));
    }
    const elic::OfdPackage package(std::move(parts));
    if (const auto document = elic::read_ofd_document(package)) (void)elic::read_ofd_signatures(package, *document);
    const auto report = elic::verify_document({bytes, size}, {}, context);
    ELIC_ASSERT(report.verdict() != elic::Verdict::valid);  // without a code and a trust folder nothing is
    return 0;
}
