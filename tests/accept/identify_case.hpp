// One case of identification: the planned test on a plant drawn by seed, and the truth of it.
#pragma once

#include <cmath>
#include <cstdio>
#include <memory>
#include <vector>

#include "hil/kiln/draw.hpp"
#include "runtime/config/load.hpp"
#include "tests/closed_loop/planned_run.hpp"

namespace saggar::accept {

/// A planned test of `hours` on the plant of this seed, under ladder and guard; prints how it went.
inline identify::Series measure(std::uint64_t seed, double hours) {
  suite::InProcessOptions options;
  options.seed = seed;
  options.drawn = true;
  auto run = testing::start(testing::p2_files("planned-test.toml"), options);
  testing::switch_on(*run);
  run->cycles(1800);
  domain::Intent ask = testing::person_asks(domain::IntentKind::set_parameter, 1'000'001);
  ask.controller = 0;
  ask.key.assign("run");
  ask.value = 1;
  run->offer(ask);
  run->cycles(120);
  ask = testing::person_asks(domain::IntentKind::climb, 1'000'002);
  ask.rung = 0;
  run->offer(ask);
  identify::Series series = testing::zone_series(run->plant());
  identify::Sampler sampler(series, testing::kSample_s);
  testing::LimitChecker limits(run->plant());
  Eigen::VectorXd u, y;
  std::uint64_t driving = 0, rejects = 0;
  const auto cycles = static_cast<int>(hours * 3600);
  for (int i = 0; i < cycles; ++i) {
    run->cycle();
    const domain::Record& r = run->record();
    limits.check(r);
    driving += r.decisions[0].rung == 0 ? 1 : 0;
    for (const domain::GuardAction& a : r.guard_actions)
      rejects += a.outcome == domain::Outcome::reject ? 1 : 0;
    testing::take(run->plant(), r.frame, u, y);
    sampler.add(1, u, y);
  }
  sampler.finish();
  std::printf(
      "seed %llu: test drove %.1f h of %.1f h, limit violations %llu, guard rejections %llu\n",
      static_cast<unsigned long long>(seed), static_cast<double>(driving) / 3600, hours,
      static_cast<unsigned long long>(limits.violations()),
      static_cast<unsigned long long>(rejects));
  return series;
}

/// Step responses of a kiln without the runtime, its furnace controllers in remote.
class Truth {
 public:
  explicit Truth(std::uint64_t seed) {
    const auto files = testing::p2_files();
    auto bundle = config::load_bundle(files.site, files.kiln, files.recipe, files.control).value();
    const auto nominal = kiln::load_plant(files.plant).value();
    kiln_ =
        kiln::Kiln::make(bundle.kiln, kiln::draw_plant(nominal, seed), bundle.recipe_values, seed)
            .value();
    plant_ = bundle.plant;
    recipe_ = bundle.recipe_values;
    frame_ = domain::Frame(plant_.tags.size());
    ack_ = domain::Ack(plant_.mvs.size());
    command_ = domain::Command(plant_.mvs.size());
    zone_ = -1;
    go_on(7200);
    auto saving = domain::Archive::saving(state_);
    kiln_->serialize(saving);
  }

  /// Zone temperatures each minute, samples x zones, with `zone` stepped by `step_K`; -1: none.
  Eigen::MatrixXd run(int zone, double step_K, int minutes) {
    auto loading = domain::Archive::loading(state_.data(), state_.size());
    kiln_->serialize(loading);
    zone_ = zone;
    step_K_ = step_K;
    Eigen::MatrixXd out(minutes, plant_.zones);
    for (int m = 0; m < minutes; ++m) out.row(m) = go_on(60).transpose();
    return out;
  }
  int zones() const { return plant_.zones; }

 private:
  Eigen::VectorXd go_on(int seconds) {
    Eigen::VectorXd u, y, sum = Eigen::VectorXd::Zero(plant_.zones);
    for (int s = 0; s < seconds; ++s) {
      for (std::size_t i = 0; i < plant_.mvs.size(); ++i) {
        const domain::Mv& mv = plant_.mvs[i];
        const bool moved = mv.duty == domain::Duty::heat && mv.zone == zone_;
        command_.value[i] = recipe_[i] + (moved ? step_K_ : 0);
        command_.action[i] = domain::Action::write;
      }
      command_.cycle = ++cycle_;
      command_.heartbeat = static_cast<std::uint32_t>(cycle_);
      command_.frame_sequence = cycle_;
      command_.valid_until_ns = kiln_->time_ns() + 10'000'000'000;
      kiln_->apply(command_, ack_);
      kiln_->advance(1);
      kiln_->read(frame_);
      testing::take(plant_, frame_, u, y);
      sum += y;
    }
    return sum / seconds;
  }

  std::unique_ptr<kiln::Kiln> kiln_;
  domain::Plant plant_;
  std::vector<double> recipe_;
  domain::Frame frame_;
  domain::Ack ack_;
  domain::Command command_;
  std::vector<std::uint8_t> state_;
  std::uint64_t cycle_ = 0;
  int zone_ = -1;
  double step_K_ = 0;
};

/// What each zone does after a step of its own setpoint: of zone z the minutes x zones, per K.
inline std::vector<Eigen::MatrixXd> truth_of(std::uint64_t seed, double step_hours) {
  constexpr double kStep_K = 4;
  Truth plant(seed);
  const int minutes = static_cast<int>(60 * step_hours);
  const Eigen::MatrixXd still = plant.run(-1, 0, minutes);
  std::vector<Eigen::MatrixXd> truth;
  for (int z = 0; z < plant.zones(); ++z)
    truth.push_back((plant.run(z, kStep_K, minutes) - still) / kStep_K);
  return truth;
}

}  // namespace saggar::accept
