// The predictive filter of P1 and P2: its check of every cycle, and all it can do, when every zone
// is asked for more than it may have.
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <iostream>

#include "runtime/assembly/filter.hpp"
#include "runtime/config/load.hpp"
#include "runtime/filter/filter.hpp"
#include "tests/bench/bench.hpp"

namespace saggar::bench {
namespace {

constexpr double kMicro = 1e-3, kMilli = 1e-6;
constexpr double kRecipe_degC = 750, kLag_s = 900, kCycle_s = 10;

/// A kiln whose zones answer as a first order lag, before the filter alone.
class Zones {
 public:
  Zones(const config::Bundle& bundle, double above_K, double below_K)
      : plant_(bundle.plant),
        mvs_(plant_.mvs.size()),
        frame_(plant_.tags.size()),
        modes_(mvs_),
        in_force_(mvs_, kRecipe_degC),
        reference_(in_force_),
        low_(mvs_, kRecipe_degC - 25),
        high_(mvs_, kRecipe_degC + 25),
        x_(in_force_),
        request_(mvs_) {
    for (domain::Mv& mv : plant_.mvs) {
      if (mv.duty != domain::Duty::heat) continue;
      mv.pv_low = kRecipe_degC - below_K;
      mv.pv_high = kRecipe_degC + above_K;
      mv.trip = 0;
      mv.limits.per_shift = mv.limits.per_hour = 100;
    }
    auto settings = assembly::filter_settings(bundle);
    if (!settings || !settings.value()) {
      std::cerr << "saggar-bench: the filter is off\n";
      std::exit(1);
    }
    loops_ = settings.value()->loops.size();
    filter_ = std::make_unique<filter::Filter>(plant_, *settings.value());
  }
  std::size_t loops() const { return loops_; }
  const filter::Outcome& outcome() const { return filter_->outcome(); }

  /// One cycle in which all zones are asked for `ask`; the time that the filter took.
  std::int64_t cycle(double ask) {
    time_ns_ += static_cast<std::int64_t>(kCycle_s * 1e9);
    std::vector<double> goals(mvs_, std::nan(""));
    for (std::size_t i = 0; i < mvs_; ++i) {
      const domain::Mv& mv = plant_.mvs[i];
      if (mv.duty != domain::Duty::heat) continue;
      x_[i] += (in_force_[i] - x_[i]) * (1 - std::exp(-kCycle_s / kLag_s));
      frame_.samples[mv.pv] = {x_[i], time_ns_, domain::Quality::good, domain::SubStatus::none};
      goals[i] = in_force_[i] + std::clamp(ask - in_force_[i], -0.33, 0.33);
    }
    const guard::GuardInputs in{1,         time_ns_, kCycle_s, frame_,        modes_,
                                in_force_, request_, true,     5'000'000'000, 1};
    const std::int64_t began = now_ns();
    filter_->pass({in, in_force_, reference_, low_, high_}, goals);
    const std::int64_t took = now_ns() - began;
    for (std::size_t i = 0; i < mvs_; ++i) {
      if (std::isfinite(goals[i])) in_force_[i] += std::clamp(goals[i] - in_force_[i], -0.33, 0.33);
    }
    return took;
  }

 private:
  domain::Plant plant_;
  std::size_t mvs_, loops_ = 0;
  domain::Frame frame_;
  std::vector<domain::ModeBlock> modes_;
  std::vector<double> in_force_, reference_, low_, high_, x_;
  domain::Request request_;
  std::unique_ptr<filter::Filter> filter_;
  std::int64_t time_ns_ = 0;
};

void measure(Report& report, const char* kiln, const config::Bundle& bundle, double bar_ms) {
  Zones far(bundle, 200, 200);
  record::CycleHistogram clear;
  for (int k = 0; k < 20'000; ++k) clear.add(far.cycle(k / 100 % 2 == 0 ? 760 : 740));
  std::printf("filter of %s: %zu loops\n", kiln, far.loops());
  const std::string name = std::string("filter of ") + kiln;
  report.note(name + ", check of every cycle, p50", static_cast<double>(clear.p50_ns()) * kMicro,
              "us");
  report.note("  p99", static_cast<double>(clear.p99_ns()) * kMicro, "us");
  Zones near(bundle, 22, 200);
  record::CycleHistogram full;
  for (int k = 0; k < 40'000 && full.count() < 3'000; ++k) {
    const std::int64_t took = near.cycle(k / 300 % 2 == 0 ? 775 : 750);
    if (near.outcome().verdict > filter::Verdict::caught) full.add(took);
  }
  report.note("  cycles in which every zone was changed", static_cast<double>(full.count()), "");
  report.note(name + ", program and tube, p50", static_cast<double>(full.p50_ns()) * kMilli, "ms");
  report.at_most("  p99", bar_ms, static_cast<double>(full.p99_ns()) * kMilli, "ms");
}

}  // namespace

void filter(Report& report) {
  for (const auto& [kiln, recipe] : {std::pair("p1", "ncm622-p1"), std::pair("p2", "ncm811-p2")}) {
    suite::InProcessFiles files = p2_files();
    const std::filesystem::path configs = std::filesystem::path(SAGGAR_SOURCE_DIR) / "configs";
    files.kiln = configs / "kiln" / (std::string(kiln) + ".toml");
    files.recipe = configs / "recipes" / (std::string(recipe) + ".toml");
    auto bundle = config::load_bundle(files.site, files.kiln, files.recipe, files.control);
    if (!bundle) {
      std::cerr << "saggar-bench: " << bundle.error().text() << '\n';
      std::exit(1);
    }
    bundle.value().control.filter.on = true;
    measure(report, kiln, bundle.value(), 10);
  }
}

}  // namespace saggar::bench
