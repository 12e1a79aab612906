// The only translation unit of the trainer with LibTorch. C++17, because clang cannot read these
// headers as C++20.
#include "hil/train/learner.hpp"

#include <ATen/Parallel.h>
#include <torch/optim/adamw.h>
#include <torch/script.h>

#include <cmath>
#include <sstream>
#include <stdexcept>

// Of the BLAS that LibTorch is linked with; its threads are not LibTorch's. Absent: another BLAS.
extern "C" [[gnu::weak]] void openblas_set_num_threads(int count);

namespace saggar::train {
namespace {

constexpr double kPi = 3.14159265358979323846;
constexpr std::size_t kChunk = 4096;

void use_one_thread() {
  at::set_num_threads(1);
  if (openblas_set_num_threads != nullptr) openblas_set_num_threads(1);
}

/// SplitMix64: the same everywhere.
std::uint64_t next(std::uint64_t& state) {
  std::uint64_t z = (state += 0x9E3779B97F4A7C15U);
  z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
  z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
  return z ^ (z >> 31U);
}

at::Tensor drawn(std::int64_t rows, std::int64_t columns, double scale, std::uint64_t& state) {
  at::Tensor out = torch::empty({rows, columns});
  for (std::int64_t i = 0; i < rows * columns; ++i) {
    const double unit = static_cast<double>(next(state) >> 11U) / 4503599627370496.0 - 1.0;
    out.data_ptr<float>()[i] = static_cast<float>(scale * unit);
  }
  return out;
}

struct Layer {
  at::Tensor weight, bias;  ///< [in x out], [out]
};

at::Tensor table(const float* data, std::size_t rows, std::size_t width) {
  return torch::from_blob(const_cast<float*>(data),  // NOLINT: cloned, not written
                          {static_cast<std::int64_t>(rows), static_cast<std::int64_t>(width)},
                          torch::kFloat32)
      .clone();
}

class Net {
 public:
  explicit Net(const Study& study) {
    std::uint64_t state = study.seed * 0x9E3779B97F4A7C15U + 1;
    auto in = static_cast<std::int64_t>(study.inputs);
    const auto width = static_cast<std::int64_t>(study.width);
    const auto targets = static_cast<std::int64_t>(study.targets);
    // Uniform with the variance of Glorot and Bengio (2010).
    const auto limit = [](std::int64_t a, std::int64_t b) {
      return std::sqrt(6.0 / static_cast<double>(a + b));
    };
    for (std::size_t k = 0; k < study.layers; ++k) {
      layers_.push_back({drawn(in, width, limit(in, width), state), torch::zeros({width})});
      in = width;
    }
    layers_.push_back(
        {drawn(in, targets, 0.1 * limit(in, targets), state), torch::zeros({targets})});
    straight_ = table(study.straight.data(), study.inputs, study.targets);
    bias_ = table(study.bias.data(), 1, study.targets).squeeze(0);
    for (at::Tensor* t : tensors()) t->set_requires_grad(true);
  }

  at::Tensor forward(const at::Tensor& x) const {
    at::Tensor h = x;
    for (std::size_t k = 0; k + 1 < layers_.size(); ++k) {
      h = torch::tanh(torch::addmm(layers_[k].bias, h, layers_[k].weight));
    }
    return torch::addmm(layers_.back().bias, h, layers_.back().weight) +
           torch::addmm(bias_, x, straight_);
  }

  std::vector<at::Tensor> parameters() {
    std::vector<at::Tensor> out;
    for (const at::Tensor* t : tensors()) out.push_back(*t);
    return out;
  }

