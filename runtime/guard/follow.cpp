// The part of the pass before the gates: time, the field's own values, and the reference.
#include <algorithm>
#include <cmath>

#include "runtime/guard/state.hpp"

namespace saggar::guard {

using domain::EventCode;
using domain::MvId;
using domain::Reason;

void Guard::State::follow_clock(const GuardInputs& in) noexcept {
  if (!in.link_up || !link_was_up) heard = 0;  // a field that comes back may count from 1 again
  link_was_up = in.link_up;
  const std::uint64_t sequence = in.screened.sequence;
  backwards = heard > 0 && (sequence < last_sequence || in.time_ns < last_time_ns);
  if (backwards) {
    // A restarted field is believed when its frames rise among themselves.
    restart_count = sequence > restart_sequence ? restart_count + 1 : 1;
    restart_sequence = sequence;
    if (restart_count < settings.restart_frames) {
      dt_s = 0;
      return;
    }
    heard = 0;
    backwards = false;
  }
  restart_count = 0;
  restart_sequence = 0;
  // The first step after a new start may be from a wrong time: it gives no room to the rates.
  // In doubles: two wild times must not overflow.
  const double step = (static_cast<double>(in.time_ns) - static_cast<double>(last_time_ns)) * 1e-9;
  dt_s = heard == 2 && step > 0 && step <= settings.longest_step_s ? step : 0;
  now_s += dt_s;
  last_time_ns = in.time_ns;
  last_sequence = sequence;
  if (heard < 2) ++heard;
}

void Guard::State::follow_field(Pass& pass) noexcept {
  for (Horizon& horizon : horizons) horizon.advance(now_s);
  in_force = value;
  for (std::size_t i = 0; i < fixed.size(); ++i) {
    Moving& m = moving[i];
    m.missed = false;
    const domain::Mode actual = pass.in.modes[i].actual;
    const bool ours =
        pass.in.link_up && !m.fault && actual != domain::Mode::oos && actual != domain::Mode::iman;
    if (!ours) {
      m.driven = false;
      m.readback.forget();
    }
    // A frame from the past says nothing about now.
    if (!backwards) observe(i, pass);
    if (m.driven) {
      carry(i, pass.in.recipe[i]);
    } else {
      track(i, pass.in.recipe[i]);
    }
    value[i] = in_force[i];
  }
}

void Guard::State::observe(std::size_t i, Pass& pass) noexcept {
  Moving& m = moving[i];
  const domain::Sample& sample = pass.in.screened.samples[fixed[i].working];
  const bool readable = sample.usable() && std::isfinite(sample.value);
  if (readable) {
    m.working = sample.value;
    m.known = true;
  }
  if (!m.driven) return;
  const double working = readable ? sample.value : std::nan("");
  const Readback::Found found =
      m.readback.look(in_force[i], working, fixed[i].readback_tolerance, now_s,
                      pass.in.screened.sequence, settings.readback_s);
  if (found != Readback::Found::missed) return;
  m.missed = true;
  pass.events.push({EventCode::readback_miss, static_cast<std::uint16_t>(i),
                    static_cast<std::uint16_t>(Reason::readback_failed), in_force[i], working});
  if (m.readback.misses() < settings.readback_misses) return;
  m.fault = true;
  m.driven = false;
  pass.events.push({EventCode::mv_fault, static_cast<std::uint16_t>(i),
                    static_cast<std::uint16_t>(Reason::mv_fault), in_force[i], working});
}

// What the trim may be now, by the band and the rates: never empty, because the newest trim is
// inside (where rounding crosses the two ends, the middle stands for both).
Guard::State::Band Guard::State::trim_band(std::size_t i) const noexcept {
  const Fixed& f = fixed[i];
  Band band{f.trim_low, f.trim_high};
  for (const Horizon& horizon : horizons) {
    band.low = std::max(band.low, horizon.low(i));
    band.high = std::min(band.high, horizon.high(i));
  }
  if (band.low > band.high) {
    band.low = std::clamp(0.5 * (band.low + band.high), f.trim_low, f.trim_high);
    band.high = band.low;
  }
  return band;
}

// Not driven: the value in force is the field's own, and the reference stands where the recipe is,
// or as near to it as the trim band and the rates allow. So letting go and taking over again does
// not win back what the rates have used up.
void Guard::State::track(std::size_t i, double recipe) noexcept {
  Moving& m = moving[i];
  const Fixed& f = fixed[i];
  if (!m.known || !f.valid) return;
  // A field that stands outside the hard limits is taken over at the nearest value inside.
  double own = m.working;
  if (own < f.hard.low || own > f.hard.high) own = f.grid.inside(own, f.hard.low, f.hard.high);
  if (std::isnan(own)) own = std::clamp(m.working, f.hard.low, f.hard.high);
  in_force[i] = own;
  const double wanted = std::isfinite(recipe) ? recipe : own;
  const Band band = trim_band(i);
  m.reference =
      std::clamp(std::clamp(wanted, f.hard.low, f.hard.high), own - band.high, own - band.low);
  m.owed = 0;
  for (Horizon& horizon : horizons) horizon.push(i, own - m.reference);
}

// Driven: the reference follows the recipe at its own rate, but only as far as the trim that this
// leaves behind stays inside the band and the rates. So the value in force never leaves its bounds
// because the recipe moved, and staying where it is remains possible in every cycle.
void Guard::State::carry(std::size_t i, double recipe) noexcept {
  Moving& m = moving[i];
  const Fixed& f = fixed[i];
  if (!std::isfinite(recipe) || !(dt_s > 0)) return;
  const double wanted = std::clamp(recipe, f.hard.low, f.hard.high);
  if (wanted == m.reference) return;
  const Band band = trim_band(i);
  if (wanted > m.reference) {
    const double limit = std::min(m.reference + f.recipe_up_per_s * dt_s, in_force[i] - band.low);
    m.reference = std::max(m.reference, std::min(wanted, limit));
  } else {
    const double limit =
        std::max(m.reference - f.recipe_down_per_s * dt_s, in_force[i] - band.high);
    m.reference = std::min(m.reference, std::max(wanted, limit));
  }
}

}  // namespace saggar::guard
