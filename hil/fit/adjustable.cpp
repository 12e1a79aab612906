#include "hil/fit/adjustable.hpp"

#include <cmath>
#include <string_view>
#include <type_traits>

namespace saggar::fit {
namespace {

constexpr std::string_view kFactor = ".factor_per_s", kEnergy = ".energy_J_per_mol";

/// Walks a struct of figures by its own `visit` and keeps the one with the wanted key.
struct Finder {
  std::string_view wanted;
  config::Figure* found = nullptr;
  std::string prefix;

  template <class T>
  void operator()(std::string_view key, T& value, const config::Spec&) {
    const std::string path = prefix + std::string(key);
    if constexpr (std::is_same_v<T, config::Figure>) {
      if (path == wanted) found = &value;
    } else if constexpr (requires { value.visit(*this); }) {
      const std::string before = prefix;
      prefix = path + '.';
      value.visit(*this);
      prefix = before;
    }
  }
};

bool ends(const std::string& key, std::string_view with) {
  return key.size() > with.size() && key.ends_with(with);
}

}  // namespace

config::Figure* find_figure(kiln::PlantParams& plant, const std::string& key) {
  Finder finder{key, nullptr, {}};
  plant.powder.visit(finder);
  if (finder.found == nullptr) plant.visit(finder);
  return finder.found;
}

domain::Result<Adjustable> Adjustable::of(const kiln::PlantParams& plant,
                                          const Parameter& parameter) {
  kiln::PlantParams copy = plant;
  const config::Figure* figure = find_figure(copy, parameter.key);
  if (figure == nullptr) {
    return domain::Error{parameter.key, "neither the material nor the plant has such a figure"};
  }
  Adjustable out;
  out.key_ = parameter.key;
  out.before_ = figure->value;
  out.logarithmic_ = ends(parameter.key, kFactor) && figure->value > 0;
  double low = parameter.low, high = parameter.high;
  const bool given = low < high;
  if (!given) {
    low = figure->value - 3.0 * figure->uncertainty;
    high = figure->value + 3.0 * figure->uncertainty;
  }
  if (!(low < high) || figure->value < low || figure->value > high) {
    return domain::Error{parameter.key,
                         "its bounds are empty or leave its value out: give low and high, or an "
                         "uncertainty in the file"};
  }
  const double uncertainty = figure->uncertainty > 0 ? figure->uncertainty : (high - low) / 6.0;
  if (out.logarithmic_) {
    out.unit_ = std::log1p(uncertainty / figure->value);
    out.low_ = low > 0 ? std::log(low / figure->value) / out.unit_ : -3.0;
    out.high_ = std::log(high / figure->value) / out.unit_;
  } else {
    out.unit_ = uncertainty;
    out.low_ = (low - figure->value) / uncertainty;
    out.high_ = (high - figure->value) / uncertainty;
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
  if (!ends(key_, kEnergy)) return;
  const std::string rate = key_.substr(0, key_.size() - kEnergy.size());
  config::Figure* factor = find_figure(plant, rate + std::string(kFactor));
  const config::Figure* anchor = find_figure(plant, rate + ".anchor_degC");
  if (factor == nullptr || anchor == nullptr) return;
  const double anchor_K = anchor->value + material::kZeroCelsius_K;
  factor->value *= std::exp(unit_ * u / (material::kGasConstant_J_per_molK * anchor_K));
}

}  // namespace saggar::fit
