// Network: what turns a vector into another, whatever made it. No header of a backend here, so that
// only network.cpp pays for it. C++17.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

namespace saggar::policy {

/// Numbers in and out of one run.
struct NetworkShape {
  std::size_t inputs = 0, outputs = 0;
};

/// One member of an ensemble, ready to run. Not thread-safe: one run at a time.
class Network {
 public:
  Network() = default;
  Network(const Network&) = delete;
  Network& operator=(const Network&) = delete;
  virtual ~Network() = default;

  /// One run at batch 1. @param x [inputs] @param y [outputs]; may hold what is no number
  /// @throws std::runtime_error in one plain line. The same x gives the same bits on one machine.
  virtual void run(const float* x, float* y) = 0;

  /// Slopes of one output over all inputs at x. Does not touch what `run` gives. Allocates.
  /// @param slope [inputs], written @throws std::runtime_error in one plain line
  virtual void slopes(const float* x, std::size_t output, float* slope) = 0;
};

/// Reads a TorchScript module that maps [1, inputs] to [1, outputs], float32; freezes it, sets the
/// process to one thread per run, and tries it once. @param name for messages, such as "model.pt"
/// @throws std::runtime_error in one plain line: not readable, other widths, not float32
std::unique_ptr<Network> load_torchscript(const std::string& name, const std::uint8_t* data,
                                          std::size_t size, const NetworkShape& shape);

}  // namespace saggar::policy
