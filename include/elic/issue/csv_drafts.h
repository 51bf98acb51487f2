#pragma once

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "elic/base/result.h"
#include "elic/issue/license_draft.h"
#include "elic/packs/type_pack.h"

namespace elic {

/// Drafts from the rows of a table (docs/format/csv.md): what its headings mean, and what a row says. The headings are
/// the national keys or their names, `request`, and keys or labels of face items. May be used by several threads.
class CsvDrafts {
public:
    /// `type`: of all rows, when no column says it. `packs`: the types that rows may have, one pack each.
    /// Errors: bad_argument: a heading that nobody knows, two of one meaning, no column for the request or the type.
    static Result<CsvDrafts> open(const std::vector<std::string>& headings, const std::optional<LicenseTypeCode>& type,
                                  std::span<const std::shared_ptr<const TypePack>> packs);

    /// The draft of a row, or all that is wrong with it; what a spreadsheet did to a cell is named (`spreadsheet`).
    DraftReading read(const std::vector<std::string>& cells) const;
    /// The case number as the row gives it, or "".
    std::string request_of(const std::vector<std::string>& cells) const;
    /// The heading of the column that a fault's field comes from, or "".
    std::string heading_of(const std::string& field) const;

private:
    struct Column {
        std::string heading;
        std::string key;  ///< of the flat form; of a face item its heading
        bool face = false;
    };
    CsvDrafts() = default;
    const std::string* cell(const std::vector<std::string>& cells, std::string_view key) const;
    void check_cell(const Column& column, const std::string& cell, const TypePack* pack, DraftReading& reading) const;

    std::vector<Column> columns_;
    std::optional<LicenseTypeCode> type_;
    std::map<std::string, std::shared_ptr<const TypePack>> packs_;  ///< by code
};

}  // namespace elic
