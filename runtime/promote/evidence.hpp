// Evidence: what a journal holds for and against one controller with one group of MVs, since it has
// the level that it has (SC-82).
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "runtime/domain/record.hpp"
#include "runtime/promote/scene.hpp"

namespace saggar::promote {

/// Why counting began anew.
enum class Begun : std::uint8_t { journal, level, controller, plant };

/// A move that a person refused, with the reason given (SC-85).
struct Rejection {
  std::uint64_t cycle = 0;
  std::int64_t time_ns = 0;
  std::uint64_t card = 0;
  std::string who, reason;
};

/// The level was taken down, or given up by a person.
struct Fall {
  std::uint64_t cycle = 0;
  std::int64_t time_ns = 0;
  domain::Level from{}, to{};
  domain::Reason why{};
};

/// All since `begun`.
struct Tally {
  domain::Level level = domain::Level::shadow;
  Begun begun = Begun::journal;
  std::int64_t from_ns = 0, to_ns = 0;
  double held_s = 0;      ///< records that follow one another, at this level
  double proposed_s = 0;  ///< of them, with a proposal that could be used
  double moved_s = 0;     ///< of them, in which it moved the whole group
  double touched_s = 0;   ///< of them, in which it moved any MV of the group
  // predictions, as the monitors judged them
  std::uint64_t periods = 0, inside = 0;
  double week_coverage = std::numeric_limits<double>::quiet_NaN();  ///< latest, of 7 days
  bool monitored = false;
  // moves that waited for a person
  std::uint32_t accepted = 0, modified = 0, rejected = 0, expired = 0;
  std::uint32_t undone = 0;       ///< of the accepted
  std::uint32_t severe = 0;       ///< faults of the controller; trips while it moved any of it
  std::uint32_t sheds = 0;        ///< seats that it lost, but not to people
  double harm_s = 0;              ///< a limit passed or a trip standing while it moved any of it
  double blind_s = 0;             ///< of `touched_s`, without a limit that could be looked at
  std::uint32_t lots = 0;         ///< completed
  bool lots_known = false;        ///< the tag is there and was good
  std::uint32_t lost_events = 0;  ///< that did not fit a record: counts may be too small

  std::uint32_t shown() const noexcept { return accepted + modified + rejected + expired; }
  std::uint32_t decided() const noexcept { return accepted + modified + rejected; }
};

struct EvidenceRules {
  double undo_s = 1800;
  std::string lot_tag;  ///< empty: lots are not known
};

class Evidence {
 public:
  Evidence(std::string controller, std::string group, EvidenceRules rules);

  /// The next record, in order of time. A scene without this row changes nothing.
  /// @param dt_s since the record before; 0 where some are missing
  /// @return counting began anew: the level is another
  bool note(const Scene& scene, const domain::Record& record, double dt_s);
  /// Counting begins anew with the next record: the controller or the plant is another.
  void forget(Begun why);

  const std::string& controller() const noexcept { return controller_; }
  const std::string& group() const noexcept { return group_; }
  bool seen() const noexcept { return seen_; }  ///< in at least one record
  const Tally& tally() const noexcept { return tally_; }
  /// Of all records, whatever began anew.
  const std::vector<Fall>& falls() const noexcept { return falls_; }
  const std::vector<Rejection>& rejections() const noexcept { return rejections_; }

 private:
  void begin(const domain::Record& record, domain::Level level, Begun why);
  void note_time(const Scene& scene, const domain::Record& record, double dt_s);
  void note_harm(const Scene& scene, const domain::Record& record, double dt_s);
  void note_monitor(const domain::Record& record);
  void note_events(const domain::Record& record);
  void note_seat(const Scene& scene, const domain::Record& record, bool counts);
  void note_answer(const domain::Record& record, const domain::Event& event);
  void note_undo(const Scene& scene, const domain::Record& record);
  void note_lots(const Scene& scene, const domain::Record& record);

  std::string controller_, group_;
  EvidenceRules rules_;
  Tally tally_;
  std::vector<Fall> falls_;
  std::vector<Rejection> rejections_;
  std::vector<std::int64_t> made_ns_;  // accepted moves that a person may still undo
  const Scene::Row* row_ = nullptr;    // of the present record
  std::size_t row_index_ = 0;
  domain::ControllerId id_ = domain::kNoController;
  bool seen_ = false, anew_ = true, trips_stood_ = false, has_lot_ = false, seated_ = false;
  Begun why_anew_ = Begun::journal;
  std::uint64_t last_periods_ = 0;
  double lot_ = 0;
};

}  // namespace saggar::promote
