#include "hil/faults/catalogue.hpp"

#include <algorithm>

#include "hil/faults/actuator_rows.hpp"
#include "hil/faults/device_rows.hpp"
#include "hil/faults/link_rows.hpp"
#include "hil/faults/process_rows.hpp"
#include "hil/faults/sensor_rows.hpp"
#include "hil/faults/software_rows.hpp"

namespace saggar::faults {
namespace {

struct Ordered {
  std::array<Row, kKindCount> rows{};
  std::array<int, kKindCount> count{};

  template <std::size_t N>
  constexpr void put(const Row (&some)[N]) {
    for (const Row& row : some) {
      rows[static_cast<std::size_t>(row.kind)] = row;
      ++count[static_cast<std::size_t>(row.kind)];
    }
  }
};

constexpr Ordered ordered() {
  Ordered all;
  all.put(kSensorRows);
  all.put(kActuatorRows);
  all.put(kProcessRows);
  all.put(kDeviceRows);
  all.put(kLinkRows);
  all.put(kSoftwareRows);
  return all;
}

constexpr Ordered kAll = ordered();
static_assert(std::ranges::all_of(kAll.count, [](int n) { return n == 1; }),
              "every kind of fault needs one row in one of the *_rows.hpp files");

double level_of(Kind kind, int level) noexcept {
  return row(kind).levels[static_cast<std::size_t>(std::clamp(level, 1, kLevels) - 1)];
}

}  // namespace

std::string_view name(Family family) noexcept {
  constexpr std::array<std::string_view, kFamilyCount> kNames = {
      "sensor", "actuator", "process", "communication", "time", "software", "data", "human"};
  const auto i = static_cast<std::size_t>(family);
  return i < kFamilyCount ? kNames[i] : "unknown";
}

std::span<const Row, kKindCount> catalogue() noexcept { return kAll.rows; }

const Row& row(Kind kind) noexcept {
  const auto i = static_cast<std::size_t>(kind);
  return kAll.rows[i < kKindCount ? i : 0];
}

bool graded_by_duration(Kind kind) noexcept {
  return !meaning(kind).has_degrees || row(kind).severity.has_value();
}

double severity_at(Kind kind, int level) noexcept {
  return graded_by_duration(kind) ? row(kind).severity.value_or(1.0) : level_of(kind, level);
}

double duration_at(Kind kind, int level) noexcept {
  return graded_by_duration(kind) ? level_of(kind, level) : 0.0;
}

}  // namespace saggar::faults
