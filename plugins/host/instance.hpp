// The life of one controller instance, typed by state:
//   instantiate -> Created -> configure -> Configured -> activate -> Active -> step
// Only Active has `step`, and Active only comes from `activate`: the wrong order does not compile.
#pragma once

#include <saggar/plugin/abi.h>
#include <saggar/plugin/ext/explain.h>
#include <saggar/plugin/ext/tune.h>

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "plugins/host/library.hpp"
#include "plugins/host/model.hpp"
#include "plugins/host/package.hpp"
#include "plugins/host/parameters.hpp"
#include "plugins/host/step_io.hpp"
#include "runtime/domain/plant.hpp"
#include "runtime/domain/proposal.hpp"
#include "runtime/domain/sample.hpp"

namespace saggar::host {

struct Instance;

/// What an instance is for.
enum class Role : std::uint8_t {
  controller,  ///< drives a duty
  estimator    ///< drives nothing, gives virtual tags
};

/// How one controller or estimator is configured.
struct InstanceSpec {
  std::string name;  ///< unique in the configuration
  domain::Duty duty = domain::Duty::heat;
  double period_s = 1;  ///< time between two steps, [0.01, 600]
  std::uint32_t latency_cycles = 0;
  std::vector<ParamSpec> params;
  Role role = Role::controller;  ///< an estimator has no duty
  /// What `Created::give_model` gave it: an instance that is made like it gets the same.
  std::shared_ptr<const Model> model;
  std::shared_ptr<const Package> package;  ///< the same, of `Created::give_package`
};

inline constexpr std::size_t kMaxFindings = 64;  ///< of one estimator at a time

/// Something about the plant that an estimator finds to stand now.
struct Finding {
  static constexpr std::uint32_t kNowhere = 0xFFFFFFFFU;
  std::uint16_t cause = 0;                            ///< index into Active::finding_causes
  std::uint32_t zone = kNowhere, element = kNowhere;  ///< from 0
  double statistic = 0, threshold = 0, since_s = 0;
};

/// What one step came to. `ok` and `degraded`: the output values are finite and may be used.
struct StepResult {
  domain::ProposalStatus status = domain::ProposalStatus::none;
  domain::Reason reason = domain::Reason::none;
  double confidence = 0;  ///< [0, 1]; what the plugin says outside of it counts as 0
};

/// The predicted path of one input element; empty if it is not predicted. Valid until the next.
struct HorizonPath {
  std::span<const double> time_s, value, sigma;
};

/// What an ensemble said in its last run; spans valid until the next call. See ext/ensemble.h.
struct EnsembleView {
  std::uint64_t runs = 0;           ///< 0: it never ran, or is no ensemble; all is empty
  std::uint32_t members = 0;        ///< rows of `outputs`
  std::span<const double> outputs;  ///< [members x outputs], before any bound
  std::span<const double> predictions;
  std::span<const double> inputs;  ///< normalised
};

/// Range of one input element inside which the controller was made.
struct TrainedRange {
  std::span<const double> low, high;  ///< both empty: no limits
};

/// Stepping. Destroying it deactivates and destroys the instance. Move-only.
/// Threads: functions marked noexcept on the thread that owns the instance (control or worker),
/// one at a time, without heap or lock of the host; the others on main, never beside those.
class Active {
 public:
  Active(Active&&) noexcept;
  Active& operator=(Active&&) noexcept;
  ~Active();

  const InstanceSpec& spec() const noexcept;
  const Library& library() const noexcept;
  /// All MVs it proposes for, output ports in order.
  std::span<const domain::MvId> mvs() const noexcept;
  /// A set of arrays for `step`; several may exist. Must not outlive this instance.
  StepIo make_io() const;

  /// One step on an io of this instance. Never lets an exception pass. Reasons, in this order:
  ///   plugin_threw (fault)           an exception left the plugin
  ///   wrong_shape (fault)            io of another instance; counts or pointers changed, or
  ///   written
  ///                                  outside an array
  ///   plugin_fault (fault)           it reported FAULT, or a status that does not exist
  ///   sensor_set_incomplete, out_of_domain, no_proposal, not_tracking (none)  its own words
  ///   non_finite (none)              an output, or the confidence, is no number or was not written
  ///   out_of_domain (none)           an input is outside the declared domain
  ///   low_confidence (none)          below the plugin's own limit
  /// Values stay readable in the io whatever the status. Cost with 60 + 60 values: see README.
  StepResult step(StepIo& io) noexcept;

  /// The next step carries SAGGAR_IO_FIRST, as after activate: a person restarted it.
  void begin_anew() noexcept;

