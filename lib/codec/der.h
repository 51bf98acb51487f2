#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "elic/base/bytes.h"
#include "elic/base/result.h"
#include "elic/base/timestamp.h"

namespace elic::der {

/// Identifier octets of the types that seals, signatures and time stamps use (ITU-T X.690, 8.1.2).
enum Tag : std::uint8_t {
    boolean = 0x01,
    integer = 0x02,
    bit_string = 0x03,
    octet_string = 0x04,
    null = 0x05,
    object_identifier = 0x06,
    utf8_string = 0x0c,
    printable_string = 0x13,
    ia5_string = 0x16,
    utc_time = 0x17,
    generalized_time = 0x18,
    sequence = 0x30,
    set = 0x31,
};

/// [number], constructed: EXPLICIT, or IMPLICIT of a SEQUENCE or SET.
constexpr std::uint8_t context(int number) { return static_cast<std::uint8_t>(0xa0 | number); }
/// [number], primitive: IMPLICIT of a string.
constexpr std::uint8_t context_primitive(int number) { return static_cast<std::uint8_t>(0x80 | number); }

/// What a reader accepts at most; more is limit_exceeded.
inline constexpr std::size_t max_bytes = 4 << 20;
inline constexpr std::size_t max_members = 4096;  ///< of one SEQUENCE or SET

/// One value as it was received. Views into the bytes that were read: a signature is verified over `whole` or
/// `content`, never over an encoding of our own.
struct Element {
    std::uint8_t tag = 0;
    BytesView content;
    BytesView whole;         ///< identifier, length, content
    std::size_t offset = 0;  ///< of `whole` in the bytes that the outermost reader was given
};

/// Reads the values that follow each other in some bytes, without copying. Definite lengths in their shortest form and
/// identifiers of one octet only; whatever else DER asks of a value is asked where the value is read. Errors:
/// malformed_der with "offset N: name: ...", limit_exceeded. `what` names the value in errors.
class Reader {
public:
    /// Of bytes from outside.
    explicit Reader(BytesView bytes) : bytes_(bytes) {}
    /// Of what a constructed value holds.
    explicit Reader(const Element& parent);

    bool at_end() const noexcept { return at_ == bytes_.size(); }
    /// The identifier octet that comes next; none at the end.
    std::optional<std::uint8_t> next_tag() const noexcept;
    /// Where the next value starts.
    std::size_t offset() const noexcept { return base_ + at_; }

    Result<Element> any(std::string_view what);
    Result<Element> next(std::uint8_t tag, std::string_view what);
    /// The next value if it has that tag; none, and nothing read, if it has not.
    Result<std::optional<Element>> optional(std::uint8_t tag, std::string_view what);
    /// Refuses what follows.
    Status end(std::string_view what) const;

private:
    Result<Element> element(std::string_view what);

    BytesView bytes_;
    std::size_t base_ = 0;
    std::size_t at_ = 0;
    std::size_t members_ = 0;
};

/// The one value that fills `bytes`.
Result<Element> read_whole(BytesView bytes, std::uint8_t tag, std::string_view what);

/// Values of one element; the tag must have been looked at. Errors: malformed_der.
Result<bool> read_boolean(const Element& element, std::string_view what);
/// A small number, shortest form.
Result<std::int64_t> read_integer(const Element& element, std::string_view what);
/// "1.2.156.10197.1.501"; arcs below 2^32, at most 32 of them.
Result<std::string> read_object_identifier(const Element& element, std::string_view what);
/// Octets of a BIT STRING without unused bits.
Result<BytesView> read_bit_string(const Element& element, std::string_view what);
/// UTCTime "YYMMDDHHMMSSZ" (1950..2049) or GeneralizedTime "YYYYMMDDHHMMSSZ", by the element's tag.
Result<Timestamp> read_time(const Element& element, std::string_view what);

/// Writing: each gives one whole value.
Bytes write(std::uint8_t tag, BytesView content);
Bytes write_sequence(std::initializer_list<BytesView> members);
Bytes write_sequence(std::span<const Bytes> members);
/// Members in DER's order (X.690, 11.6).
Bytes write_set(std::span<const Bytes> members, std::uint8_t tag = set);
Bytes write_integer(std::int64_t number);
/// `dotted` is one of this program's constants: ill-formed is a bug.
Bytes write_object_identifier(std::string_view dotted);
Bytes write_octet_string(BytesView octets);
Bytes write_bit_string(BytesView octets);
Bytes write_text(std::uint8_t tag, std::string_view text);
Bytes write_generalized_time(Timestamp at);
Bytes write_utc_time(Timestamp at);

}  // namespace elic::der
