#include "trust/folder_index.h"

#include <algorithm>
#include <cstring>

#include "base/file.h"
#include "base/hex.h"
#include "trust/folder_names.h"

namespace elic {

namespace {

constexpr std::size_t hint_digits = 16;
constexpr std::size_t uscc_characters = 18;
constexpr std::size_t key_record = hint_digits + 1 + uscc_characters + 1 + uscc_characters + 1;
constexpr std::size_t body_record = uscc_characters + 1 + uscc_characters + 1;
constexpr std::size_t max_index_file = 256u << 20;

/// Records of one size, each ending its line, ascending and none twice.
bool is_sorted_records(BytesView file, std::size_t size) {
    if (file.size() % size != 0) return false;
    for (std::size_t at = 0; at < file.size(); at += size) {
        if (file[at + size - 1] != '\n') return false;
        if (at != 0 && std::memcmp(file.data() + at - size, file.data() + at, size) >= 0) return false;
    }
    return true;
}

/// The records that begin with `wanted`.
std::vector<std::string_view> records_with(BytesView file, std::size_t size, std::string_view wanted) {
    const auto record = [&](std::size_t n) { return as_text(file.subspan(n * size, size)); };
    std::size_t low = 0, high = file.size() / size;
    while (low < high) {
        const auto middle = (low + high) / 2;
        if (record(middle).substr(0, wanted.size()) < wanted) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    std::vector<std::string_view> found;
    for (; low < file.size() / size && record(low).starts_with(wanted); ++low) found.push_back(record(low));
    return found;
}

/// Codes out of a record, which may hold anything.
std::optional<DelegationKey> read_pair(std::string_view parent, std::string_view child) {
    auto first = Uscc::parse(parent);
    auto second = Uscc::parse(child);
    if (!first || !second) return {};
    return DelegationKey{.parent = *first, .child = *second};
}

std::optional<DelegationKey> pair_of_key_record(std::string_view record) {
    return read_pair(record.substr(hint_digits + 1, uscc_characters),
                     record.substr(hint_digits + 1 + uscc_characters + 1, uscc_characters));
}

}  // namespace

std::optional<FolderIndex> FolderIndex::open(const std::filesystem::path& version) {
    auto keys = read_file(version / key_index_name, max_index_file);
    auto bodies = read_file(version / body_index_name, max_index_file);
    if (!keys || !bodies) return {};
    if (!is_sorted_records(*keys, key_record) || !is_sorted_records(*bodies, body_record)) return {};
    return FolderIndex(std::move(*keys), std::move(*bodies));
}

std::vector<DelegationKey> FolderIndex::with_key(const KeyHint& hint) const {
    std::vector<DelegationKey> found;
    for (const auto record : records_with(keys_, key_record, to_hex(hint) + " ")) {
        if (auto pair = pair_of_key_record(record)) found.push_back(std::move(*pair));
    }
    return found;
}

std::vector<DelegationKey> FolderIndex::of_body(const Uscc& child) const {
    std::vector<DelegationKey> found;
    for (const auto record : records_with(bodies_, body_record, child.text() + " ")) {
        if (auto pair = read_pair(record.substr(uscc_characters + 1, uscc_characters), child.text())) {
            found.push_back(std::move(*pair));
        }
    }
    return found;
}

std::size_t FolderIndex::delegations() const noexcept { return bodies_.size() / body_record; }

std::vector<IndexedKey> FolderIndex::keys() const {
    std::vector<IndexedKey> all;
    for (std::size_t at = 0; at < keys_.size(); at += key_record) {
        const auto record = as_text(BytesView(keys_).subspan(at, key_record));
        const auto bytes = from_hex(record.substr(0, hint_digits));
        auto pair = pair_of_key_record(record);
        if (!bytes || !pair) continue;
        IndexedKey key{.hint = {}, .delegation = std::move(*pair)};
        std::copy(bytes->begin(), bytes->end(), key.hint.begin());
        all.push_back(std::move(key));
    }
    return all;
}

Bytes write_key_index(std::vector<IndexedKey> keys) {
    std::sort(keys.begin(), keys.end());
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
    std::string text;
    for (const auto& key : keys) {
        text += to_hex(key.hint) + " " + key.delegation.parent.text() + " " + key.delegation.child.text() + "\n";
    }
    return Bytes(text.begin(), text.end());
}

Bytes write_body_index(const std::vector<DelegationKey>& delegations) {
    std::vector<std::string> lines;
    for (const auto& pair : delegations) lines.push_back(pair.child.text() + " " + pair.parent.text() + "\n");
    std::sort(lines.begin(), lines.end());
    Bytes bytes;
    for (const auto& line : lines) bytes.insert(bytes.end(), line.begin(), line.end());
    return bytes;
}

Result<std::vector<DelegationKey>> delegations_in(const std::filesystem::path& version) {
    std::vector<DelegationKey> all;
    auto parents = list_folder(version / "delegations");
    if (!parents) {
        if (parents.error().code == Errc::not_found) return all;
        return tl::unexpected(parents.error());
    }
    for (const auto& parent : *parents) {
        auto files = Uscc::parse(parent) ? list_folder(version / "delegations" / parent)
                                         : Result<std::vector<std::string>>(std::vector<std::string>());
        if (!files && files.error().code != Errc::not_found) return tl::unexpected(files.error());
        if (!files) continue;
        for (const auto& file : *files) {
            const auto name = read_folder_name("delegations/" + parent + "/" + file);
            auto pair = name ? read_pair(name->first, name->second) : std::nullopt;
            if (pair) all.push_back(std::move(*pair));
        }
    }
    return all;  // ascending, as list_folder gives names
}

}  // namespace elic
