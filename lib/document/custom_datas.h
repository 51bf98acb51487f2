#pragma once

#include <string>
#include <utility>
#include <vector>

#include "elic/document/write_document.h"

namespace elic {

/// Names and values of DocInfo/CustomDatas: GB/T 36903 keys in the standard's order, then what the document was drawn
/// with.
std::vector<std::pair<std::string, std::string>> custom_datas(const DocumentPlan& plan);

/// What may stand in the data index: the name of its element there, and what runs say that they show. The metadata
/// first, then the pack's fields; a field that gives a metadata item stands for that too.
std::vector<std::pair<std::string, std::string>> tagged_items(const TypePack& pack);

}  // namespace elic
