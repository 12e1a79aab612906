// Ppo: proximal policy optimisation on reduced kilns. Only for files of the trainer with LibTorch.
// C++17.
#pragma once

#include <torch/optim/adam.h>

#include <functional>
#include <vector>

#include "hil/train/net.hpp"
#include "hil/train/reduced_kiln.hpp"
#include "hil/train/tuner.hpp"

namespace saggar::train {

/// What one batch of episodes came to.
struct Batch {
  double cost = 0, too_hot = 0;
};

/// Schulman et al. 2017, with an advantage per output: a trim answers for its own zone and the next
/// one, which its powder goes on to. Advantages by Schulman et al. 2016.
class Ppo {
 public:
  Ppo(const Study& study, const Rehearsal& rehearsal, const Tuning& tuning);

  /// Tries, then a few passes over what was tried. @param done share of the iterations
  /// @param anchor gives the loss on some of the lessons @param learn takes a step down a loss
  Batch iterate(Net& net, const std::vector<Window>& windows, double price, double done,
                Random& random, const std::function<at::Tensor()>& anchor,
                const std::function<void(const at::Tensor&)>& learn);

 private:
  struct Tried;
  Tried tries(Net& net, const std::vector<Window>& windows, double price, Random& random);
  void advantages(Tried& tried);
  void look_back(const Tried& tried, Net& net, Random& random,
                 const std::function<at::Tensor()>& anchor,
                 const std::function<void(const at::Tensor&)>& learn);

  const Rehearsal& r_;
  const Tuning& tuning_;
  ReducedKiln kiln_;
  Study critic_study_;
  Net critic_;
  torch::optim::Adam critic_adam_;
  at::Tensor sigma_;  ///< [outputs], of a share
  double explore_ = 1;
  double scale_ = 0;  ///< of returns
};

}  // namespace saggar::train
