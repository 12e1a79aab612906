// Estimators: all configured estimators; steps those that are due and fills the Estimate with
// logical execution time: values take effect exactly `latency` cycles after their inputs.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "plugins/host/instance.hpp"
#include "runtime/domain/archive.hpp"
#include "runtime/domain/record.hpp"
#include "runtime/exchange/worker.hpp"

namespace saggar::estimate {

/// One configured estimator, ready to step.
struct EstimatorSeat {
  std::string name;
  host::Active active;
  std::uint32_t period_cycles = 1;   ///< >= 1
  std::uint32_t latency_cycles = 0;  ///< 0: inside the cycle; else on a worker
  std::size_t first_tag = 0;         ///< its first entry of the Estimate
};

struct EstimatorSettings {
  double cycle_period_s = 1;
  exchange::Lateness lateness = exchange::Lateness::awaited;
  bool threads = true;  ///< false: deferred steps run at once in the caller; same estimates
  /// Heap allocations of the calling thread so far, or nullptr: not watched.
  std::uint64_t (*allocations)() noexcept = nullptr;
  std::uint16_t first_id = 0;  ///< of the first estimator in events and intents
};

/// What the estimators see of this cycle.
struct EstimateInputs {
  std::uint64_t cycle = 0;
  bool fresh = false;  ///< inputs are recent enough to compute with; else nobody steps
  const domain::Frame& screened;
};

/// An estimate stands until the next takes effect, and one period longer when that is late; then
/// its tags are bad. Values that are bad keep their last number for the screen. A fault makes all
/// tags of that estimator bad until a person restarts it.
/// Thread: control (`estimate`, `restart`), main (the rest). Real-time: no allocation after
/// construction.
class Estimators {
 public:
  Estimators();  ///< none
  Estimators(std::vector<EstimatorSeat> seats, EstimatorSettings settings);
  ~Estimators();
  Estimators(Estimators&&) noexcept;

  /// Steps what is due, in the order of the configuration: an estimator sees the virtual tags of
  /// those before it as of this cycle. Writes their entries of `out` and one report each.
  /// @param facts replay: recorded reports whose job facts are repeated; else nullptr
  void estimate(const EstimateInputs& in, const std::vector<domain::EstimatorReport>* facts,
                domain::Estimate& out, std::vector<domain::EstimatorReport>& reports,
                domain::Bounded<domain::Event>& events) noexcept;

  /// Carries out restart_controller. @return none, or why not
  domain::Reason restart(std::size_t estimator) noexcept;

  std::size_t size() const noexcept;
  /// Virtual tags of all together.
  std::size_t tags() const noexcept;
  /// Keeps each worker on one of these processors, dealt out in turn. One line per worker.
  std::vector<std::string> pin(const std::vector<int>& cpus);
  /// Time spent in the last `estimate`, on the calling thread.
  std::int64_t last_ns() const noexcept { return last_ns_; }

  /// No worker is at work.
  bool at_rest() const noexcept;
  /// Waits for running workers. One without the state extension comes back in fault.
  void serialize(domain::Archive& archive);

 private:
  struct Desk;
  void collect(Desk& desk) noexcept;
  void deliver(Desk& desk, const EstimateInputs& in, const domain::EstimatorReport* fact) noexcept;
  void submit(Desk& desk, const EstimateInputs& in, const domain::EstimatorReport* fact,
              const domain::Estimate& others) noexcept;
  void step_inline(Desk& desk, const EstimateInputs& in,
                   const domain::EstimatorReport* fact) noexcept;
  void take(Desk& desk, const EstimateInputs& in) noexcept;
  void tell(Desk& desk, std::uint16_t id, domain::Bounded<domain::Event>& events) noexcept;

  EstimatorSettings settings_;
  std::vector<std::unique_ptr<Desk>> desks_;
  std::int64_t last_ns_ = 0;
};

}  // namespace saggar::estimate
