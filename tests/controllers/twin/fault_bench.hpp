// FaultBench: kiln, twin and detector side by side, to be branched before a fault.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "controllers/twin/detect.hpp"
#include "hil/instruments/noise.hpp"
#include "hil/kiln/draw.hpp"
#include "tests/controllers/twin/reader.hpp"
#include "tests/hil/kiln/p2.hpp"

namespace saggar::twin {

/// Reads what the detector wants beside the twin. Thread: one.
class DrivenReader {
 public:
  DrivenReader(const kiln::Kiln& kiln, std::size_t zones, std::size_t dampers)
      : frame_(kiln.tags().size()) {
    const auto id = [&](const std::string& name) { return kiln.tags().find(name).value(); };
    for (std::size_t k = 0; k < zones; ++k) {
      const std::string zone = std::string(k < 9 ? "zone0" : "zone") + std::to_string(k + 1);
      top_.push_back(id(zone + ".top.output"));
      bottom_.push_back(id(zone + ".bottom.output"));
    }
    for (std::size_t d = 0; d < dampers; ++d) {
      damper_.push_back(id("exhaust.damper" + std::to_string(d + 1) + ".position"));
    }
    mains_ = id("kiln.mains_voltage");
  }
  void read(const kiln::Kiln& kiln, Driven& d) {
    kiln.read(frame_);
    for (std::size_t k = 0; k < top_.size(); ++k) {
      d.top_percent[k] = frame_.samples[top_[k]].value;
      d.bottom_percent[k] = frame_.samples[bottom_[k]].value;
    }
    for (std::size_t i = 0; i < damper_.size(); ++i) {
      d.damper_percent[i] = frame_.samples[damper_[i]].value;
    }
    d.mains_V = frame_.samples[mains_].value;
  }

 private:
  domain::Frame frame_;
  std::vector<domain::TagId> top_, bottom_, damper_;
  domain::TagId mains_ = domain::kNoTag;
};

class FaultBench {
 public:
  static constexpr double kPeriod_s = 30;

  explicit FaultBench(std::uint64_t seed, const Limits& limits = {})
      : seed_(seed),
        config_(kiln::load_or_throw<config::KilnConfig>("kiln/p2.toml")),
        places_(places_of(config_)),
        kiln_(kiln::p2(drawn(seed), seed)),
        twin_(Figures{}, places_, settings()),
        detector_(limits, Figures{}, places_),
        reader_(*kiln_, places_),
        driven_reader_(*kiln_, places_.zones, dampers()),
        measured_(places_),
        driven_(places_.zones, dampers()) {}
  /// A branch: goes on as `from` would.
  FaultBench(FaultBench& from)
      : seed_(from.seed_),
        config_(from.config_),
        places_(from.places_),
        kiln_(kiln::p2(drawn(seed_), seed_)),
        twin_(from.twin_),
        detector_(from.detector_),
        reader_(*kiln_, places_),
        driven_reader_(*kiln_, places_.zones, dampers()),
        measured_(places_),
        driven_(places_.zones, dampers()) {
    std::vector<std::uint8_t> bytes;
    auto save = domain::Archive::saving(bytes);
    from.kiln_->serialize(save);
    auto load = domain::Archive::loading(bytes.data(), bytes.size());
    kiln_->serialize(load);
    if (!load.ok()) throw std::runtime_error("a kiln does not take its own state");
  }
  FaultBench& operator=(const FaultBench&) = delete;

  void step() {
    kiln_->advance(kPeriod_s);
    look();
  }
  /// What the detector makes of the kiln as it is, `kPeriod_s` after the last look.
  void look() {
    reader_.read(*kiln_, measured_);
    driven_reader_.read(*kiln_, driven_);
    twin_.step(kPeriod_s, measured_);
    detector_.step(kPeriod_s, measured_, driven_, twin_);
  }
  void run(double hours) {
    for (double t = 0; t < 3600 * hours; t += kPeriod_s) step();
  }
  void begin(faults::Kind kind, const std::string& target, double severity, double duration_s = 0) {
    faults::Fault fault;
    fault.fault = kind;
    fault.target = target;
    fault.severity = severity;
    fault.duration_s = duration_s;
    kiln_->schedule({fault});
  }
  /// True if a finding of this cause stands there; `zone` from 0, or Finding::kNowhere.
  bool stands(Cause cause, std::uint16_t zone, std::uint16_t element) const {
    for (std::size_t i = 0; i < findings().count(); ++i) {
      const Finding& f = findings()[i];
      if (f.cause == cause && f.zone == zone && f.element == element) return true;
    }
    return false;
  }
  const Findings& findings() const { return detector_.findings(); }
  const Detector& detector() const { return detector_; }
  const Twin& twin() const { return twin_; }
  const Measured& measured() const { return measured_; }
  kiln::Kiln& kiln() { return *kiln_; }
  const Places& places() const { return places_; }
  std::uint64_t seed() const { return seed_; }

 private:
  static kiln::PlantParams drawn(std::uint64_t seed) {
    return kiln::draw_plant(kiln::plant_or_throw("kiln/p2.plant.toml"), seed);
  }
  /// Detection does not look at the forecast.
  static Settings settings() {
    Settings s;
    s.forecast_steps = 0;
    return s;
  }
  std::size_t dampers() const { return config_.exhaust.damper_zones.size(); }

  std::uint64_t seed_;
  config::KilnConfig config_;
  Places places_;
  std::unique_ptr<kiln::Kiln> kiln_;
  Twin twin_;
  Detector detector_;
  Reader reader_;
  DrivenReader driven_reader_;
  Measured measured_;
  Driven driven_;
};

}  // namespace saggar::twin
