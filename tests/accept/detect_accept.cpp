// Bar 9: detection of each fault beside plants that nobody has seen, and false alarms of normal
// operation. One line per case on the standard output, the figures as JSON. Called by mpc.py.
#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <mutex>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>
#include <tuple>
#include <vector>

#include "tests/controllers/twin/fault_bench.hpp"

namespace saggar::twin {
namespace {

namespace noise = instruments;
using faults::Kind;

/// Where a fault is put: drawn per plant.
enum class Where { nowhere, loop, first_damper };

/// One row of the table of claims (docs/engineer/detection.md).
struct Case {
  const char* name;
  Kind kind;
  Where where;
  double severity, duration_s, claim_h;
  Cause cause;
};

/// Claims were chosen on plants of seeds 101 and on, before the seeds of the report were run.
const Case kCases[] = {
    {"thermocouple +1 K/h", Kind::thermocouple_drift, Where::loop, 1000, 0, 8,
     Cause::thermocouple_wrong},
    {"thermocouple -1 K/h", Kind::thermocouple_drift, Where::loop, -1000, 0, 8,
     Cause::thermocouple_wrong},
    {"thermocouple +5 K", Kind::thermocouple_offset, Where::loop, 5, 0, 4,
     Cause::thermocouple_wrong},
    {"thermocouple -5 K", Kind::thermocouple_offset, Where::loop, -5, 0, 4,
     Cause::thermocouple_wrong},
    {"thermocouple +20 K", Kind::thermocouple_offset, Where::loop, 20, 0, 3,
     Cause::thermocouple_wrong},
    {"thermocouple -20 K", Kind::thermocouple_offset, Where::loop, -20, 0, 3,
     Cause::thermocouple_wrong},
    {"swap top and bottom", Kind::thermocouple_swap, Where::loop, 0, 0, 2,
     Cause::thermocouple_swap},
    {"swap with next zone", Kind::thermocouple_swap, Where::loop, 1, 0, 2,
     Cause::thermocouple_swap},
    {"element open, 1 of 6", Kind::heater_open, Where::loop, 1.0 / 6, 0, 0.25, Cause::element_open},
    {"elements open, 1 of 3", Kind::heater_open, Where::loop, 1.0 / 3, 0, 0.25,
     Cause::element_open},
    {"half wave", Kind::heater_open, Where::loop, 0.5, 0, 0.25, Cause::scr_half_wave},
    {"power unit open", Kind::scr_open, Where::loop, 1, 0, 0.25, Cause::scr_open},
    {"power unit shorted", Kind::scr_short, Where::loop, 1, 0, 0.25, Cause::scr_shorted},
    {"exhaust blocked 30 %", Kind::exhaust_block, Where::first_damper, 0.6, 0, 0.5,
     Cause::exhaust_blocked},
    {"exhaust blocked 45 %", Kind::exhaust_block, Where::first_damper, 0.9, 0, 0.5,
     Cause::exhaust_blocked},
    {"gap of 1 m", Kind::feed_gap, Where::nowhere, 1, 1200, 0.5, Cause::saggar_gap},
    {"gap of 2 m", Kind::feed_gap, Where::nowhere, 1, 2400, 0.5, Cause::saggar_gap},
    {"overfill 10 %", Kind::overfill, Where::nowhere, 0.1, 0, 0.75, Cause::overfill},
    {"overfill 30 %", Kind::overfill, Where::nowhere, 0.3, 0, 0.5, Cause::overfill},
    {"underfill 10 %", Kind::overfill, Where::nowhere, -0.1, 0, 0.75, Cause::underfill},
    {"underfill 30 %", Kind::overfill, Where::nowhere, -0.3, 0, 0.5, Cause::underfill},
};
constexpr std::size_t kCaseCount = std::size(kCases);
constexpr double kSettled_h = 8.0;  ///< of kiln and twin before anything is judged
constexpr double kAfter = 1.25;     ///< a run goes on for so many claimed times
constexpr double kAfter_h = 0.5;    ///< and at least so long after its claim

struct Options {
  std::uint64_t seed = 4001, normal_seed = 5001;
  int plants = 10, normal_plants = 16;
  double normal_h = 48;
  std::string json, only;
  bool loud = false;
  Limits limits;
};

/// Any name of limits.def may follow, for calibration on other seeds.
Options options(int argc, char** argv) {
  Options o;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string name = argv[i];
    const double value = std::atof(argv[i + 1]);
    if (name == "--seed") o.seed = static_cast<std::uint64_t>(value);
    if (name == "--plants") o.plants = static_cast<int>(value);
    if (name == "--normal-seed") o.normal_seed = static_cast<std::uint64_t>(value);
    if (name == "--normal-plants") o.normal_plants = static_cast<int>(value);
    if (name == "--normal-hours") o.normal_h = value;
    if (name == "--json") o.json = argv[i + 1];
    if (name == "--only") o.only = argv[i + 1];
    if (name == "--loud") o.loud = value != 0;
#define SAGGAR_TWIN_LIMIT(key, low, high, preset, doc) \
  if (name == "--" #key) o.limits.key = value;
#include "controllers/twin/limits.def"
#undef SAGGAR_TWIN_LIMIT
  }
  return o;
}

/// What one fault on one plant gave.
struct Trial {
  double delay_h = -1;  ///< until the right finding; below 0: never
  bool first_right = false;
  int others = 0;  ///< other places or causes that were found too
};

/// What the detector has told, each place and cause once.
class Told {
 public:
  using Key = std::tuple<int, int, int>;
  /// Calls `tell(finding)` for each finding that has not stood in this run before.
  template <class Tell>
  void note(const Findings& findings, const Tell& tell) {
    note(findings, false, tell);
  }
  /// @param again  a finding that ended and comes back counts once more
  template <class Tell>
  void note(const Findings& findings, bool again, const Tell& tell) {
    std::set<Key> now;
    for (std::size_t i = 0; i < findings.count(); ++i) {
      const Finding& f = findings[i];
      const Key key{static_cast<int>(f.cause), f.zone, f.element};
      now.insert(key);
      if (told_.insert(key).second) tell(f);
    }
    if (again) told_ = now;
  }

