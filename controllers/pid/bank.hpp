// Bank: the law for every output of a kiln at once, behind the plugin SDK. Both plugins are this
// class with a different declaration.
#pragma once

#include <cstdint>
#include <saggar/plugin/controller.hpp>
#include <saggar/plugin/shift_limit.hpp>
#include <string_view>
#include <vector>

#include "controllers/pid/load.hpp"
#include "controllers/pid/settings.hpp"

namespace saggar::pid {

/// Input ports of both plugins, in this order; the output port comes last.
enum Port : std::uint32_t {
  kPv,           ///< one per output, found by the tag's stem ("zone07.top")
  kCompanion,    ///< trim: heater output of the zone; power: its setpoint. May be absent
  kFeedForward,  ///< at most one tag
  kScheduleTag,  ///< at most one tag
  kLoad,         ///< one per zone, found by the zone's name ("zone07"). May be absent
  kOutput
};

class Bank : public plugin::Controller {
 public:
  void configure(const plugin::Setup& setup) override;
  void activate() override;
  plugin::Status step(plugin::Step& io) override;
  void state(plugin::State& state) override;
  std::uint32_t explain(std::uint32_t output, std::uint32_t element,
                        plugin::Span<saggar_cause> causes) override;
  std::uint32_t trained_range(std::uint32_t input, plugin::Span<double> low,
                              plugin::Span<double> high) override;
  double confidence_limit() override;
  void set_parameter(std::uint32_t param, std::uint32_t element, double value) override;
  bool tune_start(std::uint32_t output, std::uint32_t element, std::string_view method,
                  double amplitude) override;
  void tune_abort() override;
  void tune_result(saggar_tune_result& result) override;

 protected:
  Bank(Duty duty, std::uint32_t params) : duty_(duty), param_count_(params) {}

 private:
  /// What belongs to one output and does not change after configure.
  struct Wiring {
    std::uint32_t pv = 0;
    std::uint32_t companion = plugin::kNone;
    std::uint32_t load = plugin::kNone;
    double companion_low = 0, companion_high = 0;  // trim: heater outputs that count as limits
  };
  /// What the last step saw of one output, for tuning and explaining.
  struct Seen {
    double pv = 0, working = 0, low = 0, high = 0, reference = 0, value = 0;
    std::uint32_t usable = 0;  // the loop could work: PV and setpoint
    std::uint32_t is_free = 0;
  };

  void wire(const plugin::Setup& setup);
  void follow_time(plugin::Step& io) noexcept;
  void follow_loads(plugin::Step& io) noexcept;
  void follow_trims(plugin::Step& io) noexcept;
  void run_program(plugin::Step& io) noexcept;
  Scale scale_for(double pv) const noexcept;
  Inputs gather(plugin::Step& io, std::uint32_t i, double zero, bool tracks) const noexcept;
  double setpoint_of(plugin::Step& io, std::uint32_t i, bool& usable) const noexcept;
  std::uint32_t limits_below(plugin::Step& io, std::uint32_t i) const noexcept;
  double control(plugin::Step& io, std::uint32_t i, bool tracks) noexcept;
  plugin::Status verdict(plugin::Step& io, std::uint32_t held) noexcept;
  bool tuning(std::uint32_t i) const noexcept {
    return i == tuned_ && (tuner_.running() || tuner_.returning());
  }

  Duty duty_;
  std::uint32_t param_count_;
  std::uint32_t count_ = 0;  ///< outputs
  std::uint32_t pv_count_ = 0;
  Values values_;
  Values spare_;  // same size as values_: what they were before a change that is refused
  Schedule schedule_;
  std::vector<Wiring> wiring_;
  std::vector<Loop> loops_;
  std::vector<LoadDeviation> loads_;  ///< per element of the load port
  std::vector<Seen> seen_;
  plugin::TrimShift shift_;               ///< trim: where the field stood in the hours before
  std::vector<double> reference_before_;  // trim: external reset compares with the last reference
  Programmer programmer_;
  Autotuner tuner_;
  std::uint64_t tuned_ = plugin::kNone;
  Scale tag_scale_;                // of the schedule tag; stays while the tag is bad
  std::int64_t last_time_ns_ = 0;  // of the last step
  std::uint64_t stepped_ = 0;      // at least one step since activate
  std::uint64_t interrupted_ = 0;  // the program must be taken up again from the PV
};

}  // namespace saggar::pid
