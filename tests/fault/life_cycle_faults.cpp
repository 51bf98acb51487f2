#include <catch2/catch.hpp>
#include <iostream>

#include "base/hex.h"
#include "fault/faulty_vfs.h"
#include "ledger/life_cycle.h"

using namespace elic;
using namespace elic::fault;

namespace {

/// What was answered to somebody who renews, moves and publishes.
struct Answers {
    std::optional<LicenseId> first, second;
    std::optional<std::string> renewed;   ///< payload of the second
    std::optional<MoveRecord> suspended;  ///< of the second
    std::vector<Publication> published;   ///< files that were given out
};

/// Issues a license, renews it, suspends the new one, publishes; opens the ledger again when it is told to. Each step
/// is tried twice, and given up for this run.
class Clerk {
public:
    explicit Clerk(std::filesystem::path file) : file_(std::move(file)) {}

    Answers run(Answers before) {
        told_ = std::move(before);
        twice(&Clerk::issue);
        twice(&Clerk::renew);
        ledger_.reset();
        twice(&Clerk::suspend);
        twice(&Clerk::publish);
        return told_;
    }

private:
    void twice(bool (Clerk::*step)()) {
        for (int attempt = 0; attempt < 2; ++attempt) {
            if (open() && (this->*step)()) return;
        }
    }
    bool open() {
        if (ledger_) return true;
        auto ledger = Ledger::open(file_);
        if (ledger) ledger_.emplace(std::move(*ledger));
        return ledger_.has_value();
    }
    bool failed(const Error& error) {
        INFO(error.context);
        if (error.code == Errc::ledger_state_unknown) {
            ledger_.reset();
        } else {
            REQUIRE((error.code == Errc::io || error.code == Errc::ledger_unusable));
        }
        return false;
    }
    std::optional<LicenseId> commit(const ReserveRequest& request, std::string* payload) {
        auto reserved = ledger_->reserve(request);
        if (!reserved) {
            failed(reserved.error());
            return {};
        }
        auto entry = ledger_->commit(reserved->reservation, "by " + std::to_string(++tries_), "{}");
        if (!entry) {
            failed(entry.error());
            return {};
        }
        if (payload != nullptr) *payload = entry->payload;
        return entry->reservation.id;
    }
    bool issue() {
        told_.first = commit(ask("a"), nullptr);
        return told_.first.has_value();
    }
    bool renew() {
        if (!told_.first) return true;
        std::string payload;
        auto id = commit(follow(*told_.first, "b"), &payload);
        if (!id) return false;
        if (told_.renewed) REQUIRE(*told_.renewed == payload);
        told_.second = id;
        told_.renewed = payload;
        return true;
    }
    bool suspend() {
        if (!told_.second) return true;
        auto record = ledger_->move({.id = *told_.second,
                                     .move = LifeCycleMove::suspend,
                                     .reason = "because",
                                     .request = "m",
                                     .at = a_time(200)});
        if (!record) return failed(record.error());
        if (told_.suspended) REQUIRE(told_.suspended->number == record->number);
        told_.suspended = *record;
        return true;
    }
    bool publish() {
        auto made = ledger_->publish(PublicationForm::list, a_time(300),
                                     [&](const PublicationBasis& basis) -> Result<PublicationFile> {
                                         Digest digest{};
                                         digest[0] = static_cast<std::uint8_t>(++tries_);
                                         digest[1] = static_cast<std::uint8_t>(basis.number);
                                         return PublicationFile{.digest = digest, .next_update = a_time(90000)};
                                     });
        if (!made) return failed(made.error());
        told_.published.push_back(*made);
        return true;
    }

    std::filesystem::path file_;
    std::optional<Ledger> ledger_;
    Answers told_;
    int tries_ = 0;
};

/// Nothing that was answered is lost; a renewal and the replacing are there together or not at all.
void check(const std::filesystem::path& file, const Answers& told) {
    {
        auto ledger = Ledger::open(file);
        REQUIRE(ledger);
        if (told.first) REQUIRE(ledger->find(*told.first));
        if (told.renewed) REQUIRE(ledger->find(*told.second)->payload == *told.renewed);
        if (told.suspended) REQUIRE(ledger->moves_of(*told.second)->front().number == told.suspended->number);
    }
    REQUIRE(ask_sql(file, "SELECT count(*) = ifnull(max(number), 0) FROM events") == "1");
    const auto renewals = ask_sql(file, "SELECT count(*) FROM licenses WHERE change = 'renew'");
    REQUIRE(ask_sql(file, "SELECT count(*) FROM events WHERE kind = 'moved' AND move = 'replace'") == renewals);
    for (const auto& publication : told.published) {
        REQUIRE(ask_sql(file, "SELECT digest FROM events WHERE publication = " + std::to_string(publication.number)) ==
                to_hex(publication.digest));
    }
    REQUIRE(ask_sql(file, "SELECT count(*) = count(DISTINCT publication) FROM events WHERE kind = 'published'") == "1");
}

struct Plan {
    Trouble trouble;
    Effect effect;
    std::optional<Remains> cut;
};

bool run_once(const std::filesystem::path& fresh, const Plan& plan, std::uint64_t n) {
    TemporaryFolder folder;
    const auto file = folder / "ledger.db";
    std::filesystem::copy_file(fresh, file);
    arm(0, Trouble::one_failure, Effect::none);
    adopt_copy(file);
    arm(n, plan.trouble, plan.effect);
    auto told = Clerk(file).run({});
    const bool met = fired();
    if (plan.cut) {
        cut_power(*plan.cut, static_cast<std::uint32_t>(n));
    } else {
        revive();
    }
    check(file, told);
    told = Clerk(file).run(told);  // without trouble: all is finished, nothing is done twice
    check(file, told);
    REQUIRE(told.second);
    REQUIRE(told.suspended);
    REQUIRE_FALSE(told.published.empty());
    REQUIRE(ask_sql(file, "SELECT count(*) FROM licenses") == "2");
    REQUIRE(ask_sql(file, "SELECT group_concat(move) FROM events WHERE kind = 'moved'") == "replace,suspend");
    REQUIRE(ask_sql(file, "PRAGMA integrity_check") == "ok");
    return met;
}

}  // namespace

TEST_CASE(
    "Whatever operation fails, a renewal replaces or is not there, no move is lost or done twice, no number is "
    "published twice") {
    install_faulty_vfs();
    TemporaryFolder folder;
    arm(0, Trouble::one_failure, Effect::none);
    REQUIRE(Ledger::create(folder / "ledger.db", 1));
    const std::optional<Remains> no_cut;
    std::vector<Plan> plans;
    for (auto effect : {Effect::none, Effect::done}) {
        plans.push_back({Trouble::one_failure, effect, no_cut});
        plans.push_back({Trouble::one_failure, effect, Remains::synced});
        plans.push_back({Trouble::death, effect, no_cut});
        plans.push_back({Trouble::death, effect, Remains::synced});
        plans.push_back({Trouble::death, effect, Remains::torn});
    }
    for (const auto& plan : plans) {
        std::uint64_t n = 1;
        for (;; ++n) {
            INFO("trouble " << static_cast<int>(plan.trouble) << ", effect " << static_cast<int>(plan.effect)
                            << ", cut " << (plan.cut ? static_cast<int>(*plan.cut) : -1) << ": operation " << n);
            if (!run_once(folder / "ledger.db", plan, n)) break;
        }
        CHECK(n > 40);
        std::cout << "life cycle: " << n - 1 << " places\n";
    }
}
