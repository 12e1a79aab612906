#include "runtime/estimate/zone_mean.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>

namespace saggar::estimate {
namespace {
constexpr double kLow_degC = 0, kHigh_degC = 1200;  ///< of a zone without thermocouples
}  // namespace

ZoneMean::ZoneMean(const domain::Plant& plant, double sensor_sigma_K)
    : plant_(plant), sigma_K_(sensor_sigma_K), sensors_(plant.zones) {
  for (const domain::Tag& tag : tags(plant)) names_.push_back(tag.name);
  for (const domain::Mv& mv : plant_.mvs) {
    const bool thermocouple = mv.duty == domain::Duty::heat && mv.pv != domain::kNoTag;
    if (thermocouple && mv.zone < plant.zones) sensors_[mv.zone].push_back(mv.pv);
  }
}

std::vector<domain::Tag> ZoneMean::tags(const domain::Plant& plant) {
  std::vector<domain::Tag> made;
  for (std::uint16_t zone = 0; zone < plant.zones; ++zone) {
    char text[32];
    std::snprintf(text, sizeof text, "zone%02d.temperature", zone + 1);
    domain::Tag tag{text, domain::Unit::degC, kLow_degC, kHigh_degC};
    for (const domain::Mv& mv : plant.mvs) {
      if (mv.duty != domain::Duty::heat || mv.pv == domain::kNoTag || mv.zone != zone) continue;
      tag.low = plant.tags[mv.pv].low;
      tag.high = plant.tags[mv.pv].high;
    }
    made.push_back(std::move(tag));
  }
  return made;
}

void ZoneMean::estimate(const domain::Frame& screened, domain::Estimate& out) noexcept {
  for (std::size_t zone = 0; zone < sensors_.size(); ++zone) {
    double sum = 0, low = std::numeric_limits<double>::infinity(), high = -low;
    int n = 0;
    std::int64_t time_ns = 0;
    for (const domain::TagId tag : sensors_[zone]) {
      const domain::Sample& sample = screened.samples[tag];
      if (!sample.usable()) continue;
      sum += sample.value;
      low = std::min(low, sample.value);
      high = std::max(high, sample.value);
      time_ns = std::max(time_ns, sample.time_ns);
      ++n;
    }
    domain::Sample& mean = out.samples[zone];
    if (n == 0) {
      // Every member: `out` is room that an earlier cycle has used.
      mean = {std::numeric_limits<double>::quiet_NaN(), 0, domain::Quality::bad,
              domain::SubStatus::sensor_failure};
      out.sigma[zone] = std::numeric_limits<double>::infinity();
      continue;
    }
    const bool all = static_cast<std::size_t>(n) == sensors_[zone].size();
    mean.value = sum / n;
    mean.time_ns = time_ns;
    mean.quality = all ? domain::Quality::good : domain::Quality::uncertain;
    mean.sub_status = all ? domain::SubStatus::none : domain::SubStatus::substituted;
    out.sigma[zone] = sigma_K_ / std::sqrt(static_cast<double>(n)) + 0.5 * (high - low);
  }
}

}  // namespace saggar::estimate
