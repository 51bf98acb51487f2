#pragma once

#include <optional>
#include <string>
#include <vector>

#include "elic/base/bytes.h"
#include "elic/verify/finding.h"

namespace elic::cli {

/// The texts of codes found in one input, or why there are none.
struct CodeInput {
    std::vector<std::string> texts;
    std::optional<FindingCode> reason;  ///< code_absent, input_unreadable, limit_exceeded
    std::string detail;
    std::optional<Bytes> document = {};  ///< an OFD file; then there are no texts
};

/// An input of verify or inspect: the text of a code, a text file, a picture, an OFD
/// file. What looks like a file name and is not
/// there is an error of the caller (nullopt); a folder or a pipe is there and cannot be read.
std::optional<CodeInput> read_code_input(const std::string& input);

}  // namespace elic::cli
