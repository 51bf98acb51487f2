#include "read_line.h"

namespace elic::cli {

LineRead read_line(std::istream& stream, std::string& line, std::size_t limit) {
    line.clear();
    bool any = false;
    bool over = false;
    auto* buffer = stream.rdbuf();
    for (;;) {
        const auto next = buffer->sbumpc();
        if (next == std::istream::traits_type::eof()) {
            stream.setstate(std::ios::eofbit);
            break;
        }
        any = true;
        const char c = std::istream::traits_type::to_char_type(next);
        if (c == '\n') break;
        over = over || line.size() == limit;
        if (!over) line.push_back(c);
    }
    if (!any) return LineRead::end;
    if (over) return LineRead::too_long;
    if (!line.empty() && line.back() == '\r') line.pop_back();
    return LineRead::line;
}

}  // namespace elic::cli
