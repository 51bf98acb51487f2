#include "payload/text_item.h"

#include "base/text.h"
#include "payload/claims.h"

namespace elic {

namespace {

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
    // Text and byte strings of CBOR have the same heads: the shorter string is the shorter item.
    if (code.size() < text.size()) return cbor::Value(std::move(code));
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
    const bool by_words = coded < text.size();
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
