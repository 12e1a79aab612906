// What a line must be able to do to a frame and to a command.
#pragma once

#include <cstdint>

#include "runtime/domain/archive.hpp"
#include "runtime/domain/frame.hpp"

namespace saggar::line {

/// Turns one bit of one value; `chance` is 64 random bits.
void spoil(domain::Frame& frame, std::uint64_t chance) noexcept;
void spoil(domain::Command& command, std::uint64_t chance) noexcept;

/// Moves all times by `by_ns`.
void move(domain::Frame& frame, std::int64_t by_ns) noexcept;
void move(domain::Command& command, std::int64_t by_ns) noexcept;

/// Every member, one by one; sizes are checked.
void serialize(domain::Archive& archive, domain::Frame& frame);
void serialize(domain::Archive& archive, domain::Command& command);

}  // namespace saggar::line
