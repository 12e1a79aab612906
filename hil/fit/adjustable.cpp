#include "hil/fit/adjustable.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "hil/fit/figures.hpp"
#include "runtime/config/number_text.hpp"

namespace saggar::fit {
namespace {

constexpr std::string_view kFactor = ".factor_per_s", kEnergy = ".energy_J_per_mol";
constexpr double kUncertainties = 3.0;  ///< either way, where no bounds are given

std::string range(double low, double high) {
  return config::plain(low) + ".." + config::plain(high);
}

/// Low and high, both finite.
domain::Result<std::pair<double, double>> bounds_of(const Known& known, const Parameter& given) {
  const double value = known.figure.value, uncertainty = known.figure.uncertainty;
  if (!(given.low < given.high)) {
    if (!(uncertainty > 0)) {
      return domain::Error{known.key, "states no uncertainty; bounds such as " + known.key + "=" +
                                          range(0.5 * value, 2 * value) + " would be right"};
    }
    return std::pair{std::max(value - kUncertainties * uncertainty, known.low),
                     std::min(value + kUncertainties * uncertainty, known.high)};
  }
  const std::string bounds = "the bounds " + range(given.low, given.high);
  if (given.low < known.low || given.high > known.high) {
    return domain::Error{known.key, bounds + " leave what a file may hold; bounds within " +
                                        range(known.low, known.high) + " would be right"};
  }
  if (value < given.low || value > given.high) {
    return domain::Error{known.key, bounds + " leave out its value, " + config::plain(value)};
  }
  return std::pair{given.low, given.high};
}

}  // namespace

domain::Result<Adjustable> Adjustable::of(const kiln::PlantParams& plant,
                                          const Parameter& parameter) {
  const auto known = known_figure(plant, parameter.key);
  if (!known) return known.error();
  const auto bounds = bounds_of(known.value(), parameter);
  if (!bounds) return bounds.error();
  const auto [low, high] = bounds.value();
  const config::Figure& figure = known.value().figure;
  Adjustable out;
  out.key_ = parameter.key;
  out.before_ = figure.value;
  out.logarithmic_ = parameter.key.ends_with(kFactor) && figure.value > 0;
  const double uncertainty = figure.uncertainty > 0 ? figure.uncertainty : (high - low) / 6.0;
  if (out.logarithmic_) {
    out.unit_ = std::log1p(uncertainty / figure.value);
    out.low_ = low > 0 ? std::log(low / figure.value) / out.unit_ : -kUncertainties;
    out.high_ = std::log(high / figure.value) / out.unit_;
  } else {
    out.unit_ = uncertainty;
    out.low_ = (low - figure.value) / uncertainty;
    out.high_ = (high - figure.value) / uncertainty;
  }
  return out;
}

double Adjustable::value(double u) const noexcept {
  return logarithmic_ ? before_ * std::exp(unit_ * u) : before_ + unit_ * u;
}

void Adjustable::apply(kiln::PlantParams& plant, double u) const {
  config::Figure& figure = *find_figure(plant, key_);
  if (logarithmic_) {
    figure.value *= std::exp(unit_ * u);  // beside what its energy has done to it
    return;
  }
  figure.value = value(u);
  const std::string factor_key = factor_beside(key_);
  if (factor_key.empty()) return;
  const std::string rate = key_.substr(0, key_.size() - kEnergy.size());
  config::Figure* factor = find_figure(plant, factor_key);
  const config::Figure* anchor = find_figure(plant, rate + ".anchor_degC");
  if (factor == nullptr || anchor == nullptr) return;
  const double anchor_K = anchor->value + material::kZeroCelsius_K;
  factor->value *= std::exp(unit_ * u / (material::kGasConstant_J_per_molK * anchor_K));
}

std::string factor_beside(const std::string& key) {
  if (key.size() <= kEnergy.size() || !key.ends_with(kEnergy)) return {};
  return key.substr(0, key.size() - kEnergy.size()) + std::string(kFactor);
}

std::string energy_beside(const std::string& key) {
  if (key.size() <= kFactor.size() || !key.ends_with(kFactor)) return {};
  return key.substr(0, key.size() - kFactor.size()) + std::string(kEnergy);
}

}  // namespace saggar::fit
