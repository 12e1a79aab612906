#include "runtime/app/budget_command.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <iostream>

#include "runtime/record/cycle_histogram.hpp"
#include "runtime/record/journal_reader.hpp"

namespace saggar::app {
namespace {

/// What the service file asks of the supervisor (SC-49); docs/operator/service.md.
constexpr double kRestart_s = 10;
constexpr double kHungCore_s = 50;  // SC-47

std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.3g", value);
  return text;
}

/// Shed from its trim to the local recipe, a setpoint moves by the trim: at most its band.
std::string largest_trim(const domain::Plant& plant, domain::Duty duty) {
  double most = 0;
  std::string unit;
  for (const domain::MvId id : plant.of(duty)) {
    const domain::Mv& mv = plant.mvs[id];
    most = std::max({most, std::abs(mv.limits.trim_low), std::abs(mv.limits.trim_high)});
    unit = units::symbol(plant.tags[mv.tag].unit);
  }
  // A difference of temperatures is in K.
  return number(most) + ' ' + (unit == "degC" ? "K" : unit);
}

std::string line_of(const BudgetRow& row) {
  std::string verdict = row.requirement;
  if (row.limit_s > 0) {
    verdict += row.shed_s <= row.limit_s ? " within " : " OVER ";
    verdict += number(row.limit_s) + " s";
  }
  char text[320];
  std::snprintf(text, sizeof text, "%-40s %-36s %8.2f %8.2f  %-22s %s\n", row.failure.c_str(),
                row.noticed_by.c_str(), row.detect_s, row.shed_s, row.bump.c_str(),
                verdict.c_str());
  return text;
}

/// Durations of all cycles of a journal.
domain::Result<record::CycleHistogram> measured(const std::string& path) {
  auto opened = record::JournalReader::open(path);
  if (!opened) return opened.error();
  record::CycleHistogram times;
  for (;;) {
    const auto more = opened.value()->next();
    if (!more) return more.error();
    if (!more.value()) return times;
    times.add(opened.value()->record().timing.duration_ns);
  }
}

void print_measured(const record::CycleHistogram& times, double period_s) {
  const auto row = [&](const char* what, std::int64_t ns) {
    std::printf("  %-8s %10.1f us  %6.2f %% of the cycle\n", what, static_cast<double>(ns) * 1e-3,
                static_cast<double>(ns) * 1e-7 / period_s);
  };
  std::printf("\nmeasured in the journal, %llu cycles\n",
              static_cast<unsigned long long>(times.count()));
  row("p50", times.p50_ns());
  row("p99", times.p99_ns());
  row("p99.9", times.p999_ns());
  row("max", times.max_ns());
}

}  // namespace

double heartbeat_patience_s(const config::SiteConfig& site) {
  return 1.5 * site.supervisory_period_s();
}

std::vector<BudgetRow> budget_rows(const config::Bundle& bundle) {
  const config::SiteConfig& site = bundle.site;
  const config::GuardConfig& guard = bundle.control.guard;
  const double period_s = site.period_s();
  const double shed_s = site.watchdog.shed_s;
  const std::string jump = largest_trim(bundle.plant, domain::Duty::heat) + " to local recipe";
  std::vector<BudgetRow> rows;
  rows.push_back({"link to the field breaks", "heartbeat silent at the field", shed_s, shed_s, jump,
                  10 * site.supervisory_period_s(), "SC-04"});
  rows.push_back({"runtime dies", "heartbeat silent at the field", shed_s, shed_s, jump,
                  10 * site.supervisory_period_s(), "SC-04"});
  rows.push_back({"  and is back, not driving", "supervisor of the host", kRestart_s, kRestart_s,
                  "0", kRestart_s, "SC-49"});
  const double hung_s = heartbeat_patience_s(site) + shed_s;
  rows.push_back({"control thread hangs, io lives", "heartbeat stands still", hung_s, hung_s, jump,
                  kHungCore_s, "SC-47"});
  rows.push_back({"commands stop, heartbeat lives", "end of the last command",
                  site.watchdog.command_valid_s, site.watchdog.command_valid_s, jump, 0, ""});
  // As the assembly sets it: older inputs are not fresh, and no controller steps on them.
  const double stale_s = std::max(
      std::min(guard.max_age_periods * site.supervisory_period_s(), shed_s), 1.5 * period_s);
  rows.push_back({"frames stop, link lives", "age of the inputs (G2)", stale_s, stale_s, "0, held",
                  0, "SC-26"});
  for (const config::ControllerConfig& c : bundle.control.controllers) {
    const double late_s = std::max(1U, c.latency_cycles) * period_s;
    rows.push_back({"controller " + c.name + " hangs",
                    c.latency_cycles == 0 ? "as the control thread" : "its result is due",
                    c.latency_cycles == 0 ? hung_s : late_s,
                    c.latency_cycles == 0 ? hung_s : late_s,
                    c.latency_cycles == 0 ? jump : "0, next rung drives",
                    c.latency_cycles == 0 ? kHungCore_s : site.supervisory_period_s(), "SC-47"});
  }
  const double miss_s = guard.readback_s * guard.readback_misses;
  rows.push_back({"a device does not take its setpoint", "read-back (G9)", miss_s, miss_s,
                  "0, not written", 0, "SC-33"});
  return rows;
}

std::string budget_text(const config::Bundle& bundle) {
  const config::SiteConfig& site = bundle.site;
  char head[400];
  std::snprintf(head, sizeof head,
                "timing budget of site %s, kiln %s\n"
                "cycle %.3f s, supervisory period %.3f s, heartbeat step %.3f s, warn %.3f s, shed "
                "%.3f s, command valid %.3f s\n"
                "heartbeat goes on without a finished cycle for %.3f s; read-back within %.3f s, "
                "%u misses\n\n",
                site.name.c_str(), bundle.plant.name.c_str(), site.period_s(),
                site.supervisory_period_s(), site.watchdog.heartbeat_s, site.watchdog.warn_s,
                site.watchdog.shed_s, site.watchdog.command_valid_s, heartbeat_patience_s(site),
                bundle.control.guard.readback_s, bundle.control.guard.readback_misses);
  std::string text = head;
  char columns[200];
  std::snprintf(columns, sizeof columns, "%-40s %-36s %8s %8s  %-22s %s\n", "failure", "noticed by",
                "found s", "shed s", "worst bump, heat", "limit");
  text += columns;
  for (const BudgetRow& row : budget_rows(bundle)) text += line_of(row);
  text +=
      "\nTimes are worst cases, heartbeat rows +- one step. Timeouts inside the devices are not in "
      "the\nconfiguration (SC-50, SC-53): prove them at commissioning, docs/operator/service.md.\n";
  return text;
}

int budget(const BudgetOptions& options) {
  const auto bundle = config::load_bundle(options.files.site, options.files.kiln,
                                          options.files.recipe, options.files.control);
  if (!bundle) {
    std::cerr << "saggar: " << bundle.error().text() << '\n';
    return 1;
  }
  std::cout << budget_text(bundle.value()) << std::flush;
  if (!options.journal.empty()) {
    const auto times = measured(options.journal);
    if (!times) {
      std::cerr << "saggar: " << times.error().text() << '\n';
      return 1;
    }
    print_measured(times.value(), bundle.value().site.period_s());
    std::fflush(stdout);
  }
  for (const BudgetRow& row : budget_rows(bundle.value())) {
    if (row.limit_s > 0 && row.shed_s > row.limit_s) return 2;
  }
  return 0;
}

}  // namespace saggar::app
