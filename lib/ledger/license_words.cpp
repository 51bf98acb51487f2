#include "ledger/license_words.h"

#include <algorithm>

namespace elic {

namespace {

constexpr int deepest = 16;
constexpr std::size_t most_codes = 64;  // each is compared with all before it: more of them are not read this way

class Reader {
public:
    explicit Reader(std::string_view text) : text_(text) {}

    std::optional<LicenseWords> read() {
        if (next() != '{' || !object(0, false) || !text_.empty()) return std::nullopt;
        return std::move(words_);
    }

private:
    char next() const { return text_.empty() ? '\0' : text_.front(); }
    bool take(char c) {
        if (next() != c) return false;
        text_.remove_prefix(1);
        return true;
    }
    bool take(std::string_view word) {
        if (text_.substr(0, word.size()) != word) return false;
        text_.remove_prefix(word.size());
        return true;
    }
    bool string(std::string_view& value) {
        if (!take('"')) return false;
        const auto end = text_.find('"');
        if (end == text_.npos) return false;
        value = text_.substr(0, end);
        text_.remove_prefix(end + 1);
        return std::none_of(value.begin(), value.end(),
                            [](char c) { return c == '\\' || static_cast<unsigned char>(c) < 0x20; });
    }
    bool integer() {
        static_cast<void>(take('-'));
        const auto digits = std::min(text_.find_first_not_of("0123456789"), text_.size());
        if (digits == 0 || (digits > 1 && next() == '0')) return false;
        text_.remove_prefix(digits);
        return true;
    }
    bool value(int depth, bool of_holders) {
        std::string_view ignored;
        switch (next()) {
            case '{':
                return object(depth, of_holders);
            case '[':
                return array(depth, of_holders);
            case '"':
                return string(ignored);
            default:
                return take("true") || take("false") || take("null") || integer();
        }
    }
    bool array(int depth, bool of_holders) {
        if (depth == deepest || !take('[')) return false;
        if (take(']')) return true;
        do {
            if (!value(depth + 1, of_holders)) return false;
        } while (take(','));
        return take(']');
    }
    bool object(int depth, bool of_holders) {
        if (depth == deepest || !take('{')) return false;
        if (take('}')) return true;
        do {
            std::string_view key;
            if (!string(key) || !take(':') || !member(key, depth, of_holders)) return false;
        } while (take(','));
        return take('}');
    }
    bool member(std::string_view key, int depth, bool of_holders) {
        std::string_view word;
        if (depth == 0 && key == "number") {
            if (numbered_ || !string(word)) return false;
            numbered_ = true;
            words_.number = word;
            return true;
        }
        if (of_holders && key == "code") {
            if (!string(word)) return false;
            auto& codes = words_.codes;
            if (word.empty() || std::find(codes.begin(), codes.end(), word) != codes.end()) return true;
            codes.push_back(word);
            return codes.size() <= most_codes;
        }
        if (depth > 0 || key != "holders") return value(depth + 1, of_holders);
        if (held_) return false;
        held_ = true;
        return value(depth + 1, true);
    }

    std::string_view text_;
    LicenseWords words_ = {};
    bool numbered_ = false, held_ = false;
};

}  // namespace

std::optional<LicenseWords> plain_license_words(std::string_view license) { return Reader(license).read(); }

}  // namespace elic
