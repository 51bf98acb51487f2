#pragma once

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>

#include "issue/batch_row.h"

namespace elic {

/// Where the rows of a batch stand, and who is to take which next: the one thing that its threads share. Rows that a
/// thread has taken are its own until it puts them back.
class BatchLine {
public:
    using Clock = std::chrono::steady_clock;

    BatchLine(std::size_t group, std::size_t window, std::chrono::milliseconds patience)
        : group_(group), window_size_(std::max(window, group)), patience_(patience) {}

    // The reader.
    bool add(BatchRow row);  ///< waits for room; false: stop reading
    void end_of_input();

    // Workers: the row that is furthest on goes first, so that what was begun is ended.
    WorkingRow* take_work();  ///< waits; null: no more
    void put(WorkingRow& row, RowStage next);

    // The thread of the ledger.
    struct LedgerWork {
        std::vector<WorkingRow*> to_reserve;  ///< the next ones in the order of the rows
        std::vector<WorkingRow*> to_commit;
        bool ended = false;
    };
    LedgerWork take_ledger_work();  ///< waits until a group is there, or no more can join it, or patience ends

    // Whoever takes the answers, in the order of the rows.
    std::unique_ptr<WorkingRow> take_answered();  ///< waits; null: all are taken, or stopped
    /// After it stopped and all threads ended: the next that has its answer; counts the others.
    std::unique_ptr<WorkingRow> drain(std::size_t& unfinished);

    /// Nothing new begins. The first reason counts, or that of the row before it. What is committed is still drawn.
    void stop(Error error, const WorkingRow* at);
    bool stopping() const;
    /// Everybody's waiting ends.
    void close();

    const std::optional<Error>& stopped() const { return stopped_; }
    const std::optional<BatchRow>& stopped_at() const { return stopped_at_; }

private:
    void count_run();
    bool reserve_is_full() const;
    bool commit_is_full() const;
    bool reserve_is_due(Clock::time_point now) const;
    bool commit_is_due(Clock::time_point now) const;
    Clock::time_point next_deadline() const;

    const std::size_t group_, window_size_;
    const Clock::duration patience_;

    mutable std::mutex access_;
    std::condition_variable room_, work_, ledger_, answered_;
    std::deque<std::unique_ptr<WorkingRow>> window_;  ///< in the order of the rows, from the first not taken
    std::deque<WorkingRow*> to_prepare_, to_sign_, to_draw_, to_commit_;
    std::size_t next_ = 0;       ///< in the window: the first that was not given to the ledger to reserve
    std::size_t run_ = 0;        ///< rows from there on that can be given
    std::size_t preparing_ = 0;  ///< rows that may still join those
    std::size_t signing_ = 0;    ///< rows that may still join to_commit_
    std::size_t drawing_ = 0;    ///< taken to be drawn
    Clock::time_point run_since_, commit_since_;
    bool input_ended_ = false, closed_ = false;
    std::optional<Error> stopped_;
    std::optional<BatchRow> stopped_at_;
};

}  // namespace elic
