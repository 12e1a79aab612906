#include "tests/controllers/policy/torch_mlp.hpp"

#include <ATen/Parallel.h>
#include <torch/script.h>

#include <cmath>
#include <cstring>
#include <sstream>

namespace saggar::policy {
namespace {

/// Uniform in [-1, 1): SplitMix64, the same everywhere.
class Numbers {
 public:
  explicit Numbers(std::uint64_t seed) : state_(seed) {}
  double next() {
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15U);
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
    z ^= z >> 31U;
    return static_cast<double>(z >> 11U) / 4503599627370496.0 - 1.0;
  }

 private:
  std::uint64_t state_;
};

}  // namespace

std::string torchscript_bytes(const MlpSpec& spec) {
  torch::jit::Module module("policy");
  Numbers numbers(spec.seed);
  std::vector<std::size_t> widths = {spec.inputs};
  widths.insert(widths.end(), spec.hidden.begin(), spec.hidden.end());
  widths.push_back(spec.outputs);
  std::string code = "def forward(self, x):\n";
  for (std::size_t k = 0; k + 1 < widths.size(); ++k) {
    const bool last = k + 2 == widths.size();
    const auto in = static_cast<std::int64_t>(widths[k]);
    const auto out = static_cast<std::int64_t>(widths[k + 1]);
    at::Tensor weight = torch::empty({out, in}), bias = torch::zeros({out});
    const double scale = (last ? spec.gain : 1.0) / std::sqrt(static_cast<double>(in));
    for (std::int64_t i = 0; i < out * in; ++i) {
      weight.data_ptr<float>()[i] = static_cast<float>(scale * numbers.next());
    }
    for (std::size_t i = 0; last && i < spec.bias.size(); ++i) {
      bias.data_ptr<float>()[i] = static_cast<float>(spec.bias[i]);
    }
    const std::string n = std::to_string(k);
    module.register_parameter("w" + n, weight, false);
    module.register_parameter("b" + n, bias, false);
    const std::string linear = "torch.linear(x, self.w" + n + ", self.b" + n + ")";
    code += last ? "  return " + linear + "\n" : "  x = torch.tanh(" + linear + ")\n";
  }
  module.define(code);
  std::ostringstream bytes;
  module.save(bytes);
  return bytes.str();
}

struct BareForward::Body {
  torch::jit::Module module;
};

BareForward::BareForward(const std::string& bytes, std::size_t inputs)
    : body_(std::make_unique<Body>()) {
  at::set_num_threads(1);
  std::istringstream stream(bytes);
  torch::jit::Module module = torch::jit::load(stream);
  module.eval();
  body_->module = torch::jit::freeze(module);
  for (int k = 0; k < 20; ++k) run(std::vector<float>(inputs, 0.0F));
}
BareForward::~BareForward() = default;

double BareForward::run(const std::vector<float>& x) {
  const c10::InferenceMode guard;
  const at::Tensor input = torch::from_blob(const_cast<float*>(x.data()),  // NOLINT: not written
                                            {1, static_cast<std::int64_t>(x.size())});
  return body_->module.forward({input}).toTensor().data_ptr<float>()[0];
}

}  // namespace saggar::policy
