#include "runtime/promote/blocks.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace saggar::promote {
namespace {

using config::KeyFigure;

constexpr double kShare = 0.5;  // of a piece, so that it counts for somebody

std::size_t index(KeyFigure figure) noexcept { return static_cast<std::size_t>(figure); }

/// Mean over what is finite.
struct Mean {
  double sum = 0, n = 0;
  void add(double v) noexcept {
    if (std::isfinite(v)) sum += v, ++n;
  }
  double value() const noexcept { return n > 0 ? sum / n : std::nan(""); }
};

double reading(const domain::Record& record, domain::TagId tag) noexcept {
  if (tag >= record.screened.samples.size()) return std::nan("");
  const domain::Sample& sample = record.screened.samples[tag];
  return sample.usable() ? sample.value : std::nan("");
}

}  // namespace

KeyFigures key_figures(const Scene& scene, const domain::Record& record,
                       const std::vector<domain::MvId>& mvs) noexcept {
  Mean soak, all;
  double power_kW = 0, clips = 0;
  bool heats = false;
  for (const domain::MvId id : mvs) {
    const domain::Mv& mv = scene.plant.mvs[id];
    if (mv.duty == domain::Duty::heat) {
      const double off_K = std::abs(reading(record, mv.pv) - record.recipe[id]);
      all.add(off_K);
      if (mv.zone < scene.plant.soak_zone.size() && scene.plant.soak_zone[mv.zone]) soak.add(off_K);
    }
    if (mv.rated_kW > 0 && mv.output != domain::kNoTag) {
      heats = true;
      power_kW += 0.01 * mv.rated_kW * reading(record, mv.output);
    }
    for (const domain::GuardAction& action : record.guard_actions) {
      clips += action.mv == id && action.outcome != domain::Outcome::pass ? 1 : 0;
    }
  }
  return {soak.n > 0 ? soak.value() : all.value(), heats ? power_kW : std::nan(""), clips};
}

void Blocks::note(std::int64_t time_ns, double dt_s, std::string_view who,
                  const KeyFigures& figures) {
  const auto piece =
      static_cast<std::int64_t>(std::floor(static_cast<double>(time_ns) * 1e-9 / block_s_));
  if (piece != piece_) finish();
  piece_ = piece;
  if (!(dt_s > 0)) return;
  auto part =
      std::find_if(parts_.begin(), parts_.end(), [&](const Part& p) { return p.who == who; });
  if (part == parts_.end()) {
    parts_.push_back({std::string(who), 0, {}, {}});
    part = parts_.end() - 1;
  }
  part->seconds += dt_s;
  for (std::size_t k = 0; k < figures.size(); ++k) {
    if (!std::isfinite(figures[k])) continue;
    part->sums[k] += k == index(KeyFigure::clips) ? 3600 * figures[k] : figures[k] * dt_s;
    part->weights_s[k] += dt_s;
  }
}

void Blocks::finish() {
  for (const Part& part : parts_) {
    if (part.seconds < kShare * block_s_) continue;
    Block block{part.who, {}};
    for (std::size_t k = 0; k < part.sums.size(); ++k) {
      const bool known = part.weights_s[k] >= kShare * part.seconds;
      block.figures[k] = known ? part.sums[k] / part.weights_s[k] : std::nan("");
    }
    blocks_.push_back(std::move(block));
  }
  parts_.clear();
}

void Blocks::forget(std::string_view who) {
  std::erase_if(blocks_, [&](const Block& b) { return b.who == who; });
  std::erase_if(parts_, [&](const Part& p) { return p.who == who; });
}

void Blocks::forget_all() {
  blocks_.clear();
  parts_.clear();
}

std::vector<double> Blocks::of(std::string_view who, KeyFigure figure) const {
  std::vector<double> values;
  for (const Block& block : blocks_) {
    const double v = block.figures[index(figure)];
    if (block.who == who && std::isfinite(v)) values.push_back(v);
  }
  return values;
}

std::size_t Blocks::count(std::string_view who) const noexcept {
  return static_cast<std::size_t>(
      std::count_if(blocks_.begin(), blocks_.end(), [&](const Block& b) { return b.who == who; }));
}

std::string Blocks::most(std::string_view but) const {
  std::string best;
  for (const Block& block : blocks_) {
    const bool stands = block.who != but && block.who != kPerson && block.who != kNobody &&
                        block.who != kSeveral && block.who != kHold;
    if (stands && (best.empty() || count(block.who) > count(best))) best = block.who;
  }
  return best;
}

Comparison compare(const Blocks& blocks, std::string_view who, std::string_view baseline,
                   KeyFigure figure, double confidence) {
  const std::vector<double> a = blocks.of(who, figure), b = blocks.of(baseline, figure);
  const auto mean = [](const std::vector<double>& v) {
    return v.empty() ? std::nan("")
                     : std::accumulate(v.begin(), v.end(), 0.0) / static_cast<double>(v.size());
  };
  return {a.size(), b.size(), mean(a), mean(b), welch(a, b, confidence)};
}

}  // namespace saggar::promote
