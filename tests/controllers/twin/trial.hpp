// Trial: the twin beside a plant it has never seen, hour by hour against the hidden truth.
#pragma once

#include <algorithm>
#include <chrono>
#include <deque>
#include <map>
#include <vector>

#include "hil/instruments/noise.hpp"
#include "hil/kiln/draw.hpp"
#include "tests/controllers/twin/reader.hpp"
#include "tests/hil/kiln/p2.hpp"

namespace saggar::twin {

/// Errors of one kind: estimate less truth, and whether the 90 % band held the truth.
struct Errors {
  double squares = 0, sum = 0;
  std::uint64_t count = 0, inside = 0;
  void add(double error, double sigma) {
    squares += error * error;
    sum += error;
    ++count;
    inside += std::abs(error) <= 1.645 * sigma ? 1 : 0;
  }
  void add(const Errors& e) {
    squares += e.squares;
    sum += e.sum;
    count += e.count;
    inside += e.inside;
  }
  double rms() const { return count > 0 ? std::sqrt(squares / static_cast<double>(count)) : 0.0; }
  double mean() const { return count > 0 ? sum / static_cast<double>(count) : 0.0; }
  double cover() const {
    return count > 0 ? static_cast<double>(inside) / static_cast<double>(count) : 0.0;
  }
};

/// What one plant gave.
struct Outcome {
  Errors drying_K, soak_K, dry_m, size;  ///< after one residence; size as share of the truth
  std::vector<Errors> hourly;            ///< core while drying, by hour since the start
  double mean_us = 0, high_us = 0;       ///< of one step of the twin; high: 99 of 100 are below
  Factors found;
};

class Trial {
 public:
  Trial(std::uint64_t seed, double residence_h, const Settings& settings = {},
        const Figures& figures = {})
      : config_(kiln::load_or_throw<config::KilnConfig>("kiln/p2.toml")),
        places_(places_of(config_)),
        kiln_(kiln::p2(drawn(seed), seed)),
        twin_(figures, places_, settings),
        reader_(*kiln_, places_),
        measured_(places_),
        residence_s_(3600 * residence_h) {
    gaps(seed);
  }

  Outcome run(double hours, double period_s = 30) {
    out_.hourly.resize(static_cast<std::size_t>(hours) + 1);
    const auto steps = static_cast<std::size_t>(3600 * hours / period_s);
    double spent_us = 0;
    std::vector<double> taken_us;
    for (std::size_t i = 0; i < steps; ++i) {
      kiln_->advance(period_s);
      reader_.read(*kiln_, measured_);
      const auto begin = std::chrono::steady_clock::now();
      twin_.step(period_s, measured_);
      const double us =
          std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - begin)
              .count();
      if (i > 0) {
        spent_us += us;
        taken_us.push_back(us);
      }
      follow();
      if (i % 20 == 0) judge();
    }
    out_.mean_us = spent_us / static_cast<double>(std::max<std::size_t>(1, steps - 1));
    if (!taken_us.empty()) {
      std::sort(taken_us.begin(), taken_us.end());
      out_.high_us = taken_us[taken_us.size() * 99 / 100];
    }
    compare();
    out_.found = twin_.observer().in_force();
    return out_;
  }

  const Twin& twin() const { return twin_; }
  kiln::Kiln& kiln() { return *kiln_; }

 private:
  static kiln::PlantParams drawn(std::uint64_t seed) {
    return kiln::draw_plant(kiln::plant_or_throw("kiln/p2.plant.toml"), seed);
  }

  /// Weekly gaps, crowded into days: 0.3 to 2 m at three random times.
  void gaps(std::uint64_t seed) {
    namespace noise = instruments;
    const std::uint64_t key = noise::stream(seed, "gaps of the trial");
    std::vector<faults::Fault> events;
    for (std::uint64_t i = 0; i < 3; ++i) {
      faults::Fault gap;
      gap.fault = faults::Kind::feed_gap;
      gap.time_s = 3600.0 * (2.0 + 23.0 * static_cast<double>(i) +
                             20.0 * noise::uniform(noise::element(key, i), 0));
      gap.duration_s = 1200.0 * (0.3 + 1.7 * noise::uniform(noise::element(key, i), 1));
      events.push_back(gap);
    }
    kiln_->schedule(events);
  }

  bool settled() const { return twin_.time_s() >= residence_s_; }

