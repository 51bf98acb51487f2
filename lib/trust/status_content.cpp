#include <optional>

#include "codec/cbor.h"
#include "trust/status_blocks.h"
#include "trust/status_rules.h"
#include "trust/trust_items.h"

// The CBOR maps of a list and of a delta (docs/format/status.md, 2).

namespace elic {

using namespace trust_items;

namespace {

constexpr cbor::Limits content_limits{.depth = 1, .entries = 16, .bytes = max_status_bytes};

// The keys of both maps: a delta has no base and no entries.
enum Key : std::int64_t { issuer = 1, list, number, as_of, next_update, previous, allotted, base, entries, changes };
constexpr std::size_t list_keys = 10;
constexpr std::size_t delta_keys = 8;

cbor::Value issuer_value(const Uscc& code) {
    if (!code.packs()) return code.text();
    const auto packed = code.packed();
    return Bytes(packed.begin(), packed.end());
}

/// A code that packs is packed: one encoding.
Result<Uscc> read_issuer(const cbor::Value* value) {
    if (value != nullptr && value->bytes() != nullptr) {
        auto code = Uscc::from_packed(*value->bytes());
        if (!code) return malformed("issuer: " + code.error().context);
        return code;
    }
    if (value == nullptr || value->text() == nullptr) return malformed("issuer: a credit code is expected");
    auto code = Uscc::parse(*value->text());
    if (!code) return malformed("issuer: " + code.error().context);
    if (code->packs()) return malformed("issuer: a code that packs stands as text");
    return code;
}

Result<std::uint64_t> read_count(const cbor::Value& map, Key key, const char* what) {
    const auto* value = map.find(key);
    if (value == nullptr || value->integer() == nullptr || *value->integer() < 0) {
        return malformed(std::string(what) + ": a number is expected");
    }
    return static_cast<std::uint64_t>(*value->integer());
}

Result<BytesView> read_block(const cbor::Value& map, Key key, const char* what) {
    const auto* value = map.find(key);
    if (value == nullptr || value->bytes() == nullptr) return malformed(std::string(what) + ": bytes are expected");
    return BytesView(*value->bytes());
}

/// Keys 1 to 7 but `previous`, of a list or a delta.
template <class Content>
cbor::Map head_of(const Content& content) {
    cbor::Map map;
    map.emplace_back(issuer, issuer_value(content.issuer));
    map.emplace_back(list, static_cast<std::int64_t>(content.list));
    map.emplace_back(number, static_cast<std::int64_t>(content.number));
    map.emplace_back(as_of, instant_value(content.as_of));
    map.emplace_back(next_update, instant_value(content.next_update));
    map.emplace_back(allotted, static_cast<std::int64_t>(content.allotted));
    return map;
}

struct Head {
    Uscc issuer;
    std::uint64_t list, number;
    Timestamp as_of, next_update;
    std::uint64_t allotted;
};

Result<Head> read_head(const cbor::Value& map) {
    auto code = read_issuer(map.find(issuer));
    auto list_number = read_count(map, list, "list");
    auto count = read_count(map, number, "number");
    auto from = read_instant(map.find(as_of), "as_of");
    auto until = read_instant(map.find(next_update), "next_update");
    auto end = read_count(map, allotted, "allotted");
    if (!code) return tl::unexpected(code.error());
    for (const auto* each : {&list_number, &count, &end}) {
        if (!*each) return tl::unexpected(each->error());
    }
    if (!from) return tl::unexpected(from.error());
    if (!until) return tl::unexpected(until.error());
    // The blocks are read by it.
    if (*end > max_status_entries) {
        return fail(Errc::limit_exceeded, "allotted: more than " + std::to_string(max_status_entries));
    }
    return Head{*code, *list_number, *count, *from, *until, *end};
}

Result<cbor::Value> read_map(BytesView content, std::size_t keys) {
    auto map = cbor::read(content, content_limits);
    if (!map) {
        const bool limit = map.error().code == Errc::limit_exceeded;
        return fail(limit ? Errc::limit_exceeded : Errc::malformed_trust, map.error().context);
    }
    // All keys are asked for: with their number right, there is no other.
    if (map->map() == nullptr || map->map()->size() != keys) return malformed("another map of keys is expected");
    return map;
}

Result<Bytes> within_limit(Bytes bytes) {
    if (bytes.size() <= max_status_bytes) return bytes;
    return fail(Errc::limit_exceeded, "more than " + std::to_string(max_status_bytes) + " bytes");
}

}  // namespace

Result<Bytes> write_status_list(const StatusListContent& content) {
    if (auto fine = check_status_list(content); !fine) return tl::unexpected(fine.error());
    auto map = head_of(content);
    map.emplace_back(previous, content.previous ? digest_value(*content.previous) : cbor::Value());
    map.emplace_back(base, instant_value(content.base));
    map.emplace_back(entries, write_entries(content.allotted, content.entries));
    map.emplace_back(changes, write_changes(content.allotted, content.base, content.changes));
    return within_limit(cbor::write(std::move(map)));
}

Result<Bytes> write_status_delta(const StatusDelta& delta) {
    if (auto fine = check_status_delta(delta); !fine) return tl::unexpected(fine.error());
    auto map = head_of(delta);
    map.emplace_back(previous, digest_value(delta.previous));
    map.emplace_back(changes, write_changes(delta.allotted, std::nullopt, delta.changes));
    return within_limit(cbor::write(std::move(map)));
}

Result<StatusListContent> read_status_list(BytesView content) {
    auto map = read_map(content, list_keys);
    if (!map) return tl::unexpected(map.error());
    auto head = read_head(*map);
    if (!head) return tl::unexpected(head.error());
    auto start = read_instant(map->find(base), "base");
    auto entry_block = read_block(*map, entries, "entries");
    auto change_block = read_block(*map, changes, "changes");
    if (!start) return tl::unexpected(start.error());
    if (!entry_block) return tl::unexpected(entry_block.error());
    if (!change_block) return tl::unexpected(change_block.error());
    std::optional<Digest> before;
    if (const auto* value = map->find(previous); value == nullptr || !value->is_null()) {
        auto digest = read_digest(value, "previous");
        if (!digest) return tl::unexpected(digest.error());
        before = *digest;
    }
    auto marked = read_entries(head->allotted, *entry_block);
    if (!marked) return tl::unexpected(marked.error());
    auto changed = read_changes(head->allotted, *start, *change_block);
    if (!changed) return tl::unexpected(changed.error());
    StatusListContent list{.issuer = head->issuer,
                           .list = head->list,
                           .number = head->number,
                           .as_of = head->as_of,
                           .next_update = head->next_update,
                           .previous = before,
                           .allotted = head->allotted,
                           .base = *start,
                           .entries = std::move(*marked),
                           .changes = std::move(*changed)};
    if (auto fine = check_status_list(list); !fine) return tl::unexpected(fine.error());
    return list;
}

Result<StatusDelta> read_status_delta(BytesView content) {
    auto map = read_map(content, delta_keys);
    if (!map) return tl::unexpected(map.error());
    auto head = read_head(*map);
    if (!head) return tl::unexpected(head.error());
    auto before = read_digest(map->find(previous), "previous");
    auto change_block = read_block(*map, changes, "changes");
    if (!before) return tl::unexpected(before.error());
    if (!change_block) return tl::unexpected(change_block.error());
    auto changed = read_changes(head->allotted, std::nullopt, *change_block);
    if (!changed) return tl::unexpected(changed.error());
    StatusDelta delta{.issuer = head->issuer,
                      .list = head->list,
                      .number = head->number,
                      .as_of = head->as_of,
                      .next_update = head->next_update,
                      .previous = *before,
                      .allotted = head->allotted,
                      .changes = std::move(*changed)};
    if (auto fine = check_status_delta(delta); !fine) return tl::unexpected(fine.error());
    return delta;
}

}  // namespace elic
