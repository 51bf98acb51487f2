#include "elic/document/ofd_package.h"

#include <algorithm>

#include "base/text.h"
#include "container/zip.h"

namespace elic {

namespace {

std::string folded(std::string_view path) {
    std::string result(path);
    for (auto& c : result) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return result;
}

std::string shown(std::string_view text) { return "'" + escape_for_output(text) + "'"; }

}  // namespace

std::string resolve_location(std::string_view from, std::string_view location) {
    std::vector<std::string_view> steps;
    const auto walk = [&](std::string_view path) {
        for (std::size_t begin = 0; begin <= path.size();) {
            const auto end = std::min(path.find('/', begin), path.size());
            const auto step = path.substr(begin, end - begin);
            begin = end + 1;
            if (step.empty() || step == ".") continue;
            if (step != "..") {
                steps.push_back(step);
            } else if (steps.empty()) {
                return false;
            } else {
                steps.pop_back();
            }
        }
        return true;
    };
    const auto folder = from.rfind('/');
    const bool relative = !location.starts_with('/') && folder != std::string_view::npos;
    if (location.empty() || (relative && !walk(from.substr(0, folder))) || !walk(location)) return {};
    std::string path;
    for (const auto step : steps) path += (path.empty() ? "" : "/") + std::string(step);
    return path;
}

Result<OfdPackage> OfdPackage::open(BytesView file) {
    auto archive = read_zip(file);
    if (!archive) return tl::unexpected<Error>(archive.error());
    return OfdPackage(std::move(archive->parts), std::move(archive->warnings));
}

OfdPackage::OfdPackage(std::vector<Part> parts, std::vector<std::string> warnings)
    : parts_(std::move(parts)), warnings_(std::move(warnings)) {
    for (std::size_t n = 0; n < parts_.size(); ++n) {
        by_path_.emplace(parts_[n].path, n);
        by_folded_path_.emplace(folded(parts_[n].path), n);
    }
}

const Part* OfdPackage::find(std::string_view path) const noexcept {
    const auto found = by_path_.find(path);
    return found == by_path_.end() ? nullptr : &parts_[found->second];
}

const Part* OfdPackage::near(std::string_view path, std::string_view location,
                             std::vector<std::string>& warnings) const {
    if (path.empty()) return nullptr;
    if (const auto* part = find(path)) return part;
    // The archive holds no two paths that differ in case only, so there is at most one.
    const auto found = by_folded_path_.find(folded(path));
    if (found == by_folded_path_.end()) return nullptr;
    const auto& part = parts_[found->second];
    warnings.push_back(shown(location) + ": written " + shown(part.path) + " in the package");
    return &part;
}

const Part* OfdPackage::resolve(std::string_view from, std::string_view location,
                                std::vector<std::string>& warnings) const {
    if (const auto* part = near(resolve_location(from, location), location, warnings)) return part;
    if (location.starts_with('/')) return nullptr;
    const auto* part = near(resolve_location("", location), location, warnings);
    if (part != nullptr) warnings.push_back(shown(location) + ": counted from the root, not from its file");
    return part;
}

}  // namespace elic
