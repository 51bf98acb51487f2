#pragma once

#include "session.h"

namespace elic::cli {

/// The subcommands of `elic trust`, each family in its own file.
void add_trust_build(Command& group, Session& session);
void add_trust_show(Command& group, Session& session);
void add_trust_diff(Command& group, Session& session);
void add_trust_export(Command& group, Session& session);
void add_trust_import(Command& group, Session& session);
void add_trust_pin(Command& group, Session& session);
void add_trust_delegate(Command& group, Session& session);
void add_trust_rollover(Command& group, Session& session);
void add_trust_lint(Command& group, Session& session);

}  // namespace elic::cli
