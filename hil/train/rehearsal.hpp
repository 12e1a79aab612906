// Rehearsal: lessons in which a policy may do otherwise than was done, as plain numbers. C++17.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace saggar::train {

/// What a feature follows when a trim is another one than in the lesson.
enum class Follows : std::uint8_t { nothing, setpoint, zone, core, hottest };

/// One input, and the output (zone) whose trim it follows.
struct RehearsedFeature {
  double mean = 0, scale = 1;
  std::vector<std::size_t> lags = {0};  ///< in periods
  Follows follows = Follows::nothing;
  std::size_t output = 0;
};

/// One output, bounded as in the plugin.
struct RehearsedOutput {
  double trim_K = 0, rate_K = 0, shift_K = 0;  ///< rate per period; shift 0 = not bounded
  double worth = 0;
  std::size_t setpoint = 0;           ///< feature that is its trim at the field
  std::size_t core = 0, hottest = 0;  ///< features; read only where judged
  bool judged = false;                ///< its powder is to be in band
  bool bounded = false;               ///< and here nothing may be too hot
};

/// A stretch of one lesson: `first` is its row; `before` as many rows of the same lesson precede
/// it.
struct Window {
  std::size_t first = 0, before = 0;
};

/// Figures of the reduced kiln, and what is wanted of it. Drawn: each episode takes its own from
/// +- `spread` about them.
struct ReducedFigures {
  double period_s = 120;
  double zone_lag_s = 950;    ///< zone over its setpoint
  double powder_lag_s = 800;  ///< powder over its zone
  double residence_s = 2400;  ///< of the powder in a zone
  double spread = 0.3;
  double heat_K = 2;    ///< powder warmer or colder than in the lesson, one sigma per zone
  double truth_K = 1;   ///< what is true over what is estimated, one sigma
  double step_K = 0.1;  ///< of the device
  double band_K = 5, hottest_K = 5;  ///< in specification; too hot, over the reference
  double hottest_truth_K = 1.5;      ///< as truth_K, of the hottest place where it is bounded
  double travel_price = 0.0005;      ///< of 1 K/h of every setpoint, against the share out of band
  double energy_price = 0.0002;      ///< of 1 K of trim everywhere
};

/// Rows of lessons and where one may begin in them.
struct Rehearsal {
  std::vector<RehearsedFeature> features;
  std::vector<RehearsedOutput> outputs;  ///< zones, in the order that powder passes them
  std::vector<float> rows;               ///< [n x features], in the features' own units
  std::vector<Window> learn, held_out;   ///< complete from the longest lag before to `steps` after
  std::size_t steps = 0;                 ///< periods of an episode
  ReducedFigures figures;

  std::size_t inputs() const noexcept {
    std::size_t n = 0;
    for (const RehearsedFeature& f : features) n += f.lags.size();
    return n;
  }
};

}  // namespace saggar::train
