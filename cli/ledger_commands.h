#pragma once

#include "session.h"

namespace elic::cli {

/// The commands of `elic ledger` that have files of their own.
void add_ledger_list(CLI::App& group, Session& session);
void add_ledger_export(CLI::App& group, Session& session);
void add_ledger_import(CLI::App& group, Session& session);
void add_ledger_tree(CLI::App& group, Session& session);   ///< checkpoint, prove, check, witness
void add_ledger_audit(CLI::App& group, Session& session);  ///< audit
void add_ledger_keep(CLI::App& group, Session& session);   ///< backup, restore, migrate, skip

}  // namespace elic::cli
