#include "elic/base/error.h"

namespace elic {

std::string_view name_of(Errc code) noexcept {
    switch (code) {
#define ELIC_ERRC(number, name, text) \
    case Errc::name:                  \
        return #name;
#include "elic/base/errc.def"
#undef ELIC_ERRC
    }
    return "unknown_error";
}

std::string_view text_of(Errc code) noexcept {
    switch (code) {
#define ELIC_ERRC(number, name, text) \
    case Errc::name:                  \
        return text;
#include "elic/base/errc.def"
#undef ELIC_ERRC
    }
    return "an error without a name";
}

}  // namespace elic
