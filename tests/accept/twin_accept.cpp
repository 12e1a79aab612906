// Bar 4: the twin beside plants that nobody has seen, hour by hour against the hidden truth. One
// line per plant on the standard output, the pooled figures as JSON. Called by mpc.py.
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "tests/controllers/twin/trial.hpp"

namespace saggar::twin {
namespace {

struct Options {
  std::uint64_t seed = 1001;
  int plants = 20;
  double hours = 72, residence_h = 20, period_s = 30;
  std::string json;
  Settings settings;
};

/// Any name of settings.def may follow, for calibration on other seeds.
Options options(int argc, char** argv) {
  Options o;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string name = argv[i];
    const double value = std::atof(argv[i + 1]);
    if (name == "--seed") o.seed = static_cast<std::uint64_t>(value);
    if (name == "--plants") o.plants = static_cast<int>(value);
    if (name == "--hours") o.hours = value;
    if (name == "--residence") o.residence_h = value;
    if (name == "--period") o.period_s = value;
    if (name == "--json") o.json = argv[i + 1];
#define SAGGAR_TWIN_SETTING(key, low, high, preset, doc) \
  if (name == "--" #key) o.settings.key = value;
#include "controllers/twin/settings.def"
#undef SAGGAR_TWIN_SETTING
  }
  return o;
}

void print(const char* what, const Errors& e, double scale) {
  std::printf(" | %s %.2f (%+.2f) %.2f", what, scale * e.rms(), scale * e.mean(), e.cover());
}

/// Hours after the start from which the core error stays within its bar, each hour for itself.
double converged_h(const Outcome& o, double most_K) {
  std::size_t hour = 0;
  for (std::size_t h = 0; h < o.hourly.size(); ++h) {
    if (o.hourly[h].count > 0 && o.hourly[h].rms() > most_K) hour = h + 1;
  }
  return static_cast<double>(hour);
}

void write(std::ofstream& out, const char* name, const Errors& e) {
  out << "\"" << name << "\": {\"rms\": " << e.rms() << ", \"mean\": " << e.mean()
      << ", \"cover\": " << e.cover() << ", \"count\": " << e.count << "}, ";
}

/// Every plant by itself, as many at a time as there are cores; the outcome does not depend on
/// that.
std::vector<Outcome> try_all(const Options& o) {
  std::vector<Outcome> outcomes(static_cast<std::size_t>(o.plants));
  std::atomic<int> next{0};
  const auto work = [&] {
    for (int p = next++; p < o.plants; p = next++) {
      Trial trial(o.seed + static_cast<std::uint64_t>(p), o.residence_h, o.settings);
      outcomes[static_cast<std::size_t>(p)] = trial.run(o.hours, o.period_s);
    }
  };
  std::vector<std::thread> workers;
  for (unsigned i = 0; i < std::max(1U, std::thread::hardware_concurrency()); ++i) {
    workers.emplace_back(work);
  }
  for (std::thread& worker : workers) worker.join();
  return outcomes;
}

int run(const Options& o) {
  Outcome all;
  all.hourly.resize(static_cast<std::size_t>(o.hours) + 1);
  double slowest_h = 0, worst_dry_K = 0, worst_soak_K = 0, worst_dry_m = 0, worst_size = 0;
  double mean_us = 0, high_us = 0;
  const std::vector<Outcome> outcomes = try_all(o);
  for (int p = 0; p < o.plants; ++p) {
    const Outcome& one = outcomes[static_cast<std::size_t>(p)];
    std::printf("plant %llu", static_cast<unsigned long long>(o.seed) + static_cast<unsigned>(p));
    print("drying K", one.drying_K, 1);
    print("soak K", one.soak_K, 1);
    print("dry-out m", one.dry_m, 1);
    print("d %", one.size, 100);
    std::printf(" | %.0f us\n", one.mean_us);
    std::fflush(stdout);
    all.drying_K.add(one.drying_K);
    all.soak_K.add(one.soak_K);
    all.dry_m.add(one.dry_m);
    all.size.add(one.size);
    for (std::size_t h = 0; h < all.hourly.size(); ++h) all.hourly[h].add(one.hourly[h]);
    worst_dry_K = std::max(worst_dry_K, one.drying_K.rms());
    worst_soak_K = std::max(worst_soak_K, one.soak_K.rms());
    worst_dry_m = std::max(worst_dry_m, one.dry_m.rms());
    worst_size = std::max(worst_size, one.size.rms());
    slowest_h = std::max(slowest_h, converged_h(one, 15.0));
    mean_us += one.mean_us / o.plants;
    high_us = std::max(high_us, one.high_us);
  }
  std::printf("all");
  print("drying K", all.drying_K, 1);
  print("soak K", all.soak_K, 1);
  print("dry-out m", all.dry_m, 1);
  print("d %", all.size, 100);
  std::printf("\n");
  if (o.json.empty()) return 0;
  std::ofstream out(o.json);
  out << "{";
  write(out, "drying_K", all.drying_K);
  write(out, "soak_K", all.soak_K);
  write(out, "dry_m", all.dry_m);
  write(out, "size", all.size);
  out << "\"worst\": {\"drying_K\": " << worst_dry_K << ", \"soak_K\": " << worst_soak_K
      << ", \"dry_m\": " << worst_dry_m << ", \"size\": " << worst_size << "}, "
      << "\"converged_h\": " << converged_h(all, 15.0) << ", \"slowest_h\": " << slowest_h
      << ", \"mean_us\": " << mean_us << ", \"p99_us\": " << high_us << ", \"plants\": " << o.plants
      << ", \"hours\": " << o.hours << "}\n";
  return 0;
}

}  // namespace
}  // namespace saggar::twin

int main(int argc, char** argv) { return saggar::twin::run(saggar::twin::options(argc, argv)); }