  /// Bytes of the state, the host's own few included; 0 = the plugin does not offer
  /// "saggar.state/1".
  std::uint64_t state_size() const noexcept;
  /// The state in a buffer of this instance, valid until the next call; empty if it failed.
  std::span<const std::uint8_t> save_state() noexcept;
  /// Takes a saved state and goes on as the saved instance would, also in `dt_s` and
  /// SAGGAR_IO_FIRST. A refusal names why and changes nothing.
  domain::Status restore_state(std::span<const std::uint8_t> state);
  /// Proves on two fresh instances that save and restore keep their promise: equal bytes after a
  /// restore, bit-identical steps, no acceptance of a state of the wrong length.
  /// The instance itself is not touched.
  domain::Status verify_state(int steps = 8) const;

  bool explains() const noexcept;
  /// Causes of one output element in the last step, largest first; valid until the next call.
  std::span<const saggar_cause> explain(std::uint32_t output, std::uint32_t element) noexcept;

  /// Points of a predicted path; 0 = "saggar.horizon/1" is not offered.
  std::uint32_t horizon_points() const noexcept;
  HorizonPath horizon(std::uint32_t input, std::uint32_t element) noexcept;

  /// Below this the controller does not want to drive; 0 if it does not say.
  double confidence_limit() const noexcept;
  /// @param input index among the input ports
  TrainedRange trained_range(std::uint32_t input) const noexcept;

  /// Lengths of what `ensemble` gives; all 0 without "saggar.ensemble/1".
  EnsembleShape ensemble_shape() const noexcept;
  /// What the members of an ensemble said, foretold and saw; empty without "saggar.ensemble/1".
  EnsembleView ensemble() noexcept;

  bool tunes() const noexcept;
  /// none = done; not_supported, out_of_limits (not declared tunable, or out of its range),
  /// unknown_tag (`mv` is not an output of it), not_in_this_mode (the plugin refused: see
  /// last_error). @param mv kNoMv = all elements; other than that only for per-output parameters
  domain::Reason set_parameter(std::string_view key, domain::MvId mv, double value) noexcept;
  domain::Reason tune_start(domain::MvId mv, std::string_view method, double amplitude) noexcept;
  void tune_abort() noexcept;
  saggar_tune_result tune_result() noexcept;
  /// What an estimator declares; empty for a controller. Units, texts and ranges are checked,
  /// names only by declare_virtual_tags.
  std::span<const domain::Tag> virtual_tags() const noexcept;
  std::span<const std::string> finding_causes() const noexcept;
  /// After a step: one sample and sigma per virtual tag, in order. A tag is bad where the plugin
  /// says so, value or sigma is no number, or the value is out of its range; its sigma is then
  /// infinite. @param time_ns of the inputs
  /// @return none, or why nothing was written: plugin_threw; wrong_shape (arrays of another
  ///   length, not all values written, or written outside an array)
  domain::Reason estimate(std::int64_t time_ns, std::span<domain::Sample> samples,
                          std::span<double> sigma) noexcept;
  /// After a step: what stands now, gravest first, at most kMaxFindings; valid until the
  /// next call. One whose cause was not declared is left out.
  std::span<const Finding> findings() noexcept;

  /// Why the plugin last refused restore or a tune function; empty if it does not say.
  std::string last_error() const;

  /// Ends stepping; the instance can be activated again.
  class Configured deactivate() &&;

 private:
  friend class Configured;
  explicit Active(std::unique_ptr<Instance> instance) noexcept;
  std::unique_ptr<Instance> instance_;
};

/// Knows kiln and parameters, does not step yet.
class Configured {
 public:
  Configured(Configured&&) noexcept;
  Configured& operator=(Configured&&) noexcept;
  ~Configured();
  const InstanceSpec& spec() const noexcept;
  domain::Result<Active> activate() &&;

 private:
  friend class Active;
  friend class Created;
  explicit Configured(std::unique_ptr<Instance> instance) noexcept;
  std::unique_ptr<Instance> instance_;
};

/// Made, with its ports and parameters resolved.
class Created {
 public:
  Created(Created&&) noexcept;
  Created& operator=(Created&&) noexcept;
  ~Created();
  const InstanceSpec& spec() const noexcept;
  /// Hands over a model, once. Refuses a plugin that does not offer "saggar.model/1", a model with
  /// numbers that are none, and what the plugin refuses, with its words. @param model not null
  domain::Status give_model(std::shared_ptr<const Model> model);
  /// Hands over a policy package, once. Refuses a plugin that does not offer "saggar.package/1",
  /// and what the plugin refuses, with its words. @param package not null
  domain::Status give_package(std::shared_ptr<const Package> package);
  domain::Result<Configured> configure() &&;

 private:
  friend domain::Result<Created> instantiate(const Library&, const domain::Plant&, InstanceSpec);
  explicit Created(std::unique_ptr<Instance> instance) noexcept;
  std::unique_ptr<Instance> instance_;
};

/// Resolves ports and parameters, then makes an instance. Refuses what the plugin cannot be or
/// drive: role, duty, latency, ports, parameters. Messages name the controller and its library.
/// @param plant must outlive the instance. Thread: main
domain::Result<Created> instantiate(const Library& library, const domain::Plant& plant,
                                    InstanceSpec spec);

}  // namespace saggar::host
