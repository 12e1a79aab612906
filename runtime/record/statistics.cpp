#include "runtime/record/statistics.hpp"

#include <algorithm>
#include <cmath>

namespace saggar::record {
namespace {

std::size_t at(domain::Duty duty) noexcept { return static_cast<std::size_t>(duty); }

void count(Share& share, double pv, double sp) noexcept {
  if (!std::isfinite(sp)) return;
  ++share.of;
  if (std::abs(pv - sp) <= Statistics::kBand_K) ++share.within;
}

}  // namespace

Statistics::Statistics(const domain::Plant& plant, std::int64_t settle_ns)
    : plant_(plant), settle_ns_(settle_ns) {}

void Statistics::add(const domain::Record& r) {
  if (cycles_ == 0) first_time_ = r.time_ns;
  last_time_ = r.time_ns;
  ++cycles_;
  missed_ += r.frame.missed;
  intents_ += r.intents.size();
  for (std::size_t g = 0; g < domain::kGateCount; ++g) {
    for (std::size_t o = 0; o < domain::kOutcomeCount; ++o) gates_[g][o] += r.gates[g][o];
  }
  for (std::size_t d = 0; d < domain::kDutyCount; ++d) {
    if (!r.decisions[d].moved) continue;
    ++moves_[d];
    bump_[d] = std::max(bump_[d], r.decisions[d].bump);
  }
  for (const domain::Event& e : r.events) {
    ++events_[static_cast<std::size_t>(domain::severity(e.code))];
  }
  writes_ += static_cast<std::uint64_t>(
      std::count(r.command.action.begin(), r.command.action.end(), domain::Action::write));
  cycle_time_.add(r.timing.duration_ns);
  if (r.time_ns - first_time_ >= settle_ns_) add_soak(r);
}

void Statistics::add_soak(const domain::Record& r) {
  for (std::size_t i = 0; i < plant_.mvs.size() && i < r.recipe.size(); ++i) {
    const domain::Mv& mv = plant_.mvs[i];
    if (mv.duty != domain::Duty::heat || mv.pv >= r.frame.samples.size()) continue;
    if (mv.zone >= plant_.soak_zone.size() || !plant_.soak_zone[mv.zone]) continue;
    const domain::Sample& pv = r.frame.samples[mv.pv];
    if (pv.quality != domain::Quality::good || !std::isfinite(pv.value)) continue;
    count(soak_recipe_, pv.value, r.recipe[i]);
    if (mv.working >= r.frame.samples.size()) continue;
    const domain::Sample& working = r.frame.samples[mv.working];
    if (working.usable()) count(soak_working_, pv.value, working.value);
  }
}

std::uint64_t Statistics::gate(domain::Gate gate, domain::Outcome outcome) const noexcept {
  return gates_[static_cast<std::size_t>(gate)][static_cast<std::size_t>(outcome)];
}
std::uint64_t Statistics::moves(domain::Duty duty) const noexcept { return moves_[at(duty)]; }
std::uint64_t Statistics::events(domain::Severity severity) const noexcept {
  return events_[static_cast<std::size_t>(severity)];
}
double Statistics::largest_bump(domain::Duty duty) const noexcept { return bump_[at(duty)]; }

}  // namespace saggar::record
