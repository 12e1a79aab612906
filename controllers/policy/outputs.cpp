#include "controllers/policy/outputs.hpp"

#include <algorithm>
#include <cmath>
#include <saggar/plugin/whole_steps.hpp>
#include <stdexcept>
#include <utility>

namespace saggar::policy {

Outputs::Outputs(std::vector<OutputSpec> specs, std::size_t elements)
    : specs_(std::move(specs)),
      output_of_(elements, static_cast<std::uint32_t>(specs_.size())),
      aim_(specs_.size(), 0.0),
      moved_(elements, 0.0),
      said_(elements, 0.0),
      shift_(elements, 0.0) {
  for (std::uint32_t k = 0; k < specs_.size(); ++k) {
    const OutputSpec& spec = specs_[k];
    slowest_per_s_ = k == 0 ? spec.rate_per_s : std::min(slowest_per_s_, spec.rate_per_s);
    for (const std::uint32_t element : spec.elements) {
      if (element >= elements) throw std::invalid_argument("an output moves what is not there");
      if (output_of_[element] != specs_.size()) {
        throw std::invalid_argument("two outputs move the same setpoint");
      }
      output_of_[element] = k;
    }
  }
}

void Outputs::restart() noexcept {
  std::fill(aim_.begin(), aim_.end(), 0.0);
  std::fill(moved_.begin(), moved_.end(), 0.0);
  std::fill(said_.begin(), said_.end(), 0.0);
  shift_.restart();
}

void Outputs::see(std::size_t element, const Place& place) noexcept {
  shift_.see(element, place.working, place.reference, place.low, place.high);
}

void Outputs::aim(std::size_t k, double share) noexcept {
  aim_[k] = specs_[k].trim * std::clamp(share, -1.0, 1.0);
}

void Outputs::track(std::size_t element, const Place& place) noexcept {
  const double trim = place.working - place.reference;
  moved_[element] = said_[element] = std::isfinite(trim) ? trim : 0;
}

double Outputs::target(std::size_t element) const noexcept {
  const std::uint32_t k = output_of_[element];
  return k < aim_.size() ? aim_[k] : 0;
}

double Outputs::move(std::size_t element, const Place& place, double dt_s) noexcept {
  if (!place.free) {
    track(element, place);
    return place.working;
  }
  if (place.limited) track(element, place);
  const std::uint32_t k = output_of_[element];
  const double rate = k < specs_.size() ? specs_[k].rate_per_s : slowest_per_s_;
  double& moved = moved_[element];
  double goal = target(element);
  const double most = k < specs_.size() ? specs_[k].shift : 0;
  if (most > 0) goal = shift_.within(element, goal, most);
  moved += std::clamp(goal - moved, -rate * dt_s, rate * dt_s);
  const double value = plugin::whole_steps(moved, said_[element], place.reference, place.step);
  return place.low <= place.high ? std::clamp(value, place.low, place.high) : value;
}

}  // namespace saggar::policy
