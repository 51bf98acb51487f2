#pragma once

#include <filesystem>
#include <sqlite3.h>
#include <string>

#include "elic/ledger/ledger.h"

namespace elic {

// Codes made up for these tests; their check characters hold (GB 32100, GB/T 36904).
inline LicenseTypeCode a_type() { return LicenseTypeCode::parse("11100000000013338W011").value(); }
inline LicenseTypeCode another_type() { return LicenseTypeCode::parse("11100000000013338W032").value(); }
inline Uscc an_issuer() { return Uscc::parse("11430199MB00TX017C").value(); }
inline Timestamp a_time(int seconds = 0) { return Timestamp::from_unix(1767225600 + seconds).value(); }

inline ReserveRequest ask(const std::string& request, const std::string& content = R"({"number":"1"})",
                          int seconds = 0) {
    return {.request = request,
            .content = content,
            .type = a_type(),
            .issuer = an_issuer(),
            .serial = {},
            .previous = {},
            .at = a_time(seconds)};
}

/// A copy of a ledger's file issues nothing until it is adopted: that is not what a test that copies is about.
inline void adopt_copy(const std::filesystem::path& file) {
    auto ledger = Ledger::open(file);
    if (!ledger) return;
    const auto head = ledger->head();
    if (!head) return;
    static_cast<void>(
        ledger->adopt({.origin = {.issuer = an_issuer(), .office = ledger->office(), .identity = ledger->identity()},
                       .head = *head,
                       .at = a_time()}));
}

/// Runs SQL on a ledger's file as any SQLite shell would. The error message, empty when it went through.
inline std::string run_sql(const std::filesystem::path& file, const std::string& sql) {
    sqlite3* database = nullptr;
    std::string message;
    if (sqlite3_open_v2(file.c_str(), &database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr) != SQLITE_OK ||
        sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
        message = sqlite3_errmsg(database);
        if (message.empty()) message = "failed";
    }
    sqlite3_close_v2(database);
    return message;
}

/// The first column of the first row as text.
inline std::string ask_sql(const std::filesystem::path& file, const std::string& sql) {
    sqlite3* database = nullptr;
    sqlite3_stmt* statement = nullptr;
    std::string answer;
    if (sqlite3_open_v2(file.c_str(), &database, SQLITE_OPEN_READWRITE, nullptr) == SQLITE_OK &&
        sqlite3_prepare_v2(database, sql.c_str(), -1, &statement, nullptr) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW) {
        if (const auto* text = sqlite3_column_text(statement, 0)) answer = reinterpret_cast<const char*>(text);
    }
    sqlite3_finalize(statement);
    sqlite3_close_v2(database);
    return answer;
}

}  // namespace elic
