#include "runtime/control/transfer.hpp"

#include <cmath>

namespace saggar::control {

using domain::Source;

Transfer::Transfer(const domain::Plant& plant, std::vector<double> bleed_per_min)
    : bleed_per_min_(std::move(bleed_per_min)), state_(plant.mvs.size()) {}

double Transfer::apply(domain::MvId mv, const Owner& owner, double working, double dt_s,
                       domain::Ask& ask) noexcept {
  State& state = state_[mv];
  const bool changed = !(owner == state.owner);
  state.owner = owner;
  // A person's value and a held value start from the working value already; a release is the
  // field's own ramp. Only computed values need balancing.
  const bool computed = owner.source == Source::controller || owner.source == Source::recipe;
  if (!computed) {
    state.bias = 0;
    return changed && owner.source != Source::none ? std::abs(ask.value - working) : 0;
  }
  if (changed) {
    state.bias = std::isfinite(ask.value) ? working - ask.value : 0;
  } else if (state.bias != 0) {
    const double step = bleed_per_min_[mv] * dt_s / 60.0;
    state.bias = std::abs(state.bias) <= step ? 0 : state.bias - std::copysign(step, state.bias);
  }
  // A zero bias leaves the ask untouched to the last bit (PF-24).
  if (state.bias != 0) ask.value = changed ? working : ask.value + state.bias;
  return changed ? std::abs(ask.value - working) : 0;
}

}  // namespace saggar::control
