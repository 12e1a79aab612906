// Small plants for tests: a kiln of `zones` zones with top and bottom loops, all limits finite.
#pragma once

#include <cstdio>
#include <string>

#include "runtime/domain/plant.hpp"

namespace saggar::testing {

inline std::string loop_tag(int zone, int loop, const char* what) {
  char text[64];
  std::snprintf(text, sizeof text, "zone%02d.%s.%s", zone + 1, loop == 0 ? "top" : "bottom", what);
  return text;
}

/// Heat MVs only, zone-major, top then bottom; read tags in groups, then the write tags.
inline domain::Plant small_plant(int zones) {
  using domain::Access;
  using domain::Unit;
  domain::Plant plant;
  plant.name = "small";
  plant.zones = static_cast<std::uint16_t>(zones);
  plant.soak_zone.assign(static_cast<std::size_t>(zones), true);
  plant.cross = {200, 100, 1e6, 1e6};
  const auto add = [&](int z, int l, const char* what, Unit unit, double high, Access access) {
    return plant.tags.add({loop_tag(z, l, what), unit, 0, high, 0.1, access}).value();
  };
  std::vector<domain::Mv> mvs(static_cast<std::size_t>(zones) * 2);
  const auto each = [&](auto&& body) {
    for (int z = 0; z < zones; ++z) {
      for (int l = 0; l < 2; ++l) body(z, l, mvs[static_cast<std::size_t>(z * 2 + l)]);
    }
  };
  each([&](int z, int l, domain::Mv& mv) {
    mv.pv = add(z, l, "temperature", Unit::degC, 1300, Access::read);
    mv.zone = static_cast<std::uint16_t>(z);
    mv.loop = static_cast<std::uint16_t>(l);
  });
  each([&](int z, int l, domain::Mv& mv) {
    mv.working = add(z, l, "working_setpoint", Unit::degC, 1300, Access::read);
  });
  each([&](int z, int l, domain::Mv& mv) {
    mv.output = add(z, l, "output", Unit::percent, 100, Access::read);
  });
  each([&](int z, int l, domain::Mv& mv) {
    mv.remote = add(z, l, "remote", Unit::boolean, 1, Access::read);
  });
  each([&](int z, int l, domain::Mv& mv) {
    mv.tag = add(z, l, "setpoint", Unit::degC, 1300, Access::write);
    mv.limits = {0, 1000, -15, 15, 1, 2, 10};
    mv.resolution = 0.1;
    mv.trip = 1100;
    mv.rated_kW = 8;
    mv.permitted = 0x7F;
  });
  plant.mvs = std::move(mvs);
  return plant;
}

}  // namespace saggar::testing
