#include "code_input.h"

#include <filesystem>

#include "base/file.h"
#include "elic/payload/payload.h"
#include "elic/verify/verify_payload.h"
#include "picture_library.h"

namespace elic::cli {

namespace {

constexpr std::size_t max_input = 300u << 20;  ///< of an OFD file; pictures have limits of their own
constexpr std::size_t max_picture = 64u << 20;
constexpr std::size_t max_text_file = 64u << 10;
constexpr std::size_t told_by = 64;  ///< bytes by which a seal is told

std::filesystem::file_type type_of(const std::string& name) {
    std::error_code error;
    return std::filesystem::status(name, error).type();
}

bool all_digits(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// A name with a folder or one of the endings that inputs have.
bool looks_like_file_name(const std::string& input) {
    if (input.starts_with("http://") || input.starts_with("https://")) return false;
    if (input.starts_with("./") || input.starts_with("../") || input.starts_with("/")) return true;
    for (const char* ending : {".png", ".jpg", ".jpeg", ".webp", ".txt", ".ofd", ".esl", ".PNG", ".JPG", ".OFD"}) {
        if (input.ends_with(ending)) return true;
    }
    return false;
}

CodeInput without(FindingCode reason, std::string detail) {
    return {.texts = {}, .reason = reason, .detail = std::move(detail)};
}

CodeInput read_picture_input(BytesView bytes) {
    auto pictures = picture_library();
    auto picture = pictures ? (*pictures)->read(bytes, {}) : tl::unexpected(pictures.error());
    if (!picture) {
        const bool limit = picture.error().code == Errc::limit_exceeded;
        return without(limit ? FindingCode::limit_exceeded : FindingCode::input_unreadable, picture.error().context);
    }
    CodeInput input;
    std::string first_foreign;
    for (auto& code : (*pictures)->scan(*picture)) {
        const auto lead = lead_of(normalise_code_text(code.text));
        if (lead != PayloadLead::foreign) {
            input.texts.push_back(std::move(code.text));
        } else if (first_foreign.empty()) {
            first_foreign = std::move(code.text);
        }
    }
    if (input.texts.empty() && !first_foreign.empty()) input.texts.push_back(std::move(first_foreign));
    if (input.texts.empty()) return without(FindingCode::code_absent, "");
    return input;
}

CodeInput read_file_input(const std::string& name) {
    auto bytes = read_file(name, max_input);
    if (!bytes) {
        const bool limit = bytes.error().code == Errc::limit_exceeded;
        return without(limit ? FindingCode::limit_exceeded : FindingCode::input_unreadable, bytes.error().context);
    }
    const auto text = as_text(*bytes);
    // Junk may stand before the archive: then the name says what it is meant to be.
    if (text.starts_with("PK\x03\x04") || name.ends_with(".ofd") || name.ends_with(".OFD")) {
        return {.texts = {}, .reason = {}, .detail = {}, .document = std::move(*bytes)};
    }
    if (looks_like_picture(*bytes)) {
        if (bytes->size() > max_picture) return without(FindingCode::limit_exceeded, "a picture is at most 64 MiB");
        return read_picture_input(*bytes);
    }
    if (text.starts_with("%PDF"))
        return without(FindingCode::input_unreadable, "a PDF is not read: give a picture of its code");
    const auto head = text.substr(0, told_by);
    if (const auto family = name_foreign_code(head).family; family == "electronic-seal" || family == "seal-signature")
        return {.texts = {std::string(head)}, .reason = {}, .detail = {}};
    if (text.size() > max_text_file) return without(FindingCode::limit_exceeded, "a text file is at most 64 KiB");
    return {.texts = {std::string(text)}, .reason = {}, .detail = {}};
}

}  // namespace

std::optional<CodeInput> read_code_input(const std::string& input) {
    using std::filesystem::file_type;
    if (all_digits(input)) return CodeInput{.texts = {input}, .reason = {}, .detail = {}};
    const auto type = type_of(input);
    if (type == file_type::regular) return read_file_input(input);
    if (type == file_type::directory)
        return without(FindingCode::input_unreadable, "it is a folder: name the files in it");
    if (type != file_type::not_found && type != file_type::none)
        return without(FindingCode::input_unreadable, "it is no regular file: give codes from a pipe as lines, with -");
    if (looks_like_file_name(input)) return std::nullopt;
    return CodeInput{.texts = {input}, .reason = {}, .detail = {}};
}

}  // namespace elic::cli
