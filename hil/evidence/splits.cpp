#include "hil/evidence/splits.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>

namespace saggar::evidence {
namespace {

using suite::CaseResult;
using suite::Figure;

constexpr const char* kOfLots[] = {
    "product_kg",     "off_spec_kg",  "off_spec_share", "settled_within_3K", "settled_within_5K",
    "dry_out_mean_m", "size_mean_nm", "size_sd_nm",     "mixing_mean",       "mixing_sd"};
/// Weighed with the hours of each case.
constexpr const char* kOfRecipes[] = {"heat_service_factor",      "atmosphere_service_factor",
                                      "transport_service_factor", "settled_within_3K",
                                      "settled_within_5K",        "soak_sensor_within_1K",
                                      "zones_mean_abs_K"};

double named(const CaseResult& result, const std::string& name) {
  for (const Figure& figure : result.figures) {
    if (figure.name == name) return figure.value;
  }
  return std::nan("");
}

/// Number of the lot of "lot12_off_spec_kg", and the rest of the name behind the stroke.
bool is_of_lot(const std::string& name, unsigned long& lot, std::string& rest) {
  const std::size_t stroke = name.find('_');
  if (name.rfind("lot", 0) != 0 || stroke == name.npos || stroke == 3) return false;
  const std::string digits = name.substr(3, stroke - 3);
  if (digits.size() > 9 || digits.find_first_not_of("0123456789") != digits.npos) return false;
  lot = std::stoul(digits);
  rest = name.substr(stroke + 1);
  return true;
}

struct Mean {
  double sum = 0, weight = 0;
  void add(double value, double by) {
    if (!std::isfinite(value) || !(by > 0)) return;
    sum += value * by, weight += by;
  }
  double value() const { return weight > 0 ? sum / weight : std::nan(""); }
};

struct OfRecipe {
  std::size_t cases = 0;
  double hours = 0, product_kg = 0, off_spec_kg = 0, most_K = std::nan("");
  std::map<std::string, Mean> means;
};

void add(const CaseResult& one, OfRecipe& recipe) {
  const double hours = named(one, "hours");
  ++recipe.cases;
  recipe.hours += std::isfinite(hours) ? hours : 0;
  for (const char* name : kOfRecipes) recipe.means[name].add(named(one, name), hours);
  const double product_kg = named(one, "product_kg"), off_spec_kg = named(one, "off_spec_kg");
  if (std::isfinite(product_kg) && std::isfinite(off_spec_kg)) {
    recipe.product_kg += product_kg, recipe.off_spec_kg += off_spec_kg;
  }
  recipe.most_K = std::fmax(recipe.most_K, named(one, "zones_most_K"));
}

}  // namespace

report::Table lot_table(const CaseResult& result, Language l) {
  std::map<unsigned long, std::map<std::string, double>> lots;
  for (const Figure& figure : result.details) {
    unsigned long lot = 0;
    std::string name;
    if (is_of_lot(figure.name, lot, name)) lots[lot][name] = figure.value;
  }
  report::Table t{say(Say::by_lot, l), {{say(Say::lot, l)}}};
  for (const char* name : kOfLots) t.columns.push_back({name});
  for (const auto& [lot, values] : lots) {
    report::Row row{{lot}};
    for (const char* name : kOfLots) {
      const auto found = values.find(name);
      row.cells.emplace_back(found == values.end() ? std::nan("") : found->second);
    }
    t.rows.push_back(std::move(row));
  }
  return t;
}

report::Table recipe_table(const std::vector<const CaseResult*>& cases, Language l) {
  std::map<std::string, OfRecipe> recipes;
  for (const CaseResult* one : cases) {
    if (one->compared || one->recipe.empty() || one->figures.empty()) continue;
    add(*one, recipes[one->recipe]);
  }
  report::Table t{"", {{say(Say::recipe, l)}, {say(Say::cases, l)}, {say(Say::hours_judged, l)}}};
  for (const char* name : kOfRecipes) t.columns.push_back({name});
  for (const char* name : {"zones_most_K", "off_spec_share"}) t.columns.push_back({name});
  for (const auto& [name, recipe] : recipes) {
    report::Row row{{name, recipe.cases, recipe.hours}};
    for (const char* of : kOfRecipes) row.cells.emplace_back(recipe.means.at(of).value());
    row.cells.emplace_back(recipe.most_K);
    row.cells.emplace_back(recipe.off_spec_kg / recipe.product_kg);
    t.rows.push_back(std::move(row));
  }
  return t;
}

}  // namespace saggar::evidence
