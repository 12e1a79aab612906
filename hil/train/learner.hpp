// Learner: fits a network to examples. No header of LibTorch here, so that only learner.cpp pays
// for it. C++17.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace saggar::train {

/// A network and how it learns: y = S x + b + W3 tanh(.. tanh(W1 x)). S and b are given and stay:
/// what is linear is found in closed form, what learns by steps is only what is left.
struct Study {
  std::size_t inputs = 0, targets = 0, width = 64, layers = 3;
  std::size_t epochs = 40, batch = 256;
  double rate = 1e-3;   ///< Adam's, falling to a hundredth along a half cosine
  double decay = 1e-5;  ///< of the weights, decoupled (AdamW: Loshchilov and Hutter 2019)
  std::uint64_t seed = 1;
  std::vector<float> worth;           ///< [targets], of a squared error
  std::vector<float> straight, bias;  ///< S' [inputs x targets], b [targets]
};

/// Rows of x and y as they lie in memory; y may hold NaN: not asked.
struct Rows {
  const float* x = nullptr;
  const float* y = nullptr;
  std::size_t count = 0;
};

struct Learnt {
  std::string torchscript;                  ///< bytes of the frozen module
  std::vector<double> loss, held_out_loss;  ///< per epoch, mean worth-weighted squared error
};

/// Loss and that of the rows held out after an epoch, counted from 1.
using Progress = std::function<void(std::size_t epoch, double loss, double held_out)>;

/// On one thread: the same rows and seed give the same bytes on one machine.
/// @throws std::runtime_error in one plain line, such as a loss that is no number
Learnt learn(const Study& study, const Rows& rows, const Rows& held_out, const Progress& progress);

/// What a module says. @return [count x targets] @throws std::runtime_error
std::vector<float> answers(const std::string& torchscript, const Study& study, const float* x,
                           std::size_t count);

}  // namespace saggar::train
