#include "hil/search/swarm.hpp"

#include <algorithm>
#include <cmath>

#include "hil/search/dice.hpp"
#include "runtime/config/number_text.hpp"
#include "runtime/config/suggest.hpp"

namespace saggar::search {
namespace {

constexpr double kGrid_s = 10, kShortest_s = 60;

double on_grid(double time_s) { return kGrid_s * std::floor(time_s / kGrid_s); }

/// The families that a swarm may draw from, in the order of the menu.
domain::Result<std::vector<Family>> allowed(const std::vector<Family>& menu,
                                            const scenario::Swarm& how, const std::string& where) {
  if (how.families.empty()) return menu;
  std::vector<std::string> here;
  for (const Family& family : menu) here.push_back(family.name);
  for (const std::string& name : how.families) {
    if (std::find(here.begin(), here.end(), name) != here.end()) continue;
    const std::vector<std::string> all = family_names();
    const bool known = std::find(all.begin(), all.end(), name) != all.end();
    return domain::Error{
        where, "swarm on " + how.scenario + ": " +
                   (known ? "this bench has no faults of the family \"" : "there is no family \"") +
                   name + "\"" + config::did_you_mean(name, here) +
                   "; there are: " + config::listed(here)};
  }
  std::vector<Family> out;
  for (const Family& family : menu) {
    const bool wanted =
        std::find(how.families.begin(), how.families.end(), family.name) != how.families.end();
    if (wanted) out.push_back(family);
  }
  return out;
}

/// One fault of a family. Each of its features has a stream of its own, so that a kind or place
/// more in the menu changes no times.
faults::Fault draw_fault(const Family& family, std::uint64_t seed, std::uint32_t number,
                         double from_s, double until_s, double end_s) {
  const std::uint64_t own = seed * 64 + number;
  const Dish& dish = family.dishes[Dice(own, "swarm kind").below(family.dishes.size())];
  faults::Fault fault;
  fault.fault = dish.kind;
  fault.target = dish.places[Dice(own, "swarm place").below(dish.places.size())];
  const int level = 1 + static_cast<int>(Dice(own, "swarm level").below(faults::kLevels));
  fault.severity = faults::severity_at(dish.kind, level);
  fault.time_s = on_grid(Dice(own, "swarm onset").between(from_s, until_s));
  const double rest_s = std::max(end_s - fault.time_s, kShortest_s);
  if (faults::graded_by_duration(dish.kind)) {
    fault.duration_s = std::min(faults::duration_at(dish.kind, level), rest_s);
  } else if (!faults::momentary(dish.kind)) {
    // As likely between one and ten minutes as between one and ten hours.
    const double share = Dice(own, "swarm duration").uniform();
    fault.duration_s = on_grid(kShortest_s * std::pow(rest_s / kShortest_s, share));
  }
  return fault;
}

}  // namespace

std::vector<faults::Fault> draw_faults(const std::vector<Family>& menu, std::uint64_t seed,
                                       std::uint32_t most, double from_s, double until_s,
                                       double end_s) {
  std::vector<faults::Fault> out;
  if (menu.empty()) return out;
  const auto count = 1 + static_cast<std::uint32_t>(Dice(seed, "swarm count").below(most));
  Dice families(seed, "swarm families");
  std::vector<std::size_t> left;
  for (std::uint32_t number = 0; number < count; ++number) {
    if (left.empty()) {
      for (std::size_t i = 0; i < menu.size(); ++i) left.push_back(i);
    }
    const std::size_t pick = families.below(left.size());
    const Family& family = menu[left[pick]];
    left.erase(left.begin() + static_cast<std::ptrdiff_t>(pick));
    out.push_back(draw_fault(family, seed, number, from_s, until_s, end_s));
  }
  std::stable_sort(out.begin(), out.end(), [](const faults::Fault& a, const faults::Fault& b) {
    return a.time_s < b.time_s;
  });
  return out;
}

domain::Result<std::vector<scenario::Case>> swarm(const scenario::LoadedScenario& from,
                                                  const scenario::Swarm& how) {
  scenario::LoadedScenario seeds = from;
  seeds.scenario.bench.seed = how.seed;
  seeds.scenario.bench.seeds = how.seeds;
  auto cases = scenario::expand(seeds);
  if (!cases) return cases.error();
  if (cases.value().size() != how.seeds) {
    return domain::Error{from.path.string(), "has `vary`: a swarm takes a scenario without"};
  }
  const auto whole = menu_of(from.files);
  if (!whole) return whole.error();
  const auto menu = allowed(whole.value(), how, from.path.string());
  if (!menu) return menu.error();
  const scenario::Bench& bench = from.scenario.bench;
  const double from_s = how.from_s > 0 ? how.from_s : bench.warm_up_s;
  const double until_s = how.until_s > 0 ? how.until_s : bench.duration_s;
  if (!(from_s < until_s && until_s <= bench.duration_s)) {
    return domain::Error{from.path.string(), "swarm: onsets from " + config::plain(from_s) +
                                                 " s until " + config::plain(until_s) +
                                                 " s do not lie within a run of " +
                                                 config::plain(bench.duration_s) + " s"};
  }
  for (scenario::Case& one : cases.value()) {
    for (const faults::Fault& fault :
         draw_faults(menu.value(), one.seed, how.most, from_s, until_s, bench.duration_s)) {
      scenario::Event event;
      static_cast<faults::Fault&>(event) = fault;
      one.story.events.push_back(event);
    }
    one.variant = "swarm";
    one.group = one.scenario + "/swarm/" + one.arm;
    one.id = one.group + "/seed" + std::to_string(one.seed);
  }
  return cases;
}

domain::Result<std::vector<scenario::Case>> swarm_cases(const scenario::LoadedSuite& suite) {
  std::vector<scenario::Case> out;
  std::vector<std::string> seen;
  for (const scenario::Swarm& how : suite.suite.swarms) {
    const auto from = scenario::load_scenario(suite.place, how.scenario);
    if (!from) return from.error();
    auto cases = swarm(from.value(), how);
    if (!cases) return cases.error();
    const std::string name = from.value().scenario.name;
    seen.push_back(name);
    const auto times = std::count(seen.begin(), seen.end(), name);
    for (scenario::Case& one : cases.value()) {
      if (times > 1) {
        one.variant += std::to_string(times);
        one.group = one.scenario + "/" + one.variant + "/" + one.arm;
        one.id = one.group + "/seed" + std::to_string(one.seed);
      }
      out.push_back(std::move(one));
    }
  }
  return out;
}

}  // namespace saggar::search
