#pragma once

#include <catch2/catch.hpp>
#include <map>

#include "elic/trust/genuine_list.h"
#include "elic/trust/rollover.h"
#include "elic/trust/trust_import.h"
#include "trust/trust_bundle.h"
#include "unit/trust/trust_world.h"

namespace elic {

// A province named by a list, a city below it and a county below the city; all invented.

inline std::uint32_t kinds_of(std::initializer_list<SignatureKind> kinds) {
    std::uint32_t bits = 0;
    for (const auto kind : kinds) bits |= 1U << static_cast<unsigned>(kind);
    return bits;
}

inline constexpr std::initializer_list<SignatureKind> every_kind = {
    SignatureKind::payload,      SignatureKind::delegation,   SignatureKind::status_list,
    SignatureKind::status_delta, SignatureKind::genuine_list, SignatureKind::rollover};

inline Uscc province() { return office_code(); }
inline Uscc city() { return uscc_of("11430182MB00TX033"); }
inline Uscc county() { return uscc_of("11430183MB00TX041"); }
inline Uscc stranger() { return other_code(); }

inline IssuingBody body_of(const Uscc& code, const Certificate& certificate,
                           std::initializer_list<SignatureKind> kinds = every_kind) {
    auto entry = listed(certificate);
    entry.kinds = kinds_of(kinds);
    auto given = grant(area_type(), "430100");
    given.rights = 3;
    return {.code = code, .name = "示例机构", .hosts = {}, .certificates = {entry}, .grants = {given}};
}

struct ImportWorld {
    ImportWorld()
        : world(make_world()),
          city_key(certified(world.ca, "CN=TEST city,C=CN")),
          county_key(certified(world.ca, "CN=TEST county,C=CN")) {
        // The province may make everything; the other body of the list, payloads only.
        auto& first = world.body().certificates[0];
        first.kinds = kinds_of(every_kind);
    }

    std::filesystem::path path() const { return folder / "trust"; }
    Status build() {
        std::vector<std::string> warnings;
        return write_trust_folder(world.source, world.ca.key, world.ca.certificate, path(), warnings);
    }
    TrustFolder open() const { return TrustFolder::open(path()).value(); }
    Result<ImportReport> take(const std::vector<Bytes>& files) const {
        ImportFiles named;
        for (const auto& file : files) named.emplace_back("file " + std::to_string(named.size() + 1), file);
        return import_into_trust_folder(named, path());
    }
    /// The refusal; checks that nothing came of it.
    Error refusal(const std::vector<Bytes>& files) const {
        const auto before = contents();
        const auto report = take(files);
        REQUIRE_FALSE(report);
        CHECK(contents() == before);
        CAPTURE(report.error().context);
        CHECK(report.error().context.starts_with("file "));
        return report.error();
    }
    /// Everything in the folder, by name.
    std::map<std::string, Bytes> contents() const {
        std::map<std::string, Bytes> all;
        if (!file_exists(path())) return all;
        for (const auto& item : std::filesystem::recursive_directory_iterator(path())) {
            if (item.is_regular_file()) all[item.path().string()] = read_file(item.path(), 64 << 20).value();
        }
        return all;
    }
    std::filesystem::path file(const std::string& name) const { return path() / "versions" / open().version() / name; }
    /// Puts a file of the folder there by hand, in the place of what it has.
    void put(const std::string& name, BytesView bytes) const {
        const auto place = file(name);
        std::filesystem::remove(place);  // not through the name of the version before
        REQUIRE(make_folders(place.parent_path()));
        REQUIRE(write_file_durably(place, bytes));
    }
    void damage(const std::string& name) const {
        auto bytes = read_file(file(name), 64 << 20).value();
        bytes[bytes.size() / 2] ^= 1;
        put(name, bytes);
    }
    /// What can neither be read nor taken for missing: a folder in the place of a file.
    void block(const std::string& name) const {
        const auto place = file(name);
        std::filesystem::remove(place);
        REQUIRE(make_folders(place));
    }

