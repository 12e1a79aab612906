#include "hil/fit/figures.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "runtime/config/figure_visitor.hpp"
#include "runtime/config/suggest.hpp"

namespace saggar::fit {
namespace {

/// Calls `each` with key, figure, spec, and whether it stands in the plant file.
template <class F>
class Walk final : public config::FigureVisitor {
 public:
  Walk(F& each, bool of_plant) : each_(each), of_plant_(of_plant) {}

 private:
  void see(const std::string& key, config::Figure& figure, const config::Spec& spec) override {
    each_(key, figure, spec, of_plant_);
  }
  void see(const std::string&, config::Figures&, const config::Spec&) override {}

  F& each_;
  bool of_plant_;
};

/// The material first.
template <class F>
void walk(kiln::PlantParams& plant, F each) {
  Walk<F> material{each, false}, rest{each, true};
  plant.powder.visit(material);
  plant.visit(rest);
}

bool reaches_powder(const std::string& key, bool of_plant) {
  if (of_plant) return key.starts_with("saggar.") || key.starts_with("bed.");
  return !key.starts_with("quality.") && !key.ends_with("anchor_degC");
}

bool is_unit(std::string_view word) {
  static constexpr std::array<std::string_view, 16> kUnits = {
      "J", "W", "K", "kg", "mol", "m", "m2", "m3", "nm", "mm", "s", "min", "h", "Pa", "degC", "g"};
  return std::find(kUnits.begin(), kUnits.end(), word) != kUnits.end();
}

std::string_view last_word(std::string_view text) { return text.substr(text.rfind('_') + 1); }

}  // namespace

std::vector<Known> known_figures(const kiln::PlantParams& plant) {
  kiln::PlantParams copy = plant;
  std::vector<Known> out;
  walk(copy, [&](const std::string& key, const config::Figure& figure, const config::Spec& spec,
                 bool of_plant) {
    if (!reaches_powder(key, of_plant)) return;
    out.push_back({key, std::string(spec.doc), of_plant, figure, spec.low, spec.high});
  });
  return out;
}

domain::Result<Known> known_figure(const kiln::PlantParams& plant, const std::string& key) {
  std::vector<std::string> names;
  std::string full;
  for (const Known& one : known_figures(plant)) {
    if (one.key == key) return one;
    names.push_back(one.key);
    if (one.key.ends_with("." + key)) full += (full.empty() ? "" : " or ") + one.key;
  }
  std::string what = "is no figure of the material, the saggar or the bed";
  if (!full.empty()) {
    what += "; " + full + " would be right";
  } else {
    const std::string nearest = config::did_you_mean(key, names);
    what += nearest.empty() ? "; --list shows them" : nearest;
  }
  return domain::Error{key, what};
}

config::Figure* find_figure(kiln::MaterialFigures& material, const std::string& key) {
  config::Figure* found = nullptr;
  const auto one = [&](const std::string& path, config::Figure& figure, const config::Spec&, bool) {
    if (path == key) found = &figure;
  };
  Walk walk(one, false);
  material.visit(walk);
  return found;
}

config::Figure* find_figure(kiln::PlantParams& plant, const std::string& key) {
  config::Figure* found = nullptr;
  walk(plant, [&](const std::string& path, config::Figure& figure, const config::Spec&, bool) {
    if (found == nullptr && path == key) found = &figure;
  });
  return found;
}

std::string unit_of(const std::string& key) {
  const std::string_view name = std::string_view(key).substr(key.rfind('.') + 1);
  const std::size_t per = name.find("_per_");
  if (per == std::string_view::npos) {
    const std::string_view last = last_word(name);
    return is_unit(last) ? std::string(last) : std::string();
  }
  const std::string_view above = last_word(name.substr(0, per));
  std::string below(name.substr(per + 5));
  std::replace(below.begin(), below.end(), '_', ' ');
  return (is_unit(above) ? std::string(above) : "1") + "/" + below;
}

}  // namespace saggar::fit
