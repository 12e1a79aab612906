// Checks the table a plugin hands over, before anything in it is used.
#pragma once

#include <saggar/plugin/abi.h>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "runtime/domain/plant.hpp"
#include "runtime/domain/result.hpp"

namespace saggar::host {

/// Bounds of a descriptor: more is taken for nonsense.
inline constexpr std::uint32_t kMaxPorts = 64;
inline constexpr std::uint32_t kMaxParams = 256;
inline constexpr std::uint32_t kMaxNeeds = 32;
inline constexpr std::uint32_t kMaxLatencyCycles = 600;

/// The extensions this host makes use of: what a plugin may list under `needs`.
extern const std::array<std::string_view, 10> kHostOffers;

/// Checks, in this order: table not null, not short, same major, minor not newer than the host's,
/// descriptor (texts, duties, functions, ports, parameters), needs. The first thing found wrong
/// is reported, with what would be right. @param where the library, for the message
domain::Status check_descriptor(const saggar_plugin* table, const std::string& where);

/// Element i of the declared ports or parameters. A plugin made for an older minor has shorter
/// elements, so the step from one to the next is the plugin's own.
const saggar_port& port_at(const saggar_plugin& table, std::uint32_t i) noexcept;
const saggar_param& param_at(const saggar_plugin& table, std::uint32_t i) noexcept;

/// The bit of a duty in `saggar_plugin.duties`.
std::uint32_t duty_bit(domain::Duty duty) noexcept;
/// "heat, transport".
std::string duty_names(std::uint32_t bits);

}  // namespace saggar::host
