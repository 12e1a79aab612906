// SingleSaggar: one saggar fired alone in a muffle of given temperature and gas, as a laboratory or
// a check calculation does it. For validation, fitting and the comparison with reference solvers.
#pragma once

#include <vector>

#include "hil/kiln/beds.hpp"

namespace saggar::kiln {

/// Temperature of the muffle: straight lines between points of rising time, constant after the
/// last.
struct Profile {
  struct Point {
    double time_h = 0, temperature_degC = 0;
  };
  std::vector<Point> points;

  double at_K(double time_s) const noexcept;
};

/// 25 -> 500 degC in 6 h, 2 h there, -> 770 degC in 3 h, then 10 h: facts, section 2.6.
Profile reference_profile();

struct MuffleFigures {
  double emissivity = 0.8;  ///< effective, towards powder and base
  double film_W_per_m2K = 8;
  bool heats_walls = false;  ///< the side walls of the saggar are heated too
  Breath gas;
};

/// What one firing showed.
struct Firing {
  double largest_lag_K = 0, lag_at_h = 0;  ///< muffle less coldest node
  double plateau_degC = 0;                 ///< of the core: where it rests while it dries
  double dry_h = 0;                        ///< last node with a1 and a2 > 0.99
  double lithiated_h = 0;                  ///< last node with x > 0.95
  double steam_peak_Nm3_per_h = 0, steam_peak_h = 0;
  double supplied_J = 0, absorbed_J = 0, released_J = 0;
  Matter released;
};

/// A saggar and its firing so far. Thread: one.
class SingleSaggar {
 public:
  SingleSaggar(const BedFigures& figures, const Charge& charge, Profile profile,
               const MuffleFigures& muffle);

  /// One step; with 5 s as in the kiln.
  void step(double dt_s) noexcept;
  void run(double hours, double dt_s = 5.0) noexcept;

  double time_s() const noexcept { return time_s_; }
  double muffle_K() const noexcept { return profile_.at_K(time_s_); }
  const Beds& beds() const noexcept { return beds_; }
  const Firing& firing() const noexcept { return firing_; }

 private:
  double face_J(double surface_K, double node_K, double resistance_m2K_per_W,
                double dt_s) const noexcept;
  void watch(double dt_s) noexcept;

  Beds beds_;
  Profile profile_;
  MuffleFigures muffle_;
  Firing firing_;
  double time_s_ = 0;
  double core_before_K_ = 0, slowest_K_per_s_ = 1e9;
  double top_K_per_s_ = 0, base_K_per_s_ = 0;  ///< over the last step
};

/// The assumptions under which the table of facts, section 2.6, was computed: steam pressure
/// uniform and constant, R2 without retardation, no heat carried by gas, constant density (6.2).
BedFigures table_assumptions(BedFigures figures) noexcept;

}  // namespace saggar::kiln
