#include "hil/faults/drill_intent.hpp"

namespace saggar::faults {
namespace {

domain::Intent set(domain::ControllerId controller, double number) {
  domain::Intent intent;
  intent.kind = domain::IntentKind::set_parameter;
  intent.controller = controller;
  intent.key.assign("misbehave");
  intent.value = number;
  return intent;
}

}  // namespace

domain::Intent misbehave(const Fault& fault, domain::ControllerId controller) {
  return set(controller, static_cast<double>(fault.fault) - static_cast<double>(Kind::plugin_nan) +
                             1);  // 0 is: well
}

domain::Intent behave(domain::ControllerId controller) { return set(controller, 0); }

bool needs_restart(Kind kind) noexcept {
  switch (kind) {
    case Kind::plugin_wrong_length:
    case Kind::plugin_late:
    case Kind::plugin_throws:
    case Kind::plugin_reports_fault:
    case Kind::plugin_allocates:
    case Kind::plugin_leak:
    case Kind::plugin_thread_bomb:
    case Kind::plugin_denormal:
    case Kind::plugin_huge:
    case Kind::plugin_oscillates:
    case Kind::plugin_ignores_limits:
      return true;
    default:
      return false;
  }
}

bool ends_process(Kind kind) noexcept {
  return kind >= Kind::plugin_segfault && kind <= Kind::plugin_hangs;
}

}  // namespace saggar::faults
