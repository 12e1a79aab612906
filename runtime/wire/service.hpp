// What a client asks of the test-case service, and what it gets.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace saggar::wire {

enum class ServiceCall : std::uint8_t {
  list_cases,
  initialise,
  describe,
  set_step,
  set_scenario,
  advance,
  kpi,
  results,
  forecast,
  stop
};
inline constexpr int kServiceCallCount = 10;
std::string_view name(ServiceCall call) noexcept;

/// Most entries and bytes of a message; decoders refuse more.
inline constexpr std::size_t kMaxServiceInputs = 512, kMaxServiceNames = 64,
                             kMaxServicePoints = 3000, kMaxServiceText = 1024;
/// Values in all series of one reply: 3 columns of them stay below the largest message.
inline constexpr std::size_t kMaxServiceValues = 150000;

struct ServiceInput {
  std::string name;
  double value = 0;
  bool activate = false;
};

/// Which members mean something depends on the call: see schema/service.fbs.
struct ServiceRequest {
  std::uint64_t request = 0, instance = 0;
  ServiceCall call = ServiceCall::list_cases;
  std::string test_case, start, scenario;
  std::uint64_t seed = 0;
  double warm_up_s = 0, step_s = 0, from_s = 0, to_s = 0, horizon_s = 0;
  std::vector<ServiceInput> inputs;
  std::vector<std::string> names;
};

struct ServicePoint {
  std::string name, unit, role, text;
  double low = 0, high = 0, value = 0;
  bool good = true;
};

struct ServiceSeries {
  std::string name, unit;
  std::vector<double> time_s, value, sigma;
};

struct ServiceReply {
  std::uint64_t request = 0, instance = 0;
  std::string error_field, error;  ///< both empty = done
  double time_s = 0, step_s = 0;
  std::vector<ServicePoint> points;
  std::vector<ServiceSeries> series;
};

}  // namespace saggar::wire
