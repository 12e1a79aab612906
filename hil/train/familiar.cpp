#include "hil/train/familiar.hpp"

#include <algorithm>
#include <cmath>

namespace saggar::train {
namespace {

constexpr double kRidge = 1e-4;

std::vector<double> mean_of(const Table& x) {
  std::vector<double> mean(x.width, 0.0);
  for (std::size_t i = 0; i < x.at.size(); ++i) mean[i % x.width] += static_cast<double>(x.at[i]);
  for (double& m : mean)
    m = short_number(m / static_cast<double>(std::max<std::size_t>(x.rows, 1)));
  return mean;
}

/// Lower factor of the covariance, full rows.
std::vector<double> factor_of(const Table& x, const std::vector<double>& mean) {
  const std::size_t n = x.width;
  std::vector<double> c(n * n, 0.0), d(n);
  for (std::size_t r = 0; r < x.rows; ++r) {
    for (std::size_t i = 0; i < n; ++i) d[i] = static_cast<double>(x.at[r * n + i]) - mean[i];
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j <= i; ++j) c[i * n + j] += d[i] * d[j];
    }
  }
  const double count = static_cast<double>(std::max<std::size_t>(x.rows, 2)) - 1;
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j <= i; ++j) c[i * n + j] /= count;
    c[i * n + i] += kRidge;
  }
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      double v = c[i * n + j];
      for (std::size_t k = 0; k < j; ++k) v -= c[i * n + k] * c[j * n + k];
      c[i * n + j] = i == j ? std::sqrt(v) : v / c[j * n + j];
    }
  }
  return c;
}

void add_distances(const Table& x, const config::PolicyDomain& domain, std::vector<double>& out) {
  std::vector<double> z(x.width);
  for (std::size_t r = 0; r < x.rows; ++r) {
    double square = 0;
    std::size_t at = 0;
    for (std::size_t i = 0; i < x.width; ++i) {
      double v = static_cast<double>(x.at[r * x.width + i]) - domain.mean[i];
      for (std::size_t j = 0; j < i; ++j) v -= domain.cholesky[at++] * z[j];
      z[i] = v / domain.cholesky[at++];
      square += z[i] * z[i];
    }
    out.push_back(std::sqrt(square));
  }
}

/// Standard deviation between members, n - 1 below: as Debian's torch and the monitors take it.
double spread_at(const std::vector<std::vector<float>>& said, std::size_t i) {
  double mean = 0, square = 0;
  for (const auto& member : said) mean += static_cast<double>(member[i]);
  mean /= static_cast<double>(said.size());
  for (const auto& member : said) {
    square += (static_cast<double>(member[i]) - mean) * (static_cast<double>(member[i]) - mean);
  }
  return said.size() < 2 ? 0 : std::sqrt(square / static_cast<double>(said.size() - 1));
}

/// Of the runs that were learnt from, then of those held out.
std::vector<std::size_t> rows_of_runs(const Split& split) {
  std::vector<std::size_t> rows = split.learn.run_rows;
  rows.insert(rows.end(), split.held_out.run_rows.begin(), split.held_out.run_rows.end());
  return rows;
}

/// Of one prediction: how far the mean of the members was off, in its unit; NaN: not to be seen.
std::vector<double> residuals(const Split& split, const std::vector<std::vector<float>>& said,
                              std::size_t column, double scale) {
  const std::size_t width = split.learn.y.width, learnt = split.learn.y.rows;
  std::vector<double> out;
  for (std::size_t r = 0; r < learnt + split.held_out.y.rows; ++r) {
    const Table& y = r < learnt ? split.learn.y : split.held_out.y;
    const float then = y.at[(r < learnt ? r : r - learnt) * width + column];
    double mean = 0;
    for (const auto& member : said) mean += static_cast<double>(member[r * width + column]);
    mean /= static_cast<double>(said.size());
    out.push_back(std::fabs(mean - static_cast<double>(then)) * scale);
  }
  return out;
}

}  // namespace

double normal_limit(const std::vector<double>& values, const std::vector<std::size_t>& rows) {
  std::vector<double> each;
  std::size_t at = 0;
  for (std::size_t run = 0; run <= rows.size() && at < values.size(); ++run) {
    const std::size_t end =
        run < rows.size() ? std::min(at + rows[run], values.size()) : values.size();
    std::vector<double> own;
    for (; at < end; ++at) {
      if (std::isfinite(values[at])) own.push_back(values[at]);
    }
    if (!own.empty()) each.push_back(quantile(std::move(own), kNormalShare));
  }
  return quantile(std::move(each), kNormalRuns);
}

double quantile(std::vector<double> values, double share) {
  if (values.empty()) return 0;
  const auto at =
      static_cast<std::ptrdiff_t>(std::min(std::ceil(share * static_cast<double>(values.size())),
                                           static_cast<double>(values.size())) -
                                  1);
  const auto nth = values.begin() + std::max<std::ptrdiff_t>(at, 0);
  std::nth_element(values.begin(), nth, values.end());
  return *nth;
}

config::PolicyDomain familiar(const Split& split, const std::vector<std::vector<float>>& said,
                              const Signals& signals) {
  config::PolicyDomain domain;
  const Table& x = split.learn.x;
  domain.mean = mean_of(x);
  const std::vector<double> factor = factor_of(x, domain.mean);
  for (std::size_t i = 0; i < x.width; ++i) {
    for (std::size_t j = 0; j <= i; ++j)
      domain.cholesky.push_back(short_number(factor[i * x.width + j]));
  }
  const std::vector<std::size_t> runs = rows_of_runs(split);
  std::vector<double> distances;
  add_distances(x, domain, distances);
  add_distances(split.held_out.x, domain, distances);
  domain.distance = short_number(std::max(normal_limit(distances, runs), 1e-3));

  const std::size_t width = split.learn.y.width, outputs = signals.outputs.size();
  const std::size_t rows = split.learn.y.rows + split.held_out.y.rows;
  for (std::size_t k = 0; k < outputs; ++k) {
    std::vector<double> spread;
    for (std::size_t r = 0; r < rows; ++r) spread.push_back(spread_at(said, r * width + k));
    domain.spread.push_back(short_number(normal_limit(spread, runs)));
  }
  for (std::size_t k = outputs; k < width; ++k) {
    const double scale = signals.predictions[k - outputs].scale;
    domain.residual.push_back(short_number(normal_limit(residuals(split, said, k, scale), runs)));
  }
  return domain;
}

}  // namespace saggar::train
