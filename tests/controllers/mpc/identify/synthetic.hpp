// A plant whose every figure is known: zones in a row, each a lag with dead time to its own input
// and weaker ones to its neighbours, measured with noise, moved by switched inputs.
#pragma once

#include <cmath>
#include <cstdint>
#include <random>

#include "controllers/mpc/identify/identify.hpp"

namespace saggar::identify::testing {

struct Synthetic {
  int zones = 3;
  double gain = 2, neighbour = 0.4;  ///< output per input
  double time_constant_s = 600;
  int dead = 2;         ///< samples besides the hold
  double noise = 0.05;  ///< of each measurement
  double drift = 0;     ///< amplitude of a sine over all samples
  double feedback = 0;  ///< inputs also move by -feedback x output
  int hold = 10;        ///< samples between switches
  int samples = 1440;
  double period_s = 60;
  std::uint64_t seed = 1;
};

inline Series make(const Synthetic& s) {
  std::mt19937_64 random(s.seed);
  std::normal_distribution<double> normal(0, 1);
  Series out;
  out.period_s = s.period_s;
  for (int z = 0; z < s.zones; ++z) {
    out.inputs.push_back({"zone" + std::to_string(z + 1) + ".trim", "K", 2, z, false, -1});
    out.outputs.push_back(
        {"zone" + std::to_string(z + 1) + ".temperature", "degC", 1, z, false, -1});
  }
  out.u = Eigen::MatrixXd::Zero(s.samples, s.zones);
  out.y = Eigen::MatrixXd::Zero(s.samples, s.zones);
  Eigen::MatrixXd x = Eigen::MatrixXd::Zero(s.zones, s.zones);
  const double keep = std::exp(-s.period_s / s.time_constant_s);
  Eigen::VectorXd level = Eigen::VectorXd::Zero(s.zones);
  for (int t = 0; t < s.samples; ++t) {
    for (int z = 0; z < s.zones; ++z) {
      double y = s.drift * std::sin(6.283185 * t / s.samples);
      for (int j = 0; j < s.zones; ++j) {
        const double gain = j == z ? s.gain : std::abs(j - z) == 1 ? s.neighbour : 0;
        const double before = t - 1 - s.dead >= 0 ? out.u(t - 1 - s.dead, j) : 0;
        x(z, j) = keep * x(z, j) + (1 - keep) * gain * before;
        y += x(z, j);
      }
      out.y(t, z) = y + s.noise * normal(random);
      if (t % s.hold == 0) level(z) = (random() >> 20U) % 2 == 0 ? 1 : -1;
    }
    for (int z = 0; z < s.zones; ++z) out.u(t, z) = level(z) - s.feedback * out.y(t, z);
  }
  return out;
}

}  // namespace saggar::identify::testing
