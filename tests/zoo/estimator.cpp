// An estimator of two virtual tags, the mean of the temperatures and its own steps, and the same
// spoiled in one point. Misbehaviour of a step begins at `from_cycle`; so does its finding.
#include <saggar/plugin/ext/estimator.h>
#include <time.h>

#include <cmath>
#include <cstring>
#include <iterator>
#include <limits>
#include <stdexcept>

#include "zoo.h"

namespace {

#if defined(ZOO_ESTIMATES_A_BAD_NAME)
constexpr const char* kMean = "Mean Temperature";
#elif defined(ZOO_ESTIMATES_A_FIELD_TAG)
constexpr const char* kMean = "zone01.top.temperature";
#elif defined(ZOO_ESTIMATES_ONE_TWICE)
constexpr const char* kMean = "kiln.steps";
#else
constexpr const char* kMean = "kiln.mean.temperature";
#endif
#if defined(ZOO_ESTIMATES_AN_ODD_UNIT)
constexpr const char* kUnit = "furlong";
#else
constexpr const char* kUnit = "degC";
#endif
#if defined(ZOO_ESTIMATES_IN_NO_RANGE)
constexpr double kHigh = 0;
#elif defined(ZOO_ESTIMATES_OUT_OF_RANGE)
constexpr double kHigh = 10;
#else
constexpr double kHigh = 1300;
#endif

[[maybe_unused]] const saggar_port kInput[] = {zoo_ports[0]};
constexpr const char* kCauses[] = {"sensor_drift", "blocked_port"};
double mean[std::size(zoo_instance)];
bool is_time[std::size(zoo_instance)];

std::size_t at(void* self) {
  return static_cast<std::size_t>(static_cast<zoo_self*>(self) - zoo_instance);
}

std::uint32_t tags(void*, saggar_virtual_tag* to, std::uint32_t capacity) {
  const saggar_virtual_tag all[] = {
      {sizeof(saggar_virtual_tag), 0, kMean, kUnit, "mean of all thermocouples", 0, kHigh},
      {sizeof(saggar_virtual_tag), 0, "kiln.steps", "count", "steps so far", 0, 1e9}};
  for (std::uint32_t i = 0; i < capacity && i < std::size(all); ++i) to[i] = all[i];
  return static_cast<std::uint32_t>(std::size(all));
}

[[maybe_unused]] saggar_status step(void* self, saggar_io* io) {
  zoo_self& me = *static_cast<zoo_self*>(self);
  const bool now = zoo_is_time(&me, io) != 0;
  me.steps = (io->flags & SAGGAR_IO_FIRST) != 0 ? 1 : me.steps + 1;
  double sum = 0, n = 0;
  for (std::uint32_t i = 0; i < io->inputs[0].count; ++i) {
    if (io->inputs[0].quality[i] >= SAGGAR_BAD) continue;
    sum += io->inputs[0].value[i];
    n += 1;
  }
  mean[at(self)] = sum / n;
  is_time[at(self)] = now;
#if defined(ZOO_ESTIMATES_LATE)
  const timespec nap = {0, 50'000'000};
  if (now) nanosleep(&nap, nullptr);
#endif
#if defined(ZOO_ESTIMATES_IN_FAULT)
  if (now) return SAGGAR_FAULT;
#endif
#if defined(ZOO_ESTIMATES_NOTHING)
  if (now) return SAGGAR_NO_PROPOSAL;
#endif
  return SAGGAR_OK;
}

std::uint32_t estimate(void* self, double* value, double* sigma, std::uint32_t* quality,
                       std::uint32_t capacity) {
  [[maybe_unused]] const bool now = is_time[at(self)];
  value[0] = mean[at(self)];
  value[1] = static_cast<zoo_self*>(self)->steps;
  sigma[0] = 1.5;
  sigma[1] = 0;
  quality[0] = SAGGAR_GOOD;
  quality[1] = SAGGAR_UNCERTAIN;
#if defined(ZOO_ESTIMATES_NO_NUMBER)
  if (now) value[0] = std::numeric_limits<double>::quiet_NaN();
#elif defined(ZOO_ESTIMATES_NO_SIGMA)
  if (now) sigma[0] = std::numeric_limits<double>::infinity();
#elif defined(ZOO_ESTIMATES_TOO_FEW)
  if (now) return 1;
#elif defined(ZOO_ESTIMATES_PAST_THE_END)
  if (now) value[capacity] = 1;
#elif defined(ZOO_ESTIMATES_AND_THROWS)
  if (now) throw std::runtime_error("the filter is singular");
#endif
  return capacity < 2 ? 0 : 2;
}

std::uint32_t causes(void*, const char** to, std::uint32_t capacity) {
  for (std::uint32_t i = 0; i < capacity && i < std::size(kCauses); ++i) to[i] = kCauses[i];
  return static_cast<std::uint32_t>(std::size(kCauses));
}

std::uint32_t findings(void* self, saggar_finding* to, std::uint32_t capacity) {
  if (!is_time[at(self)] || capacity < 2) return 0;
  to[0] = {sizeof(saggar_finding), 1, 0, 0, kCauses[0], 5.5, 3, 60};
  to[1] = {sizeof(saggar_finding), 0, 0, 0, "never_declared", 1, 0, 0};
  return 2;
}

std::uint64_t size(void*) { return sizeof(double); }
saggar_status save(void* self, std::uint8_t* to, std::uint64_t bytes) {
  if (bytes != sizeof(double)) return SAGGAR_FAULT;
  std::memcpy(to, &static_cast<zoo_self*>(self)->steps, bytes);
  return SAGGAR_OK;
}
saggar_status restore(void* self, const std::uint8_t* from, std::uint64_t bytes) {
  if (bytes != sizeof(double)) return SAGGAR_FAULT;
  std::memcpy(&static_cast<zoo_self*>(self)->steps, from, bytes);
#if defined(ZOO_ESTIMATES_FORGETFULLY)
  static_cast<zoo_self*>(self)->steps += 1;
#endif
  return SAGGAR_OK;
}

const void* extension(void*, const char* id) {
  [[maybe_unused]] static const saggar_ext_estimator kEstimator = {
      sizeof(saggar_ext_estimator), 0, tags, estimate, causes, findings};
  static const saggar_ext_state kState = {sizeof(saggar_ext_state), 0, size, save, restore};
  if (std::strcmp(id, SAGGAR_EXT_STATE) == 0) return &kState;
#if !defined(ZOO_ESTIMATES_WITHOUT_EXTENSION)
  if (std::strcmp(id, SAGGAR_EXT_ESTIMATOR) == 0) return &kEstimator;
#endif
  return nullptr;
}

void spoil(saggar_plugin* table) {
  table->get_extension = extension;
#if !defined(ZOO_ESTIMATES_WITH_A_DUTY)
  table->step = step;
  table->duties = 0;
  table->ports = kInput;
  table->port_count = 1;
#endif
#if defined(ZOO_ESTIMATES_WITH_OUTPUT)
  table->ports = zoo_ports;
  table->port_count = 2;
#endif
}

}  // namespace

extern "C" {
ZOO_PLUGIN(spoil)
}
