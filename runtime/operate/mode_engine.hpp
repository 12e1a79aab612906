// ModeEngine: who may move each MV now. One mode block per MV after Foundation Fieldbus
// (SC-01..10): what people want (target), what is possible (actual), and exactly one owner.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "runtime/domain/archive.hpp"
#include "runtime/domain/record.hpp"

namespace saggar::operate {

/// Rank of a command source; the higher one wins (SC-07).
enum class Authority : std::uint8_t { automatic, operator_, offline };

/// Exactly one at every step (SC-18).
enum class Owner : std::uint8_t {
  field,        // not driven by the runtime: the local recipe of the furnace controller
  frozen,       // out of service: nobody writes
  person,       // MAN, AUTO
  recipe,       // CAS
  application,  // RCAS
  hold,         // LO, in fault, or asking the field to go remote with its own working value
};
inline constexpr int kOwnerCount = 6;

struct ModeSettings {
  double shed_s = 5;        ///< remote not confirmed for this long: shed; > 0 (SC-04)
  int return_periods = 5;   ///< healthy periods before a return (SC-06)
  double blip_periods = 2;  ///< a shorter loss returns without confirmation (SC-06)
  double take_over_s = 60;  ///< the field must go remote within this after a request
  bool rout_armed = false;  ///< PF-25: locked unless the site arms it
};

struct ModeInputs {
  std::uint64_t cycle = 0;
  std::int64_t time_ns = 0;
  double period_s = 30;        ///< supervisory period
  const domain::Frame& frame;  ///< screened
  bool link_up = false;
  bool heartbeat_ok = false;  ///< the peer's counter is alive (SC-45..48)
  const std::array<domain::AppState, domain::kDutyCount>& applications;
};

/// What may follow a mode as the next target (SC-01), before the permitted mask is looked at.
enum class Step : std::uint8_t {
  yes,
  same,         // it is so already
  never,        // IMAN and LO are never asked for: they are found
  leave_first,  // out of OOS only to MAN or AUTO: a person looks first
};
Step target_step(domain::Mode from, domain::Mode to) noexcept;

/// Thread: control. Real-time: no allocation after construction, O(MVs) per cycle.
class ModeEngine {
 public:
  /// @param plant must outlive the engine
  explicit ModeEngine(const domain::Plant& plant, ModeSettings settings = {});

  /// Asks for a target mode; Reason::none = accepted, effective at the next `update`. The operator
  /// value of a person's mode starts from the working SP, so nothing moves.
  /// Refusals: unknown_tag, mode_not_permitted, no_transition, nothing_to_do, superseded (a higher
  /// authority asked in this cycle, or an automatic request for what a person has taken). CAS and
  /// RCAS are accepted while the working SP cannot be read: the actual mode stays AUTO (SC-03).
  domain::Reason request(domain::MvId mv, domain::Mode target, Authority by) noexcept;
  /// Same verdict, without effect.
  domain::Reason would_accept(domain::MvId mv, domain::Mode target, Authority by) const noexcept;

  /// The operator's value in MAN and AUTO. Refusals: not_in_this_mode, out_of_limits (not finite,
  /// outside the absolute limits), unknown_tag.
  domain::Reason set_value(domain::MvId mv, double value) noexcept;

  /// The operator confirms the return after a shed (SC-06). Refusals: nothing_to_do (not shed),
  /// not_in_this_mode (this MV does not return by itself: ask for a mode), link_lost (not yet
  /// healthy for return_periods).
  domain::Reason confirm_return(domain::MvId mv) noexcept;

  /// Force of a duty: hold puts its CAS and RCAS MVs into LO until lifted.
  void set_hold(domain::Duty duty, bool held) noexcept;
  /// Gives all MVs of a duty back to the field at the next `update`; targets stay. A later request,
  /// or switching the application on, takes them again.
  void release(domain::Duty duty) noexcept;
  /// A person switches the application of a duty on: MVs that were shed from it are meant for it
  /// again.
  void take_again(domain::Duty duty) noexcept;
  /// The guard's read-back fault: IMAN until acknowledged.
  void set_fault(domain::MvId mv, bool faulted) noexcept;
  /// Windup status of the last pass of the guard (SC-10).
  void set_limited(const std::vector<domain::Limited>& limited) noexcept;

