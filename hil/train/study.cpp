#include "hil/train/study.hpp"

#include <cmath>

#include "hil/train/members.hpp"

namespace saggar::train {
namespace {

constexpr float kForetoldWorth = 0.1F;
constexpr std::size_t kBatches = 20;

}  // namespace

Study study_of(const TrainingFile& file, const Signals& signals, const Split& split,
               const Straight& straight, std::size_t k) {
  Study s;
  s.inputs = split.learn.x.width;
  s.targets = split.learn.y.width;
  s.width = file.network.width;
  s.layers = file.network.layers;
  s.epochs = file.network.epochs;
  s.batch = file.network.batch;
  s.rate = file.network.rate;
  s.decay = file.network.decay;
  s.seed = file.network.seed + k;
  s.worth = worth_of(signals);
  s.straight = straight.weight;
  s.bias = straight.bias;
  return s;
}

/// Of learnt rows, then of held-out ones.
std::vector<float> said_of(const std::string& torchscript, const Study& s, const Split& split) {
  std::vector<float> said = answers(torchscript, s, split.learn.x.at.data(), split.learn.x.rows);
  const std::vector<float> more =
      answers(torchscript, s, split.held_out.x.at.data(), split.held_out.x.rows);
  said.insert(said.end(), more.begin(), more.end());
  return said;
}

std::size_t said_count(const Split& split) {
  return (split.learn.x.rows + split.held_out.x.rows) * split.learn.y.width;
}

std::vector<float> worth_of(const Signals& signals) {
  std::vector<float> worth;
  double sum = 0;
  for (std::size_t k = 0; k < signals.outputs.size(); ++k) {
    const double trim = signals.outputs[k].trim;
    worth.push_back(static_cast<float>(signals.worth[k] * trim * trim));
    sum += signals.worth[k] * trim * trim;
  }
  const double mean = std::max(sum / static_cast<double>(worth.size()), 1e-9);
  for (float& w : worth) w = static_cast<float>(static_cast<double>(w) / mean);
  worth.resize(worth.size() + signals.predictions.size(), kForetoldWorth);
  return worth;
}

domain::Result<Studied> study(const TrainingFile& file, const Signals& signals, const Split& split,
                              const StudyOptions& options) {
  const Straight straight = fit_straight(split.learn, file.network.ridge);
  const MemberOptions how{options.folder, file.network.members, said_count(split), 2,
                          options.jobs,   options.stop};
  auto members = make_members(how, [&](std::size_t k) {
    const Study s = study_of(file, signals, split, straight, k);
    const Learnt learnt =
        learn(s, {split.learn.x.at.data(), split.learn.y.at.data(), split.learn.x.rows},
              {split.held_out.x.at.data(), split.held_out.y.at.data(), split.held_out.x.rows}, {});
    return Member{learnt.torchscript,
                  said_of(learnt.torchscript, s, split),
                  {learnt.loss, learnt.held_out_loss}};
  });
  if (!members) return members.error();
  Studied out;
  for (Member& member : members.value()) {
    out.members.push_back(std::move(member.torchscript));
    out.said.push_back(std::move(member.said));
    out.loss.push_back(std::move(member.curves[0]));
    out.held_out_loss.push_back(std::move(member.curves[1]));
  }
  return out;
}

Errors errors_of(const Split& split, const Studied& studied, const Signals& signals) {
  const Table& y = split.held_out.y;
  const std::size_t outputs = signals.outputs.size(), skip = split.learn.x.rows * y.width;
  Errors out;
  std::vector<double> squares(outputs, 0.0), batch(kBatches, 0.0), counts(kBatches, 0.0);
  double worth = 0;
  for (const double w : signals.worth) worth += w;
  for (std::size_t r = 0; r < y.rows; ++r) {
    double all = 0;
    for (std::size_t k = 0; k < outputs; ++k) {
      double said = 0;
      for (const auto& member : studied.said)
        said += static_cast<double>(member[skip + r * y.width + k]);
      said /= static_cast<double>(studied.said.size());
      const double e =
          (said - static_cast<double>(y.at[r * y.width + k])) * signals.outputs[k].trim;
      squares[k] += e * e;
      all += signals.worth[k] * e * e / worth;
    }
    batch[r * kBatches / y.rows] += all;
    counts[r * kBatches / y.rows] += 1;
  }
  const double n = static_cast<double>(std::max<std::size_t>(y.rows, 1));
  for (const double s : squares) out.output_K.push_back(std::sqrt(s / n));
  double sum = 0, square = 0, batches = 0;
  for (std::size_t b = 0; b < kBatches; ++b) {
    if (counts[b] == 0) continue;
    const double rms = std::sqrt(batch[b] / counts[b]);
    sum += rms;
    square += rms * rms;
    batches += 1;
  }
  if (batches < 2) return out;
  const double mean = sum / batches;
  const double half =
      1.96 * std::sqrt(std::max(square / batches - mean * mean, 0.0) / (batches - 1));
  out.all_K = mean;
  out.low_K = std::max(mean - half, 0.0);
  out.high_K = mean + half;
  return out;
}

}  // namespace saggar::train
