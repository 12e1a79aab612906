// Twin: what the powder sees, row by row, from what the field measures.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "controllers/twin/exits.hpp"
#include "controllers/twin/forecast.hpp"
#include "controllers/twin/line.hpp"
#include "controllers/twin/observer.hpp"

namespace saggar::twin {

/// What the field shows in one cycle. NaN: not there, or not good.
struct Measured {
  Measured(const Places& places);
  std::vector<double> top_degC, bottom_degC;  ///< per zone
  std::vector<double> top_kW, bottom_kW;      ///< per zone: power of the loops
  std::vector<double> inlet_Nm3_per_h, speed_mm_per_s;
  std::vector<double> h2o_percent;  ///< per gas point
  double pressure_Pa = 0;
  double present = 1;    ///< above 0.5: a row stands in the entry
  double saggar_kg = 0;  ///< gross, of the newest
  Sample sample;         ///< of the laboratory; NaN age: none yet
};

/// One value with its uncertainty, 1 sigma.
struct Banded {
  std::vector<double> value, sigma;
  void resize(std::size_t n) {
    value.assign(n, 0.0);
    sigma.assign(n, 0.0);
  }
  void state(plugin::State& s);
};

/// Per row (the first `count` of each), newest first; per zone.
struct Seen {
  std::size_t count = 0;
  std::vector<std::uint64_t> number;  ///< of the row, since the start
  std::vector<double> position_m;
  Banded surface_degC, core_degC, hottest_degC;  ///< hottest, coldest: of any place in the powder
  Banded dryness, conversion;                    ///< 0..1
  Banded size_nm, mixing, residual_lithium;
  /// Forecast for the exit along the present kiln; NaN until the first forecast of the row.
  Banded exit_size_nm, exit_mixing, exit_residual_lithium;
  Banded to_dry_m;  ///< way to the place where it will be dry; 0 where it is
  std::vector<std::uint8_t> dry;
  std::vector<double> zone_residual_W, zone_sigma_W;
  std::vector<double> zone_load_W;    ///< heat that the rows take
  double dry_m = 0, dry_sigma_m = 0;  ///< where rows become dry now; NaN before the first

  void state(plugin::State& s);
};

/// Thread: one. `step` does not allocate, read a clock or throw.
class Twin {
 public:
  Twin(const Figures& figures, const Places& places, const Settings& settings);

  /// One cycle of `dt_s` (0..120 s). The first with all thermocouples and drives good fills the
  /// kiln as if it had run at the present temperatures for long; before it there are no rows. A
  /// state that is no number any more is thrown away, and the twin begins anew.
  void step(double dt_s, const Measured& measured) noexcept;
  const Seen& seen() const noexcept { return seen_; }
  const Observer& observer() const noexcept { return observer_; }
  const Line& line() const noexcept { return line_; }
  const Model& model(std::size_t i) const noexcept { return models_[i]; }
  const Exits& exits() const noexcept { return exits_; }
  double time_s() const noexcept { return time_s_; }
  double saggar_kg() const noexcept { return tare_kg_; }
  /// The rounds of the start are over: what `seen` says is as good as its bands.
  bool settled() const noexcept { return started_ && round_ >= static_cast<int>(s_.rounds); }
  void state(plugin::State& s);  ///< all that the next steps depend on

 private:
  /// Share of the water of every node that a dry row has lost.
  static constexpr double kDry = 0.99;

  void take(const Measured& measured) noexcept;
  bool complete(const Measured& measured) const noexcept;
  void check() noexcept;
  void start() noexcept;
  void scout(Model& model, const Surroundings& around, bool with_product) noexcept;
  void move_line(double dt_s, const Measured& measured) noexcept;
  void weigh(double gross_kg) noexcept;
  void observe(double dt_s) noexcept;
  void show() noexcept;
  void show_row(std::size_t j) noexcept;
  void show_product(std::size_t row) noexcept;
  void show_dry() noexcept;
  void note_dry() noexcept;
  double mass_shift_m(std::size_t row) const noexcept;
  double residual_lithium(double mixing, double conversion) const noexcept;
  double spread(const double* slope) const noexcept;

  Figures f_;
  Places places_;
  Settings s_;
  Line line_;
  std::vector<Model> models_;
  Observer observer_;
  Exits exits_;
  Forecast forecast_;
  Field field_;
  std::vector<double> power_W_, steam_, speed_m_per_s_;
  Rows scout_;
  Exchange unused_;
  Surroundings guess_;
  Line::Feed feed_;
  int round_ = 0;
  double round_time_s_ = 0;
  double time_s_ = 0, tare_kg_, weighed_kg_ = 0, weighings_ = 0;
  bool started_ = false;
  std::uint64_t followed_from_ = 0;    ///< number of the oldest row that was seen to grow
  std::vector<std::uint8_t> was_dry_;  ///< per model and row
  std::vector<double> front_m_;        ///< per model: where rows become dry
  double front_ahead_m_ = 0;
  Seen seen_;
};

}  // namespace saggar::twin
