#include "controllers/twin/estimator.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>
#include <stdexcept>

namespace saggar::twin {
namespace {

using plugin::PortSetup;
using plugin::Setup;

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kLongest_s = 120;  ///< that the twin steps at once
constexpr double kLost_s = 3600;    ///< not stepped for so long, it begins anew
constexpr std::size_t kPoints = 8;  ///< of gas points and of exhaust ports in places.def
// Steps in which values are given, per unit.
constexpr double kPerM = 1000, kPerK = 100, kPerShare = 1000, kPerNm = 10, kPerTrace = 1e5,
                 kPerKW = 1000;
constexpr double kMetal_kg_per_mol = 0.09728;  ///< of the product, NCM811
constexpr double kLiOH_kg_per_mol = 0.023947;
constexpr double kHalfLi2CO3_kg_per_mol = 0.036944;  ///< per lithium

constexpr std::uint32_t in(std::string_view name) {
  return plugin::find_input(Estimator::kPorts, name);
}
constexpr std::uint32_t kTop = in("top"), kBottom = in("bottom"), kTopCurrent = in("top_current"),
                        kBottomCurrent = in("bottom_current"), kVoltage = in("voltage"),
                        kSpeed = in("speed"), kPressure = in("pressure"), kInlet = in("inlet"),
                        kSteam = in("steam"), kPresent = in("present"), kWeight = in("weight"),
                        kAge = in("sample_age"), kMixing = in("mixing"), kSize = in("size"),
                        kLiOH = in("lioh"), kLi2CO3 = in("li2co3"), kTopOutput = in("top_output"),
                        kBottomOutput = in("bottom_output"), kDamper = in("damper");

std::uint32_t key(const std::string& name) { return plugin::find_param(Estimator::kParams, name); }

/// Zone of a parameter, from 1; 0 = none.
std::size_t zone_of(const Setup& setup, const std::string& name) {
  const double zone = setup.value(key(name));
  if (zone != std::floor(zone) || zone > setup.zone_count()) {
    throw std::runtime_error("parameter '" + name + "' must be a zone of the kiln, 1 to " +
                             std::to_string(setup.zone_count()) + ", or 0 for none");
  }
  return static_cast<std::size_t>(zone);
}

/// One tag per zone, in any order.
std::vector<std::size_t> zones_of(const PortSetup& port, std::size_t zones) {
  std::vector<std::size_t> of;
  for (std::uint32_t i = 0; i < port.size(); ++i) {
    if (port.zone(i) >= zones) {
      throw std::runtime_error("tag " + std::string(port.tag(i)) + " names no zone of the kiln");
    }
    of.push_back(port.zone(i));
  }
  if (of.size() != zones) {
    throw std::runtime_error("the twin needs a thermocouple of roof and floor in each of the " +
                             std::to_string(zones) + " zones; tags like " +
                             std::string(port.tag(0)) + ": " + std::to_string(of.size()));
  }
  return of;
}

Places places_of(const Setup& setup) {
  Places p;
  p.zones = setup.zone_count();
  p.layers = static_cast<std::size_t>(setup.value(key("layers")));
  p.groups = setup.port(kSpeed).size();
  const PortSetup inlets = setup.port(kInlet);
  for (std::uint32_t i = 0; i < inlets.size(); ++i) {
    if (inlets.zone(i) >= p.zones) {
      throw std::runtime_error("the zone of tag " + std::string(inlets.tag(i)) +
                               " is not known: the kiln must say it (atmosphere.inlet_zones)");
    }
    p.inlet_zone.push_back(inlets.zone(i));
  }
  for (std::uint32_t i = 0; i < setup.port(kSteam).size(); ++i) {
    const std::string name = "gas_point" + std::to_string(i + 1) + "_zone";
    const std::size_t zone = zone_of(setup, name);
    if (zone == 0) {
      throw std::runtime_error("parameter '" + name + "' must say the zone of tag " +
                               std::string(setup.port(kSteam).tag(i)));
    }
    p.gas_point_zone.push_back(zone - 1);
  }
  double sum = 0;
  for (std::size_t i = 1; i <= kPoints; ++i) {
    const std::string port = "exhaust" + std::to_string(i);
    const std::size_t zone = zone_of(setup, port + "_zone");
    const double share = setup.value(key(port + "_share"));
    if (zone == 0 || share == 0) continue;
    p.port_zone.push_back(zone - 1);
    p.port_share.push_back(share);
    sum += share;
  }
  if (!(sum > 0))
    throw std::runtime_error(
        "parameters 'exhaust1_zone' and 'exhaust1_share' must "
        "say where the exhaust draws");
  for (double& share : p.port_share) share /= sum;
  return p;
}

struct RowTag {
  const char *name, *unit;
  double low, high;
  const char* doc;
};
// In the order of show_row.
constexpr RowTag kRowTags[] = {
    {"position", "m", -10, 2000, "Place of the middle of the row."},
    {"number", "count", 0, 1e15, "Of the row, since the twin began."},
    {"surface.temperature", "degC", -50, 1600, "Surface of the powder of the top layer."},
    {"core.temperature", "degC", -50, 1600, "Coldest place of the powder."},
    {"dryness", "fraction", 0, 1, "Share of the water that is gone."},
    {"conversion", "fraction", 0, 1, "Share of the metal that is lithiated."},
    {"primary_size", "nm", 0, 1e6, "Primary size."},
    {"mixing", "fraction", -1, 1, "Li/Ni mixing."},
    {"residual_lithium", "1", -1, 3, "Lithium outside of the lattice, per metal."},
    {"to_dry", "m", 0, 2000, "Way to the place where it will be dry; 0 where it is."},
    {"exit.primary_size", "nm", 0, 1e6, "Primary size forecast for the exit."},
    {"exit.mixing", "fraction", -1, 1, "Li/Ni mixing forecast for the exit."},
    {"exit.residual_lithium", "1", -1, 3, "Residual lithium forecast for the exit."}};
constexpr RowTag kZoneTags[] = {
    {"load", "kW", -1e5, 1e5, "Heat that the rows take."},
    {"core.temperature", "degC", -50, 1600, "Mean of the cores of the rows that stand here."},
    {"surface.temperature", "degC", -50, 1600, "Mean of their surfaces."},
    {"hottest.temperature", "degC", -50, 1600, "Hottest place of any row that stands here."},
    {"balance", "kW", -1e5, 1e5, "Measured power less what is expected; of the last update."}};

}  // namespace

/// Where the next value goes.
struct Estimator::Out {
  plugin::Span<double> value, sigma;
  plugin::Span<std::uint32_t> quality;
  std::uint32_t best = SAGGAR_GOOD;
  std::size_t at = 0;

