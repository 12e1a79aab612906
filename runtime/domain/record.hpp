// Record: all that one cycle saw, decided and did. Sized once; the control thread writes it in
// place, everybody else reads it afterwards.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "runtime/domain/event.hpp"
#include "runtime/domain/frame.hpp"
#include "runtime/domain/intent.hpp"
#include "runtime/domain/monitor.hpp"
#include "runtime/domain/proposal.hpp"
#include "runtime/domain/trust.hpp"

namespace saggar::domain {

/// A vector with a fixed capacity: never allocates after construction, counts what did not fit.
template <class T>
class Bounded {
 public:
  explicit Bounded(std::size_t capacity = 0) : items_(capacity) {}
  bool push(const T& item) noexcept {
    if (size_ == items_.size()) {
      ++lost_;
      return false;
    }
    items_[size_++] = item;
    return true;
  }
  void clear() noexcept { size_ = 0, lost_ = 0; }
  std::size_t size() const noexcept { return size_; }
  std::size_t capacity() const noexcept { return items_.size(); }
  bool empty() const noexcept { return size_ == 0; }
  std::uint32_t lost() const noexcept { return lost_; }
  /// Adds items that were lost elsewhere: before a copy, or in a record that is read back.
  void count_lost(std::uint32_t n) noexcept { lost_ += n; }
  const T& operator[](std::size_t i) const noexcept { return items_[i]; }
  T& operator[](std::size_t i) noexcept { return items_[i]; }
  const T* begin() const noexcept { return items_.data(); }
  const T* end() const noexcept { return items_.data() + size_; }

 private:
  std::vector<T> items_;
  std::size_t size_ = 0;
  std::uint32_t lost_ = 0;
};

/// The nine gates of the write path (SC-25..33).
enum class Gate : std::uint8_t {
  g1_form,
  g2_age,
  g3_authority,
  g4_absolute,
  g5_rate,
  g6_direction,
  g7_cross,
  g8_predictive,
  g9_readback
};
inline constexpr std::size_t kGateCount = 9;
std::string_view name(Gate gate) noexcept;

enum class Outcome : std::uint8_t { pass, clip, reject };
inline constexpr std::size_t kOutcomeCount = 3;

/// What a gate did to one MV; passes are only counted.
struct GuardAction {
  MvId mv = kNoMv;
  Gate gate{};
  Outcome outcome{};
  Reason limit = Reason::none;
  double before = 0;
  double after = 0;
};

/// Counts of this cycle: [gate][outcome].
using GateCounts = std::array<std::array<std::uint32_t, kOutcomeCount>, kGateCount>;

/// Where the time of one cycle went. Not part of the hash: it depends on the machine.
struct Timing {
  std::int64_t start_ns = 0;  ///< monotonic
  std::int64_t late_ns = 0;   ///< start after the planned start (wall pacing)
  std::int64_t duration_ns = 0;
  std::int64_t controllers_ns = 0;
  std::int64_t frame_age_ns = 0;  ///< receive to start
};

struct Record {
  static constexpr std::size_t kMaxIntents = 8;
  static constexpr std::size_t kMinEvents = 128;  ///< what the first journals had room for
  /// Room for the worst cycle, in which every tag, every MV's mode, read-back, guard and fault and
  /// every ladder speak at once: the important cycles are the ones with many events.
  static constexpr std::size_t event_room(std::size_t tags, std::size_t mvs) noexcept {
    const std::size_t room = tags + 4 * mvs + 64;
    return room < kMinEvents ? kMinEvents : room;
  }

  Record() = default;
  /// @param proposal_sizes number of MVs of each configured controller's duty
  Record(const Plant& plant, std::size_t virtual_tags,
         const std::vector<std::size_t>& proposal_sizes, std::size_t estimator_count = 0,
         std::size_t trust_rows = 0, std::size_t monitor_rows = 0);

  std::uint64_t cycle = 0;   ///< from 1
  std::int64_t time_ns = 0;  ///< cycle time in the field's time
  Frame frame;               ///< as received (also what replay feeds back)
  Frame screened;            ///< after screening; what the controllers saw
  Estimate estimate;
  std::vector<EstimatorReport> estimators;  ///< per estimator
  Bounded<Intent> intents{kMaxIntents};     ///< applied at the start of this cycle
  Bounded<IntentAnswer> answers{kMaxIntents};
  std::vector<ModeBlock> modes;  ///< per MV
  std::array<AppState, kDutyCount> applications{};
  std::vector<Proposal> proposals;  ///< per controller
  std::array<DutyDecision, kDutyCount> decisions{};
  std::vector<TrustReport> trust;       ///< per governed controller, group after group
  std::vector<MonitorReport> monitors;  ///< per watched controller
  std::vector<double> recipe;           ///< working recipe value per MV
  Request request;
  Bounded<GuardAction> guard_actions;
  GateCounts gates{};
  Command command;
  Bounded<Event> events{kMinEvents};
  Timing timing;
};

}  // namespace saggar::domain
