#include "controllers/policy/policy_controller.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>
#include <numeric>
#include <stdexcept>
#include <string_view>

#include "controllers/policy/attribution.hpp"

namespace saggar::policy {
namespace {

using plugin::Status;
using plugin::Why;

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kMostPeriods = 1e4;  // more are as good as a history that is gone
constexpr int kWarmUp = 20;           // VP-19: before a loop is closed over it
constexpr const char* kBackend = "torchscript";

constexpr bool kEstimate[] = {
#define SAGGAR_POLICY_PORT(name, pattern, unit, most, estimate, doc) estimate == 1,
#include "controllers/policy/heat_ports.def"
#undef SAGGAR_POLICY_PORT
};
constexpr auto kInputs = static_cast<std::uint32_t>(std::size(kEstimate));
constexpr std::uint32_t kSetpoint = kInputs;  // the output port stands last

std::string patterns() {
  std::string text;
  for (std::uint32_t p = 0; p < kInputs; ++p) {
    text += (p == 0 ? "" : ", ") + std::string(PolicyController::kPorts[p].pattern);
  }
  return text;
}

std::uint32_t element_of(const plugin::PortSetup& port, std::string_view tag) {
  for (std::uint32_t i = 0; i < port.size(); ++i) {
    if (port.tag(i) == tag) return i;
  }
  return plugin::kNone;
}

/// Whole multiples, to within what decimal fractions of a second lose.
bool is_multiple(double of, double unit) {
  const double n = of / unit;
  return n > 0.5 && std::fabs(n - std::round(n)) <= 1e-6;
}

std::string seconds(double s) {
  char text[32];
  std::snprintf(text, sizeof text, "%.6g s", s);
  return text;
}

Place place_of(const plugin::OutputView& out, std::size_t i, double step) noexcept {
  return {out.working(i),
          out.reference(i),
          out.low(i),
          out.high(i),
          out.is_free(i),
          out.limited_low(i) || out.limited_high(i),
          step};
}

}  // namespace

PolicyController::Wire PolicyController::wire(const plugin::Setup& setup,
                                              const plugin::PackageFeature& feature) const {
  Wire wire;
  for (std::uint32_t p = 0; p < kInputs; ++p) {
    const std::uint32_t element = element_of(setup.port(p), feature.tag);
    if (element == plugin::kNone) continue;
    if (feature.unit != kPorts[p].unit) {
      throw std::invalid_argument("feature " + feature.tag + " is in " + feature.unit +
                                  ", right is " + kPorts[p].unit);
    }
    wire = {p, element, plugin::kNone};
    if (feature.reference_tag.empty()) return wire;
    wire.reference = element_of(setup.port(kSetpoint), feature.reference_tag);
    if (wire.reference != plugin::kNone) return wire;
    throw std::invalid_argument("feature " + feature.tag + " is over " + feature.reference_tag +
                                ", which is no setpoint that this plugin moves");
  }
  throw std::invalid_argument("feature " + feature.tag +
                              " comes in by no port of this plugin; they bring " + patterns());
}

void PolicyController::wire_features(const plugin::Setup& setup) {
  wires_.clear();
  names_.clear();
  std::vector<FeatureSpec> specs;
  for (const plugin::PackageFeature& feature : package_->features) {
    wires_.push_back(wire(setup, feature));
    names_.push_back(feature.tag);
    FeatureSpec spec{feature.mean, feature.scale, feature.low, feature.high, {}};
    for (const double lag : feature.lags_s) {
      if (lag != 0 && !is_multiple(lag, package_->period_s)) {
        throw std::invalid_argument("feature " + feature.tag + " has a lag of " + seconds(lag) +
                                    ", which is no multiple of the period of the package, " +
                                    seconds(package_->period_s));
      }
      spec.lags.push_back(static_cast<std::uint32_t>(std::lround(lag / package_->period_s)));
    }
    specs.push_back(std::move(spec));
  }
  features_ = Features(std::move(specs), package_->missing_wait_s);
}

void PolicyController::wire_outputs(const plugin::Setup& setup) {
  const plugin::PortSetup port = setup.port(kSetpoint);
  std::vector<OutputSpec> specs;
  for (const plugin::PackageOutput& output : package_->outputs) {
    OutputSpec spec{output.trim, output.rate_per_min / 60, {}, output.shift};
    if (output.unit != kPorts[kSetpoint].unit) {
      throw std::invalid_argument("output " + output.tags.front() + " is in " + output.unit +
                                  ", right is " + kPorts[kSetpoint].unit);
    }
    for (const std::string& tag : output.tags) {
      spec.elements.push_back(element_of(port, tag));
      if (spec.elements.back() != plugin::kNone) continue;
      throw std::invalid_argument("output " + tag + " is no setpoint that this plugin moves: " +
                                  std::string(kPorts[kSetpoint].pattern));
    }
    specs.push_back(std::move(spec));
  }
  outputs_ = Outputs(std::move(specs), port.size());
  resolution_.clear();
  for (std::uint32_t i = 0; i < port.size(); ++i) resolution_.push_back(port.resolution(i));
}

void PolicyController::load_members() {
  const NetworkShape shape{features_.width(),
                           package_->outputs.size() + package_->predictions.size()};
  members_.clear();
  for (const std::uint32_t file : package_->members) {
    members_.push_back(load(package_->files[file], shape));
  }
  x_.assign(shape.inputs, 0.0F);
  y_.assign(shape.outputs, 0.0F);
  said_.assign(members_.size() * package_->outputs.size(), 0.0);
  foretold_.assign(package_->predictions.size(), 0.0);
  saw_.assign(shape.inputs, 0.0);
  shares_.assign(features_.size(), 0.0);
}

void PolicyController::configure(const plugin::Setup& setup) {
  if (!package_) {
    throw std::invalid_argument(
        "it needs a policy package: name its folder as `package` in its [[controller]]");
  }
  if (package_->backend != kBackend) {
    throw std::invalid_argument("the package is for backend '" + package_->backend +
                                "', this plugin reads '" + kBackend + "'");
  }
  if (package_->duty != kAbout.duties) {
    throw std::invalid_argument("the package is for another duty, this plugin moves setpoints");
  }
  own_period_s_ = setup.period_s();
  if (!is_multiple(package_->period_s, own_period_s_)) {
    throw std::invalid_argument("the period of the package, " + seconds(package_->period_s) +
                                ", is no multiple of the controller's, " + seconds(own_period_s_));
  }
  set_parameter(0, 0, setup.value(0));
  wire_features(setup);
  wire_outputs(setup);
  load_members();
  restart();
}

void PolicyController::restart() noexcept {
  features_.restart();
  outputs_.restart();
  for (auto* v : {&said_, &foretold_, &saw_}) std::fill(v->begin(), v->end(), 0.0);
  since_s_ = 0;
  told_ = 0;
  begun_ = runs_ = 0;
  verdict_ = Verdict::filling;
  culprit_ = 0;
}

void PolicyController::activate() {
  std::fill(x_.begin(), x_.end(), 0.0F);
  for (const auto& member : members_) {
    for (int k = 0; k < kWarmUp; ++k) member->run(x_.data(), y_.data());
  }
  restart();
}

/// Estimates are taken while they are vouched for: uncertain is not seen.
void PolicyController::sense(plugin::Step& io) noexcept {
  const plugin::OutputView out = io.output(0);
  for (std::size_t i = 0; i < wires_.size(); ++i) {
    const Wire& wire = wires_[i];
    const plugin::InputView in = io.input(wire.port);
    const bool seen = kEstimate[wire.port] ? in.good(wire.element) : in.usable(wire.element);
    double value = seen ? in.value(wire.element) : kNaN;
    if (wire.reference != plugin::kNone) value -= out.reference(wire.reference);
    features_.see(i, value, io.dt_s());
  }
}

/// @param periods that have passed since the last run: more than one where steps were left out
void PolicyController::run(std::uint64_t periods) {
  told_ = 0;
  for (std::uint64_t k = 0; k < periods; ++k) features_.sample();
  const Readiness readiness = features_.fill(x_.data());
  culprit_ = features_.culprit();
  verdict_ = readiness == Readiness::ready     ? Verdict::ready
             : readiness == Readiness::filling ? Verdict::filling
             : readiness == Readiness::outside ? Verdict::outside
                                               : Verdict::missing;
  // Out of its range a network is still asked, so that monitors see what it would have said.
  if (verdict_ != Verdict::ready && verdict_ != Verdict::outside) return;
  const std::size_t outputs = outputs_.size(), members = members_.size();
  const double share = 1.0 / static_cast<double>(members);
  std::fill(foretold_.begin(), foretold_.end(), 0.0);
  for (std::size_t m = 0; m < members; ++m) {
    members_[m]->run(x_.data(), y_.data());
    for (std::size_t k = 0; k < outputs; ++k) said_[m * outputs + k] = y_[k];
    for (std::size_t k = 0; k < foretold_.size(); ++k) {
      const plugin::PackagePrediction& p = package_->predictions[k];
      foretold_[k] += share * (p.mean + p.scale * y_[outputs + k]);
    }
  }
  for (std::size_t k = 0; k < saw_.size(); ++k) saw_[k] = x_[k];
  ++runs_;
  if (verdict_ != Verdict::ready) return;
  for (std::size_t k = 0; k < outputs; ++k) {
    double sum = 0;
    for (std::size_t m = 0; m < members; ++m) sum += said_[m * outputs + k];
    if (!std::isfinite(sum)) {
      verdict_ = Verdict::no_number;
      return;
    }
    outputs_.aim(k, share * sum);
  }
  if (asked_ != 0) attribute_to(asked_ - 1);
}

/// Trims of one element by features, all lags of one together, in the unit of the port.
void PolicyController::attribute_to(std::uint32_t element) {
  if (element >= outputs_.elements()) return;
  const std::uint32_t k = outputs_.output_of(element);
  if (k >= outputs_.size()) return;
  const double weight = package_->outputs[k].trim / static_cast<double>(members_.size());
  std::fill(shares_.begin(), shares_.end(), 0.0);
  typical_ = 0;
  for (std::size_t m = 0; m < members_.size(); ++m) {
    attribute(*members_[m], saw_, k, one_);
    std::size_t at = 0;
    double sum = 0;
    for (std::size_t i = 0; i < shares_.size(); ++i) {
      for (std::size_t lag = 0; lag < features_.spec(i).lags.size(); ++lag) {
        sum += one_[at];
        shares_[i] += weight * one_[at++];
      }
    }
    typical_ += weight * (said_[m * outputs_.size() + k] - sum);
  }
  told_ = element + 1;
}

void PolicyController::set_parameter(std::uint32_t /*param*/, std::uint32_t /*element*/,
                                     double value) {
  asked_ = static_cast<std::uint32_t>(std::lround(value));
}

Status PolicyController::tell(plugin::Step& io) const noexcept {
  if (verdict_ == Verdict::ready) return Status::ok;
  if (verdict_ == Verdict::no_number) {
    return io.no_proposal(Why::infeasible, "the network gives what is no number");
  }
  const char* name = culprit_ < names_.size() ? names_[culprit_].c_str() : "?";
  char text[160];
  if (verdict_ == Verdict::filling) {
    std::snprintf(text, sizeof text, "not enough history yet of %s", name);
    return io.no_proposal(Why::not_ready, text);
  }
  if (verdict_ == Verdict::missing) {
    std::snprintf(text, sizeof text, "%s is missing for longer than missing_wait_s", name);
    return io.no_proposal(Why::inputs_missing, text);
  }
  std::snprintf(text, sizeof text, "%s is outside of what was seen in training", name);
  return io.no_proposal(Why::out_of_domain, text);
}

Status PolicyController::step(plugin::Step& io) {
  if (io.first() && !io.restored()) restart();
  sense(io);
  since_s_ += io.dt_s();
  const double passed = (since_s_ + 0.5 * own_period_s_) / package_->period_s;
  if (begun_ == 0 || passed >= 1) {
    begun_ = 1;
    since_s_ = since_s_ >= package_->period_s ? std::fmod(since_s_, package_->period_s) : 0;
    run(static_cast<std::uint64_t>(std::clamp(passed, 1.0, kMostPeriods)));
  }
  const plugin::OutputView out = io.output(0);
  for (std::uint32_t i = 0; i < out.size(); ++i) outputs_.see(i, place_of(out, i, 0));
  outputs_.pass(io.dt_s());
  const bool drives = io.driving() && verdict_ == Verdict::ready;
  for (std::uint32_t i = 0; i < out.size(); ++i) {
    // Before it drives it is judged by how near its proposal is: there nothing is rounded.
    const Place place = place_of(out, i, drives ? resolution_[i] : 0.0);
    if (!drives) outputs_.track(i, place);
    out.set(i, verdict_ == Verdict::ready ? outputs_.move(i, place, io.dt_s()) : place.working);
  }
  return tell(io);
}

void PolicyController::state(plugin::State& s) {
  s(features_, outputs_, said_, foretold_, saw_, since_s_, begun_, runs_, verdict_, culprit_);
}

/// Features, typical point, the way there and the bound of the package; together the trim. Largest
/// first, as many as there is room for: each time the largest of those not told yet. No heap.
std::uint32_t PolicyController::features_of(double target, double way,
                                            plugin::Span<saggar_cause> causes) const noexcept {
  std::uint32_t n = 0;
  const auto all = static_cast<std::uint32_t>(shares_.size()) + 3;
  const auto cause = [&](std::uint32_t i) {
    if (i < shares_.size()) {
      return plugin::cause(names_[i].c_str(), shares_[i], wires_[i].port, wires_[i].element);
    }
    if (i + 3 == all) return plugin::cause("typical point", typical_);
    if (i + 2 == all) return plugin::cause("the way there", way);
    const double sum = std::accumulate(shares_.begin(), shares_.end(), typical_);
    return plugin::cause("limit", target - sum);
  };
  const auto before = [&](std::uint32_t a, std::uint32_t b) {  // a stands before b
    const double x = std::fabs(cause(a).share), y = std::fabs(cause(b).share);
    return x > y || (x == y && a < b);
  };
  for (std::uint32_t last = all; n < causes.size() && n < all; ++n) {
    std::uint32_t best = all;
    for (std::uint32_t i = 0; i < all; ++i) {
      if (last != all && !before(last, i)) continue;
      if (best == all || before(i, best)) best = i;
    }
    causes[n] = cause(best);
    last = best;
  }
  return n;
}

std::uint32_t PolicyController::explain(std::uint32_t output, std::uint32_t element,
                                        plugin::Span<saggar_cause> causes) {
  if (output != 0 || element >= outputs_.elements() || causes.size() < 2 || runs_ == 0) return 0;
  const double target = outputs_.target(element), way = outputs_.moved(element) - target;
  if (told_ == element + 1) return features_of(target, way, causes);
  causes[0] = plugin::cause("network", target);
  causes[1] = plugin::cause("the way there", way);
  if (std::fabs(way) > std::fabs(target)) std::swap(causes[0], causes[1]);
  return 2;
}

std::uint32_t PolicyController::trained_range(std::uint32_t input, plugin::Span<double> low,
                                              plugin::Span<double> high) {
  bool any = false;
  std::fill(low.begin(), low.end(), -kInfinity);
  std::fill(high.begin(), high.end(), kInfinity);
  for (std::size_t i = 0; i < wires_.size(); ++i) {
    const Wire& wire = wires_[i];
    // A range over a reference moves with it: that is for `step` to watch.
    if (wire.port != input || wire.reference != plugin::kNone || wire.element >= low.size()) {
      continue;
    }
    low[wire.element] = std::max(low[wire.element], features_.spec(i).low);
    high[wire.element] = std::min(high[wire.element], features_.spec(i).high);
    any = true;
  }
  return any ? static_cast<std::uint32_t>(low.size()) : 0;
}

plugin::EnsembleShape PolicyController::ensemble_shape() {
  return {static_cast<std::uint32_t>(members_.size()), static_cast<std::uint32_t>(outputs_.size()),
          static_cast<std::uint32_t>(foretold_.size()), static_cast<std::uint32_t>(saw_.size())};
}

std::uint64_t PolicyController::ensemble(plugin::Span<double> outputs,
                                         plugin::Span<double> predictions,
                                         plugin::Span<double> inputs) {
  if (runs_ == 0) return 0;
  std::copy(said_.begin(), said_.end(), outputs.begin());
  std::copy(foretold_.begin(), foretold_.end(), predictions.begin());
  std::copy(saw_.begin(), saw_.end(), inputs.begin());
  return runs_;
}

}  // namespace saggar::policy
