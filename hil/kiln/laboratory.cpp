#include "hil/kiln/laboratory.hpp"

#include <algorithm>

#include "hil/instruments/noise.hpp"

namespace saggar::kiln {

namespace noise = instruments;

std::string_view tag_name(Result result) noexcept {
  constexpr std::array<std::string_view, kResultCount> kNames = {
      "lab.li_ni_mixing",    "lab.i003_i104",    "lab.residual_lioh",
      "lab.residual_li2co3", "lab.primary_size", "lab.capacity"};
  return kNames[static_cast<std::size_t>(result)];
}

Laboratory::Laboratory(const LaboratoryFigures& f, std::uint64_t seed) noexcept
    : every_(f.every_columns),
      delay_s_(f.delay_h.value * 3600.0),
      key_(noise::stream(seed, "laboratory")) {
  const double titration = 0.01 * f.titration_percent.value;
  relative_ = {0, 0, titration, titration, 0.01 * f.size_percent.value, 0};
  absolute_ = {100.0 * f.mixing_error.value, f.ratio_error.value, 0, 0, 0,
               f.capacity_mAh_per_g.value};
}

void Laboratory::receive(const SaggarReport& r) noexcept {
  if (r.layer != 0 || r.column % every_ != 0 || count_ - first_ == kPending) return;
  Sample& sample = pending_[count_ % kPending];
  sample.taken_s = r.time_s;
  sample.known_s = r.time_s + delay_s_;
  sample.column = r.column;
  const std::array<double, kResultCount> truth = {100.0 * r.mean.mixing,
                                                  r.laboratory.intensity_ratio,
                                                  r.laboratory.hydroxide_ppm,
                                                  r.laboratory.carbonate_ppm,
                                                  r.mean.size_nm,
                                                  r.laboratory.capacity_mAh_per_g};
  for (std::size_t i = 0; i < kResultCount; ++i) {
    const double error = noise::normal(noise::element(key_, i), r.column);
    sample.value[i] = std::max(0.0, truth[i] * (1.0 + relative_[i] * error) + absolute_[i] * error);
  }
  ++count_;
}

void Laboratory::advance(double time_s) noexcept {
  while (first_ < count_ && pending_[first_ % kPending].known_s <= time_s) {
    known_ = pending_[first_++ % kPending];
    has_known_ = true;
  }
}

void Laboratory::set_back(double by_s) noexcept {
  for (Sample& sample : pending_) sample.taken_s -= by_s, sample.known_s -= by_s;
  known_.taken_s -= by_s, known_.known_s -= by_s;
}

bool Laboratory::known(Sample& sample) const noexcept {
  sample = known_;
  return has_known_;
}

}  // namespace saggar::kiln
