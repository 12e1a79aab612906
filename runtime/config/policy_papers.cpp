#include "runtime/config/policy_papers.hpp"

#include "runtime/config/date.hpp"
#include "runtime/config/number_text.hpp"

namespace saggar::config {
namespace {

void check_days(Checks& checks, const std::string& first, const std::string& from,
                const std::string& last, const std::string& to) {
  if (!is_date(from) && checks.sound(first)) {
    return checks.complain(first, "found '" + from + "', right is a date, YYYY-MM-DD");
  }
  if (!is_date(to) && checks.sound(last)) {
    return checks.complain(last, "found '" + to + "', right is a date, YYYY-MM-DD");
  }
  if (from > to && checks.sound(last)) {
    checks.complain(last, "found " + to + ", which is before the first day, " + from);
  }
}

}  // namespace

void PolicyDomain::check(Checks& checks) const {
  const std::size_t n = mean.size(), right = n * (n + 1) / 2;
  if (!checks.sound("mean") || !checks.sound("cholesky")) return;
  if (cholesky.size() != right) {
    checks.complain("cholesky", "found " + std::to_string(cholesky.size()) + " numbers, right is " +
                                    std::to_string(right) +
                                    ", n (n + 1) / 2 of n = " + std::to_string(n));
    return;
  }
  for (std::size_t row = 0; row < n; ++row) {
    const double diagonal = cholesky[row * (row + 3) / 2];
    if (diagonal > 0) continue;
    checks.complain("cholesky", "its diagonal has " + plain(diagonal) + " in row " +
                                    std::to_string(row + 1) + ", all of it must be above 0");
    return;
  }
}

void PolicyCard::check(Checks& checks) const {
  check_days(checks, "data_from", data_from, "data_to", data_to);
  for (std::size_t i = 0; i < metrics.size(); ++i) {
    const std::string path = "metric[" + std::to_string(i) + "]";
    if (!checks.sound(path) ||
        (metrics[i].low <= metrics[i].value && metrics[i].value <= metrics[i].high)) {
      continue;
    }
    checks.complain(path + ".value", "found " + plain(metrics[i].value) + ", its interval is " +
                                         plain(metrics[i].low) + " to " + plain(metrics[i].high));
  }
}

void PolicyDataSheet::check(Checks& checks) const {
  for (std::size_t i = 0; i < sources.size(); ++i) {
    const std::string path = "source[" + std::to_string(i) + "].";
    check_days(checks, path + "from", sources[i].from, path + "to", sources[i].to);
  }
}

}  // namespace saggar::config
