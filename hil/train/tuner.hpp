// Tuner: a network goes on learning by what its own trims lead to on reduced kilns. No header of
// LibTorch here. C++17.
#pragma once

#include <string>
#include <vector>

#include "hil/train/learner.hpp"
#include "hil/train/rehearsal.hpp"

namespace saggar::train {

/// Gradients: slopes of the cost through the kiln. PPO: tries, and more of what turned out well.
enum class Method : std::uint8_t { gradient, ppo };

struct Tuning {
  Method method = Method::gradient;
  std::size_t iterations = 200, episodes = 32;
  double rate = 1e-4;
  double anchor = 0.1;       ///< weight of the loss on the lessons: stays near what it was taught
  double hot_share = 0.001;  ///< most of what may be too hot; its price rises while it is more
  double explore_K = 0.5;    ///< PPO: one sigma of a try, falling to a fifth
  std::uint64_t seed = 1;
};

/// What a policy is worth on rehearsals, mean over episodes and periods.
struct Score {
  double cost = 0;  ///< without that of the constraint
  double outside = 0, too_hot = 0, travel_K_per_h = 0, trim_K = 0;
};

struct Tuned {
  std::string torchscript;  ///< the best on rehearsals held out; see `look` of tuner.cpp
  std::vector<double> cost, too_hot, price;  ///< per iteration; price of the constraint
  std::vector<Score> held_out;               ///< before, then every twentieth of the iterations
  std::size_t kept = 0;                      ///< of `held_out`
};

/// Proximal policy optimisation (Schulman et al. 2017) with one advantage per output, or slopes
/// through the kiln; both with the constraint's price as a Lagrange multiplier (Ray, Achiam and
/// Amodei 2019). On one thread: the same input gives the same bytes on one machine.
/// @param torchscript as `learn` gave it @param lessons what it was taught, for the anchor
/// @throws std::runtime_error in one plain line
Tuned tune(const Study& study, const std::string& torchscript, const Rehearsal& rehearsal,
           const Tuning& tuning, const Rows& lessons);

/// On the first `most` of the windows, kilns drawn with `seed`. @throws std::runtime_error
Score score(const Study& study, const std::string& torchscript, const Rehearsal& rehearsal,
            const std::vector<Window>& windows, std::uint64_t seed, std::size_t most = 64);

}  // namespace saggar::train
