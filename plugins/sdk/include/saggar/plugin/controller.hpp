// Controller: write a plugin as one C++ class. C++17, header-only; nothing C++ crosses the ABI.
//
//   class MyController : public saggar::plugin::Controller {
//    public:
//     static constexpr saggar::plugin::About kAbout{"com.vendor.my", "1.0.0", "Vendor", "My law",
//                                                   SAGGAR_DUTY_HEAT};
//     static constexpr saggar_port kPorts[] = {saggar::plugin::input(...), ...};
//     static constexpr saggar_param kParams[] = {...};          // may be left out
//     void configure(const saggar::plugin::Setup&) override;    // throws to refuse, with text
//     saggar::plugin::Status step(saggar::plugin::Step&) override;
//   };
//   SAGGAR_PLUGIN(MyController);
//
// An extension is offered to the host if, and only if, its functions are overridden. Overrides
// must be public. testing.hpp steps the class in a unit test, without loading.
#pragma once

#include <string_view>

#include <saggar/plugin/abi.h>
#include <saggar/plugin/ext/confidence.h>
#include <saggar/plugin/ext/ensemble.h>
#include <saggar/plugin/ext/estimator.h>
#include <saggar/plugin/ext/explain.h>
#include <saggar/plugin/ext/horizon.h>
#include <saggar/plugin/ext/last_error.h>
#include <saggar/plugin/ext/model.h>
#include <saggar/plugin/ext/package.h>
#include <saggar/plugin/ext/state.h>
#include <saggar/plugin/ext/tune.h>
#include <saggar/plugin/model.hpp>
#include <saggar/plugin/package.hpp>
#include <saggar/plugin/ports.hpp>
#include <saggar/plugin/state.hpp>

namespace saggar::plugin {

/// Outcome of a step; larger is worse. See saggar_status.
enum class Status : saggar_status {
  ok = SAGGAR_OK,
  degraded = SAGGAR_OK_DEGRADED,
  no_proposal = SAGGAR_NO_PROPOSAL,
  fault = SAGGAR_FAULT
};

/// Why a proposal is degraded or missing.
enum class Why : std::uint32_t {
  none = SAGGAR_WHY_NONE,
  inputs_missing = SAGGAR_WHY_INPUTS_MISSING,
  out_of_domain = SAGGAR_WHY_OUT_OF_DOMAIN,
  infeasible = SAGGAR_WHY_INFEASIBLE,
  not_ready = SAGGAR_WHY_NOT_READY
};

/// Who made the plugin, and what it can drive. Declare it as `static constexpr About kAbout`.
struct About {
  const char* id;       ///< reverse DNS, "com.vendor.kiln-trim"
  const char* version;  ///< of the plugin, "2.1.0"
  const char* vendor;
  const char* title;                     ///< one line for people
  std::uint32_t duties;                  ///< SAGGAR_DUTY_... bits
  std::uint32_t min_latency_cycles = 0;  ///< 0 = answers inside the cycle, within microseconds
};

/// One step: what the controller sees and gives. Not to be kept.
class Step {
 public:
  Step(saggar_io& io, bool restored) noexcept : io_(&io), restored_(restored) {}
  std::uint64_t cycle() const noexcept { return io_->cycle; }
  std::int64_t time_ns() const noexcept { return io_->time_ns; }  ///< the field's time
  double dt_s() const noexcept { return io_->dt_s; }              ///< since the last step; > 0
  std::int64_t budget_ns() const noexcept { return io_->budget_ns; }
  /// The last proposal of this instance went to the field. If not, track OutputView::working.
  bool driving() const noexcept { return (io_->flags & SAGGAR_IO_DRIVING) != 0; }
  /// First step of a fresh start, or after a person's restart: begin from the working values.
  bool first() const noexcept { return (io_->flags & SAGGAR_IO_FIRST) != 0; }
  /// First step after a state was restored: go on from it.
  bool restored() const noexcept { return restored_; }

