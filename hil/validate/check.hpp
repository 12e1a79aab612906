// Check: one figure of the model held against one that is known from elsewhere; Checks: all of them
// in order, as a table for people and machines.
#pragma once

#include <deque>
#include <string>
#include <vector>

#include "hil/report/table.hpp"

namespace saggar::validate {

/// Where an expected figure comes from.
struct Origin {
  std::string grade;  ///< code (R, D, M, E) and, for what was read, A to C: "R A"
  std::string source;
  bool fitted = false;  ///< it was used to choose parameters, so agreement proves little
};

/// How far off is stated to be fair: a share of the expected figure, or an amount in its unit.
struct Allowed {
  double amount = 0;
  bool relative = false;
  double half_digit = 0;  ///< half of the last digit that the source prints; never less than that
};
constexpr Allowed percent(double share, double half_digit = 0) noexcept {
  return {share, true, half_digit};
}
constexpr Allowed absolute(double amount) noexcept { return {amount, false, 0}; }

struct Check {
  std::string group, id, what, unit;
  double low = 0, high = 0;  ///< equal: one figure; infinite: no limit on that side
  double got = 0;
  double error = 0, allowed = 0;  ///< both in `error_unit`
  std::string error_unit;
  Origin origin;
  report::Verdict verdict = report::Verdict::none;
  std::string why;  ///< plain words where the comparison fails or proves little

  /// A miss is known and explained: it stays in the table as what it is, but is no surprise.
  Check& known_misfit(const std::string& words);
  /// Not judged, whatever it is.
  Check& only_info(const std::string& words);
  Check& note(const std::string& words);
};

class Checks {
 public:
  /// Title of the checks that follow.
  void group(const std::string& title) { group_ = title; }
  Check& near(const std::string& id, const std::string& what, const std::string& unit,
              double expected, double got, const Allowed& allowed, const Origin& origin);
  Check& within(const std::string& id, const std::string& what, const std::string& unit, double low,
                double high, double got, const Origin& origin);

  const std::deque<Check>& all() const noexcept { return checks_; }
  std::size_t count(report::Verdict verdict) const noexcept;

 private:
  std::string group_;
  std::deque<Check> checks_;  ///< references stay good
};

/// One table per group.
std::vector<report::Table> tables_of(const Checks& checks);
/// How many passed, missed and misfit, in all and of those that were not fitted.
report::Table counts_of(const Checks& checks);
/// What did not pass, with why; no rows if all did.
report::Table not_passed(const Checks& checks);
/// For a terminal: a line each, then why for what is not passed, then the counts.
std::string text_of(const Checks& checks);

}  // namespace saggar::validate
