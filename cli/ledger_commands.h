#pragma once

#include "session.h"

namespace elic::cli {

/// The commands of the group `ledger`, each in its own file.
void add_ledger_list(CLI::App& group, Session& session);
void add_ledger_export(CLI::App& group, Session& session);
void add_ledger_import(CLI::App& group, Session& session);

}  // namespace elic::cli
