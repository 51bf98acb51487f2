#include "payload/text_item.h"

#include "base/text.h"
#include "payload/claims.h"

namespace elic {

namespace {

/// Bytes that a CBOR string of this length takes; text and byte strings alike.
std::size_t item_size(std::size_t length) { return length + (length < 24 ? 1 : length < 256 ? 2 : 3); }

Status check(std::string_view text) {
    if (text.empty()) return fail(Errc::malformed_payload, "an empty text");
    if (text.size() > max_text_bytes)
        return fail(Errc::limit_exceeded, "a text is over " + std::to_string(max_text_bytes) + " bytes");
    if (const auto finding = find_text_fault(text)) return fail(Errc::malformed_payload, describe(*finding));
    return {};
}

}  // namespace

Result<cbor::Value> write_text(std::string_view text, int words) {
    if (auto fine = check(text); !fine) return tl::unexpected(fine.error());
    auto list = WordList::builtin(words);
    if (!list) return tl::unexpected(list.error());
    auto code = (*list)->encode(text);
    if (item_size(code.size()) < item_size(text.size())) return cbor::Value(std::move(code));
    return cbor::Value(std::string(text));
}

Result<std::string> read_text(const cbor::Value& value, int words) {
    auto list = WordList::builtin(words);
    if (!list) return tl::unexpected(list.error());
    std::string text;
    std::size_t coded = 0;  // bytes that it takes by words
    const bool plain = value.text() != nullptr;
    if (plain) {
        text = *value.text();
    } else if (const auto* code = value.bytes()) {
        auto decoded = (*list)->decode(*code, max_text_bytes);  // takes the one encoding only
        if (!decoded) return decoded;
        text = std::move(*decoded);
        coded = code->size();
    } else {
        return fail(Errc::malformed_payload, "a text is expected");
    }
    if (auto fine = check(text); !fine) return tl::unexpected(fine.error());
    if (plain) coded = (*list)->encode(text).size();
    const bool by_words = item_size(coded) < item_size(text.size());
    if (by_words == plain) {
        return fail(Errc::malformed_payload, "a text in the longer of its two forms");
    }
    return text;
}

Result<std::string> read_plain_text(const cbor::Value& value) {
    const auto* text = value.text();
    if (text == nullptr) return fail(Errc::malformed_payload, "a text is expected");
    if (auto fine = check(*text); !fine) return tl::unexpected(fine.error());
    return *text;
}

}  // namespace elic
