#include "hil/train/net.hpp"

#include <ATen/Parallel.h>

#include <cmath>
#include <sstream>

#include "hil/train/random.hpp"

// Of the BLAS that LibTorch is linked with; its threads are not LibTorch's. Absent: another BLAS.
extern "C" [[gnu::weak]] void openblas_set_num_threads(int count);

namespace saggar::train {
namespace {

at::Tensor drawn(std::int64_t rows, std::int64_t columns, double scale, Random& random) {
  at::Tensor out = torch::empty({rows, columns});
  for (std::int64_t i = 0; i < rows * columns; ++i) {
    out.data_ptr<float>()[i] = static_cast<float>(scale * random.side());
  }
  return out;
}

}  // namespace

void use_one_thread() {
  at::set_num_threads(1);
  if (openblas_set_num_threads != nullptr) openblas_set_num_threads(1);
}

at::Tensor table(const float* data, std::size_t rows, std::size_t width) {
  return torch::from_blob(const_cast<float*>(data),  // NOLINT: cloned, not written
                          {static_cast<std::int64_t>(rows), static_cast<std::int64_t>(width)},
                          torch::kFloat32)
      .clone();
}

Net::Net(const Study& study) {
  Random random(study.seed * 0x9E3779B97F4A7C15U + 1);
  auto in = static_cast<std::int64_t>(study.inputs);
  const auto width = static_cast<std::int64_t>(study.width);
  const auto targets = static_cast<std::int64_t>(study.targets);
  // Uniform with the variance of Glorot and Bengio (2010).
  const auto limit = [](std::int64_t a, std::int64_t b) {
    return std::sqrt(6.0 / static_cast<double>(a + b));
  };
  for (std::size_t k = 0; k < study.layers; ++k) {
    layers_.push_back({drawn(in, width, limit(in, width), random), torch::zeros({width})});
    in = width;
  }
  layers_.push_back(
      {drawn(in, targets, 0.1 * limit(in, targets), random), torch::zeros({targets})});
  straight_ = table(study.straight.data(), study.inputs, study.targets);
  bias_ = table(study.bias.data(), 1, study.targets).squeeze(0);
  for (at::Tensor* t : tensors()) t->set_requires_grad(true);
}

Net::Net(const Study& study, const std::string& torchscript) {
  std::istringstream stream(torchscript);
  const torch::jit::Module module = torch::jit::load(stream);
  const auto kept = [&](const std::string& name) {
    return module.attr(name).toTensor().detach().clone();
  };
  for (std::size_t k = 0; k <= study.layers; ++k) {
    const std::string n = std::to_string(k);
    layers_.push_back({kept("w" + n), kept("b" + n)});
  }
  straight_ = kept("s");
  bias_ = kept("b");
  for (at::Tensor* t : tensors()) t->set_requires_grad(true);
}

at::Tensor Net::forward(const at::Tensor& x) const {
  at::Tensor h = x;
  for (std::size_t k = 0; k + 1 < layers_.size(); ++k) {
    h = torch::tanh(torch::addmm(layers_[k].bias, h, layers_[k].weight));
  }
  return torch::addmm(layers_.back().bias, h, layers_.back().weight) +
         torch::addmm(bias_, x, straight_);
}

std::vector<at::Tensor> Net::parameters() {
  std::vector<at::Tensor> out;
  for (const at::Tensor* t : tensors()) out.push_back(*t);
  return out;
}

std::string Net::torchscript() const {
  torch::jit::Module module("policy");
  std::string code = "def forward(self, x):\n  h = x\n";
  for (std::size_t k = 0; k < layers_.size(); ++k) {
    const std::string n = std::to_string(k);
    module.register_parameter("w" + n, layers_[k].weight.detach().clone(), false);
    module.register_parameter("b" + n, layers_[k].bias.detach().clone(), false);
    const std::string step = "torch.addmm(self.b" + n + ", h, self.w" + n + ")";
    code += k + 1 < layers_.size() ? "  h = torch.tanh(" + step + ")\n"
                                   : "  return " + step + " + torch.addmm(self.b, x, self.s)\n";
  }
  module.register_parameter("b", bias_.clone(), false);
  module.register_parameter("s", straight_.clone(), false);
  module.define(code);
  std::ostringstream bytes;
  module.save(bytes);
  return bytes.str();
}

std::vector<at::Tensor*> Net::tensors() {
  std::vector<at::Tensor*> out;
  for (Layer& layer : layers_) {
    out.push_back(&layer.weight);
    out.push_back(&layer.bias);
  }
  return out;
}

Asked::Asked(const Study& study, const Rows& rows)
    : x(table(rows.x, rows.count, study.inputs)), y(table(rows.y, rows.count, study.targets)) {
  counts = torch::logical_not(torch::isnan(y)).to(torch::kFloat32);
  y = torch::nan_to_num(y, 0.0);
}

Asked Asked::some(const at::Tensor& rows) const {
  Asked out;
  out.x = x.index_select(0, rows);
  out.y = y.index_select(0, rows);
  out.counts = counts.index_select(0, rows);
  return out;
}

at::Tensor loss_of(const Net& net, const Asked& rows, const at::Tensor& worth) {
  const at::Tensor error = (net.forward(rows.x) - rows.y) * rows.counts;
  return (error * error * worth).sum(1).mean();
}

}  // namespace saggar::train
