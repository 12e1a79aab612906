// Line: what lies between a kiln and a runtime, in virtual time (HI-23, HI-24).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "hil/faults/schedule.hpp"
#include "hil/line/channel.hpp"
#include "hil/line/gateway_clock.hpp"

namespace saggar::line {

struct Settings {
  std::size_t tags = 0, mvs = 0;
  std::uint64_t seed = 1;
  double lost_s = 5;  ///< without a frame for so long the link is lost (site: watchdog.shed_s)
  Figures figures;
};

/// Carries frames one way and commands the other. All `now_ns` are the plant's time and must not
/// fall; stamps inside messages are the field's clock, which a fault may have set wrong.
/// Thread: one.
class Line : private faults::Target {
 public:
  explicit Line(const Settings& settings);

  /// Puts in a scenario: times count from `now_ns`. What is on the way stays so.
  void schedule(std::vector<faults::Fault> events, std::int64_t now_ns);
  const std::vector<faults::Statement>& fault_statements() const noexcept {
    return faults_.statements();
  }

  /// Faults that are due begin and end; then the frame leaves the kiln. `frame.link_up` is the
  /// kiln's own word.
  void send(const domain::Frame& frame, std::int64_t now_ns);
  /// What the runtime has by now: the newest frame, with `missed` and `received_ns` as its link
  /// would say; or, false, still the former one, with nothing missed.
  bool take(domain::Frame& frame, std::int64_t now_ns);

  /// Stamps are the field's. Goes nowhere while the runtime thinks the link is lost.
  void send(const domain::Command& command, std::int64_t now_ns);
  /// When the next command reaches the devices.
  std::optional<std::int64_t> next_command_ns() const noexcept { return commands_.next_ns(); }
  /// The next command that is there by `now_ns`, its stamps in the plant's time; false: none.
  bool take(domain::Command& command, std::int64_t now_ns);

  /// As the runtime sees it: a frame came within `lost_s`.
  bool link_up() const noexcept { return link_up_; }
  const Counts& frame_counts() const noexcept { return frames_.counts(); }
  const Counts& command_counts() const noexcept { return commands_.counts(); }
  /// Everything, also what is on the way; restores into a line of the same settings.
  void serialize(domain::Archive& archive);

 private:
  std::string begin(const faults::Fault& fault) override;
  void end(const faults::Fault& fault) override;
  void realise();
  Trouble trouble(const char* direction) const noexcept;

  Channel<domain::Frame> frames_;
  Channel<domain::Command> commands_;
  GatewayClock clock_;
  faults::Schedule faults_;
  domain::Frame arriving_, leaving_;
  std::int64_t lost_ns_;
  std::int64_t now_ns_ = 0;
  std::uint64_t last_sequence_ = 0;  ///< newest that the runtime has
  std::int64_t heard_ns_ = -1;       ///< of any frame; -1 = none yet
  bool field_up_ = false;            ///< the kiln's own word in the newest frame
  bool link_up_ = false;
};

}  // namespace saggar::line
