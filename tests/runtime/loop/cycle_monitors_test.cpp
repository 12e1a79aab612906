// A controller that is watched from outside: what it loses when it is not believed, and how it
// comes back (LC-20..22).
#include <gtest/gtest.h>

#include <cmath>

#include "tests/runtime/loop/loop_rig.hpp"

namespace saggar::loop {
namespace {

using domain::Drift;
using domain::EventCode;
using domain::Reason;

std::shared_ptr<const host::Package> package() {
  host::Package p;
  p.id = "org.saggar.zoo.watched";
  p.version = "1";
  p.backend = "torchscript";
  p.sha256 = std::string(64, 'a');
  p.period_s = 1;
  for (const domain::Mv& mv : loop_plant().mvs) {
    const std::string& pv = loop_plant().tags[mv.pv].name;
    const std::string& sp = loop_plant().tags[mv.tag].name;
    p.features.push_back({pv, "degC", sp, -500, 500, 0, 10, {0}});
  }
  p.outputs.push_back({{p.features[0].reference_tag}, "degC", 10, 6});
  p.predictions.push_back({p.features[0].tag, "degC", 3, 750, 10});
  p.members = {0, 1};
  p.files = {{"a", {1}}, {"b", {1}}};
  return std::make_shared<const host::Package>(p);
}

/// Four inputs of one standard deviation each, distance 4; 3 K of what is foretold in 3 s.
monitor::WatchSettings watch() {
  monitor::WatchSettings w;
  const std::size_t n = loop_plant().mvs.size();
  for (std::size_t i = 0; i < n; ++i) {
    w.features.push_back({loop_plant().mvs[i].pv, static_cast<domain::MvId>(i), {0, 10, {0}}});
  }
  w.period_s = w.step_s = 1;
  w.mean.assign(n, 0);
  w.lower.assign(n * n, 0);
  for (std::size_t i = 0; i < n; ++i) w.lower[i * n + i] = 1;
  w.distance = 4;
  w.spread = {0.2};
  w.members = 2;
  w.predictions = {{loop_plant().mvs[0].pv, 3, 3}};
  w.foretold.drift.warm_up = 5;
  return w;
}

control::Seat watched(std::uint32_t latency, const monitor::WatchSettings& settings) {
  host::InstanceSpec spec = host::spec_of();
  spec.name = "first";
  spec.latency_cycles = latency;
  auto created = host::instantiate(host::open_animal("foretells"), loop_plant(), spec);
  if (!created.ok()) throw std::runtime_error(created.error().text());
  const domain::Status given = created.value().give_package(package());
  if (!given.ok()) throw std::runtime_error(given.error().text());
  auto configured = std::move(created).value().configure();
  if (!configured.ok()) throw std::runtime_error(configured.error().text());
  auto active = std::move(configured).value().activate();
  if (!active.ok()) throw std::runtime_error(active.error().text());
  return {"first", domain::Duty::heat, std::move(active).value(), 1, latency, settings};
}

control::Roster roster(std::uint32_t latency, bool threads, const monitor::WatchSettings& watch) {
  std::vector<control::Seat> seats;
  seats.push_back(watched(latency, watch));
  seats.push_back(
      {"second", domain::Duty::heat, host::active_animal("complete", {}, loop_plant()), 1, 0});
  control::RosterSettings settings;
  settings.threads = threads;
  return {loop_plant(), std::move(seats), settings};
}

CycleSettings trusting() {
  CycleSettings s = loop_settings();
  s.ladders[0].dwell_cycles = 5;
  operate::TrustSettings t;
  t.controller = 0;
  t.start = domain::Level::full;
  t.groups = {{"rest", {0, 1, 2, 3}}};
  t.band.assign(4, 1);
  t.least_move.assign(4, 0.1);
  s.trust = {t};
  return s;
}

/// Temperatures that wander a little, as thermocouples do; the same for equal cycles.
class Watched : public LoopRig {
 public:
  explicit Watched(std::uint32_t latency = 0, bool threads = false,
                   const monitor::WatchSettings& settings = watch())
      : LoopRig(roster(latency, threads, settings), trusting()) {}
  void on(int cycles) {
    for (int i = 0; i < cycles; ++i) {
      field.pv = kRecipe_degC + shift_K + wander_K * std::sin(7.0 * static_cast<double>(count));
      step();
      for (const domain::Event& e : record.events) ++seen[e.code];
      if (record.decisions[0].moved) moved_at = count;
    }
  }
  void set(const char* key, double value) {
    domain::Intent intent;
    intent.id = ++intents;
    intent.kind = domain::IntentKind::set_parameter;
    intent.controller = 0;
    intent.key.assign(key);
    intent.value = value;
    intent.who.assign("shift");
    intent.station.assign("panel");
    intent.reason.assign("test");
    ASSERT_TRUE(cycle.offer(intent));
  }
  const domain::MonitorReport& report() const { return record.monitors[0]; }