 private:
  std::set<Key> told_;
};

std::string loop_text(std::size_t zone, std::size_t element) {
  return std::string(zone < 9 ? "zone0" : "zone") + std::to_string(zone + 1) +
         (element == 0 ? ".top" : ".bottom");
}

bool right_place(const Case& c, const Finding& f, std::size_t zone, std::size_t element) {
  if (c.where != Where::loop) return true;
  if (c.kind != Kind::thermocouple_swap) return f.zone == zone && f.element == element;
  const std::size_t other_zone = c.severity == 0 ? zone : zone + 1;
  const std::size_t other_element = c.severity == 0 ? 1 - element : element;
  const auto is = [](std::size_t a, std::size_t b, std::size_t x, std::size_t y) {
    return a == x && b == y;
  };
  return (is(f.zone, f.element, zone, element) &&
          is(f.other_zone, f.other_element, other_zone, other_element)) ||
         (is(f.zone, f.element, other_zone, other_element) &&
          is(f.other_zone, f.other_element, zone, element));
}

std::mutex printing;

void print(const std::string& what, double hours, const Finding& f) {
  char line[400];
  const std::lock_guard lock(printing);
  std::printf("  %s, %.2f h: %s. %s [%.1f of %.1f, began %.2f h]\n", what.c_str(), hours,
              text(f.cause), sentence(f, line, sizeof line), f.statistic, f.threshold,
              f.began_s / 3600.0);
}

Trial try_one(FaultBench& settled, std::size_t index, const Options& o) {
  const Case& c = kCases[index];
  FaultBench bench(settled);
  const std::uint64_t key = noise::element(noise::stream(bench.seed(), c.name), 0);
  const std::size_t zones =
      bench.places().zones - (c.severity == 1.0 && c.kind == Kind::thermocouple_swap ? 1 : 0);
  const auto zone = static_cast<std::size_t>(noise::uniform(key, 1) * static_cast<double>(zones));
  const std::size_t element = noise::uniform(key, 2) < 0.5 ? 0 : 1;
  Told told;
  told.note(bench.findings(), [](const Finding&) {});
  bench.run(0.5 * noise::uniform(key, 3));
  told.note(bench.findings(), [](const Finding&) {});
  const std::string target = c.where == Where::loop           ? loop_text(zone, element)
                             : c.where == Where::first_damper ? "exhaust.damper1"
                                                              : "";
  bench.begin(c.kind, target, c.severity, c.duration_s);
  Trial trial;
  bool any = false;
  const double onset_s = bench.twin().time_s();
  const double hours = std::max(kAfter * c.claim_h, c.claim_h + kAfter_h);
  for (double t = 0; t < 3600 * hours; t += FaultBench::kPeriod_s) {
    bench.step();
    told.note(bench.findings(), [&](const Finding& f) {
      const double at_h = (bench.twin().time_s() - onset_s) / 3600.0;
      const bool right = f.cause == c.cause && right_place(c, f, zone, element);
      if (right && trial.delay_h < 0) {
        trial.delay_h = at_h;
        trial.first_right = !any;
      }
      if (!right) ++trial.others;
      any = true;
      if (o.loud || !right) {
        print(std::string(c.name) + " of plant " + std::to_string(bench.seed()) + " " + target,
              at_h, f);
      }
    });
  }
  if (trial.delay_h < 0 || trial.delay_h > c.claim_h) {
    const std::lock_guard lock(printing);
    std::printf("  %s of plant %d %s: not in its time (%.2f h)\n", c.name,
                static_cast<int>(bench.seed()), target.c_str(), trial.delay_h);
  }
  return trial;
}

/// What a person does on an ordinary day: small changes of setpoints, speed, oxygen and dampers.
class Hands {
 public:
  explicit Hands(FaultBench& bench)
      : kiln_(bench.kiln()),
        frame_(kiln_.tags().size()),
        command_(kiln_.mv_count()),
        ack_(kiln_.mv_count()),
        key_(noise::element(noise::stream(bench.seed(), "hands"), 0)) {
    kiln_.read(frame_);
    for (std::size_t i = 0; i < kiln_.tags().size(); ++i) {
      const domain::Tag& tag = kiln_.tags()[static_cast<domain::TagId>(i)];
      if (tag.access == domain::Access::write) recipe_.push_back(frame_.samples[i].value);
    }
    command_.value = recipe_;
  }
  /// One cycle of the bench, with the host's heartbeat each second.
  void step(double period_s) {
    if (done_ % static_cast<std::uint64_t>(kEvery_h * 3600 / period_s) == 0) change();
    for (double t = 0; t < period_s; t += 1) {
      kiln_.advance(1.0);
      kiln_.beat(++command_.heartbeat);
      if (t == 0) send();
    }
    ++done_;
  }

