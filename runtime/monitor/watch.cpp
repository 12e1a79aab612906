#include "runtime/monitor/watch.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <utility>

namespace saggar::monitor {

using domain::Reason;

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinite = std::numeric_limits<double>::infinity();
constexpr double kLeast = 1e-9;  // of a threshold that the package leaves at 0
constexpr std::int64_t kShift_ns = 8LL * 3600 * 1'000'000'000;
// Ends of the usual: 1 % of a normal feature lies below, and 1 % above. A kiln that is calmer than
// the data it was trained on is no drift; one that sits at the ends is.
constexpr double kEnd_sigmas = 2.3263, kEndShare = 0.01;

std::vector<InputSpec> inputs_of(const WatchSettings& s) {
  std::vector<InputSpec> specs;
  for (const WatchSettings::Feature& f : s.features) specs.push_back(f.input);
  return specs;
}

ForetoldSettings foretold_of(const WatchSettings& s) {
  ForetoldSettings to = s.foretold;
  to.period_s = s.period_s;
  to.predictions.clear();
  for (const WatchSettings::Prediction& p : s.predictions) {
    const double periods = std::clamp(std::round(p.horizon_s / s.period_s), 1.0, 1e6);
    to.predictions.push_back({static_cast<std::uint32_t>(periods), std::max(p.residual, kLeast)});
  }
  return to;
}

/// Which of both ends of the usual the values of a shift lie beyond.
Population population_of(const WatchSettings& s, std::size_t element) {
  const std::size_t n = s.mean.size();
  double variance = 0;
  for (std::size_t k = 0; k <= element; ++k) {
    variance += s.lower[element * n + k] * s.lower[element * n + k];
  }
  const double end = kEnd_sigmas * std::sqrt(variance);
  PopulationSettings settings;
  settings.fewest = std::min(settings.fewest, 0.5 * 8 * 3600 / s.period_s);
  return Population({s.mean[element] - end, s.mean[element] + end},
                    {kEndShare, 1 - 2 * kEndShare, kEndShare}, settings);
}

}  // namespace

Watch::Watch(WatchSettings settings, std::size_t tags)
    : settings_(std::move(settings)),
      tags_(tags),
      inputs_(inputs_of(settings_), settings_.step_s, settings_.period_s, settings_.missing_wait_s),
      distance_(settings_.mean, settings_.lower),
      foretold_(foretold_of(settings_)),
      vote_(settings_.vote, {1, 1, 1}),
      differs_({1, settings_.vote.periods, settings_.vote.back}, {kTolerance, 1, 1}),
      measured_(settings_.predictions.size()) {
  if (distance_.features() != inputs_.x().size()) {
    throw std::invalid_argument("the domain is of " + std::to_string(distance_.features()) +
                                " inputs, the features are " + std::to_string(inputs_.x().size()));
  }
  if (!(settings_.distance > 0)) throw std::invalid_argument("distance: above 0");
  for (std::size_t k = 0; k < inputs_.x().size(); ++k) {
    if (inputs_.input_of(k) != first_.size()) continue;
    first_.push_back(k);
    population_.push_back(population_of(settings_, k));
  }
}

/// Measured values may be uncertain, estimates may not: as for the plugin.
double Watch::value(domain::TagId tag, const domain::Frame& screened,
                    const domain::Estimate* estimate) const noexcept {
  if (tag < tags_) {
    const domain::Sample& sample = screened.samples[tag];
    return sample.usable() ? sample.value : kNaN;
  }
  if (estimate == nullptr || tag - tags_ >= estimate->samples.size()) return kNaN;
  const domain::Sample& sample = estimate->samples[tag - tags_];
  return sample.quality == domain::Quality::good ? sample.value : kNaN;
}

void Watch::see(const domain::Frame& screened, const domain::Estimate* estimate,
                const std::vector<double>& reference) noexcept {
  const std::int64_t now = screened.time_ns, passed_ns = now - last_ns_;
  const bool follows = begun_ != 0 && passed_ns > 0;
  inputs_.begin(follows ? static_cast<double>(passed_ns) / 1e9 : settings_.step_s);
  last_ns_ = now;
  begun_ = 1;
  for (std::size_t i = 0; i < settings_.features.size(); ++i) {
    const WatchSettings::Feature& f = settings_.features[i];
    double v = value(f.tag, screened, estimate);
    if (f.over != domain::kNoMv) v -= reference[f.over];
    inputs_.see(i, v);
  }
  const std::uint32_t periods = inputs_.sample();
  if (periods == 0) return;
  due_ = 1;
  for (std::size_t k = 0; k < measured_.size(); ++k) {
    measured_[k] = value(settings_.predictions[k].tag, screened, estimate);
  }
  foretold_.judge(periods, measured_);
  note_population(now);
}

void Watch::note_population(std::int64_t time_ns) noexcept {
  const std::int64_t shift = time_ns / kShift_ns;
  if (shift != shift_) {
    for (Population& p : population_) p.close_shift();
    shift_ = shift;
  }
  for (std::size_t i = 0; i < population_.size(); ++i) {
    population_[i].note(inputs_.x()[first_[i]]);
  }
}

