#include <algorithm>
#include <optional>
#include <unordered_set>
#include <vector>

#include "base/text.h"
#include "codec/json.h"

namespace elic {
namespace {

/// Walks the text and tells where the vendor's parser stands: its events do not say.
class CountingIterator {
public:
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = const char&;

    CountingIterator(const char* at, const char** reached) : at_(at), reached_(reached) {}
    reference operator*() const { return *at_; }
    CountingIterator& operator++() {
        *reached_ = ++at_;
        return *this;
    }
    CountingIterator operator++(int) {
        CountingIterator before = *this;
        ++*this;
        return before;
    }
    friend bool operator==(const CountingIterator& a, const CountingIterator& b) { return a.at_ == b.at_; }

private:
    const char* at_;
    const char** reached_;
};

/// What the vendor's message says about the cause, without the piece of input in it, which may be long.
std::string cause_in(std::string_view message) {
    constexpr std::string_view excerpt = "; last read: '";
    constexpr std::string_view expected = "; expected ";
    constexpr std::size_t longest = 160;
    if (const auto start = message.find("] "); start != message.npos) message.remove_prefix(start + 2);
    if (const auto start = message.find(": "); start != message.npos) message.remove_prefix(start + 2);
    std::string cause(message.substr(0, message.find(excerpt)));
    if (const auto start = message.rfind(expected); start != message.npos && start >= cause.size()) {
        cause += message.substr(start);
    }
    if (cause.size() > longest) cause.resize(longest);
    return escape_for_output(cause);
}

/// Builds the value from the parser's events, refusing what the vendor lets pass: repeated keys, integers
/// that do not fit, any depth.
class Builder : public nlohmann::json_sax<Json> {
public:
    /// `repeated`: where the places of repeated keys go; null: they are refused.
    Builder(const char* begin, const char*& reached, std::size_t depth, std::vector<std::string>* repeated)
        : begin_(begin), reached_(reached), depth_(depth), repeated_(repeated) {}

    Json root;
    std::optional<Error> error;

    bool null() override { return add(nullptr); }
    bool boolean(bool value) override { return add(value); }
    bool number_integer(number_integer_t value) override { return add(value); }
    bool number_unsigned(number_unsigned_t value) override { return add(value); }
    bool number_float(number_float_t value, const string_t& text) override {
        if (text.find_first_of(".eE") == text.npos) return refuse("an integer is outside 64 bits");
        return add(value);
    }
    bool string(string_t& value) override { return add(std::move(value)); }
    bool binary(binary_t&) override { return refuse("binary content"); }

    bool start_object(std::size_t) override {
        if (!enter(Json::object())) return false;
        levels_.back().is_object = true;
        return true;
    }
    bool key(string_t& name) override {
        const bool fresh = levels_.back().keys.insert(name).second;
        if (!fresh && repeated_ == nullptr) {
            return refuse("the key \"" + escape_for_output(name) + "\" is repeated; keep one of them");
        }
        // Not operator[]: it searches all keys, which makes a large object quadratic.
        auto& members = levels_.back().value->get_ref<Json::object_t&>();
        members.emplace_back(std::move(name), Json());
        if (!fresh) repeated_->push_back(path());
        return true;
    }
    bool end_object() override { return leave(); }
    bool start_array(std::size_t) override { return enter(Json::array()); }
    bool end_array() override { return leave(); }

    bool parse_error(std::size_t characters_read, const std::string&, const Json::exception& cause) override {
        // Without the character that the lexer looked ahead and gave back. Of no bytes at all there is nothing to point
        // into.
        if (begin_ != nullptr) reached_ = begin_ + characters_read;
        return refuse(cause_in(cause.what()));
    }

private:
    struct Level {
        Json* value;
        bool is_object = false;
        std::unordered_set<std::string> keys{};
    };

    /// Of the last character read: the wrong one, or the end of what is refused.
    std::size_t offset() const { return reached_ == begin_ ? 0 : static_cast<std::size_t>(reached_ - begin_) - 1; }

    bool refuse(const std::string& what, Errc code = Errc::malformed_json) {
        if (!error) error = Error{code, "offset " + std::to_string(offset()) + ": " + what};
        return false;
    }

    /// Of the member that is being read.
    std::string path() const {
        std::string path;
        for (const Level& level : levels_) {
            if (!level.is_object) {
                path += "[" + std::to_string(level.value->size() - 1) + "]";
                continue;
            }
            if (!path.empty()) path += ".";
            path += level.value->get_ref<const Json::object_t&>().back().first;
        }
        return path;
    }

    /// Puts a value in its place. Levels stay where they are: only the innermost container ever grows.
    Json* place(Json&& value) {
        if (levels_.empty()) {
            root = std::move(value);
            return &root;
        }
        Level& level = levels_.back();
        if (level.is_object) {
            Json& member = level.value->get_ref<Json::object_t&>().back().second;
            member = std::move(value);
            return &member;
        }
        auto& items = level.value->get_ref<Json::array_t&>();
        return &items.emplace_back(std::move(value));
    }

    template <class T>
    bool add(T&& value) {
        place(Json(std::forward<T>(value)));
        return true;
    }

    bool enter(Json&& container) {
        if (levels_.size() >= depth_) {
            return refuse("nested deeper than " + std::to_string(depth_), Errc::limit_exceeded);
        }
        levels_.push_back({place(std::move(container))});
        return true;
    }

    bool leave() {
        levels_.pop_back();
        return true;
    }

    const char* begin_;
    const char*& reached_;
    std::size_t depth_;
    std::vector<std::string>* repeated_;
    std::vector<Level> levels_;
};

Result<Json> read(std::string_view text, std::size_t limit, std::size_t depth, std::vector<std::string>* repeated) {
    if (text.size() > limit) {
        return fail(Errc::limit_exceeded, "JSON of more than " + std::to_string(limit) + " bytes");
    }
    // The vendor's lexer takes a NUL for the end and ignores what follows.
    if (const auto nul = text.find('\0'); nul != text.npos) {
        return fail(Errc::malformed_json, "offset " + std::to_string(nul) + ": a NUL character");
    }
    const char* const begin = text.data();
    const char* const end = begin + text.size();
    const char* reached = begin;
    Builder builder(begin, reached, depth, repeated);
    bool whole = false;
    try {
        whole = Json::sax_parse(CountingIterator(begin, &reached), CountingIterator(end, &reached), &builder);
    } catch (const Json::exception& cause) {
        builder.error = Error{Errc::malformed_json, cause_in(cause.what())};
    }
    if (builder.error) return tl::unexpected<Error>(std::move(*builder.error));
    if (!whole) return fail(Errc::malformed_json, "a JSON value is expected");
    return std::move(builder.root);
}

}  // namespace

Result<Json> read_json(std::string_view text, std::size_t limit, std::size_t depth) {
    return read(text, limit, depth, nullptr);
}

Result<Json> read_json_leniently(std::string_view text, std::size_t limit, std::size_t depth,
                                 std::vector<std::string>& repeated) {
    return read(text, limit, depth, &repeated);
}

}  // namespace elic
