#include "hil/train/study.hpp"

#include <cmath>
#include <cstring>
#include <fstream>
#include <iostream>
#include <iterator>

#include "hil/campaign/pool.hpp"
#include "hil/train/straight.hpp"

namespace saggar::train {
namespace {

namespace fs = std::filesystem;

constexpr double kLimit_s = 24 * 3600.0;
constexpr float kForetoldWorth = 0.1F;
constexpr std::size_t kBatches = 20;

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

template <class T>
void append(std::string& to, const std::vector<T>& from) {
  const std::uint64_t count = from.size();
  to.append(reinterpret_cast<const char*>(&count), sizeof count);
  to.append(reinterpret_cast<const char*>(from.data()), from.size() * sizeof(T));
}
void append(std::string& to, const std::string& from) {
  append(to, std::vector<char>(from.begin(), from.end()));
}

/// False at the end, or where a count is more than there is.
template <class T>
bool take(const std::string& from, std::size_t& at, std::vector<T>& to) {
  std::uint64_t count = 0;
  if (from.size() - at < sizeof count) return false;
  std::memcpy(&count, from.data() + at, sizeof count);
  at += sizeof count;
  if (count > (from.size() - at) / sizeof(T)) return false;
  to.resize(count);
  std::memcpy(to.data(), from.data() + at, count * sizeof(T));
  at += count * sizeof(T);
  return true;
}

/// One member: learns, says what it would have said, and writes all of it.
void learn_one(const Study& s, const Split& split, const fs::path& path) {
  const Learnt learnt =
      learn(s, {split.learn.x.at.data(), split.learn.y.at.data(), split.learn.x.rows},
            {split.held_out.x.at.data(), split.held_out.y.at.data(), split.held_out.x.rows}, {});
  std::vector<float> said =
      answers(learnt.torchscript, s, split.learn.x.at.data(), split.learn.x.rows);
  const std::vector<float> more =
      answers(learnt.torchscript, s, split.held_out.x.at.data(), split.held_out.x.rows);
  said.insert(said.end(), more.begin(), more.end());
  std::string bytes;
  append(bytes, learnt.torchscript);
  append(bytes, said);
  append(bytes, learnt.loss);
  append(bytes, learnt.held_out_loss);
  const fs::path beside = path.string() + ".part";
  std::ofstream out(beside, std::ios::binary | std::ios::trunc);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  out.close();
  if (!out) throw std::runtime_error(path.string() + " cannot be written");
  fs::rename(beside, path);
}

bool read_one(const fs::path& path, std::size_t rows, std::size_t targets, Studied& to) {
  std::ifstream in(path, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  std::vector<char> module;
  std::vector<float> said;
  std::vector<double> loss, held_out;
  std::size_t at = 0;
  if (!take(bytes, at, module) || !take(bytes, at, said) || !take(bytes, at, loss) ||
      !take(bytes, at, held_out) || said.size() != rows * targets) {
    return false;
  }
  to.members.emplace_back(module.begin(), module.end());
  to.said.push_back(std::move(said));
  to.loss.push_back(std::move(loss));
  to.held_out_loss.push_back(std::move(held_out));
  return true;
}

}  // namespace

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
  const auto path = [&](std::size_t k) {
    return options.folder / ("member" + std::to_string(k + 1) + ".study");
  };
  std::vector<std::size_t> missing;
  for (std::size_t k = 0; k < file.network.members; ++k) {
    if (!fs::exists(path(k))) missing.push_back(k);
  }
  campaign::PoolOptions pool;
  pool.jobs = options.jobs;
  pool.limit_s = kLimit_s;
  pool.stop = options.stop;
  const Straight straight = fit_straight(split.learn, file.network.ridge);
  std::string problem;
  const bool whole = campaign::run_pool(
      missing.size(), pool,
      [&](std::size_t i) {
        try {
          learn_one(study_of(file, signals, split, straight, missing[i]), split, path(missing[i]));
          return 0;
        } catch (const std::exception& error) {
          std::cerr << "member " << missing[i] + 1 << ": " << error.what() << std::endl;
          return 1;
        }
      },
      [&](const campaign::Ended& ended) {
        if (!ended.sound())
          problem = "member " + std::to_string(missing[ended.index] + 1) + ": " + ended.problem();
      });
  if (!whole) return domain::Error{"network", "stopped: the same command goes on from here"};
  if (!problem.empty()) return domain::Error{"network", problem};
  Studied out;
  const std::size_t rows = split.learn.x.rows + split.held_out.x.rows;
  for (std::size_t k = 0; k < file.network.members; ++k) {
    if (read_one(path(k), rows, split.learn.y.width, out)) continue;
    return domain::Error{path(k).string(),
                         "is damaged or of other runs: delete it, and it is made anew"};
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
