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
bool run_once(Template& fresh, const Plan& plan, std::uint64_t n) {
    const auto file = fresh.copy();
    arm(n, plan.trouble, plan.effect);
    auto told = Desk(file).run();
    const bool met = fired();
    if (plan.die_before_cut) {
        revive();
        merge(told, Desk(file).run());
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

}  // namespace

TEST_CASE("Whatever operation fails, nothing answered is lost and nothing is issued twice") {
    install_faulty_vfs();
    Template fresh;
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
    for (const auto& plan : plans) {
        std::uint64_t n = 1;
        for (;; ++n) {
            INFO(name_of(plan) << ": operation " << n);
            if (!run_once(fresh, plan, n)) break;
        }
        CHECK(n > 50);  // the run has writes, syncs and checkpoints to fail
        std::cout << name_of(plan) << ": " << n - 1 << " places\n";
    }
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
