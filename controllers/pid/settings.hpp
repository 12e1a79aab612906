// Settings: the parameters both plugins declare, their values, and the tunings made of them.
#pragma once

#include <cstdint>
#include <optional>
#include <saggar/plugin/controller.hpp>
#include <string_view>
#include <vector>

#include "controllers/pid/autotune.hpp"
#include "controllers/pid/load.hpp"
#include "controllers/pid/pid.hpp"
#include "controllers/pid/programmer.hpp"

namespace saggar::pid {

inline constexpr std::uint32_t kTunable = SAGGAR_PARAM_TUNABLE;
inline constexpr std::uint32_t kEach = SAGGAR_PARAM_TUNABLE | SAGGAR_PARAM_PER_OUTPUT;

/// Index of a parameter in both plugins. The first four differ in key and unit; those from
/// `setpoint` on belong to the power controller alone.
enum class Param : std::uint32_t {
  low,
  high,
  rate_up,
  rate_down,
#define SAGGAR_PID_PARAM(id, ...) id,
#include "controllers/pid/parameters.def"
#undef SAGGAR_PID_PARAM
#define SAGGAR_PID_PROGRAM(id, ...) id,
#include "controllers/pid/program.def"
#undef SAGGAR_PID_PROGRAM
  program_step_1  // target, ramp, soak, tolerance, holdback, holdback value; then step 2 and so on
};
inline constexpr std::uint32_t kProgramSteps = 8;
inline constexpr std::uint32_t kPerStep = 6;

enum class Duty { trim, power };

/// Values of all parameters, and the structures of the law made of them.
class Values {
 public:
  void load(Duty duty, const plugin::Setup& setup, std::uint32_t outputs, std::uint32_t params);

  double get(Param param, std::uint32_t output = 0) const noexcept {
    const Column& c = columns_[static_cast<std::uint32_t>(param)];
    return all_[c.at + (output < c.count ? output : 0)];
  }
  /// @param output plugin::kAllElements = all. False: no such output.
  bool set(std::uint32_t param, std::uint32_t output, double value) noexcept;
  bool each(std::uint32_t param) const noexcept { return columns_[param].count > 1; }

  double period_s() const noexcept { return period_s_; }

  Settings settings(std::uint32_t output) const noexcept;
  Tuning tuning(std::uint32_t output) const noexcept;
  LoadSettings load_settings() const noexcept;
  Schedule schedule() const noexcept;
  TuneSettings tune_settings(std::uint32_t output) const noexcept;
  Program program() const noexcept;

  /// What is wrong with the values of one output, or of the schedule and program.
  std::optional<std::string_view> problem(std::uint32_t output) const noexcept;

  /// Extension state: what may change while active.
  template <class Archive>
  void state(Archive& s) {
    for (std::uint32_t i : tunable_) s(all_[i]);
  }

 private:
  struct Column {
    std::uint32_t at = 0, count = 1;
  };
  Duty duty_ = Duty::trim;
  double period_s_ = 1;
  std::vector<double> all_;
  std::vector<double> resolution_;  // of each output
  std::vector<Column> columns_;
  std::vector<std::uint32_t> tunable_;  // places in all_
};

}  // namespace saggar::pid
