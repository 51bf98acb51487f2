#include "ledger/head_file.h"

#include <algorithm>
#include <charconv>
#include <sstream>

#include "base/file.h"
#include "base/file_place.h"
#include "base/hex.h"
#include "elic/crypto/sm3.h"

namespace elic {

namespace {

constexpr std::string_view format = "elic ledger head 1";
constexpr std::size_t longest = 1024;
constexpr std::size_t machine_bytes = 8;

template <std::size_t size>
bool read_bytes(const std::string& hex, std::array<std::uint8_t, size>& out) {
    const auto bytes = from_hex(hex);
    if (!bytes || bytes->size() != size) return false;
    std::copy(bytes->begin(), bytes->end(), out.begin());
    return true;
}

}  // namespace

std::filesystem::path head_file_of(const std::filesystem::path& ledger) { return ledger.string() + "-head"; }

Result<std::string> place_text(const std::filesystem::path& ledger, const LedgerIdentity& identity) {
    auto place = place_of(ledger);
    if (!place) return tl::unexpected(place.error());
    Bytes machine(identity.begin(), identity.end());
    machine.insert(machine.end(), place->machine.begin(), place->machine.end());
    return std::to_string(place->inode) + "-" + std::to_string(place->born) + "-" +
           to_hex(BytesView(sm3(machine)).first(machine_bytes));
}

Result<std::optional<HeadFile>> load_head_file(const std::filesystem::path& ledger) {
    auto bytes = read_file(head_file_of(ledger), longest);
    if (!bytes && bytes.error().code == Errc::io) return tl::unexpected(bytes.error());
    if (!bytes) return std::optional<HeadFile>();
    std::istringstream lines{std::string(as_text(*bytes))};
    std::string said, identity, size, root;
    HeadFile head;
    std::getline(lines, said);
    std::getline(lines, identity);
    std::getline(lines, size);
    std::getline(lines, root);
    std::getline(lines, head.place);
    const auto [stop, error] = std::from_chars(size.data(), size.data() + size.size(), head.head.size);
    const bool number = error == std::errc() && stop == size.data() + size.size();
    if (said != format || !number || !read_bytes(identity, head.identity) || !read_bytes(root, head.head.root)) {
        return std::optional<HeadFile>();
    }
    return std::optional(head);
}

Status save_head_file(const std::filesystem::path& ledger, const HeadFile& head) {
    const auto text = std::string(format) + "\n" + to_hex(head.identity) + "\n" + std::to_string(head.head.size) +
                      "\n" + to_hex(head.head.root) + "\n" + head.place + "\n";
    return write_file_durably(head_file_of(ledger), as_bytes(text), FileAccess::owner_only);
}

}  // namespace elic
