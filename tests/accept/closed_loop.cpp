// One control file on plants drawn by seed, each a whole runtime and kiln in one process: the key
// figures of every case. Not part of ctest: bars 5 and 6 of `./dev accept mpc` run it.
//
//   closed_loop_accept [--control FILE] [--site FILE] [--seed N] [--plants N] [--hours H]
//                      [--warm H] [--json FILE] [--jobs N] [--recipe FILE]
//                      [--nominal 1] [--target-offset K]
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "hil/suite/in_process.hpp"
#include "hil/suite/scorer.hpp"
#include "tests/accept/disturbances.hpp"

namespace saggar::accept {
namespace {

struct Options {
  std::string control = "pid.toml", site = "test.toml", recipe = "ncm811-p2.toml", json;
  bool nominal = false;
  std::uint64_t seed = 101;
  int plants = 1, jobs = 0;
  double hours = 48, warm_h = 24, target_offset_K = 0;
};

Options read_options(int argc, char** argv) {
  Options o;
  for (int i = 1; i < argc; i += 2) {
    const std::string name = argv[i];
    if (i + 1 == argc) throw std::runtime_error(name + " needs a value");
    const std::string text = argv[i + 1];
    if (name == "--control")
      o.control = text;
    else if (name == "--site")
      o.site = text;
    else if (name == "--recipe")
      o.recipe = text;
    else if (name == "--nominal")
      o.nominal = text == "1";
    else if (name == "--json")
      o.json = text;
    else if (name == "--seed")
      o.seed = std::stoull(text);
    else if (name == "--plants")
      o.plants = std::stoi(text);
    else if (name == "--jobs")
      o.jobs = std::stoi(text);
    else if (name == "--target-offset")
      o.target_offset_K = std::stod(text);
    else if (name == "--hours")
      o.hours = std::stod(text);
    else if (name == "--warm")
      o.warm_h = std::stod(text);
    else
      throw std::runtime_error("no option " + name + "; the head of closed_loop.cpp lists them");
  }
  if (o.plants < 1 || o.hours <= o.warm_h || o.warm_h < 0) {
    throw std::runtime_error("--plants must be at least 1 and --hours more than --warm");
  }
  return o;
}

/// A name is one of the shipped files, anything with a slash a file of its own.
std::filesystem::path file_of(const std::string& folder, const std::string& name) {
  if (name.find('/') != std::string::npos) return std::filesystem::absolute(name);
  return std::filesystem::path(SAGGAR_SOURCE_DIR) / "configs" / folder / name;
}

/// Asks for every application, and for the best rung of every ladder until it drives.
class Person {
 public:
  explicit Person(suite::InProcess& run) : run_(run) {}
  /// Each cycle before it runs, from 1.
  void act(std::uint64_t cycle) {
    for (std::size_t d = 0; d < domain::kDutyCount; ++d) {
      const auto duty = static_cast<domain::Duty>(d);
      if (cycle == 1) ask(domain::IntentKind::switch_on, duty);
      if (cycle % 600 != 0) continue;
      const domain::DutyDecision& decision = run_.record().decisions[d];
      if (decision.rung != 0xFF && decision.rung > 0) ask(domain::IntentKind::climb, duty);
    }
  }

