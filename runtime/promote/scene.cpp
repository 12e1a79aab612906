#include "runtime/promote/scene.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace saggar::promote {

using domain::ControllerId;
using domain::MvId;
using domain::Record;
using domain::Source;

std::size_t Scene::row(std::string_view controller, std::string_view group) const noexcept {
  std::size_t at = 0;
  while (at < rows.size() &&
         (controllers[rows[at].controller] != controller || rows[at].group != group)) {
    ++at;
  }
  return at;
}

ControllerId Scene::id(std::string_view controller) const noexcept {
  const auto at = std::find(controllers.begin(), controllers.end(), controller);
  return at == controllers.end() ? domain::kNoController
                                 : static_cast<ControllerId>(at - controllers.begin());
}

Scene make_scene(domain::Plant plant, std::vector<std::string> controllers,
                 const std::array<std::vector<std::string>, domain::kDutyCount>& rungs,
                 std::vector<Scene::Row> rows) {
  Scene scene;
  scene.plant = std::move(plant);
  scene.controllers = std::move(controllers);
  scene.rows = std::move(rows);
  for (std::size_t d = 0; d < rungs.size(); ++d) {
    for (const std::string& rung : rungs[d]) scene.rungs[d].push_back(scene.id(rung));
  }
  std::array<std::size_t, domain::kDutyCount> count{};
  for (const domain::Mv& mv : scene.plant.mvs) {
    scene.place.push_back(count[static_cast<std::size_t>(mv.duty)]++);
  }
  return scene;
}

namespace {

bool may_move(const Scene& scene, const Record& record, ControllerId controller, MvId mv) noexcept {
  bool governed = false;
  for (std::size_t i = 0; i < scene.rows.size(); ++i) {
    const Scene::Row& row = scene.rows[i];
    if (row.controller != controller) continue;
    governed = true;
    if (std::find(row.mvs.begin(), row.mvs.end(), mv) == row.mvs.end()) continue;
    return i < record.trust.size() && record.trust[i].level >= domain::Level::confirm;
  }
  return !governed;
}

}  // namespace

std::string_view mover(const Scene& scene, const Record& record, MvId mv) noexcept {
  switch (record.request.asks[mv].source) {
    case Source::none:
      return kNobody;
    case Source::operator_:
      return kPerson;
    case Source::recipe:
      return kRecipe;
    case Source::hold:
      return kHold;
    case Source::controller:
      break;
  }
  const auto duty = static_cast<std::size_t>(scene.plant.mvs[mv].duty);
  const domain::DutyDecision& decision = record.decisions[duty];
  const auto& rungs = scene.rungs[duty];
  for (std::size_t at = decision.rung; at < rungs.size(); ++at) {
    const bool healthy = at == decision.rung || decision.blocked[at] == domain::Reason::none;
    if (rungs[at] == domain::kNoController) return kNobody;
    if (healthy && may_move(scene, record, rungs[at], mv)) return scene.controllers[rungs[at]];
  }
  return kNobody;
}

std::string_view mover(const Scene& scene, const Record& record,
                       const std::vector<MvId>& mvs) noexcept {
  if (mvs.empty()) return kNobody;
  const std::string_view first = mover(scene, record, mvs.front());
  for (const MvId mv : mvs) {
    if (mover(scene, record, mv) != first) return kSeveral;
  }
  return first;
}

bool usable(const domain::Proposal& proposal) noexcept {
  using domain::ProposalStatus;
  return proposal.status <= ProposalStatus::degraded ||
         (proposal.status == ProposalStatus::pending && proposal.inputs_sequence != 0);
}

double in_force(const Scene& scene, const Record& record, MvId mv) noexcept {
  const domain::TagId tag = scene.plant.mvs[mv].working;
  if (tag >= record.screened.samples.size()) return std::nan("");
  const domain::Sample& sample = record.screened.samples[tag];
  return sample.usable() ? sample.value : std::nan("");
}

}  // namespace saggar::promote
