#include "hil/train/examples.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace saggar::train {
namespace {

constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();
constexpr double kLeastScale = 0.1;

struct Seen {
  double sum = 0, squares = 0, low = 1e300, high = -1e300;
  std::size_t count = 0;

  void add(double v) {
    if (!std::isfinite(v)) return;
    sum += v;
    squares += v * v;
    low = std::min(low, v);
    high = std::max(high, v);
    ++count;
  }
  double mean() const { return count > 0 ? sum / static_cast<double>(count) : 0; }
  double scale() const {
    if (count == 0) return 1;
    const double m = mean();
    const double v = squares / static_cast<double>(count) - m * m;
    return std::max(kLeastScale, std::sqrt(std::max(v, 0.0)));
  }
};

Seen seen_in(const std::vector<Dataset>& runs, std::vector<float> Dataset::*column,
             std::size_t width, std::size_t k) {
  Seen seen;
  for (const Dataset& run : runs) {
    const std::vector<float>& v = run.*column;
    for (std::size_t i = k; i < v.size(); i += width) seen.add(static_cast<double>(v[i]));
  }
  return seen;
}

class Maker {
 public:
  Maker(const Signals& signals, double period_s) : signals_(signals) {
    for (const config::PolicyFeature& f : signals.features) {
      lags_.emplace_back();
      for (const double lag : f.lags_s) {
        lags_.back().push_back(static_cast<std::size_t>(std::lround(lag / period_s)));
        longest_ = std::max(longest_, lags_.back().back());
        ++width_;
      }
    }
    for (const config::PolicyPrediction& p : signals.predictions) {
      ahead_.push_back(static_cast<std::size_t>(std::lround(p.horizon_s / period_s)));
    }
  }

  void add(const Dataset& run, Examples& to, std::size_t& left_out) {
    to.x.width = width_;
    to.y.width = run.outputs + run.foretold;
    const std::size_t before = to.x.rows;
    for (std::size_t row = longest_; row < run.size(); ++row) {
      if (!inputs(run, row) || !targets(run, row)) {
        ++left_out;
        continue;
      }
      to.x.at.insert(to.x.at.end(), x_.begin(), x_.end());
      to.y.at.insert(to.y.at.end(), y_.begin(), y_.end());
      ++to.x.rows;
      ++to.y.rows;
    }
    to.run_rows.push_back(to.x.rows - before);
  }

 private:
  bool inputs(const Dataset& run, std::size_t row) {
    x_.clear();
    for (std::size_t f = 0; f < lags_.size(); ++f) {
      const config::PolicyFeature& feature = signals_.features[f];
      for (const std::size_t lag : lags_[f]) {
        const float v = run.value[(row - lag) * run.features + f];
        if (!std::isfinite(v)) return false;
        x_.push_back(static_cast<float>((static_cast<double>(v) - feature.mean) / feature.scale));
      }
    }
    return true;
  }

  bool targets(const Dataset& run, std::size_t row) {
    y_.clear();
    for (std::size_t k = 0; k < run.outputs; ++k) {
      const float trim = run.label[row * run.outputs + k];
      if (!std::isfinite(trim)) return false;
      const double share = static_cast<double>(trim) / signals_.outputs[k].trim;
      y_.push_back(static_cast<float>(std::clamp(share, -1.0, 1.0)));
    }
    for (std::size_t k = 0; k < run.foretold; ++k) {
      const config::PolicyPrediction& p = signals_.predictions[k];
      const std::size_t then = row + ahead_[k];
      const float v = then < run.size() ? run.later[then * run.foretold + k] : kNaN;
      y_.push_back(static_cast<float>((static_cast<double>(v) - p.mean) / p.scale));
    }
    return true;
  }

  const Signals& signals_;
  std::vector<std::vector<std::size_t>> lags_;
  std::vector<std::size_t> ahead_;
  std::size_t width_ = 0, longest_ = 0;
  std::vector<float> x_, y_;
};

}  // namespace

double short_number(double v) {
  if (v == 0 || !std::isfinite(v)) return 0;
  const double unit = std::pow(10.0, std::floor(std::log10(std::fabs(v))) - 5);
  return std::round(v / unit) * unit;
}

void find_scales(const std::vector<Dataset>& runs, double widen, Signals& signals) {
  for (std::size_t k = 0; k < signals.features.size(); ++k) {
    const Seen seen = seen_in(runs, &Dataset::value, signals.features.size(), k);
    config::PolicyFeature& f = signals.features[k];
    f.mean = short_number(seen.mean());
    f.scale = short_number(seen.scale());
    const double more = std::max(widen * (seen.high - seen.low), signals.margin[k]);
    f.low = short_number(seen.low - more);
    f.high = short_number(seen.high + more);
  }
  for (std::size_t k = 0; k < signals.predictions.size(); ++k) {
    const Seen seen = seen_in(runs, &Dataset::later, signals.predictions.size(), k);
    signals.predictions[k].mean = short_number(seen.mean());
    signals.predictions[k].scale = short_number(seen.scale());
  }
}

bool held_out(std::size_t run, std::size_t runs, double share) {
  if (runs < 2) return false;
  const auto wanted = static_cast<std::size_t>(std::ceil(share * static_cast<double>(runs)));
  const std::size_t held = std::clamp<std::size_t>(wanted, 1, runs - 1);
  // Spread evenly: a run is held out where the count so far falls behind.
  return (run + 1) * held / runs > run * held / runs;
}

Split make_examples(const std::vector<Dataset>& runs, const Signals& signals, double period_s,
                    double share) {
  Split split;
  Maker maker(signals, period_s);
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const bool out = held_out(i, runs.size(), share);
    maker.add(runs[i], out ? split.held_out : split.learn, split.rows_left_out);
    ++(out ? split.runs_held_out : split.runs);
  }
  return split;
}

}  // namespace saggar::train
