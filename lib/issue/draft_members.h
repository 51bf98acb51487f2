#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "codec/json.h"
#include "elic/issue/license_draft.h"

namespace elic {

/// Reads the members of a draft's JSON as clean texts and collects what is wrong with them.
class DraftMembers {
public:
    explicit DraftMembers(std::vector<DraftFault>& faults) : faults_(faults), before_(faults.size()) {}

    /// Records a fault; false, so that callers can return it.
    bool fault(const std::string& field, std::string rule, std::string mend);
    bool faulty() const { return faults_.size() > before_; }
    bool faulty(const std::string& field) const;  ///< something of this field is wrong already

    /// A text (or a number that is an integer, or null = empty), NFC and free of forbidden characters. nullopt: a fault
    /// was recorded.
    std::optional<std::string> text(const std::string& place, const Json& value);

    /// A list of texts, or one text that lists several with 、 , or ^ between them.
    std::vector<std::string> texts(const std::string& place, const Json& value);

    /// The `face` member: label or key -> text, or a list of texts (joined by a line that field rules split again:
    /// "；").
    void face(const Json& value, std::vector<std::pair<std::string, std::string>>& face);

private:
    std::vector<DraftFault>& faults_;
    std::size_t before_;
};

}  // namespace elic
