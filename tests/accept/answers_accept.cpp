// How each loop of a simulated kiln answers to its setpoint and to those of its neighbours, and how
// it wanders when nobody moves it: what the figures of [filter] must hold. Plants are drawn by
// seed; the truth is one plant at one moment with and without a step, so that noise and lots
// cancel. Not part of ctest.
//
//   answers_accept p1|p2 FIRST_SEED SEEDS [STEP_K [HOURS]]
#include <Eigen/Core>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "hil/kiln/draw.hpp"
#include "runtime/config/load.hpp"
#include "tests/closed_loop/bench.hpp"

namespace saggar {
namespace {

constexpr double kSample_s = 30;
constexpr double kSettle_s = 7200;

/// A kiln without the runtime, its furnace controllers in remote.
class Kiln {
 public:
  Kiln(const suite::InProcessFiles& files, std::uint64_t seed) {
    auto bundle = config::load_bundle(files.site, files.kiln, files.recipe, files.control).value();
    kiln_ = suite::make_kiln(bundle, files.plant, seed, true).value();
    plant_ = bundle.plant;
    recipe_ = bundle.recipe_values;
    frame_ = domain::Frame(plant_.tags.size());
    ack_ = domain::Ack(plant_.mvs.size());
    command_ = domain::Command(plant_.mvs.size());
    loops_ = plant_.of(domain::Duty::heat);
    run(kSettle_s);
    auto saving = domain::Archive::saving(state_);
    kiln_->serialize(saving);
  }

  std::size_t loops() const { return loops_.size(); }
  const std::string& name(std::size_t loop) const {
    return plant_.tags[plant_.mvs[loops_[loop]].pv].name;
  }
  std::size_t neighbour_distance(std::size_t a, std::size_t b) const {
    const domain::Mv &one = plant_.mvs[loops_[a]], &two = plant_.mvs[loops_[b]];
    return static_cast<std::size_t>(std::abs(one.zone - two.zone));
  }
  bool heats(std::size_t loop) const {
    return frame_.samples[plant_.mvs[loops_[loop]].output].value > 1;
  }

  /// From the settled state: samples x loops of thermocouple less recipe.
  Eigen::MatrixXd step(int loop, double step_K, double hours) {
    auto loading = domain::Archive::loading(state_.data(), state_.size());
    kiln_->serialize(loading);
    loop_ = loop;
    step_K_ = step_K;
    return run(3600 * hours);
  }

 private:
  Eigen::MatrixXd run(double seconds) {
    const auto samples = static_cast<Eigen::Index>(seconds / kSample_s);
    Eigen::MatrixXd out(samples, static_cast<Eigen::Index>(loops_.size()));
    for (Eigen::Index s = 0; s < samples; ++s) {
      for (int i = 0; i < static_cast<int>(kSample_s); ++i) one_second();
      kiln_->read(frame_);
      for (std::size_t l = 0; l < loops_.size(); ++l) {
        const domain::Mv& mv = plant_.mvs[loops_[l]];
        out(s, static_cast<Eigen::Index>(l)) = frame_.samples[mv.pv].value - recipe_[loops_[l]];
      }
    }
    return out;
  }
  void one_second() {
    for (std::size_t i = 0; i < plant_.mvs.size(); ++i) {
      const bool moved = loop_ >= 0 && loops_[static_cast<std::size_t>(loop_)] == i;
      command_.value[i] = recipe_[i] + (moved ? step_K_ : 0);
      command_.action[i] = domain::Action::write;
    }
    command_.cycle = ++cycle_;
    command_.heartbeat = static_cast<std::uint32_t>(cycle_);
    command_.frame_sequence = cycle_;
    command_.valid_until_ns = kiln_->time_ns() + 10'000'000'000;
    kiln_->apply(command_, ack_);
    kiln_->advance(1);
  }

  std::unique_ptr<kiln::Kiln> kiln_;
  domain::Plant plant_;
  std::vector<double> recipe_;
  std::vector<domain::MvId> loops_;
  domain::Frame frame_;
  domain::Ack ack_;
  domain::Command command_;
  std::vector<std::uint8_t> state_;
  std::uint64_t cycle_ = 0;
  int loop_ = -1;
  double step_K_ = 0;
};

/// Seconds until the answer first comes to this share of 1, in straight lines; infinity: never.
double reaches_s(const Eigen::VectorXd& answer, double share) {
  double before = 0;
  for (Eigen::Index t = 0; t < answer.size(); ++t) {
    if (answer(t) >= share) {
      const double within = (share - before) / (answer(t) - before);
      return kSample_s * (static_cast<double>(t) + within);
    }
    before = answer(t);
  }
  return INFINITY;
}

/// The largest of |y(t + samples) - y(t)|.
double largest_change(const Eigen::VectorXd& y, Eigen::Index samples) {
  double most = 0;
  for (Eigen::Index t = samples; t < y.size(); ++t) {
    most = std::max(most, std::fabs(y(t) - y(t - samples)));
  }
  return most;
}

void judge(Kiln& kiln, std::uint64_t seed, double step_K, double hours) {
  const Eigen::MatrixXd still = kiln.step(-1, 0, hours);
  const Eigen::MatrixXd rest = kiln.step(-1, 0, 24);
  for (std::size_t l = 0; l < kiln.loops(); ++l) {
    const auto column = static_cast<Eigen::Index>(l);
    const Eigen::VectorXd wander = rest.col(column);
    const Eigen::MatrixXd all = (kiln.step(static_cast<int>(l), step_K, hours) - still) / step_K;
    const Eigen::VectorXd own = all.col(column);
    double peak = 0, end = 0;
    for (std::size_t j = 0; j < kiln.loops(); ++j) {
      if (j == l || kiln.neighbour_distance(l, j) > 1) continue;
      const Eigen::VectorXd other = all.col(static_cast<Eigen::Index>(j));
      peak = std::max(peak, other.cwiseAbs().maxCoeff());
      end = std::max(end, std::fabs(other.tail(60).mean()));
    }
    std::printf(
        "%llu %s %s end %.3f peak %.3f t5 %.0f t63 %.0f t90 %.0f beside peak %.3f end %.3f rest "
        "%.1f in 1 min %.1f in 1 h %.1f\n",
        static_cast<unsigned long long>(seed), kiln.name(l).c_str(),
        kiln.heats(l) ? "heats" : "cold", own.tail(60).mean(), own.maxCoeff(), reaches_s(own, 0.05),
        reaches_s(own, 0.632), reaches_s(own, 0.9), peak, end, wander.cwiseAbs().maxCoeff(),
        largest_change(wander, 2), largest_change(wander, 120));
    std::fflush(stdout);
  }
}

}  // namespace
}  // namespace saggar

int main(int argc, char** argv) {
  if (argc < 4) {
    std::fprintf(stderr, "usage: answers_accept p1|p2 FIRST_SEED SEEDS [STEP_K [HOURS]]\n");
    return 1;
  }
  const auto files =
      std::string(argv[1]) == "p1" ? saggar::testing::p1_files() : saggar::testing::p2_files();
  const std::uint64_t first = std::strtoull(argv[2], nullptr, 10);
  const std::uint64_t seeds = std::strtoull(argv[3], nullptr, 10);
  const double step_K = argc > 4 ? std::atof(argv[4]) : 4;
  const double hours = argc > 5 ? std::atof(argv[5]) : 2.5;
  for (std::uint64_t seed = first; seed < first + seeds; ++seed) {
    saggar::Kiln kiln(files, seed);
    saggar::judge(kiln, seed, step_K, hours);
  }
  return 0;
}
