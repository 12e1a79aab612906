#include "controllers/twin/line.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace saggar::twin {
namespace {

// A weigher that stands still between two rows tells them apart by a difference of this much.
constexpr double kAnotherRow_kg = 0.015;
constexpr double kEarliest = 0.9;  ///< pitches after a row before another is believed
constexpr double kLatest = 1.1;    ///< pitches after which one must have come

}  // namespace

Line::Line(const Figures& f, const Places& places)
    : position_m(places.capacity(f), 0.0),
      mix_kg(places.capacity(f), f.mix_kg),
      number(places.capacity(f), 0),
      pitch_m_(f.pitch_m),
      length_m_(f.saggar_length_m),
      total_m_(places.total_m(f)),
      mix_kg_(f.mix_kg),
      groups_(places.groups) {}

void Line::push(double at_m, double kg) noexcept {
  if (count_ == capacity()) return;
  std::memmove(position_m.data() + 1, position_m.data(), count_ * sizeof(double));
  std::memmove(mix_kg.data() + 1, mix_kg.data(), count_ * sizeof(double));
  std::memmove(number.data() + 1, number.data(), count_ * sizeof(std::uint64_t));
  ++count_;
  position_m[0] = at_m;
  mix_kg[0] = std::isfinite(kg) ? std::clamp(kg, 0.2 * mix_kg_, 3.0 * mix_kg_) : mix_kg_;
  number[0] = next_++;
}

void Line::fill() noexcept {
  count_ = 0;
  std::size_t fits = 0;
  for (double s = -0.5 * length_m_ + 0.5 * pitch_m_; s < total_m_; s += pitch_m_) ++fits;
  fits = std::min(fits, capacity());
  for (std::size_t i = fits; i-- > 0;) {
    push(-0.5 * length_m_ + (0.5 + static_cast<double>(i)) * pitch_m_, mix_kg_);
  }
}

/// Whether a row has come in: by its weight where the weigher tells two apart, else by the pitch.
bool Line::comes(const Feed& feed, double moved_m) const noexcept {
  if (!feed.present) return false;
  const double entry_m = -0.5 * length_m_;
  const double since = count_ > 0 ? (position_m[0] + moved_m - entry_m) / pitch_m_ : 1e9;
  if (!was_present_) return since > kEarliest;
  const bool another =
      std::isfinite(feed.mix_kg) && std::abs(feed.mix_kg - seen_kg_) > kAnotherRow_kg;
  return since >= (another ? kEarliest : kLatest);
}

Line::Moved Line::advance(double dt_s, const double* speed_m_per_s, const Feed& feed) noexcept {
  Moved moved;
  const double groups = static_cast<double>(groups_);
  double ahead = 1e9;
  const double newest_m = count_ > 0 ? position_m[0] : 0.0;
  for (std::size_t j = count_; j-- > 0;) {
    const double s = position_m[j];
    const double g = std::clamp(std::floor(s / total_m_ * groups), 0.0, groups - 1.0);
    const double next = s + dt_s * speed_m_per_s[static_cast<std::size_t>(g)];
    ahead = std::min(next, std::max(s, ahead - length_m_));
    position_m[j] = ahead;
  }
  while (count_ > 0 && position_m[count_ - 1] > total_m_ + 0.5 * length_m_) {
    --count_;
    ++moved.left;
  }
  const double gone_m = count_ > 0 ? position_m[0] - newest_m : 0.0;
  if (comes(feed, 0.0) && count_ < capacity()) {
    // It came within this step, on the average in its middle; in a closed row one pitch behind.
    const double entry_m = -0.5 * length_m_;
    const double due_m = count_ > 0 && was_present_ ? position_m[0] - pitch_m_ : entry_m;
    push(std::clamp(due_m, entry_m, entry_m + std::max(gone_m, 0.1 * pitch_m_)), feed.mix_kg);
    ++moved.fed;
  }
  if (std::isfinite(feed.mix_kg)) seen_kg_ = feed.present ? feed.mix_kg : 0.0;
  was_present_ = feed.present;
  return moved;
}

}  // namespace saggar::twin