  /// Works out actual modes and owners for this cycle.
  void update(const ModeInputs& inputs, domain::Bounded<domain::Event>& events) noexcept;

  const std::vector<domain::ModeBlock>& blocks() const noexcept { return blocks_; }
  Owner owner(domain::MvId mv) const noexcept { return mvs_[mv].owner; }
  /// Where the Ask of this MV must come from: none (release), hold (ask the working value),
  /// operator_ (ask operator_value), recipe, or controller.
  domain::Source source(domain::MvId mv) const noexcept;
  double operator_value(domain::MvId mv) const noexcept { return mvs_[mv].value; }
  /// True after a shed until a person or the return rule takes the MV again.
  bool shed(domain::MvId mv) const noexcept { return mvs_[mv].shed; }
  /// True when the last `update` gave MVs of this duty back to their application, which had ended
  /// with the link: the return of SC-05 and SC-06 needs it again.
  bool wants_application(domain::Duty duty) const noexcept {
    return returned_[static_cast<std::size_t>(duty)];
  }
  std::size_t size() const noexcept { return mvs_.size(); }

  void serialize(domain::Archive& archive);

 private:
  struct MvState {
    double value = 0;                           // operator's, in the MV's unit
    double working = 0;                         // last usable working SP
    std::int64_t asked_ns = 0;                  // when the take-over began
    std::int64_t lost_ns = 0;                   // when the remote path was last seen broken
    std::int64_t healthy_ns = 0;                // since when it has been whole
    domain::Mode retained = domain::Mode::oos;  // target before the shed
    Owner owner = Owner::field;
    Authority asked_by = Authority::automatic;  // highest of this cycle
    bool working_known = false;
    bool readable = false;     // the working SP can be read now
    bool remote = false;       // the field follows us now
    bool comms = false;        // link and heartbeat are alive now
    bool engaged = false;      // the runtime may drive: a request, or the application switched on
    bool established = false;  // the field was seen in remote since engaged
    bool shed = false;
    bool confirmed = false;
    bool fault = false;
    bool blip = false;       // the loss behind the shed was short
    bool fresh = false;      // the take-over began in this cycle
    bool value_set = false;  // the operator gave a value since the mode was asked for
    bool cut = false;        // the link was lost since the application took it
    bool let_go = false;     // its application ended with the link; a shed is still to be decided
  };
  struct Found {
    domain::Mode actual;
    Owner owner;
    domain::Reason why;  // it is not the target
  };

  void observe(std::size_t i, const ModeInputs& in) noexcept;
  void engage(std::size_t i, const ModeInputs& in) noexcept;
  void maybe_shed(std::size_t i, domain::Bounded<domain::Event>& events) noexcept;
  void let_go(std::size_t i, bool ended) noexcept;
  void maybe_return(std::size_t i, const ModeInputs& in) noexcept;
  bool healthy_long(const MvState& s) const noexcept;
  Found find(std::size_t i, const ModeInputs& in) const noexcept;
  Found automatic(std::size_t i, const ModeInputs& in) const noexcept;
  domain::Reason broken(const MvState& s, const ModeInputs& in) const noexcept;
  domain::Reason not_driven(std::size_t i, const ModeInputs& in) const noexcept;

  const domain::Plant& plant_;
  ModeSettings settings_;
  std::vector<domain::ModeBlock> blocks_;
  std::vector<MvState> mvs_;
  std::array<bool, domain::kDutyCount> held_{};
  std::array<bool, domain::kDutyCount> drove_{};     // applications, in the last cycle
  std::array<bool, domain::kDutyCount> returned_{};  // of the last update only
  std::int64_t now_ns_ = 0;
  double period_s_ = 30;
};

}  // namespace saggar::operate