 private:
  void ask(domain::IntentKind kind, domain::Duty duty) {
    domain::Intent intent;
    intent.id = ++asked_;
    intent.kind = kind;
    intent.duty = duty;
    intent.rung = 0;
    intent.who.assign("operator");
    intent.station.assign("accept");
    intent.reason.assign("the best rung is to drive");
    run_.offer(intent);
  }
  suite::InProcess& run_;
  std::uint64_t asked_ = 0;
};

struct Case {
  std::uint64_t seed = 0;
  suite::Kpi kpi;
  double seconds = 0;
  std::string problem;
};

Case run_case(const Options& o, std::uint64_t seed) {
  const auto begin = std::chrono::steady_clock::now();
  const suite::InProcessFiles files{file_of("site", o.site), file_of("kiln", "p2.toml"),
                                    file_of("kiln", "p2.plant.toml"), file_of("recipes", o.recipe),
                                    file_of("control", o.control)};
  suite::InProcessOptions how;
  how.seed = seed;
  how.drawn = !o.nominal;
  how.plugin_dirs = {SAGGAR_PLUGIN_DIR};
  auto made = suite::InProcess::make(files, how);
  if (!made) throw std::runtime_error(made.error().text());
  suite::InProcess& run = *made.value();
  run.kiln().schedule(normal_gaps(seed, o.hours));
  suite::KpiRules rules;
  rules.warm_up_s = 3600 * o.warm_h;
  rules.target_offset_K = o.target_offset_K;
  suite::Scorer scorer(run.plant(), run.kiln(), run.assembly().rungs, rules);
  Person person(run);
  const auto cycles = static_cast<std::uint64_t>(3600 * o.hours);
  for (std::uint64_t i = 1; i <= cycles; ++i) {
    person.act(i);
    run.cycle_unrecorded();
    scorer.add(run.record());
  }
  Case out;
  out.seed = seed;
  out.kpi = scorer.kpi();
  out.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return out;
}

void print(const Case& c) {
  if (!c.problem.empty()) {
    std::printf("seed %llu: %s\n", static_cast<unsigned long long>(c.seed), c.problem.c_str());
  } else {
    const suite::Kpi& k = c.kpi;
    std::printf("seed %llu: off-spec %.0f of %.0f kg", static_cast<unsigned long long>(c.seed),
                k.off_spec_kg, k.product_kg);
    for (std::size_t d = 0; d < k.defect_kg.size(); ++d) {
      const auto defect = static_cast<material::Defect>(1U << d);
      if (k.defect_kg[d] > 0) {
        std::printf(" %s %.0f", std::string(suite::key(defect)).c_str(), k.defect_kg[d]);
      }
    }
    std::printf(
        " | %.3f kWh/kg %.2f Nm3/kg | settled +-5 K %.1f %% +-3 K %.1f %% mean %+.2f rms %.2f K"
        " | dry-out %.2f +- %.2f m | d %.1f +- %.1f nm z %.4f +- %.4f"
        " | guard %llu/%llu hard %llu | rung 1 %.2f | %.0f s\n",
        k.kWh_per_kg(), k.oxygen_Nm3_per_kg(), 100 * k.settled.share(k.settled.wide),
        100 * k.settled.share(k.settled.narrow), k.settled.mean_K(), k.settled.rms_K(),
        k.dry_m.mean(), k.dry_m.deviation(), k.size_nm.mean(), k.size_nm.deviation(),
        k.mixing.mean(), k.mixing.deviation(), static_cast<unsigned long long>(k.guard_rejections),
        static_cast<unsigned long long>(k.guard_clips),
        static_cast<unsigned long long>(k.hard_violations()),
        k.rungs[0].empty() ? 0.0 : k.rungs[0][0].share, c.seconds);
  }
  std::fflush(stdout);
}

/// Every case by itself, as many at a time as there are cores; the outcome does not depend on that.
std::vector<Case> run_all(const Options& o) {
  std::vector<Case> cases(static_cast<std::size_t>(o.plants));
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    for (std::size_t i = next++; i < cases.size(); i = next++) {
      const std::uint64_t seed = o.seed + i;
      try {
        cases[i] = run_case(o, seed);
      } catch (const std::exception& problem) {
        cases[i].seed = seed;
        cases[i].problem = problem.what();
      }
      print(cases[i]);
    }
  };
  const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
  std::vector<std::thread> workers;
  for (unsigned i = 0; i < (o.jobs > 0 ? static_cast<unsigned>(o.jobs) : cores); ++i) {
    workers.emplace_back(work);
  }
  for (std::thread& worker : workers) worker.join();
  return cases;
}

void write(const Options& o, const std::vector<Case>& cases) {
  if (o.json.empty()) return;
  std::ofstream out(o.json);
  out << "{\"control\": \"" << o.control << "\", \"hours\": " << o.hours
      << ", \"warm_h\": " << o.warm_h << ", \"cases\": [";
  for (std::size_t i = 0; i < cases.size(); ++i) {
    out << (i > 0 ? ",\n" : "\n") << "{\"seed\": " << cases[i].seed
        << ", \"seconds\": " << cases[i].seconds << ", \"kpi\": " << suite::json(cases[i].kpi)
        << "}";
  }
  out << "\n]}\n";
}

int run(const Options& o) {
  const std::vector<Case> cases = run_all(o);
  write(o, cases);
  for (const Case& c : cases) {
    if (!c.problem.empty()) return 1;
  }
  return 0;
}

}  // namespace
}  // namespace saggar::accept

int main(int argc, char** argv) {
  try {
    return saggar::accept::run(saggar::accept::read_options(argc, argv));
  } catch (const std::exception& problem) {
    std::fprintf(stderr, "closed_loop_accept: %s\n", problem.what());
    return 2;
  }
}
