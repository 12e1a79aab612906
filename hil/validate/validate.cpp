#include "hil/validate/validate.hpp"

#include "hil/validate/bed_checks.hpp"
#include "hil/validate/laws.hpp"
#include "hil/validate/masses.hpp"
#include "hil/validate/page.hpp"
#include "hil/validate/plant_checks.hpp"
#include "hil/validate/published.hpp"

namespace saggar::validate {

domain::Result<Outcome> validate(const Options& options) {
  const auto subject = load_subject(options.configs, options.materials);
  if (!subject) return subject.error();
  const auto p2 = load_preset(subject.value(), "p2", "ncm811-p2");
  if (!p2) return p2.error();
  Outcome out;
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
  return out;
}

}  // namespace saggar::validate
