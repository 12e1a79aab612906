#include "hil/train/tuner.hpp"

#include <torch/optim/adam.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>
#include <stdexcept>

#include "hil/train/net.hpp"
#include "hil/train/ppo.hpp"
#include "hil/train/reduced_kiln.hpp"

namespace saggar::train {
namespace {

constexpr double kMostSlope = 1.0;
constexpr std::size_t kAnchorRows = 256, kLooks = 20, kScored = 64;
constexpr std::uint64_t kScoreSeed = 77;
// Of the constraint, per iteration, by the logarithm of what is too hot over its limit: it falls as
// fast as it rises, and is at its most after 200 iterations in a row at e times the limit.
constexpr double kPriceRate = 0.05;
constexpr double kMostPrice = 10;

Score score_of(const Net& net, ReducedKiln& kiln, const Rehearsal& r,
               const std::vector<Window>& windows, std::uint64_t seed, std::size_t most) {
  const torch::NoGradGuard off;
  // Spread over all of them: neighbours are of one lesson.
  std::vector<Window> some;
  const std::size_t count = std::min(most, windows.size());
  for (std::size_t i = 0; i < count; ++i) some.push_back(windows[i * windows.size() / count]);
  Score out;
  if (some.empty()) return out;
  Random random(seed);
  kiln.begin(some, random);
  const double each = 1 / static_cast<double>(r.steps);
  for (std::size_t t = 0; t < r.steps; ++t) {
    kiln.act(net.forward(kiln.see()));
    const PeriodCost cost = kiln.cost();
    out.cost += each * cost.own.sum(1).mean().item<double>();
    out.outside += each * cost.outside.sum(1).mean().item<double>();
    out.too_hot += each * cost.too_hot.sum(1).mean().item<double>();
    out.travel_K_per_h += each * 3600 / r.figures.period_s * cost.travel_K.mean().item<double>();
    out.trim_K += each * cost.trim_K.mean().item<double>();
  }
  return out;
}

/// One network under way.
class Tuner {
 public:
  Tuner(const Study& study, const std::string& torchscript, const Rehearsal& rehearsal,
        const Tuning& tuning, const Rows& lessons)
      : r_(rehearsal),
        tuning_(tuning),
        net_(study, torchscript),
        lessons_(study, lessons),
        worth_(table(study.worth.data(), 1, study.targets)),
        adam_(net_.parameters(), torch::optim::AdamOptions(tuning.rate)),
        kiln_(rehearsal),
        random_(study.seed ^ (tuning.seed * 0xD1B54A32D192ED03U)) {
    if (tuning.method == Method::ppo) ppo_.emplace(study, rehearsal, tuning_);
  }

  Tuned go() {
    Tuned out;
    out.torchscript = net_.torchscript();
    look(out);
    const std::size_t every = std::max<std::size_t>(1, tuning_.iterations / kLooks);
    for (std::size_t i = 1; i <= tuning_.iterations; ++i) {
      const double done = static_cast<double>(i - 1) / static_cast<double>(tuning_.iterations);
      const Batch batch = iterate(done);
      if (!std::isfinite(batch.cost)) {
        throw std::runtime_error("the cost is no number after iteration " + std::to_string(i) +
                                 ": a lower rate would be right");
      }
      const double excess = std::log((batch.too_hot + 1e-12) / tuning_.hot_share);
      price_ = std::clamp(price_ + kPriceRate * std::clamp(excess, -1.0, 1.0), 0.0, kMostPrice);
      out.cost.push_back(batch.cost);
      out.too_hot.push_back(batch.too_hot);
      out.price.push_back(price_);
      if (i % every == 0 || i == tuning_.iterations) look(out);
    }
    return out;
  }

