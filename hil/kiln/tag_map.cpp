#include "hil/kiln/tag_map.hpp"

#include "runtime/config/plant.hpp"
#include "runtime/config/tag_rule.hpp"

namespace saggar::kiln {

TagMap::TagMap(const config::KilnConfig& config) : table(config::tags_of(config)) {
  const auto id = [this](const std::string& name) {
    return table.find(name).value_or(domain::kNoTag);
  };
  for (std::size_t k = 0; k < config.chamber.zones; ++k) {
    for (std::size_t l = 0; l < config.chamber.loops_per_zone; ++l) {
      const std::string name = config::loop_name(k, l);
      loop_names.push_back(name);
      temperature.push_back(id(name + ".temperature"));
      working.push_back(id(name + ".working_setpoint"));
      output.push_back(id(name + ".output"));
      remote.push_back(id(name + ".remote"));
      current.push_back(id(name + ".current"));
    }
  }
  for (std::size_t i = 0; i < config.atmosphere.gas_point_zones.size(); ++i) {
    const std::string name = "gas.point" + std::to_string(i + 1);
    o2.push_back(id(name + ".o2"));
    h2o.push_back(id(name + ".h2o"));
    co2.push_back(id(name + ".co2"));
  }
  pressure = id("kiln.pressure");
  mains = id("kiln.mains_voltage");
  power = id("kiln.power");
  hall_o2 = id("kiln.hall_o2");
  saggar_mass = id("feed.saggar_mass");
  present = id("feed.present");
  for (std::size_t i = 0; i < config.transport.groups; ++i) {
    speed.push_back(id(config::group_name(i) + ".speed"));
    working_speed.push_back(id(config::group_name(i) + ".working_speed"));
  }
  for (std::size_t i = 0; i < config.atmosphere.inlet_zones.size(); ++i) {
    flow.push_back(id(config::inlet_name(i) + ".flow"));
    working_flow.push_back(id(config::inlet_name(i) + ".working_flow"));
  }
  for (std::size_t i = 0; i < config.exhaust.damper_zones.size(); ++i) {
    position.push_back(id(config::damper_name(i) + ".position"));
    working_position.push_back(id(config::damper_name(i) + ".working_position"));
  }
  for (std::size_t i = 0; i < kResultCount; ++i) {
    laboratory[i] = id(std::string(tag_name(static_cast<Result>(i))));
  }
  sample_age = id("lab.sample_age");
  for (std::size_t i = 0; i < table.size(); ++i) {
    const auto tag = static_cast<domain::TagId>(i);
    if (table[tag].access == domain::Access::write) writes.push_back(tag);
  }
}

}  // namespace saggar::kiln
