// A trust folder of 10,000 bodies: time to open it and verify one license, in one process.
// Usage: bench_verify_large [--keep DIR]
// With --keep the folder stays in DIR: trust/, trust.pin and code.txt (the license's text), for timing the command
// line.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <string>
#include <vector>

#include "base/file.h"
#include "elic/crypto/pilot_ca.h"
#include "elic/crypto/sm3.h"
#include "elic/trust/trust_folder.h"
#include "elic/trust/trust_source.h"
#include "elic/verify/verify_payload.h"
#include "support/bench_code.h"

namespace {

using namespace elic;
using Clock = std::chrono::steady_clock;

constexpr int body_count = 10000;
constexpr int runs = 21;

double milliseconds_since(Clock::time_point start) {
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

/// The system's time: the command line judges the folder by it.
Timestamp now() {
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return Timestamp::from_unix(std::chrono::duration_cast<std::chrono::seconds>(since).count()).value();
}

/// The n-th invented body's code; the check character is found by trying.
Uscc code_of(int n) {
    char text[24];
    std::snprintf(text, sizeof text, "11%06d%09d", 110000 + n % 50000, n);
    for (char c : std::string("0123456789ABCDEFGHJKLMNPQRTUWXY")) {
        if (auto code = Uscc::parse(std::string(text) + c)) return *code;
    }
    return Uscc::parse("11430199MB00TX017C").value();
}

struct World {
    PilotCa ca;
    PrivateKey key;
    Certificate certificate;
    TrustSource source;
};

IssuingBody invented_body(int n, Timestamp from, const TypePacks& packs) {
    IssuingBody body{.code = code_of(n), .name = "示例第" + std::to_string(n) + "号行政审批局", .hosts = {}};
    body.certificates.push_back(
        {.fingerprint = sm3(as_bytes("body " + std::to_string(n))), .from = from, .until = {}, .kinds = 1});
    const auto listed = packs.list();
    for (int i = 0; i < 3; ++i) {
        const auto& granted = listed[static_cast<std::size_t>(n + i) % listed.size()].code;
        body.grants.push_back({granted, {AreaCode::parse("430100").value()}, from.day(), {}});
    }
    return body;
}

World make_world() {
    const auto from = Timestamp::from_unix(now().unix_seconds() - 10 * 86400).value();
    auto ca = make_pilot_ca(from).value();
    auto key = PrivateKey::generate().value();
    const auto request = make_certificate_request(key, "CN=TEST bench office,O=elic TEST,C=CN").value();
    auto certificate = certify(ca, request, CertificatePurpose::issuing, from).value();
    TrustListContent content{.number = 1,
                             .issued_at = from,
                             .not_before = from,
                             .next_update = Timestamp::from_unix(now().unix_seconds() + 365 * 86400).value(),
                             .previous = {},
                             .roots = {ca.certificate.fingerprint()},
                             .intermediates = {},
                             .packs = {},
                             .bodies = {}};
    TrustSource source{.content = content, .certificates = {ca.certificate, certificate}, .pack_files = {}};
    const auto packs = TypePacks::builtin();
    for (const auto& entry : packs.list()) {
        const auto pack = packs.load(entry.code, entry.version).value();
        const PackEntry listed{pack->digest, entry.code, entry.version, pack->name, pack->words};
        source.content.packs.push_back(listed);
        source.pack_files.emplace_back(listed, packs.file(entry.code, entry.version).value());
    }
    for (int n = 0; n < body_count; ++n) source.content.bodies.push_back(invented_body(n, from, packs));
    auto& office = source.content.bodies[body_count / 2];
    office.certificates.front().fingerprint = certificate.fingerprint();
    office.grants = {
        {LicenseTypeCode::parse(bench::code_type).value(), {AreaCode::parse("000000").value()}, from.day(), {}}};
    return {std::move(ca), std::move(key), std::move(certificate), std::move(source)};
}

void print(const char* what, std::vector<double> times) {
    std::sort(times.begin(), times.end());
    std::printf("%-24s median %.1f ms, min %.1f, max %.1f\n", what, times[times.size() / 2], times.front(),
                times.back());
}

int measure(const std::filesystem::path& folder, const std::string& text, const RootPins& pins) {
    std::vector<double> opening, whole;
    for (int run = 0; run < runs; ++run) {
        const auto start = Clock::now();
        const auto trust = TrustFolder::open(folder / "trust");
        if (!trust) return 2;
        opening.push_back(milliseconds_since(start));
        const auto report = verify_payload(
            text, {.trust = &*trust, .pins = pins, .at = now(), .policy = {.allow_missing_status = true}});
        whole.push_back(milliseconds_since(start));
        if (report.verdict() == Verdict::valid) continue;
        for (const auto& finding : report.findings()) {
            const auto& row = row_of(finding.code);
            std::printf("%s %s\n", std::string(row.code).c_str(), finding.detail.c_str());
        }
        return 2;
    }
    std::size_t list_bytes = 0;
    for (const auto& file : std::filesystem::directory_iterator(folder / "trust/versions/000001/lists")) {
        list_bytes += static_cast<std::size_t>(file.file_size());
    }
    std::printf("%d bodies, list of %zu bytes\n", body_count, list_bytes);
    print("open", opening);
    print("open and verify", whole);
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    const bool keep = argc == 3 && std::strcmp(argv[1], "--keep") == 0;
    if (argc != 1 && !keep) return 2;
    const std::filesystem::path folder =
        keep ? std::filesystem::path(argv[2])
             : std::filesystem::temp_directory_path() / ("elic-bench-" + std::to_string(now().unix_seconds()));
    auto world = make_world();
    std::vector<std::string> warnings;
    const auto pins = RootPins::of({world.ca.certificate.fingerprint()});
    auto text = bench::make_code({.issuer = world.source.content.bodies[body_count / 2],
                                  .certificate = world.certificate,
                                  .key = world.key,
                                  .at = now(),
                                  .index = 1});
    auto written = write_trust_folder(world.source, world.ca.key, world.ca.certificate, folder / "trust", warnings);
    int status = 2;
    if (!text) {
        std::printf("%s\n", text.error().context.c_str());
    } else if (!written) {
        std::printf("%s\n", written.error().context.c_str());
    } else if (add_root_pin(folder / "trust.pin", pins.pins.front(), "TEST root of a bench") &&
               write_file_durably(folder / "code.txt", as_bytes(*text))) {
        status = measure(folder, *text, pins);
    }
    if (!keep) std::filesystem::remove_all(folder);
    return status;
}
