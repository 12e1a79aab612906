#include "runtime/guard/cross.hpp"

#include <algorithm>
#include <cmath>

namespace saggar::guard {

using domain::Reason;

Cross::Cross(const domain::Plant& plant)
    : rows_(plant.mvs.size()),
      supply_(plant.cross.o2_supply_Nm3_per_h),
      balance_(plant.cross.exhaust_balance_Nm3_per_h),
      load_gas_(plant.cross.load_gas_Nm3_per_h),
      power_kW_(plant.cross.total_power_kW) {
  const auto pair = [&](std::size_t i, std::size_t j, double limit) {
    Row& row = rows_[i];
    if (!std::isfinite(limit) || row.count == row.partners.size()) return;
    row.partners[row.count++] = {static_cast<std::uint16_t>(j), limit};
  };
  for (std::size_t i = 0; i < plant.mvs.size(); ++i) {
    const domain::Mv& a = plant.mvs[i];
    low_.push_back(a.limits.low);
    high_.push_back(a.limits.high);
    const bool inlet =
        a.duty == domain::Duty::atmosphere && plant.tags[a.tag].unit == domain::Unit::Nm3_per_h;
    if (inlet && std::isfinite(supply_)) {
      rows_[i].supplied = true;
      supplied_.push_back(static_cast<std::uint16_t>(i));
    }
    rows_[i].gas = inlet ? 1.0 : -0.01 * a.exhaust_Nm3_per_h;
    if (!std::isfinite(balance_)) rows_[i].gas = 0;
    if (rows_[i].gas != 0) moves_gas_.push_back(static_cast<std::uint16_t>(i));
    if (a.duty != domain::Duty::heat) continue;
    if (a.output != domain::kNoTag && a.rated_kW > 0) heaters_.push_back({a.output, a.rated_kW});
    for (std::size_t j = 0; j < plant.mvs.size(); ++j) {
      const domain::Mv& b = plant.mvs[j];
      if (j == i || b.duty != domain::Duty::heat) continue;
      const int apart = std::abs(static_cast<int>(a.zone) - static_cast<int>(b.zone));
      if (a.loop == b.loop && apart == 1) pair(i, j, plant.cross.adjacent_zone_K);
      if (a.loop != b.loop && apart == 0) pair(i, j, plant.cross.top_bottom_K);
    }
  }
}

void Cross::narrow(std::size_t mv, const std::vector<double>& values,
                   Bounds& bounds) const noexcept {
  const Row& row = rows_[mv];
  const double own = values[mv];
  for (std::size_t k = 0; k < row.count; ++k) {
    const double other = values[row.partners[k].mv];
    if (std::isnan(other)) continue;
    const double room = std::max(row.partners[k].limit, std::abs(own - other));
    bounds.at_least(other - room, Reason::adjacent_limit);
    bounds.at_most(other + room, Reason::adjacent_limit);
  }
  if (row.gas != 0) balance(mv, values, bounds);
  if (!row.supplied) return;
  double others = 0;
  for (const std::uint16_t j : supplied_) {
    if (j != mv) others += std::isnan(values[j]) ? high_[j] : values[j];
  }
  bounds.at_most(std::max(own, supply_ - others), Reason::supply_limit);
}

// Neither may more gas come in than the dampers draw (the kiln blows into the hall), nor may they
// draw more than comes in (the hall is drawn into the kiln). Both sides of what is unknown count.
void Cross::balance(std::size_t mv, const std::vector<double>& values,
                    Bounds& bounds) const noexcept {
  double least = load_gas_, most = load_gas_;
  for (const std::uint16_t j : moves_gas_) {
    if (j == mv) continue;
    const double gas = rows_[j].gas;
    const bool known = !std::isnan(values[j]);
    least += gas * (known ? values[j] : gas > 0 ? low_[j] : high_[j]);
    most += gas * (known ? values[j] : gas > 0 ? high_[j] : low_[j]);
  }
  const double own = values[mv], gas = rows_[mv].gas;
  const double into = (balance_ - most) / gas, out_of = (-balance_ - least) / gas;
  bounds.at_most(std::max(own, gas > 0 ? into : out_of), Reason::balance_limit);
  bounds.at_least(std::min(own, gas > 0 ? out_of : into), Reason::balance_limit);
}

bool Cross::power_at_limit(const domain::Frame& frame) const noexcept {
  if (!std::isfinite(power_kW_)) return false;
  double sum = 0;
  for (const Heater& heater : heaters_) {
    const domain::Sample& output = frame.samples[heater.output];
    const bool known = output.usable() && std::isfinite(output.value);
    sum += heater.rated_kW * (known ? std::clamp(output.value, 0.0, 100.0) : 100.0) * 0.01;
  }
  return !heaters_.empty() && sum >= power_kW_;
}

}  // namespace saggar::guard
