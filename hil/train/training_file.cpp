#include "hil/train/training_file.hpp"

#include <algorithm>
#include <cmath>

#include "runtime/config/date.hpp"

namespace saggar::train {
namespace {

bool is_multiple(double of, double unit) {
  const double n = of / unit;
  return std::fabs(n - std::round(n)) <= 1e-6;
}

template <class Row>
void check_range(const std::vector<Row>& rows, const char* key, config::Checks& checks) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].first <= rows[i].last) continue;
    checks.complain(key + std::string("[") + std::to_string(i) + "].last",
                    "is before `first`; the same or more would be right");
  }
}

}  // namespace

void TrainingFile::check(config::Checks& checks) const {
  if (name.empty() || name.find_first_of("/ \t\n") != std::string::npos) {
    checks.complain("name", "is one word without slash or blank: a folder is named after it");
  }
  for (const auto& [key, day] :
       {std::pair{"released", &released}, std::pair{"expires", &expires}}) {
    if (!config::is_date(*day)) {
      checks.complain(key, "\"" + *day + "\" is no day; right is YYYY-MM-DD");
    }
  }
  check_range(features, "feature", checks);
  check_range(outputs, "output", checks);
  check_range(predictions, "prediction", checks);
  for (std::size_t i = 0; i < features.size(); ++i) {
    const std::string key = "feature[" + std::to_string(i) + "].lags_s";
    double last = -1;
    for (const double lag : features[i].lags_s) {
      if (!is_multiple(lag, period_s) || lag <= last) {
        checks.complain(key, "must rise, each a multiple of period_s");
        break;
      }
      last = lag;
    }
  }
  if (std::max(finetune.first, finetune.hottest_first) > finetune.last) {
    checks.complain("finetune.last",
                    "is before `first` or `hottest_first`; the same or more would be right");
  }
  // A place that is where it should be counts this much: less can only be had by being colder.
  const double at_reference =
      0.5 * std::erfc(finetune.hottest_K / (std::sqrt(2.0) * finetune.hottest_truth_K));
  if (finetune.method != FinetuneMethod::none && at_reference > finetune.hot_share) {
    checks.complain("finetune.hot_share",
                    "is below the " + std::to_string(at_reference) +
                        " that counts as too hot with every place at its reference, by hottest_K "
                        "and hottest_truth_K; more than that would be right");
  }
  if (config::is_date(released) && config::is_date(expires) && expires < released) {
    checks.complain("expires", "is before `released`; a later day would be right");
  }
  for (std::size_t i = 0; i < predictions.size(); ++i) {
    if (is_multiple(predictions[i].horizon_s, period_s)) continue;
    checks.complain("prediction[" + std::to_string(i) + "].horizon_s",
                    "is no multiple of period_s; one would be right");
  }
}

}  // namespace saggar::train
