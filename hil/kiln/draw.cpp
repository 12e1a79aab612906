#include "hil/kiln/draw.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "hil/instruments/noise.hpp"

namespace saggar::kiln {
namespace {

namespace noise = instruments;

/// Moves figures as it visits them.
class Drawer final : public config::Visitor {
 public:
  explicit Drawer(std::uint64_t seed) : seed_(seed) {}

 protected:
  void figure(std::string_view key, config::Figure& f, const config::Spec& spec) override {
    f.value = std::clamp(f.value + f.uncertainty * draw(key, 0), spec.low, spec.high);
  }
  void figures(std::string_view key, config::Figures& f, const config::Spec& spec) override {
    for (std::size_t i = 0; i < f.value.size(); ++i) {
      f.value[i] = std::clamp(f.value[i] + f.uncertainty * draw(key, i), spec.low, spec.high);
    }
  }
  void number(std::string_view, double&, const config::Spec&) override {}
  void integer(std::string_view, std::int64_t&, const config::Spec&) override {}
  void flag(std::string_view, bool&, const config::Spec&) override {}
  void text(std::string_view, std::string&, const config::Spec&) override {}
  void choice(std::string_view, int&, config::Names, const config::Spec&) override {}
  void numbers(std::string_view, std::vector<double>&, const config::Spec&) override {}
  void integers(std::string_view, std::vector<std::int64_t>&, const config::Spec&) override {}
  void texts(std::string_view, std::vector<std::string>&, const config::Spec&) override {}
  void choices(std::string_view, std::vector<int>&, config::Names, const config::Spec&) override {}
  void parameters(std::string_view, config::Parameters&, const config::Spec&) override {}
  bool enter(std::string_view key, const config::Spec&) override {
    lengths_.push_back(path_.size());
    path_ += std::string(key) + '.';
    return true;
  }
  void leave() override {
    path_.resize(lengths_.back());
    lengths_.pop_back();
  }
  std::size_t begin_list(std::string_view, std::size_t size, const config::Spec&) override {
    return size;
  }
  bool begin_element(std::size_t) override { return true; }
  void end_element() override {}
  void end_list() override {}

 private:
  /// Standard deviation 1/2, within -1..1.
  double draw(std::string_view key, std::size_t i) const {
    const std::uint64_t stream = noise::stream(seed_, path_ + std::string(key));
    return std::clamp(0.5 * noise::normal(noise::element(stream, i), 0), -1.0, 1.0);
  }

  std::uint64_t seed_;
  std::string path_;
  std::vector<std::size_t> lengths_;
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
