#include "controllers/mpc/identify/certainty.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

namespace saggar::identify {
namespace {

constexpr double kStandsOut = 3;    // standard errors
constexpr double kComesBack = 0.1;  // a final value below this share of the peak is a transient's

Eigen::VectorXd residuals(const Regressors& data, const Fit& fit) {
  Eigen::VectorXd e = data.target();
  for (std::size_t i = 0; i < fit.columns.size(); ++i)
    e -= fit.theta(static_cast<Eigen::Index>(i)) * data.matrix().col(fit.columns[i]);
  return e;
}

/// Products of residuals a lag apart count only where no sample is missing between them.
double autocorrelation(const Regressors& data, const Eigen::VectorXd& e, Eigen::Index lag) {
  double sum = 0;
  for (Eigen::Index r = lag; r < e.size(); ++r) {
    if (data.sample(r) - data.sample(r - lag) == lag) sum += e(r) * e(r - lag);
  }
  return sum / e.squaredNorm();
}

double upper_chi_square(double q, int degrees) {
  const double d = degrees;
  const double z = (std::cbrt(q / d) - (1 - 2 / (9 * d))) / std::sqrt(2 / (9 * d));
  return 0.5 * std::erfc(z / std::sqrt(2.0));
}

Whiteness ljung_box(const Regressors& data, const Eigen::VectorXd& e, int order) {
  Whiteness w;
  const auto n = static_cast<double>(e.size());
  w.lags = std::max(order + 5, std::min(20, static_cast<int>(e.size()) / 10));
  for (int k = 1; k <= w.lags; ++k) {
    const double rho = autocorrelation(data, e, k);
    w.statistic += n * (n + 2) * rho * rho / (n - k);
  }
  w.probability = upper_chi_square(w.statistic, w.lags - order);
  return w;
}

Eigen::MatrixXd newey_west(const Regressors& data, const Eigen::MatrixXd& phi,
                           const Eigen::VectorXd& e) {
  const Eigen::MatrixXd scores = e.asDiagonal() * phi;
  Eigen::MatrixXd middle = scores.transpose() * scores;
  const auto n = static_cast<double>(e.size());
  // Twice the usual automatic width: the inputs of a test stay where they are for many samples.
  const auto width = static_cast<Eigen::Index>(8 * std::pow(n / 100, 2.0 / 9)) + 1;
  for (Eigen::Index lag = 1; lag <= width; ++lag) {
    const double weight = 1 - static_cast<double>(lag) / static_cast<double>(width + 1);
    Eigen::MatrixXd part = Eigen::MatrixXd::Zero(phi.cols(), phi.cols());
    for (Eigen::Index r = lag; r < e.size(); ++r) {
      if (data.sample(r) - data.sample(r - lag) == lag)
        part.noalias() += scores.row(r).transpose() * scores.row(r - lag);
    }
    middle += weight * (part + part.transpose());
  }
  return middle;
}

/// Time at which a response first reaches `level`, in samples from 0, in straight lines; -1: never.
double reaches(const Eigen::VectorXd& y, double level) {
  double before = 0;
  for (Eigen::Index t = 0; t < y.size(); ++t) {
    if ((y(t) - level) * (level < 0 ? -1 : 1) >= 0) {
      const double share = y(t) == before ? 1 : (level - before) / (y(t) - before);
      return static_cast<double>(t) + share;
    }
    before = y(t);
  }
  return -1;
}

/// How an output answers to one input, by the model and what its error adds.
class Response {
 public:
  Response(const Arx& arx, std::size_t input) : arx_(arx), input_(input) {}
  Response(const Arx& arx, std::size_t input, const ModelError& error,
           const Eigen::VectorXd& coefficients)
      : arx_(arx), input_(input), error_(&error), coefficients_(&coefficients) {}

  double gain() const {
    return arx_.gain(input_) + (error_ != nullptr ? error_->gain(*coefficients_, input_) : 0);
  }
  Eigen::VectorXd step(Eigen::Index count) const {
    Eigen::VectorXd y = arx_.step(input_, count);
    if (error_ == nullptr) return y;
    Eigen::VectorXd more = error_->step(*coefficients_, input_, count);
    for (Eigen::Index t = 1; arx_.integrating && t < count; ++t) more(t) += more(t - 1);
    return y + more;
  }

