#include <catch2/catch.hpp>
#include <iostream>

#include "fault/account.h"
#include "fault/faulty_vfs.h"
#include "unit/base/temporary_folder.h"

using namespace elic;
using namespace elic::fault;

namespace {

const std::set<std::string> requests = {"a", "b", "c", "d"};

/// An issuing desk that meets trouble: it opens, issues, closes in the middle, opens again. On an error it tries once
/// more with what it has, and opens the ledger again when it is told to. Notes what it was told.
class Desk {
public:
    explicit Desk(std::filesystem::path file) : file_(std::move(file)) {}

    Account run() {
        int done = 0;
        for (const auto& request : requests) {
            if (done++ == 2) ledger_.reset();
            for (int attempt = 0; attempt < 2 && !issue(request, attempt); ++attempt) {
            }
        }
        return told_;
    }

private:
    bool open() {
        if (ledger_) return true;
        auto ledger = Ledger::open(file_);
        if (ledger) ledger_.emplace(std::move(*ledger));
        return ledger_.has_value();
    }

    bool failed(const Error& error) {
        if (error.code == Errc::ledger_state_unknown) {
            auto refused = ledger_->reserve(ask("another"));
            REQUIRE_FALSE(refused);
            REQUIRE(refused.error().code == Errc::ledger_state_unknown);
            ledger_.reset();
        } else {
            REQUIRE((error.code == Errc::io || error.code == Errc::ledger_unusable));
        }
        return false;
    }

    bool issue(const std::string& request, int attempt) {
        if (!open()) return false;
        auto reserved = ledger_->reserve(ask(request, R"({"number":"1"})", attempt));
        if (!reserved) return failed(reserved.error());
        const auto [at, first] = told_.reserved.emplace(request, reserved->reservation);
        if (!first) REQUIRE(at->second.id == reserved->reservation.id);
        auto entry = ledger_->commit(reserved->reservation, request + std::to_string(attempt), "{}");
        if (!entry) return failed(entry.error());
        told_.issued[request] = entry->payload;
        return true;
    }

    std::filesystem::path file_;
    std::optional<Ledger> ledger_;
    Account told_;
};

/// As Desk, but its requests are reserved and committed in groups. What was answered of a group holds, all of it.
class GroupDesk {
public:
    explicit GroupDesk(std::filesystem::path file) : file_(std::move(file)) {}

    Account run() {
        const std::vector<std::vector<std::string>> groups = {{"a", "b", "a"}, {"c", "d", "b"}};
        for (const auto& group : groups) {
            for (int attempt = 0; attempt < 2 && !issue(group, attempt); ++attempt) {
            }
            ledger_.reset();
        }
        return told_;
    }

private:
    bool failed(const Error& error) {
        if (error.code == Errc::ledger_state_unknown) {
            auto refused = ledger_->commit_many({});
            REQUIRE_FALSE(refused);
            REQUIRE(refused.error().code == Errc::ledger_state_unknown);
            ledger_.reset();
        } else {
            REQUIRE((error.code == Errc::io || error.code == Errc::ledger_unusable));
        }
        return false;
    }

    bool issue(const std::vector<std::string>& group, int attempt) {
        if (!ledger_) {
            auto ledger = Ledger::open(file_);
            if (!ledger) return false;
            ledger_.emplace(std::move(*ledger));
        }
        std::vector<ReserveRequest> asked;
        for (const auto& request : group) asked.push_back(ask(request, R"({"number":"1"})", attempt));
        auto reserved = ledger_->reserve_many(asked, [](std::size_t, const Reservation&) { return Status(); });
        if (!reserved) return failed(reserved.error());
        std::vector<std::string> payloads;
        for (std::size_t n = 0; n < group.size(); ++n) {
            const auto& answer = (*reserved)[n];
            REQUIRE(answer);
            const auto [at, first] = told_.reserved.emplace(group[n], answer->reservation);
            if (!first) REQUIRE(at->second.id == answer->reservation.id);
            payloads.push_back(group[n] + std::to_string(attempt));
        }
        std::vector<GroupLicense> licenses;
        for (std::size_t n = 0; n < group.size(); ++n) {
            licenses.push_back({.reservation = (*reserved)[n]->reservation, .payload = payloads[n], .license = "{}"});
        }
        auto entries = ledger_->commit_many(licenses);
        if (!entries) return failed(entries.error());
        for (std::size_t n = 0; n < group.size(); ++n) {
            REQUIRE((*entries)[n]);
            const auto& first = *(*entries)[n];
            told_.issued.emplace(group[n], first ? first->payload : payloads[n]);
        }
        return true;
    }