    Bytes delegation(const Uscc& parent, KeyAndCertificate& signer, const IssuingBody& body,
                     const Certificate& certificate, std::uint64_t number = 1) const {
        const Delegation made{.parent = parent,
                              .number = number,
                              .issued_at = at("2026-11-01T00:00:00+08:00"),
                              .not_before = at("2026-11-01T00:00:00+08:00"),
                              .next_update = at("2027-11-01T00:00:00+08:00"),
                              .previous = {},
                              .body = body,
                              .certificates = {certificate}};
        return sign_object(SignatureKind::delegation, write_delegation(made).value(), signer.key, signer.certificate)
            .value();
    }
    Bytes city_file(std::uint64_t number = 1, const char* name = "示例市") {
        auto body = body_of(city(), city_key.certificate);
        body.name = name;
        return delegation(province(), world.office, body, city_key.certificate, number);
    }
    Bytes county_file(std::uint64_t number = 1) {
        return delegation(city(), city_key, body_of(county(), county_key.certificate), county_key.certificate, number);
    }

    static StatusListContent status(const Uscc& issuer, std::uint64_t number) {
        return {.issuer = issuer,
                .list = 1,
                .number = number,
                .as_of = on_hour(number),
                .next_update = at("2026-12-31"),
                .previous = {},
                .allotted = 10,
                .base = at("2026-11-01T00:00:00+08:00"),
                .entries = {{3, LicenseState::revoked}},
                .changes = {}};
    }
    static Bytes list_file(const StatusListContent& content, KeyAndCertificate& signer) {
        return sign_object(SignatureKind::status_list, write_status_list(content).value(), signer.key,
                           signer.certificate)
            .value();
    }
    static Bytes delta_file(const Uscc& issuer, std::uint64_t number, const Bytes& before, KeyAndCertificate& signer) {
        const StatusDelta delta{.issuer = issuer,
                                .list = 1,
                                .number = number,
                                .as_of = on_hour(number),
                                .next_update = at("2026-12-31"),
                                .previous = sm3(before),
                                .allotted = 10 + number,
                                .changes = {{number, on_hour(number), LicenseState::suspended}}};
        return sign_object(SignatureKind::status_delta, write_status_delta(delta).value(), signer.key,
                           signer.certificate)
            .value();
    }
    static Timestamp on_hour(std::uint64_t hour) {
        const auto begin = at("2026-11-10T00:00:00+08:00").unix_seconds();
        return Timestamp::from_unix(begin + static_cast<std::int64_t>(hour) * 3600).value();
    }

    static Bytes genuine_file(const Uscc& issuer, KeyAndCertificate& signer) {
        const GenuineList list{.issuer = issuer, .as_of = world_time(), .digests = {sm3(as_bytes("one"))}};
        return sign_object(SignatureKind::genuine_list, write_genuine_list(list).value(), signer.key,
                           signer.certificate)
            .value();
    }
    /// From the office's key to a fresh one, for a body.
    Bytes rollover_file(const KeyAndCertificate& fresh, KeyAndCertificate& old, const Uscc& body = province(),
                        Timestamp issued_at = world_time()) const {
        auto new_key = fresh.key;
        const Rollover rollover{.body = body,
                                .old_fingerprint = old.certificate.fingerprint(),
                                .new_certificate = fresh.certificate,
                                .issued_at = issued_at,
                                .from = issued_at};
        return make_rollover(rollover, old.key, old.certificate, new_key).value();
    }
    Bytes revocation_file(const PilotCa& authority, const char* this_update = "2026-11-01T00:00:00+08:00") const {
        const RevocationListPlan plan{.this_update = at(this_update), .next_update = at("2027-01-01")};
        return make_revocation_list(authority, plan).value();
    }

    TemporaryFolder folder;
    TrustWorld world;
    KeyAndCertificate city_key, county_key;
};

inline bool has_line(const ImportReport& report, const std::string& line) {
    return std::find(report.lines.begin(), report.lines.end(), line) != report.lines.end();
}

}  // namespace elic