  std::uint32_t input_count() const noexcept { return io_->input_count; }
  std::uint32_t output_count() const noexcept { return io_->output_count; }
  /// @param index position among the input ports, see find_input
  InputView input(std::uint32_t index) const noexcept { return InputView(io_->inputs[index]); }
  /// @param index position among the output ports, see find_output
  OutputView output(std::uint32_t index) const noexcept { return OutputView(io_->outputs[index]); }

  /// The controller's own trust in this proposal, [0, 1]; 1 unless set.
  void set_confidence(double confidence) noexcept { io_->confidence = confidence; }

  /// `return io.degraded(Why::inputs_missing, "zone07 top is bad");` Text is cut to what fits.
  Status degraded(Why why, const char* text) noexcept { return say(Status::degraded, why, text); }
  Status no_proposal(Why why, const char* text) noexcept {
    return say(Status::no_proposal, why, text);
  }
  Status fault(const char* text) noexcept { return say(Status::fault, Why::none, text); }
  saggar_io& raw() noexcept { return *io_; }

 private:
  Status say(Status status, Why why, const char* text) noexcept {
    io_->reason = static_cast<std::uint32_t>(why);
    copy_text(io_->message, io_->message_capacity, text);
    return status;
  }
  saggar_io* io_;
  bool restored_;
};

/// Base of a controller. Exceptions that leave any of these functions become SAGGAR_FAULT with
/// their text. Threads and states as in abi.h.
class Controller {
 public:
  Controller() = default;
  Controller(const Controller&) = delete;
  Controller& operator=(const Controller&) = delete;
  virtual ~Controller() = default;

  /// Takes kiln and parameters; may allocate. To refuse, throw with a text that says what would
  /// be right. May be called again after deactivate.                       [main & !active]
  virtual void configure(const Setup& /*setup*/) {}
  /// Gets ready to step: clears state, warms up; may allocate; throws to refuse.
  ///                                                                     [main & configured]
  virtual void activate() {}
  /// Reads inputs, writes every output. No heap, lock, file, socket or clock. [control & active]
  virtual Status step(Step& io) = 0;
  virtual void deactivate() {}  ///<                                       [main & active]

  /// Extension state: visits all that influences the next steps, tunable parameters included.
  /// The wrapper adds version, configuration and damage checks.             [control & active]
  virtual void state(State& /*state*/) {}

  /// Extension explain: causes of one output element in the last step, largest first.
  /// Fill `struct_size` through cause(). @return how many were written      [control & active]
  virtual std::uint32_t explain(std::uint32_t /*output*/, std::uint32_t /*element*/,
                                Span<saggar_cause> /*causes*/) {
    return 0;
  }

  /// Extension horizon: both functions belong together. `horizon_points` is constant once
  /// configured; `horizon` writes at most that many, 0 = this element is not predicted.
  virtual std::uint32_t horizon_points() { return 0; }
  virtual std::uint32_t horizon(std::uint32_t /*input*/, std::uint32_t /*element*/,
                                Span<double> /*time_s*/, Span<double> /*value*/,
                                Span<double> /*sigma*/) {
    return 0;
  }

  /// Extension confidence: range per element of an input port inside which the controller was
  /// tuned or trained (return 0: no limits for this port), and the confidence below which it
  /// should not drive, [0, 1]. Either may be overridden alone.            [any & configured]
  virtual std::uint32_t trained_range(std::uint32_t /*input*/, Span<double> /*low*/,
                                      Span<double> /*high*/) {
    return 0;
  }
  virtual double confidence_limit() { return 0.0; }

  /// Extension tune: changes a tunable parameter without a bump. The wrapper has checked that
  /// the key is declared tunable and the value in range. Throw to refuse.   [control & active]
  virtual void set_parameter(std::uint32_t /*param*/, std::uint32_t /*element*/, double /*value*/) {
  }
  /// Begins tuning one output element; false if it cannot.                  [control & active]
  virtual bool tune_start(std::uint32_t /*output*/, std::uint32_t /*element*/,
                          std::string_view /*method*/, double /*amplitude*/) {
    return false;
  }
  virtual void tune_abort() {}
  virtual void tune_result(saggar_tune_result& /*result*/) {}

