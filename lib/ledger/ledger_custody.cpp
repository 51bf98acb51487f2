#include "ledger/head_file.h"
#include "ledger/ledger_impl.h"

namespace elic {

namespace {

constexpr std::string_view mend =
    ": nothing is issued from it until `elic ledger audit --against CHECKPOINT --adopt` has compared it with its "
    "newest "
    "checkpoint outside, or `elic ledger skip --past N` has passed over all that may have been given away since";

}  // namespace

Ledger::Impl::~Impl() {
    // The only place where this can be done; who is killed before leaves an older head, which holds as well.
    if (wrote && !unknown && !refusal) static_cast<void>(record_head(false));
}

Status Ledger::Impl::may_write() const {
    if (auto fine = usable(); !fine) return fine;
    if (refusal) return fail(Errc::ledger_unusable, *refusal);
    return {};
}

Status Ledger::Impl::check_custody() {
    auto recorded = load_head_file(path);
    if (!recorded) return tl::unexpected(recorded.error());
    auto where = place_text(path, identity);
    if (!where) return tl::unexpected(where.error());
    const auto refuse = [&](const std::string& why) {
        refusal = path.string() + " " + why + std::string(mend);
        return Status();
    };
    if (!*recorded) return refuse("was copied or restored: there is no record beside it of how far it had come");
    const auto& before = **recorded;
    if (before.identity != identity) return refuse("is not the ledger that was here before");
    auto size = number_of("SELECT coalesce(max(number), 0) FROM events", {});
    if (!size) return tl::unexpected(size.error());
    if (before.head.size > static_cast<std::uint64_t>(*size)) {
        return refuse("has " + std::to_string(*size) + " events and had " + std::to_string(before.head.size) +
                      " before: an older copy was put in its place");
    }
    if (before.place != *where) return refuse("was copied, restored or moved to another disk");
    auto root = range_root(0, before.head.size);
    if (!root && root.error().code != Errc::ledger_unusable) return tl::unexpected(root.error());
    if (!root || *root != before.head.root) return refuse("is not what it was when it was last closed");
    return {};
}

Status Ledger::Impl::record_head(bool anew) const {
    auto reading = sqlite::Reading::begin(database.get());
    if (!reading) return tl::unexpected(reading.error());
    auto size = number_of("SELECT coalesce(max(number), 0) FROM events", {});
    if (!size) return tl::unexpected(size.error());
    auto before = load_head_file(path);
    // Another process may have come further.
    if (!anew && before && *before && (*before)->head.size > static_cast<std::uint64_t>(*size)) return {};
    auto root = range_root(0, static_cast<std::uint64_t>(*size));
    if (!root) return tl::unexpected(root.error());
    auto where = place_text(path, identity);
    if (!where) return tl::unexpected(where.error());
    return save_head_file(
        path,
        {.identity = identity, .head = {.size = static_cast<std::uint64_t>(*size), .root = *root}, .place = *where});
}

std::optional<std::string> Ledger::refusal() const { return impl_->refusal; }

Status Ledger::adopt(const Checkpoint& newest) {
    if (auto fine = impl_->usable(); !fine) return fine;
    if (newest.origin.identity != impl_->identity || newest.origin.office != impl_->office) {
        return fail(Errc::bad_argument, "the checkpoint is of another ledger: " + newest.origin.text());
    }
    auto size = impl_->number_of("SELECT coalesce(max(number), 0) FROM events", {});
    if (!size) return tl::unexpected(size.error());
    auto recorded = load_head_file(impl_->path);
    if (!recorded) return tl::unexpected(recorded.error());
    auto furthest = newest.head;
    if (*recorded && (*recorded)->identity == impl_->identity && (*recorded)->head.size > furthest.size) {
        furthest = (*recorded)->head;
    }
    for (const auto& known : {newest.head, furthest}) {
        if (known.size > static_cast<std::uint64_t>(*size)) {
            return fail(Errc::ledger_unusable, "this ledger has " + std::to_string(*size) + " events and had " +
                                                   std::to_string(known.size) +
                                                   ": events are lost, go on with `elic ledger skip --past N`");
        }
        auto root = impl_->range_root(0, known.size);
        if (!root) return tl::unexpected(root.error());
        if (*root != known.root) return fail(Errc::ledger_unusable, "this ledger is not the one that was compared");
    }
    if (auto recorded_now = impl_->record_head(true); !recorded_now) return recorded_now;
    impl_->refusal.reset();
    return {};
}

Status Ledger::record_head() const {
    if (impl_->refusal) return {};
    return impl_->record_head(false);
}

}  // namespace elic
