#include "container/xml_scan.h"

#include <algorithm>
#include <optional>

#include "base/text.h"

namespace elic {

namespace {

constexpr std::size_t most_attributes = 256;   ///< of one element
constexpr std::size_t longest_reference = 12;  ///< "&#x0010FFFF;"

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
bool ends_name(char c) { return is_space(c) || c == '>' || c == '/' || c == '=' || c == '<' || c == '"' || c == '\''; }

class Scan {
public:
    Scan(std::string_view text, const XmlLimits& limits) : text_(text), limits_(limits) {}

    Status run() {
        if (!whole()) return tl::unexpected<Error>(std::move(*error_));
        return {};
    }

private:
    bool refuse(const std::string& what, Errc code = Errc::malformed_xml) {
        error_ = Error{code, "offset " + std::to_string(at_) + ": " + what};
        return false;
    }

    bool whole() {
        if (!check_characters()) return false;
        while (at_ < text_.size()) {
            if (text_[at_] != '<' ? !content() : !markup()) return false;
        }
        if (depth_ != 0) return refuse("an element is not closed");
        if (roots_ != 1) return refuse("one root element is expected");
        return true;
    }

    bool check_characters() {
        for (at_ = 0; at_ < text_.size();) {
            const auto byte = static_cast<unsigned char>(text_[at_]);
            if (byte < 0x20 && !is_space(text_[at_])) return refuse("a control character");
            if (byte < 0x80) {
                ++at_;
            } else if (!next_character(text_, at_)) {
                return refuse("not UTF-8");
            }
        }
        at_ = 0;
        return true;
    }

    bool starts(std::string_view what) const { return text_.substr(at_).starts_with(what); }

    /// Goes behind the next `end`.
    bool skip_past(std::string_view end) {
        const auto found = text_.find(end, at_);
        if (found == std::string_view::npos) return refuse("the text ends too early");
        at_ = found + end.size();
        return true;
    }

    bool content() {
        const auto end = std::min(text_.find('<', at_), text_.size());
        const auto piece = text_.substr(at_, end - at_);
        if (depth_ == 0 && !std::all_of(piece.begin(), piece.end(), is_space)) return refuse("text outside the root");
        if (!references(piece)) return false;
        at_ = end;
        return true;
    }

    /// Only the five entities and character references that are characters.
    bool references(std::string_view piece) {
        for (auto found = piece.find('&'); found != std::string_view::npos; found = piece.find('&', found + 1)) {
            const auto end = piece.find(';', found);
            if (end == std::string_view::npos || end - found > longest_reference) return refuse("a lone '&'");
            const auto name = piece.substr(found + 1, end - found - 1);
            if (name.starts_with('#') ? !is_character(name.substr(1)) : !is_one_of_five(name)) {
                return refuse("the entity '" + escape_for_output(name) + "' is not allowed");
            }
        }
        return true;
    }

    static bool is_one_of_five(std::string_view name) {
        return name == "amp" || name == "lt" || name == "gt" || name == "quot" || name == "apos";
    }

    static bool is_character(std::string_view number) {
        const bool hexadecimal = number.starts_with('x');
        if (hexadecimal) number.remove_prefix(1);
        if (number.empty()) return false;
        std::uint32_t value = 0;
        for (const char c : number) {
            std::uint32_t digit = 99;
            if (c >= '0' && c <= '9') digit = static_cast<std::uint32_t>(c - '0');
            if (hexadecimal && c >= 'a' && c <= 'f') digit = static_cast<std::uint32_t>(c - 'a') + 10;
            if (hexadecimal && c >= 'A' && c <= 'F') digit = static_cast<std::uint32_t>(c - 'A') + 10;
            if (digit == 99) return false;
            value = value * (hexadecimal ? 16 : 10) + digit;
            if (value > 0x10FFFF) return false;
        }
        if (value >= 0xD800 && value < 0xE000) return false;
        return value >= 0x20 || value == '\t' || value == '\n' || value == '\r';
    }

    bool markup() {
        if (starts("<?")) return processing_instruction();
        if (starts("<!--")) return at_ += 4, skip_past("-->");
        if (starts("<![CDATA[")) {
            if (depth_ == 0) return refuse("text outside the root");
            return skip_past("]]>");
        }
        if (starts("<!")) return refuse("DOCTYPE and other declarations are not allowed");
        return starts("</") ? closing() : opening();
    }

