#pragma once

#include <sqlite3.h>
#include <string_view>

namespace elic::sqlite {

/// Prepared statements between two uses, by connection and text. A connection belongs to one thread at a time; several
/// connections may come at once.

/// One that was kept, as if it had just been prepared; null: none.
sqlite3_stmt* take_kept(sqlite3* database, std::string_view sql) noexcept;

/// Takes a statement that is no longer used: reset, its values let go. Or finalizes it, when enough are kept.
void keep(sqlite3* database, sqlite3_stmt* statement) noexcept;

/// Finalizes all of a connection that is about to close.
void drop_kept(sqlite3* database) noexcept;

}  // namespace elic::sqlite
