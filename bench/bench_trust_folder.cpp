#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <string>
#include <vector>

#include "base/file.h"
#include "elic/crypto/pilot_ca.h"
#include "elic/trust/trust_folder.h"
#include "elic/trust/trust_import.h"
#include "elic/trust/trust_source.h"
#include "elic/verify/verify_payload.h"
#include "support/bench_code.h"

// A trust folder of 10,000 delegated bodies and 1,000 status lists: what opening it and finding one body and its status
// costs, with the index and without, and what a whole check costs. Everything is made up; keys are TEST.
// Usage: bench_trust_folder [--keep DIR]
// With --keep DIR has trust/, trust.pin and code.txt, for timing the command line (--at 2026-11-25).

namespace {

using namespace elic;
using Steady = std::chrono::steady_clock;

constexpr int body_count = 10000;
constexpr int status_count = 1000;
constexpr int runs = 20;

double milliseconds_since(Steady::time_point start) {
    return std::chrono::duration<double, std::milli>(Steady::now() - start).count();
}

Timestamp at(const char* text) { return Timestamp::parse(text).value(); }

/// The n-th invented code: check characters computed.
Uscc code_of(int n) {
    char digits[16];
    std::snprintf(digits, sizeof digits, "MB%06d", n);
    const std::string head = std::string("11430100") + digits + organisation_check_character(digits);
    for (char c : std::string("0123456789ABCDEFGHJKLMNPQRTUWXY")) {
        if (auto code = Uscc::parse(head + c)) return *code;
    }
    std::abort();
}

IssuingBody body_of(const Uscc& code, const Certificate& certificate) {
    const auto type = LicenseTypeCode::parse(bench::code_type).value();
    return {.code = code,
            .name = "示例机构",
            .hosts = {},
            .certificates = {{.fingerprint = certificate.fingerprint(),
                              .from = certificate.not_before(),
                              .until = {},
                              .kinds = (1U << signature_kinds) - 1 - 2}},
            .grants = {{.type = type,
                        .areas = {AreaCode::parse("000000").value()},
                        .from = Date::parse("2026-01-01").value(),
                        .until = {},
                        .rights = 3}}};
}

struct World {
    PilotCa ca = make_pilot_ca(at("2026-01-01")).value();
    PrivateKey key = PrivateKey::generate().value();
    Certificate parent = certified(key, 0);

    Certificate certified(const PrivateKey& of, int n) const {
        const auto request = make_certificate_request(of, "CN=TEST " + std::to_string(n) + ",C=CN").value();
        return certify(ca, request, CertificatePurpose::issuing, at("2026-01-01")).value();
    }
};

/// Every body has a certificate of its own; the last one's is what is sought.
Certificate add_delegations(World& world, ImportFiles& files) {
    Certificate last = world.parent;
    for (int n = 1; n <= body_count; ++n) {
        last = world.certified(world.key, n);
        const Delegation delegation{.parent = code_of(0),
                                    .number = 1,
                                    .issued_at = at("2026-11-01"),
                                    .not_before = at("2026-11-01"),
                                    .next_update = at("2027-11-01"),
                                    .previous = {},
                                    .body = body_of(code_of(n), last),
                                    .certificates = {last}};
        auto content = write_delegation(delegation).value();
        files.emplace_back("delegation",
                           sign_object(SignatureKind::delegation, std::move(content), world.key, world.parent).value());
    }
    return last;
}

void add_status(World& world, ImportFiles& files) {
    for (int n = 0; n < status_count; ++n) {
        StatusListContent list{.issuer = code_of(body_count - n),
                               .list = 1,
                               .number = 1,
                               .as_of = at("2026-11-20"),
                               .next_update = at("2026-12-20"),
                               .previous = {},
                               .allotted = 10000,
                               .base = at("2026-11-01"),
                               .entries = {},
                               .changes = {}};
        for (std::uint64_t index = 0; index < list.allotted; index += 100) {
            list.entries.push_back({.index = index, .state = LicenseState::cancelled});
        }
        auto content = write_status_list(list).value();
        files.emplace_back(
            "status", sign_object(SignatureKind::status_list, std::move(content), world.key, world.parent).value());
    }
}

void print(const char* what, std::vector<double> times) {
    std::sort(times.begin(), times.end());
    std::printf("%-34s median %7.2f ms, worst %7.2f ms\n", what, times[times.size() / 2], times.back());
}

/// Opens, finds the body of a key and its status: what a check reads of the folder.
void measure(const char* what, const std::filesystem::path& folder, const Certificate& sought, int times) {
    std::vector<double> taken;
    for (int run = 0; run < times; ++run) {
        const auto start = Steady::now();
        const auto trust = TrustFolder::open(folder).value();
        const auto bodies = trust.bodies_with_key(key_hint(sought.fingerprint())).value();
        if (bodies.size() != 1 || !trust.status(bodies[0].body.code, 1) ||
            trust.bodies(bodies[0].delegation->delegation.parent).value().size() != 1) {
            std::abort();
        }
        taken.push_back(milliseconds_since(start));
    }
    print(what, std::move(taken));
}

/// Opens and verifies one license, strictly: delegation, status list and all.
void measure_check(const std::filesystem::path& folder, const std::string& text, const RootPins& pins) {
    std::vector<double> taken;
    for (int run = 0; run < runs; ++run) {
        const auto start = Steady::now();
        const auto trust = TrustFolder::open(folder).value();
        const auto report = verify_payload(text, {.trust = &trust, .pins = pins, .at = at("2026-11-25")});
        taken.push_back(milliseconds_since(start));
        if (report.verdict() == Verdict::valid) continue;
        std::printf("%s\n", to_json(report, false).c_str());
        std::abort();
    }
    print("open and verify one license", std::move(taken));
}

/// The built-in packs, which licenses name.
void add_packs(TrustSource& source) {
    const auto packs = TypePacks::builtin();
    for (const auto& entry : packs.list()) {
        const auto pack = packs.load(entry.code, entry.version).value();
        const PackEntry listed{pack->digest, entry.code, entry.version, pack->name, pack->words};
        source.content.packs.push_back(listed);
        source.pack_files.emplace_back(listed, packs.file(entry.code, entry.version).value());
    }
}

}  // namespace

