#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "elic/base/bytes.h"
#include "ledger/sqlite.h"

namespace elic {

/// The columns of `events` that a leaf covers, in the order in which it does (docs/format/ledger.md, "Leaves"). Append
/// only, and never without a new domain string.
enum class Column : std::uint8_t {
    number,
    kind,
    at,
    id,
    request,
    draft,
    content,
    type,
    issuer,
    serial,
    revision,
    counter,
    list,
    list_index,
    previous,
    change,
    reason,
    asked,
    reservation,
    payload,
    license,
    move,
    state,
    effective,
    issue,
    form,
    publication,
    next_update,
    digest
};
inline constexpr std::size_t event_columns = 29;

/// "number", "kind", ...
std::string_view name_of(Column column) noexcept;

/// "number, kind, at, ...": all of them.
std::string event_column_list();

/// One event as a row to be written or read. Texts are looked at, not copied: they must outlive the row.
class EventRow {
public:
    EventRow() = default;
    explicit EventRow(std::string_view kind) { set(Column::kind, kind); }

    EventRow& set(Column column, std::int64_t value);
    EventRow& set(Column column, std::string_view value);
    EventRow& set(Column column, const std::optional<std::string>& value);
    EventRow& set(Column column, const std::optional<std::int64_t>& value);
    void clear() { values_ = {}; }

    std::optional<std::int64_t> integer(Column column) const noexcept;
    std::optional<std::string_view> text(Column column) const noexcept;
    bool has(Column column) const noexcept { return at(column).form != Form::absent; }

    /// Reads all columns from `first` on, as event_column_list() names them. Valid until the statement moves on.
    void read(const sqlite::Statement& statement, int first);
    /// Binds all columns in that order, without copying.
    void bind(sqlite::Statement& statement) const;

    /// The bytes that the leaf is the hash of, 0x00 before them included. Replaces what `bytes` had.
    void write_leaf_input(Bytes& bytes) const;
    /// The same behind what `bytes` has.
    void add_leaf_input(Bytes& bytes) const;

private:
    enum class Form : std::uint8_t { absent, integer, text };
    struct Value {
        Form form = Form::absent;
        std::int64_t integer = 0;
        std::string_view text = {};
    };
    const Value& at(Column column) const noexcept { return values_[static_cast<std::size_t>(column)]; }
    Value& at(Column column) noexcept { return values_[static_cast<std::size_t>(column)]; }
    std::array<Value, event_columns> values_ = {};
};

}  // namespace elic
