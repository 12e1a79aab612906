#include "hil/validate/zone_step.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "runtime/domain/frame.hpp"

namespace saggar::validate {
namespace {

constexpr double kStep_kW = 4.0, kEvery_s = 10.0;

/// Mean of both bricks of a zone, K.
double brick_K(const kiln::Kiln& kiln, std::size_t zone) {
  const std::vector<double>& face = kiln.chamber().face_K();
  return 0.5 * (face[zone] + face[zone + kiln.layout().zones]);
}

/// What each loop needs: mean output over half an hour.
std::vector<double> needed(kiln::Kiln& kiln) {
  std::vector<double> output(kiln.layout().loops());
  for (int i = 0; i < 1800; ++i) {
    kiln.advance(1.0);
    for (std::size_t l = 0; l < output.size(); ++l) output[l] += kiln.output_percent(l) / 1800;
  }
  return output;
}

/// A first-order lag put through the rise of the zone itself: gain and the sum of squares it
/// leaves.
struct Lag {
  double gain_K_per_kW, misfit;
};

Lag lag_with(double time_constant_h, const ZoneStep& step) {
  double with_shape = 0, shape2 = 0, rise2 = 0;
  for (std::size_t i = 0; i < step.rise_K_per_kW.size(); ++i) {
    const double hours = static_cast<double>(i + 1) * kEvery_s / 3600;
    const double shape = 1.0 - std::exp(-hours / time_constant_h), rise = step.rise_K_per_kW[i][1];
    with_shape += shape * rise, shape2 += shape * shape, rise2 += rise * rise;
  }
  const double gain = with_shape / shape2;
  return {gain, rise2 - gain * with_shape};
}

/// Least squares over the time constant by golden section, to 1e-4 of it.
void fit_first_order(ZoneStep& step) {
  constexpr double kGolden = 0.6180339887498949;
  double low = 0.01, high = 10;
  while (high - low > 1e-4 * high) {
    const double a = high - kGolden * (high - low), b = low + kGolden * (high - low);
    if (lag_with(a, step).misfit < lag_with(b, step).misfit) {
      high = b;
    } else {
      low = a;
    }
  }
  step.time_constant_h = 0.5 * (low + high);
  step.gain_K_per_kW = lag_with(step.time_constant_h, step).gain_K_per_kW;
}

}  // namespace

ZoneStep step_zone(kiln::Kiln& kiln, std::size_t zone, double hours, double noise_K) {
  const std::vector<double> output = needed(kiln);
  std::vector<std::uint8_t> start;
  auto save = domain::Archive::saving(start);
  kiln.serialize(save);
  domain::Frame frame(kiln.tags().size());
  ZoneStep out;
  out.rise_K_per_kW.resize(static_cast<std::size_t>(hours * 3600 / kEvery_s));
  for (const double kW : {0.0, kStep_kW}) {
    auto load = domain::Archive::loading(start.data(), start.size());
    kiln.serialize(load);
    for (std::size_t l = 0; l < output.size(); ++l) {
      const double rated_kW = 1e-3 * kiln.layout().rated_W[l];
      kiln.manual(l, output[l] + (l / 2 == zone ? 100.0 * 0.5 * kW / rated_kW : 0.0));
    }
    const double sign = (kW > 0 ? 1 : -1) / kStep_kW;
    for (auto& now : out.rise_K_per_kW) {
      kiln.advance(kEvery_s);
      kiln.read(frame);
      for (std::size_t i = 0; i < 3; ++i) now[i] += sign * brick_K(kiln, zone + i - 1);
      now[3] += sign * frame.samples[2 * zone].value;
    }
  }
  fit_first_order(out);
  const auto& rise = out.rise_K_per_kW;
  const auto& rated_W = kiln.layout().rated_W;
  const double test_kW = 0.05e-3 * (rated_W[2 * zone] + rated_W[2 * zone + 1]);
  std::size_t seen = 0;
  while (seen + 1 < rise.size() && rise[seen][3] * test_kW < 3 * noise_K) ++seen;
  out.dead_time_min = static_cast<double>(seen + 1) * kEvery_s / 60;
  const auto at =
      std::min(rise.size() - 1, static_cast<std::size_t>(3600 / kEvery_s * out.time_constant_h));
  out.coupling_up = rise[at][0] / rise[at][1];
  out.coupling_down = rise[at][2] / rise[at][1];
  out.end_coupling_up = rise.back()[0] / rise.back()[1];
  out.end_coupling_down = rise.back()[2] / rise.back()[1];
  return out;
}

}  // namespace saggar::validate
