#include "hil/kiln/draw.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "hil/instruments/noise.hpp"
#include "runtime/config/figure_visitor.hpp"

namespace saggar::kiln {
namespace {

namespace noise = instruments;

/// Moves figures as it visits them.
class Drawer final : public config::FigureVisitor {
 public:
  explicit Drawer(std::uint64_t seed) : seed_(seed) {}

 private:
  void see(const std::string& path, config::Figure& f, const config::Spec& spec) override {
    f.value = std::clamp(f.value + f.uncertainty * draw(path, 0), spec.low, spec.high);
  }
  void see(const std::string& path, config::Figures& f, const config::Spec& spec) override {
    for (std::size_t i = 0; i < f.value.size(); ++i) {
      f.value[i] = std::clamp(f.value[i] + f.uncertainty * draw(path, i), spec.low, spec.high);
    }
  }
  /// Standard deviation 1/2, within -1..1.
  double draw(const std::string& path, std::size_t i) const {
    const std::uint64_t stream = noise::stream(seed_, path);
    return std::clamp(0.5 * noise::normal(noise::element(stream, i), 0), -1.0, 1.0);
  }

  std::uint64_t seed_;
};

/// After E has moved: A such that k at the anchor is the nominal one times the draw of A.
void hold_at_anchor(const RateFigures& nominal, RateFigures& drawn) {
  const double t = nominal.anchor_degC.value + material::kZeroCelsius_K;
  const double moved = drawn.energy_J_per_mol.value - nominal.energy_J_per_mol.value;
  drawn.factor_per_s.value *= std::exp(moved / (material::kGasConstant_J_per_molK * t));
}

}  // namespace

PlantParams draw_plant(const PlantParams& nominal, std::uint64_t seed) {
  PlantParams drawn = nominal;
  Drawer plant(noise::element(seed, 1)), powder(noise::element(seed, 2));
  drawn.visit(plant);
  drawn.powder.visit(powder);
  for (const auto rate : {&MaterialFigures::hydrate, &MaterialFigures::hydroxide,
                          &MaterialFigures::lithiation, &MaterialFigures::lithiation_carbonate,
                          &MaterialFigures::ordering, &MaterialFigures::growth}) {
    hold_at_anchor(nominal.powder.*rate, drawn.powder.*rate);
  }
  return drawn;
}

}  // namespace saggar::kiln