  /// Which column of the plant stands where a row of the twin is; none if none is near.
  std::size_t column_at(double position_m) const {
    const auto& at = kiln_->load().position_m();
    const std::size_t n = kiln_->load().beds().count();
    std::size_t best = n;
    double near = 0.17;
    for (std::size_t j = 0; j < n; ++j) {
      if (std::abs(at[j] - position_m) < near) {
        near = std::abs(at[j] - position_m);
        best = j;
      }
    }
    return best;
  }

  double size_nm(std::size_t j) const {
    const kiln::Beds& beds = kiln_->load().beds();
    double sum = 0;
    for (std::size_t n = 0; n < beds.layers() * beds.nodes(); ++n) {
      sum += std::cbrt(beds.size_nm3[n * beds.stride() + j]);
    }
    return sum / static_cast<double>(beds.layers() * beds.nodes());
  }

  bool dry(std::size_t j) const {
    const kiln::Beds& beds = kiln_->load().beds();
    for (std::size_t l = 0; l < beds.layers(); ++l) {
      for (std::size_t i = 0; i < beds.nodes(); ++i) {
        if (!beds.dry(j, l, i, 0.99)) return false;
      }
    }
    return true;
  }

  /// Events: columns and rows that become dry, rows that leave.
  void follow() {
    const kiln::Load& load = kiln_->load();
    const std::size_t n = load.beds().count();
    for (std::size_t j = 0; j < n; ++j) {
      const std::uint64_t number = load.fed() - 1 - j;
      if (load.position_m()[j] < 5 || load.position_m()[j] > 45) continue;
      if (true_dry_.count(number) == 0 && dry(j)) true_dry_[number] = load.position_m()[j];
    }
    const Seen& seen = twin_.seen();
    for (std::size_t r = 0; r < seen.count; ++r) {
      if (seen.dry[r] != 0 && seen.position_m[r] < 45 && seen_dry_.count(seen.number[r]) == 0) {
        const std::size_t j = column_at(seen.position_m[r]);
        if (j == n) continue;
        seen_dry_[seen.number[r]] = {load.fed() - 1 - j, seen.dry_m, seen.dry_sigma_m, settled()};
      }
      if (seen.position_m[r] > 71.0 && gone_.count(seen.number[r]) == 0) {
        const std::size_t j = column_at(seen.position_m[r]);
        if (j == n) continue;
        gone_[seen.number[r]] = true;
        const double truth = size_nm(j);
        if (settled()) {
          out_.size.add(seen.size_nm.value[r] / truth - 1.0, seen.size_nm.sigma[r] / truth);
        }
      }
    }
  }

  void judge() {
    const Seen& seen = twin_.seen();
    const kiln::Beds& beds = kiln_->load().beds();
    const auto hour = static_cast<std::size_t>(twin_.time_s() / 3600);
    for (std::size_t r = 0; r < seen.count; ++r) {
      if (seen.position_m[r] < 0) continue;
      const std::size_t j = column_at(seen.position_m[r]);
      if (j == beds.count()) continue;
      const double error = seen.core_degC.value[r] + 273.15 - beds.core_K(j);
      const double s = seen.position_m[r];
      if (!dry(j)) {
        if (hour < out_.hourly.size()) out_.hourly[hour].add(error, seen.core_degC.sigma[r]);
        if (settled()) out_.drying_K.add(error, seen.core_degC.sigma[r]);
      } else if (s > 32 && s < 58 && settled()) {
        out_.soak_K.add(error, seen.core_degC.sigma[r]);
      }
    }
  }

  void compare() {
    for (const auto& [row, seen] : seen_dry_) {
      const auto truth = true_dry_.find(seen.column);
      if (truth == true_dry_.end() || !seen.judged) continue;
      out_.dry_m.add(seen.at_m - truth->second, seen.sigma_m);
    }
  }

  struct Dried {
    std::uint64_t column;
    double at_m, sigma_m;
    bool judged;
  };
  config::KilnConfig config_;
  Places places_;
  std::unique_ptr<kiln::Kiln> kiln_;
  Twin twin_;
  Reader reader_;
  Measured measured_;
  double residence_s_;
  Outcome out_;
  std::map<std::uint64_t, double> true_dry_;
  std::map<std::uint64_t, Dried> seen_dry_;
  std::map<std::uint64_t, bool> gone_;
};

}  // namespace saggar::twin
