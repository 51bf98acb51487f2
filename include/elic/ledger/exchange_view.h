#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "elic/base/result.h"
#include "elic/license/exchange_row.h"

namespace elic {

/// A line of an exchange file: a row, what is wrong with it, or the end mark that an export of elic puts there.
struct ExchangeLine {
    std::optional<ExchangeRow> row = {};
    std::vector<RowFault> faults = {};  ///< not empty: there is no row
    bool end_mark = false;
};

/// Reads a line of JSON: an object of texts with the names of exchange_columns; what is not known or not a text is a
/// fault, and so is whatever check_exchange_row finds. Total: any bytes give an answer.
ExchangeLine read_exchange_line(std::string_view line);
inline constexpr std::size_t max_exchange_line = 64 << 10;

/// What is asked of a view; all that is given must hold.
struct ViewFilter {
    std::optional<std::string> holder = {}, number = {}, type = {}, state = {};
    std::optional<std::string> from = {}, until = {};  ///< issue_date as text: "2026-11-01"
    std::optional<std::size_t> limit = {};
};

/// What came of a row.
enum class Applied {
    added,
    changed,
    removed,
    known,  ///< it was there, the same
    older   ///< what is there has a later time: nothing is done
};

/// Licenses of other agencies, as their exchange tables told: an SQLite file of its own, never the ledger. A row is
/// known by issue_dept_code and certificate_source_id; one with an older cd_time than what is there does nothing, so
/// that files may come twice and in any order. What was taken away (D) stays, marked so. One object belongs to one
/// thread.
class ExchangeView {
public:
    /// For importing; made (0600) when it is not there. Errors: ledger_unusable (another kind of file),
    /// unsafe_file, io.
    static Result<ExchangeView> open_to_import(const std::filesystem::path& file);
    /// For looking; nothing can be written. Errors: not_found, ledger_unusable, unsafe_file, io.
    static Result<ExchangeView> open(const std::filesystem::path& file);

    ExchangeView(ExchangeView&&) noexcept;
    ExchangeView& operator=(ExchangeView&&) noexcept;
    ~ExchangeView();

    /// All or nothing: what is applied counts when `commit` has answered. Errors: io.
    Status begin();
    Result<Applied> apply(const ExchangeRow& row);
    Status commit();

    /// By holder, number or all, in the order of arrival. The state is shown_state. Errors: io.
    Status select(const ViewFilter& filter, const std::function<bool(const ExchangeRow&)>& sink) const;

private:
    struct Impl;
    explicit ExchangeView(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

/// The state that a row tells: certificate_state, else "removed" after a D, else "listed".
std::string shown_state(const ExchangeRow& row);

}  // namespace elic
