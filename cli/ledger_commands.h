#pragma once

#include "session.h"

namespace elic::cli {

/// The commands of `elic ledger` that have files of their own.
void add_ledger_list(Command& group, Session& session);
void add_ledger_export(Command& group, Session& session);
void add_ledger_import(Command& group, Session& session);
void add_ledger_tree(Command& group, Session& session);   ///< checkpoint, prove, check, witness
void add_ledger_audit(Command& group, Session& session);  ///< audit
void add_ledger_keep(Command& group, Session& session);   ///< backup, restore, migrate, skip

}  // namespace elic::cli
