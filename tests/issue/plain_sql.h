#pragma once

#include <filesystem>
#include <memory>
#include <sqlite3.h>

namespace elic {

/// A database as any SQLite shell would open it.
class PlainSql {
public:
    explicit PlainSql(const std::filesystem::path& file) {
        sqlite3* raw = nullptr;
        sqlite3_open_v2(file.c_str(), &raw, SQLITE_OPEN_READWRITE, nullptr);
        database_.reset(raw);
    }
    bool run(const char* sql) { return sqlite3_exec(database_.get(), sql, nullptr, nullptr, nullptr) == SQLITE_OK; }

private:
    struct Close {
        void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
    };
    std::unique_ptr<sqlite3, Close> database_;
};

inline PlainSql open_plain(const std::filesystem::path& file) { return PlainSql(file); }

}  // namespace elic