bool Watch::hear(const Heard& heard) noexcept {
  if (due_ == 0) return false;
  due_ = 0;
  const bool told = heard.runs != 0 && heard.runs != runs_;
  const bool ran = settings_.tells ? told : heard.usable;
  runs_ = heard.runs;
  // It says itself that it has nothing to say, and what it cannot have seen is not held against it.
  if (!heard.usable && (!ran || !inputs_.ready())) return false;
  judge(heard, ran);
  return true;
}

void Watch::judge(const Heard& heard, bool ran) noexcept {
  ++report_.periods;
  report_.distance = report_.spread = report_.residual = report_.difference = kNaN;
  report_.differs = domain::kNoTag;
  if (!ran || !inputs_.ready()) {  // a proposal out of nothing
    differs_.note({kInfinite, 0, 0});
    fill_report();
    return;
  }
  report_.distance = distance_.of(inputs_.x().data()) / settings_.distance;
  if (settings_.tells) listen(heard);
  // What is not there, or not due yet, does not vote; what is there and no number does, as over.
  const auto voice = [](double share) { return std::isnan(share) ? 0 : share; };
  vote_.note({report_.distance, voice(report_.spread), voice(report_.residual)});
  report_.over = static_cast<std::uint8_t>(vote_.over());
  fill_report();
}

void Watch::listen(const Heard& heard) noexcept {
  compare(heard.inputs);
  differs_.note({report_.difference, 0, 0});
  report_.spread = spread_of(heard);
  const bool foretells = heard.predictions.size() == foretold_.size();
  if (foretells) foretold_.foretell(heard.predictions);
  report_.residual = foretells ? foretold_.residual() : kInfinite;
}

void Watch::compare(std::span<const double> saw) noexcept {
  const std::vector<double>& x = inputs_.x();
  report_.difference = saw.size() == x.size() ? 0 : kInfinite;
  for (std::size_t k = 0; k < x.size() && saw.size() == x.size(); ++k) {
    const double apart = std::abs(saw[k] - x[k]) / (1 + std::abs(x[k]));
    if (apart <= report_.difference) continue;
    report_.difference = std::isnan(apart) ? kInfinite : apart;
    report_.differs = settings_.features[inputs_.input_of(k)].tag;
    if (std::isnan(apart)) return;
  }
}

/// Standard deviation between the members, the largest of all outputs, over its threshold.
double Watch::spread_of(const Heard& heard) const noexcept {
  const std::size_t members = settings_.members, n = settings_.spread.size();
  if (members < 2) return kNaN;
  if (heard.members != members || heard.outputs.size() != members * n) return kInfinite;
  double worst = 0;
  for (std::size_t k = 0; k < n; ++k) {
    double mean = 0, squares = 0;
    for (std::size_t m = 0; m < members; ++m) mean += heard.outputs[m * n + k];
    mean /= static_cast<double>(members);
    for (std::size_t m = 0; m < members; ++m) {
      const double apart = heard.outputs[m * n + k] - mean;
      squares += apart * apart;
    }
    const double share = std::sqrt(squares / static_cast<double>(members - 1)) /
                         std::max(settings_.spread[k], kLeast);
    if (!std::isfinite(share)) return kInfinite;
    worst = std::max(worst, share);
  }
  return worst;
}

void Watch::fill_report() noexcept {
  report_.band = foretold_.band();
  report_.coverage = foretold_.coverage();
  report_.coverage_off = foretold_.coverage_off();
  report_.bias = foretold_.bias();
  report_.drift = foretold_.drift();
  report_.drift_level = foretold_.drift_level();
  for (const Population& p : population_) {  // of a shift alone nobody acts: it may be the weather
    report_.drift = std::max(report_.drift, std::min(p.state(), Drift::watch));
  }
  report_.reason = differs_.out() ? Reason::inputs_differ
                   : vote_.out()  ? Reason::not_believed
                                  : Reason::none;
}

void Watch::restart() noexcept {
  inputs_.restart();
  foretold_.forget();
  begun_ = due_ = 0;
  runs_ = 0;
}

void Watch::pardon() noexcept {
  vote_ = Vote(settings_.vote, vote_.thresholds());
  differs_ = Vote({1, settings_.vote.periods, settings_.vote.back}, differs_.thresholds());
  foretold_.clear_drift();
  report_.over = 0;
  fill_report();
}

void Watch::serialize(domain::Archive& archive) {
  domain::MonitorReport& r = report_;
  inputs_.serialize(archive);
  foretold_.serialize(archive);
  for (Population& p : population_) p.serialize(archive);
  vote_.serialize(archive);
  differs_.serialize(archive);
  archive(last_ns_, shift_, runs_, begun_, due_, r.controller, r.periods, r.distance, r.spread,
          r.residual, r.band, r.coverage, r.bias, r.difference, r.differs, r.drift_level,
          r.coverage_off, r.over, r.drift, r.reason);
}

}  // namespace saggar::monitor
