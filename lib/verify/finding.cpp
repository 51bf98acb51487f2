#include "elic/verify/finding.h"

#include <array>

#include "elic/base/assert.h"

namespace elic {

namespace {

constexpr FindingRow rows[] = {
#define ELIC_FINDING(number, name, code, question, check, verdict, clause, zh, en) \
    {FindingCode::name, code, Question::question, Check::check, Verdict::verdict, clause, zh, en},
#include "elic/verify/finding_codes.def"
#undef ELIC_FINDING
};

}  // namespace

std::string_view name_of(Verdict verdict) noexcept {
    constexpr std::string_view names[] = {"valid", "indeterminate", "invalid"};
    return names[static_cast<std::size_t>(verdict)];
}

std::string_view name_of(Question question) noexcept {
    constexpr std::string_view names[] = {"genuine", "in_force", "authorised", "context"};
    return names[static_cast<std::size_t>(question)];
}

std::string_view name_of(Check check) noexcept {
    constexpr std::string_view names[checks] = {
        "form",          "trust",          "signature",  "certificate",   "issuer",      "type",       "authority",
        "validity",      "status",         "test",       "holder",        "number",      "delegation", "clock",
        "memory",        "package",        "document",   "signatures",    "digests",     "coverage",   "seal_form",
        "signed_digest", "seal_signature", "seal_maker", "seal_validity", "signer_list", "sealer",     "sealer_chain",
        "maker_chain",   "seal_copy",      "time_stamp", "seal_issuer",   "metadata",    "text_layer", "face"};
    return names[static_cast<std::size_t>(check)];
}

Question question_of(Check check) noexcept {
    if (check >= first_document_check) return Question::genuine;
    switch (check) {
        case Check::form:
        case Check::trust:
        case Check::signature:
        case Check::certificate:
        case Check::issuer:
        case Check::holder:
        case Check::number:
        case Check::delegation:
            return Question::genuine;
        case Check::type:
        case Check::authority:
            return Question::authorised;
        case Check::validity:
        case Check::status:
        case Check::clock:
            return Question::in_force;
        case Check::test:
        case Check::memory:
        default:
            break;
    }
    return Question::context;
}

const FindingRow& row_of(FindingCode code) noexcept {
    for (const auto& row : rows) {
        if (row.number == code) return row;
    }
    assertion_failed("a finding code outside the table", __FILE__, __LINE__);
}

std::span<const FindingRow> finding_rows() noexcept { return rows; }

}  // namespace elic
