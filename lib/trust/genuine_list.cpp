#include "elic/trust/genuine_list.h"

#include <algorithm>

#include "trust/trust_items.h"

// The content of a list of genuine issues: its CBOR map of keys 1 to 3 (docs/format/trust.md, 9).

namespace elic {

using namespace trust_items;

namespace {

constexpr cbor::Limits genuine_limits{.depth = 1, .entries = 16, .bytes = max_genuine_bytes};
constexpr std::size_t genuine_keys = 3;
constexpr std::size_t digest_bytes = std::tuple_size_v<Digest>;
constexpr std::size_t most_digests = (max_genuine_bytes - 64) / digest_bytes;  ///< the other parts are below 64 bytes

Result<std::vector<Digest>> read_row(const cbor::Value& value) {
    const auto* bytes = value.bytes();
    if (bytes == nullptr || bytes->size() % digest_bytes != 0) return malformed("digests of 32 bytes are expected");
    std::vector<Digest> digests(bytes->size() / digest_bytes);
    for (std::size_t i = 0; i < digests.size(); ++i) {
        std::copy_n(bytes->data() + i * digest_bytes, digest_bytes, digests[i].begin());
        if (i != 0 && digests[i] <= digests[i - 1]) return malformed("digests: not in ascending order");
    }
    return digests;
}

Result<GenuineList> read(BytesView content) {
    auto value = read_item(content, genuine_limits);
    if (!value) return tl::unexpected(value.error());
    const auto* map = map_of_keys(*value, genuine_keys);
    if (map == nullptr) return malformed("the content is a map of keys 1 to 3");
    auto issuer = read_uscc(&(*map)[0].second, "issuer");
    if (!issuer) return tl::unexpected(issuer.error());
    auto as_of = read_instant(&(*map)[1].second, "as of");
    if (!as_of) return tl::unexpected(as_of.error());
    auto digests = read_row((*map)[2].second);
    if (!digests) return tl::unexpected(digests.error());
    return GenuineList{.issuer = *issuer, .as_of = *as_of, .digests = std::move(*digests)};
}

}  // namespace

bool GenuineList::holds(const Digest& envelope) const {
    return std::binary_search(digests.begin(), digests.end(), envelope);
}

Result<Bytes> write_genuine_list(const GenuineList& list) {
    if (list.digests.size() > most_digests)
        return malformed("genuine list: more than " + std::to_string(most_digests) + " codes");
    Bytes row;
    row.reserve(list.digests.size() * digest_bytes);
    for (std::size_t i = 0; i < list.digests.size(); ++i) {
        if (i != 0 && list.digests[i] <= list.digests[i - 1])
            return malformed("genuine list: digests: not in ascending order");
        row.insert(row.end(), list.digests[i].begin(), list.digests[i].end());
    }
    cbor::Map map;
    map.emplace_back(std::int64_t{1}, list.issuer.text());
    map.emplace_back(std::int64_t{2}, instant_value(list.as_of));
    map.emplace_back(std::int64_t{3}, std::move(row));
    return cbor::write(std::move(map));
}

Result<GenuineList> read_genuine_list(BytesView content) {
    auto list = read(content);
    if (!list) return fail_in("genuine list", list.error());
    return list;
}

}  // namespace elic