  /// The kiln still follows, and refused nothing of the last command.
  bool followed() const {
    return kiln_.host_alive() && std::all_of(ack_.refused.begin(), ack_.refused.end(),
                                             [](auto why) { return why == domain::Reason::none; });
  }

 private:
  static constexpr double kEvery_h = 3;

  /// One register up to 5 K, 2 % of speed and 5 % of the others off its recipe.
  void change() {
    const auto draw = [this](std::uint64_t i) { return noise::uniform(key_, 16 * done_ + i); };
    const std::size_t loops = 60, groups = 4;
    const auto i = static_cast<std::size_t>(draw(0) * static_cast<double>(recipe_.size()));
    const double by = 2 * draw(1) - 1;
    if (i < loops) {
      command_.value[i / 2 * 2] = recipe_[i / 2 * 2] + 5 * by;
      command_.value[i / 2 * 2 + 1] = recipe_[i / 2 * 2 + 1] + 5 * by;
    } else if (i < loops + groups) {
      for (std::size_t g = 0; g < groups; ++g) {
        command_.value[loops + g] = recipe_[loops + g] * (1 + 0.02 * by);
      }
    } else {
      command_.value[i] = recipe_[i] * (1 + 0.05 * by);
    }
  }
  void send() {
    ++command_.cycle;
    command_.time_ns = kiln_.time_ns();
    command_.valid_until_ns = kiln_.time_ns() + 1'000'000'000'000;
    std::fill(command_.action.begin(), command_.action.end(), domain::Action::write);
    kiln_.apply(command_, ack_);
  }

