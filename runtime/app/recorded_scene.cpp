#include "runtime/app/recorded_scene.hpp"

#include <algorithm>
#include <utility>

#include "runtime/assembly/assembly.hpp"
#include "runtime/assembly/trust.hpp"
#include "runtime/config/load.hpp"

namespace saggar::app {
namespace {

template <class T>
domain::Result<T> part(const record::Run& run, const std::string& key) {
  const auto text = run.meta.find(key);
  if (text == run.meta.end()) return domain::Error{"the journal", "has no text '" + key + "'"};
  return config::load_text<T>("recorded " + key, text->second);
}

}  // namespace

domain::Result<RecordedRun> recorded_run(const record::Run& run) {
  const auto site = part<config::SiteConfig>(run, "config/site");
  if (!site) return site.error();
  auto kiln = part<config::KilnConfig>(run, "config/kiln");
  if (!kiln) return kiln.error();
  auto recipe = part<config::RecipeConfig>(run, "config/recipe");
  if (!recipe) return recipe.error();
  auto control = part<config::ControlConfig>(run, "config/control");
  if (!control) return control.error();
  config::Bundle bundle;
  bundle.kiln = std::move(kiln).value();
  bundle.recipe = std::move(recipe).value();
  bundle.control = std::move(control).value();
  auto plant = config::make_plant(bundle.kiln, bundle.recipe);
  if (!plant) return plant.error();
  bundle.plant = std::move(plant).value();

  const record::Layout& layout = run.layout;
  std::vector<std::string> controllers = layout.names.controllers;
  controllers.resize(std::min(controllers.size(), layout.proposal_sizes.size()));
  std::vector<promote::Scene::Row> rows;
  if (layout.trust_rows > 0) {
    for (const operate::TrustSettings& trust : assembly::trust_of(bundle, controllers)) {
      for (const operate::TrustSettings::Group& group : trust.groups) {
        rows.push_back({trust.controller, group.name, group.mvs});
      }
    }
  }
  if (rows.size() != layout.trust_rows || bundle.plant.mvs.size() != layout.mv_tag.size()) {
    return domain::Error{"the journal", "its records and its configuration do not belong together"};
  }
  RecordedRun out;
  out.scene = promote::make_scene(std::move(bundle.plant), std::move(controllers),
                                  layout.names.rungs, std::move(rows));
  out.control = std::move(bundle.control);
  out.cycle_s = 1e-3 * site.value().cycle.period_ms;
  return out;
}

}  // namespace saggar::app
