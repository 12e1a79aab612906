// Level, TrustReport: how far people trust a controller with a group of MVs (SC-80..86).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "runtime/domain/proposal.hpp"

namespace saggar::domain {

/// Ordered: each may do what the one before may, and more.
enum class Level : std::uint8_t {
  shadow,   // L0: computes and is recorded; nobody needs to look
  advise,   // L1: its moves are shown; people do what they think right
  confirm,  // L2: it moves what a person confirms, each time
  narrow,   // L3: it moves by itself, close to the recipe
  full      // L4: it moves by itself within the limits in force
};
inline constexpr int kLevelCount = 5;
std::string_view name(Level level) noexcept;  // "shadow", "advise", ...
std::optional<Level> parse_level(std::string_view text) noexcept;

/// What became of a move that waited for a person. withdrawn: what stood behind it was gone.
enum class MoveAnswer : std::uint8_t { accepted, modified, rejected, expired, withdrawn };
inline constexpr int kMoveAnswerCount = 5;
std::string_view name(MoveAnswer answer) noexcept;

/// Groups of MVs that one controller is trusted with separately.
inline constexpr std::size_t kMaxGroups = 8;

/// One controller and one group of MVs in one cycle. A card is a move that waits for a person: the
/// proposal of the cycle it was made in (SC-84).
struct TrustReport {
  ControllerId controller = kNoController;
  std::uint8_t group = 0;  ///< of this controller, in the order of its configuration
  Level level = Level::shadow;
  Reason reason = Reason::none;   ///< why the level is what it is
  std::uint64_t since_cycle = 0;  ///< the level
  std::uint64_t card = 0;         ///< its number, from 1; 0 = none waits
  std::uint64_t card_cycle = 0;   ///< in which it was made
  // cards since the level began, by what became of them
  std::uint32_t shown = 0, accepted = 0, modified = 0, rejected = 0, expired = 0;
};

}  // namespace saggar::domain
