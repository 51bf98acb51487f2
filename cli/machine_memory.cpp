#include "machine_memory.h"

#include "base/text.h"

namespace elic::cli {

MachineMemory::MachineMemory(Console& console) : console_(console), file_(machine_file("seen")) {
    if (file_.empty()) return;
    auto state = load_seen_state(file_);
    if (state) {
        state_ = std::move(*state);
        return;
    }
    console_.complain(escape_for_output(state.error().context) + ": lists are not compared with earlier ones");
    file_.clear();
}

void MachineMemory::take(const Report& report) {
    if (file_.empty()) return;
    auto seen = report.seen();
    if (report.test()) seen.newest_time.reset();
    auto state = state_.value_or(SeenState());
    if (!state.merge(seen)) return;
    if (auto saved = save_seen_state(file_, state); !saved) {
        console_.complain("what was seen cannot be kept: " + escape_for_output(saved.error().context));
        file_.clear();
        return;
    }
    state_ = std::move(state);
}

}  // namespace elic::cli
