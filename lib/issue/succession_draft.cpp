#include "issue/succession_draft.h"

#include "base/text.h"
#include "codec/json.h"

namespace elic {

namespace {

constexpr std::size_t max_reason_characters = 500;

/// Number and serial, as far as the draft leaves them to the predecessor.
Status keep_number(LicenseDraft& draft, const LedgerEntry& previous) {
    const auto& serial = previous.reservation.id.serial();
    if (draft.serial && *draft.serial != serial) return {};
    auto license = read_json(previous.license);
    if (!license || !license->is_object() || !(*license)["number"].is_string()) {
        return fail(Errc::ledger_unusable, "ledger: a stored license is damaged");
    }
    const auto number = (*license)["number"].get<std::string>();
    if (draft.number.empty()) draft.number = number;
    if (draft.number == number) draft.serial = serial;
    return {};
}

}  // namespace

std::vector<DraftFault> check_reason(const std::string& reason) {
    if (reason.empty()) return {DraftFault{"reason", "required", "say why: it stays in the ledger"}};
    if (auto clean = check_text(reason); !clean) return {DraftFault{"reason", "characters", clean.error().context}};
    if (count_characters(reason) > max_reason_characters) {
        return {DraftFault{"reason", "length", "at most " + std::to_string(max_reason_characters) + " characters"}};
    }
    return {};
}

Result<FollowingDraft> follow_predecessor(const LicenseDraft& said, const Succession& succession,
                                          const Ledger& ledger) {
    FollowingDraft following{.draft = said, .faults = check_reason(succession.reason)};
    auto& faults = following.faults;
    if (said.previous != succession.previous) {
        faults.push_back({"previous", "life-cycle",
                          "the draft names another predecessor than " + succession.previous.text() + ": leave it out"});
    }
    if (said.type != succession.previous.type()) {
        faults.push_back({"type", "life-cycle",
                          "what is renewed, corrected or transferred keeps its type, " +
                              succession.previous.type().text() + ": issue another type by itself"});
    }
    if (succession.kind == SuccessionKind::transfer_in && succession.effective) {
        faults.push_back({"effective", "life-cycle", "a license transferred in counts from its own dates"});
    }
    auto previous = ledger.find(succession.previous);
    if (!previous) {
        if (previous.error().code != Errc::not_found) return tl::unexpected(previous.error());
        if (succession.kind != SuccessionKind::transfer_in) {
            faults.push_back({"previous", "life-cycle", previous.error().context});
        }
        return following;
    }
    if (succession.kind == SuccessionKind::transfer_in) return following;
    if (auto kept = keep_number(following.draft, *previous); !kept) return tl::unexpected(kept.error());
    return following;
}

}  // namespace elic
