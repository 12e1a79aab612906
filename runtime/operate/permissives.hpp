// Permissives: what must be true before an application may switch on and while it is on
// (SC-75..77), as data: a name, what is, what would be needed, and who can clear it.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <string_view>

#include "runtime/domain/record.hpp"

namespace saggar::operate {

enum class Permissive : std::uint8_t {
  link,          // 1 while the link to the kiln is up
  heartbeat,     // 1 while the peer's heartbeat is alive
  recipe,        // 1 when every MV of the duty has a recipe value
  measurements,  // share of the duty's PVs with usable quality, 0..1
  working,       // share of the duty's MVs whose working SP can be read, 0..1
  faults,        // number of the duty's MVs in read-back fault
  service,       // number of the duty's MVs out of service or held by an interlock
  trip,          // 1 when no independent trip stands, kNotConnected when the kiln shows none
  controller,    // 1 when a rung of the ladder has a proposal
};
inline constexpr std::size_t kPermissiveCount = 9;

struct PermissiveRow {
  Permissive id{};
  std::string_view english, korean;
  double needed = 1;
  bool at_most = false;  ///< present must be <= needed instead of >=
  bool keeps = true;     ///< losing it while on switches off (SC-77)
  std::string_view who_clears, who_clears_korean;
};

/// The table, in the order of Permissive.
const std::array<PermissiveRow, kPermissiveCount>& permissive_table() noexcept;

/// Present value of a permissive that nothing on this kiln watches: it neither blocks nor counts as
/// checked.
inline constexpr double kNotConnected = std::numeric_limits<double>::infinity();

/// Present values of one duty.
struct Permissives {
  std::array<double, kPermissiveCount> present{};

  double& operator[](Permissive p) noexcept { return present[static_cast<std::size_t>(p)]; }
  bool ok(Permissive p) const noexcept;
  /// Bit i set = Permissive i is missing. NaN counts as missing.
  std::uint32_t missing() const noexcept;
  /// Bit i set = nothing watches Permissive i here.
  std::uint32_t unconnected() const noexcept;
  /// Missing ones whose loss switches a running application off.
  std::uint32_t missing_while_on() const noexcept;
};

/// Fills what can be read from the frame and the mode blocks: measurements, working, service, trip.
void read_field(const domain::Plant& plant, domain::Duty duty, const domain::Frame& screened,
                const std::vector<domain::ModeBlock>& modes, Permissives& out) noexcept;

}  // namespace saggar::operate
