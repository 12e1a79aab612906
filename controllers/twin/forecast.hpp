// Forecast: each row run forward along the present kiln to its exit, a few at a time.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "controllers/twin/line.hpp"
#include "controllers/twin/rows.hpp"

namespace saggar::twin {

/// What the model alone says of a row at the exit, mean of the layers. NaN: not forecast yet.
struct AtExit {
  double size_nm, mixing, conversion, size_per_K;
  void state(plugin::State& s);
};

/// Takes the newest row and seven others in turn, runs them `steps` long steps each cycle, and
/// starts over when all have left. Thread: one, no allocation after construction.
class Forecast {
 public:
  Forecast(const Figures& figures, const Places& places, std::size_t nodes);

  /// A row was put before the `count` there are.
  void push(std::size_t count) noexcept;
  void go_on(std::size_t steps, const Rows& now, const Line& line, const Surroundings& around,
             const double* speed_m_per_s) noexcept;
  void state(plugin::State& s);  ///< all that the next steps depend on
  const AtExit& operator[](std::size_t row) const noexcept { return exits_[row]; }

 private:
  void begin(const Rows& now, const Line& line) noexcept;
  void note(const Line& line) noexcept;

  std::size_t groups_;
  double total_m_;
  Rows rows_;
  Exchange unused_;
  std::array<double, Rows::kLanes> position_m_{};
  std::array<std::uint64_t, Rows::kLanes> number_{};
  std::array<bool, Rows::kLanes> gone_{};
  std::size_t turn_ = 0;
  bool busy_ = false;
  std::vector<AtExit> exits_;  ///< per row
};

}  // namespace saggar::twin
