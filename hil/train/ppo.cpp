#include "hil/train/ppo.hpp"

#include <cmath>

namespace saggar::train {
namespace {

constexpr double kDiscount = 0.97;  // per period: half an hour counts a half
constexpr double kTrace = 0.95;
constexpr double kClip = 0.2;
constexpr std::int64_t kPasses = 4, kRowsAtOnce = 1024;
constexpr double kCriticRate = 1e-3;
constexpr double kLeastExplore = 0.2;
constexpr std::size_t kCriticWidth = 64, kCriticLayers = 2;

Study critic_of(const Study& study, const Rehearsal& r) {
  Study s = study;
  s.targets = r.outputs.size();
  s.width = kCriticWidth;
  s.layers = kCriticLayers;
  s.straight.assign(s.inputs * s.targets, 0.0F);
  s.bias.assign(s.targets, 0.0F);
  return s;
}

at::Tensor normals(const at::Tensor& like, Random& random) {
  at::Tensor out = torch::empty_like(like);
  for (std::int64_t i = 0; i < out.numel(); ++i) {
    out.data_ptr<float>()[i] = static_cast<float>(random.normal());
  }
  return out;
}

/// Each output's own and the next one's.
at::Tensor with_next(const at::Tensor& cost) {
  const std::int64_t n = cost.size(1);
  return cost + torch::cat({cost.narrow(1, 1, n - 1), torch::zeros_like(cost.narrow(1, 0, 1))}, 1);
}

at::Tensor shuffled(std::int64_t count, Random& random) {
  at::Tensor order = torch::arange(count);
  auto* v = order.data_ptr<std::int64_t>();
  for (std::int64_t i = count; i > 1; --i) {
    std::swap(v[i - 1], v[random.next() % static_cast<std::uint64_t>(i)]);
  }
  return order;
}

}  // namespace

/// All periods of all episodes, one after the other: [periods * episodes x ..].
struct Ppo::Tried {
  std::vector<at::Tensor> x, share, score;  ///< per period; log likelihood per output
  std::vector<at::Tensor> reward, value;
  at::Tensor advantage, goal;  ///< of all rows; what the critic should have said
  Batch batch;
};

Ppo::Ppo(const Study& study, const Rehearsal& rehearsal, const Tuning& tuning)
    : r_(rehearsal),
      tuning_(tuning),
      kiln_(rehearsal),
      critic_study_(critic_of(study, rehearsal)),
      critic_(critic_study_),
      critic_adam_(critic_.parameters(), torch::optim::AdamOptions(kCriticRate)) {
  sigma_ = torch::empty({static_cast<std::int64_t>(r_.outputs.size())});
  for (std::size_t k = 0; k < r_.outputs.size(); ++k) {
    sigma_.data_ptr<float>()[k] = static_cast<float>(tuning.explore_K / r_.outputs[k].trim_K);
  }
}

Ppo::Tried Ppo::tries(Net& net, const std::vector<Window>& windows, double price, Random& random) {
  const torch::NoGradGuard off;
  const auto n = static_cast<std::int64_t>(r_.outputs.size());
  const at::Tensor sigma = sigma_ * explore_;
  Tried out;
  kiln_.begin(windows, random);
  for (std::size_t t = 0; t < r_.steps; ++t) {
    const at::Tensor x = kiln_.see();
    const at::Tensor mean = net.forward(x).narrow(1, 0, n), by = normals(mean, random);
    const at::Tensor share = mean + sigma * by;
    kiln_.act(share);
    const PeriodCost cost = kiln_.cost();
    out.x.push_back(x);
    out.share.push_back(share);
    out.score.push_back(-0.5 * by * by);
    out.reward.push_back(-with_next(cost.own + price * cost.too_hot));
    out.value.push_back(critic_.forward(x));
    out.batch.cost += cost.own.sum(1).mean().item<double>() / static_cast<double>(r_.steps);
    out.batch.too_hot += cost.too_hot.sum(1).mean().item<double>() / static_cast<double>(r_.steps);
  }
  out.value.push_back(critic_.forward(kiln_.see()));
  return out;
}

void Ppo::advantages(Tried& tried) {
  const torch::NoGradGuard off;
  if (scale_ == 0) {  // once: what a return is like, so that the critic learns numbers near 1
    scale_ = torch::stack(tried.reward).std().item<double>() / (1 - kDiscount) + 1e-9;
  }
  std::vector<at::Tensor> advantage(r_.steps), goal(r_.steps);
  at::Tensor sum = torch::zeros_like(tried.value.back());
  for (std::size_t t = r_.steps; t-- > 0;) {
    const at::Tensor surprise =
        tried.reward[t] / scale_ + kDiscount * tried.value[t + 1] - tried.value[t];
    sum = surprise + kDiscount * kTrace * sum;
    advantage[t] = sum;
    goal[t] = sum + tried.value[t];
  }
  tried.advantage = torch::cat(advantage);
  tried.goal = torch::cat(goal);
  tried.advantage = (tried.advantage - tried.advantage.mean(0)) / (tried.advantage.std(0) + 1e-8);
}

void Ppo::look_back(const Tried& tried, Net& net, Random& random,
                    const std::function<at::Tensor()>& anchor,
                    const std::function<void(const at::Tensor&)>& learn) {
  const at::Tensor x = torch::cat(tried.x), share = torch::cat(tried.share);
  const at::Tensor score = torch::cat(tried.score), sigma = sigma_ * explore_;
  const std::int64_t rows = x.size(0);
  for (std::int64_t pass = 0; pass < kPasses; ++pass) {
    const at::Tensor order = shuffled(rows, random);
    for (std::int64_t from = 0; from < rows; from += kRowsAtOnce) {
      const at::Tensor some = order.slice(0, from, std::min(rows, from + kRowsAtOnce));
      const at::Tensor seen = x.index_select(0, some), good = tried.advantage.index_select(0, some);
      const at::Tensor mean = net.forward(seen).narrow(1, 0, share.size(1));
      const at::Tensor by = (share.index_select(0, some) - mean) / sigma;
      const at::Tensor ratio = torch::exp(-0.5 * by * by - score.index_select(0, some));
      const at::Tensor near = torch::clamp(ratio, 1 - kClip, 1 + kClip);
      learn(-torch::minimum(ratio * good, near * good).mean() + anchor());
      const at::Tensor miss = critic_.forward(seen) - tried.goal.index_select(0, some);
      critic_adam_.zero_grad();
      (miss * miss).mean().backward();
      critic_adam_.step();
    }
  }
}

Batch Ppo::iterate(Net& net, const std::vector<Window>& windows, double price, double done,
                   Random& random, const std::function<at::Tensor()>& anchor,
                   const std::function<void(const at::Tensor&)>& learn) {
  explore_ = 1 - (1 - kLeastExplore) * done;
  Tried tried = tries(net, windows, price, random);
  advantages(tried);
  look_back(tried, net, random, anchor, learn);
  return tried.batch;
}

}  // namespace saggar::train
