#include "controllers/mpc/regulator.hpp"

#include <algorithm>
#include <cmath>

namespace saggar::mpc {
namespace {

constexpr double kBand = 5.0;       ///< weight of a band of the last rank against targets of 1
constexpr double kHomeward = 0.05;  ///< weight of inputs toward where they rest

}  // namespace

Regulator::Regulator(const Shape& shape, std::vector<double> cv_scale, std::vector<double> mv_scale,
                     const ocp::Limits& limits)
    : shape_(shape),
      cv_scale_(std::move(cv_scale)),
      mv_scale_(std::move(mv_scale)),
      a_(shape.cvs * shape.cvs, 0.0),
      b_(shape.cvs * shape.mvs, 0.0),
      a_scaled_(a_),
      b_scaled_(b_),
      d_scaled_(shape.cvs, 0.0),
      u_now_(shape.mvs, 0.0),
      coming_(shape.cvs * shape.horizon, 0.0),
      d_end_(shape.cvs, 0.0),
      none_(shape.cvs, 0.0),
      cvs_(shape.cvs),
      cvs_scaled_(shape.cvs),
      mvs_(shape.mvs),
      mvs_scaled_(shape.mvs),
      observer_(shape.cvs, shape.mvs),
      target_(shape.cvs, shape.mvs, shape.banded),
      problem_({shape.cvs, shape.mvs, shape.banded, shape.horizon, false}),
      solver_(problem_, limits),
      memory_(solver_.memory_size(), 0.0) {}

void Regulator::restart(const double* u) noexcept {
  begin_anew();
  target_.restart();
  solver_.forget();
  std::fill(coming_.begin(), coming_.end(), 0.0);
  std::copy_n(u, shape_.mvs, u_now_.begin());
}

void Regulator::observe(const double* u, const double* y) noexcept {
  observer_.predict(a_.data(), b_.data(), u);
  observer_.expect(a_.data(), coming_.data());
  observer_.correct(a_.data(), b_.data(), u, y);
}

void Regulator::scale_model() noexcept {
  const std::size_t n = shape_.cvs, m = shape_.mvs;
  for (std::size_t j = 0; j < n; ++j) {
    for (std::size_t i = 0; i < n; ++i) {
      a_scaled_[i + j * n] = a_[i + j * n] * cv_scale_[j] / cv_scale_[i];
    }
  }
  for (std::size_t j = 0; j < m; ++j) {
    for (std::size_t i = 0; i < n; ++i) {
      b_scaled_[i + j * n] = b_[i + j * n] * mv_scale_[j] / cv_scale_[i];
    }
  }
  for (std::size_t i = 0; i < n; ++i) d_scaled_[i] = observer_.drift()[i] / cv_scale_[i];
}

/// Weights are taken as they are: of one scale squared.
void Regulator::scale_wishes() noexcept {
  for (std::size_t i = 0; i < shape_.cvs; ++i) {
    Cv& to = cvs_scaled_[i];
    to = cvs_[i];
    to.target /= cv_scale_[i];
    to.low /= cv_scale_[i];
    to.high /= cv_scale_[i];
    if (!observer_.known(i)) to.weight = 0, to.low = -kUnbounded, to.high = kUnbounded;
  }
  for (std::size_t j = 0; j < shape_.mvs; ++j) {
    const Mv& from = mvs_[j];
    Mv& to = mvs_scaled_[j];
    const double scale = mv_scale_[j], now = u_now_[j];
    to = from;
    const bool held = !from.free || from.low > from.high;  // crossed bounds leave it where it is
    to.low = (held ? now : from.low) / scale;
    to.high = (held ? now : from.high) / scale;
    to.per_step = from.per_step / scale;
    to.rest = from.rest / scale;
    to.price = from.price * scale;
  }
}

/// Of the edge that is nearer: a band has one weight at a time.
std::uint32_t Regulator::rank_of(std::size_t i) const noexcept {
  const Cv& cv = cvs_scaled_[i];
  const double x = observer_.state()[i] / cv_scale_[i];
  const double to_low = std::isfinite(cv.low) ? std::abs(x - cv.low) : kUnbounded;
  const double to_high = std::isfinite(cv.high) ? std::abs(cv.high - x) : kUnbounded;
  if (to_low == kUnbounded && to_high == kUnbounded) return kRanks;
  return std::clamp(to_low < to_high ? cv.rank_low : cv.rank_high, 1U, kRanks);
}

/// An input that stands outside its bounds comes back as fast as it may, a hair slower so that
/// rounding leaves the rate a way.
void Regulator::bounds(std::size_t k) noexcept {
  for (std::size_t j = 0; j < shape_.mvs; ++j) {
    const Mv& mv = mvs_scaled_[j];
    const double now = u_now_[j] / mv_scale_[j];
    const double reach = mv.per_step * static_cast<double>(k + 1);
    problem_.low(k)[j] = std::min(mv.low, now + (1 - 1e-9) * reach);
    problem_.high(k)[j] = std::max(mv.high, now - (1 - 1e-9) * reach);
    problem_.fall(k)[j] = problem_.rise(k)[j] = mv.per_step;
  }
}

/// w += after - A before, in scaled units: what takes the CVs along the path that is known to come.
void Regulator::add_coming(double* w, const double* before, const double* after) const noexcept {
  const std::size_t n = shape_.cvs;
  for (std::size_t j = 0; j < n; ++j) {
    w[j] += after[j] / cv_scale_[j];
    if (before[j] == 0) continue;
    const double x = before[j] / cv_scale_[j];
    for (std::size_t i = 0; i < n; ++i) w[i] -= a_scaled_[i + j * n] * x;
  }
}

void Regulator::pose_stage(std::size_t k) noexcept {
  problem_.dynamics(k, a_scaled_.data(), b_scaled_.data());
  std::copy_n(d_scaled_.data(), shape_.cvs, problem_.w(k));
  const double* const coming = coming_.data() + k * shape_.cvs;
  add_coming(problem_.w(k), k == 0 ? none_.data() : coming - shape_.cvs, coming);
  const double weight = k + 1 == shape_.horizon ? kEnd : 1.0;
  for (std::size_t i = 0; i < shape_.cvs; ++i) {
    problem_.reference(k)[i] = target_.x()[i];
    problem_.q(k)[i] = weight * cvs_scaled_[i].weight;
  }
  for (std::size_t i = 0; i < shape_.banded; ++i) {
    problem_.band_low(k)[i] = target_.low()[i];
    problem_.band_high(k)[i] = target_.high()[i];
    const double rho = kBand * std::pow(kRankStep, static_cast<double>(kRanks - rank_of(i)));
    problem_.rho1(k)[i] = rho;
    problem_.rho2(k)[i] = rho;
  }
  for (std::size_t j = 0; j < shape_.mvs; ++j) {
    problem_.r_weight(k)[j] = kHomeward;
    problem_.linear(k)[j] = -kHomeward * target_.u()[j];
    problem_.s_weight(k)[j] = mvs_scaled_[j].move_weight;
  }
  bounds(k);
}

void Regulator::pose() noexcept {
  for (std::size_t i = 0; i < shape_.cvs; ++i) {
    problem_.x0()[i] = observer_.state()[i] / cv_scale_[i];
  }
  for (std::size_t j = 0; j < shape_.mvs; ++j) problem_.u_before()[j] = u_now_[j] / mv_scale_[j];
  for (std::size_t k = 0; k < shape_.horizon; ++k) pose_stage(k);
}

const ocp::Answer& Regulator::solve(const double* u, std::size_t passed) noexcept {
  std::copy_n(u, shape_.mvs, u_now_.begin());
  scale_model();
  scale_wishes();
  d_end_ = d_scaled_;  // it comes to rest after what is known to come
  const double* const end = coming_.data() + (shape_.horizon - 1) * shape_.cvs;
  add_coming(d_end_.data(), end, end);
  rest_ =
      target_.solve(a_scaled_.data(), b_scaled_.data(), d_end_.data(), cvs_scaled_, mvs_scaled_);
  pose();  // where no steady state was found, the last one stands
  answer_ = solver_.solve(passed);
  return answer_;
}

double Regulator::input(std::size_t stage, std::size_t mv) const noexcept {
  return solver_.input(stage)[mv] * mv_scale_[mv];
}

double Regulator::state(std::size_t stage, std::size_t cv) const noexcept {
  return solver_.state(stage)[cv] * cv_scale_[cv];
}

}  // namespace saggar::mpc
