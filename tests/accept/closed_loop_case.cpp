#include "tests/accept/closed_loop_case.hpp"

#include <atomic>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <mutex>
#include <stdexcept>
#include <thread>

#include "tests/accept/tracer.hpp"

namespace saggar::accept {
namespace {

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
      if (decision.rung != 0xFF) {
        if (decision.rung > 0) ask(domain::IntentKind::climb, duty);
      } else if (run_.assembly().rungs[d].size() > kWithoutController) {
        ask(domain::IntentKind::switch_on, duty);  // not ready before
      }
    }
  }

 private:
  static constexpr std::size_t kWithoutController = 2;  ///< hold and recipe stand below every one

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

std::unique_ptr<suite::InProcess> make(const CaseOptions& o, std::uint64_t seed) {
  const suite::InProcessFiles files{file_of("site", o.site), file_of("kiln", "p2.toml"),
                                    file_of("kiln", "p2.plant.toml"), file_of("recipes", o.recipe),
                                    file_of("control", o.control)};
  suite::InProcessOptions how;
  how.seed = seed;
  how.drawn = !o.nominal;
  how.plugin_dirs = {SAGGAR_PLUGIN_DIR};
  auto made = suite::InProcess::make(files, how);
  if (!made) throw std::runtime_error(made.error().text());
  return std::move(made).value();
}

/// What befalls the plant, from now on.
std::vector<faults::Fault> plan(const CaseOptions& o, std::uint64_t seed) {
  if (o.event.empty()) return normal_gaps(seed, o.hours);
  std::vector<faults::Fault> plan = event_named(o.event).faults;
  for (faults::Fault& fault : plan) fault.time_s += 3600.0 * (o.warm_h + 1.0);
  return plan;
}

std::string number(double value) {
  if (!std::isfinite(value)) return "null";
  char text[32];
  std::snprintf(text, sizeof text, "%.6g", value);
  return text;
}

std::string list(const std::vector<double>& values) {
  std::string out;
  for (const double value : values) out += (out.empty() ? "" : ", ") + number(value);
  return "[" + out + "]";
}

}  // namespace

std::filesystem::path file_of(const std::string& folder, const std::string& name) {
  if (name.find('/') != std::string::npos) return std::filesystem::absolute(name);
  return std::filesystem::path(SAGGAR_SOURCE_DIR) / "configs" / folder / name;
}

Case run_case(const CaseOptions& o, std::uint64_t seed) {
  const auto begin = std::chrono::steady_clock::now();
  const std::unique_ptr<suite::InProcess> run = make(o, seed);
  run->kiln().schedule(plan(o, seed));
  suite::KpiRules rules;
  rules.warm_up_s = 3600 * o.warm_h;
  rules.target_offset_K = o.target_offset_K;
  suite::Scorer scorer(run->plant(), run->kiln(), run->assembly().rungs, rules);
  std::unique_ptr<Tracer> tracer;
  Person person(*run);
  const auto cycles = static_cast<std::uint64_t>(3600 * o.hours);
  const auto onset = static_cast<std::uint64_t>(3600 * (o.warm_h + 1.0));
  for (std::uint64_t i = 1; i <= cycles; ++i) {
    person.act(i);
    run->cycle_unrecorded();
    scorer.add(run->record());
    if (i == onset && !o.event.empty()) {
      tracer = std::make_unique<Tracer>(*run, event_named(o.event));
    }
    if (tracer != nullptr) tracer->look();
  }
  Case out;
  out.seed = seed;
  out.kpi = scorer.kpi();
  if (tracer != nullptr) out.trace = tracer->trace();
  out.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return out;
}

std::vector<Case> run_cases(const std::vector<std::pair<CaseOptions, std::uint64_t>>& cases,
                            int jobs, void (*done)(const CaseOptions&, const Case&)) {
  std::vector<Case> out(cases.size());
  std::atomic<std::size_t> next{0};
  std::mutex one_at_a_time;
  const auto work = [&] {
    for (std::size_t i = next++; i < cases.size(); i = next++) {
      const auto& [options, seed] = cases[i];
      try {
        out[i] = run_case(options, seed);
      } catch (const std::exception& problem) {
        out[i].seed = seed;
        out[i].problem = problem.what();
      }
      const std::lock_guard<std::mutex> lock(one_at_a_time);
      done(options, out[i]);
    }
  };
  const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
  std::vector<std::thread> workers;
  for (unsigned i = 0; i < (jobs > 0 ? static_cast<unsigned>(jobs) : cores); ++i) {
    workers.emplace_back(work);
  }
  for (std::thread& worker : workers) worker.join();
  return out;
}

void print(const CaseOptions& o, const Case& c) {
  std::printf("%s%s%s seed %llu: ", o.control.c_str(), o.event.empty() ? "" : " ", o.event.c_str(),
              static_cast<unsigned long long>(c.seed));
  if (!c.problem.empty()) {
    std::printf("%s\n", c.problem.c_str());
    std::fflush(stdout);
    return;
  }
  const suite::Kpi& k = c.kpi;
  std::printf("off-spec %.0f of %.0f kg", k.off_spec_kg, k.product_kg);
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
      k.dry_m.mean(), k.dry_m.deviation(), k.size_nm.mean(), k.size_nm.deviation(), k.mixing.mean(),
      k.mixing.deviation(), static_cast<unsigned long long>(k.guard_rejections),
      static_cast<unsigned long long>(k.guard_clips),
      static_cast<unsigned long long>(k.hard_violations()),
      k.rungs[0].empty() ? 0.0 : k.rungs[0][0].share, c.seconds);
  std::fflush(stdout);
}

std::string json(const Case& c) {
  std::string out = "{\"seed\": " + std::to_string(c.seed) + ", \"seconds\": " + number(c.seconds) +
                    ", \"kpi\": " + (c.problem.empty() ? suite::json(c.kpi) : "null");
  if (!c.trace.time_h.empty()) {
    out += ", \"time_h\": " + list(c.trace.time_h) + ", \"trace\": [";
    for (std::size_t i = 0; i < c.trace.quantities.size(); ++i) {
      const Quantity& q = c.trace.quantities[i];
      out += std::string(i > 0 ? ", " : "") + "{\"title\": \"" + q.title + "\", \"unit\": \"" +
             q.unit + "\", \"values\": " + list(q.values) + "}";
    }
    out += "]";
  }
  return out + "}";
}

}  // namespace saggar::accept