  /// Given to 1 / `per_unit`, far below its sigma: a journal keeps such steps in a byte or two,
  /// and thousands of values with all their digits in eight each.
  void put(double v, double s, double per_unit) noexcept {
    const bool known = std::isfinite(v) && std::isfinite(s);
    value[at] = std::round(v * per_unit) / per_unit;
    sigma[at] = std::ceil(s * per_unit) / per_unit;  // never better than it is
    quality[at++] = known ? best : static_cast<std::uint32_t>(SAGGAR_BAD);
  }
  void put(const Banded& b, std::size_t i, double per_unit) noexcept {
    put(b.value[i], b.sigma[i], per_unit);
  }
  void skip(std::size_t n) noexcept {
    for (; n > 0; --n) put(kNan, kNan, 1);
  }
};

void Estimator::configure(const Setup& setup) {
  std::uint32_t i = 0;
#define SAGGAR_TWIN_FIGURE(name, low, high, nominal, doc) figures_.name = setup.value(i++);
#include "controllers/twin/figures.def"
#undef SAGGAR_TWIN_FIGURE
#define SAGGAR_TWIN_SETTING(name, low, high, value_, doc) settings_.name = setup.value(i++);
#include "controllers/twin/settings.def"
#undef SAGGAR_TWIN_SETTING
#define SAGGAR_TWIN_LIMIT(name, low, high, value_, doc) limits_.name = setup.value(i++);
#include "controllers/twin/limits.def"
#undef SAGGAR_TWIN_LIMIT
  places_ = places_of(setup);
  top_zone_ = zones_of(setup.port(kTop), places_.zones);
  bottom_zone_ = zones_of(setup.port(kBottom), places_.zones);
  if (setup.port(kTopCurrent).size() != places_.zones ||
      setup.port(kBottomCurrent).size() != places_.zones) {
    throw std::runtime_error("the twin needs the current of each loop, as of its thermocouple");
  }
  rows_ = places_.capacity(figures_);
  const std::size_t tags = rows_ * std::size(kRowTags) + places_.zones * std::size(kZoneTags) + 1;
  if (tags > SAGGAR_MAX_VIRTUAL_TAGS) {
    throw std::runtime_error(std::to_string(rows_) + " rows have " + std::to_string(tags) +
                             " virtual tags, at most " + std::to_string(SAGGAR_MAX_VIRTUAL_TAGS) +
                             ": are zone_length_m, cooling_length_m and saggar_length_m right?");
  }
  fresh_ = std::make_unique<Twin>(figures_, places_, settings_);
  twin_ = std::make_unique<Twin>(*fresh_);
  measured_ = std::make_unique<Measured>(places_);
  make_detector(setup);
  name_tags();
}

void Estimator::make_detector(const Setup& setup) {
  fresh_detector_.reset();
  detector_.reset();
  driven_.reset();
  const std::size_t top = setup.port(kTopOutput).size(), bottom = setup.port(kBottomOutput).size();
  if (top == 0 && bottom == 0) return;
  if (top != places_.zones || bottom != places_.zones) {
    throw std::runtime_error("of " + std::to_string(2 * places_.zones) + " loops " +
                             std::to_string(top + bottom) +
                             " have a tag of their output: faults are looked for with all or none");
  }
  fresh_detector_ = std::make_unique<Detector>(limits_, figures_, places_);
  detector_ = std::make_unique<Detector>(*fresh_detector_);
  driven_ = std::make_unique<Driven>(places_.zones, setup.port(kDamper).size());
}

void Estimator::name_tags() {
  names_.clear();
  tags_.clear();
  char text[80];
  for (std::size_t row = 1; row <= rows_; ++row) {
    for (const RowTag& tag : kRowTags) {
      std::snprintf(text, sizeof text, "row%03zu.%s", row, tag.name);
      names_.emplace_back(text);
      tags_.push_back(plugin::virtual_tag(nullptr, tag.unit, tag.low, tag.high, tag.doc));
    }
  }
  for (std::size_t zone = 1; zone <= places_.zones; ++zone) {
    for (const RowTag& tag : kZoneTags) {
      std::snprintf(text, sizeof text, "zone%02zu.%s", zone, tag.name);
      names_.emplace_back(text);
      tags_.push_back(plugin::virtual_tag(nullptr, tag.unit, tag.low, tag.high, tag.doc));
    }
  }
  names_.emplace_back("dryout.position");
  tags_.push_back(plugin::virtual_tag(nullptr, "m", -10, 2000, "Where rows become dry now."));
  for (std::size_t i = 0; i < tags_.size(); ++i) tags_[i].name = names_[i].c_str();
}

void Estimator::begin_anew() {
  *twin_ = *fresh_;
  if (detector_ != nullptr) *detector_ = *fresh_detector_;
}

void Estimator::activate() { begin_anew(); }

void Estimator::state(plugin::State& s) {
  s(*twin_);
  if (detector_ != nullptr) s(*detector_);
}

/// What is not good is not there.
void Estimator::read(const plugin::Step& io) noexcept {
  const auto one = [&](std::uint32_t port, std::size_t i) {
    const plugin::InputView view = io.input(port);
    return i < view.size() && view.good(i) ? view.value(i) : kNan;
  };
  Measured& m = *measured_;
  const double volts = one(kVoltage, 0);
  for (std::size_t i = 0; i < places_.zones; ++i) {
    m.top_degC[top_zone_[i]] = one(kTop, i);
    m.bottom_degC[bottom_zone_[i]] = one(kBottom, i);
    m.top_kW[top_zone_[i]] = 1e-3 * volts * one(kTopCurrent, i);
    m.bottom_kW[bottom_zone_[i]] = 1e-3 * volts * one(kBottomCurrent, i);
  }
  for (std::size_t i = 0; i < m.inlet_Nm3_per_h.size(); ++i) m.inlet_Nm3_per_h[i] = one(kInlet, i);
  for (std::size_t g = 0; g < m.speed_mm_per_s.size(); ++g) m.speed_mm_per_s[g] = one(kSpeed, g);
  for (std::size_t p = 0; p < m.h2o_percent.size(); ++p) m.h2o_percent[p] = one(kSteam, p);
  m.pressure_Pa = one(kPressure, 0);
  m.present = one(kPresent, 0);
  m.saggar_kg = one(kWeight, 0);
  m.sample.age_h = one(kAge, 0);
  m.sample.mixing = 0.01 * one(kMixing, 0);
  m.sample.size_nm = one(kSize, 0);
  m.sample.residual_lithium =
      1e-6 * kMetal_kg_per_mol *
      (one(kLiOH, 0) / kLiOH_kg_per_mol + one(kLi2CO3, 0) / kHalfLi2CO3_kg_per_mol);
  if (driven_ == nullptr) return;
  Driven& d = *driven_;
  for (std::size_t i = 0; i < places_.zones; ++i) {
    d.top_percent[top_zone_[i]] = one(kTopOutput, i);
    d.bottom_percent[bottom_zone_[i]] = one(kBottomOutput, i);
  }
  d.mains_V = volts;
  for (std::size_t i = 0; i < d.damper_percent.size(); ++i) d.damper_percent[i] = one(kDamper, i);
}

plugin::Status Estimator::step(plugin::Step& io) {
  if (io.first() || io.dt_s() > kLost_s) begin_anew();
  read(io);
  double left_s = std::min(io.dt_s(), kLost_s);
  while (left_s > 0) {
    const double part_s = std::min(left_s, kLongest_s);
    twin_->step(part_s, *measured_);
    if (detector_ != nullptr) detector_->step(part_s, *measured_, *driven_, *twin_);
    left_s -= part_s;
  }
  if (twin_->seen().count == 0) {
    return io.no_proposal(plugin::Why::inputs_missing,
                          "waits until each thermocouple and drive has been good once");
  }
  return plugin::Status::ok;
}

std::uint32_t Estimator::virtual_tags(plugin::Span<saggar_virtual_tag> tags) {
  std::copy_n(tags_.begin(), std::min(tags.size(), tags_.size()), tags.begin());
  return static_cast<std::uint32_t>(tags_.size());
}

void Estimator::show_row(std::size_t j, Out& out) const noexcept {
  const Seen& seen = twin_->seen();
  if (j >= seen.count) return out.skip(std::size(kRowTags));
  // A row that was counted right is nearer than half a pitch.
  out.put(seen.position_m[j], figures_.pitch_m / std::sqrt(12.0), kPerM);
  out.put(static_cast<double>(seen.number[j]), 0, 1);
  out.put(seen.surface_degC, j, kPerK);
  out.put(seen.core_degC, j, kPerK);
  out.put(seen.dryness, j, kPerShare);
  out.put(std::clamp(seen.conversion.value[j], 0.0, 1.0), seen.conversion.sigma[j], kPerShare);
  out.put(seen.size_nm, j, kPerNm);
  out.put(seen.mixing, j, kPerTrace);
  out.put(seen.residual_lithium, j, kPerTrace);
  out.put(seen.to_dry_m, j, kPerM);
  out.put(seen.exit_size_nm, j, kPerNm);
  out.put(seen.exit_mixing, j, kPerTrace);
  out.put(seen.exit_residual_lithium, j, kPerTrace);
}

/// The errors of rows in one zone are one error: their mean is no better known than each.
void Estimator::show_zone(std::size_t k, Out& out) const noexcept {
  const Seen& seen = twin_->seen();
  double core = 0, core_sigma = 0, surface = 0, surface_sigma = 0, n = 0;
  double hottest = 0, hottest_sigma = 0;
  for (std::size_t j = 0; j < seen.count; ++j) {
    const double zone = std::floor(seen.position_m[j] / figures_.zone_length_m);
    if (zone != static_cast<double>(k)) continue;
    core += seen.core_degC.value[j];
    core_sigma += seen.core_degC.sigma[j];
    surface += seen.surface_degC.value[j];
    surface_sigma += seen.surface_degC.sigma[j];
    if (n == 0 || seen.hottest_degC.value[j] > hottest) {
      hottest = seen.hottest_degC.value[j];
      hottest_sigma = seen.hottest_degC.sigma[j];
    }
    n += 1;
  }
  const double load_W = seen.zone_load_W[k];
  out.put(1e-3 * load_W, 1e-3 * std::hypot(settings_.sigma_load * load_W, settings_.sigma_zone_W),
          kPerKW);
  if (n > 0) {
    out.put(core / n, core_sigma / n, kPerK);
    out.put(surface / n, surface_sigma / n, kPerK);
    out.put(hottest, hottest_sigma, kPerK);
  } else {
    out.skip(3);
  }
  const double variance = twin_->observer().innovations()[k].variance;  // 0 before the first
  out.put(1e-3 * seen.zone_residual_W[k],
          1e-3 * (variance > 0 ? std::sqrt(variance)
                               : std::hypot(settings_.noise_W, settings_.sigma_zone_W)),
          kPerKW);
}

std::uint32_t Estimator::estimate(plugin::Span<double> value, plugin::Span<double> sigma,
                                  plugin::Span<std::uint32_t> quality) {
  if (value.size() < tags_.size()) return 0;
  Out out{value, sigma, quality,
          twin_->settled() ? std::uint32_t{SAGGAR_GOOD} : std::uint32_t{SAGGAR_UNCERTAIN}};
  for (std::size_t j = 0; j < rows_; ++j) show_row(j, out);
  for (std::size_t k = 0; k < places_.zones; ++k) show_zone(k, out);
  out.put(twin_->seen().dry_m, twin_->seen().dry_sigma_m, kPerM);
  return static_cast<std::uint32_t>(out.at);
}

std::uint32_t Estimator::findings(plugin::Span<saggar_finding> to) {
  if (detector_ == nullptr) return 0;
  const auto place = [](std::uint16_t at) {
    return at == Finding::kNowhere ? plugin::kNone : std::uint32_t{at};
  };
  const Findings& stand = detector_->findings();
  const std::size_t n = std::min(stand.count(), to.size());
  for (std::size_t i = 0; i < n; ++i) {
    const Finding& f = stand[i];
    to[i] =
        plugin::finding(kWords[static_cast<std::size_t>(f.cause)], place(f.zone), place(f.element),
                        f.statistic, f.threshold, twin_->time_s() - f.since_s);
  }
  return static_cast<std::uint32_t>(n);
}

}  // namespace saggar::twin
