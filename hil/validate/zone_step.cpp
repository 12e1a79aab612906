#include "hil/validate/zone_step.hpp"

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

}  // namespace

ZoneStep step_zone(kiln::Kiln& kiln, std::size_t zone, double hours) {
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
  const auto& rise = out.rise_K_per_kW;
  out.gain_K_per_kW = rise.back()[1];
  const auto reaches = [&](double level, std::size_t of) {
    std::size_t i = 0;
    while (i + 1 < rise.size() && rise[i][of] < level) ++i;
    return i;
  };
  const std::size_t at = reaches(0.632 * out.gain_K_per_kW, 1);
  out.time_constant_h = static_cast<double>(at) * kEvery_s / 3600;
  out.dead_time_min = static_cast<double>(reaches(0.02 * out.gain_K_per_kW, 3) + 1) * kEvery_s / 60;
  out.coupling_up = rise[at][0] / rise[at][1];
  out.coupling_down = rise[at][2] / rise[at][1];
  out.end_coupling_up = rise.back()[0] / out.gain_K_per_kW;
  out.end_coupling_down = rise.back()[2] / out.gain_K_per_kW;
  return out;
}

}  // namespace saggar::validate
