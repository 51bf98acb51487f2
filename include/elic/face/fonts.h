#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "elic/base/result.h"

namespace elic {

/// The font files of this machine that faces and seals are drawn with: WenQuanYi Micro Hei (黑体), AR PL UKai (楷体),
/// AR PL UMing (宋体), and Hanazono Mincho A and B for rare characters. A file is read, and prepared for cutting
/// subsets, when it is first used. One thread at a time; cheap to move.
class Fonts {
public:
    /// Errors: not_found, naming the Debian packages, when one of the first three is missing.
    static Result<Fonts> open(const std::vector<std::filesystem::path>& folders = {"/usr/share/fonts/truetype"});

    Fonts(Fonts&&) noexcept;
    Fonts& operator=(Fonts&&) noexcept;
    ~Fonts();

    struct Impl;  ///< defined inside face/
    Impl& impl() noexcept { return *impl_; }

private:
    explicit Fonts(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace elic
