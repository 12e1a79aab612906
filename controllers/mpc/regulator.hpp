// Regulator: model-predictive control of any plant whose CVs are the states of a linear model.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "controllers/mpc/observer.hpp"
#include "controllers/mpc/ocp/solver.hpp"
#include "controllers/mpc/target.hpp"
#include "controllers/mpc/wish.hpp"

namespace saggar::mpc {

struct Shape {
  std::size_t cvs = 0;  ///< = states of the model
  std::size_t mvs = 0;
  std::size_t banded = 0;  ///< the first so many CVs may have bands
  std::size_t horizon = 40;
};

/// One period after the other:
///   observe(measurements)  the filter: state and what disturbs it
///   solve()                where to come to rest, then the way there
///   applied(inputs)        what really went to the plant until the next period
///
///   min  sum  |x - x_s|^2_Q + |u - u_s|^2_R + |change of u|^2_S + bands by rank
///   with x+ = A x + B u + d + what is known to come,  bounds and rates of u
///
/// (x_s, u_s): Target, from the same disturbance, so that CVs with a target have no offset (Muske
/// and Badgwell 2002). Bands are those that Target says can all be kept; on the way there their
/// weights fall by `kRankStep` from rank to rank. A, B and d stand over the horizon; they may
/// change from period to period.
///
/// Thread: one. Nothing allocates after construction.
class Regulator {
 public:
  static constexpr double kRankStep = 5.0;
  static constexpr double kEnd = 5.0;  ///< weight of the last stage, for what comes after it

  /// @param cv_scale, mv_scale  how much of each is much: work is done in these units; > 0
  Regulator(const Shape& shape, std::vector<double> cv_scale, std::vector<double> mv_scale,
            const ocp::Limits& limits = {});

  // To be filled by the caller, in units of the plant. Column-major.
  std::vector<double>& a() noexcept { return a_; }
  std::vector<double>& b() noexcept { return b_; }
  std::vector<Cv>& cvs() noexcept { return cvs_; }
  std::vector<Mv>& mvs() noexcept { return mvs_; }
  /// What is known to come (lots, gaps): by how much CV `cv` will be off at the end of stage `k`,
  /// over now, if nothing is done. From now until it is told anew; zeros before the first.
  double& coming(std::size_t k, std::size_t cv) noexcept { return coming_[cv + k * shape_.cvs]; }
  void tune(std::size_t cv, const Noise& noise) noexcept { observer_.tune(cv, noise); }

  /// Begins anew with the inputs in force.
  void restart(const double* u) noexcept;
  /// What the inputs were since the last period (their mean), and what was measured at its end;
  /// NaN = not there. In units of the plant.
  void observe(const double* u, const double* y) noexcept;
  /// Forgets what is estimated, not the plan: the next measurements are taken to be at rest.
  void begin_anew() noexcept { observer_.restart(); }
  /// A CV that has not been measured for more than so many periods is shed until it is back.
  void shed_after(std::size_t cv, double periods) noexcept { observer_.shed_after(cv, periods); }
  /// @param u  in force now, from which the plan begins
  /// @param passed  periods since the last solve
  const ocp::Answer& solve(const double* u, std::size_t passed = 1) noexcept;

  /// Plan of the last solve, in units of the plant; valid where usable(answer()).
  double input(std::size_t stage, std::size_t mv) const noexcept;
  double state(std::size_t stage, std::size_t cv) const noexcept;
  double target_input(std::size_t mv) const noexcept { return target_.u()[mv] * mv_scale_[mv]; }
  double target_state(std::size_t cv) const noexcept { return target_.x()[cv] * cv_scale_[cv]; }
  double now(std::size_t cv) const noexcept { return observer_.state()[cv]; }
  double drift(std::size_t cv) const noexcept { return observer_.drift()[cv]; }
  double innovation(std::size_t cv) const noexcept { return observer_.innovation()[cv]; }
  bool known(std::size_t cv) const noexcept { return observer_.known(cv); }
  const ocp::Answer& answer() const noexcept { return answer_; }
  const Target& target() const noexcept { return target_; }
  const Target::Outcome& rest() const noexcept { return rest_; }
  const ocp::Solver& solver() const noexcept { return solver_; }
  const Shape& shape() const noexcept { return shape_; }

  template <class S>
  void serialize(S& s) {
    observer_.serialize(s);
    target_.serialize(s);
    solver_.save_memory(memory_.data());
    s(memory_);
    solver_.restore_memory(memory_.data());
    s(u_now_, coming_, a_, b_, rest_.solved, rest_.gave_way);
    for (Cv& cv : cvs_) s(cv.target, cv.weight, cv.low, cv.high, cv.rank_low, cv.rank_high);
    ocp::Residual& r = answer_.residual;
    s(answer_.source, answer_.status, r.stationarity, r.violation, r.complementarity);
  }

 private:
  void scale_model() noexcept;
  void scale_wishes() noexcept;
  void pose() noexcept;
  void pose_stage(std::size_t k) noexcept;
  void add_coming(double* w, const double* before, const double* after) const noexcept;
  void bounds(std::size_t k) noexcept;
  std::uint32_t rank_of(std::size_t cv) const noexcept;

  Shape shape_;
  std::vector<double> cv_scale_, mv_scale_;
  std::vector<double> a_, b_, a_scaled_, b_scaled_, d_scaled_, u_now_;
  std::vector<double> coming_, d_end_, none_;
  std::vector<Cv> cvs_, cvs_scaled_;
  std::vector<Mv> mvs_, mvs_scaled_;
  Observer observer_;
  Target target_;
  Target::Outcome rest_;
  ocp::Problem problem_;
  ocp::Solver solver_;
  ocp::Answer answer_;
  std::vector<double> memory_;
};

}  // namespace saggar::mpc
