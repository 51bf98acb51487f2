#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace elic {

/// What kept the tool from doing its job. Never says anything about a license: that is a Report.
/// Stable numbers, append only (errc.def).
enum class Errc : std::uint16_t {
#define ELIC_ERRC(number, name, text) name = number,
#include "elic/base/errc.def"
#undef ELIC_ERRC
};

/// The stable name ("malformed_cbor").
std::string_view name_of(Errc code) noexcept;

/// One English sentence without a full stop.
std::string_view text_of(Errc code) noexcept;

/// An error as a value. `context` names the thing (file, field, offset) and, where one exists, the
/// mend: "serial: 'abc' has lower-case letters; write them in upper case".
struct Error {
    Errc code;
    std::string context;

    friend bool operator==(const Error&, const Error&) = default;
};

}  // namespace elic
