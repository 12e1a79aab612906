// Sample: a few milligrams in a furnace, as for thermogravimetry or a small test firing. All of it
// has the temperature and the gas of the furnace. The laws are those of the beds (hil/material), in
// the forms of hil/kiln/bed_step.cpp without heat, depth and saggar; a test holds both together.
#pragma once

#include <vector>

#include "hil/kiln/beds.hpp"
#include "hil/kiln/material_figures.hpp"
#include "hil/material/quality.hpp"

namespace saggar::validate {

/// Thread: one.
class Sample {
 public:
  /// @param moisture  free water, share of the mix
  Sample(const kiln::MaterialFigures& figures, double li_per_m, double moisture = 0);

  /// At one temperature and gas for `dt_s`; a ramp is steps of 0.2 K or less.
  void step(double temperature_K, const kiln::Breath& gas, double dt_s) noexcept;

  /// Mass as share of the mix as fed.
  double mass_share() const noexcept;
  double hydrate_gone() const noexcept { return 1.0 - core_ * core_ * core_; }
  double hydroxide_gone() const noexcept { return 1.0 - hydroxide_left_; }
  double carbonate_per_m() const noexcept { return carbonate_; }
  material::Fired fired() const noexcept;

 private:
  void dry(double temperature_K, double steam_Pa, double dt_s) noexcept;
  void synthesise(double temperature_K, const kiln::Breath& gas, double dt_s) noexcept;

  material::Drying drying_;
  material::Synthesis synthesis_;
  bool carbonate_feed_;
  double li_, fed_kg_, moisture_mol_;  // per mol of M
  double core_, hydroxide_left_ = 1, moisture_left_ = 1;
  double x_ = 0, z_, cube_nm3_, carbonate_, oxide_ = 0, carbon_dioxide_Pa_ = 0;
};

/// To `degC` at `K_per_min` (either way), then `hold_h` there.
struct Stage {
  double degC = 25, K_per_min = 5, hold_h = 0;
  kiln::Breath gas = {0, 1, 0};
};

/// What a balance shows.
struct Trace {
  std::vector<double> time_h, degC, mass_share;
};

/// Fires from 25 degC on; `trace` takes a point each `every_s`.
void fire(Sample& sample, const std::vector<Stage>& stages, Trace* trace = nullptr,
          double every_s = 60);

}  // namespace saggar::validate
