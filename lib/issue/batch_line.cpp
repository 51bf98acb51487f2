#include "issue/batch_line.h"

#include <algorithm>

namespace elic {

bool BatchLine::add(BatchRow row) {
    std::unique_lock lock(access_);
    room_.wait(lock, [&] { return window_.size() < window_size_ || stopped_ || closed_; });
    if (stopped_ || closed_) return false;
    window_.push_back(std::make_unique<WorkingRow>());
    window_.back()->row = std::move(row);
    to_prepare_.push_back(window_.back().get());
    ++preparing_;
    work_.notify_one();
    return true;
}

void BatchLine::end_of_input() {
    const std::lock_guard lock(access_);
    input_ended_ = true;
    ledger_.notify_one();
    answered_.notify_one();
}

WorkingRow* BatchLine::take_work() {
    std::unique_lock lock(access_);
    for (;;) {
        std::deque<WorkingRow*>* queue = &to_draw_;
        if (queue->empty() && !stopped_) queue = to_sign_.empty() ? &to_prepare_ : &to_sign_;
        if (!queue->empty()) {
            auto* row = queue->front();
            queue->pop_front();
            if (queue == &to_draw_) ++drawing_;
            return row;
        }
        if (closed_) return nullptr;
        work_.wait(lock);
    }
}

/// Rows that are answered already need no ledger: they are passed over.
void BatchLine::count_run() {
    const bool none = run_ == 0;
    const auto ready = [&](const WorkingRow& row) {
        return row.stage == RowStage::prepared || row.stage == RowStage::done;
    };
    while (next_ + run_ < window_.size() && ready(*window_[next_ + run_])) ++run_;
    if (none && run_ > 0) run_since_ = Clock::now();
}

void BatchLine::put(WorkingRow& row, RowStage next) {
    const std::lock_guard lock(access_);
    const auto before = row.stage;
    const auto run_before = run_;
    row.stage = next;
    if (before == RowStage::read) --preparing_;
    if (before == RowStage::reserved) --signing_;
    if (before == RowStage::committed) --drawing_;
    switch (next) {
        case RowStage::reserved:
            ++signing_;
            to_sign_.push_back(&row);
            work_.notify_one();
            break;
        case RowStage::signed_:
            if (to_commit_.empty()) commit_since_ = Clock::now();
            to_commit_.push_back(&row);
            break;
        case RowStage::committed:
            to_draw_.push_back(&row);
            work_.notify_one();
            break;
        default:
            break;
    }
    if (before == RowStage::read) count_run();
    // Nobody is woken for one row of many: the ledger's thread only when a group begins (it then waits until that one's
    // patience ends) or is due.
    const bool commit_begun = next == RowStage::signed_ && to_commit_.size() == 1;
    if ((before == RowStage::read && (run_before == 0 || reserve_is_full())) ||
        (before == RowStage::reserved && (commit_begun || commit_is_full()))) {
        ledger_.notify_one();
    }
    // While others of its group are yet to be drawn, one of them will end later and wake the taker.
    const bool front_done = !window_.empty() && window_.front()->stage == RowStage::done;
    if (stopped_ || (front_done && to_draw_.empty())) answered_.notify_one();
}

/// No more rows can join the group, or need to.
bool BatchLine::reserve_is_full() const { return run_ > 0 && (run_ >= group_ || preparing_ == 0); }
bool BatchLine::commit_is_full() const { return !to_commit_.empty() && (to_commit_.size() >= group_ || signing_ == 0); }

bool BatchLine::reserve_is_due(Clock::time_point now) const {
    return reserve_is_full() || (run_ > 0 && now >= run_since_ + patience_);
}

bool BatchLine::commit_is_due(Clock::time_point now) const {
    return commit_is_full() || (!to_commit_.empty() && now >= commit_since_ + patience_);
}

BatchLine::Clock::time_point BatchLine::next_deadline() const {
    auto deadline = Clock::now() + std::chrono::hours(1);
    if (run_ > 0) deadline = std::min(deadline, run_since_ + patience_);
    if (!to_commit_.empty()) deadline = std::min(deadline, commit_since_ + patience_);
    return deadline;
}

BatchLine::LedgerWork BatchLine::take_ledger_work() {
    std::unique_lock lock(access_);
    LedgerWork work;
    for (;;) {
        if (closed_ || stopped_) {
            work.ended = true;
            return work;
        }
        const auto now = Clock::now();
        if (commit_is_due(now)) {
            const auto count = static_cast<std::ptrdiff_t>(std::min(group_, to_commit_.size()));
            work.to_commit.assign(to_commit_.begin(), to_commit_.begin() + count);
            to_commit_.erase(to_commit_.begin(), to_commit_.begin() + count);
            commit_since_ = now;
        }
        if (reserve_is_due(now)) {
            const auto count = std::min(group_, run_);
            for (std::size_t n = next_; n < next_ + count; ++n) {
                if (window_[n]->stage == RowStage::prepared) work.to_reserve.push_back(window_[n].get());
            }
            next_ += count;
            run_ -= count;
            run_since_ = now;
        }
        if (!work.to_commit.empty() || !work.to_reserve.empty()) return work;
        ledger_.wait_until(lock, next_deadline());
    }
}

std::unique_ptr<WorkingRow> BatchLine::take_answered() {
    std::unique_lock lock(access_);
    answered_.wait(lock, [&] {
        const bool front = !window_.empty() && window_.front()->stage == RowStage::done;
        return front || stopped_ || (input_ended_ && window_.empty());
    });
    if (window_.empty() || window_.front()->stage != RowStage::done) {
        // Stopped: what is committed is drawn first, and taken by `drain`.
        if (stopped_) answered_.wait(lock, [&] { return to_draw_.empty() && drawing_ == 0; });
        return nullptr;
    }
    auto row = std::move(window_.front());
    window_.pop_front();
    if (next_ > 0) {
        --next_;
    } else {
        --run_;  // it was answered before the ledger's turn came to pass it over
    }
    // Some room at once, so that the reader is not woken for each row.
    if (window_.size() <= window_size_ - std::max<std::size_t>(1, window_size_ / 8)) room_.notify_one();
    return row;
}

std::unique_ptr<WorkingRow> BatchLine::drain(std::size_t& unfinished) {
    while (!window_.empty()) {
        auto row = std::move(window_.front());
        window_.pop_front();
        if (row->stage == RowStage::done) return row;
        ++unfinished;
    }
    return nullptr;
}

void BatchLine::stop(Error error, const WorkingRow* at) {
    const std::lock_guard lock(access_);
    // Of rows that fail at once the first in their order is told, whoever comes first.
    const auto place = [](const BatchRow& row) { return std::pair(row.input, row.number); };
    const bool before = stopped_at_ && at != nullptr && place(at->row) < place(*stopped_at_);
    if (stopped_ && !before) return;
    stopped_ = std::move(error);
    if (at != nullptr) stopped_at_ = at->row;
    for (auto* each : {&room_, &work_, &ledger_, &answered_}) each->notify_all();
}

bool BatchLine::stopping() const {
    const std::lock_guard lock(access_);
    return stopped_.has_value();
}

void BatchLine::close() {
    const std::lock_guard lock(access_);
    closed_ = true;
    for (auto* each : {&room_, &work_, &ledger_, &answered_}) each->notify_all();
}

}  // namespace elic
