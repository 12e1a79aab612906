// Instance: one seeded kiln that a client drives, and what came of it.
#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "hil/kiln/kiln.hpp"
#include "hil/service/history.hpp"
#include "hil/service/test_case.hpp"
#include "hil/suite/scorer.hpp"
#include "runtime/config/site_config.hpp"
#include "runtime/wire/service.hpp"

namespace saggar::service {

/// Figures of the service, not of a plant.
struct Limits {
  double most_warm_up_s = 7 * 86400.0;
  double most_step_s = 86400.0;
  double most_horizon_s = 7 * 86400.0;
  double forecast_step_s = 600;
};

/// Time of clients counts from the end of the warm-up. Thread: one; only `stop` may be set by
/// others, and is looked at each simulated second.
class Instance {
 public:
  /// @param request  of call initialise: seed, start, warm_up_s, step_s
  /// @param stop     outlives the instance
  /// Errors: `where` is the field of the request, or the file that does not load.
  static domain::Result<std::unique_ptr<Instance>> make(const TestCase& test_case,
                                                        const wire::ServiceRequest& request,
                                                        const std::filesystem::path& scenarios,
                                                        const Limits& limits,
                                                        const std::atomic<bool>& stop);

  /// Answers describe, set_step, set_scenario, advance, kpi, results and forecast.
  wire::ServiceReply answer(const wire::ServiceRequest& request);
  double time_s() const noexcept;

 private:
  Instance(config::SiteConfig site, domain::Plant plant, std::vector<double> recipe,
           std::unique_ptr<kiln::Kiln> kiln, std::filesystem::path scenarios, const Limits& limits,
           const std::atomic<bool>& stop);

  domain::Status dispatch(const wire::ServiceRequest& request, wire::ServiceReply& reply);
  void warm_up(double seconds);
  void describe(wire::ServiceReply& reply) const;
  domain::Status set_step(double step_s);
  domain::Status set_scenario(const std::string& name);
  domain::Status advance(const std::vector<wire::ServiceInput>& inputs, wire::ServiceReply& reply);
  domain::Status take(const std::vector<wire::ServiceInput>& inputs);
  void second();
  void measure(wire::ServiceReply& reply) const;
  void kpi(wire::ServiceReply& reply) const;
  domain::Status results(const wire::ServiceRequest& request, wire::ServiceReply& reply) const;
  domain::Status forecast(const wire::ServiceRequest& request, wire::ServiceReply& reply) const;
  domain::Result<wire::ServiceSeries> forecast_of(const std::string& name, double horizon_s) const;

  config::SiteConfig site_;
  domain::Plant plant_;
  std::vector<double> recipe_;
  std::unique_ptr<kiln::Kiln> kiln_;
  std::filesystem::path scenarios_;
  Limits limits_;
  const std::atomic<bool>& stop_;
  domain::Record record_;
  domain::Ack ack_;
  std::unique_ptr<suite::Scorer> scorer_;
  History history_;
  double step_s_ = 30;
  std::int64_t start_ns_ = 0;
};

}  // namespace saggar::service
