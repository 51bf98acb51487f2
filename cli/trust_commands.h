#pragma once

#include "session.h"

namespace elic::cli {

/// The subcommands of `elic trust`, each family in its own file.
void add_trust_build(CLI::App& group, Session& session);
void add_trust_show(CLI::App& group, Session& session);
void add_trust_diff(CLI::App& group, Session& session);
void add_trust_export(CLI::App& group, Session& session);
void add_trust_import(CLI::App& group, Session& session);
void add_trust_pin(CLI::App& group, Session& session);
void add_trust_delegate(CLI::App& group, Session& session);
void add_trust_rollover(CLI::App& group, Session& session);

}  // namespace elic::cli
