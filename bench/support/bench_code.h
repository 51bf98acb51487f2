#pragma once

#include <string>

#include "elic/payload/payload.h"
#include "elic/trust/issuing_body.h"
#include "issue/built_license.h"
#include "payload/claims.h"

namespace elic::bench {

inline constexpr const char* code_type = "11100000000013338W032";

/// Whose license a bench makes.
struct CodeWish {
    const IssuingBody& issuer;
    const Certificate& certificate;
    PrivateKey& key;
    Timestamp at;
    std::uint64_t index;  ///< in status list 1
};

/// A qualification for special work, as a code's text.
inline Result<std::string> make_code(const CodeWish& wish) {
    const auto pack = TypePacks::builtin().load_newest(LicenseTypeCode::parse(code_type).value()).value();
    const auto today = wish.at.day();
    const auto end = Date::from_days(today.days_since_2000() + 700).value();
    const auto reading = read_license_draft(
        R"({"type": "11100000000013338W032", "request": "BENCH", "number": "湘A012026990001",
            "holder": {"name": "陈示范", "code_type": "111", "code": "430199197911090035"}, "issued_on": ")" +
        today.format() + R"(", "valid_from": ")" + today.format() + R"(", "valid_until": ")" + end.format() +
        R"(", "face": {"操作类别": "建筑电工", "初次领证日期": "2019-05-12"}})");
    if (!reading.draft) {
        return fail(Errc::draft_refused, reading.faults.front().field + ": " + reading.faults.front().mend);
    }
    auto built = build_license(
        *reading.draft, {.pack = *pack, .issuer = wish.issuer.code, .issuer_name = wish.issuer.name, .now = wish.at});
    if (!built.license) return fail(Errc::draft_refused, built.faults.front().field + ": " + built.faults.front().mend);
    // The number carries the serial; in the office it is the ledger that puts it into the identifier.
    auto id = LicenseId::make(built.license->id.type(), wish.issuer.code, built.serial.value_or("1"), 1);
    if (!id) return tl::unexpected(id.error());
    built.license->id = *id;
    built.license->signed_at = wish.at;
    built.license->status = {.list = 1, .index = wish.index};
    auto claims = write_claims(*built.license, *pack);
    if (!claims) return tl::unexpected(claims.error());
    auto payload = sign_payload(std::move(*claims), key_hint(wish.certificate.fingerprint()), wish.key);
    if (!payload) return tl::unexpected(payload.error());
    return write_payload(*payload);
}

}  // namespace elic::bench
