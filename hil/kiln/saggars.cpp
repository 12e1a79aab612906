#include "hil/kiln/saggars.hpp"

#include <algorithm>
#include <cmath>

#include "hil/instruments/noise.hpp"

namespace saggar::kiln {

namespace noise = instruments;

Saggars::Saggars(const WearFigures& f, std::size_t count, double contact_m2, std::uint64_t seed)
    : life_(f.life_firings.value),
      retire_(f.retire_firings.value),
      crack_(1e-3 * f.cracked_per_1000.value),
      old_crack_(1e-3 * f.old_cracked_per_1000.value),
      reference_(f.layer_firings.value),
      power_(f.layer_power.value),
      um_m2_per_mol_(f.layer_um_m2_per_mol.value),
      contact_m2_(contact_m2),
      rows_(count),
      line_(count),
      waiting_(count),
      key_(noise::stream(seed, "saggars")) {
  const std::uint64_t stock = noise::stream(seed, "stock of saggars");
  for (std::uint32_t i = 0; i < count; ++i) {
    SaggarRow& row = rows_[i];
    row.serial = next_serial_++;
    row.firings = static_cast<std::uint32_t>(noise::uniform(noise::element(stock, i), 0) * retire_);
    const double layer_um = f.layer_um.value * std::pow(row.firings / reference_, power_);
    row.lithium_mol = layer_um / um_m2_per_mol_ * contact_m2_;
    line_[i] = i;
  }
}

// The layer after n firings is n^p of that after one, so that firing n + 1 adds (n + 1)^p - n^p;
// the mean over the N of the reference is N^p / N.
double Saggars::uptake_after(std::uint32_t firings) const noexcept {
  if (power_ == 1.0) return 1.0;
  const double n = firings;
  return std::pow(reference_, 1.0 - power_) * (std::pow(n + 1.0, power_) - std::pow(n, power_));
}

std::uint32_t Saggars::take() noexcept {
  const std::uint32_t index = line_[head_];
  head_ = (head_ + 1) % line_.size();
  --waiting_;
  return index;
}

After Saggars::give_back(std::uint32_t index, double lithium_mol, const Trip& trip) noexcept {
  SaggarRow& row = rows_[index];
  line_[(head_ + waiting_++) % line_.size()] = index;
  const double odds = row.firings < life_ ? crack_ : old_crack_;
  const bool cracks = noise::uniform(noise::element(key_, row.serial), row.firings) < odds;
  row.trips[row.firings % SaggarRow::kTrips] = trip;
  ++row.firings;
  row.lithium_mol += lithium_mol;
  row.hottest_degC = std::max(row.hottest_degC, static_cast<double>(trip.hottest_degC));
  if (!cracks && row.firings < retire_) return After::goes_on;
  (cracks ? cracked_ : too_old_) += 1;
  discarded_mol_ += row.lithium_mol;
  row = SaggarRow{};
  row.serial = next_serial_++;
  return cracks ? After::cracked : After::too_old;
}

double Saggars::lithium_mol() const noexcept {
  double sum = 0;
  for (const SaggarRow& row : rows_) sum += row.lithium_mol;
  return sum;
}

}  // namespace saggar::kiln
