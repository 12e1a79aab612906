// Roster: all configured controllers; asks those that are due and collects their proposals with
// logical execution time: a proposal takes effect exactly `latency` cycles after its inputs.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "plugins/host/instance.hpp"
#include "runtime/control/explained.hpp"
#include "runtime/domain/archive.hpp"
#include "runtime/domain/record.hpp"
#include "runtime/exchange/worker.hpp"
#include "runtime/monitor/watch.hpp"

namespace saggar::control {

/// One configured controller, ready to step.
struct Seat {
  std::string name;
  domain::Duty duty = domain::Duty::heat;
  host::Active active;
  std::uint32_t period_cycles = 1;                ///< >= 1
  std::uint32_t latency_cycles = 0;               ///< 0: inside the cycle; else on a worker
  std::optional<monitor::WatchSettings> watch{};  ///< of its package; nothing: nobody watches it
};

using exchange::Lateness;

struct RosterSettings {
  double cycle_period_s = 1;
  Lateness lateness = Lateness::awaited;
  bool threads = true;  ///< false: deferred steps run at once in the caller; same proposals
  /// Heap allocations of the calling thread so far, or nullptr: not watched. A controller with
  /// latency 0 that allocates loses its seat.
  std::uint64_t (*allocations)() noexcept = nullptr;
  std::vector<int> worker_cpus;  ///< dealt out to the workers in turn; empty = any
};

/// What the controllers may see of this cycle. Vectors are per MV.
struct AskInputs {
  std::uint64_t cycle = 0;
  std::int64_t time_ns = 0;
  bool fresh = false;  ///< inputs are recent enough to compute with; else nobody steps
  const domain::Frame& screened;
  const std::vector<double>& working;
  const std::vector<double>& reference;
  const std::vector<double>& low;
  const std::vector<double>& high;
  const std::vector<domain::Limited>& limited;
  const std::vector<std::uint8_t>& free;
  /// Per MV: whose proposal went on in the last cycle; kNoController = nobody's.
  const std::vector<domain::ControllerId>& owner;
  std::array<bool, domain::kMaxControllers> driving{};  ///< has the seat, or owns an MV
  const domain::Estimate* estimate = nullptr;           ///< nullptr: virtual tags are bad
};

/// Thread: control (`ask`, `serve`), main (the rest). Real-time: no allocation after construction.
class Roster {
 public:
  Roster(const domain::Plant& plant, std::vector<Seat> seats, RosterSettings settings);
  ~Roster();
  Roster(Roster&&) noexcept;

  /// Steps what is due and writes one proposal per controller, the standing one where none is due.
  /// @param facts replay: recorded proposals whose job facts are repeated; else nullptr
  void ask(const AskInputs& in, const std::vector<domain::Proposal>* facts,
           std::vector<domain::Proposal>& out) noexcept;

  /// Carries out restart_controller, tune_start, tune_abort or set_parameter at the controller.
  /// @return none, or why not
  domain::Reason serve(const domain::Intent& intent, const std::vector<domain::ModeBlock>& modes,
                       domain::Bounded<domain::Event>& events) noexcept;

  /// Ends tuning runs that finished or failed, whose MV left MAN and AUTO, or whose controller is
  /// in fault. Once per cycle.
  void watch_tuning(const std::vector<domain::ModeBlock>& modes,
                    domain::Bounded<domain::Event>& events) noexcept;

  /// The controller whose tuning run owns this MV, or kNoController.
  domain::ControllerId tuning(domain::MvId mv) const noexcept;

  /// What the monitors outside of it found of a controller; nullptr: nobody watches it.
  const domain::MonitorReport* watched(domain::ControllerId id) const noexcept;
  /// A person looked at a watched controller: see Watch::pardon.
  void pardon(domain::ControllerId id) noexcept;

  std::size_t size() const noexcept;
  const std::string& name(domain::ControllerId id) const noexcept;
  /// Number of MVs in each controller's proposal, by id.
  std::vector<std::size_t> proposal_sizes() const;
  /// One line per worker that has a processor of its own: pinned, or why not.
  const std::vector<std::string>& worker_lines() const noexcept;
  /// Time spent in steps of the last `ask`, on the calling thread.
  std::int64_t last_ask_ns() const noexcept;

  /// Has all controllers that can say more of this MV do so from their next run on: the tunable
  /// parameter `attribution`, the place of the setpoint from 1. Moves nothing.
  void ask_why(domain::MvId mv) noexcept;

  /// What a controller says of its last step: why it moved this MV, and where it expects the PV to
  /// go. Allocates; only while at rest and no cycle runs. Thread: main.
  /// @param pv kNoTag: no path
  Explained explain(domain::ControllerId id, domain::MvId mv, domain::TagId pv);

  /// No worker is at work.
  bool at_rest() const noexcept;
  /// Waits for running workers. Controllers without the state extension restart from scratch.
  void serialize(domain::Archive& archive);

 private:
  struct Desk;
  void pin_workers();
  void fill(Desk& desk, const AskInputs& in, domain::ControllerId id) noexcept;
  void collect(Desk& desk) noexcept;
  void deliver(Desk& desk, const AskInputs& in, const domain::Proposal* fact) noexcept;
  void submit(Desk& desk, const AskInputs& in, domain::ControllerId id,
              const domain::Proposal* fact) noexcept;
  void step_inline(Desk& desk, const domain::Proposal* fact) noexcept;

  RosterSettings settings_;
  std::vector<std::unique_ptr<Desk>> desks_;
  std::vector<std::string> worker_lines_;
  std::int64_t last_ask_ns_ = 0;
};

}  // namespace saggar::control
