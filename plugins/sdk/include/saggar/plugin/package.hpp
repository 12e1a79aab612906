// Package: a policy package as a controller is given it, in C++: the contents of ext/package.h.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <saggar/plugin/ext/ensemble.h>
#include <saggar/plugin/ext/package.h>

namespace saggar::plugin {

/// One input: x = (value - mean) / scale for each lag, value less the reference of an MV.
struct PackageFeature {
  std::string tag, unit;      ///< unit: symbol of units.hpp
  std::string reference_tag;  ///< MV whose reference is taken off; empty: none
  double low = 0, high = 0;   ///< seen in training, in `unit`
  double mean = 0, scale = 1;
  std::vector<double> lags_s = {0};
};

/// One output in [-1, 1] of `trim`, the same for all of its tags.
struct PackageOutput {
  std::vector<std::string> tags;
  std::string unit;
  double trim = 0, rate_per_min = 0;  ///< in `unit`, > 0
  double shift = 0;                   ///< largest net change within 8 h, in `unit`; 0 = not bounded
};

/// One value that is foretold: mean + scale * y.
struct PackagePrediction {
  std::string tag, unit;
  double horizon_s = 0, mean = 0, scale = 1;
};

struct PackageFile {
  std::string name;
  std::vector<std::uint8_t> data;
};

/// A value: owns all of it.
struct Package {
  std::string id, version, backend, sha256;
  std::uint32_t duty = SAGGAR_DUTY_HEAT;  ///< one bit
  double period_s = 60, missing_wait_s = 60;
  std::vector<PackageFeature> features;
  std::vector<PackageOutput> outputs;
  std::vector<PackagePrediction> predictions;
  std::vector<std::uint32_t> members;  ///< indices into files
  std::vector<PackageFile> files;

  /// Numbers that the network takes: lags of all features.
  std::size_t width() const noexcept {
    std::size_t n = 0;
    for (const PackageFeature& f : features) n += f.lags_s.size();
    return n;
  }
};

/// Lengths of what an ensemble says. See saggar_ensemble_shape.
struct EnsembleShape {
  std::uint32_t members = 0, outputs = 0, predictions = 0, inputs = 0;
};

}  // namespace saggar::plugin
