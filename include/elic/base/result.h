#pragma once

#include <string>
#include <tl/expected.hpp>
#include <utility>

#include "elic/base/error.h"

namespace elic {

/// A value or an Error. A class, not an alias, so that a dropped result warns on both compilers.
/// Return early; no and_then chains.
template <class T>
class [[nodiscard]] Result : public tl::expected<T, Error> {
public:
    using tl::expected<T, Error>::expected;
    // NOLINTNEXTLINE(google-explicit-constructor)
    Result(tl::expected<T, Error> e) : tl::expected<T, Error>(std::move(e)) {}
};

/// Nothing, or an Error.
using Status = Result<void>;

/// `return fail(Errc::io, path + ": " + reason);`
inline tl::unexpected<Error> fail(Errc code, std::string context) {
    return tl::unexpected<Error>(Error{code, std::move(context)});
}

/// Passes an error on, with the place put before its context: "holders[1].code: ...".
inline tl::unexpected<Error> fail_in(const std::string& place, Error error) {
    error.context = place + ": " + error.context;
    return tl::unexpected<Error>(std::move(error));
}

}  // namespace elic