 private:
  /// Keeps the network if it is the best so far, what is too hot beyond its limit at the highest
  /// price.
  void look(Tuned& out) {
    out.held_out.push_back(score_of(net_, kiln_, r_, r_.held_out, kScoreSeed, kScored));
    if (!(merit(out.held_out.back()) < merit(out.held_out[out.kept])))
      return;  // nor what is no number
    out.kept = out.held_out.size() - 1;
    out.torchscript = net_.torchscript();
  }
  double merit(const Score& score) const {
    return score.cost + kMostPrice * std::max(0.0, score.too_hot - tuning_.hot_share);
  }

  std::vector<Window> windows() {
    std::vector<Window> some;
    for (std::size_t b = 0; b < tuning_.episodes; ++b) {
      some.push_back(r_.learn[random_.next() % r_.learn.size()]);
    }
    return some;
  }

  at::Tensor anchor() {
    at::Tensor rows = torch::empty({static_cast<std::int64_t>(kAnchorRows)}, torch::kInt64);
    for (std::size_t i = 0; i < kAnchorRows; ++i) {
      rows.data_ptr<std::int64_t>()[i] = static_cast<std::int64_t>(
          random_.next() % static_cast<std::uint64_t>(lessons_.x.size(0)));
    }
    return tuning_.anchor * loss_of(net_, lessons_.some(rows), worth_);
  }

  void learn(const at::Tensor& loss) {
    adam_.zero_grad();
    loss.backward();
    double squares = 0;
    for (const at::Tensor& p : net_.parameters()) squares += p.grad().square().sum().item<double>();
    if (!std::isfinite(squares)) {
      throw std::runtime_error("a slope of the cost is no number: a lower rate would be right");
    }
    const double shrink = std::min(1.0, kMostSlope / (std::sqrt(squares) + 1e-12));
    for (const at::Tensor& p : net_.parameters()) p.mutable_grad().mul_(shrink);
    adam_.step();
  }

  Batch iterate(double done) {
    static_cast<torch::optim::AdamOptions&>(adam_.param_groups()[0].options())
        .lr(tuning_.rate * (1 - 0.9 * done));
    if (ppo_) {
      return ppo_->iterate(
          net_, windows(), price_, done, random_, [this] { return anchor(); },
          [this](const at::Tensor& loss) { learn(loss); });
    }
    kiln_.begin(windows(), random_);
    at::Tensor own = torch::zeros({}), too_hot = torch::zeros({});
    for (std::size_t t = 0; t < r_.steps; ++t) {
      kiln_.act(net_.forward(kiln_.see()));
      const PeriodCost cost = kiln_.cost();
      own = own + cost.own.sum(1).mean();
      too_hot = too_hot + cost.too_hot.sum(1).mean();
    }
    own = own / static_cast<double>(r_.steps);
    too_hot = too_hot / static_cast<double>(r_.steps);
    learn(own + price_ * too_hot + anchor());
    return {own.item<double>(), too_hot.item<double>()};
  }

  const Rehearsal& r_;
  const Tuning tuning_;
  Net net_;
  Asked lessons_;
  at::Tensor worth_;
  torch::optim::Adam adam_;
  ReducedKiln kiln_;
  Random random_;
  std::optional<Ppo> ppo_;
  double price_ = 0;
};

}  // namespace

Tuned tune(const Study& study, const std::string& torchscript, const Rehearsal& rehearsal,
           const Tuning& tuning, const Rows& lessons) {
  use_one_thread();
  if (rehearsal.learn.empty()) {
    throw std::runtime_error("no lesson is complete for as long as an episode takes");
  }
  try {
    return Tuner(study, torchscript, rehearsal, tuning, lessons).go();
  } catch (const c10::Error& error) {
    throw std::runtime_error(error.what_without_backtrace());
  }
}

Score score(const Study& study, const std::string& torchscript, const Rehearsal& rehearsal,
            const std::vector<Window>& windows, std::uint64_t seed, std::size_t most) {
  use_one_thread();
  try {
    const Net net(study, torchscript);
    ReducedKiln kiln(rehearsal);
    return score_of(net, kiln, rehearsal, windows, seed, most);
  } catch (const c10::Error& error) {
    throw std::runtime_error(error.what_without_backtrace());
  }
}

}  // namespace saggar::train
