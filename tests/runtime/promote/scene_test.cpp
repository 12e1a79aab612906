#include "runtime/promote/scene.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/runtime/promote/scene_example.hpp"

namespace saggar::promote {
namespace {

using domain::Level;
using domain::Source;
using example::Story;

TEST(Scene, KnowsRowsAndControllersByName) {
  const Scene scene = example::scene();
  EXPECT_EQ(scene.row("ai", "rest"), 1U);
  EXPECT_EQ(scene.row("ai", "none"), scene.rows.size());
  EXPECT_EQ(scene.row("pid", "rest"), scene.rows.size());
  EXPECT_EQ(scene.id("other"), example::kOther);
  EXPECT_EQ(scene.id("nobody"), domain::kNoController);
  EXPECT_EQ(scene.place[2], 2U);
  EXPECT_EQ(scene.rungs[0][3], domain::kNoController);
}

TEST(Mover, IsTheSeatOrTheFirstHealthyRungBelowThatIsTrusted) {
  Story s;
  EXPECT_EQ(mover(s.scene, s.record, 0), "pid");
  s.seat(0);
  s.levels(Level::confirm, Level::advise);
  EXPECT_EQ(mover(s.scene, s.record, 0), "ai");
  EXPECT_EQ(mover(s.scene, s.record, 1), "other") << "ai is not trusted with it";
  s.record.decisions[0].blocked[1] = domain::Reason::low_confidence;
  EXPECT_EQ(mover(s.scene, s.record, 1), "pid") << "other is not healthy";
  s.record.decisions[0].blocked[0] = domain::Reason::low_confidence;
  EXPECT_EQ(mover(s.scene, s.record, 0), "ai") << "whoever sits is not asked";
}

TEST(Mover, IsNoControllerWhereThePersonTheRecipeOrNobodyMoves) {
  Story s;
  for (const auto& [source, who] :
       {std::pair(Source::operator_, kPerson), std::pair(Source::recipe, kRecipe),
        std::pair(Source::hold, kHold), std::pair(Source::none, kNobody)}) {
    s.record.request.asks[0].source = source;
    EXPECT_EQ(mover(s.scene, s.record, 0), who);
  }
  s.record.request.asks[0].source = Source::controller;
  s.record.decisions[0].rung = 0xFF;
  EXPECT_EQ(mover(s.scene, s.record, 0), kNobody);
}

TEST(Mover, OfAGroupIsSomebodyOnlyIfAllItsMvsAgree) {
  Story s;
  EXPECT_EQ(mover(s.scene, s.record, {1, 2}), "pid");
  s.record.request.asks[2].source = Source::operator_;
  EXPECT_EQ(mover(s.scene, s.record, {1, 2}), kSeveral);
  EXPECT_EQ(mover(s.scene, s.record, std::vector<domain::MvId>{}), kNobody);
}

TEST(Usable, IsWhatIsNewOrStands) {
  domain::Proposal p(1);
  p.status = domain::ProposalStatus::degraded;
  EXPECT_TRUE(usable(p));
  p.status = domain::ProposalStatus::pending;
  EXPECT_FALSE(usable(p)) << "nothing was proposed yet";
  p.inputs_sequence = 7;
  EXPECT_TRUE(usable(p));
  p.status = domain::ProposalStatus::late;
  EXPECT_FALSE(usable(p));
}

TEST(InForce, IsWhatTheFieldSaysItUses) {
  Story s;
  s.put("loop1.working_setpoint", 747.5);
  EXPECT_EQ(in_force(s.scene, s.record, 1), 747.5);
  s.put(s.scene.plant.mvs[1].working, 747.5, domain::Quality::bad);
  EXPECT_TRUE(std::isnan(in_force(s.scene, s.record, 1)));
}

}  // namespace
}  // namespace saggar::promote
