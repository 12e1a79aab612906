#include "hil/validate/validate.hpp"

#include <algorithm>

#include "hil/validate/bed_checks.hpp"
#include "hil/validate/laws.hpp"
#include "hil/validate/masses.hpp"
#include "hil/validate/page.hpp"
#include "hil/validate/plant_checks.hpp"
#include "hil/validate/published.hpp"

namespace saggar::validate {

bool Outcome::no_miss() const noexcept {
  return checks.count(report::Verdict::miss) == 0 &&
         std::none_of(scores.begin(), scores.end(),
                      [](const Score& s) { return s.verdict == report::Verdict::miss; });
}

domain::Result<Outcome> validate(const Options& options) {
  const auto subject = load_subject(options.configs, options.materials);
  if (!subject) return subject.error();
  const auto p2 = load_preset(subject.value(), "p2", "ncm811-p2");
  if (!p2) return p2.error();
  Outcome out;
  // First, so that a slip in a file shows at once.
  const auto in =
      options.plant.empty() ? domain::Result(p2.value().params) : kiln::load_plant(options.plant);
  if (!in) return in.error();
  for (const std::string& file : options.data) {
    const auto data = load_measured(file);
    if (!data) return data.error();
    const auto plant = plant_for(data.value(), subject.value(), in.value());
    if (!plant) return plant.error();
    auto scores = score_of(data.value(), plant.value());
    if (!scores) return scores.error();
    for (Score& score : scores.value()) out.scores.push_back(std::move(score));
  }
  check_masses(subject.value(), out.checks);
  check_laws(subject.value(), out.checks);
  check_published(subject.value(), out.checks);
  check_beds(p2.value(), out.checks);
  const auto plants =
      check_plants(subject.value(), options.quick ? quick_hours() : PlantHours{}, out.checks);
  if (!plants) return plants.error();
  constexpr double kFilm_s = 300;
  out.page = page_of(out.checks, subject.value(), film_of(p2.value().params, kFilm_s),
                     plants.value(), options.date);
  if (!out.scores.empty()) {
    report::Section own{"Measured series", {table_of(out.scores)}};
    for (auto& chart : charts_of(out.scores)) own.blocks.push_back(std::move(chart));
    out.page.sections.insert(out.page.sections.begin() + 1, std::move(own));
  }
  return out;
}

}  // namespace saggar::validate
