#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace elic {

/// In order of severity; the fold of several is their maximum.
enum class Verdict : std::uint8_t { valid, indeterminate, invalid };
std::string_view name_of(Verdict verdict) noexcept;

/// The three questions of a window, and what concerns the check itself.
enum class Question : std::uint8_t { genuine, in_force, authorised, context };
std::string_view name_of(Question question) noexcept;

/// The checks. Those before `test` are mandatory: a report starts with each recorded as "not run".
enum class Check : std::uint8_t {
    form,
    trust,
    signature,
    certificate,
    issuer,
    type,
    authority,
    validity,
    status,
    test,
    holder,
    number,
    delegation,
    clock,
    memory,
    // Of a document; verify_document records each as "not run" first.
    package,
    document,
    signatures,
    digests,
    coverage,
    seal_form,
    signed_digest,
    seal_signature,
    seal_maker,
    seal_validity,
    signer_list,
    sealer,
    sealer_chain,
    maker_chain,
    seal_copy,
    time_stamp,
    seal_issuer,
    metadata,
    text_layer,
    face
};
inline constexpr int checks = 35;
inline constexpr int mandatory_checks = 9;
inline constexpr Check first_document_check = Check::package;
std::string_view name_of(Check check) noexcept;
/// The question that a check belongs to.
Question question_of(Check check) noexcept;

/// Everything a verifier can say; stable numbers, append only (finding_codes.def).
enum class FindingCode : std::uint16_t {
#define ELIC_FINDING(number, name, code, question, check, verdict, clause, zh, en) name = number,
#include "elic/verify/finding_codes.def"
#undef ELIC_FINDING
};

/// The row of a finding code.
struct FindingRow {
    FindingCode number;
    std::string_view code;  ///< "signature.ok"
    Question question;
    Check check;
    Verdict verdict;
    std::string_view clause;
    std::string_view zh;
    std::string_view en;
};

const FindingRow& row_of(FindingCode code) noexcept;
std::span<const FindingRow> finding_rows() noexcept;

/// One thing that was looked at and what came of it.
struct Finding {
    FindingCode code;
    Check check;         ///< row's check, but for "check.not_run"
    std::string detail;  ///< escaped, one line; may be empty

    Verdict verdict() const noexcept { return row_of(code).verdict; }
    friend bool operator==(const Finding&, const Finding&) = default;
};

}  // namespace elic
