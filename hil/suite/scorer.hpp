// Scorer: watches a run cycle by cycle and makes its key figures.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "hil/kiln/kiln.hpp"
#include "hil/suite/kpi.hpp"
#include "runtime/domain/record.hpp"

namespace saggar::suite {

/// Thread: one. Costs about a microsecond per cycle and some hundred per look at the truth.
class Scorer {
 public:
  /// @param plant, kiln  must outlive this; the run starts now
  /// @param rungs  names of the rungs of each ladder, best first
  Scorer(const domain::Plant& plant, const kiln::Kiln& kiln,
         const std::array<std::vector<std::string>, domain::kDutyCount>& rungs,
         const KpiRules& rules = {});

  /// After every cycle. The plant has gone on since the record was made: truth is of now.
  void add(const domain::Record& record);
  /// Of what was added after the warm-up.
  Kpi kpi() const;
  const KpiRules& rules() const noexcept { return rules_; }

 private:
  void begin();
  void look(const domain::Record& record);
  void count(const domain::Record& record);
  void watch_limits(double dt_s);
  void sense(const domain::Record& record);
  void track(const domain::Record& record, double dt_s);
  void attend(const domain::Record& record, double dt_s);
  void follow_columns(double dt_s, bool judged);
  void judge_bed(std::size_t bed, std::size_t zone, bool settled, LotKpi& lot);
  void take_exits(bool judged);
  void follow_power();
  std::size_t zone_at(double position_m) const noexcept;

  const domain::Plant& plant_;
  const kiln::Kiln& kiln_;
  KpiRules rules_;
  Kpi kpi_;
  std::vector<double> target_degC_;    ///< per zone, recipe
  std::vector<Travel> travel_;         ///< per MV
  std::vector<std::uint64_t> writes_;  ///< per MV
  std::vector<Tracking> tracking_;     ///< per MV; of heat only
  std::array<std::vector<std::uint64_t>, domain::kDutyCount> on_rung_;
  /// One bed on its way; rows are found by the number of its column.
  struct Trip {
    std::uint64_t column = 0;
    double soaked_s = 0;
    bool was_wet = false, dried = false;
  };
  std::vector<Trip> trips_;
  double start_s_ = 0, next_s_ = 0, last_s_ = 0;
  bool judging_ = false;
  kiln::Ledger from_;
  std::uint64_t exits_ = 0, cycles_ = 0, steps_ = 0, sensors_ = 0, sensors_within_ = 0;
  double sensor_abs_K_ = 0, spent_us_ = 0;
  double quarter_J_ = 0, quarter_s_ = 0;
  std::vector<std::uint32_t> step_us_;  ///< of steps, by microsecond, for the percentile
};

}  // namespace saggar::suite
