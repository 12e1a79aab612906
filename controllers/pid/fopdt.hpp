// FOPDT: gain / (1 + T s) with dead time, the model that an autotuner fits, and its fit.
#pragma once

#include <array>
#include <cstdint>

namespace saggar::pid {

struct Fopdt {
  double gain = 0;  ///< PV units per output unit, either sign
  double time_constant_s = 0;
  double dead_time_s = 0;
};

/// What was measured: output and PV as differences from where the test began, equally spaced in
/// time. Fixed size; when full, neighbours are averaged and the spacing doubles.
class TestRecord {
 public:
  static constexpr std::uint64_t kMost = 512;
  void clear() noexcept;
  /// Adds a stretch of `dt_s` with output `u` held over it, and PV `y` at its end.
  void add(double dt_s, double u, double y) noexcept;

  std::uint64_t size() const noexcept { return size_; }
  double spacing_s() const noexcept { return spacing_s_; }
  double u(std::uint64_t i) const noexcept { return u_[i]; }  ///< mean over sample i
  double y(std::uint64_t i) const noexcept { return y_[i]; }  ///< mean over sample i
  double duration_s() const noexcept { return spacing_s_ * static_cast<double>(size_); }

  template <class Archive>
  void state(Archive& s) {
    s(size_, spacing_s_, part_s_, part_u_, part_y_, last_y_, u_, y_);
  }

 private:
  void halve() noexcept;
  std::uint64_t size_ = 0;
  double spacing_s_ = 0;
  double part_s_ = 0, part_u_ = 0, part_y_ = 0;  // of the sample under way
  double last_y_ = 0;
  std::array<double, kMost> u_{}, y_{};
};

/// How well a pair (T, dead time) explains a record, with the best gain and offset for it.
struct Explained {
  double gain = 0, offset = 0;
  double residual = 0;  ///< sum of squares that stays
  double total = 0;     ///< sum of squares about the mean
  double share() const noexcept { return total > 0 ? 1 - residual / total : 0; }
};
Explained explain(const TestRecord& record, double time_constant_s, double dead_time_s) noexcept;

/// Least-squares fit by a grid and then a shrinking pattern search, spread over many calls so that
/// each costs one pass over the record (microseconds). Deterministic.
class FopdtFit {
 public:
  /// Searches T in [t_low, t_high] (above 0) and the dead time in [0, dead_high].
  void begin(double t_low_s, double t_high_s, double dead_high_s) noexcept;
  /// One pass. True when finished; more calls then change nothing.
  bool advance(const TestRecord& record) noexcept;
  Fopdt model() const noexcept { return {best_.gain, best_t_s_, best_dead_s_}; }
  double share() const noexcept { return best_.share(); }  ///< of the variance, 0..1
  /// The optimum lies at the edge of the range searched for T: the record does not carry it.
  bool at_edge() const noexcept { return at_edge_ != 0; }

  template <class Archive>
  void state(Archive& s) {
    s(t_low_s_, t_high_s_, dead_high_s_, best_t_s_, best_dead_s_, best_.gain, best_.offset,
      best_.residual, best_.total, ratio_, shift_s_, pass_, direction_, improved_, at_edge_, done_);
  }

 private:
  void candidate(double& t_s, double& dead_s) const noexcept;
  void shrink() noexcept;
  double t_low_s_ = 1, t_high_s_ = 1, dead_high_s_ = 0;
  double best_t_s_ = 0, best_dead_s_ = 0;
  Explained best_;
  double ratio_ = 1, shift_s_ = 0;  // present reach of the pattern search
  std::uint64_t pass_ = 0, direction_ = 0, improved_ = 0, at_edge_ = 0, done_ = 0;
};

}  // namespace saggar::pid
