// Scene: what the numbers of the records of one run mean, and who moved an MV.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/domain/plant.hpp"
#include "runtime/domain/record.hpp"

namespace saggar::promote {

struct Scene {
  /// One row of Record::trust.
  struct Row {
    domain::ControllerId controller = domain::kNoController;
    std::string group;
    std::vector<domain::MvId> mvs;
  };

  domain::Plant plant;
  std::vector<std::string> controllers;  ///< by ControllerId
  /// Per duty, best first; kNoController for hold and the recipe.
  std::array<std::vector<domain::ControllerId>, domain::kDutyCount> rungs;
  std::vector<Row> rows;
  std::vector<std::size_t> place;  ///< per MV: within the proposals of its duty

  /// Row of this controller and group; rows.size() where there is none.
  std::size_t row(std::string_view controller, std::string_view group) const noexcept;
  /// By name; kNoController where there is none.
  domain::ControllerId id(std::string_view controller) const noexcept;
};

/// @param rungs  names per duty, as a journal has them
Scene make_scene(domain::Plant plant, std::vector<std::string> controllers,
                 const std::array<std::vector<std::string>, domain::kDutyCount>& rungs,
                 std::vector<Scene::Row> rows);

/// Who moves what besides controllers; no controller may be called so, for `recipe` and `hold` are
/// rungs and the others hold a blank.
inline constexpr std::string_view kRecipe = "recipe", kHold = "hold", kPerson = "a person",
                                  kNobody = "no one", kSeveral = "more than one";

/// The controller whose turn an MV was, or one of the words above: its source, and the first rung
/// from the seat down that is healthy and trusted with it (as loop/decide.cpp has it).
std::string_view mover(const Scene& scene, const domain::Record& record, domain::MvId mv) noexcept;

/// The same for a group; kSeveral where its MVs do not agree.
std::string_view mover(const Scene& scene, const domain::Record& record,
                       const std::vector<domain::MvId>& mvs) noexcept;

/// A proposal that could be used now: new, or standing between two periods.
bool usable(const domain::Proposal& proposal) noexcept;

/// What the field uses of an MV at the start of the cycle; NaN where that reading is bad.
double in_force(const Scene& scene, const domain::Record& record, domain::MvId mv) noexcept;

}  // namespace saggar::promote
