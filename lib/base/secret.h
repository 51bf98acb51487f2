#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "elic/base/bytes.h"

namespace elic {

/// Overwrites memory in a way that the compiler keeps.
void wipe(void* memory, std::size_t size) noexcept;

/// Overwrites what calls that have returned may have left on the stack: 16 KiB below the caller's frame.
void wipe_stack() noexcept;

/// Bytes that must not outlive their use: zeroed on destruction and on move, never copied, never printed.
class Secret {
public:
    Secret() = default;
    explicit Secret(BytesView bytes) : bytes_(bytes.begin(), bytes.end()) {}
    explicit Secret(std::string_view text) : Secret(as_bytes(text)) {}
    Secret(const Secret&) = delete;
    Secret& operator=(const Secret&) = delete;
    Secret(Secret&& other) noexcept : bytes_(std::exchange(other.bytes_, {})) {}
    Secret& operator=(Secret&& other) noexcept {
        if (this != &other) {
            wipe(bytes_.data(), bytes_.size());
            bytes_ = std::exchange(other.bytes_, {});
        }
        return *this;
    }
    ~Secret() { wipe(bytes_.data(), bytes_.size()); }

    BytesView view() const noexcept { return bytes_; }
    bool empty() const noexcept { return bytes_.empty(); }

private:
    Bytes bytes_;
};

}  // namespace elic