    std::filesystem::path file_;
    std::optional<Ledger> ledger_;
    Account told_;
};

struct Plan {
    Trouble trouble;
    Effect effect;
    bool die_before_cut;         ///< the process alone dies first; work goes on before the power is cut
    std::optional<Remains> cut;  ///< the power is cut at the end
};

std::string name_of(const Plan& plan) {
    std::string name = plan.trouble == Trouble::death ? "from the operation on nothing works" : "one operation fails";
    name += plan.effect == Effect::done ? ", it happened all the same" : ", it did not happen";
    if (plan.die_before_cut) name += ", the process dies, another works on";
    if (plan.cut) {
        name += ", power cut leaves ";
        name += *plan.cut == Remains::synced    ? "what was synced"
                : *plan.cut == Remains::written ? "what was written"
                                                : "torn files";
    }
    return name;
}

/// A fresh ledger without its costs: one is made, all others are copies.
class Template {
public:
    Template() {
        arm(0, Trouble::one_failure, Effect::none);
        REQUIRE(Ledger::create(folder_ / "ledger.db", 1));
    }
    std::filesystem::path copy() {
        const auto folder = folder_.path() / "run";
        std::filesystem::remove_all(folder);
        std::filesystem::create_directory(folder);
        std::filesystem::copy_file(folder_ / "ledger.db", folder / "ledger.db");
        arm(0, Trouble::one_failure, Effect::none);
        adopt_copy(folder / "ledger.db");
        return folder / "ledger.db";
    }

private:
    TemporaryFolder folder_;
};

void merge(Account& told, Account later) {
    told.reserved.merge(later.reserved);
    told.issued.merge(later.issued);
}

/// One run with trouble at operation n. False when the run had fewer operations.
template <class AnyDesk>
bool run_once(Template& fresh, const Plan& plan, std::uint64_t n) {
    const auto file = fresh.copy();
    arm(n, plan.trouble, plan.effect);
    auto told = AnyDesk(file).run();
    const bool met = fired();
    if (plan.die_before_cut) {
        revive();
        merge(told, AnyDesk(file).run());
    }
    if (plan.cut) {
        cut_power(*plan.cut, static_cast<std::uint32_t>(n));
    } else {
        revive();
    }
    check_ledger(file, told);
    finish(file, requests, told);
    return met;
}

std::vector<Plan> all_plans() {
    const std::optional<Remains> no_cut;
    std::vector<Plan> plans;
    for (auto effect : {Effect::none, Effect::done}) {
        plans.push_back({Trouble::one_failure, effect, false, no_cut});
        plans.push_back({Trouble::one_failure, effect, false, Remains::synced});
        plans.push_back({Trouble::death, effect, false, no_cut});
        plans.push_back({Trouble::death, effect, false, Remains::synced});
        plans.push_back({Trouble::death, effect, false, Remains::torn});
        plans.push_back({Trouble::death, effect, true, Remains::synced});
    }
    return plans;
}

template <class AnyDesk>
void run_all(const std::vector<Plan>& plans, std::uint64_t fewest) {
    install_faulty_vfs();
    Template fresh;
    for (const auto& plan : plans) {
        std::uint64_t n = 1;
        for (;; ++n) {
            INFO(name_of(plan) << ": operation " << n);
            if (!run_once<AnyDesk>(fresh, plan, n)) break;
        }
        CHECK(n > fewest);  // the run has writes, syncs and checkpoints to fail
        std::cout << name_of(plan) << ": " << n - 1 << " places\n";
    }
}

}  // namespace

TEST_CASE("Whatever operation fails, nothing answered is lost and nothing is issued twice") {
    run_all<Desk>(all_plans(), 50);
}

TEST_CASE("Whatever operation fails in a group, nothing answered is lost and nothing is issued twice") {
    // What a power cut leaves is shown above; here, what an error, and a death in the middle, leave of a group.
    run_all<GroupDesk>({{Trouble::one_failure, Effect::none, false, {}},
                        {Trouble::one_failure, Effect::done, false, Remains::synced},
                        {Trouble::death, Effect::none, false, Remains::torn},
                        {Trouble::death, Effect::done, true, Remains::synced}},
                       50);
}

TEST_CASE("A ledger whose making failed is not there, and can be made again") {
    install_faulty_vfs();
    for (auto effect : {Effect::none, Effect::done}) {
        for (std::uint64_t n = 1;; ++n) {
            INFO("operation " << n);
            TemporaryFolder folder;
            arm(n, Trouble::one_failure, effect);
            auto made = Ledger::create(folder / "ledger.db", 3);
            const bool met = fired();
            revive();
            if (!made) {
                REQUIRE(met);
                CHECK(folder.count() == 0);
                REQUIRE(Ledger::create(folder / "ledger.db", 3));
            }
            auto ledger = Ledger::open(folder / "ledger.db");
            REQUIRE(ledger);
            CHECK(ledger->office() == 3);
            CHECK(ledger->reserve(ask("a")));
            if (!met) {
                CHECK(n > 5);
                break;
            }
        }
    }
}

TEST_CASE("A power cut while a ledger is made leaves a ledger or none, and never a lost one") {
    install_faulty_vfs();
    for (auto remains : {Remains::synced, Remains::written, Remains::torn}) {
        for (std::uint64_t n = 1;; ++n) {
            INFO("operation " << n << ", remains " << static_cast<int>(remains));
            TemporaryFolder folder;
            arm(n, Trouble::death, Effect::none);
            const auto file = folder / "ledger.db";
            const bool made = Ledger::create(file, 3).has_value();
            const bool met = fired();
            cut_power(remains, static_cast<std::uint32_t>(n));
            auto ledger = Ledger::open(file);
            INFO((ledger ? std::string("opened") : ledger.error().context));
            if (made) {
                REQUIRE(ledger);
                REQUIRE(ledger->reserve(ask("a")));
            }
            if (!ledger) CHECK(ledger.error().code == Errc::ledger_unusable);
            if (!met) break;
        }
    }
}
