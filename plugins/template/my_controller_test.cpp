// A unit test without a framework: use the one you like.
#include "my_controller.hpp"

#include <cmath>
#include <cstdio>
#include <saggar/plugin/testing.hpp>

namespace {

int failures = 0;

void expect(bool right, const char* what) {
  if (right) return;
  std::printf("FAILED: %s\n", what);
  ++failures;
}

saggar::plugin::testing::Rig start() {
  saggar::plugin::testing::Kiln kiln;
  kiln.zones(4);
  saggar::plugin::testing::Options options;
  options.params["gain_per_h"] = 3.6;  // 0.001 K per K and second
  auto rig = saggar::plugin::testing::rig_of<MyController>(kiln, options);
  rig.reference("zone*.*.setpoint", 750);
  rig.working("zone*.*.setpoint", 750);
  rig.set("zone*.*.temperature", 750);
  return rig;
}

void a_cold_zone_is_asked_for_more() {
  auto rig = start();
  rig.set("zone02.top.temperature", 740);
  const auto outcome = rig.step(100);
  expect(outcome.wrong.empty(), "the runtime would accept the step");
  expect(std::abs(rig.proposal("zone02.top.setpoint") - 751) < 1e-9, "10 K for 100 s gives 1 K");
  expect(rig.proposal("zone01.top.setpoint") == 750, "no error, no trim");
}

void the_trim_stays_within_its_limit() {
  auto rig = start();
  rig.set("zone*.*.temperature", 0);
  rig.step(100);
  expect(rig.proposal("zone04.bottom.setpoint") == 755, "at most limit_K");
}

void a_bad_thermocouple_is_reported() {
  auto rig = start();
  rig.set("zone03.top.temperature", 0, SAGGAR_BAD);
  expect(rig.step().status == saggar::plugin::Status::degraded, "degraded");
  expect(rig.proposal("zone03.top.setpoint") == 750, "its trim waits");
}

void the_shadow_tracks_who_drives() {
  auto rig = start();
  rig.driving(false);
  rig.working("zone*.*.setpoint", 753);
  rig.step();
  expect(rig.proposal("zone01.top.setpoint") == 753, "no bump on taking over");
}

void a_saved_state_continues_bit_for_bit() {
  auto rig = start();
  rig.set("zone*.*.temperature", 745);
  rig.step(10);
  expect(rig.restore_difference(50).empty(), "a restored instance does the same");
}

}  // namespace

int main() {
  a_cold_zone_is_asked_for_more();
  the_trim_stays_within_its_limit();
  a_bad_thermocouple_is_reported();
  the_shadow_tracks_who_drives();
  a_saved_state_continues_bit_for_bit();
  std::printf(failures == 0 ? "all right\n" : "%d failed\n", failures);
  return failures == 0 ? 0 : 1;
}
