// Trust: how far each governed controller may go with each group of MVs, and the moves that wait
// for a person (SC-80..86). Levels rise one at a time and by two people; they fall by anybody, and
// by themselves.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "runtime/domain/archive.hpp"
#include "runtime/domain/record.hpp"
#include "runtime/domain/trust.hpp"

namespace saggar::operate {

/// Of one governed controller. A controller without settings is not governed: it may do all that
/// the ladder lets it do.
struct TrustSettings {
  struct Group {
    std::string name;
    std::vector<domain::MvId> mvs;
  };
  domain::ControllerId controller = domain::kNoController;
  domain::Level start = domain::Level::shadow;  ///< SC-81; anything else only against a simulator
  std::vector<Group> groups;       ///< 1 to kMaxGroups; every MV of its duty in exactly one
  std::vector<double> band;        ///< per MV of the plant: level narrow, to either side, > 0
  std::vector<double> least_move;  ///< per MV: smaller moves are not worth a card, >= 0
  double card_s = 600;             ///< a card expires after this (SC-84), > 0
  double second_person_s = 28800;  ///< the second must ask within this, > 0
  int sheds = 2;                   ///< seats lost within `sheds_s`: one level down (SC-83), >= 1
  double sheds_s = 86400;
};

struct TrustInputs {
  std::uint64_t cycle = 0;
  std::int64_t time_ns = 0;
  const std::vector<domain::Proposal>& proposals;  ///< by ControllerId
  const std::vector<std::uint16_t>& place;         ///< per MV: its index within its duty
  const std::vector<double>& working;              ///< per MV
  const std::vector<domain::ControllerId>& owner;  ///< per MV, of the last cycle
  const std::vector<std::uint8_t>& free;           ///< per MV: a controller may move it now
};

/// set_level and the answers to moves.
bool is_about_trust(domain::IntentKind kind) noexcept;

/// Thread: control. Real-time: no allocation after construction, O(MVs) per governed controller.
class Trust {
 public:
  /// @throws std::invalid_argument naming what is wrong with the settings
  Trust(std::size_t mvs, std::vector<TrustSettings> settings);

  bool governs(domain::ControllerId controller) const noexcept {
    return find(controller) != nullptr;
  }
  /// It may sit in its ladder: not governed, or trusted with at least one group at `confirm`.
  bool may_drive(domain::ControllerId controller) const noexcept;
  /// It may move this MV: not governed, or its group is at `confirm` or higher.
  bool may_move(domain::ControllerId controller, domain::MvId mv) const noexcept;
  domain::Level level(domain::ControllerId controller, domain::MvId mv) const noexcept;
  /// What of its proposal goes on to the guard, where it may move the MV: what was confirmed, the
  /// value inside the narrow band about the reference, or all of it.
  double granted(domain::ControllerId controller, domain::MvId mv, double proposal,
                 double reference) const noexcept;

  /// Carries out set_level, accept_move, modify_move or reject_move. second_person: noted, the
  /// level rises when another person asks the same.
  domain::Reason serve(const domain::Intent& intent, std::uint64_t cycle, std::int64_t time_ns,
                       domain::Bounded<domain::Event>& events) noexcept;

  /// Once per cycle, after the proposals: cards come, expire or are withdrawn.
  void update(const TrustInputs& in, domain::Bounded<domain::Event>& events) noexcept;

  /// A governed controller lost its seat. What was severe takes all its groups down to `advise`,
  /// a second time within a day one level down; what is not its doing counts for nothing.
  void lost_seat(domain::ControllerId controller, domain::Reason why, std::uint64_t cycle,
                 std::int64_t time_ns, domain::Bounded<domain::Event>& events) noexcept;
  /// All its groups at most at `ceiling`: drift, or something about the plant changed (LC-23).
  void demote(domain::ControllerId controller, domain::Level ceiling, domain::Reason why,
              std::uint64_t cycle, domain::Bounded<domain::Event>& events) noexcept;

  /// Level of one row before the first cycle, in place of `start`. No effect on a row that is not.
  void begin(std::size_t row, domain::Level level, domain::Reason why) noexcept {
    if (row >= reports_.size()) return;
    reports_[row].level = level;
    reports_[row].reason = why;
  }

  /// All its groups at least one level below the highest of them: something went wrong slowly.
  void demote_one(domain::ControllerId controller, domain::Reason why, std::uint64_t cycle,
                  domain::Bounded<domain::Event>& events) noexcept;

  /// Rows of all governed controllers, group after group; constant order.
  const std::vector<domain::TrustReport>& reports() const noexcept { return reports_; }
  /// The value that a waiting card offers for this MV; NaN where none does.
  double offered(domain::ControllerId controller, domain::MvId mv) const noexcept;
  /// Group by name, "" = any; kMaxGroups where there is none.
  std::size_t group(domain::ControllerId controller, std::string_view name) const noexcept;

  void serialize(domain::Archive& archive);

 private:
  static constexpr std::uint8_t kNoGroup = 0xFF;
  static constexpr std::size_t kMostSheds = 8;
  /// A first signature that waits for the second.
  struct Wish {
    domain::FixedText<32> who;
    domain::Level level = domain::Level::shadow;
    std::int64_t time_ns = 0;
    std::uint8_t stands = 0;
  };
  struct Charge {
    TrustSettings settings;
    std::size_t first = 0;  // of its reports
    std::vector<std::uint8_t> group_of;
    std::vector<double> confirmed, offered;  // NaN: none
    std::array<std::int64_t, domain::kMaxGroups> quiet_until_ns{}, expires_ns{};
    std::array<std::uint8_t, domain::kMaxGroups> modified{};
    std::array<Wish, domain::kMaxGroups> wishes{};
    std::array<std::int64_t, kMostSheds> sheds_ns{};
    std::uint32_t shed_count = 0;
    std::uint64_t cards = 0;
  };

  const Charge* find(domain::ControllerId controller) const noexcept;
  Charge* find(domain::ControllerId controller) noexcept;
  domain::Reason set_level(Charge& c, std::size_t group, const domain::Intent& intent,
                           std::uint64_t cycle, std::int64_t time_ns,
                           domain::Bounded<domain::Event>& events) noexcept;
  domain::Reason would_set(Charge& c, std::size_t group, domain::Level to,
                           const domain::Intent& intent, std::int64_t time_ns) noexcept;
  domain::Reason answer(Charge& c, std::size_t group, const domain::Intent& intent,
                        std::int64_t time_ns, domain::Bounded<domain::Event>& events) noexcept;
  void close(Charge& c, std::size_t group, domain::MoveAnswer how,
             domain::Bounded<domain::Event>& events) noexcept;
  void change(Charge& c, std::size_t group, domain::Level to, domain::Reason why,
              std::uint64_t cycle, domain::Bounded<domain::Event>& events) noexcept;
  void follow(Charge& c, const TrustInputs& in) noexcept;
  void deal(Charge& c, std::size_t group, const TrustInputs& in,
            domain::Bounded<domain::Event>& events) noexcept;
  bool worth(const Charge& c, std::size_t group, const TrustInputs& in,
             const domain::Proposal& proposal) const noexcept;

  std::vector<Charge> charges_;
  std::vector<domain::TrustReport> reports_;
};

}  // namespace saggar::operate