  double shift_K = 0, wander_K = 0.3;
  std::uint64_t moved_at = 0;
  std::map<EventCode, int> seen;
};

TEST(CycleMonitors, ASensorShiftTakesTheRungDownInThreePeriods) {
  Watched rig;
  rig.switch_on();
  rig.on(20);
  ASSERT_EQ(rig.record.decisions[0].rung, kFirst);
  EXPECT_EQ(rig.report().reason, Reason::none);
  EXPECT_LT(rig.report().distance, 1);
  rig.shift_K = 40;
  const std::uint64_t before = rig.count;
  rig.on(2);
  EXPECT_EQ(rig.record.decisions[0].rung, kFirst);
  rig.on(1);
  EXPECT_EQ(rig.record.decisions[0].rung, kSecond);
  EXPECT_EQ(rig.record.decisions[0].reason, Reason::not_believed);
  EXPECT_EQ(rig.moved_at, before + 3);
  EXPECT_EQ(rig.report().over, 0b101) << "unusual inputs, predictions that fail";
  EXPECT_EQ(rig.seen[EventCode::belief_lost], 1);
}

TEST(CycleMonitors, ItComesBackByTheLaddersOrdinaryWay) {
  Watched rig;
  rig.switch_on();
  rig.on(20);
  rig.shift_K = 40;
  rig.on(5);
  rig.shift_K = 0;
  rig.on(31);
  EXPECT_EQ(rig.seen[EventCode::belief_regained], 1);
  EXPECT_EQ(rig.record.decisions[0].blocked[kFirst], Reason::none);
  EXPECT_EQ(rig.record.decisions[0].rung, kSecond) << "believed, but not up yet";
  rig.on(6);
  EXPECT_EQ(rig.record.decisions[0].rung, kFirst);
  EXPECT_EQ(rig.record.decisions[0].reason, Reason::dwell_elapsed);
}

TEST(CycleMonitors, NetworksThatDisagreeAloneTakeNobodyDown) {
  Watched rig;
  rig.switch_on();
  rig.set("apart", 9);
  rig.on(50);
  EXPECT_EQ(rig.report().over, 0b010);
  EXPECT_EQ(rig.record.decisions[0].rung, kFirst);
  rig.set("wrong_K", 20);
  rig.on(7);  // 3 s until it is due, then 3 periods
  EXPECT_EQ(rig.report().over, 0b110);
  EXPECT_EQ(rig.record.decisions[0].reason, Reason::not_believed);
}

// Bar 5: a feature that is frozen inside of the plugin, and a count that stands.
TEST(CycleMonitors, WhatItSaysItSawIsHeldAgainstTheKiln) {
  for (const char* lie : {"blind", "silent"}) {
    Watched rig;
    rig.switch_on();
    rig.on(20);
    rig.set(lie, 1);
    rig.on(4);
    EXPECT_EQ(rig.record.decisions[0].rung, kSecond) << lie;
    EXPECT_EQ(rig.record.decisions[0].reason, Reason::inputs_differ) << lie;
    EXPECT_EQ(rig.seen[EventCode::inputs_differ], 1) << lie;
  }
}

// LC-22, SC-83: once a level, however long it stands; a person's restart begins the tests anew.
TEST(CycleMonitors, DriftCostsOneLevel) {
  Watched rig;
  rig.switch_on();
  rig.on(400);
  EXPECT_EQ(rig.report().drift, Drift::ok);
  rig.set("wrong_K", 1);
  rig.on(3000);
  EXPECT_EQ(rig.report().drift, Drift::act);
  EXPECT_EQ(rig.record.trust[0].level, domain::Level::narrow);
  EXPECT_EQ(rig.record.trust[0].reason, Reason::drift);
  EXPECT_EQ(rig.seen[EventCode::level_lost], 1);
  EXPECT_GE(rig.seen[EventCode::drift_changed], 1);
  rig.offer(domain::IntentKind::restart_controller);
  rig.on(2);
  EXPECT_EQ(rig.report().drift, Drift::ok);
}

// LC-21: the engineer hears of a band that is wrong. Here a kiln stands still, and a band of no
// width holds all of it.
TEST(CycleMonitors, ABandThatHoldsTooMuchIsSaidOnce) {
  monitor::WatchSettings settings = watch();
  settings.foretold.window_s = 168;
  Watched rig(0, false, settings);
  rig.wander_K = 0;
  rig.on(60);
  EXPECT_EQ(rig.report().coverage, 1);
  EXPECT_EQ(rig.seen[EventCode::coverage_off], 0) << "half of the window is not known yet";
  rig.on(200);
  EXPECT_TRUE(rig.report().coverage_off);
  EXPECT_EQ(rig.seen[EventCode::coverage_off], 1);
}

TEST(CycleMonitors, AWorkersAnswerIsJudgedInTheCycleInWhichItCounts) {
  Watched inside(1, false), beside(1, true);
  for (Watched* rig : {&inside, &beside}) {
    rig->switch_on();
    rig->on(20);
    rig->shift_K = 40;
  }
  for (int i = 0; i < 6; ++i) {
    inside.on(1), beside.on(1);
    EXPECT_EQ(inside.report().distance, beside.report().distance);
    EXPECT_EQ(inside.report().over, beside.report().over);
    EXPECT_EQ(inside.record.decisions[0].rung, beside.record.decisions[0].rung);
  }
  EXPECT_EQ(inside.record.decisions[0].reason, Reason::not_believed);
}

TEST(CycleMonitors, ASavedStateGoesOnBitForBit) {
  for (const std::uint32_t latency : {0U, 1U}) {
    Watched a(latency), b(latency);
    a.switch_on();
    a.on(500);
    a.shift_K = 40;
    a.on(2);
    const std::vector<std::uint8_t> bytes = a.saved();
    auto load = domain::Archive::loading(bytes.data(), bytes.size());
    b.cycle.serialize(load);
    ASSERT_TRUE(load.ok() && load.at_end());
    b.field = a.field, b.count = a.count, b.shift_K = 40;
    for (int i = 0; i < 20; ++i) {
      a.on(1), b.on(1);
      ASSERT_EQ(a.saved(), b.saved()) << "latency " << latency << " cycle " << i;
      ASSERT_EQ(a.record.events.size(), b.record.events.size());
    }
    EXPECT_EQ(b.record.decisions[0].reason, Reason::not_believed);
  }
}

}  // namespace
}  // namespace saggar::loop
