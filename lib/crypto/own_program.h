#pragma once

namespace elic {

/// For a program of elic's own, before it does anything else. OpenSSL then reads no configuration file of the machine,
/// so that none of them moves a verdict. A program that links the library decides this itself.
void start_crypto_of_own_program() noexcept;

}  // namespace elic
