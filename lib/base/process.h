#pragma once

#include <chrono>
#include <cstddef>
#include <string>

#include "elic/base/bytes.h"
#include "elic/base/result.h"

namespace elic {

/// Runs `command` with /bin/sh -c, feeds it `input`, returns its standard output; its standard error is
/// passed through. Errors: command_failed (cannot start, non-zero exit, time-out, more than
/// `output_limit` bytes), with the exit status in the context.
Result<Bytes> run_command(const std::string& command, BytesView input, std::size_t output_limit,
                          std::chrono::seconds timeout);

/// Cryptographically strong random bytes from the operating system. Errors: io.
Status fill_random(std::span<std::uint8_t> out);

}  // namespace elic
