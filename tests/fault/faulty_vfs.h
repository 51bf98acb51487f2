#pragma once

#include <cstdint>
#include <string>

namespace elic::fault {

/// What becomes of the operation that fails.
enum class Effect { none, done };

/// What goes wrong from the n-th write, sync, truncation or deletion on.
enum class Trouble {
    one_failure,  ///< that one is answered with an error, the next ones work
    death,        ///< that one and all later ones fail, until `revive`
};

/// What a power cut leaves of each file: what was synced, all that was written, or some of each (per sector of 512
/// bytes).
enum class Remains { synced, written, torn };

/// Makes the shim SQLite's default file system of this process. Syncs are remembered, not carried out: they are fast,
/// and what a power cut would leave is known.
void install_faulty_vfs();

/// Forgets all files and counts from 0. `at` counts from 1; 0: nothing fails.
void arm(std::uint64_t at, Trouble trouble, Effect effect);

/// True when the armed operation was reached.
bool fired();

/// The process died, the machine did not: operations work again, files stay as they were written.
void revive();

/// The machine died: files are put into the state that remains; operations work again. No connection may be open.
void cut_power(Remains remains, std::uint32_t seed);

}  // namespace elic::fault
