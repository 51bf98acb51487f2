#pragma once

#include <string>

#include "base/hex.h"
#include "elic/trust/status_list.h"

namespace elic::test {

/// What the header `meaning` of a status vector says: of a list all, of a delta all but base and entries.
inline std::string json_text(std::string_view text) { return "\"" + std::string(text) + "\""; }

template <class Item, class Write>
std::string json_list(const std::vector<Item>& items, Write write) {
    std::string text;
    for (const auto& item : items) text += (text.empty() ? "" : ", ") + write(item);
    return "[" + text + "]";
}

template <class Content>
std::string head_json(const Content& content, const std::string& previous) {
    return "\"issuer\": " + json_text(content.issuer.text()) + ", \"list\": " + std::to_string(content.list) +
           ", \"number\": " + std::to_string(content.number) + ", \"as_of\": " + json_text(content.as_of.format()) +
           ", \"next_update\": " + json_text(content.next_update.format()) + ", \"previous\": " + previous +
           ", \"allotted\": " + std::to_string(content.allotted);
}

inline std::string changes_json(const std::vector<StatusChange>& changes) {
    return json_list(changes, [](const StatusChange& change) {
        return "[" + std::to_string(change.index) + ", " + json_text(change.effective.format()) + ", " +
               json_text(name_of(change.state)) + "]";
    });
}

inline std::string to_json(const StatusListContent& list) {
    const auto entries = json_list(list.entries, [](const StatusEntry& entry) {
        return "[" + std::to_string(entry.index) + ", " + json_text(name_of(entry.state)) + "]";
    });
    return "{" + head_json(list, list.previous ? json_text(to_hex(*list.previous)) : "null") +
           ", \"base\": " + json_text(list.base.format()) + ", \"entries\": " + entries +
           ", \"changes\": " + changes_json(list.changes) + "}";
}

inline std::string to_json(const StatusDelta& delta) {
    return "{" + head_json(delta, json_text(to_hex(delta.previous))) + ", \"changes\": " + changes_json(delta.changes) +
           "}";
}

/// `[index, instant, "valid" / ... / "before-base" / "beyond-end", since / null]`.
inline std::string answer_json(const StatusListContent& list, std::uint64_t index, Timestamp at) {
    const auto status = status_at(list, index, at);
    const auto said = status.known == EntryStatus::Known::yes           ? name_of(status.state)
                      : status.known == EntryStatus::Known::before_base ? "before-base"
                                                                        : "beyond-end";
    return "[" + std::to_string(index) + ", " + json_text(at.format()) + ", " + json_text(said) + ", " +
           (status.since ? json_text(status.since->format()) : "null") + "]";
}

}  // namespace elic::test
