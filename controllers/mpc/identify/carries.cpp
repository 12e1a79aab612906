#include "controllers/mpc/identify/carries.hpp"

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>
#include <cstdio>

namespace saggar::identify {
namespace {

constexpr double kMoved = 0.02;  // of its range: less is what a controller does at rest

std::string number(double v) {
  char text[40];
  std::snprintf(text, sizeof text, "%.3g", v);
  return text;
}

std::string hours(double seconds) { return number(seconds / 3600) + " h"; }

/// Root mean square about the mean over what is not missing.
double spread(const Eigen::VectorXd& v) {
  double sum = 0, square = 0, n = 0;
  for (const double x : v) {
    if (!std::isfinite(x)) continue;
    sum += x;
    square += x * x;
    n += 1;
  }
  return n > 0 ? std::sqrt(std::max(0.0, square / n - sum * sum / (n * n))) : 0;
}

const Channel& input_of(const Series& s, Eigen::Index j) {
  return s.inputs[static_cast<std::size_t>(j)];
}

/// A switching time for a process of this time constant: Rivera and Braun's guideline, 2.8 T / 2
/// for a closed loop twice as fast, in whole samples.
double switching_s(const Series& series, double time_constant_s) {
  return std::max(1.0, std::round(1.4 * time_constant_s / series.period_s)) * series.period_s;
}

std::string test_for(const Series& series, const Channel& in, double amplitude, double time_s,
                     double duration_s) {
  return "a test of " + in.name + " with +-" + number(amplitude) + " " + in.unit +
         ", switching each " + number(switching_s(series, time_s)) + " s, over " +
         hours(duration_s);
}

/// Mean time constant of what answers, or ten samples where nothing does.
double slowest_s(const Series& series, const Row* row) {
  double slowest = 0;
  if (row != nullptr) {
    for (const Figures& f : row->figures) {
      if (f.answer != Answer::none) slowest = std::max(slowest, f.time_constant_s);
    }
  }
  return slowest > 0 ? slowest : 10 * series.period_s;
}

void missing(const Series& series, Eigen::Index output, const std::vector<Eigen::Index>& inputs,
             const Options& options, std::vector<Refusal>& out) {
  const std::string& name = series.outputs[static_cast<std::size_t>(output)].name;
  const auto look = [&](const Eigen::VectorXd& v, const std::string& what) {
    Eigen::Index lost = 0;
    for (const double x : v) lost += std::isfinite(x) ? 0 : 1;
    if (static_cast<double>(lost) <= options.most_missing * static_cast<double>(v.size())) return;
    out.push_back({name, what == name ? "" : what,
                   std::to_string(lost) + " of " + std::to_string(v.size()) + " samples of " +
                       what + " are missing or bad",
                   "a stretch of the journal in which " + what + " is good, or a repaired sensor"});
  };
  look(series.y.col(output), name);
  for (const Eigen::Index j : inputs) look(series.u.col(j), input_of(series, j).name);
}

Eigen::MatrixXd correlations(const Series& series, const std::vector<Eigen::Index>& inputs) {
  const auto n = static_cast<Eigen::Index>(inputs.size());
  Eigen::MatrixXd moves(series.u.rows(), n);
  for (Eigen::Index i = 0; i < n; ++i) {
    moves.col(i) = series.u.col(inputs[static_cast<std::size_t>(i)]);
    moves.col(i) = moves.col(i).unaryExpr([](double x) { return std::isfinite(x) ? x : 0.0; });
    moves.col(i).array() -= moves.col(i).mean();
    const double norm = moves.col(i).norm();
    if (norm > 0) moves.col(i) /= norm;
  }
  return moves.transpose() * moves;
}

}  // namespace

Eigen::Index excited_samples(const Series& series, Eigen::Index input) {
  const double limit = 0.25 * spread(series.u.col(input));
  Eigen::Index first = -1, last = -1;
  for (Eigen::Index t = 1; t < series.u.rows(); ++t) {
    const double move = series.u(t, input) - series.u(t - 1, input);
    if (!(std::fabs(move) > limit)) continue;
    if (first < 0) first = t;
    last = t;
  }
  return first < 0 ? 0 : last - first + 1;
}

std::vector<Refusal> before_fit(const Series& series, Eigen::Index output,
                                const std::vector<Eigen::Index>& inputs, const Options& options) {
  std::vector<Refusal> out;
  const std::string& name = series.outputs[static_cast<std::size_t>(output)].name;
  missing(series, output, inputs, options, out);
  std::vector<Eigen::Index> moved;
  const double time_s = slowest_s(series, nullptr);
  for (const Eigen::Index j : inputs) {
    const Channel& in = input_of(series, j);
    if (spread(series.u.col(j)) > kMoved * in.range) {
      moved.push_back(j);
      continue;
    }
    out.push_back(
        {name, in.name, in.name + " was not moved",
         test_for(series, in, 0.5 * in.range, time_s, options.least_time_constants * 4 * time_s)});
  }
  if (moved.size() < 2) return out;
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> eigen(correlations(series, moved));
  if (eigen.eigenvalues()(0) >= options.least_independence) return out;
  const Eigen::VectorXd share = eigen.eigenvectors().col(0).cwiseAbs();
  Eigen::Index one = 0;
  share.maxCoeff(&one);
  Eigen::Index two = one == 0 ? 1 : 0;
  for (Eigen::Index i = 0; i < share.size(); ++i) {
    if (i != one && share(i) > share(two)) two = i;
  }
  const Channel& a = input_of(series, moved[static_cast<std::size_t>(one)]);
  const Channel& b = input_of(series, moved[static_cast<std::size_t>(two)]);
  out.push_back({name, a.name,
                 a.name + " and " + b.name + " moved together (smallest eigenvalue " +
                     number(eigen.eigenvalues()(0)) + " of the correlations, at least " +
                     number(options.least_independence) + " is needed)",
                 "a test that moves them at different times, in groups of their own"});
  return out;
}

namespace {

/// Gains over the ranges of their inputs, the largest of the row.
double largest_effect(const Series& series, const Row& row) {
  double largest = 0;
  for (std::size_t j = 0; j < row.figures.size(); ++j) {
    const Figures& f = row.figures[j];
    const double range = input_of(series, row.arx.inputs[j].column).range;
    largest = std::max(largest, range * (f.answer == Answer::integrating
                                             ? std::fabs(f.gain)
                                             : std::max(std::fabs(f.gain), std::fabs(f.peak))));
  }
  return largest;
}

void uncertain_gains(const Series& series, const Row& row, const Options& options,
                     std::vector<Refusal>& out) {
  const std::string& name = series.outputs[static_cast<std::size_t>(row.output)].name;
  const double largest = largest_effect(series, row);
  for (std::size_t j = 0; j < row.figures.size(); ++j) {
    const Figures& f = row.figures[j];
    const Eigen::Index column = row.arx.inputs[j].column;
    const Channel& in = input_of(series, column);
    const bool known = series.outputs[static_cast<std::size_t>(row.output)].follows >= 0;
    const double share = in.range * (known ? f.peak_error : f.gain_error) / largest;
    if (share <= options.most_gain_error) continue;
    // The error falls with amplitude and with the root of the duration.
    const double worse = share / options.most_gain_error;
    const double moved = 2 * spread(series.u.col(column));
    const double amplitude = std::min(in.range, std::max(moved, 1e-9) * worse);
    const double left = worse * std::max(moved, 1e-9) / amplitude;
    const double time_s = slowest_s(series, &row);
    const double now_s = series.period_s * static_cast<double>(excited_samples(series, column));
    const double least_s = options.least_time_constants * time_s;
    out.push_back({name, in.name,
                   std::string(known ? "its peak" : "its gain") + " is known to " +
                       number(100 * share) + " % of the largest of " + name + ", " +
                       number(100 * options.most_gain_error) + " % is needed",
                   test_for(series, in, amplitude, time_s,
                            std::max(least_s, now_s * std::max(1.0, left * left)))});
  }
}

}  // namespace

std::vector<Refusal> after_fit(const Series& series, const Row& row, const Options& options) {
  std::vector<Refusal> out;
  const std::string& name = series.outputs[static_cast<std::size_t>(row.output)].name;
  const double time_s = slowest_s(series, &row);
  if (!row.chosen.stable || row.space.a.size() == 0) {
    out.push_back({name, "", "no stable model explains it",
                   "declare it as integrating if it is; else test for longer than " +
                       hours(10 * options.least_time_constants * series.period_s)});
    return out;
  }
  if (!(largest_effect(series, row) > 0)) {
    out.push_back({name, "", "no input moves it", "inputs that act on it"});
    return out;
  }
  if (std::isnan(row.fit)) {
    out.push_back({name, "",
                   "no stretch of " + number(options.horizon * series.period_s) +
                       " s is free of missing samples, or it stood still",
                   "data without gaps over the horizon"});
  } else if (row.fit < options.least_fit) {
    out.push_back({name, "",
                   "at " + number(options.horizon * series.period_s) +
                       " s ahead the model foretells " + number(100 * row.fit) +
                       " % of the movement of data it has not seen, " +
                       number(100 * options.least_fit) + " % is needed",
                   "twice the amplitude on the inputs near it, or a calmer time"});
  }
  uncertain_gains(series, row, options, out);
  for (std::size_t j = 0; j < row.figures.size(); ++j) {
    const Figures& f = row.figures[j];
    const Eigen::Index column = row.arx.inputs[j].column;
    const double seen_s = series.period_s * static_cast<double>(excited_samples(series, column));
    const double needed_s = options.least_time_constants * f.time_constant_s;
    if (f.answer != Answer::lag || seen_s >= needed_s) continue;
    const Channel& in = input_of(series, column);
    out.push_back({name, in.name,
                   "was excited for " + hours(seen_s) + ", but the time constant is " +
                       number(f.time_constant_s) + " s",
                   test_for(series, in, 0.5 * in.range, time_s, needed_s)});
  }
  return out;
}

}  // namespace saggar::identify
