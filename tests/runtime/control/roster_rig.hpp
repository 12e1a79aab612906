// A roster of zoo controllers and the values it is asked with, one cycle per second.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "runtime/control/roster.hpp"
#include "tests/plugins/host/zoo_host.hpp"

namespace saggar::control {

/// The animal of that name, two zones: four MVs of duty heat.
inline Seat seat_of(const std::string& animal, std::uint32_t period, std::uint32_t latency,
                    std::vector<host::ParamSpec> params = {}) {
  host::InstanceSpec spec = host::spec_of(std::move(params));
  spec.latency_cycles = latency;
  auto created = host::instantiate(host::open_animal(animal), host::small(), spec);
  if (!created.ok()) throw std::runtime_error(created.error().text());
  auto configured = std::move(created).value().configure();
  if (!configured.ok()) throw std::runtime_error(configured.error().text());
  auto active = std::move(configured).value().activate();
  if (!active.ok()) throw std::runtime_error(active.error().text());
  return {animal, domain::Duty::heat, std::move(active).value(), period, latency};
}

inline host::ParamSpec param_of(const std::string& key, double value) { return {key, value, {}}; }

class RosterRig {
 public:
  RosterRig(Seat seat, RosterSettings settings) : RosterRig(one(std::move(seat)), settings) {}
  RosterRig(std::vector<Seat> seats, RosterSettings settings)
      : roster(host::small(), std::move(seats), settings), screened(host::small().tags.size()) {
    const std::size_t mvs = host::small().mvs.size();
    working.assign(mvs, 750);
    reference.assign(mvs, 750);
    low.assign(mvs, 0);
    high.assign(mvs, 1000);
    limited.assign(mvs, domain::Limited::no);
    free.assign(mvs, 1);
    owner.assign(mvs, 0);
    modes.resize(mvs);
    for (const std::size_t size : roster.proposal_sizes()) proposals.emplace_back(size);
    driving.fill(true);
  }

  /// The next cycle: frame 100 + cycle, every temperature 740, the references 700 + cycle.
  const domain::Proposal& ask(const std::vector<domain::Proposal>* facts = nullptr) {
    ++cycle;
    screened.sequence = 100 + cycle;
    screened.time_ns = static_cast<std::int64_t>(cycle) * 1'000'000'000;
    for (domain::Sample& sample : screened.samples) {
      sample = {740, screened.time_ns, domain::Quality::good, domain::SubStatus::none};
    }
    for (double& r : reference) r = 700 + static_cast<double>(cycle);
    AskInputs in{cycle, screened.time_ns, fresh, screened, working, reference, low,
                 high,  limited,          free,  owner,    driving};
    roster.ask(in, facts, proposals);
    return proposals[0];
  }
  domain::Reason serve(domain::IntentKind kind, domain::ControllerId controller = 0,
                       domain::MvId mv = 0, const char* key = "", double value = 0) {
    domain::Intent intent;
    intent.kind = kind;
    intent.controller = controller;
    intent.mv = mv;
    intent.key.assign(key);
    intent.value = value;
    return roster.serve(intent, modes, events);
  }
  std::vector<std::uint8_t> saved() {
    std::vector<std::uint8_t> bytes;
    auto archive = domain::Archive::saving(bytes);
    roster.serialize(archive);
    return bytes;
  }
  bool restore(const std::vector<std::uint8_t>& bytes) {
    auto archive = domain::Archive::loading(bytes.data(), bytes.size());
    roster.serialize(archive);
    return archive.ok() && archive.at_end();
  }

  Roster roster;
  domain::Frame screened;
  std::vector<double> working, reference, low, high;
  std::vector<domain::Limited> limited;
  std::vector<std::uint8_t> free;
  std::vector<domain::ControllerId> owner;
  std::vector<domain::ModeBlock> modes;
  std::array<bool, domain::kMaxControllers> driving{};
  std::vector<domain::Proposal> proposals;
  domain::Bounded<domain::Event> events{16};
  std::uint64_t cycle = 0;
  bool fresh = true;

 private:
  static std::vector<Seat> one(Seat seat) {
    std::vector<Seat> seats;
    seats.push_back(std::move(seat));
    return seats;
  }
};

}  // namespace saggar::control
