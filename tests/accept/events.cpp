#include <algorithm>
#include <stdexcept>

#include "hil/instruments/noise.hpp"
#include "tests/accept/closed_loop_case.hpp"

namespace saggar::accept {
namespace {

using faults::Fault;
using faults::Kind;

constexpr double kNominal_m_per_s = 3.0 / 3600.0;
constexpr double kLot_s = 25 * 0.34 / kNominal_m_per_s;  ///< 25 columns of 0.34 m

Fault fault(Kind kind, const std::string& target, double severity, double duration_s) {
  Fault out;
  out.fault = kind;
  out.target = target;
  out.severity = severity;
  out.duration_s = duration_s;
  return out;
}

std::vector<Event> make_events() {
  const std::vector<std::size_t> on_the_way = {4, 10, 16, 22};
  return {
      {"gap",
       "A feed gap of 2 m",
       "Nothing is fed for 40 minutes (F17).",
       {fault(Kind::feed_gap, "", 1, 2.0 / kNominal_m_per_s)},
       on_the_way,
       true},
      {"wet",
       "A wet lot",
       "One lot of 25 columns brings 3 points more free moisture (F12).",
       {fault(Kind::wet_lot, "", 3, kLot_s)},
       on_the_way,
       true},
      {"overfill",
       "An overfilled lot",
       "One lot of 25 columns is filled with 20 % more (F11).",
       {fault(Kind::overfill, "", 0.2, kLot_s)},
       on_the_way,
       true},
      {"oxygen",
       "An O2 drop",
       "The oxygen plant loses 30 % of its flow for two hours, and purity "
       "with it (F14).",
       {fault(Kind::o2_supply_drop, "", 0.3, 7200)},
       {16, 20, 25},
       false},
      {"heater",
       "A heater element open",
       "Half of the elements of the top loop of zone 18 carry no "
       "current any more (F4).",
       {fault(Kind::heater_open, "zone18.top", 0.5, 0)},
       {16, 17, 18},
       false},
      {"grade",
       "A grade change",
       "From now on another grade is fed: 15 % less in each saggar, Li/M lower by 0.01 (F18 as far "
       "as "
       "the load goes: set points of a recipe cannot be changed in a running runtime).",
       {fault(Kind::overfill, "", -0.15, 0), fault(Kind::li_ratio, "", -0.01, 0)},
       on_the_way,
       true},
  };
}

}  // namespace

const std::vector<Event>& events() {
  static const std::vector<Event> all = make_events();
  return all;
}

const Event& event_named(const std::string& name) {
  std::string names;
  for (const Event& event : events()) {
    if (event.name == name) return event;
    names += (names.empty() ? "" : ", ") + event.name;
  }
  throw std::runtime_error("no event " + name + "; there are " + names);
}

std::vector<faults::Fault> normal_gaps(std::uint64_t seed, double hours) {
  namespace noise = instruments;
  const std::uint64_t key = noise::stream(seed, "gaps of the trial");
  std::vector<Fault> gaps;
  for (std::uint64_t i = 0; i < 3; ++i) {
    Fault gap;
    gap.fault = Kind::feed_gap;
    gap.time_s = 3600.0 * (2.0 + 23.0 * static_cast<double>(i) +
                           20.0 * noise::uniform(noise::element(key, i), 0));
    const double length_m = 0.3 + 1.7 * noise::uniform(noise::element(key, i), 1);
    gap.duration_s = length_m / kNominal_m_per_s;
    if (gap.time_s < 3600.0 * hours) gaps.push_back(gap);
  }
  return gaps;
}

}  // namespace saggar::accept
