#include "hil/train/learner.hpp"

#include <torch/optim/adamw.h>

#include <cmath>
#include <sstream>
#include <stdexcept>

#include "hil/train/net.hpp"
#include "hil/train/random.hpp"

namespace saggar::train {
namespace {

constexpr double kPi = 3.14159265358979323846;
constexpr std::size_t kChunk = 4096;

double held_out_loss(const Net& net, const Asked& rows, const at::Tensor& worth) {
  if (rows.x.size(0) == 0) return 0;
  const torch::NoGradGuard off;
  return loss_of(net, rows, worth).item<double>();
}

at::Tensor shuffled(std::size_t count, Random& random) {
  at::Tensor order = torch::arange(static_cast<std::int64_t>(count));
  std::int64_t* v = order.data_ptr<std::int64_t>();
  for (std::size_t i = count; i > 1; --i) std::swap(v[i - 1], v[random.next() % i]);
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
    Random random(study.seed ^ 0xD1B54A32D192ED03U);
    const std::size_t steps_each = (rows.count + study.batch - 1) / study.batch;
    const double steps = static_cast<double>(steps_each * study.epochs);
    std::size_t step = 0;
    Learnt out;
    for (std::size_t epoch = 1; epoch <= study.epochs; ++epoch) {
      const at::Tensor order = shuffled(rows.count, random);
      double sum = 0;
      for (std::size_t k = 0; k < steps_each; ++k, ++step) {
        const double down = 0.5 * (1 + std::cos(kPi * static_cast<double>(step) / steps));
        static_cast<torch::optim::AdamWOptions&>(adam.param_groups()[0].options())
            .lr(study.rate * (0.01 + 0.99 * down));
        const auto from = static_cast<std::int64_t>(k * study.batch);
        const auto to = static_cast<std::int64_t>(std::min(rows.count, (k + 1) * study.batch));
        const at::Tensor some = order.slice(0, from, to);
        const at::Tensor loss = loss_of(net, learn.some(some), worth);
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
