// Watch: looks in the records of a run for what its scenario expects.
#pragma once

#include <string>
#include <vector>

#include "hil/scenario/scenario.hpp"
#include "hil/suite/result.hpp"
#include "runtime/domain/record.hpp"
#include "runtime/record/layout.hpp"

namespace saggar::suite {

/// Thread: one. Costs less than a microsecond per cycle in which nothing happens.
class Watch {
 public:
  /// @param names  must outlive this
  Watch(const scenario::Scenario& story, const record::Names& names);

  /// @param time_s  of the frame of the record since the start of the run
  void add(const domain::Record& record, double time_s);
  /// One check per expectation, in their order; those of a refusal to start count as not seen.
  std::vector<Check> checks() const;
  /// Moves of the ladders so far.
  const std::vector<LadderMove>& moves() const noexcept { return moves_; }
  /// The first kMostAlarms of the events that tell an operator what to do.
  const std::vector<AlarmMark>& alarms() const noexcept { return alarms_; }
  static constexpr std::size_t kMostAlarms = 200;

 private:
  struct Sought {
    scenario::Expectation what;
    std::uint64_t seen = 0, looked = 0;
    double first_s = -1;
    std::string other;  ///< what was there instead, the first time
  };
  bool in_time(const Sought& sought, double time_s) const noexcept;
  std::uint64_t count(Sought& sought, const domain::Record& record) const;
  std::uint64_t events(const Sought& sought, const domain::Record& record) const;
  std::uint64_t answers(const Sought& sought, const domain::Record& record) const;
  std::uint64_t modes(const Sought& sought, const domain::Record& record) const;
  std::uint64_t gates(const Sought& sought, const domain::Record& record) const;
  std::string rung_name(std::size_t duty, std::uint8_t rung) const;
  void note_alarms(const domain::Record& record, double time_s);
  void follow_ladders(const domain::Record& record, double time_s);

  const record::Names& names_;
  std::vector<Sought> sought_;
  std::vector<LadderMove> moves_;
  std::vector<AlarmMark> alarms_;
  std::array<std::uint8_t, domain::kDutyCount> rung_{0xFF, 0xFF, 0xFF};
  std::array<domain::AppState, domain::kDutyCount> was_{}, is_{};
  std::vector<domain::Mode> modes_;  ///< actual, of the record before
};

/// What an expectation asks for, in words: "heat: rung pid, reason late, after 600 s".
std::string text(const scenario::Expectation& expectation);

}  // namespace saggar::suite
