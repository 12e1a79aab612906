// zone_answers: what an identified model says of each zone of this kiln.
#pragma once

#include <saggar/plugin/model.hpp>
#include <string>
#include <vector>

namespace saggar::mpc {

/// Tags of one zone as the controller has them.
struct ZoneTags {
  std::vector<std::string> temperatures;  ///< full names
  std::vector<std::string> loops;         ///< names of setpoints without their last word
};

/// How a zone temperature answers to the setpoint of its own zone.
struct ZoneAnswer {
  double lag_s = 0;  ///< time constant and dead time together
  double gain = 1;   ///< K per K
};

/// One answer per zone: of the one output that is a mean of temperatures of the zone to the one
/// input that is a mean of its setpoints, working or written. Channels between zones are not used.
/// @param least_lag_s, most_lag_s a lag outside is refused
/// Throws std::invalid_argument, with the zone: no such output, input or channel, or more than one;
/// not a lag; gain not above 0; standard error of the gain above half of it.
std::vector<ZoneAnswer> zone_answers(const plugin::Model& model, const std::vector<ZoneTags>& zones,
                                     double least_lag_s, double most_lag_s);

}  // namespace saggar::mpc
