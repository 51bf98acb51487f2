#include "issue/draft_members.h"

#include <algorithm>

#include "base/text.h"

namespace elic {

bool DraftMembers::fault(const std::string& field, std::string rule, std::string mend) {
    faults_.push_back(
        {escape_for_output(field), std::move(rule), std::move(mend)});  // a field may be named by the input
    return false;
}

bool DraftMembers::faulty(const std::string& field) const {
    return std::any_of(faults_.begin() + static_cast<std::ptrdiff_t>(before_), faults_.end(),
                       [&](const DraftFault& fault) { return fault.field == field; });
}

std::optional<std::string> DraftMembers::text(const std::string& place, const Json& value) {
    if (value.is_null()) return std::string();
    std::string text;
    if (value.is_number_integer()) {
        text = value.dump();
    } else if (value.is_string()) {
        text = value.get<std::string>();
    } else {
        fault(place, "form", "a text is expected");
        return {};
    }
    auto finding = find_text_fault(text);
    if (finding && finding->fault == TextFault::not_nfc) {
        text = to_nfc(text);
        finding = find_text_fault(text);
    }
    if (finding) {
        fault(place, "characters", describe(*finding) + ": take it out");
        return {};
    }
    return text;
}

std::vector<std::string> DraftMembers::texts(const std::string& place, const Json& value) {
    std::vector<std::string> list;
    if (value.is_array()) {
        for (std::size_t i = 0; i < value.size(); ++i) {
            if (auto item = text(place + "[" + std::to_string(i) + "]", value[i])) list.push_back(std::move(*item));
        }
        return list;
    }
    auto whole = text(place, value);
    if (!whole) return list;
    std::string item;
    for (std::size_t offset = 0; offset < whole->size();) {
        const std::size_t start = offset;
        const auto character = next_character(*whole, offset);
        if (character == U'、' || character == U',' || character == U'，' || character == U'^') {
            if (!item.empty()) list.push_back(std::exchange(item, {}));
        } else {
            item += whole->substr(start, offset - start);
        }
    }
    if (!item.empty()) list.push_back(item);
    return list;
}

void DraftMembers::face(const Json& value, std::vector<std::pair<std::string, std::string>>& face) {
    if (!value.is_object()) {
        fault("face", "form", "an object of label or key and text is expected");
        return;
    }
    for (const auto& [key, item] : value.items()) {
        const std::string place = "face." + key;
        std::string joined;
        if (item.is_array()) {
            for (const auto& part : texts(place, item)) joined += (joined.empty() ? "" : "；") + part;
        } else if (auto one = text(place, item)) {
            joined = *one;
        }
        if (!joined.empty()) face.emplace_back(key, joined);
    }
}

}  // namespace elic
