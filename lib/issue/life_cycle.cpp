#include "elic/issue/life_cycle.h"

#include "issue/succession_draft.h"

namespace elic {

Result<MoveAnswer> move_license(Ledger& ledger, const MoveRequest& request) {
    const auto refuse = [&](std::vector<DraftFault> faults) -> MoveAnswer {
        return Refused{.request = request.request.value_or(""), .faults = std::move(faults)};
    };
    if (auto faults = check_reason(request.reason); !faults.empty()) return refuse(std::move(faults));
    auto record = ledger.move(request);
    if (record) return MoveAnswer(std::move(*record));
    const auto& error = record.error();
    switch (error.code) {
        case Errc::not_found:
        case Errc::illegal_move:
            return refuse({DraftFault{"id", "life-cycle", error.context}});
        case Errc::request_conflict:
            return refuse({DraftFault{"request", "request.conflict", error.context}});
        default:
            return tl::unexpected(error);
    }
}

}  // namespace elic
