// LineModel: the kiln as heat control sees it: zones, the powder that travels through them, and the
// place where it becomes dry.
#pragma once

#include <cstddef>
#include <vector>

namespace saggar::mpc {

/// Zones from 0. All vectors have one entry per zone.
struct LineFigures {
  std::vector<double> lag_s;  ///< zone temperature over setpoint, dead time included
  std::vector<double> gain;   ///< of that, K per K, > 0; empty: 1
  std::vector<double>
      core_lag_s;  ///< core of the powder over the zone, where nothing better is known
  std::vector<double> dry_m_per_K;  ///< place of dry-out over zone temperature; <= 0
  double dry_lag_s = 3600;
  double zone_length_m = 2;
  std::size_t first_core = 0;  ///< zones before it have no core among the CVs
};

/// CVs in this order: core temperature of the zones from `first_core` on, place of dry-out, zone
/// temperatures. MVs: setpoint of each zone. Differences from the reference, except the place.
///
///   dg/dt = (gain u - g) / lag                               furnace controller and chamber
///   dp/dt = (g - p) / core_lag + v (p_before - p) / L     powder, which moves on
///   ds/dt = (sum of dry_m_per_K g - s) / dry_lag
///
/// The core lag is linearised along the recipe: where the powder is well behind its zone, as a
/// secant of what the rows do there now (`follow`), else as configured.
/// Thread: one. Nothing allocates after construction.
class LineModel {
 public:
  explicit LineModel(LineFigures figures);

  std::size_t zones() const noexcept { return f_.lag_s.size(); }
  std::size_t cores() const noexcept { return zones() - f_.first_core; }
  std::size_t cvs() const noexcept { return cores() + 1 + zones(); }
  std::size_t core(std::size_t zone) const noexcept { return zone - f_.first_core; }
  bool has_core(std::size_t zone) const noexcept { return zone >= f_.first_core; }
  std::size_t dry() const noexcept { return cores(); }
  std::size_t zone(std::size_t zone) const noexcept { return cores() + 1 + zone; }
  std::size_t first_core() const noexcept { return f_.first_core; }

  /// Learns the core lag of each zone from where the powder is now. NaN: not known.
  /// @param zone_degC, core_degC  per zone; @param dt_s since the last call
  void follow(double dt_s, double speed_m_per_s, const double* zone_degC,
              const double* core_degC) noexcept;
  double core_lag_s(std::size_t zone) const noexcept { return core_lag_s_[zone]; }

  /// Model of one period; column-major, cvs x cvs and cvs x zones.
  void discretise(double period_s, double speed_m_per_s, double* a, double* b) const noexcept;

  /// Forgets what was learnt.
  void restart() noexcept { core_lag_s_ = f_.core_lag_s; }

  template <class S>
  void serialize(S& s) {
    s(core_lag_s_);
  }

 private:
  LineFigures f_;
  std::vector<double> core_lag_s_;
};

}  // namespace saggar::mpc
