#include "plugins/host/ports.hpp"

#include <algorithm>
#include <cctype>

#include "plugins/host/descriptor.hpp"

namespace saggar::host {
namespace {

using domain::Error;
using domain::Status;

constexpr std::uint32_t kNoZone = 0xFFFFFFFFU;

// The MV that owns a tag says the zone; a tag that belongs to none says it by its name, zoneNN.
std::uint32_t zone_of(const domain::Plant& plant, domain::TagId tag) {
  for (const domain::Mv& mv : plant.mvs) {
    if (mv.duty == domain::Duty::transport) continue;
    if (mv.tag == tag || mv.working == tag || mv.pv == tag || mv.output == tag ||
        mv.remote == tag) {
      return mv.zone;
    }
  }
  const std::string& name = plant.tag(tag).name;
  if (name.size() < 6 || name.compare(0, 4, "zone") != 0) return kNoZone;
  std::uint32_t number = 0;
  for (std::size_t i = 4; i < name.size() && std::isdigit(static_cast<unsigned char>(name[i])) != 0;
       ++i) {
    number = number * 10 + static_cast<std::uint32_t>(name[i] - '0');
  }
  return number >= 1 && number <= plant.zones ? number - 1 : kNoZone;
}

Error no_match(const saggar_port& port, const domain::Plant& plant, const std::string& where) {
  std::string text = "port '" + std::string(port.name) + "': pattern '" + port.pattern +
                     "' matches no tag of kiln '" + plant.name + "'";
  std::string near = plant.tags.nearest(port.pattern);
  if (near.empty()) near = plant.estimates.nearest(port.pattern);
  if (!near.empty()) text += "; did you mean '" + near + "'?";
  return {where, text};
}

Status check_output(const ResolvedPort& port, const domain::Plant& plant, domain::Duty duty,
                    const std::string& where) {
  for (std::size_t i = 0; i < port.tags.size(); ++i) {
    const domain::Tag& tag = plant.tags[port.tags[i]];
    const std::string which = "output port '" + port.name + "': tag " + tag.name;
    if (port.mvs[i] == domain::kNoMv) {
      return Error{where, which + " is not one the runtime writes"};
    }
    const domain::Duty of_tag = plant.mvs[port.mvs[i]].duty;
    if (of_tag != duty) {
      return Error{where, which + " belongs to duty " + std::string(domain::name(of_tag)) +
                              ", this instance has duty " + std::string(domain::name(duty))};
    }
  }
  return domain::Done{};
}

domain::Result<ResolvedPort> resolve(const saggar_port& declared, const domain::Plant& plant,
                                     domain::Duty duty, const std::string& where) {
  ResolvedPort port;
  port.name = declared.name;
  port.unit = *units::parse_unit(declared.unit);
  port.is_output = (declared.flags & SAGGAR_PORT_OUTPUT) != 0;
  port.tags = port.is_output ? plant.tags.match(declared.pattern) : plant.match(declared.pattern);
  const std::size_t n = port.tags.size();
  const bool optional = (declared.flags & SAGGAR_PORT_OPTIONAL) != 0;
  if (n == 0 && !optional && declared.min_count > 0) return no_match(declared, plant, where);
  if ((n < declared.min_count && !(n == 0 && optional)) || n > declared.max_count) {
    return Error{where, "port '" + port.name + "': pattern '" + declared.pattern + "' matches " +
                            std::to_string(n) + " tags of kiln '" + plant.name + "', it takes " +
                            std::to_string(declared.min_count) + " to " +
                            std::to_string(declared.max_count)};
  }
  for (const domain::TagId id : port.tags) {
    const domain::Tag& tag = plant.tag(id);
    if (tag.unit != port.unit) {
      return Error{where, "port '" + port.name + "' is in " + declared.unit + ", but tag " +
                              tag.name + " is in " + std::string(units::symbol(tag.unit))};
    }
    port.names.push_back(tag.name.c_str());
    port.low.push_back(tag.low);
    port.high.push_back(tag.high);
    port.resolution.push_back(tag.resolution);
    port.zone.push_back(zone_of(plant, id));
    if (port.is_output) port.mvs.push_back(plant.mv_of(id));
  }
  if (port.is_output) {
    const Status checked = check_output(port, plant, duty, where);
    if (!checked.ok()) return checked.error();
  }
  return port;
}

}  // namespace

saggar_resolved_port ResolvedPort::view() const noexcept {
  return {sizeof(saggar_resolved_port),
          static_cast<std::uint32_t>(tags.size()),
          names.data(),
          low.data(),
          high.data(),
          resolution.data(),
          zone.data()};
}

domain::Result<std::vector<ResolvedPort>> resolve_ports(const saggar_plugin& table,
                                                        const domain::Plant& plant,
                                                        domain::Duty duty,
                                                        const std::string& where) {
  std::vector<ResolvedPort> ports;
  std::vector<domain::MvId> written;
  for (std::uint32_t i = 0; i < table.port_count; ++i) {
    domain::Result<ResolvedPort> port = resolve(port_at(table, i), plant, duty, where);
    if (!port.ok()) return port.error();
    for (const domain::MvId mv : port.value().mvs) {
      if (std::count(written.begin(), written.end(), mv) != 0) {
        return Error{where, "two output ports write tag " + plant.tags[plant.mvs[mv].tag].name};
      }
      written.push_back(mv);
    }
    ports.push_back(std::move(port).value());
  }
  if (written.empty() && table.duties != 0) {
    return Error{where, "none of its output ports finds a tag of kiln '" + plant.name + "'"};
  }
  return ports;
}

}  // namespace saggar::host