    bool processing_instruction() {
        const auto begin = at_;
        if (!skip_past("?>")) return false;
        const auto piece = text_.substr(begin, at_ - begin);
        if (!piece.starts_with("<?xml") || piece.size() < 6 || !is_space(piece[5])) return true;
        const auto encoding = piece.find("encoding");
        if (encoding == std::string_view::npos) return true;
        auto value = piece.substr(encoding);
        const auto open = value.find_first_of("\"'");
        if (open == std::string_view::npos) return refuse("the declaration cannot be read");
        value.remove_prefix(open + 1);
        std::string name(value.substr(0, value.find_first_of("\"'")));
        for (auto& c : name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        if (name != "utf-8" && name != "utf8") return refuse("the encoding is not UTF-8");
        return true;
    }

    bool closing() {
        if (depth_ == 0) return refuse("an element is closed that is not open");
        --depth_;
        return skip_past(">");
    }

    bool count_node() {
        if (++nodes_ <= limits_.nodes) return true;
        return refuse("more than " + std::to_string(limits_.nodes) + " nodes", Errc::limit_exceeded);
    }

    bool opening() {
        if (depth_ == 0 && ++roots_ > 1) return refuse("one root element is expected");
        if (!count_node()) return false;
        ++at_;
        if (name().empty()) return refuse("a name is expected");
        if (depth_ == limits_.depth)  // an empty element is as deep as one with a text
            return refuse("deeper than " + std::to_string(limits_.depth) + " elements", Errc::limit_exceeded);
        attributes_.clear();
        for (;;) {
            while (at_ < text_.size() && is_space(text_[at_])) ++at_;
            if (at_ >= text_.size()) return refuse("the text ends too early");
            if (starts("/>")) return at_ += 2, true;
            if (text_[at_] == '>') break;
            if (!attribute()) return false;
        }
        ++at_;
        ++depth_;
        return true;
    }

    std::string_view name() {
        const auto begin = at_;
        while (at_ < text_.size() && !ends_name(text_[at_])) ++at_;
        return text_.substr(begin, at_ - begin);
    }

    bool attribute() {
        const auto key = name();
        if (key.empty()) return refuse("an attribute's name is expected");
        if (std::find(attributes_.begin(), attributes_.end(), key) != attributes_.end()) {
            return refuse("the attribute '" + escape_for_output(key) + "' stands twice");
        }
        if (attributes_.size() == most_attributes) return refuse("too many attributes", Errc::limit_exceeded);
        attributes_.push_back(key);
        if (!count_node()) return false;
        while (at_ < text_.size() && is_space(text_[at_])) ++at_;
        if (at_ >= text_.size() || text_[at_] != '=') return refuse("'=' is expected");
        ++at_;
        while (at_ < text_.size() && is_space(text_[at_])) ++at_;
        if (at_ >= text_.size() || (text_[at_] != '"' && text_[at_] != '\'')) return refuse("a quote is expected");
        const char quote = text_[at_++];
        const auto end = text_.find(quote, at_);
        if (end == std::string_view::npos) return refuse("the text ends too early");
        const auto value = text_.substr(at_, end - at_);
        if (value.find('<') != std::string_view::npos) return refuse("'<' in an attribute");
        if (!references(value)) return false;
        at_ = end + 1;
        return true;
    }

    std::string_view text_;
    const XmlLimits& limits_;
    std::size_t at_ = 0;
    std::size_t depth_ = 0;
    std::size_t nodes_ = 0;
    std::size_t roots_ = 0;
    std::vector<std::string_view> attributes_;
    std::optional<Error> error_;
};

}  // namespace

Result<BytesView> scan_xml(BytesView bytes, const XmlLimits& limits) {
    if (bytes.size() > limits.bytes) {
        return fail(Errc::limit_exceeded, "XML of more than " + std::to_string(limits.bytes) + " bytes");
    }
    auto text = as_text(bytes);
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    auto scanned = Scan(text, limits).run();
    if (!scanned) return tl::unexpected<Error>(scanned.error());
    return as_bytes(text);
}

}  // namespace elic
