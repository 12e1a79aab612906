// Cross: limits between MVs (G7): neighbouring zones, top and bottom, oxygen supply, exhaust
// against inlets, heating power.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "runtime/domain/frame.hpp"

namespace saggar::guard {

/// An interval of values and what bounds it on each side.
struct Bounds {
  double low = 0;
  double high = 0;
  domain::Reason low_reason = domain::Reason::none;
  domain::Reason high_reason = domain::Reason::none;

  void at_least(double value, domain::Reason why) noexcept {
    if (value > low) low = value, low_reason = why;
  }
  void at_most(double value, domain::Reason why) noexcept {
    if (value < high) high = value, high_reason = why;
  }
};

/// Who is bound to whom; made once from the plant. Thread: any (const after construction).
class Cross {
 public:
  explicit Cross(const domain::Plant& plant);

  /// Narrows `bounds` to what MV `mv` may be, given what all others are now. Never excludes
  /// `values[mv]` itself: where a limit is already broken, by the field or by a person at a device,
  /// the distance may stay or shrink but not grow.
  /// @param values per MV, the value in force; NaN = unknown, then it bounds nobody, except that in
  ///               the oxygen supply and in the gas balance it counts with its worse limit
  void narrow(std::size_t mv, const std::vector<double>& values, Bounds& bounds) const noexcept;

  /// True when the measured heating power is at its limit; a bad output counts as full power.
  bool power_at_limit(const domain::Frame& frame) const noexcept;

 private:
  struct Partner {
    std::uint16_t mv = domain::kNoMv;
    double limit = 0;
  };
  struct Row {
    std::array<Partner, 3> partners{};
    std::uint8_t count = 0;
    bool supplied = false;  // takes part in the oxygen supply
    double gas = 0;         // Nm3/h into the kiln per unit of this MV; dampers are negative
  };
  void balance(std::size_t mv, const std::vector<double>& values, Bounds& bounds) const noexcept;

  struct Heater {
    domain::TagId output = domain::kNoTag;
    double rated_kW = 0;
  };

  std::vector<Row> rows_;
  std::vector<std::uint16_t> supplied_;
  std::vector<std::uint16_t> moves_gas_;
  std::vector<double> low_, high_;  // per MV, absolute limits
  std::vector<Heater> heaters_;
  double supply_ = 0;
  double balance_ = 0;   // largest difference either way, Nm3/h
  double load_gas_ = 0;  // Nm3/h
  double power_kW_ = 0;
};

}  // namespace saggar::guard
