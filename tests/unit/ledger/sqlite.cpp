#include "ledger/sqlite.h"

#include <catch2/catch.hpp>

using namespace elic;

namespace {

sqlite::Database in_memory() {
    sqlite3* raw = nullptr;
    REQUIRE(sqlite3_open_v2(":memory:", &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr) == SQLITE_OK);
    return sqlite::Database(raw);
}

}  // namespace

TEST_CASE("A value that could not be bound fails the step, with the first reason") {
    const auto database = in_memory();
    sqlite3_limit(database.get(), SQLITE_LIMIT_LENGTH, 100);
    auto statement = sqlite::Statement::prepare(database.get(), "SELECT ?, ?");
    REQUIRE(statement);
    statement->bind(std::string_view("fits")).bind(std::string(101, 'x')).bind(std::int64_t{1});  // then one too many
    auto row = statement->step();
    REQUIRE_FALSE(row);
    CHECK(row.error().code == Errc::io);
    CHECK_THAT(row.error().context, Catch::Contains("bind") && Catch::Contains("too big"));
    CHECK_FALSE(statement->step());
}

TEST_CASE("What was bound comes back, an empty text as a text") {
    const auto database = in_memory();
    auto statement = sqlite::Statement::prepare(database.get(), "SELECT ?, ?, ?");
    REQUIRE(statement);
    statement->bind(std::int64_t{7}).bind(std::string_view()).bind_optional({});
    auto row = statement->step();
    REQUIRE(row);
    REQUIRE(*row);
    CHECK(statement->integer(0) == 7);
    CHECK_FALSE(statement->is_null(1));
    CHECK(statement->text(1).empty());
    CHECK(statement->is_null(2));
}