  kiln::Kiln& kiln_;
  domain::Frame frame_;
  domain::Command command_;
  domain::Ack ack_;
  std::uint64_t key_, done_ = 0;
  std::vector<double> recipe_;
};

/// False alarms of one plant: lots, weather, gaps of handling and of a shift, doors, a dip, and
/// hands.
int normal(std::uint64_t seed, const Options& o) {
  FaultBench bench(seed, o.limits);
  bench.run(kSettled_h);
  const std::uint64_t key = noise::element(noise::stream(seed, "normal operation"), 0);
  std::vector<faults::Fault> events;
  for (std::uint64_t i = 0; i < 3; ++i) {
    faults::Fault gap;
    gap.fault = Kind::feed_gap;
    gap.time_s = 3600 * o.normal_h * (static_cast<double>(i) + noise::uniform(key, 2 * i)) / 3;
    // Two gaps of handling, shorter than what is called one, and one that is.
    gap.duration_s = i < 2 ? 420 : 1200 + 1200 * noise::uniform(key, 2 * i + 1);
    events.push_back(gap);
  }
  for (std::uint64_t i = 0; i < 3; ++i) {  // a door at each end for 30 to 120 s, a dip of the mains
    faults::Fault event;
    event.fault = i < 2 ? Kind::door_open : Kind::mains_dip;
    event.target = i == 0 ? "entry" : i == 1 ? "exit" : "";
    event.severity = i < 2 ? 1.0 : 0.1;
    event.time_s = 3600 * o.normal_h * noise::uniform(key, 8 + i);
    event.duration_s = 30 + 90 * noise::uniform(key, 12 + i);
    events.push_back(event);
  }
  bench.kiln().schedule(events);
  Hands hands(bench);
  Told told;
  int alarms = 0;
  for (double t = 0; t < 3600 * o.normal_h; t += FaultBench::kPeriod_s) {
    hands.step(FaultBench::kPeriod_s);
    if (!hands.followed()) throw std::runtime_error("the kiln does not follow the hands");
    bench.look();
    told.note(bench.findings(), true, [&](const Finding& f) {
      if (f.cause == Cause::saggar_gap && !bench.kiln().load().present()) return;
      ++alarms;
      print("normal operation of plant " + std::to_string(seed), t / 3600, f);
    });
  }
  return alarms;
}

/// Calls `work(i)` for i below `count`, as many at a time as there are cores; what comes out does
/// not depend on that.
template <class Work>
void spread(int count, const Work& work) {
  std::atomic<int> next{0};
  std::vector<std::thread> workers;
  for (unsigned i = 0; i < std::max(1U, std::thread::hardware_concurrency()); ++i) {
    workers.emplace_back([&] {
      for (int p = next++; p < count; p = next++) work(p);
    });
  }
  for (std::thread& worker : workers) worker.join();
}

double quantile(std::vector<double> v, double q) {
  if (v.empty()) return -1;
  std::sort(v.begin(), v.end());
  return v[std::min(v.size() - 1, static_cast<std::size_t>(q * static_cast<double>(v.size())))];
}

void report(std::ofstream& out, const Case& c, const std::vector<Trial>& trials) {
  std::vector<double> delays;
  int in_time = 0, first = 0, alone = 0;
  for (const Trial& t : trials) {
    in_time += t.delay_h >= 0 && t.delay_h <= c.claim_h ? 1 : 0;
    first += t.first_right ? 1 : 0;
    alone += t.others == 0 ? 1 : 0;
    delays.push_back(t.delay_h >= 0 ? t.delay_h : 1e3);
  }
  const auto n = static_cast<int>(trials.size());
  std::printf(
      "%-22s claim %5.2f h | in time %2d of %d | median %.2f h, 90 %% %.2f h | right first %d "
      "| nothing else %d\n",
      c.name, c.claim_h, in_time, n, quantile(delays, 0.5), quantile(delays, 0.9), first, alone);
  out << "{\"name\": \"" << c.name << "\", \"claim_h\": " << c.claim_h << ", \"runs\": " << n
      << ", \"in_time\": " << in_time << ", \"median_h\": " << quantile(delays, 0.5)
      << ", \"p90_h\": " << quantile(delays, 0.9) << ", \"right_first\": " << first
      << ", \"alone\": " << alone << "}";
}

int run(const Options& o) {
  std::vector<std::size_t> chosen;
  for (std::size_t i = 0; i < kCaseCount; ++i) {
    if (o.only.empty() || std::string(kCases[i].name).find(o.only) != std::string::npos) {
      chosen.push_back(i);
    }
  }
  std::vector<std::vector<Trial>> trials(kCaseCount);
  for (auto& t : trials) t.resize(static_cast<std::size_t>(o.plants));
  spread(o.plants, [&](int p) {
    FaultBench settled(o.seed + static_cast<std::uint64_t>(p), o.limits);
    settled.run(kSettled_h);
    for (const std::size_t i : chosen)
      trials[i][static_cast<std::size_t>(p)] = try_one(settled, i, o);
  });
  std::vector<int> alarms(static_cast<std::size_t>(o.normal_plants));
  spread(o.normal_plants, [&](int p) {
    alarms[static_cast<std::size_t>(p)] = normal(o.normal_seed + static_cast<std::uint64_t>(p), o);
  });
  std::ofstream out(o.json.empty() ? "/dev/null" : o.json);
  out << "{\"cases\": [";
  for (std::size_t i = 0; i < chosen.size() && o.plants > 0; ++i) {
    if (i > 0) out << ", ";
    report(out, kCases[chosen[i]], trials[chosen[i]]);
  }
  int all = 0;
  for (const int a : alarms) all += a;
  const double days = o.normal_plants * o.normal_h / 24;
  std::printf("normal operation: %d false alarms in %.0f plant-days\n", all, days);
  out << "], \"alarms\": " << all << ", \"days\": " << days << "}\n";
  return 0;
}

}  // namespace
}  // namespace saggar::twin

int main(int argc, char** argv) { return saggar::twin::run(saggar::twin::options(argc, argv)); }
