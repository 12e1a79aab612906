// A small plant, its field's table in another order, and a field link pumped by one thread.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "runtime/wire/field_client.hpp"
#include "runtime/wire/field_server.hpp"

namespace saggar::wire {

inline domain::Tag read_tag(const std::string& name, units::Unit unit, double low, double high) {
  return {name, unit, low, high, 0, domain::Access::read};
}
inline domain::Tag write_tag(const std::string& name, units::Unit unit, double low, double high,
                             double resolution) {
  return {name, unit, low, high, resolution, domain::Access::write};
}

/// Tags 0..4; MV 0 writes tag 4 (flow), MV 1 writes tag 2 (zone setpoint).
inline domain::Plant small_plant() {
  using U = units::Unit;
  domain::Plant plant;
  plant.name = "P-test";
  (void)plant.tags.add(read_tag("zone01.top.temperature", U::degC, 0, 1200));
  (void)plant.tags.add(read_tag("zone01.top.working_setpoint", U::degC, 0, 1200));
  (void)plant.tags.add(write_tag("zone01.top.setpoint", U::degC, 0, 1100, 0.1));
  (void)plant.tags.add(read_tag("o2.inlet01.working_flow", U::Nm3_per_h, 0, 300));
  (void)plant.tags.add(write_tag("o2.inlet01.flow_setpoint", U::Nm3_per_h, 0, 300, 0));
  domain::Mv flow;
  flow.tag = 4;
  flow.working = 3;
  flow.duty = domain::Duty::atmosphere;
  domain::Mv setpoint;
  setpoint.tag = 2;
  setpoint.working = 1;
  setpoint.pv = 0;
  plant.mvs = {flow, setpoint};
  return plant;
}

/// The same tags in another order, with one more that only the field knows. Field MVs: 0 = zone
/// setpoint (index 1), 1 = flow setpoint (index 3).
inline domain::TagTable field_table() {
  const domain::Plant plant = small_plant();
  domain::TagTable table;
  (void)table.add(read_tag("field.uptime", units::Unit::s, 0, 1e9));
  for (const int id : {2, 0, 4, 1, 3}) {
    (void)table.add(plant.tags[static_cast<domain::TagId>(id)]);
  }
  return table;
}

/// A frame of the field: sample i is 100 + i, good, of the frame's time.
inline domain::Frame field_frame(std::size_t tags, std::int64_t time_ns) {
  domain::Frame frame(tags);
  frame.time_ns = time_ns;
  for (std::size_t i = 0; i < tags; ++i) {
    frame.samples[i] = {100.0 + static_cast<double>(i), time_ns, domain::Quality::good,
                        domain::SubStatus::none};
  }
  return frame;
}

inline std::int64_t now_ns() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

/// Repeats `step` until `done`, at most for a very long time.
inline bool until(const std::function<bool()>& done, const std::function<void()>& step) {
  const std::int64_t end = now_ns() + 30'000'000'000;
  while (!done()) {
    if (now_ns() > end) return false;
    step();
  }
  return true;
}

inline const FieldEndpoints kAnyPort = {"tcp://127.0.0.1:*", "tcp://127.0.0.1:*"};

class LinkTest : public ::testing::Test {
 protected:
  void start_field(const FieldEndpoints& endpoints = kAnyPort) {
    // ZeroMQ closes a listener in the background: the port of the last one may still be taken.
    ASSERT_TRUE(until(
        [&] {
          auto made = FieldServer::bind(context, endpoints, "P-test", table);
          if (made.ok()) field = std::move(made).value();
          return made.ok();
        },
        [] { wait({}, std::chrono::milliseconds(1)); }));
  }
  void start_runtime(const FieldEndpoints& endpoints) {
    auto made = FieldClient::connect(context, endpoints, plant, settings);
    ASSERT_TRUE(made.ok()) << made.error().text();
    runtime = std::move(made).value();
  }
  void start_both() {
    start_field();
    start_runtime(field->endpoints());
    ASSERT_TRUE(pump([&] { return runtime->link_up() && field->peer_present(); }));
  }

  /// One pass of the runtime's io loop and of the field's loop.
  void pass() {
    std::vector<Pollable> items;
    if (runtime) {
      for (const Pollable& item : runtime->pollables()) items.push_back(item);
    }
    if (field) items.push_back(field->pollable());
    wait(items, std::chrono::milliseconds(2));
    if (runtime) {
      runtime->beat(heartbeat, clock ? clock() : now_ns());
      run_runtime();
    }
    if (field) run_field();
  }
  void run_runtime() {
    for (;;) {
      const FieldClientGot got = runtime->receive(frame, ack);
      if (got == FieldClientGot::nothing) return;
      runtime_got.push_back(got);
      if (got == FieldClientGot::frame) frames.push_back(frame);
      if (got == FieldClientGot::ack) acks.push_back(ack);
    }
  }
  void run_field() {
    for (;;) {
      const FieldGot got = field->receive(command);
      if (got == FieldGot::nothing) return;
      field_got.push_back(got);
      if (got != FieldGot::command) continue;
      commands.push_back(command);
      domain::Ack answer(field->mv_count());
      answer.cycle = command.cycle;
      answer.taken = command.value;
      field->acknowledge(answer);
    }
  }
  bool pump(const std::function<bool()>& done) {
    return until(done, [this] { pass(); });
  }
  static std::size_t count(const std::vector<FieldClientGot>& got, FieldClientGot what) {
    return static_cast<std::size_t>(std::count(got.begin(), got.end(), what));
  }
  static std::size_t count(const std::vector<FieldGot>& got, FieldGot what) {
    return static_cast<std::size_t>(std::count(got.begin(), got.end(), what));
  }
  /// A command that writes every MV.
  domain::Command write_all(std::uint64_t cycle, double value) const {
    domain::Command all(plant.mvs.size());
    all.cycle = cycle;
    all.valid_until_ns = INT64_MAX;
    for (std::size_t i = 0; i < all.value.size(); ++i) {
      all.value[i] = value + static_cast<double>(i);
      all.action[i] = domain::Action::write;
    }
    return all;
  }

  Context context;
  const domain::Plant plant = small_plant();
  domain::TagTable table = field_table();
  HeartbeatSettings settings;
  std::unique_ptr<FieldServer> field;
  std::unique_ptr<FieldClient> runtime;
  std::uint32_t heartbeat = 1;
  std::function<std::int64_t()> clock;  ///< of the runtime; empty = the real one

  domain::Frame frame{plant.tags.size()};
  domain::Ack ack{plant.mvs.size()};
  domain::Command command{2};
  std::vector<FieldClientGot> runtime_got;
  std::vector<FieldGot> field_got;
  std::vector<domain::Frame> frames;
  std::vector<domain::Ack> acks;
  std::vector<domain::Command> commands;
};

}  // namespace saggar::wire
