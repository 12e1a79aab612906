// Net: the network that learns, with slopes. Only for files of the trainer with LibTorch. C++17.
#pragma once

#include <torch/script.h>

#include <string>
#include <vector>

#include "hil/train/learner.hpp"

namespace saggar::train {

/// One thread for LibTorch and for its BLAS: the same sums in the same order.
void use_one_thread();

/// A copy of rows as they lie in memory.
at::Tensor table(const float* data, std::size_t rows, std::size_t width);

/// y = S x + b + W3 tanh(.. tanh(W1 x)); S and b stay.
class Net {
 public:
  /// Begins at weights drawn with the seed of the study.
  explicit Net(const Study& study);
  /// Goes on from what `torchscript()` gave. @throws c10::Error it is of another shape
  Net(const Study& study, const std::string& torchscript);

  at::Tensor forward(const at::Tensor& x) const;  ///< [n x inputs] to [n x targets]
  std::vector<at::Tensor> parameters();           ///< those that learn
  std::string torchscript() const;                ///< bytes of the frozen module

 private:
  struct Layer {
    at::Tensor weight, bias;  ///< [in x out], [out]
  };
  std::vector<at::Tensor*> tensors();

  std::vector<Layer> layers_;
  at::Tensor straight_, bias_;
};

/// Rows with what is asked of them; errors that are not asked for count as none.
struct Asked {
  at::Tensor x, y, counts;
  Asked(const Study& study, const Rows& rows);
  Asked some(const at::Tensor& rows) const;

 private:
  Asked() = default;
};

/// Squared error by worth, mean over rows.
at::Tensor loss_of(const Net& net, const Asked& rows, const at::Tensor& worth);

}  // namespace saggar::train
