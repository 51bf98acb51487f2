#pragma once

namespace elic {

/// For a program of elic's own, before it does anything else. OpenSSL then reads no configuration file of the machine,
/// so that none of them moves a verdict, and leaves it to the system to free its memory at the end. A program that
/// links the library decides these things itself.
void start_crypto_of_own_program() noexcept;

}  // namespace elic
