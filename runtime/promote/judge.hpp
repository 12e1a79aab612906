// Judge: a gate against the evidence, condition by condition.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "runtime/config/gate_config.hpp"
#include "runtime/promote/blocks.hpp"
#include "runtime/promote/evidence.hpp"

namespace saggar::promote {

enum class Verdict : std::uint8_t { held, not_held, not_known, not_asked };

enum class Asked : std::uint8_t {
  time,
  coverage,
  acceptance,
  overrides,
  severe,
  harm,
  zone_error,
  power,
  clips
};
inline constexpr std::size_t kAskedCount = 9;

/// Why a condition is not known, or is not held although its figure would be.
enum class Because : std::uint8_t {
  none,
  too_few,         ///< fewer moves than asked for
  no_monitor,      ///< nobody watches its predictions
  nothing_due,     ///< nothing that it foretold has come due
  nobody_decided,  ///< no move was answered
  lots_unknown,    ///< days are too few, lots are not known
  never_moved,     ///< it moved nothing at this level
  unwatched,       ///< no limit of the group can be looked at for more than a tenth of the time
  no_baseline,     ///< nobody else moved the group
  too_few_blocks,  ///< fewer than two days or shifts of either
  no_evidence      ///< not one record follows another at this level
};
inline constexpr std::size_t kBecauseCount = 11;

/// Shares are of 1; harm is in seconds; time in days; key figures as BLOCKS has them: `required` is
/// the largest difference to the baseline, `measured` the upper end of the difference.
struct Condition {
  Asked what{};
  Verdict verdict = Verdict::not_asked;
  Because because = Because::none;
  double required = 0, measured = 0;
  double required_count = 0, count = 0;       ///< moves, proposals, lots, blocks
  std::optional<Comparison> comparison = {};  ///< of a key figure
  bool weaker = false;                        ///< than SC-82 asks at this step
};

struct Judgement {
  config::GateConfig gate;
  std::string baseline;  ///< of the key figures; empty: nobody
  std::vector<Condition> conditions;
  bool open = false;  ///< all that is asked is held, and something is
};

/// @param who, baseline  names in `blocks`; baseline empty: whoever else has most of them
Judgement judge(const config::GateConfig& gate, const Tally& tally, const Blocks& blocks,
                const std::string& who, const std::string& baseline = {});

/// The level above; nothing above `full`.
std::optional<domain::Level> next(domain::Level level) noexcept;

}  // namespace saggar::promote
