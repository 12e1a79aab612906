#include "hil/kiln/quality.hpp"

#include <algorithm>
#include <cmath>

namespace saggar::kiln {
namespace {

using material::Defect;
using material::Defects;

struct Row {
  Defect defect;
  std::string_view text;
};
constexpr std::array<Row, material::kDefectCount> kTexts = {{
    {Defect::wet_core, "core not dry"},
    {Defect::unconverted, "conversion too low"},
    {Defect::mixed, "Li/Ni mixing too high"},
    {Defect::intensity, "I003/I104 too low"},
    {Defect::hydroxide, "residual LiOH too high"},
    {Defect::carbonate, "residual Li2CO3 too high"},
    {Defect::capacity, "capacity too low"},
    {Defect::too_hot, "hotter than the soak allows"},
    {Defect::too_cold, "never as hot as the soak"},
    {Defect::too_small, "primary particles too small"},
    {Defect::too_large, "primary particles too large"},
}};

}  // namespace

std::string_view name(Defect defect) noexcept {
  for (const Row& row : kTexts) {
    if (row.defect == defect) return row.text;
  }
  return "in specification";
}

std::string text_of(Defects defects) {
  std::string out;
  for (const Row& row : kTexts) {
    if (!material::has(defects, row.defect)) continue;
    out += (out.empty() ? "" : ", ") + std::string(row.text);
  }
  return out.empty() ? "in specification" : out;
}

SaggarReport report_of(const Beds& beds, std::size_t column, std::size_t layer,
                       const material::QualityMap& map, const material::Specification& spec) {
  SaggarReport r;
  r.layer = static_cast<std::uint32_t>(layer);
  r.product_kg = beds.solid_kg(column) / static_cast<double>(beds.layers());
  r.least_conversion = 1.0;
  r.coldest_peak_degC = r.least_soaked_h = 1e9;
  const double share = 1.0 / static_cast<double>(beds.nodes());
  double mixing2 = 0, size2 = 0;
  r.mean = {};
  r.mean.li_per_m = 0;
  for (std::size_t i = 0; i < beds.nodes(); ++i) {
    const material::Fired f = beds.fired(column, layer, i);
    r.mean.conversion += share * f.conversion;
    r.mean.mixing += share * f.mixing;
    r.mean.size_nm += share * f.size_nm;
    r.mean.li_per_m += share * f.li_per_m;
    r.mean.carbonate_per_m += share * f.carbonate_per_m;
    r.mean.carbon_dioxide_Pa += share * f.carbon_dioxide_Pa;
    mixing2 += share * f.mixing * f.mixing;
    size2 += share * f.size_nm * f.size_nm;
    const std::size_t n = (layer * beds.nodes() + i) * beds.stride() + column;
    const double peak = beds.peak_K[n] - material::kZeroCelsius_K;
    r.least_conversion = std::min(r.least_conversion, f.conversion);
    r.hottest_degC = std::max(r.hottest_degC, peak);
    r.coldest_peak_degC = std::min(r.coldest_peak_degC, peak);
    r.least_soaked_h = std::min(r.least_soaked_h, beds.soaked_s[n] / 3600.0);
    r.water_left += share * beds.wetness(column, layer, i);
  }
  r.mixing_spread = std::sqrt(std::max(0.0, mixing2 - r.mean.mixing * r.mean.mixing));
  r.size_spread_nm = std::sqrt(std::max(0.0, size2 - r.mean.size_nm * r.mean.size_nm));
  r.laboratory = map(r.mean);
  r.defects = spec.judge(r.mean, r.laboratory, r.water_left, r.hottest_degC, r.coldest_peak_degC);
  return r;
}

}  // namespace saggar::kiln
