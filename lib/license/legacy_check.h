#pragma once

#include <string_view>

namespace elic {

/// The check character that a faulty program computes over TYPE ISSUER SERIAL REVISION, where MOD 37,36 was meant.
/// Known of one public batch program and of one identifier in use (Shandong, type 11100000000013661B006, check M where
/// D is right). Never a reason to accept an identifier. '\0' when a character is not of 0-9A-Z.
char legacy_check(std::string_view text) noexcept;

}  // namespace elic