 private:
  const Arx& arx_;
  std::size_t input_;
  const ModelError* error_ = nullptr;
  const Eigen::VectorXd* coefficients_ = nullptr;
};

using Figure = std::function<double(const Response&)>;

double delta_error(const Arx& model, std::size_t input, const Eigen::MatrixXd& covariance,
                   const Figure& figure) {
  const Eigen::VectorXd p = model.parameters();
  Eigen::VectorXd slope(p.size());
  Arx other = model;
  for (Eigen::Index i = 0; i < p.size(); ++i) {
    const double h = 1e-3 * std::sqrt(std::max(covariance(i, i), 0.0)) + 1e-12;
    Eigen::VectorXd q = p;
    q(i) += h;
    other.set_parameters(q);
    const double above = figure({other, input});
    q(i) -= 2 * h;
    other.set_parameters(q);
    slope(i) = (above - figure({other, input})) / (2 * h);
  }
  const auto part = covariance.topLeftCorner(p.size(), p.size());
  return std::sqrt(std::max(0.0, slope.dot(part * slope)));
}

// Variance by the jackknife over blocks, (n - 1) / n times the sum of squares about the mean; plus
// max(0, added^2 - variance), the bias.
double jackknife_error(const Arx& model, std::size_t input, const ModelError& error,
                       const Figure& figure) {
  const double added = figure({model, input, error, error.theta}) - figure({model, input});
  const auto n = static_cast<Eigen::Index>(error.without.size());
  Eigen::VectorXd values(n);
  for (Eigen::Index b = 0; b < n; ++b)
    values(b) = figure({model, input, error, error.without[static_cast<std::size_t>(b)]});
  const double blocks = static_cast<double>(n);
  const double variance = (values.array() - values.mean()).square().sum() * (blocks - 1) / blocks;
  return std::sqrt(std::max(added * added, variance));
}

}  // namespace

Certainty judge(const Regressors& data, const Series& series, const Chosen& chosen,
                const LagLimits& limits) {
  Certainty out;
  const Eigen::VectorXd e = residuals(data, chosen.fit);
  const Eigen::MatrixXd phi = data.matrix()(Eigen::all, chosen.fit.columns);
  const double freedom = std::max<double>(1, static_cast<double>(e.size() - phi.cols()));
  out.innovation = std::sqrt(e.squaredNorm() / freedom);
  out.whiteness = ljung_box(data, e, chosen.order);
  out.model_error = model_error(data, series, chosen, limits);
  Eigen::VectorXd scale(phi.cols());
  for (Eigen::Index i = 0; i < phi.cols(); ++i) scale(i) = 1 / std::max(phi.col(i).norm(), 1e-300);
  Eigen::MatrixXd gram = scale.asDiagonal() * (phi.transpose() * phi) * scale.asDiagonal();
  gram.diagonal().array() += 1e-10;
  Eigen::MatrixXd inverse = gram.ldlt().solve(Eigen::MatrixXd::Identity(phi.cols(), phi.cols()));
  inverse = scale.asDiagonal() * inverse * scale.asDiagonal();
  const Regressors::Known given = data.known(chosen.fit.columns);
  if (given.rows.rows() > 0) {  // nothing is uncertain in the directions that are known
    const Eigen::MatrixXd across = inverse * given.rows.transpose();
    inverse -= across * (given.rows * across).ldlt().solve(across.transpose());
  }
  if (out.whiteness.white()) {
    out.covariance = out.innovation * out.innovation * inverse;
  } else {
    out.covariance = inverse * newey_west(data, phi, e) * inverse;
    out.covariance *= static_cast<double>(e.size()) / freedom;
  }
  return out;
}

Figures figures(const Arx& model, std::size_t input, const Chosen& chosen,
                const Certainty& certainty, Eigen::Index settle) {
  const auto with_error = [&](const Figure& figure, double& value) {
    value = figure({model, input});
    const double noise = delta_error(model, input, certainty.covariance, figure);
    const double rest = jackknife_error(model, input, certainty.model_error, figure);
    return std::max(noise, rest);
  };
  Figures out;
  const double unit = model.integrating ? model.period_s : 1;
  out.gain_error = with_error([&](const Response& r) { return r.gain() / unit; }, out.gain);
  const Eigen::VectorXd step = model.step(input, settle);
  Eigen::Index at = 0;
  step.cwiseAbs().maxCoeff(&at);
  out.peak_error = with_error([&](const Response& r) { return r.step(at + 1)(at); }, out.peak);
  const double period = model.period_s;
  out.dead_time_s = period * (chosen.delays[input] - 1);
  const double range = 0.5 * (chosen.delay_high[input] - chosen.delay_low[input]);
  out.dead_time_error_s = period * std::max(range / 1.96, 1 / std::sqrt(12.0));
  const bool gain_stands = std::fabs(out.gain) > kStandsOut * out.gain_error;
  const bool peak_stands = std::fabs(out.peak) > kStandsOut * out.peak_error;
  if (model.integrating) {
    if (gain_stands) out.answer = Answer::integrating;
    return out;
  }
  if (gain_stands && std::fabs(out.gain) >= kComesBack * std::fabs(out.peak)) {
    out.answer = Answer::lag;
  } else if (peak_stands) {
    out.answer = Answer::transient;
  } else {
    return out;
  }
  const double goal = out.answer == Answer::lag ? out.gain : out.peak;
  const auto time = [&](const Response& r) {
    const double to = out.answer == Answer::lag ? r.gain() : goal;
    return reaches(r.step(settle), 0.632 * to) * period;
  };
  double reached_s = 0;
  out.time_constant_error_s = with_error(time, reached_s);
  out.time_constant_s = std::max(0.0, reached_s - out.dead_time_s);
  return out;
}

}  // namespace saggar::identify
