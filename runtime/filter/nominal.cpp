#include "runtime/filter/model.hpp"

namespace saggar::filter {

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
  return loops;
}

}  // namespace saggar::filter
