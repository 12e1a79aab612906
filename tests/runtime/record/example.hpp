// Example plants for the tests of record, and records of steady operation.
#pragma once

#include <cmath>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>

#include "runtime/domain/plant.hpp"
#include "runtime/domain/record.hpp"
#include "runtime/record/layout.hpp"

namespace saggar::record::example {

using domain::Record;

inline domain::TagId add_tag(domain::Plant& plant, const std::string& name, domain::Unit unit,
                             double high, double resolution,
                             domain::Access access = domain::Access::read) {
  domain::Tag tag;
  tag.name = name;
  tag.unit = unit;
  tag.high = high;
  tag.resolution = resolution;
  tag.access = access;
  return plant.tags.add(tag).value();
}

inline std::string two(std::size_t n) { return (n < 10 ? "0" : "") + std::to_string(n); }

/// Zones with two loops each; per loop temperature, working setpoint, output, remote, current and
/// a setpoint; then two O2 inlets and 12 other tags.
inline domain::Plant make_plant(std::uint16_t zones) {
  using domain::Unit;
  domain::Plant plant;
  plant.name = "example";
  plant.zones = zones;
  plant.soak_zone.assign(zones, false);
  for (std::size_t z = zones / 2U; z < zones; ++z) plant.soak_zone[z] = true;
  for (std::uint16_t z = 0; z < zones; ++z) {
    for (std::uint16_t l = 0; l < 2; ++l) {
      const std::string at = "zone" + two(z + 1U) + (l == 0 ? ".top" : ".bottom");
      domain::Mv mv;
      mv.pv = add_tag(plant, at + ".temperature", Unit::degC, 1200, 0.1);
      mv.working = add_tag(plant, at + ".working_setpoint", Unit::degC, 1200, 0.1);
      mv.output = add_tag(plant, at + ".output", Unit::percent, 100, 0.1);
      mv.remote = add_tag(plant, at + ".remote", Unit::boolean, 1, 1);
      add_tag(plant, at + ".current", Unit::A, 200, 0.1);
      mv.zone = z;
      mv.loop = l;
      mv.resolution = 0.1;
      plant.mvs.push_back(mv);
    }
  }
  for (std::size_t i = 1; i <= 12; ++i) {
    add_tag(plant, "gas.point" + std::to_string(i) + ".o2", Unit::percent, 100, 0.01);
  }
  for (domain::Mv& mv : plant.mvs) {
    const std::string at = "zone" + two(mv.zone + 1U) + (mv.loop == 0 ? ".top" : ".bottom");
    mv.tag = add_tag(plant, at + ".setpoint", Unit::degC, 1200, 0.1, domain::Access::write);
  }
  for (std::size_t i = 1; i <= 2; ++i) {
    domain::Mv mv;
    mv.duty = domain::Duty::atmosphere;
    mv.tag = add_tag(plant, "o2.inlet" + two(i) + ".flow_setpoint", Unit::Nm3_per_h, 100, 0,
                     domain::Access::write);
    plant.mvs.push_back(mv);
  }
  return plant;
}

/// Sizes of proposals of `controllers` controllers: heat, atmosphere, heat.
inline std::vector<std::size_t> proposal_sizes(const domain::Plant& plant,
                                               std::size_t controllers) {
  const std::size_t heat = plant.of(domain::Duty::heat).size();
  const std::size_t all[] = {heat, plant.of(domain::Duty::atmosphere).size(), heat};
  return {all, all + controllers};
}

inline Record make_record(const domain::Plant& plant, std::size_t controllers = 3,
                          std::size_t virtual_tags = 0, std::size_t estimators = 0,
                          std::size_t trust_rows = 0, std::size_t monitor_rows = 0) {
  return Record(plant, virtual_tags, proposal_sizes(plant, controllers), estimators, trust_rows,
                monitor_rows);
}

inline Layout layout_of(const domain::Plant& plant, const Record& record) {
  return make_layout(plant, record, {"pid", "gas", "shadow"},
                     {{{"pid", "hold", "recipe"}, {"gas", "hold"}, {}}});
}

/// Steady operation: temperatures, outputs and currents with noise on the grid of their devices,
/// trims from the controllers every `period` cycles, commands quantised by the guard.
class Steady {
 public:
  Steady(const domain::Plant& plant, std::size_t controllers, std::uint64_t period = 10,
         unsigned seed = 1)
      : plant_(plant), period_(period), random_(seed), record_(make_record(plant, controllers)) {
    for (std::size_t i = 0; i < plant.mvs.size(); ++i) {
      record_.recipe[i] = plant.mvs[i].duty == domain::Duty::heat ? 765.0 : 20.0;
      record_.command.value[i] = record_.recipe[i];
      record_.modes[i] = {domain::Mode::rcas, domain::Mode::rcas, domain::Mode::rcas, 0xFF,
                          domain::Limited::no};
    }
    for (std::size_t p = 0; p < record_.proposals.size(); ++p) {
      record_.proposals[p].controller = static_cast<domain::ControllerId>(p);
      record_.proposals[p].duty = p == 1 ? domain::Duty::atmosphere : domain::Duty::heat;
    }
    record_.decisions[0] = {0, 0, 0, domain::Reason::started, 1, false, 0.0};
    record_.decisions[1] = {0, 0, 1, domain::Reason::started, 1, false, 0.0};
  }

