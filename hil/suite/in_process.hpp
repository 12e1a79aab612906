// InProcess: the whole runtime and a kiln in one thread, in virtual time. What a regression suite
// runs by the thousand; gives the same records as two processes over the wire.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "hil/kiln/kiln.hpp"
#include "hil/line/line.hpp"
#include "runtime/acquire/field_clock.hpp"
#include "runtime/assembly/assembly.hpp"
#include "runtime/record/recorder.hpp"
#include "runtime/record/statistics.hpp"

namespace saggar::suite {

struct InProcessFiles {
  std::filesystem::path site, kiln, plant, recipe, control;
};

/// A kiln near operation on the recipe of a bundle.
/// @param drawn  the plant is drawn by the seed within its uncertainties, not nominal
domain::Result<std::unique_ptr<kiln::Kiln>> make_kiln(const config::Bundle& bundle,
                                                      const std::filesystem::path& plant,
                                                      std::uint64_t seed, bool drawn);

struct InProcessOptions {
  std::uint64_t seed = 1;
  bool drawn = false;  ///< the plant is drawn by the seed within its uncertainties, not nominal
  std::vector<std::filesystem::path> plugin_dirs;
  std::int64_t settle_ns = 0;  ///< of field time, not judged by the statistics
  std::string journal;         ///< file of the journal; empty = hash only
  record::JournalOptions journal_options;
  std::uint64_t snapshot_cycles = 0;  ///< a state into the journal each so many cycles; 0 = none
  std::uint64_t (*allocations)() noexcept = nullptr;
  /// Steps that take longer than their share of a cycle of wall time are late, as in a plant: then
  /// records are not repeatable.
  bool measured_lateness = false;
};

/// Thread: one.
class InProcess {
 public:
  static domain::Result<std::unique_ptr<InProcess>> make(const InProcessFiles& files,
                                                         const InProcessOptions& options);

  /// Frame to runtime, command to kiln, kiln onward by one cycle.
  void cycle() noexcept;
  /// The same without hashing, statistics and journal; for measuring control alone.
  void cycle_unrecorded() noexcept;
  void cycles(std::uint64_t count) noexcept {
    for (std::uint64_t i = 0; i < count; ++i) cycle();
  }

  /// Queues an intent for the next cycle.
  bool offer(const domain::Intent& intent) noexcept { return assembly_->cycle->offer(intent); }
  /// An intent of a person called "suite".
  bool offer(domain::IntentKind kind, domain::Duty duty = domain::Duty::heat,
             domain::MvId mv = domain::kNoMv, double value = 0) noexcept;

  /// Faults of the link and of the field's clock, from now on; those of a former call are over. The
  /// runtime then takes frames as in wall pacing: the newest, or the former one again. Without an
  /// active fault the records are the same bit for bit.
  void schedule_line(std::vector<faults::Fault> events);
  /// Null until faults were scheduled.
  const line::Line* line() const noexcept { return line_.get(); }

  const domain::Record& record() const noexcept { return record_; }
  kiln::Kiln& kiln() noexcept { return *kiln_; }
  assembly::Assembly& assembly() noexcept { return *assembly_; }
  const domain::Plant& plant() const noexcept { return assembly_->bundle.plant; }
  const record::Statistics& statistics() const noexcept { return statistics_; }
  std::string digest() const { return recorder_.digest(); }
  std::uint64_t bytes() const noexcept { return recorder_.bytes(); }

  /// State of plant, line and runtime; a restored one goes on bit for bit (HI-11). One with a line
  /// needs a run with a line (`schedule_line`, of any events).
  std::vector<std::uint8_t> snapshot();
  bool restore(const std::vector<std::uint8_t>& state);

 private:
  InProcess(std::unique_ptr<assembly::Assembly> assembly, std::unique_ptr<kiln::Kiln> kiln,
            std::unique_ptr<record::JournalWriter> journal, const InProcessOptions& options);
  void serialize(domain::Archive& archive);
  void cycle_over_line() noexcept;

  std::unique_ptr<assembly::Assembly> assembly_;
  std::unique_ptr<kiln::Kiln> kiln_;
  std::unique_ptr<record::JournalWriter> journal_;  // may be null
  std::unique_ptr<line::Line> line_;                // may be null
  acquire::FieldClock clock_;                       // with a line only
  domain::Frame read_;                              // likewise: what the kiln shows
  domain::Command sent_;                            // likewise: what the devices get
  std::uint64_t seed_ = 1;
  domain::Record record_;
  domain::Ack ack_;
  record::Recorder recorder_;
  record::Statistics statistics_;
  std::uint64_t snapshot_cycles_ = 0;
  std::uint64_t count_ = 0;
  std::uint64_t intents_ = 0;
};

}  // namespace saggar::suite
