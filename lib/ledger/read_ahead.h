#pragma once

#include "elic/base/result.h"

namespace elic::sqlite {

/// The name of a file system of SQLite's (a VFS) for one who reads a whole database from its beginning to its end: it
/// reads the file of the database in blocks of many pages where it is read in order, and otherwise is the default one.
/// A call for every page is most of the time of such a reading, and so is mapping the file, which besides counts all
/// of it as memory in use. Errors: io, when SQLite has no file system.
Result<const char*> read_ahead_vfs();

}  // namespace elic::sqlite
