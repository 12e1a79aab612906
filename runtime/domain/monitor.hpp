// MonitorReport: what the monitors outside of a plugin found of one controller (LC-20..22).
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "runtime/domain/proposal.hpp"

namespace saggar::domain {

/// The signals that the inputs are not those a controller was trained on (LC-20).
enum class Signal : std::uint8_t { distance, spread, residual };
inline constexpr std::size_t kSignalCount = 3;
std::string_view name(Signal signal) noexcept;
/// As operators read it: "unusual inputs", ...
std::string_view text(Signal signal, bool korean) noexcept;

/// What a drift monitor says (LC-22). Ordered: larger is worse.
enum class Drift : std::uint8_t { ok, watch, act };
inline constexpr int kDriftCount = 3;
std::string_view name(Drift drift) noexcept;

/// Of one watched controller, as of the last period of its package that was judged. Shares are of
/// the threshold: above 1 is over. NaN: it cannot be said, or not yet.
struct MonitorReport {
  ControllerId controller = kNoController;
  std::uint64_t periods = 0;  ///< judged since the start, or since the controller was restarted
  double distance = std::nan(""), spread = std::nan(""), residual = std::nan("");
  double band = std::nan("");      ///< half width of the band, in shares of the package's residuals
  double coverage = std::nan("");  ///< share of the last 7 days in which the band held
  double bias = std::nan("");      ///< largest mean error, in shares of the package's residual
  double difference = std::nan("");  ///< largest, between what it saw and what the kiln said; of
                                     ///< the scale of the input
  TagId differs = kNoTag;            ///< the input that it is of
  double drift_level = 0;            ///< of the worst prediction, in standard deviations
  bool coverage_off = false;         ///< coverage is known well enough, and not 85 to 97 %
  std::uint8_t over = 0;             ///< bit i: Signal i was over in this period
  Drift drift = Drift::ok;
  Reason reason = Reason::none;  ///< why it is not believed: not_believed, inputs_differ
};

}  // namespace saggar::domain
