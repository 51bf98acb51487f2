#include "elic/base/error.h"

#include <catch2/catch.hpp>
#include <set>

#include "elic/base/result.h"

using namespace elic;

namespace {
constexpr Errc all[] = {
#define ELIC_ERRC(number, name, text) Errc::name,
#include "elic/base/errc.def"
#undef ELIC_ERRC
};
}  // namespace

TEST_CASE("Errc has a name and a sentence of its own for every number") {
    std::set<std::string_view> names;
    std::set<std::string_view> sentences;
    for (const Errc code : all) {
        names.insert(name_of(code));
        sentences.insert(text_of(code));
        CHECK_FALSE(text_of(code).ends_with('.'));
    }
    CHECK(names.size() == std::size(all));
    CHECK(sentences.size() == std::size(all));
    CHECK(name_of(Errc::malformed_cbor) == "malformed_cbor");
    CHECK(static_cast<int>(Errc::command_failed) == 30);
}

TEST_CASE("Errc names numbers that are not in the table without crashing") {
    CHECK(name_of(static_cast<Errc>(60000)) == "unknown_error");
    CHECK_FALSE(text_of(static_cast<Errc>(60000)).empty());
}

TEST_CASE("fail_in puts the place before the context") {
    const Status status = fail_in("holders[1].code", Error{Errc::malformed_value, "is empty"});
    REQUIRE_FALSE(status);
    CHECK(status.error() == Error{Errc::malformed_value, "holders[1].code: is empty"});
}