  /// Extension model: the model of this kiln that the configuration names, once, before the first
  /// `configure`; not called where it names none. Keep what you need. What it has to say of the
  /// kiln's own zones is better judged in `configure`. Throw to refuse.      [main & created]
  virtual void take_model(const Model& /*model*/) {}

  /// Extension package: the policy package that the configuration names, once, before the first
  /// `configure`; not called where it names none. Keep what you need. Throw to refuse.
  ///                                                                         [main & created]
  virtual void take_package(const Package& /*package*/) {}

  /// Extension ensemble: both belong together. `ensemble` fills outputs [members x outputs] as each
  /// member said them, predictions in their units, and the normalised inputs of the last run.
  /// @return how often it ran; 0: never, nothing is written                 [control & active]
  virtual EnsembleShape ensemble_shape() { return {}; }
  virtual std::uint64_t ensemble(Span<double> /*outputs*/, Span<double> /*predictions*/,
                                 Span<double> /*inputs*/) {
    return 0;
  }

  /// Extension estimator, for a plugin without duty and output ports: what it estimates. The first
  /// two belong together. `virtual_tags` fills what fits, made by virtual_tag(), and returns how
  /// many there are; its texts must stay until `configure` is called again. [any & configured]
  virtual std::uint32_t virtual_tags(Span<saggar_virtual_tag> /*tags*/) { return 0; }
  /// After a step: value, one standard deviation and SAGGAR_GOOD, _UNCERTAIN or _BAD of every
  /// virtual tag, in the same order. @return how many were written          [control & active]
  virtual std::uint32_t estimate(Span<double> /*value*/, Span<double> /*sigma*/,
                                 Span<std::uint32_t> /*quality*/) {
    return 0;
  }
  /// What may be wrong with the plant, and what is now; both or none. `finding_causes`: words that
  /// stay for the life of the instance. `findings`: made by finding(), gravest first.
  virtual Span<const char* const> finding_causes() { return {}; }
  virtual std::uint32_t findings(Span<saggar_finding> /*findings*/) { return 0; }
};

/// One cause of a move, ready to be put into the span of `explain`.
constexpr saggar_cause cause(const char* label, double share, std::uint32_t input = kNone,
                             std::uint32_t element = 0) noexcept {
  return {sizeof(saggar_cause), input, element, 0, share, label};
}

/// One virtual tag, ready to be put into the span of `virtual_tags`.
/// @param unit a symbol of units.hpp @param low, high range, in that unit
constexpr saggar_virtual_tag virtual_tag(const char* name, const char* unit, double low,
                                         double high, const char* doc) noexcept {
  return {sizeof(saggar_virtual_tag), 0, name, unit, doc, low, high};
}

/// One finding, ready to be put into the span of `findings`.
/// @param zone, element from 0, or kNone
constexpr saggar_finding finding(const char* cause, std::uint32_t zone, std::uint32_t element,
                                 double statistic, double threshold, double since_s) noexcept {
  return {sizeof(saggar_finding), zone, element, 0, cause, statistic, threshold, since_s};
}

}  // namespace saggar::plugin

#include <saggar/plugin/detail/table.hpp>

/// Makes the one exported symbol. Once per library, at namespace scope.
#define SAGGAR_PLUGIN(ClassName)                                            \
  extern "C" SAGGAR_EXPORT const saggar_plugin* saggar_plugin_entry(void) { \
    return ::saggar::plugin::table_of<ClassName>();                         \
  }                                                                         \
  static_assert(::saggar::plugin::detail::declared_well<ClassName>(),       \
                "declaration of " #ClassName " is not right")
