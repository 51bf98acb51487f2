#include "elic/issue/batch.h"

#include <algorithm>
#include <thread>
#include <utility>

#include "issue/batch_line.h"

// Threads: one reads, one owns the ledger, `jobs` work; the caller's takes the answers.

namespace elic {

namespace {

class Batch {
public:
    Batch(Issuer::Impl& issuer, const BatchPlan& plan)
        : issuer_(issuer),
          plan_(plan),
          steps_(*issuer.rules, issuer.clock, plan),
          groups_(issuer),
          line_(std::max<std::size_t>(1, plan.group), plan.window, plan.patience),
          name_warning_(std::exchange(issuer.name_warning, {})) {}

    BatchSummary run(const std::vector<std::unique_ptr<Signer>>& signers) {
        std::thread reader([this] { read(); });
        std::thread writer([this] { own_ledger(); });
        std::vector<std::thread> workers;
        workers.reserve(signers.size());
        for (const auto& signer : signers) workers.emplace_back([this, &signer] { work(*signer); });
        while (auto row = line_.take_answered()) hand_over(*row);
        if (!line_.stopping()) line_.close();
        if (line_.stopping() && plan_.stopped) plan_.stopped();
        writer.join();
        // Stopped: the writer may have committed a group since the answers were last waited for.
        while (auto row = line_.take_answered()) hand_over(*row);
        line_.close();
        for (auto& worker : workers) worker.join();
        reader.join();
        while (auto row = line_.drain(summary_.unfinished)) hand_over(*row);
        return conclude();
    }

private:
    void step(std::string_view name) const {
        if (plan_.at) plan_.at(name);
    }

    void read() {
        for (;;) {
            auto row = plan_.next();
            if (!row) {
                read_failure_ = row.error();
                break;
            }
            if (!*row || !line_.add(std::move(**row))) break;
        }
        line_.end_of_input();
    }

    void work(Signer& signer) {
        while (auto* row = line_.take_work()) {
            auto done = work_on(*row, signer);
            if (!done) line_.stop(done.error(), row);
        }
    }

    Status work_on(WorkingRow& row, Signer& signer) {
        switch (row.stage) {
            case RowStage::read: {
                if (auto done = steps_.prepare(row); !done) return done;
                line_.put(row, row.answer ? RowStage::done : RowStage::prepared);
                return {};
            }
            case RowStage::reserved: {
                if (auto done = steps_.sign(row, signer); !done) return done;
                step("signed");
                line_.put(row, row.answer ? RowStage::done : RowStage::signed_);
                return {};
            }
            default: {
                auto done = steps_.answer(row);
                if (plan_.output) step("written");
                if (!done) row.answer = done.error();
                // The license stands; but a disk that is full is full for the next one too.
                if (row.output_failed) done = tl::unexpected(*row.output_failed);
                if (!done) line_.stop(done.error(), &row);
                line_.put(row, RowStage::done);
                return {};
            }
        }
    }

    void own_ledger() {
        for (;;) {
            const auto work = line_.take_ledger_work();
            if (work.ended) return;
            if (!work.to_commit.empty() && !commit(work.to_commit)) return;
            if (!work.to_reserve.empty() && !reserve(work.to_reserve)) return;
        }
    }

    bool commit(const std::vector<WorkingRow*>& rows) {
        step("committing");
        WorkingRow* at = nullptr;
        if (auto done = groups_.commit(rows, at); !done) {
            line_.stop(done.error(), at);
            return false;
        }
        step("committed");
        for (auto* row : rows) line_.put(*row, row->answered() ? RowStage::done : RowStage::committed);
        return true;
    }

    bool reserve(const std::vector<WorkingRow*>& rows) {
        step("reserving");
        WorkingRow* at = nullptr;
        auto done = plan_.dry ? groups_.check(rows, at) : groups_.reserve(rows, at);
        step("reserved");
        if (!done) {
            line_.stop(done.error(), at);
            return false;
        }
        for (auto* row : rows) {
            const bool there = row->entry || (row->answer && !row->answered());
            line_.put(*row, row->answered() || plan_.dry ? RowStage::done
                            : there                      ? RowStage::committed
                                                         : RowStage::reserved);
        }
        return true;
    }

    void hand_over(WorkingRow& row) {
        if (auto* issued = std::get_if<Issued>(&*row.answer)) {
            if (!name_warning_.empty()) issued->warnings.push_back(std::exchange(name_warning_, {}));
            ++(row.output_failed ? summary_.unwritten : issued->again ? summary_.again : summary_.issued);
        } else {
            ++(std::holds_alternative<Refused>(*row.answer) ? summary_.refused : summary_.troubled);
        }
        if (answer_failure_) return;
        auto taken = plan_.answer({.row = std::move(row.row),
                                   .answer = std::move(*row.answer),
                                   .output = std::move(row.output),
                                   .output_failed = std::move(row.output_failed)});
        if (taken) return;
        answer_failure_ = taken.error();
        line_.stop(taken.error(), nullptr);
    }

    BatchSummary conclude() {
        issuer_.name_warning = std::move(name_warning_);
        summary_.stopped = line_.stopped() ? line_.stopped() : read_failure_;
        summary_.stopped_at = line_.stopped_at();
        return std::move(summary_);
    }

    Issuer::Impl& issuer_;
    const BatchPlan& plan_;
    RowSteps steps_;
    GroupSteps groups_;
    BatchLine line_;
    std::string name_warning_;
    BatchSummary summary_;
    std::optional<Error> read_failure_, answer_failure_;
};

}  // namespace

Result<BatchSummary> issue_batch(Issuer& issuer, const BatchPlan& plan) {
    const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
    std::vector<std::unique_ptr<Signer>> signers;
    for (unsigned n = 0; n < (plan.jobs != 0 ? plan.jobs : cores); ++n) {
        auto signer = plan.signer();
        if (!signer) return tl::unexpected(signer.error());
        signers.push_back(std::move(*signer));
    }
    return Batch(issuer.impl(), plan).run(signers);
}

}  // namespace elic
