#include "packs/word_list.h"

#include <algorithm>
#include <array>
#include <mutex>
#include <unordered_map>
#include <vector>

#include "base/embedded_file.h"
#include "base/text.h"
#include "elic/crypto/sm3.h"

namespace elic {

extern const EmbeddedFile embedded_schemas[];

namespace {

constexpr std::size_t one_byte_codes = 200;  // codes 1..199
constexpr std::uint32_t last_code_point = 0x10FFFF;
constexpr std::size_t max_line = WordList::max_characters * 4;  // bytes

}  // namespace

struct WordList::Impl {
    Bytes bytes;                          ///< of a list that was read; the lines point into it or into the program
    std::vector<std::string_view> lines;  ///< code - 1 -> text
    std::vector<std::uint16_t> table;     ///< open addressing over the texts; 0 = free
    std::size_t longest = 0;              ///< bytes
    std::size_t longest_short = 0;        ///< of the lines of one or two bytes
    Digest digest{};

    /// By what a line begins with (`beginning`): bytes of the longest such line.
    std::vector<std::uint16_t> longest_from = std::vector<std::uint16_t>(1U << 16, 0);

    /// A hash that grows byte by byte (FNV-1a), so that those of all beginnings of a text cost as much as that of the
    /// text.
    static constexpr std::uint64_t hash_begin = 0xCBF29CE484222325;
    static std::uint64_t hash_on(std::uint64_t hash, char c) {
        return (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3;
    }
    std::size_t slot_of(std::uint64_t hash) const { return (hash ^ hash >> 32U) & (table.size() - 1); }

    /// 16 bits of the first three bytes: of Chinese, of the first character.
    static std::size_t beginning(std::string_view text) {
        std::size_t key = 0;
        for (std::size_t i = 0; i < 3 && i < text.size(); ++i) key = key * 61 + static_cast<unsigned char>(text[i]);
        return key & 0xFFFFU;
    }

    std::uint16_t find(std::string_view text, std::uint64_t hash) const {
        for (std::size_t slot = slot_of(hash); table[slot] != 0; slot = (slot + 1) & (table.size() - 1)) {
            if (lines[table[slot] - 1] == text) return table[slot];
        }
        return 0;
    }

    /// False when the text is there already.
    bool insert(std::uint16_t code) {
        const auto line = lines[code - 1];
        std::uint64_t hash = hash_begin;
        for (const char c : line) hash = hash_on(hash, c);
        if (find(line, hash) != 0) return false;
        std::size_t slot = slot_of(hash);
        while (table[slot] != 0) slot = (slot + 1) & (table.size() - 1);
        table[slot] = code;
        // A line of one or two bytes begins whatever goes on from it.
        if (line.size() >= 3) {
            auto& from = longest_from[beginning(line)];
            from = std::max(from, static_cast<std::uint16_t>(line.size()));
        } else {
            longest_short = std::max(longest_short, line.size());
        }
        return true;
    }

    /// The code of the longest line that begins at `offset` and its size in bytes; code 0 when none does.
    std::pair<std::uint16_t, std::size_t> longest_at(std::string_view text, std::size_t offset) const {
        const auto rest = text.substr(offset);
        const std::size_t from = rest.size() >= 3 ? longest_from[beginning(rest)] : 0;
        const std::size_t room = std::min({longest, rest.size(), std::max(from, longest_short)});
        // Of characters: size and hash up to there. Not filled beforehand: that would take longer than all else here.
        std::uint16_t sizes[max_line];
        std::uint64_t hashes[max_line];
        std::size_t count = 0;
        std::uint64_t hash = hash_begin;
        for (std::size_t size = 1; size <= room; ++size) {
            hash = hash_on(hash, rest[size - 1]);
            const bool boundary = size == rest.size() || (static_cast<unsigned char>(rest[size]) & 0xC0U) != 0x80U;
            if (!boundary) continue;
            sizes[count] = static_cast<std::uint16_t>(size);
            hashes[count++] = hash;
        }
        while (count-- > 0) {
            const std::size_t size = sizes[count];
            if (const auto code = find(rest.substr(0, size), hashes[count]); code != 0) return {code, size};
        }
        return {0, 0};
    }
};

namespace {

Status index_lines(WordList::Impl& impl, std::string_view text) {
    if (text.empty() || text.back() != '\n') return fail(Errc::malformed_pack, "a word list ends with a line break");
    std::size_t start = 0;
    while (start < text.size()) {
        const auto end = text.find('\n', start);
        const auto line = text.substr(start, end - start);
        if (line.empty() || line.size() > max_line)
            return fail(Errc::malformed_pack, "word list: a line is empty or too long");
        impl.lines.push_back(line);
        impl.longest = std::max(impl.longest, line.size());
        start = end + 1;
    }
    if (impl.lines.size() > WordList::max_lines) return fail(Errc::malformed_pack, "word list: too many lines");
    impl.table.assign(32768, 0);
    for (std::size_t i = 0; i < impl.lines.size(); ++i) {
        if (!impl.insert(static_cast<std::uint16_t>(i + 1)))
            return fail(Errc::malformed_pack, "word list: a line is repeated");
    }
    return {};
}

void append_token(Bytes& out, std::uint16_t code) {
    if (code < one_byte_codes) {
        out.push_back(static_cast<std::uint8_t>(code));
        return;
    }
    out.push_back(static_cast<std::uint8_t>(one_byte_codes + (code - one_byte_codes) / 256));
    out.push_back(static_cast<std::uint8_t>((code - one_byte_codes) % 256));
}

}  // namespace

WordList::WordList(std::unique_ptr<const Impl> impl) : impl_(std::move(impl)) {}
WordList::~WordList() = default;

const Digest& WordList::digest() const noexcept { return impl_->digest; }

Result<std::shared_ptr<const WordList>> WordList::builtin(int number) {
    static std::mutex only_one;
    static std::unordered_map<int, std::shared_ptr<const WordList>> known;
    const std::lock_guard lock(only_one);
    if (const auto found = known.find(number); found != known.end()) return found->second;
    const auto name = "words/" + std::to_string(number) + ".txt";
    for (const auto* file = embedded_schemas; file->name != nullptr; ++file) {
        if (name != file->name) continue;
        auto impl = std::make_unique<Impl>();
        if (auto fine = index_lines(*impl, as_text(file->bytes())); !fine) return tl::unexpected(fine.error());
        impl->digest = sm3(file->bytes());
        return known[number] = std::make_shared<const WordList>(std::move(impl));
    }
    return fail(Errc::not_found, "there is no word list " + std::to_string(number));
}

Result<std::shared_ptr<const WordList>> WordList::read(BytesView file) {
    auto impl = std::make_unique<Impl>();
    impl->bytes.assign(file.begin(), file.end());
    if (auto fine = index_lines(*impl, as_text(impl->bytes)); !fine) return tl::unexpected(fine.error());
    for (const auto& line : impl->lines) {
        if (find_text_fault(line)) return fail(Errc::malformed_pack, "word list: a line is not clean text");
        if (count_characters(line) > max_characters)
            return fail(Errc::malformed_pack, "word list: a line is over 64 characters long");
    }
    impl->digest = sm3(impl->bytes);
    return std::make_shared<const WordList>(std::move(impl));
}

Bytes WordList::encode(std::string_view text) const {
    Bytes out;
    std::size_t offset = 0;
    while (offset < text.size()) {
        const auto [code, size] = impl_->longest_at(text, offset);
        if (code != 0) {
            append_token(out, code);
            offset += size;
            continue;
        }
        const auto character = next_character(text, offset);
        if (!character) break;  // the caller promised valid UTF-8
        const auto point = static_cast<std::uint32_t>(*character);
        out.insert(out.end(), {0, static_cast<std::uint8_t>(point >> 16), static_cast<std::uint8_t>(point >> 8),
                               static_cast<std::uint8_t>(point)});
    }
    return out;
}

Result<std::string> WordList::decode(BytesView code, std::size_t limit) const {
    std::string text;
    for (std::size_t i = 0; i < code.size();) {
        const std::uint8_t first = code[i++];
        if (first == 0) {
            if (code.size() - i < 3) return fail(Errc::malformed_payload, "word code: a character is cut off");
            const std::uint32_t point =
                static_cast<std::uint32_t>(code[i]) << 16 | static_cast<std::uint32_t>(code[i + 1]) << 8 | code[i + 2];
            i += 3;
            if (point > last_code_point || (point >= 0xD800 && point < 0xE000))
                return fail(Errc::malformed_payload, "word code: no such character");
            append_character(text, static_cast<char32_t>(point));
        } else {
            std::size_t number = first;
            if (first >= one_byte_codes) {
                if (i == code.size()) return fail(Errc::malformed_payload, "word code: a word is cut off");
                number = one_byte_codes + (first - one_byte_codes) * std::size_t{256} + code[i++];
            }
            if (number > impl_->lines.size()) return fail(Errc::malformed_payload, "word code: no such word");
            text += impl_->lines[number - 1];
        }
        if (text.size() > limit) return fail(Errc::limit_exceeded, "word code: the text is too long");
    }
    const auto again = encode(text);
    if (!std::equal(again.begin(), again.end(), code.begin(), code.end()))
        return fail(Errc::malformed_payload, "word code: not the one encoding of its text");
    return text;
}

}  // namespace elic
