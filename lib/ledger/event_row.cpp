#include "ledger/event_row.h"

#include <algorithm>

#include "elic/base/assert.h"

namespace elic {

namespace {

constexpr std::string_view domain = "elic event 1";

constexpr std::array<std::string_view, event_columns> names = {
    "number", "kind",   "at",          "id",          "request", "draft",      "content",  "type",
    "issuer", "serial", "revision",    "counter",     "list",    "list_index", "previous", "change",
    "reason", "asked",  "reservation", "payload",     "license", "move",       "state",    "effective",
    "issue",  "form",   "publication", "next_update", "digest"};

constexpr std::uint32_t absent_length = 0xFFFFFFFF;

constexpr std::size_t length_bytes = 4;

void put_length(std::uint8_t*& at, std::uint32_t length) {
    for (int shift = 24; shift >= 0; shift -= 8) *at++ = static_cast<std::uint8_t>(length >> shift);
}

void put_text(std::uint8_t*& at, std::string_view text) {
    ELIC_ASSERT(text.size() < absent_length);  // SQLite keeps no value as long
    put_length(at, static_cast<std::uint32_t>(text.size()));
    at = std::copy(text.begin(), text.end(), at);
}

}  // namespace

std::string_view name_of(Column column) noexcept { return names[static_cast<std::size_t>(column)]; }

std::string event_column_list() {
    std::string list;
    for (const auto name : names) list += (list.empty() ? "" : ", ") + std::string(name);
    return list;
}

EventRow& EventRow::set(Column column, std::int64_t value) {
    at(column) = {.form = Form::integer, .integer = value, .text = {}};
    return *this;
}

EventRow& EventRow::set(Column column, std::string_view value) {
    at(column) = {.form = Form::text, .integer = 0, .text = value};
    return *this;
}

EventRow& EventRow::set(Column column, const std::optional<std::string>& value) {
    return value ? set(column, std::string_view(*value)) : *this;
}

EventRow& EventRow::set(Column column, const std::optional<std::int64_t>& value) {
    return value ? set(column, *value) : *this;
}

std::optional<std::int64_t> EventRow::integer(Column column) const noexcept {
    const auto& value = at(column);
    return value.form == Form::integer ? std::optional(value.integer) : std::nullopt;
}

std::optional<std::string_view> EventRow::text(Column column) const noexcept {
    const auto& value = at(column);
    return value.form == Form::text ? std::optional(value.text) : std::nullopt;
}

void EventRow::read(const sqlite::Statement& statement, int first) {
    for (std::size_t i = 0; i < event_columns; ++i) {
        const int column = first + static_cast<int>(i);
        switch (statement.type(column)) {
            case SQLITE_NULL:
                values_[i] = {};
                break;
            case SQLITE_INTEGER:
                values_[i] = {.form = Form::integer, .integer = statement.integer(column), .text = {}};
                break;
            default:
                values_[i] = {.form = Form::text, .integer = 0, .text = statement.text_in_place(column)};
        }
    }
}

void EventRow::bind(sqlite::Statement& statement) const {
    for (const auto& value : values_) {
        switch (value.form) {
            case Form::absent:
                statement.bind_null();
                break;
            case Form::integer:
                statement.bind(value.integer);
                break;
            case Form::text:
                statement.bind_in_place(value.text);
                break;
        }
    }
}

void EventRow::write_leaf_input(Bytes& bytes) const {
    bytes.clear();
    add_leaf_input(bytes);
}

void EventRow::add_leaf_input(Bytes& bytes) const {
    std::size_t size = 1 + length_bytes + domain.size();
    for (const auto& value : values_) {
        size += length_bytes + (value.form == Form::text ? value.text.size() : 0) +
                (value.form == Form::integer ? sizeof(value.integer) : 0);
    }
    const auto before = bytes.size();
    bytes.resize(before + size);
    auto* at = bytes.data() + before;
    *at++ = 0x00;  // a leaf, not a node: RFC 9162, 2.1.1
    put_text(at, domain);
    for (const auto& value : values_) {
        switch (value.form) {
            case Form::absent:
                put_length(at, absent_length);
                break;
            case Form::integer:
                put_length(at, sizeof(value.integer));
                for (int shift = 56; shift >= 0; shift -= 8) {
                    *at++ = static_cast<std::uint8_t>(static_cast<std::uint64_t>(value.integer) >> shift);
                }
                break;
            case Form::text:
                put_text(at, value.text);
                break;
        }
    }
    ELIC_ASSERT(at == bytes.data() + bytes.size());
}

}  // namespace elic