int main(int argc, char** argv) {
    const bool keep = argc == 3 && std::strcmp(argv[1], "--keep") == 0;
    if (argc != 1 && !keep) return 2;
    const auto base =
        keep ? std::filesystem::path(argv[2]) : std::filesystem::temp_directory_path() / "elic-bench-trust-folder";
    const auto folder = base / "trust";
    if (!keep) std::filesystem::remove_all(base);
    World world;
    TrustSource source{.content = {.number = 1,
                                   .issued_at = at("2026-11-01"),
                                   .not_before = at("2026-11-01"),
                                   .next_update = at("2027-11-01"),
                                   .previous = {},
                                   .roots = {world.ca.certificate.fingerprint()},
                                   .intermediates = {},
                                   .packs = {},
                                   .bodies = {body_of(code_of(0), world.parent)}},
                       .certificates = {world.ca.certificate, world.parent},
                       .pack_files = {}};
    add_packs(source);
    std::vector<std::string> warnings;
    if (!write_trust_folder(source, world.ca.key, world.ca.certificate, folder, warnings)) return 2;
    ImportFiles files;
    const auto sought = add_delegations(world, files);
    add_status(world, files);
    auto start = Steady::now();
    const auto report = import_into_trust_folder(files, folder);
    if (!report) {
        std::printf("%s\n", report.error().context.c_str());
        return 2;
    }
    std::printf("%d delegations and %d status lists taken in: %.1f s\n", body_count, status_count,
                milliseconds_since(start) / 1000);
    start = Steady::now();
    const auto bundle = export_trust_folder(folder, nullptr, nullptr).value();
    std::printf("exported: %zu bytes, %.1f s\n", bundle.size(), milliseconds_since(start) / 1000);
    measure("open, find body, parent and status", folder, sought, runs);
    const auto text = bench::make_code({.issuer = body_of(code_of(body_count), sought),
                                        .certificate = sought,
                                        .key = world.key,
                                        .at = at("2026-11-15"),
                                        .index = 1});
    if (!text) {
        std::printf("%s\n", text.error().context.c_str());
        return 2;
    }
    const auto pins = RootPins::of({world.ca.certificate.fingerprint()});
    measure_check(folder, *text, pins);
    if (keep) {
        const bool kept = add_root_pin(base / "trust.pin", pins.pins.front(), "TEST root of a bench").has_value() &&
                          write_file_durably(base / "code.txt", as_bytes(*text)).has_value();
        return kept ? 0 : 2;
    }
    std::filesystem::remove_all(folder / "versions" / report->version / "index");
    measure("the same without the index", folder, sought, 3);
    std::filesystem::remove_all(base);
    return 0;
}