  std::string torchscript() const {
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

 private:
  std::vector<at::Tensor*> tensors() {
    std::vector<at::Tensor*> out;
    for (Layer& layer : layers_) {
      out.push_back(&layer.weight);
      out.push_back(&layer.bias);
    }
    return out;
  }

  std::vector<Layer> layers_;
  at::Tensor straight_, bias_;
};

/// Errors that are not asked for count as none.
struct Asked {
  at::Tensor x, y, counts;
  Asked(const Study& study, const Rows& rows)
      : x(table(rows.x, rows.count, study.inputs)), y(table(rows.y, rows.count, study.targets)) {
    counts = torch::logical_not(torch::isnan(y)).to(torch::kFloat32);
    y = torch::nan_to_num(y, 0.0);
  }
};

at::Tensor loss_of(const Net& net, const at::Tensor& x, const at::Tensor& y,
                   const at::Tensor& counts, const at::Tensor& worth) {
  const at::Tensor error = (net.forward(x) - y) * counts;
  return (error * error * worth).sum(1).mean();
}

double held_out_loss(const Net& net, const Asked& rows, const at::Tensor& worth) {
  if (rows.x.size(0) == 0) return 0;
  const torch::NoGradGuard off;
  return loss_of(net, rows.x, rows.y, rows.counts, worth).item<double>();
}

at::Tensor shuffled(std::size_t count, std::uint64_t& state) {
  at::Tensor order = torch::arange(static_cast<std::int64_t>(count));
  std::int64_t* v = order.data_ptr<std::int64_t>();
  for (std::size_t i = count; i > 1; --i) std::swap(v[i - 1], v[next(state) % i]);
  return order;
}

}  // namespace

Learnt learn(const Study& study, const Rows& rows, const Rows& held_out, const Progress& progress) {
  use_one_thread();
  if (rows.count == 0) throw std::runtime_error("there is no example to learn from");
  try {
    const Asked learn(study, rows), held(study, held_out);
    const at::Tensor worth = table(study.worth.data(), 1, study.targets);
    Net net(study);
    torch::optim::AdamW adam(net.parameters(),
                             torch::optim::AdamWOptions(study.rate).weight_decay(study.decay));
    std::uint64_t state = study.seed ^ 0xD1B54A32D192ED03U;
    const std::size_t steps_each = (rows.count + study.batch - 1) / study.batch;
    const double steps = static_cast<double>(steps_each * study.epochs);
    std::size_t step = 0;
    Learnt out;
    for (std::size_t epoch = 1; epoch <= study.epochs; ++epoch) {
      const at::Tensor order = shuffled(rows.count, state);
      double sum = 0;
      for (std::size_t k = 0; k < steps_each; ++k, ++step) {
        const double down = 0.5 * (1 + std::cos(kPi * static_cast<double>(step) / steps));
        static_cast<torch::optim::AdamWOptions&>(adam.param_groups()[0].options())
            .lr(study.rate * (0.01 + 0.99 * down));
        const auto from = static_cast<std::int64_t>(k * study.batch);
        const auto to = static_cast<std::int64_t>(std::min(rows.count, (k + 1) * study.batch));
        const at::Tensor some = order.slice(0, from, to);
        const at::Tensor loss =
            loss_of(net, learn.x.index_select(0, some), learn.y.index_select(0, some),
                    learn.counts.index_select(0, some), worth);
        adam.zero_grad();
        loss.backward();
        adam.step();
        sum += loss.item<double>() * static_cast<double>(to - from);
      }
      out.loss.push_back(sum / static_cast<double>(rows.count));
      out.held_out_loss.push_back(held_out_loss(net, held, worth));
      if (!std::isfinite(out.loss.back())) {
        throw std::runtime_error("the loss is no number after epoch " + std::to_string(epoch) +
                                 ": a lower rate would be right");
      }
      if (progress) progress(epoch, out.loss.back(), out.held_out_loss.back());
    }
    out.torchscript = net.torchscript();
    return out;
  } catch (const c10::Error& error) {
    throw std::runtime_error(error.what_without_backtrace());
  }
}

std::vector<float> answers(const std::string& torchscript, const Study& study, const float* x,
                           std::size_t count) {
  use_one_thread();
  std::vector<float> out(count * study.targets);
  try {
    std::istringstream stream(torchscript);
    torch::jit::Module module = torch::jit::load(stream);
    module.eval();
    const torch::NoGradGuard off;
    for (std::size_t from = 0; from < count; from += kChunk) {
      const std::size_t some = std::min(kChunk, count - from);
      const at::Tensor y = module.forward({table(x + from * study.inputs, some, study.inputs)})
                               .toTensor()
                               .contiguous();
      std::copy(y.data_ptr<float>(), y.data_ptr<float>() + some * study.targets,
                out.begin() + static_cast<std::ptrdiff_t>(from * study.targets));
    }
  } catch (const c10::Error& error) {
    throw std::runtime_error(error.what_without_backtrace());
  }
  return out;
}

}  // namespace saggar::train
