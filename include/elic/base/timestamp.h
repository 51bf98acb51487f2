#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "elic/base/date.h"
#include "elic/base/result.h"

namespace elic {

/// An instant, to the second, 1900..2199.
class Timestamp {
public:
    /// Errors: malformed_value outside 1900..2199.
    static Result<Timestamp> from_unix(std::int64_t seconds_since_1970);

    /// Seconds since 2000-01-01T00:00:00Z, as the payload carries it.
    static Result<Timestamp> from_epoch_2000(std::int64_t seconds);

    /// "YYYY-MM-DDTHH:MM:SS" followed by "Z" or "+HH:MM" / "-HH:MM", or a bare date "YYYY-MM-DD", which
    /// means its last second in +08:00.
    static Result<Timestamp> parse(std::string_view text);

    /// 23:59:59 of that day in +08:00: validity is inclusive to 24:00 of the last day.
    static Timestamp last_second_of(Date day) noexcept;

    /// 00:00:00 of that day in +08:00.
    static Timestamp first_second_of(Date day) noexcept;

    std::int64_t unix_seconds() const noexcept { return seconds_; }
    std::int64_t epoch_2000_seconds() const noexcept;

    /// The civil day in +08:00.
    Date day() const noexcept;

    /// "YYYY-MM-DDTHH:MM:SS+08:00", whatever the time zone of the process.
    std::string format() const;

    friend auto operator<=>(const Timestamp&, const Timestamp&) = default;

private:
    explicit constexpr Timestamp(std::int64_t seconds) noexcept : seconds_(seconds) {}
    std::int64_t seconds_;
};

/// Where time comes from. Nothing below cli/ asks the system for the time.
class Clock {
public:
    virtual ~Clock() = default;
    virtual Timestamp now() const = 0;
};

}  // namespace elic
