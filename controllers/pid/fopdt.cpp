#include "controllers/pid/fopdt.hpp"

#include <algorithm>
#include <cmath>

namespace saggar::pid {
namespace {

constexpr std::uint64_t kGridT = 14, kGridDead = 12, kGrid = kGridT * kGridDead;

}  // namespace

void TestRecord::clear() noexcept { *this = TestRecord{}; }

void TestRecord::add(double dt_s, double u, double y) noexcept {
  if (spacing_s_ == 0) {
    spacing_s_ = dt_s;
    last_y_ = y;
  }
  // The stretch may cross the end of the sample under way: split it there, PV in a straight line.
  double left_s = dt_s;
  while (left_s > 0) {
    const double take_s = std::min(left_s, spacing_s_ - part_s_);
    const double y_end = last_y_ + (y - last_y_) * (take_s / left_s);
    part_u_ += u * take_s;
    part_y_ += 0.5 * (last_y_ + y_end) * take_s;
    part_s_ += take_s;
    last_y_ = y_end;
    left_s -= take_s;
    if (part_s_ < spacing_s_ * (1 - 1e-9)) return;
    u_[size_] = part_u_ / part_s_;
    y_[size_] = part_y_ / part_s_;
    part_s_ = part_u_ = part_y_ = 0;
    if (++size_ == kMost) halve();
    if (left_s < 1e-9 * spacing_s_) return;
  }
}

void TestRecord::halve() noexcept {
  for (std::uint64_t i = 0; i < kMost / 2; ++i) {
    u_[i] = 0.5 * (u_[2 * i] + u_[2 * i + 1]);
    y_[i] = 0.5 * (y_[2 * i] + y_[2 * i + 1]);
  }
  size_ = kMost / 2;
  spacing_s_ *= 2;
}

// The model's PV for gain 1: x' = (u(t - dead) - x) / T, exact for u held over each sample, with
// the dead time a whole number of samples plus a part. Compared with means over samples, so the
// mean of the model over each sample is used as well (exact: from x' integrated over the sample).
Explained explain(const TestRecord& r, double t_s, double dead_s) noexcept {
  Explained out;
  const std::uint64_t n = r.size();
  if (n < 4 || !(t_s > 0)) return out;
  const double h = r.spacing_s();
  const double whole = std::floor(dead_s / h);
  const double part_s = dead_s - whole * h;
  const auto lag = static_cast<std::uint64_t>(whole);
  const double keep = std::exp(-h / t_s);
  const double late = std::exp(-(h - part_s) / t_s);
  const double from_older = late - keep;  // share of u before the change inside the sample
  const double from_newer = 1 - late;
  double x = 0, sx = 0, sy = 0, sxx = 0, sxy = 0, syy = 0;
  for (std::uint64_t i = 0; i < n; ++i) {
    const double older = i >= lag + 1 ? r.u(i - lag - 1) : 0;
    const double newer = i >= lag ? r.u(i - lag) : 0;
    const double x_end = keep * x + from_older * older + from_newer * newer;
    const double mean_u = (part_s * older + (h - part_s) * newer) / h;
    const double mean = mean_u - t_s * (x_end - x) / h;
    x = x_end;
    const double y = r.y(i);
    sx += mean;
    sy += y;
    sxx += mean * mean;
    sxy += mean * y;
    syy += y * y;
  }
  const auto count = static_cast<double>(n);
  const double vxx = sxx - sx * sx / count;
  const double vxy = sxy - sx * sy / count;
  out.total = syy - sy * sy / count;
  out.gain = vxx > 1e-12 * (sxx + 1e-300) ? vxy / vxx : 0;
  out.offset = (sy - out.gain * sx) / count;
  out.residual = std::max(0.0, out.total - out.gain * vxy);
  return out;
}

void FopdtFit::begin(double t_low_s, double t_high_s, double dead_high_s) noexcept {
  *this = FopdtFit{};
  t_low_s_ = t_low_s;
  t_high_s_ = std::max(t_high_s, t_low_s * 1.0001);
  dead_high_s_ = dead_high_s;
  ratio_ = std::pow(t_high_s_ / t_low_s_, 0.5 / static_cast<double>(kGridT - 1));
  shift_s_ = 0.5 * dead_high_s / static_cast<double>(kGridDead - 1);
}

void FopdtFit::candidate(double& t_s, double& dead_s) const noexcept {
  if (pass_ < kGrid) {
    const std::uint64_t column = pass_ % kGridT, row = pass_ / kGridT;
    const double i = static_cast<double>(column) / static_cast<double>(kGridT - 1);
    const double j = static_cast<double>(row) / static_cast<double>(kGridDead - 1);
    t_s = t_low_s_ * std::pow(t_high_s_ / t_low_s_, i);
    dead_s = dead_high_s_ * j;
    return;
  }
  // Eight neighbours; the diagonals follow the valley in which T and dead time trade.
  constexpr std::array<int, 8> kT = {1, -1, 0, 0, 1, -1, 1, -1};
  constexpr std::array<int, 8> kDead = {0, 0, 1, -1, -1, 1, 1, -1};
  t_s = best_t_s_;
  if (kT[direction_] > 0) t_s *= ratio_;
  if (kT[direction_] < 0) t_s /= ratio_;
  t_s = std::clamp(t_s, t_low_s_, t_high_s_);
  dead_s = std::clamp(best_dead_s_ + kDead[direction_] * shift_s_, 0.0, dead_high_s_);
}

void FopdtFit::shrink() noexcept {
  if (improved_ == 0) {
    ratio_ = std::sqrt(ratio_);
    shift_s_ *= 0.5;
    const bool fine = ratio_ < 1.0005 && shift_s_ < 1e-3 * (best_t_s_ + best_dead_s_);
    if (fine) done_ = 1;
  }
  improved_ = 0;
  direction_ = 0;
}

bool FopdtFit::advance(const TestRecord& record) noexcept {
  if (done_ != 0) return true;
  double t_s = 0, dead_s = 0;
  candidate(t_s, dead_s);
  const Explained e = explain(record, t_s, dead_s);
  if (pass_ == 0 || e.residual < best_.residual) {
    best_ = e;
    best_t_s_ = t_s;
    best_dead_s_ = dead_s;
    improved_ = 1;
  }
  ++pass_;
  if (pass_ == kGrid) {
    improved_ = 0;
  } else if (pass_ > kGrid && ++direction_ == 8) {
    shrink();
  }
  if (pass_ >= kGrid + 600) done_ = 1;
  at_edge_ = best_t_s_ <= t_low_s_ * 1.01 || best_t_s_ >= t_high_s_ / 1.01 ? 1 : 0;
  return done_ != 0;
}

}  // namespace saggar::pid
