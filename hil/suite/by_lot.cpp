#include "hil/suite/by_lot.hpp"

#include <string>

namespace saggar::suite {
namespace {

void add(const std::string& lot, const LotKpi& k, std::vector<Figure>& out) {
  const auto put = [&](const char* name, const char* unit, int better, double value) {
    out.push_back({lot + name, unit, better, value});
  };
  put("product_kg", "kg", 0, k.product_kg);
  put("off_spec_kg", "kg", -1, k.off_spec_kg);
  put("off_spec_share", "1", -1, k.off_spec_kg / k.product_kg);
  put("settled_within_3K", "1", 1, k.settled.share(k.settled.narrow));
  put("settled_within_5K", "1", 1, k.settled.share(k.settled.wide));
  put("settled_mean_K", "K", 0, k.settled.mean_K());
  put("dry_out_mean_m", "m", 0, k.dry_m.mean());
  put("dry_out_sd_m", "m", -1, k.dry_m.deviation());
  put("size_mean_nm", "nm", 0, k.size_nm.mean());
  put("size_sd_nm", "nm", -1, k.size_nm.deviation());
  put("size_within_nm", "nm", -1, k.size_within_nm.mean());
  put("mixing_mean", "1", -1, k.mixing.mean());
  put("mixing_sd", "1", -1, k.mixing.deviation());
  put("mixing_within", "1", -1, k.mixing_within.mean());
}

}  // namespace

void tally(LotKpi& lot, const kiln::SaggarReport& report, double saggars) {
  const double kg = saggars * report.product_kg;
  lot.product_kg += kg;
  lot.off_spec_kg += report.defects != 0 ? kg : 0.0;
  lot.size_nm.add(report.mean.size_nm);
  lot.mixing.add(report.mean.mixing);
  lot.size_within_nm.add(report.size_spread_nm);
  lot.mixing_within.add(report.mixing_spread);
}

std::vector<Figure> lot_figures(const ByLot& lots) {
  std::vector<const ByLot::value_type*> left;
  for (const auto& one : lots) {
    if (one.second.product_kg > 0) left.push_back(&one);
  }
  std::vector<Figure> out;
  if (left.size() < 2) return out;
  for (std::size_t i = left.size() > kMostLots ? left.size() - kMostLots : 0; i < left.size();
       ++i) {
    add("lot" + std::to_string(left[i]->first) + "_", left[i]->second, out);
  }
  return out;
}

}  // namespace saggar::suite
