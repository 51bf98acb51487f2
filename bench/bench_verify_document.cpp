// Time to verify an OFD file in process: unpack, parse, digests, seal, certificates, agreement, the document drawn
// again beforehand not counted. Usage: bench_verify_document TRUST_FOLDER PIN_FILE OFD_FILE [CODE_FILE]
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <vector>

#include "base/file.h"
#include "elic/verify/verify_document.h"

int main(int argc, char** argv) {
    using namespace elic;
    using Clock = std::chrono::steady_clock;
    if (argc < 4) return 2;
    const auto trust = TrustFolder::open(argv[1]);
    const auto pins = load_root_pins(argv[2]);
    const auto ofd = read_file(argv[3], 300u << 20);
    if (!trust || !pins || !ofd) return 2;
    FaceReading face;
    face.not_redrawn = "not drawn here";
    if (argc > 4) face.scanned_texts.emplace_back(as_text(read_file(argv[4], 1 << 16).value()));
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    const auto now = Timestamp::from_unix(std::chrono::duration_cast<std::chrono::seconds>(since).count()).value();
    const VerifyContext context{.trust = &*trust, .pins = *pins, .at = now};
    std::vector<double> times;
    for (int n = 0; n < 51; ++n) {
        const auto begin = Clock::now();
        const auto report = verify_document(*ofd, face, context);
        times.push_back(std::chrono::duration<double, std::milli>(Clock::now() - begin).count());
        if (n > 0) continue;
        for (const auto& finding : report.findings()) {
            std::printf("%-28s %s\n", std::string(row_of(finding.code).code).c_str(), finding.detail.c_str());
        }
    }
    std::sort(times.begin(), times.end());
    std::printf("%zu bytes: median %.2f ms, fastest %.2f ms, slowest %.2f ms\n", ofd->size(), times[times.size() / 2],
                times.front(), times.back());
    return 0;
}
