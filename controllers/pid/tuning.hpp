// Tuning: the three ISA forms of a PID and the one internal form they are converted to, once.
#pragma once

#include <optional>
#include <string_view>

namespace saggar::pid {

/// How the gains are written. With L the derivative filter 1 / (1 + tf s):
///   parallel  kp + ki / s + kd s L
///   ideal     kp (1 + 1 / (ti s) + td s L)             also called standard or ISA
///   series    kp (1 + 1 / (ti s)) (1 + td s) L         also called interacting
enum class Form { parallel, ideal, series };

/// Gains as a person writes them. kp in output units per PV unit; times in s.
struct Settings {
  Form form = Form::ideal;
  double kp = 1;
  double ti_s = 0;      ///< ideal, series: integral time, 0 = no integral action
  double td_s = 0;      ///< ideal, series: derivative time, 0 = no derivative action
  double ki_per_s = 0;  ///< parallel: integral gain
  double kd_s = 0;      ///< parallel: derivative gain
  double filter_n = 8;  ///< tf = td / n (parallel: kd / (kp n)); 0 = no filter
  double filter_s = 0;  ///< tf itself; above 0 it takes the place of filter_n
};

/// The internal form: kp + ki / s + kd s / (1 + tf s). All at least 0; action is kept apart.
struct Gains {
  double kp = 0;
  double ki_per_s = 0;
  double kd_s = 0;
  double tf_s = 0;
};

/// What is wrong with the settings, as "field: what would be right"; nothing if they are usable.
std::optional<std::string_view> problem(const Settings& settings) noexcept;

/// Exact conversion, derivative filter included. Settings must have no `problem`.
Gains to_gains(const Settings& settings) noexcept;

/// The ideal form with the same transfer function; nothing if kp is 0.
std::optional<Settings> to_ideal(const Gains& gains) noexcept;

/// The series form with the same transfer function; nothing if its zeros are complex (without a
/// filter: ti < 4 td) or there is no integral or no proportional action.
std::optional<Settings> to_series(const Gains& gains) noexcept;

}  // namespace saggar::pid
