#include "controllers/mpc/identify/identify.hpp"

#include <cmath>

#include "controllers/mpc/identify/carries.hpp"

namespace saggar::identify {
namespace {

constexpr Eigen::Index kLeastSamples = 50;

/// What moves an output apart from its inputs: the drift line, as the model would show it.
double drift_of(const Regressors& data, const Row& row) {
  const auto knots = static_cast<Eigen::Index>(data.knots());
  const Eigen::VectorXd theta = row.chosen.fit.theta.tail(knots);
  Eigen::VectorXd line(data.rows());
  for (Eigen::Index r = 0; r < data.rows(); ++r)
    line(r) = data.matrix().row(r).segment(data.drift_column(0), knots).dot(theta);
  const double steady = row.arx.integrating ? 1 : 1 - row.arx.a.sum();
  line.array() -= line.mean();
  return std::sqrt(line.squaredNorm() / static_cast<double>(line.size())) / std::fabs(steady);
}

/// Samples until the slowest pole has left a thousandth, within bounds.
Eigen::Index settle(const Arx& model) {
  const double pole = std::min(model.largest_pole(), 0.9999);
  const double samples = pole > 0 ? std::log(1e-3) / std::log(pole) : 1;
  return static_cast<Eigen::Index>(std::min(5000.0, 40 + samples));
}

Row fit_row(const Series& series, Eigen::Index output, const std::vector<Eigen::Index>& inputs,
            const Options& options) {
  const Regressors data(series, output, inputs, options.lags);
  Row row;
  row.output = output;
  row.chosen = search(data, series, output, options.lags);
  const bool integrating = series.outputs[static_cast<std::size_t>(output)].integrating;
  row.arx =
      data.model(row.chosen.fit, row.chosen.order, row.chosen.delays, series.period_s, integrating);
  row.certainty = judge(data, series, row.chosen, options.lags);
  for (std::size_t j = 0; j < inputs.size(); ++j)
    row.figures.push_back(figures(row.arx, j, row.chosen, row.certainty, settle(row.arx)));
  const Foretold told = foretell(data, series, output, row.chosen, options.horizon, 5);
  row.fit = told.fit();
  row.horizon_error = told.rms_error();
  row.drift = drift_of(data, row);
  Eigen::VectorXd ranges(static_cast<Eigen::Index>(inputs.size()));
  for (std::size_t j = 0; j < inputs.size(); ++j)
    ranges(static_cast<Eigen::Index>(j)) = series.inputs[static_cast<std::size_t>(inputs[j])].range;
  row.space = realise(row.arx, ranges, options.tolerance);
  return row;
}

Refusal too_few(const Series& series, const std::string& output, Eigen::Index rows) {
  return {output, "",
          std::to_string(rows) + " samples can be used, " + std::to_string(kLeastSamples) +
              " at least are needed",
          "data over " + std::to_string(static_cast<long>(series.period_s) * kLeastSamples) +
              " s and more without gaps"};
}

}  // namespace

std::string problem(const Options& o) {
  if (o.lags.order < 1 || o.lags.order > 10) return "order: 1 to 10 would be right";
  if (o.lags.delay < 1 || o.lags.delay > 200) return "delay: 1 to 200 samples would be right";
  if (o.lags.folds < 2) return "folds: 2 or more would be right";
  if (o.lags.block < 2) return "block: 2 samples or more would be right";
  if (o.lags.drift_rows < 2 * o.lags.block)
    return "drift_rows: twice the block or more would be right, so that each knot is seen by each "
           "fit";
  if (o.horizon < 1) return "horizon: 1 sample or more would be right";
  if (!(o.tolerance > 0 && o.tolerance < 1)) return "tolerance: between 0 and 1 would be right";
  return "";
}

std::string Refusal::text() const {
  std::string where = output.empty() ? "data" : output;
  if (!input.empty()) where += " from " + input;
  return where + ": " + why + "; what would do: " + advice;
}

std::vector<Eigen::Index> inputs_of(const Series& series, Eigen::Index output, int reach) {
  const int place = series.outputs[static_cast<std::size_t>(output)].place;
  std::vector<Eigen::Index> out;
  for (std::size_t j = 0; j < series.inputs.size(); ++j) {
    const int other = series.inputs[j].place;
    if (place < 0 || other < 0 || std::abs(place - other) <= reach)
      out.push_back(static_cast<Eigen::Index>(j));
  }
  return out;
}

Identified identify(const Series& series, const Options& options) {
  Identified out;
  if (series.size() < kLeastSamples) {
    out.refusals.push_back(too_few(series, "", series.size()));
    return out;
  }
  for (Eigen::Index i = 0; i < series.y.cols(); ++i) {
    const auto inputs = inputs_of(series, i, options.reach);
    std::vector<Refusal> refusals = before_fit(series, i, inputs, options);
    if (refusals.empty()) {
      const Regressors data(series, i, inputs, options.lags);
      const std::string& name = series.outputs[static_cast<std::size_t>(i)].name;
      const auto unknowns = static_cast<Eigen::Index>(inputs.size() + 1) * options.lags.order;
      if (data.rows() < kLeastSamples || data.rows() < 3 * unknowns) {
        refusals.push_back(too_few(series, name, data.rows()));
      } else {
        Row row = fit_row(series, i, inputs, options);
        refusals = after_fit(series, row, options);
        row.carried = refusals.empty();
        out.rows.push_back(std::move(row));
      }
    }
    out.refusals.insert(out.refusals.end(), refusals.begin(), refusals.end());
  }
  return out;
}

}  // namespace saggar::identify
