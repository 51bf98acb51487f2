#include "ledger/kept_statements.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <vector>

namespace elic::sqlite {

namespace {

constexpr std::size_t most = 48;  ///< of a connection: more than the ledger has texts in one use

struct Kept {
    std::mutex access;
    std::map<sqlite3*, std::vector<sqlite3_stmt*>> statements;
};

/// SQLite has no place for an owner's pointer in a connection (before 3.44), so that they are kept beside.
Kept& kept() {
    static Kept all;
    return all;
}

}  // namespace

sqlite3_stmt* take_kept(sqlite3* database, std::string_view sql) noexcept {
    const std::lock_guard lock(kept().access);
    const auto at = kept().statements.find(database);
    if (at == kept().statements.end()) return nullptr;
    auto& statements = at->second;
    const auto found = std::find_if(statements.begin(), statements.end(),
                                    [&](sqlite3_stmt* each) { return sqlite3_sql(each) == sql; });
    if (found == statements.end()) return nullptr;
    auto* statement = *found;
    statements.erase(found);
    return statement;
}

void keep(sqlite3* database, sqlite3_stmt* statement) noexcept {
    if (statement == nullptr) return;
    // What a step failed with was told then.
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
    {
        const std::lock_guard lock(kept().access);
        auto& statements = kept().statements[database];
        if (statements.size() < most) return statements.push_back(statement);
    }
    sqlite3_finalize(statement);
}

void drop_kept(sqlite3* database) noexcept {
    std::vector<sqlite3_stmt*> statements;
    {
        const std::lock_guard lock(kept().access);
        const auto at = kept().statements.find(database);
        if (at == kept().statements.end()) return;
        statements = std::move(at->second);
        kept().statements.erase(at);
    }
    for (auto* statement : statements) sqlite3_finalize(statement);
}

}  // namespace elic::sqlite
