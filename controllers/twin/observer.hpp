// Observer: finds the slow unknowns of the model from zone balances and humidities.
#pragma once

#include <vector>

#include "controllers/twin/kalman.hpp"
#include "controllers/twin/model.hpp"
#include "controllers/twin/settings.hpp"

namespace saggar::twin {

/// Unknowns, in this order: ln of each factor; per zone the steady part of its balance (share of
/// its loss); per zone the offset of its thermocouples (K); per gas point the offset of its
/// humidity analyser (mole fraction).
///
/// Model 0 runs with the factors in force, model 1 + i with factor i moved by `moved`: the
/// differences of what they expect are the sensitivities. Between updates differences are averaged;
/// an update corrects the unknowns one scalar at a time. Thread: one, no allocation.
class Observer {
 public:
  Observer(const Settings& settings, const Places& places);

  /// Takes part of one cycle into the averages. NaN in a measurement: not used.
  /// @param load_W_per_K  heat capacity that the rows carry from zone to zone
  void watch(double dt_s, const std::vector<Model>& models, const std::vector<double>& power_W,
             const std::vector<double>& steam, double load_W_per_K) noexcept;
  double watched_s() const noexcept { return watched_s_; }
  /// Corrects the unknowns.
  void correct() noexcept;
  /// Moves factors in force toward the unknowns by at most `most` in ln, in all models.
  void move(std::vector<Model>& models, double most) noexcept;
  /// Forgets all but the factors in force: what comes corrects the prior, linear about them.
  void begin_again() noexcept;
  /// As it was made.
  void reset() noexcept;

  const Factors& in_force() const noexcept { return factors_; }
  /// By how much the copy of a factor is beside the one in force, in ln. What brings oxygen to the
  /// powder is lowered, and by its sigma: where there is plenty a small step shows nothing.
  double moved(std::size_t factor) const noexcept {
    return factor == kBreath || factor == kPores ? -s_.thinned : s_.raised;
  }
  /// Factors of model 0, or of the copy of factor `model` - 1.
  Factors of_model(std::size_t model) const noexcept;
  const std::vector<double>& offset_K() const noexcept { return offset_K_; }
  /// Unknown factor less the one in force, in ln.
  double ahead(std::size_t factor) const noexcept {
    return kalman_.mean(factor) - in_force_[factor];
  }
  const Kalman& kalman() const noexcept { return kalman_; }
  std::size_t loss(std::size_t zone) const noexcept { return kFactors + zone; }
  std::size_t offset(std::size_t zone) const noexcept { return kFactors + zones_ + zone; }
  std::size_t analyser(std::size_t point) const noexcept { return kFactors + 2 * zones_ + point; }
  /// Of the last update, zones then gas points: W and mole fraction.
  const std::vector<Kalman::Innovation>& innovations() const noexcept { return innovations_; }
  /// Heat balance of a zone less what is known of it, averaged since the last update, W.
  double residual_W(std::size_t zone) const noexcept;
  void state(plugin::State& s);  ///< all that the next steps depend on

 private:
  void zone_row(std::size_t zone) noexcept;
  void offset_row(std::size_t zone) noexcept;
  void restart() noexcept;

  Settings s_;
  std::size_t zones_, points_;
  std::vector<std::size_t> point_zone_;
  Kalman kalman_;
  Factors factors_;
  double in_force_[kFactors] = {};
  std::vector<double> offset_K_;
  // sums over the time watched
  double watched_s_ = 0;
  std::vector<double> residual_, loss_W_, load_W_, steam_;
  std::vector<double> to_next_, to_last_, own_;  ///< W/K: by rows, by gas, and lost
  std::vector<double> power_s_, steam_s_;
  std::vector<double> slope_, steam_slope_;  ///< zone or point major, kFactors each
  std::vector<double> h_;
  std::vector<Kalman::Innovation> innovations_;
};

}  // namespace saggar::twin
