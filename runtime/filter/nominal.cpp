#include "runtime/filter/model.hpp"

#include <cstdlib>

namespace saggar::filter {
namespace {

bool beside(const domain::Mv& a, const domain::Mv& b) {
  return a.duty == b.duty && std::abs(static_cast<int>(a.zone) - static_cast<int>(b.zone)) <= 1;
}

void add_neighbours(const domain::Plant& plant, const Nominal& figures,
                    std::vector<LoopModel>& loops) {
  for (LoopModel& loop : loops) {
    loop.neighbour_lag_s = figures.lag_s;
    loop.neighbour_dead_time_s = figures.dead_time_s;
    for (std::size_t j = 0; j < loops.size(); ++j) {
      if (loops[j].mv == loop.mv || !beside(plant.mvs[loops[j].mv], plant.mvs[loop.mv])) continue;
      loop.neighbours.push_back({static_cast<std::uint16_t>(j), {0, figures.neighbour_gain}});
    }
  }
}

}  // namespace

std::vector<LoopModel> nominal_loops(const domain::Plant& plant, const Nominal& figures) {
  std::vector<LoopModel> loops;
  for (std::size_t i = 0; i < plant.mvs.size(); ++i) {
    const domain::Mv& mv = plant.mvs[i];
    if (mv.pv == domain::kNoTag || !(mv.pv_low < mv.pv_high || mv.trip > 0)) continue;
    LoopModel loop;
    loop.mv = static_cast<domain::MvId>(i);
    loop.gain = figures.gain;
    loop.lag_s = figures.lag_s;
    loop.dead_time_s = figures.dead_time_s;
    loops.push_back(std::move(loop));
  }
  if (figures.neighbour_gain > 0) add_neighbours(plant, figures, loops);
  return loops;
}

}  // namespace saggar::filter
