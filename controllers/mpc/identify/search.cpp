#include "controllers/mpc/identify/search.hpp"

#include <algorithm>
#include <cmath>

namespace saggar::identify {
namespace {

constexpr int kSweeps = 4;
constexpr double kAsGood = 1.02;  // a larger order must be better than this to be worth it
constexpr double kChi95 = 3.84;   // 95 % of chi-square with one degree of freedom

/// Follows one fit from sample to sample with its own outputs in the place of measured ones.
class FreeRun {
 public:
  FreeRun(const Regressors& data, const Fit& fit, int order)
      : data_(data), fit_(fit), order_(order) {}

  /// Value at row `r`: lags that this object foretold itself come from it, older ones are measured.
  double next(Eigen::Index r) {
    double y = 0;
    for (std::size_t i = 0; i < fit_.columns.size(); ++i) {
      const auto k = static_cast<std::size_t>(i);
      const double measured = data_.matrix()(r, fit_.columns[i]);
      const bool own = static_cast<int>(i) < order_ && k < past_.size();
      y +=
          fit_.theta(static_cast<Eigen::Index>(i)) * (own ? past_[past_.size() - 1 - k] : measured);
    }
    past_.push_back(y);
    return y;
  }

 private:
  const Regressors& data_;
  const Fit& fit_;
  int order_;
  std::vector<double> past_;
};

/// Calls `take(measured, foretold)` for each step of runs that begin at row `r`, while the samples
/// follow one another, at most `count` steps, and while `inside(row)`.
template <class Inside, class Take>
void run_from(const Regressors& data, const Fit& fit, int order, Eigen::Index r, int count,
              bool integrating, Inside inside, Take take) {
  FreeRun run(data, fit, order);
  double measured = 0, foretold = 0;
  for (int k = 0; k < count; ++k) {
    const Eigen::Index row = r + k;
    if (row >= data.rows() || data.sample(row) != data.sample(r) + k || !inside(row)) return;
    const double y = run.next(row);
    measured = (integrating ? measured : 0) + data.target()(row);
    foretold = (integrating ? foretold : 0) + y;
    take(k, measured, foretold);
  }
}

double block_error(const Regressors& data, const std::vector<Eigen::Index>& columns, int order,
                   const LagLimits& limits, bool integrating) {
  double sum = 0, n = 0;
  for (int f = 0; f < data.folds(); ++f) {
    const Fit fit = data.fit(columns, f);
    for (Eigen::Index r = 0; r < data.rows(); ++r) {
      const bool starts = data.fold(r) == f && (r == 0 || data.fold(r - 1) != f);
      if (!starts) continue;
      run_from(
          data, fit, order, r, limits.block, integrating,
          [&](Eigen::Index row) { return data.fold(row) == f; },
          [&](int, double measured, double foretold) {
            sum += (measured - foretold) * (measured - foretold);
            n += 1;
          });
    }
  }
  return n > 0 && std::isfinite(sum) ? std::sqrt(sum / n) : INFINITY;
}

std::vector<int> find_delays(const Regressors& data, int order, const LagLimits& limits,
                             std::vector<int> delays) {
  double best = data.held_out_error(data.columns(order, delays));
  for (int sweep = 0; sweep < kSweeps; ++sweep) {
    bool changed = false;
    for (std::size_t j = 0; j < delays.size(); ++j) {
      for (int d = 1; d <= limits.delay; ++d) {
        std::vector<int> other = delays;
        other[j] = d;
        if (d == delays[j]) continue;
        const double error = data.held_out_error(data.columns(order, other));
        if (error >= best * (1 - 1e-9)) continue;
        best = error;
        delays = other;
        changed = true;
      }
    }
    if (!changed) break;
  }
  return delays;
}

// N ln(SSE(d) / SSE) under the 95 % point of chi-square: such a dead time is not excluded.
void delay_range(const Regressors& data, const LagLimits& limits, Chosen& c) {
  const double best = data.error(c.fit, data.folds());
  c.delay_low = c.delay_high = c.delays;
  const auto n = static_cast<double>(data.rows());
  for (std::size_t j = 0; j < c.delays.size(); ++j) {
    for (int d = 1; d <= limits.delay; ++d) {
      std::vector<int> other = c.delays;
      other[j] = d;
      const double sse = data.error(data.fit(data.columns(c.order, other), -1), data.folds());
      if (n * std::log(sse / best) > kChi95) continue;
      c.delay_low[j] = std::min(c.delay_low[j], d);
      c.delay_high[j] = std::max(c.delay_high[j], d);
    }
  }
}

}  // namespace

Chosen search(const Regressors& data, const Series& series, Eigen::Index output,
              const LagLimits& limits) {
  const bool integrating = series.outputs[static_cast<std::size_t>(output)].integrating;
  std::vector<Chosen> tried;
  std::vector<int> delays(data.input_count(), 1);
  for (int order = 1; order <= limits.order; ++order) {
    Chosen c;
    c.order = order;
    c.delays = find_delays(data, order, limits, delays);
    const auto columns = data.columns(order, c.delays);
    c.fit = data.fit(columns, -1);
    c.stable = data.model(c.fit, order, c.delays, series.period_s, integrating).largest_pole() < 1;
    c.block_error = block_error(data, columns, order, limits, integrating);
    tried.push_back(std::move(c));
  }
  const bool any_stable =
      std::any_of(tried.begin(), tried.end(), [](const Chosen& c) { return c.stable; });
  double best = INFINITY;
  for (const Chosen& c : tried) {
    if (c.stable || !any_stable) best = std::min(best, c.block_error);
  }
  Chosen chosen = tried.front();
  for (Chosen& c : tried) {
    if ((c.stable || !any_stable) && c.block_error <= best * kAsGood) {
      chosen = std::move(c);
      break;
    }
  }
  delay_range(data, limits, chosen);
  return chosen;
}

Foretold foretell(const Regressors& data, const Series& series, Eigen::Index output,
                  const Chosen& chosen, int ahead, int stride) {
  const bool integrating = series.outputs[static_cast<std::size_t>(output)].integrating;
  const auto columns = data.columns(chosen.order, chosen.delays);
  std::vector<Fit> fits;
  for (int f = 0; f < data.folds(); ++f) fits.push_back(data.fit(columns, f));
  Foretold out;
  for (Eigen::Index r = 0; r + ahead <= data.rows(); r += stride) {
    const int fold = data.fold(r + ahead - 1);  // of the sample that is foretold
    run_from(
        data, fits[static_cast<std::size_t>(fold)], chosen.order, r, ahead, integrating,
        [](Eigen::Index) { return true; },
        [&](int k, double measured, double foretold) {
          if (k + 1 != ahead) return;
          out.measured.push_back(measured);
          out.foretold.push_back(foretold);
        });
  }
  return out;
}

double Foretold::rms_error() const {
  double sum = 0;
  for (std::size_t i = 0; i < measured.size(); ++i)
    sum += (measured[i] - foretold[i]) * (measured[i] - foretold[i]);
  return measured.empty() ? NAN : std::sqrt(sum / static_cast<double>(measured.size()));
}

double Foretold::fit() const {
  double mean = 0, spread = 0;
  for (const double m : measured) mean += m / static_cast<double>(measured.size());
  for (const double m : measured) spread += (m - mean) * (m - mean);
  if (measured.empty() || !(spread > 0)) return NAN;
  return 1 - rms_error() / std::sqrt(spread / static_cast<double>(measured.size()));
}

}  // namespace saggar::identify
