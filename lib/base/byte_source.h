#pragma once

#include <atomic>
#include <filesystem>
#include <span>

#include "base/descriptor.h"
#include "elic/base/result.h"

namespace elic {

/// Bytes of a file or of standard input as they come. One thread reads; another may end the waiting.
class ByteSource {
public:
    /// Errors: not_found (not there, or a folder).
    static Result<ByteSource> open(const std::filesystem::path& path);
    static ByteSource standard_input();

    /// Puts bytes there and gives their number; 0 at the end, or when `cancelled` became true while nothing came.
    /// Errors: io.
    Result<std::size_t> read(std::span<char> to, const std::atomic<bool>& cancelled);

    /// Bytes of a regular file; 0 of anything else.
    std::uintmax_t size() const noexcept { return size_; }

private:
    ByteSource(Descriptor file, std::string name, std::uintmax_t size)
        : file_(std::move(file)), name_(std::move(name)), size_(size) {}
    Descriptor file_;
    std::string name_;
    std::uintmax_t size_;
};

}  // namespace elic
