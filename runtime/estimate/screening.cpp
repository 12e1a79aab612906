#include "runtime/estimate/screening.hpp"

#include <cmath>

namespace saggar::estimate {

using domain::Quality;
using domain::Sample;
using domain::SubStatus;

Screening::Screening(const domain::Plant& plant, std::vector<ScreeningLimits> limits)
    : plant_(plant), limits_(std::move(limits)), memory_(plant.tags.size()) {
  limits_.resize(plant.tags.size());
}

SubStatus Screening::judge(std::size_t tag, const Sample& sample, std::int64_t time_ns,
                           Memory& memory) const noexcept {
  if (!sample.usable()) {
    return sample.sub_status == SubStatus::none ? SubStatus::sensor_failure : sample.sub_status;
  }
  if (!std::isfinite(sample.value)) return SubStatus::not_finite;
  const domain::Tag& about = plant_.tags[static_cast<domain::TagId>(tag)];
  if (sample.value < about.low || sample.value > about.high) return SubStatus::out_of_range;

  const ScreeningLimits& limit = limits_[tag];
  if (static_cast<double>(time_ns - sample.time_ns) * 1e-9 > limit.stale_s) return SubStatus::stale;

  const double dt_s = static_cast<double>(sample.time_ns - memory.accepted_ns) * 1e-9;
  if (dt_s > 0 && std::abs(sample.value - memory.accepted) > limit.rate_per_s * dt_s &&
      memory.jumps < kJumpPatience) {
    if (sample.time_ns != memory.changed_ns || memory.previous != sample.value) ++memory.jumps;
    return SubStatus::too_fast;
  }
  if (static_cast<double>(sample.time_ns - memory.changed_ns) * 1e-9 > limit.freeze_s) {
    return SubStatus::frozen;
  }
  return SubStatus::none;
}

void Screening::screen(std::int64_t time_ns, const domain::Frame& raw, domain::Frame& screened,
                       domain::Bounded<domain::Event>& events) noexcept {
  screened = raw;
  for (std::size_t i = 0; i < memory_.size(); ++i) {
    Sample& sample = screened.samples[i];
    Memory& memory = memory_[i];
    const bool changed = !(sample.value == memory.previous);
    if (changed) memory.changed_ns = sample.time_ns;
    const SubStatus verdict = judge(i, sample, time_ns, memory);
    memory.previous = sample.value;
    if (verdict == SubStatus::none) {
      memory.accepted = sample.value;
      memory.accepted_ns = sample.time_ns;
      memory.jumps = 0;
    } else {
      sample.quality = Quality::bad;
      sample.sub_status = verdict;
    }
    if (verdict == SubStatus::never_received) continue;  // nothing to say of it yet
    const bool bad = verdict != SubStatus::none;
    if (bad != memory.bad || (bad && verdict != memory.reported)) {
      events.push({bad ? domain::EventCode::sample_bad : domain::EventCode::sample_good,
                   static_cast<std::uint16_t>(i), static_cast<std::uint16_t>(verdict), sample.value,
                   0});
    }
    memory.bad = bad;
    memory.reported = verdict;
  }
}

void Screening::serialize(domain::Archive& archive) { archive(memory_); }

}  // namespace saggar::estimate
