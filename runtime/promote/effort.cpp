#include "runtime/promote/effort.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace saggar::promote {

using domain::MvId;
using domain::Record;

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kLeastStep = 1e-9;  // where a device has no resolution

double share(double part, double whole) noexcept { return whole > 0 ? part / whole : kNaN; }

/// Smaller steps are none.
double least_step(const domain::Mv& mv) noexcept {
  return std::max(0.5 * mv.resolution, kLeastStep);
}

const Scene::Row* row_of(const Scene& scene, const std::string& controller,
                         const std::string& group) noexcept {
  const std::size_t row = scene.row(controller, group);
  return row < scene.rows.size() ? &scene.rows[row] : nullptr;
}

}  // namespace

void Wanted::note(const Scene& scene, const Record& record, double dt_s) {
  const Scene::Row* row = row_of(scene, group_of_, group_);
  const domain::ControllerId id = scene.id(controller_);
  if (row == nullptr || id >= record.proposals.size()) return;
  const domain::Proposal& proposal = record.proposals[id];
  seconds_ += dt_s;
  mvs_ = static_cast<double>(row->mvs.size());
  if (usable(proposal)) proposing_s_ += dt_s;
  note_monitor(record, id);
  const bool fresh = proposal.status <= domain::ProposalStatus::degraded &&
                     proposal.inputs_sequence != last_inputs_;
  if (!fresh) return;
  last_inputs_ = proposal.inputs_sequence;
  for (const MvId mv : row->mvs) {
    const double value = proposal.value[scene.place[mv]], now = in_force(scene, record, mv);
    if (!std::isfinite(value) || !std::isfinite(now)) continue;
    const double step = std::abs(value - now);
    if (step >= least_step(scene.plant.mvs[mv])) {
      ++moves_;
      travel_ += step;
    }
    pull_ += value - now;
    off_ += std::abs(value - record.recipe[mv]);
    ++values_;
  }
}

void Wanted::note_monitor(const Record& record, domain::ControllerId id) {
  for (const domain::MonitorReport& m : record.monitors) {
    if (m.controller != id || m.periods == 0 || m.periods == last_periods_) continue;
    last_periods_ = m.periods;
    if (!std::isnan(m.residual)) ++judged_, inside_ += m.residual <= 1 ? 1 : 0;
    if (std::isfinite(m.distance)) ++looked_, distance_ += m.distance;
    if (std::isfinite(m.spread)) ++compared_, spread_ += m.spread;
  }
}

Measures Wanted::take() {
  const double mv_hours = mvs_ * seconds_ / 3600;
  const Measures taken = {share(proposing_s_, seconds_), share(moves_, values_ > 0 ? mv_hours : 0),
                          share(travel_, moves_),        share(travel_, values_ > 0 ? mv_hours : 0),
                          share(pull_, values_),         share(off_, values_),
                          share(inside_, judged_),       share(distance_, looked_),
                          share(spread_, compared_)};
  const std::uint64_t inputs = last_inputs_, periods = last_periods_;
  forget();
  last_inputs_ = inputs;
  last_periods_ = periods;
  return taken;
}

void Done::note(const Scene& scene, const Record& record, double dt_s) {
  const Scene::Row* row = row_of(scene, controller_, group_);
  if (row == nullptr || row->controller >= record.proposals.size()) return;
  const domain::Proposal& proposal = record.proposals[row->controller];
  seconds_ += dt_s;
  mvs_ = static_cast<double>(row->mvs.size());
  const bool fresh = proposal.status <= domain::ProposalStatus::degraded &&
                     proposal.inputs_sequence != last_inputs_;
  if (!fresh) return;
  last_inputs_ = proposal.inputs_sequence;
  last_.resize(row->mvs.size(), kNaN);
  for (std::size_t i = 0; i < row->mvs.size(); ++i) {
    const MvId mv = row->mvs[i];
    const double now = in_force(scene, record, mv), before = std::exchange(last_[i], now);
    if (!std::isfinite(now)) continue;
    const double step = std::abs(now - before);
    if (step >= least_step(scene.plant.mvs[mv])) {  // false for NaN
      ++moves_;
      travel_ += step;
    }
    off_ += std::abs(now - record.recipe[mv]);
    ++values_;
  }
}

Measures Done::take() {
  const double mv_hours = values_ > 0 ? mvs_ * seconds_ / 3600 : 0;
  const Measures taken = {kNaN,
                          share(moves_, mv_hours),
                          share(travel_, moves_),
                          share(travel_, mv_hours),
                          kNaN,
                          share(off_, values_),
                          kNaN,
                          kNaN,
                          kNaN};
  *this = Done(controller_, group_);
  return taken;
}

SideBySide::SideBySide(std::string a, std::string b, std::string group, double block_s)
    : name_a_(std::move(a)),
      name_b_(std::move(b)),
      group_(std::move(group)),
      block_s_(block_s),
      now_a_(name_a_, name_a_, group_),
      now_b_(name_b_, name_a_, group_) {}

void SideBySide::note(const Scene& scene, const Record& record, double dt_s) {
  const auto piece =
      static_cast<std::int64_t>(std::floor(static_cast<double>(record.time_ns) * 1e-9 / block_s_));
  if (piece != piece_) finish();
  piece_ = piece;
  seconds_ += dt_s;
  now_a_.note(scene, record, dt_s);
  now_b_.note(scene, record, dt_s);
}

void SideBySide::finish() {
  const Measures a = now_a_.take(), b = now_b_.take();
  if (seconds_ >= 0.5 * block_s_) {
    a_.push_back(a);
    b_.push_back(b);
  }
  seconds_ = 0;
}

void SideBySide::forget() {
  a_.clear();
  b_.clear();
  now_a_.forget();
  now_b_.forget();
  seconds_ = 0;
}

SideBySide::Row SideBySide::of(Measure measure) const {
  const auto k = static_cast<std::size_t>(measure);
  Row row;
  std::vector<double> differences;
  double a = 0, b = 0;
  for (std::size_t i = 0; i < a_.size(); ++i) {
    if (!std::isfinite(a_[i][k]) || !std::isfinite(b_[i][k])) continue;
    a += a_[i][k];
    b += b_[i][k];
    differences.push_back(a_[i][k] - b_[i][k]);
  }
  row.blocks = differences.size();
  if (differences.empty()) return row;
  row.a = a / static_cast<double>(row.blocks);
  row.b = b / static_cast<double>(row.blocks);
  row.difference = paired(differences, 0.95);
  return row;
}

}  // namespace saggar::promote
