// Small networks for tests and benchmarks, made when they are needed: no file of weights is kept.
// C++17; no header of LibTorch here.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace saggar::policy {

/// A multilayer perceptron with tanh between its layers, [1, inputs] -> [1, outputs], float32.
struct MlpSpec {
  std::size_t inputs = 4, outputs = 2;
  std::vector<std::size_t> hidden = {64, 64, 64};
  std::uint64_t seed = 1;         ///< the same seed gives the same weights
  double gain = 1;                ///< of the last layer's weights; 0: it says its bias
  std::vector<double> bias = {};  ///< of the last layer; empty: zeros
};

/// The bytes of it as a TorchScript file. Deterministic but for the name inside the archive.
std::string torchscript_bytes(const MlpSpec& spec);

/// What a person would write who has LibTorch and nothing else: freeze, then forward. The
/// yardstick.
class BareForward {
 public:
  BareForward(const std::string& bytes, std::size_t inputs);
  ~BareForward();
  BareForward(const BareForward&) = delete;
  BareForward& operator=(const BareForward&) = delete;
  /// @return the first output
  double run(const std::vector<float>& x);

 private:
  struct Body;
  std::unique_ptr<Body> body_;
};

}  // namespace saggar::policy
