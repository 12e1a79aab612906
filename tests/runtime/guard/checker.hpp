// An independent judge of the guard: reads what went in and what came out, and knows the limits
// from the plant only. It shares no code with the guard and follows docs/engineer/guard.md.
#pragma once

#include <array>
#include <cmath>
#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "runtime/guard/guard.hpp"

namespace saggar::testing {

/// Largest and smallest of a signal over an exact sliding window.
class Extremes {
 public:
  explicit Extremes(double window_s) : window_s_(window_s) {}
  void restart() { high_.clear(), low_.clear(); }
  void push(double t, double x) {
    trim(t);
    while (!high_.empty() && high_.back().x <= x) high_.pop_back();
    while (!low_.empty() && low_.back().x >= x) low_.pop_back();
    high_.push_back({t, x});
    low_.push_back({t, x});
  }
  /// Drops what is older than the window, but never the newest.
  void trim(double t) {
    for (auto* q : {&high_, &low_}) {
      while (q->size() > 1 && q->front().t < t - window_s_) q->pop_front();
    }
  }
  bool empty() const { return high_.empty(); }
  double high() const { return high_.front().x; }
  double low() const { return low_.front().x; }

 private:
  struct Point {
    double t, x;
  };
  double window_s_;
  std::deque<Point> high_, low_;
};

class Checker {
 public:
  Checker(const domain::Plant& plant, guard::Settings settings);

  /// @param true_s time that really passed; the guard may be told another
  /// @return empty, or what was wrong
  std::string judge(const guard::GuardInputs& in, const guard::Guard& guard,
                    const domain::Command& command,
                    const domain::Bounded<domain::GuardAction>& actions,
                    const domain::GateCounts& counts, double true_s);

  std::uint64_t asks = 0, writes = 0, releases = 0, clips = 0, rejects = 0, first_writes = 0;
  std::array<std::array<std::uint64_t, 3>, domain::kGateCount> totals{};

 private:
  struct MvView {
    bool known = false, driven = false;
    double in_force = NAN, working = NAN, reference = NAN;
    Extremes period, minute, hour, shift;
    void push(double t, double x) {
      period.push(t, x), minute.push(t, x), hour.push(t, x), shift.push(t, x);
    }
  };
  void before(const guard::GuardInputs& in, const guard::Guard& guard, double true_s);
  std::string judge_mv(std::size_t i, const guard::GuardInputs& in, const guard::Guard& guard,
                       const domain::Command& command, double true_s);
  std::string judge_write(std::size_t i, const guard::GuardInputs& in, const guard::Guard& guard,
                          double value, double trim);
  std::string judge_rates(std::size_t i, double trim);
  std::string judge_reference(std::size_t i, const guard::GuardInputs& in, double reference,
                              double true_s);
  std::string judge_grid(std::size_t i, double value, bool first, bool retried) const;
  std::string judge_pairs(const domain::Command& command) const;
  std::string judge_gas(const domain::Command& command) const;
  std::string judge_counts(const guard::GuardInputs& in,
                           const domain::Bounded<domain::GuardAction>& actions,
                           const domain::GateCounts& counts);
  double measured_power(const guard::GuardInputs& in) const;

  const domain::Plant& plant_;
  guard::Settings settings_;
  std::vector<MvView> views_;
  std::vector<double> now_;  // value in force before the write
  double last_s_ = 0;
  double owed_s_ = 0;  // time that passed while the guard was lied to
  int honest_ = 0;     // cycles since the last lie
  std::uint64_t last_sequence_ = 0;
};

}  // namespace saggar::testing
