#include "container/zip_name.h"

#include <algorithm>
#include <iconv.h>
#include <optional>

#include "base/text.h"

namespace elic {

namespace {

bool is_utf8(std::string_view text) {
    for (std::size_t offset = 0; offset < text.size();) {
        if (!next_character(text, offset)) return false;
    }
    return true;
}

std::optional<std::string> from_gbk(std::string_view name) {
    const auto converter = iconv_open("UTF-8", "GBK");
    if (converter == reinterpret_cast<iconv_t>(-1)) return {};
    std::string in(name);
    std::string out(name.size() * 3, '\0');
    char* from = in.data();
    char* to = out.data();
    std::size_t left = in.size();
    std::size_t room = out.size();
    const bool whole = iconv(converter, &from, &left, &to, &room) != static_cast<std::size_t>(-1) && left == 0;
    iconv_close(converter);
    if (!whole) return {};
    out.resize(out.size() - room);
    return out;
}

std::string shown(std::string_view name) { return "'" + escape_for_output(name) + "'"; }

/// Why a path would not stay inside the package, or is none.
const char* path_fault(std::string_view path) {
    if (path.empty()) return "an empty name";
    if (path.size() >= 2 && path[1] == ':') return "a drive letter";
    if (std::any_of(path.begin(), path.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; })) {
        return "a control character";
    }
    for (std::size_t begin = 0; begin <= path.size();) {
        const auto end = std::min(path.find('/', begin), path.size());
        const auto segment = path.substr(begin, end - begin);
        if (segment == "..") return "it leaves the package";
        if (segment.empty() || segment == ".") return "an empty step in the path";
        begin = end + 1;
    }
    return nullptr;
}

}  // namespace

std::string fold_case(std::string_view path) {
    std::string folded(path);
    for (auto& c : folded) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return folded;
}

Status read_zip_name(ZipEntry& entry, const ZipLimits& limits, std::vector<std::string>& warnings) {
    const auto too_long = [&](const std::string& name) { return name.size() > limits.name; };
    const auto refuse_length = [&] {
        return fail(Errc::limit_exceeded, "a name of more than " + std::to_string(limits.name) + " bytes");
    };
    if (too_long(entry.name)) return refuse_length();
    entry.path = entry.name;
    if (!is_utf8(entry.path)) {
        auto decoded = from_gbk(entry.path);
        if (!decoded) return fail(Errc::malformed_archive, shown(entry.name) + ": neither UTF-8 nor GBK");
        entry.path = std::move(*decoded);
        if (too_long(entry.path)) return refuse_length();  // three bytes for two
        warnings.push_back(shown(entry.path) + ": its name is in GBK");
    }
    if (entry.path.find('\\') != std::string::npos) {
        warnings.push_back(shown(entry.path) + ": '\\' read as '/'");
        std::replace(entry.path.begin(), entry.path.end(), '\\', '/');
    }
    if (entry.path.starts_with('/')) {
        warnings.push_back(shown(entry.path) + ": begins with '/'");
        entry.path.erase(0, 1);
    }
    if (entry.path.ends_with('/')) {
        entry.folder = true;
        entry.path.pop_back();
    }
    if (const auto* fault = path_fault(entry.path)) {
        return fail(Errc::malformed_archive, shown(entry.name) + ": " + fault);
    }
    return {};
}

}  // namespace elic
