#include "hil/train/reduced_kiln.hpp"

#include <algorithm>
#include <cmath>

namespace saggar::train {
namespace {

constexpr double kSecondsPerHour = 3600;
constexpr double kShift_s = 8 * kSecondsPerHour;  // of the guard

at::Tensor row_of(const std::vector<double>& v) {
  at::Tensor out = torch::empty({static_cast<std::int64_t>(v.size())});
  for (std::size_t i = 0; i < v.size(); ++i) out.data_ptr<float>()[i] = static_cast<float>(v[i]);
  return out;
}

at::Tensor zeros(std::size_t rows, std::size_t columns) {
  return torch::zeros({static_cast<std::int64_t>(rows), static_cast<std::int64_t>(columns)});
}

void set(at::Tensor& t, std::size_t row, std::size_t column, double value) {
  t.data_ptr<float>()[row * static_cast<std::size_t>(t.size(1)) + column] =
      static_cast<float>(value);
}

/// Value forwards, slope 1 backwards.
at::Tensor through(const at::Tensor& slope, const at::Tensor& value) {
  return slope + (value - slope).detach();
}

}  // namespace

ReducedKiln::ReducedKiln(const Rehearsal& r) : r_(r) {
  const std::size_t nf = r.features.size(), no = r.outputs.size();
  rows_ = torch::from_blob(
      const_cast<float*>(r.rows.data()),  // NOLINT: not written
      {static_cast<std::int64_t>(r.rows.size() / nf), static_cast<std::int64_t>(nf)},
      torch::kFloat32);
  std::vector<double> mean, scale, trim, rate, shift, share, hot;
  of_setpoint_ = zeros(no, nf), of_zone_ = zeros(no, nf);
  of_core_ = zeros(no, nf), of_hottest_ = zeros(no, nf);
  std::size_t input = 0;
  for (std::size_t f = 0; f < nf; ++f) {
    const RehearsedFeature& feature = r.features[f];
    mean.push_back(feature.mean);
    scale.push_back(feature.scale);
    for (const std::size_t lag : feature.lags) {
      auto at = std::find_if(lags_.begin(), lags_.end(),
                             [&](const auto& known) { return known.first == lag; });
      if (at == lags_.end()) at = lags_.insert(at, {lag, zeros(nf, r.inputs())});
      set(at->second, f, input++, 1);
      longest_ = std::max(longest_, lag);
    }
    for (const auto& [follows, to] : {std::pair{Follows::setpoint, &of_setpoint_},
                                      {Follows::zone, &of_zone_},
                                      {Follows::core, &of_core_},
                                      {Follows::hottest, &of_hottest_}}) {
      if (feature.follows == follows) set(*to, feature.output, f, 1);
    }
  }
  double worth = 0, bounded = 0;
  for (const RehearsedOutput& o : r.outputs) {
    worth += o.judged ? o.worth : 0;
    bounded += o.bounded ? 1 : 0;
  }
  for (const RehearsedOutput& o : r.outputs) {
    trim.push_back(o.trim_K);
    rate.push_back(o.rate_K);
    shift.push_back(o.shift_K > 0 ? o.shift_K : 1e9);
    share.push_back(o.judged && worth > 0 ? o.worth / worth : 0);
    hot.push_back(o.bounded ? 1 / bounded : 0);
    setpoint_.push_back(static_cast<std::int64_t>(o.setpoint));
    core_.push_back(static_cast<std::int64_t>(o.judged || o.bounded ? o.core : o.setpoint));
    hottest_.push_back(static_cast<std::int64_t>(o.judged || o.bounded ? o.hottest : o.setpoint));
  }
  mean_ = row_of(mean), scale_ = row_of(scale), trim_ = row_of(trim), rate_ = row_of(rate);
  shift_ = row_of(shift), share_ = row_of(share), hot_share_ = row_of(hot);
}

at::Tensor ReducedKiln::row(std::size_t lag) const {
  return rows_.index_select(0, first_ + (t_ - static_cast<std::int64_t>(lag)));
}

at::Tensor ReducedKiln::pick(const at::Tensor& rows,
                             const std::vector<std::int64_t>& features) const {
  return rows.index_select(1, torch::tensor(features));
}

void ReducedKiln::begin(const std::vector<Window>& windows, Random& random) {
  const ReducedFigures& f = r_.figures;
  const std::size_t episodes = windows.size(), n = r_.outputs.size();
  gain_ = zeros(episodes, n), zone_keep_ = zeros(episodes, n), powder_keep_ = zeros(episodes, n);
  heat_ = zeros(episodes, n), carried_ = zeros(episodes, 1);
  std::vector<std::int64_t> first;
  const auto drawn = [&](double figure) { return figure * (1 + f.spread * random.side()); };
  for (std::size_t b = 0; b < episodes; ++b) {
    first.push_back(static_cast<std::int64_t>(windows[b].first));
    set(carried_, b, 0, std::min(1.0, f.period_s / drawn(f.residence_s)));
    for (std::size_t k = 0; k < n; ++k) {
      set(gain_, b, k, 1 + 0.5 * f.spread * random.side());
      set(zone_keep_, b, k, std::exp(-f.period_s / drawn(f.zone_lag_s)));
      set(powder_keep_, b, k, std::exp(-f.period_s / drawn(f.powder_lag_s)));
      set(heat_, b, k, f.heat_K * random.normal());
    }
  }
  first_ = torch::tensor(first);
  t_ = 0;
  moved_ = said_ = told_ = pick(row(0), setpoint_);
  low_ = told_.clone(), high_ = told_.clone();
  for (std::size_t b = 0; b < episodes; ++b) look_back(windows[b], b);
  travel_ = zone_ = core_d_ = hottest_d_ = zeros(episodes, n);
  past_.assign(longest_ + 1, zeros(episodes, r_.features.size()));
}

/// Extremes of the hours that the guard counts, as they are when the episode begins: in the plugin
/// the oldest would leave one by one, so here the trims are bound a little more.
void ReducedKiln::look_back(const Window& window, std::size_t episode) {
  const auto back = static_cast<std::size_t>(kShift_s / r_.figures.period_s);
  const std::size_t n = r_.outputs.size();
  float* low = low_.data_ptr<float>() + episode * n;
  float* high = high_.data_ptr<float>() + episode * n;
  for (std::size_t k = 1; k <= std::min(back, window.before); ++k) {
    const float* then = r_.rows.data() + (window.first - k) * r_.features.size();
    for (std::size_t o = 0; o < n; ++o) {
      const float trim = then[r_.outputs[o].setpoint];
      if (!std::isfinite(trim)) continue;
      low[o] = std::min(low[o], trim);
      high[o] = std::max(high[o], trim);
    }
  }
}

at::Tensor ReducedKiln::see() const {
  at::Tensor x;
  for (const auto& [lag, place] : lags_) {
    const at::Tensor part = torch::mm((row(lag) + past_[lag] - mean_) / scale_, place);
    x = x.defined() ? x + part : part;
  }
  return x;
}

void ReducedKiln::act(const at::Tensor& share) {
  const ReducedFigures& f = r_.figures;
  const auto n = static_cast<std::int64_t>(r_.outputs.size());
  const at::Tensor aim = torch::clamp(share.narrow(1, 0, n), -1.0, 1.0) * trim_;
  const at::Tensor least = high_ - shift_, most = low_ + shift_;
  const at::Tensor goal =
      torch::where(least <= most, torch::minimum(torch::maximum(aim, least), most), told_);
  moved_ = moved_ + torch::minimum(torch::maximum(goal - moved_, -rate_), rate_);
  const at::Tensor before = told_;
  said_ = torch::where(torch::abs(moved_ - said_) < f.step_K, said_, moved_.detach());
  told_ = through(moved_, f.step_K > 0 ? torch::round(said_ / f.step_K) * f.step_K : said_);
  travel_ = torch::abs(told_ - before);
  low_ = torch::minimum(low_, told_.detach());
  high_ = torch::maximum(high_, told_.detach());
  ++t_;
  const at::Tensor w = told_ - pick(row(0), setpoint_);
  zone_ = zone_keep_ * zone_ + (1 - zone_keep_) * gain_ * w;
  for (at::Tensor* p : {&core_d_, &hottest_d_}) {
    const at::Tensor answered = powder_keep_ * *p + (1 - powder_keep_) * (zone_ + heat_);
    const at::Tensor upstream =
        torch::cat({torch::zeros_like(answered.narrow(1, 0, 1)), answered.narrow(1, 0, n - 1)}, 1);
    *p = answered + carried_ * (upstream - answered);
  }
  past_.pop_back();
  past_.push_front(torch::mm(w, of_setpoint_) + torch::mm(zone_, of_zone_) +
                   torch::mm(core_d_, of_core_) + torch::mm(hottest_d_, of_hottest_));
}

/// P(|error + truth| > band), truth normal about the estimate.
at::Tensor ReducedKiln::outside(const at::Tensor& error) const {
  const double band = r_.figures.band_K, to = 1 / (std::sqrt(2.0) * r_.figures.truth_K);
  return 1 - 0.5 * (torch::erf((band - error) * to) + torch::erf((band + error) * to));
}

PeriodCost ReducedKiln::cost() const {
  const ReducedFigures& f = r_.figures;
  const at::Tensor now = row(0);
  const at::Tensor core = pick(now, core_) + core_d_, hottest = pick(now, hottest_) + hottest_d_;
  const auto n = static_cast<double>(r_.outputs.size());
  PeriodCost out;
  out.outside = share_ * 0.5 * (outside(core) + outside(hottest));
  out.too_hot = hot_share_ * 0.5 *
                torch::erfc((f.hottest_K - hottest) / (std::sqrt(2.0) * f.hottest_truth_K));
  out.travel_K = travel_;
  out.trim_K = told_;
  out.own = out.outside + (f.travel_price * kSecondsPerHour / f.period_s / n) * travel_ +
            (f.energy_price / n) * told_;
  return out;
}

}  // namespace saggar::train