  /// The next cycle's record.
  const Record& next() {
    Record& r = record_;
    r.cycle++;
    r.time_ns = static_cast<std::int64_t>(r.cycle) * 1'000'000'000;
    r.frame.sequence = r.cycle;
    r.frame.time_ns = r.time_ns;
    r.frame.received_ns = r.time_ns + 12345;
    r.frame.link_up = true;
    for (std::size_t i = 0; i < r.frame.samples.size(); ++i) sample(i);
    const std::int64_t received = r.frame.received_ns;
    r.screened = r.frame;
    r.screened.received_ns = received;
    propose();
    command();
    r.timing = {r.time_ns + 20000, 5000, 18000 + static_cast<std::int64_t>(random_() % 5000), 6000,
                20000 - 12345};
    return r;
  }
  Record& record() noexcept { return record_; }

 private:
  double noise(double sigma) { return std::normal_distribution<double>(0.0, sigma)(random_); }

  void sample(std::size_t i) {
    const domain::Tag& tag = plant_.tags[static_cast<domain::TagId>(i)];
    domain::Sample& s = record_.frame.samples[i];
    s.time_ns = record_.time_ns;
    s.quality = domain::Quality::good;
    s.sub_status = domain::SubStatus::none;
    const std::string_view name = tag.name;
    const auto is = [&](std::string_view word) { return name.ends_with(word); };
    double v = 1.0;
    if (is(".temperature")) v = 765 + noise(0.15);
    if (is(".working_setpoint")) v = 765.0;
    if (is(".output")) v = 42 + noise(0.4);
    if (is(".current")) v = 88 + noise(0.3);
    if (is(".o2")) v = 93 + noise(0.02);
    if (is("setpoint") && tag.access == domain::Access::write) {
      v = record_.command.value[plant_.mv_of(static_cast<domain::TagId>(i))];
    }
    s.value = tag.resolution > 0 ? std::round(v / tag.resolution) * tag.resolution : v;
  }

  void propose() {
    Record& r = record_;
    const bool new_one = r.cycle % period_ == 0;
    for (domain::Proposal& p : r.proposals) {
      p.status = new_one ? domain::ProposalStatus::ok : domain::ProposalStatus::pending;
      if (!new_one) continue;
      p.inputs_sequence = r.frame.sequence;
      p.inputs_time_ns = r.time_ns;
      const auto mvs = plant_.of(p.duty);
      for (std::size_t i = 0; i < p.value.size(); ++i) p.value[i] = r.recipe[mvs[i]] + noise(0.3);
    }
  }

  void command() {
    Record& r = record_;
    r.gates = {};
    for (std::size_t i = 0; i < r.command.value.size(); ++i) {
      domain::Ask& ask = r.request.asks[i];
      ask.source = domain::Source::controller;
      ask.value = r.recipe[i];
      for (std::size_t d = 0; d < 2; ++d) {
        const auto mvs = plant_.of(static_cast<domain::Duty>(d));
        for (std::size_t j = 0; j < mvs.size(); ++j) {
          if (mvs[j] != i || d >= r.proposals.size()) continue;
          ask.value = r.proposals[d].value[j];
          ask.inputs_sequence = r.proposals[d].inputs_sequence;
          ask.inputs_time_ns = r.proposals[d].inputs_time_ns;
        }
      }
      const double step = plant_.mvs[i].resolution;
      const double value = step > 0 ? std::round(ask.value / step) * step : ask.value;
      r.command.action[i] =
          value == r.command.value[i] ? domain::Action::none : domain::Action::write;
      r.command.value[i] = value;
    }
    for (auto& gate : r.gates) gate[0] = static_cast<std::uint32_t>(r.command.value.size());
    r.command.cycle = r.cycle;
    r.command.frame_sequence = r.frame.sequence;
    r.command.time_ns = r.time_ns;
    r.command.valid_until_ns = r.time_ns + 5'000'000'000;
    r.command.heartbeat = static_cast<std::uint32_t>(r.cycle);
  }

  const domain::Plant& plant_;
  std::uint64_t period_;
  std::mt19937_64 random_;
  Record record_;
};

}  // namespace saggar::record::example
