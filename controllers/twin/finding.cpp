#include "controllers/twin/finding.hpp"

#include <cmath>
#include <cstdio>

namespace saggar::twin {
namespace {

const char* half(std::uint16_t element) noexcept { return element == 1 ? "bottom" : "top"; }

}  // namespace

const char* text(Cause cause) noexcept {
  switch (cause) {
    case Cause::thermocouple_wrong:
      return "thermocouple reads wrong";
    case Cause::thermocouple_swap:
      return "thermocouples swapped";
    case Cause::element_open:
      return "heater element open";
    case Cause::scr_half_wave:
      return "power unit conducts half waves, or half of the elements are open";
    case Cause::scr_open:
      return "power unit, fuse or contactor open";
    case Cause::scr_shorted:
      return "power unit shorted";
    case Cause::exhaust_blocked:
      return "exhaust blocked or its fan weak";
    case Cause::saggar_gap:
      return "gap in the feed";
    case Cause::overfill:
      return "saggars overfilled";
    case Cause::underfill:
      return "saggars underfilled";
  }
  return "unknown";
}

const char* sentence(const Finding& f, char* to, std::size_t size) noexcept {
  const int zone = f.zone + 1, other = f.other_zone + 1;
  switch (f.cause) {
    case Cause::thermocouple_wrong:
      std::snprintf(to, size,
                    "Zone %d %s takes %.2f kW and its balance expects %.2f kW while the other half "
                    "does the opposite: it reads about %.1f K too %s.",
                    zone, half(f.element), f.measured, f.expected, std::abs(f.size),
                    f.size > 0 ? "high" : "low");
      break;
    case Cause::thermocouple_swap:
      std::snprintf(to, size,
                    "Zone %d %s follows the power of zone %d %s and that one its: their readings "
                    "are %.1f K apart against a power %.1f kW apart.",
                    zone, half(f.element), other, half(f.other_element), f.measured, f.expected);
      break;
    case Cause::element_open:
    case Cause::scr_half_wave:
    case Cause::scr_open:
    case Cause::scr_shorted:
      std::snprintf(to, size,
                    "Zone %d %s takes %.2f kW where its output asks for %.2f kW: %+.0f %%.", zone,
                    half(f.element), f.measured, f.expected, 100.0 * f.size);
      break;
    case Cause::exhaust_blocked:
      std::snprintf(to, size,
                    "The kiln stands at %.1f Pa where its flows ask for %.1f Pa: the exhaust lets "
                    "%.0f %% less through.",
                    f.measured, f.expected, -100.0 * f.size);
      break;
    case Cause::saggar_gap:
      std::snprintf(to, size, "No row for %.2f m behind the newest; %.2f m is usual.", f.measured,
                    f.expected);
      break;
    case Cause::overfill:
    case Cause::underfill:
      std::snprintf(to, size, "%.2f kg of mix in a saggar where the recipe has %.2f kg: %+.0f %%.",
                    f.measured, f.expected, 100.0 * f.size);
      break;
  }
  return to;
}

}  // namespace saggar::twin
