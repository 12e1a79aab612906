#include "controllers/mpc/target.hpp"

#include <algorithm>
#include <cmath>

namespace saggar::mpc {
namespace {

constexpr double kKept = 1e-5;    ///< a band violated by less is kept
constexpr double kSlight = 1e-6;  ///< pulls what nothing else decides

double finite_edge(double edge) noexcept { return std::clamp(edge, -ocp::kNone, ocp::kNone); }

}  // namespace

Target::Target(std::size_t states, std::size_t inputs, std::size_t banded)
    : n_(states),
      m_(inputs),
      banded_(banded),
      lu_(states),
      gain_(states * inputs, 0.0),
      still_(states, 0.0),
      zero_(states * states, 0.0),
      x_(states, 0.0),
      u_(inputs, 0.0),
      low_(banded, -ocp::kNone),
      high_(banded, ocp::kNone),
      tried_x_(x_),
      tried_u_(u_),
      tried_low_(low_),
      tried_high_(high_),
      problem_({states, inputs, banded, 1, false}),
      solver_(problem_) {}

/// Gains and, in `still_`, where the plant rests with all inputs at zero.
bool Target::rest(const double* a, const double* b, const double* d, double leak) noexcept {
  for (std::size_t i = 0; i < n_; ++i) {
    for (std::size_t j = 0; j < n_; ++j) {
      lu_.at(i, j) = (i == j ? 1.0 + leak : 0.0) - a[i + j * n_];
    }
  }
  if (!lu_.factor()) return false;
  std::copy_n(b, n_ * m_, gain_.begin());
  for (std::size_t j = 0; j < m_; ++j) lu_.solve(gain_.data() + j * n_);
  std::copy_n(d, n_, still_.begin());
  lu_.solve(still_.data());
  problem_.dynamics(0, zero_.data(), gain_.data());
  std::copy_n(still_.begin(), n_, problem_.w(0));
  return true;
}

void Target::bounds(const std::vector<Mv>& mvs) noexcept {
  for (std::size_t j = 0; j < m_; ++j) {
    problem_.low(0)[j] = mvs[j].low;
    problem_.high(0)[j] = mvs[j].high;
  }
}

/// @param all  with targets and prices; else only what keeps the problem definite
void Target::cost(const std::vector<Cv>& cvs, const std::vector<Mv>& mvs, bool all) noexcept {
  for (std::size_t i = 0; i < n_; ++i) {
    problem_.reference(0)[i] = cvs[i].target;
    problem_.q(0)[i] = all ? cvs[i].weight : 0.0;
  }
  for (std::size_t j = 0; j < m_; ++j) {
    const double weight = kSlight + (all ? mvs[j].rest_weight : 0.0);
    problem_.r_weight(0)[j] = weight;
    problem_.linear(0)[j] = (all ? mvs[j].price : 0.0) - weight * mvs[j].rest;
  }
}

bool Target::settle() noexcept {
  for (std::size_t i = 0; i < banded_; ++i) {
    problem_.band_low(0)[i] = tried_low_[i];
    problem_.band_high(0)[i] = tried_high_[i];
  }
  solver_.forget();  // the answer must not depend on what was asked before
  answer_ = solver_.solve(0);
  if (!ocp::usable(answer_) || answer_.source != ocp::Source::solver) return false;
  std::copy_n(solver_.input(0), m_, tried_u_.begin());
  std::copy_n(solver_.state(0), n_, tried_x_.begin());
  return true;
}

double Target::outside(std::size_t i) const noexcept {
  return std::max({0.0, tried_low_[i] - tried_x_[i], tried_x_[i] - tried_high_[i]});
}

void Target::firm() noexcept {
  std::fill_n(problem_.rho1(0), banded_, kFirm);
  std::fill_n(problem_.rho2(0), banded_, 0.0);
}

/// Bands that could not be kept become as wide as what was reached.
void Target::widen() noexcept {
  for (std::size_t i = 0; i < banded_; ++i) {
    if (outside(i) <= kKept) continue;
    tried_low_[i] = std::min(tried_low_[i], tried_x_[i]);
    tried_high_[i] = std::max(tried_high_[i], tried_x_[i]);
  }
}

void Target::restart() noexcept {
  found_ = 0;
  std::fill(x_.begin(), x_.end(), 0.0);
  std::fill(u_.begin(), u_.end(), 0.0);
  std::fill(low_.begin(), low_.end(), -ocp::kNone);
  std::fill(high_.begin(), high_.end(), ocp::kNone);
}

void Target::keep() noexcept {
  found_ = 1;
  x_ = tried_x_;
  u_ = tried_u_;
  low_ = tried_low_;
  high_ = tried_high_;
}

/// One rank after the other: least violation of its bands, which then are as wide as that.
bool Target::by_rank(const std::vector<Cv>& cvs, const std::vector<Mv>& mvs,
                     Outcome& out) noexcept {
  std::fill(tried_low_.begin(), tried_low_.end(), -ocp::kNone);
  std::fill(tried_high_.begin(), tried_high_.end(), ocp::kNone);
  cost(cvs, mvs, false);
  for (std::uint32_t rank = 1; rank <= kRanks; ++rank) {
    bool any = false, kept = true;
    firm();
    for (std::size_t i = 0; i < banded_; ++i) {
      const bool down = cvs[i].rank_low == rank && std::isfinite(cvs[i].low);
      const bool up = cvs[i].rank_high == rank && std::isfinite(cvs[i].high);
      if (!down && !up) continue;
      any = true;
      if (down) tried_low_[i] = std::min(cvs[i].low, tried_high_[i]);
      if (up) tried_high_[i] = std::max(cvs[i].high, tried_low_[i]);
      problem_.rho1(0)[i] = problem_.rho2(0)[i] = kTried;
    }
    if (!any) continue;
    if (!settle()) return false;
    for (std::size_t i = 0; i < banded_; ++i) kept = kept && outside(i) <= kKept;
    if (!kept && out.gave_way == 0) out.gave_way = rank;
    widen();
  }
  firm();
  cost(cvs, mvs, true);
  return settle();
}

Target::Outcome Target::solve(const double* a, const double* b, const double* d,
                              const std::vector<Cv>& cvs, const std::vector<Mv>& mvs,
                              double leak) noexcept {
  Outcome out;
  if (!rest(a, b, d, leak)) return out;
  bounds(mvs);
  bool kept = true;
  for (std::size_t i = 0; i < banded_; ++i) {
    tried_low_[i] = finite_edge(cvs[i].low);
    tried_high_[i] = std::max(tried_low_[i], finite_edge(cvs[i].high));
    kept = kept && cvs[i].low <= cvs[i].high;
  }
  firm();
  cost(cvs, mvs, true);
  if (!settle()) return out;
  out.solved = true;
  for (std::size_t i = 0; i < banded_; ++i) kept = kept && outside(i) <= kKept;
  if (!kept) widen();
  keep();
  if (!kept && by_rank(cvs, mvs, out)) keep();
  return out;
}

}  // namespace saggar::mpc
