#include "controllers/twin/twin.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

namespace saggar::twin {
namespace {

using material::kZeroCelsius_K;

constexpr double kHour_s = 3600.0;
constexpr double kPowerFilter_s = 120.0;  ///< for the elements alone
constexpr double kGuess_s = 30.0;         ///< step of the first guess
constexpr double kWeighings = 300.0;      ///< rows over which the tare is averaged
constexpr double kOdd_kg = 0.4;  ///< a row this far from the usual says nothing of the tare
constexpr double kUngrown =
    1.2;  ///< primary size over its start, below which a row has yet to grow

/// One copy fires for all whose factor does not act on firing.
bool fires_itself(std::size_t model) noexcept {
  return model == 0 || model == 1 + kBreath || model >= 1 + kFiring;
}

double kept(double value, double before) noexcept { return std::isfinite(value) ? value : before; }

}  // namespace

Measured::Measured(const Places& p)
    : top_degC(p.zones, 0.0),
      bottom_degC(p.zones, 0.0),
      top_kW(p.zones, 0.0),
      bottom_kW(p.zones, 0.0),
      inlet_Nm3_per_h(p.inlet_zone.size(), 0.0),
      speed_mm_per_s(p.groups, 0.0),
      h2o_percent(p.gas_point_zone.size(), 0.0) {
  sample.age_h = std::numeric_limits<double>::quiet_NaN();
}

Twin::Twin(const Figures& f, const Places& places, const Settings& s)
    : f_(f),
      places_(places),
      s_(s),
      line_(f, places),
      observer_(s, places),
      exits_(s),
      forecast_(f, places, static_cast<std::size_t>(s.nodes)),
      field_(places.zones, places.inlet_zone.size()),
      power_W_(places.zones, 0.0),
      steam_(places.gas_point_zone.size(), 0.0),
      speed_m_per_s_(places.groups, 0.0),
      scout_(f, places, static_cast<std::size_t>(s.nodes)),
      unused_(places.zones),
      guess_(places.zones),
      tare_kg_(f.saggar_kg) {
  for (std::size_t i = 0; i <= kFactors; ++i) {
    models_.emplace_back(f, places, static_cast<std::size_t>(s.nodes));
    models_.back().use(observer_.of_model(i));
  }
  const std::size_t n = line_.capacity();
  for (Banded* b :
       {&seen_.surface_degC, &seen_.core_degC, &seen_.hottest_degC, &seen_.dryness,
        &seen_.conversion, &seen_.size_nm, &seen_.mixing, &seen_.residual_lithium, &seen_.to_dry_m,
        &seen_.exit_size_nm, &seen_.exit_mixing, &seen_.exit_residual_lithium}) {
    b->resize(n);
  }
  seen_.number.assign(n, 0);
  seen_.position_m.assign(n, 0.0);
  seen_.dry.assign(n, 0);
  was_dry_.assign((kFactors + 1) * n, 0);
  front_m_.assign(kFactors + 1, 0.0);
  for (auto* v : {&seen_.zone_residual_W, &seen_.zone_sigma_W, &seen_.zone_load_W}) {
    v->assign(places.zones, 0.0);
  }
  seen_.dry_m = std::numeric_limits<double>::quiet_NaN();
}

/// Makes the field whole: what is not good stays as it was last.
void Twin::take(const Measured& m) noexcept {
  for (std::size_t k = 0; k < places_.zones; ++k) {
    field_.top_K[k] = kept(m.top_degC[k] + kZeroCelsius_K, field_.top_K[k]);
    field_.bottom_K[k] = kept(m.bottom_degC[k] + kZeroCelsius_K, field_.bottom_K[k]);
    const double top_W = 1e3 * m.top_kW[k], bottom_W = 1e3 * m.bottom_kW[k];
    power_W_[k] = top_W + bottom_W;
    const double share = started_ ? 30.0 / (30.0 + kPowerFilter_s) : 1.0;
    field_.top_W[k] += share * (kept(top_W, field_.top_W[k]) - field_.top_W[k]);
    field_.bottom_W[k] += share * (kept(bottom_W, field_.bottom_W[k]) - field_.bottom_W[k]);
  }
  constexpr double kStandard = 1.0 / (kHour_s * 0.022413969);
  for (std::size_t i = 0; i < field_.inlet_mol_per_s.size(); ++i) {
    field_.inlet_mol_per_s[i] = kept(m.inlet_Nm3_per_h[i] * kStandard, field_.inlet_mol_per_s[i]);
  }
  for (std::size_t p = 0; p < steam_.size(); ++p) steam_[p] = 0.01 * m.h2o_percent[p];
  field_.pressure_Pa = kept(m.pressure_Pa, field_.pressure_Pa);
  for (std::size_t g = 0; g < places_.groups; ++g) {
    speed_m_per_s_[g] = kept(1e-3 * m.speed_mm_per_s[g], speed_m_per_s_[g]);
  }
  if (std::isfinite(m.present)) feed_.present = m.present > 0.5;
  feed_.mix_kg = feed_.present && m.saggar_kg > 0 ? m.saggar_kg - tare_kg_
                                                  : std::numeric_limits<double>::quiet_NaN();
}

/// The mix is dosed by the recipe: what the scale says more than that is the saggar.
void Twin::weigh(double mix_kg) noexcept {
  if (!std::isfinite(mix_kg) || std::abs(mix_kg - f_.mix_kg) > kOdd_kg) return;
  weighings_ = std::min(weighings_ + 1.0, kWeighings);
  tare_kg_ += (mix_kg - f_.mix_kg) / weighings_;
  for (Model& m : models_) m.rows.tare(tare_kg_);
}

/// Fires one row along `around` and leaves a copy at every place.
void Twin::scout(Model& model, const Surroundings& around, bool with_product) noexcept {
  Rows& one = scout_;
  one = model.rows;  // with its factors and tare
  one.push(0, f_.mix_kg);
  double s = -0.5 * f_.saggar_length_m;
  const double speed = std::max(1e-5, speed_m_per_s_[0]);
  std::size_t j = 0;
  while (j < line_.count()) {
    while (j < line_.count() && s >= line_.position_m[j]) {
      model.rows.copy(j++, one, 0, with_product);
    }
    one.step(kGuess_s, 2, around, &s, 1, unused_);
    one.fire(kGuess_s, around, &s, 0, 1);
    s += kGuess_s * speed;
  }
}

/// First along what the thermocouples show, then along what that makes of gas and brick.
void Twin::start() noexcept {
  line_.fill();
  weigh(feed_.mix_kg);
  Model& base = models_[0];
  Surroundings& around = guess_;
  for (std::size_t k = 0; k < places_.zones; ++k) {
    around.roof_K[k] = field_.top_K[k];
    around.floor_K[k] = field_.bottom_K[k];
    around.gas_K[k] = 0.5 * (field_.top_K[k] + field_.bottom_K[k]);
    around.steam[k] = 0.1;
    around.oxygen[k] = 0.9 * f_.supply_oxygen;
  }
  scout(base, around, true);
  base.chamber.settle(field_);
  base.rows.step(1.0, 1, around, line_.position_m.data(), line_.count(), base.exchange);
  for (int i = 0; i < 30; ++i) base.chamber.see(field_, observer_.offset_K(), base.exchange);
  around = base.chamber.surroundings();
  for (Model& m : models_) {
    scout(m, around, true);
    if (&m != &base) m.chamber = base.chamber;
    m.exchange = base.exchange;
    m.chamber.settle(field_);
  }
  for (std::size_t i = 0; i < models_.size(); ++i) models_[i].use(observer_.of_model(i));
  note_dry();
  // The laboratory tells of the model only where the row was followed through all of its growth.
  followed_from_ = 0;
  for (std::size_t j = 0; j < line_.count(); ++j) {
    if (base.rows.size_nm(j, 0) > kUngrown * f_.start_nm) break;
    followed_from_ = line_.number[j];
  }
  started_ = true;
}

void Twin::move_line(double dt_s, const Measured& m) noexcept {
  const std::size_t before = line_.count();
  const Line::Moved moved = line_.advance(dt_s, speed_m_per_s_.data(), feed_);
  const Rows& base = models_[0].rows;
  for (std::size_t i = 0; i < moved.left; ++i) {
    const std::size_t j = before - 1 - i;
    if (line_.number[j] < followed_from_) continue;
    const double z = base.mixing(j, 0), x = base.conversion(j);
    exits_.left({time_s_, line_.number[j], base.size_nm(j, 0), z, residual_lithium(z, x)});
  }
  for (std::size_t i = 0; i < moved.fed; ++i) {
    const std::size_t rows = before - moved.left + i;
    weigh(feed_.mix_kg);
    forecast_.push(rows);
    for (Model& model : models_) model.rows.push(rows, line_.mix_kg[moved.fed - 1 - i]);
    for (std::size_t k = 0; k <= kFactors; ++k) {
      std::uint8_t* was = was_dry_.data() + k * line_.capacity();
      std::memmove(was + 1, was, rows);
      was[0] = 0;
    }
  }
  (void)m;
}

/// Rows that a model has dry from its beginning; the place of the last is a first guess.
void Twin::note_dry() noexcept {
  for (std::size_t m = 0; m <= kFactors; ++m) {
    front_m_[m] = 0;
    for (std::size_t j = 0; j < line_.count(); ++j) {
      const bool dry = models_[m].rows.dry(j, kDry);
      was_dry_[m * line_.capacity() + j] = dry ? 1 : 0;
      if (dry && front_m_[m] == 0) front_m_[m] = line_.position_m[j];
    }
  }
}

/// Rounds of the start, then updates for ever.
void Twin::observe(double dt_s) noexcept {
  const bool starting = round_ < static_cast<int>(s_.rounds);
  round_time_s_ += dt_s;
  if (starting && round_time_s_ <= s_.round_blank_s) return;
  const double per_s =
      speed_m_per_s_[0] / f_.pitch_m * f_.rows_across * static_cast<double>(places_.layers);
  observer_.watch(dt_s, models_, power_W_, steam_,
                  per_s * models_[0].rows.heat_capacity_J_per_K(f_.mix_kg));
  if (starting ? round_time_s_ < s_.round_s : observer_.watched_s() < s_.update_s) return;
  for (std::size_t k = 0; k < places_.zones; ++k) {
    seen_.zone_residual_W[k] = observer_.residual_W(k);
  }
  if (!starting) {
    observer_.correct();
    observer_.move(models_, s_.most_factor);
    return;
  }
  observer_.begin_again();
  observer_.correct();
  observer_.move(models_, s_.most_round);
  for (Model& m : models_) scout(m, m.chamber.surroundings(), false);
  note_dry();
  ++round_;
  round_time_s_ = 0;
}

/// A profile to begin with: every thermocouple and drive has been good once.
bool Twin::complete(const Measured& m) const noexcept {
  const auto known = [](const std::vector<double>& v) {
    return std::all_of(v.begin(), v.end(), [](double x) { return std::isfinite(x); });
  };
  return known(m.top_degC) && known(m.bottom_degC) && known(m.speed_mm_per_s);
}

/// Whatever made a state that is no number: the twin begins anew, as on its first day.
void Twin::check() noexcept {
  double sum = 0;
  for (std::size_t j = 0; j < seen_.count; ++j) {
    sum += seen_.surface_degC.value[j] + seen_.core_degC.value[j] + seen_.core_degC.sigma[j] +
           seen_.size_nm.value[j];
  }
  if (std::isfinite(sum)) return;
  started_ = false;
  seen_.count = 0;
  round_ = 0;
  round_time_s_ = 0;
  observer_.reset();
}

void Twin::step(double dt_s, const Measured& m) noexcept {
  if (!started_ && !complete(m)) return;
  take(m);
  time_s_ += dt_s;
  if (!started_) start();
  const auto parts = static_cast<std::size_t>(std::max(1.0, std::ceil(dt_s / s_.substep_s - 1e-9)));
  move_line(dt_s, m);
  const std::size_t n = line_.count();
  for (std::size_t i = 0; i < models_.size(); ++i) {
    Model& model = models_[i];
    model.chamber.see(field_, observer_.offset_K(), model.exchange);
    if (!fires_itself(i)) model.rows.fire_as(models_[0].rows);
    model.rows.step(dt_s, parts, model.chamber.surroundings(), line_.position_m.data(), n,
                    model.exchange);
    if (fires_itself(i)) {
      model.rows.fire(dt_s, model.chamber.surroundings(), line_.position_m.data(), 0, n);
    }
    model.chamber.balance(dt_s, model.exchange);
  }
  observe(dt_s);
  exits_.learn(time_s_, m.sample);
  forecast_.go_on(static_cast<std::size_t>(s_.forecast_steps), models_[0].rows, line_,
                  models_[0].chamber.surroundings(), speed_m_per_s_.data());
  show();
  check();
}

}  // namespace saggar::twin
