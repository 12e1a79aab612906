// What closed-loop tests share: a runtime and a kiln from the repository's configuration files.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "hil/suite/in_process.hpp"

namespace saggar::testing {

inline suite::InProcessFiles p2_files(const std::string& control = "pid.toml") {
  const std::filesystem::path configs = std::filesystem::path(SAGGAR_SOURCE_DIR) / "configs";
  return {configs / "site/simulated.toml", configs / "kiln/p2.toml", configs / "kiln/p2.plant.toml",
          configs / "recipes/ncm811-p2.toml", configs / "control" / control};
}

inline suite::InProcessFiles p1_files() {
  const std::filesystem::path configs = std::filesystem::path(SAGGAR_SOURCE_DIR) / "configs";
  return {configs / "site/simulated.toml", configs / "kiln/p1.toml", configs / "kiln/p1.plant.toml",
          configs / "recipes/ncm622-p1.toml", configs / "control/pid.toml"};
}

inline std::unique_ptr<suite::InProcess> start(const suite::InProcessFiles& files,
                                               suite::InProcessOptions options = {}) {
  options.plugin_dirs.push_back(SAGGAR_PLUGIN_DIR);
  auto made = suite::InProcess::make(files, options);
  if (!made) throw std::runtime_error(made.error().text());
  return std::move(made).value();
}

/// What a person at the panel asks of the heat duty; tests set the rest.
inline domain::Intent person_asks(domain::IntentKind kind, std::uint64_t id) {
  domain::Intent intent;
  intent.id = id;
  intent.kind = kind;
  intent.duty = domain::Duty::heat;
  intent.who.assign("operator");
  intent.station.assign("panel");
  intent.reason.assign("test");
  return intent;
}

/// Runs until heat is ON, at most `limit` cycles; the number of cycles it took.
inline int switch_on(suite::InProcess& run, int limit = 1800) {
  run.offer(domain::IntentKind::switch_on);
  for (int i = 1; i <= limit; ++i) {
    run.cycle();
    if (run.record().applications[0] == domain::AppState::on) return i;
  }
  ADD_FAILURE() << "heat did not come ON in " << limit << " cycles; it is "
                << domain::name(run.record().applications[0]);
  return limit;
}

/// Every value the field is told to use lies inside every limit of its MV and the neighbours'
/// (G4, G7, SC-38); written anew here, sharing no code with the guard.
class LimitChecker {
 public:
  explicit LimitChecker(const domain::Plant& plant) : plant_(plant), last_(plant.mvs.size(), NAN) {}

  void check(const domain::Record& record) {
    for (std::size_t i = 0; i < plant_.mvs.size(); ++i) {
      const domain::Mv& mv = plant_.mvs[i];
      if (record.command.action[i] != domain::Action::write) {
        if (record.command.action[i] == domain::Action::release) last_[i] = NAN;
        continue;
      }
      const double v = record.command.value[i];
      const double trim = v - record.recipe[i];
      const double slack = 1e-9 + mv.resolution;
      bad(!std::isfinite(v), "not finite", record, i);
      bad(v < mv.limits.low - 1e-9 || v > mv.limits.high + 1e-9, "absolute", record, i);
      bad(mv.trip > 0 && v > mv.trip - plant_.trip_margin_K + 1e-9, "trip margin", record, i);
      bad(trim < mv.limits.trim_low - slack || trim > mv.limits.trim_high + slack, "trim", record,
          i);
      bad(std::abs(v - last_[i]) > mv.limits.per_period + slack, "step", record, i);
      last_[i] = v;
    }
  }
  std::uint64_t violations() const { return violations_; }
  const std::string& first() const { return first_; }

 private:
  void bad(bool violated, const char* what, const domain::Record& record, std::size_t mv) {
    if (!violated) return;
    if (violations_++ == 0) {
      first_ = std::string(what) + " limit of " + plant_.tags[plant_.mvs[mv].tag].name +
               " at cycle " + std::to_string(record.cycle) + ": " +
               std::to_string(record.command.value[mv]) + ", recipe " +
               std::to_string(record.recipe[mv]);
    }
  }
  const domain::Plant& plant_;
  std::vector<double> last_;
  std::uint64_t violations_ = 0;
  std::string first_;
};

/// Follows each MV to its first write after the hand-over. A change of less than one resolution
/// step is not sent (SC-39), so that write may come many cycles later.
class FirstWrites {
 public:
  FirstWrites(const domain::Plant& plant, std::vector<domain::MvId> mvs)
      : plant_(plant), waiting_(std::move(mvs)) {}
  /// The working setpoints that the next cycle is compared with.
  void before(const domain::Record& record) {
    working_.resize(plant_.mvs.size());
    for (const domain::MvId mv : waiting_) {
      working_[mv] = record.frame.samples[plant_.mvs[mv].working].value;
    }
  }
  void after(const domain::Record& record, bool at_once) {
    std::erase_if(waiting_, [&](domain::MvId mv) {
      if (record.command.action[mv] != domain::Action::write) return false;
      double& largest = at_once ? at_once_K : later_K;
      largest = std::max(largest, std::abs(record.command.value[mv] - working_[mv]));
      ++(at_once ? at_once_count : later_count);
      return true;
    });
  }
  std::size_t never_count() const { return waiting_.size(); }

  double at_once_K = 0, later_K = 0;
  std::size_t at_once_count = 0, later_count = 0;

 private:
  const domain::Plant& plant_;
  std::vector<domain::MvId> waiting_;
  std::vector<double> working_;
};

}  // namespace saggar::testing
