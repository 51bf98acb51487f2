#include <algorithm>
#include <limits>
#include <optional>

#include "base/text.h"
#include "codec/cbor.h"
#include "codec/cbor_item.h"

namespace elic::cbor {
namespace {

class Reader {
public:
    Reader(BytesView bytes, const Limits& limits, std::size_t at = 0)
        : bytes_(bytes), limits_(limits), at_(at), entries_left_(limits.entries) {}

    Result<Value> whole() {
        if (bytes_.size() > limits_.bytes) {
            return fail(Errc::limit_exceeded, "CBOR of more than " + std::to_string(limits_.bytes) + " bytes");
        }
        Value value;
        if (!item(value, 0)) return tl::unexpected<Error>(std::move(*error_));
        if (at_ != bytes_.size()) {
            refuse("bytes follow the end of the value");
            return tl::unexpected<Error>(std::move(*error_));
        }
        return value;
    }

    /// The next value; `at` goes behind it.
    Result<Value> next(std::size_t& at) {
        Value value;
        if (!item(value, 0)) return tl::unexpected<Error>(std::move(*error_));
        at = at_;
        return value;
    }

private:
    // A refusal is kept in error_ and passed up as false: a Result for each of many thousand items costs too much.
    bool refuse(const std::string& what, Errc code = Errc::malformed_cbor) { return refuse_at(at_, what, code); }

    bool refuse_at(std::size_t offset, const std::string& what, Errc code = Errc::malformed_cbor) {
        error_ = Error{code, "offset " + std::to_string(offset) + ": " + what};
        return false;
    }

    std::size_t left() const { return bytes_.size() - at_; }

    /// Reads one item that lies inside `depth` arrays and maps.
    bool item(Value& value, std::size_t depth) {
        const std::size_t start = at_;
        if (left() == 0) return refuse("the value ends too early");
        const std::uint8_t first = bytes_[at_];
        const auto major = static_cast<Major>(first >> 5);
        if (first == null_byte) {
            ++at_;
            return true;  // value is null already
        }
        if (major == Major::tag) return refuse("a tag is not allowed");
        if (major == Major::simple) {
            return refuse("of floats and simple values only null is allowed");
        }
        std::uint64_t argument = 0;
        if (!head(argument)) return false;
        switch (major) {
            case Major::unsigned_integer:
            case Major::negative_integer:
                return integer(value, major, argument, start);
            case Major::bytes:
            case Major::text:
                return string(value, major, argument, start);
            case Major::array:
                return array(value, argument, start, depth + 1);
            default:
                return map(value, argument, start, depth + 1);
        }
    }

    bool head(std::uint64_t& argument) {
        const char* fault = read_head(bytes_, at_, argument);
        return fault == nullptr || refuse(fault);
    }

    bool integer(Value& value, Major major, std::uint64_t argument, std::size_t start) {
        if (argument > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
            return refuse_at(start, "an integer is outside -2^63..2^63-1");
        }
        const auto number = static_cast<std::int64_t>(argument);
        value.v = major == Major::unsigned_integer ? number : -1 - number;
        return true;
    }

    bool string(Value& value, Major major, std::uint64_t size, std::size_t start) {
        if (size > left()) return refuse_at(start, "a string is longer than the rest");
        const BytesView content = bytes_.subspan(at_, static_cast<std::size_t>(size));
        at_ += content.size();
        if (major == Major::bytes) {
            value.v.emplace<Bytes>(content.begin(), content.end());
            return true;
        }
        if (!is_utf8(as_text(content))) return refuse_at(start, "a text is not valid UTF-8");
        value.v.emplace<std::string>(as_text(content));
        return true;
    }

    /// Counts `count` entries of at least `bytes_each`; so what is reserved is bounded by the input.
    bool enter(std::uint64_t count, std::uint64_t bytes_each, std::size_t start, std::size_t depth) {
        if (depth > limits_.depth) {
            return refuse_at(start, "nested deeper than " + std::to_string(limits_.depth), Errc::limit_exceeded);
        }
        if (count > entries_left_) {
            return refuse_at(start, "more than " + std::to_string(limits_.entries) + " entries", Errc::limit_exceeded);
        }
        if (count > left() / bytes_each) return refuse_at(start, "an array or map is longer than the rest");
        entries_left_ -= static_cast<std::size_t>(count);
        return true;
    }

    bool array(Value& value, std::uint64_t count, std::size_t start, std::size_t depth) {
        if (!enter(count, 1, start, depth)) return false;
        Array& items = value.v.emplace<Array>(static_cast<std::size_t>(count));
        return std::all_of(items.begin(), items.end(), [&](Value& each) { return item(each, depth); });
    }

    bool map(Value& value, std::uint64_t count, std::size_t start, std::size_t depth) {
        if (!enter(count, 2, start, depth)) return false;
        Map& pairs = value.v.emplace<Map>(static_cast<std::size_t>(count));
        BytesView key_before;
        for (auto& [key, content] : pairs) {
            const std::size_t key_start = at_;
            if (!item(key, depth)) return false;
            // Only deterministic encodings get here, so that the bytes read are the encoded key.
            const BytesView encoded = bytes_.subspan(key_start, at_ - key_start);
            if (!key_before.empty() && !in_order(key_before, encoded, key_start)) return false;
            key_before = encoded;
            if (!item(content, depth)) return false;
        }
        return true;
    }

    bool in_order(BytesView before, BytesView key, std::size_t offset) {
        if (std::ranges::lexicographical_compare(before, key)) return true;
        return refuse_at(offset, std::ranges::equal(before, key) ? "a key of a map is repeated"
                                                                 : "the keys of a map are not in order");
    }

    BytesView bytes_;
    const Limits& limits_;
    std::size_t at_;
    std::size_t entries_left_;
    std::optional<Error> error_;
};

}  // namespace

Result<Value> read(BytesView bytes, const Limits& limits) { return Reader(bytes, limits).whole(); }

Result<Value> read_next(BytesView bytes, std::size_t& at, const Limits& limits) {
    return Reader(bytes, limits, at).next(at);
}

}  // namespace elic::cbor
