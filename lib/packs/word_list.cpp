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
    // Small on purpose: a clerk's program makes it at every start, and fresh memory is what takes the time there.
    Bytes bytes;                         ///< of a list that was read
    std::string_view text;               ///< the list: those bytes, or in the program
    std::vector<std::uint32_t> offsets;  ///< code - 1 -> where its line begins; then where the next one would
    /// Open addressing over the texts: the code, and above it 16 bits of the text's hash, so that other texts are told
    /// apart without looking at them; 0 = free.
    std::vector<std::uint32_t> table;
    std::size_t longest = 0;        ///< bytes
    std::size_t longest_short = 0;  ///< of the lines of one or two bytes

    /// By what a line begins with (`beginning`): bytes of the longest such line, less one; 0 where there is none.
    std::vector<std::uint8_t> longest_from = std::vector<std::uint8_t>(1U << 16, 0);

    std::size_t count() const { return offsets.size() - 1; }
    std::string_view line(std::size_t code) const {
        return text.substr(offsets[code - 1], offsets[code] - offsets[code - 1] - 1);
    }

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

    static std::uint32_t tag_of(std::uint64_t hash) { return static_cast<std::uint32_t>(hash >> 32U) & 0xFFFF0000U; }

    std::uint16_t find(std::string_view words, std::uint64_t hash) const {
        const auto tag = tag_of(hash);
        for (std::size_t slot = slot_of(hash); table[slot] != 0; slot = (slot + 1) & (table.size() - 1)) {
            if ((table[slot] & 0xFFFF0000U) != tag) continue;
            const auto code = static_cast<std::uint16_t>(table[slot] & 0xFFFFU);
            if (line(code) == words) return code;
        }
        return 0;
    }

    /// False when the text is there already.
    bool insert(std::uint16_t code) {
        const auto words = line(code);
        std::uint64_t hash = hash_begin;
        for (const char c : words) hash = hash_on(hash, c);
        if (find(words, hash) != 0) return false;
        std::size_t slot = slot_of(hash);
        while (table[slot] != 0) slot = (slot + 1) & (table.size() - 1);
        table[slot] = tag_of(hash) | code;
        // A line of one or two bytes begins whatever goes on from it.
        if (words.size() >= 3) {
            auto& from = longest_from[beginning(words)];
            from = std::max(from, static_cast<std::uint8_t>(words.size() - 1));
        } else {
            longest_short = std::max(longest_short, words.size());
        }
        return true;
    }

    /// The code of the longest line that begins at `offset` and its size in bytes; code 0 when none does.
    std::pair<std::uint16_t, std::size_t> longest_at(std::string_view whole, std::size_t offset) const {
        const auto rest = whole.substr(offset);
        const std::size_t from = rest.size() >= 3 ? longest_from[beginning(rest)] + 1U : 0;
        const std::size_t room = std::min({longest, rest.size(), std::max(from, longest_short)});
        // Of characters: size and hash up to there. Not filled beforehand: that would take longer than all else here.
        std::uint16_t sizes[max_line];
        std::uint64_t hashes[max_line];
        std::size_t boundaries = 0;
        std::uint64_t hash = hash_begin;
        for (std::size_t size = 1; size <= room; ++size) {
            hash = hash_on(hash, rest[size - 1]);
            const bool boundary = size == rest.size() || (static_cast<unsigned char>(rest[size]) & 0xC0U) != 0x80U;
            if (!boundary) continue;
            sizes[boundaries] = static_cast<std::uint16_t>(size);
            hashes[boundaries++] = hash;
        }
        while (boundaries-- > 0) {
            const std::size_t size = sizes[boundaries];
            if (const auto code = find(rest.substr(0, size), hashes[boundaries]); code != 0) return {code, size};
        }
        return {0, 0};
    }
};

namespace {

Status index_lines(WordList::Impl& impl, std::string_view text) {
    if (text.empty() || text.back() != '\n') return fail(Errc::malformed_pack, "a word list ends with a line break");
    if (text.size() > WordList::max_lines * (max_line + 1)) return fail(Errc::malformed_pack, "word list: too long");
    impl.text = text;
    impl.offsets.reserve(WordList::max_lines + 1);
    impl.offsets.push_back(0);
    for (std::size_t start = 0; start < text.size();) {
        if (impl.count() == WordList::max_lines) return fail(Errc::malformed_pack, "word list: too many lines");
        const auto size = text.find('\n', start) - start;
        if (size == 0 || size > max_line) return fail(Errc::malformed_pack, "word list: a line is empty or too long");
        impl.longest = std::max(impl.longest, size);
        start += size + 1;
        impl.offsets.push_back(static_cast<std::uint32_t>(start));
    }
    impl.table.assign(32768, 0);
    for (std::size_t code = 1; code <= impl.count(); ++code) {
        if (!impl.insert(static_cast<std::uint16_t>(code)))
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

Digest WordList::digest() const { return sm3(as_bytes(impl_->text)); }

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
        return known[number] = std::make_shared<const WordList>(std::move(impl));
    }
    return fail(Errc::not_found, "there is no word list " + std::to_string(number));
}

Result<std::shared_ptr<const WordList>> WordList::read(BytesView file) {
    auto impl = std::make_unique<Impl>();
    impl->bytes.assign(file.begin(), file.end());
    if (auto fine = index_lines(*impl, as_text(impl->bytes)); !fine) return tl::unexpected(fine.error());
    for (std::size_t code = 1; code <= impl->count(); ++code) {
        const auto line = impl->line(code);
        if (find_text_fault(line)) return fail(Errc::malformed_pack, "word list: a line is not clean text");
        if (count_characters(line) > max_characters)
            return fail(Errc::malformed_pack, "word list: a line is over 64 characters long");
    }
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
            if (number > impl_->count()) return fail(Errc::malformed_payload, "word code: no such word");
            text += impl_->line(number);
        }
        if (text.size() > limit) return fail(Errc::limit_exceeded, "word code: the text is too long");
    }
    const auto again = encode(text);
    if (!std::equal(again.begin(), again.end(), code.begin(), code.end()))
        return fail(Errc::malformed_payload, "word code: not the one encoding of its text");
    return text;
}

}  // namespace elic
