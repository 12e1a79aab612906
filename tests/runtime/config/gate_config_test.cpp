#include "runtime/config/gate_config.hpp"

#include <gmock/gmock.h>

#include <cmath>
#include <fstream>

#include "runtime/config/bundle.hpp"
#include "tests/runtime/config/sample.hpp"
#include "tests/runtime/config/texts.hpp"

namespace saggar::config {
namespace {

using domain::Level;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const std::string kText =
    "kind = \"control\"\n"                          // 1
    "name = \"c\"\n"                                // 2
    "[[controller]]\n"                              // 3
    "name = \"policy\"\n"                           // 4
    "plugin = \"x\"\n"                              // 5
    "duty = \"heat\"\n"                             // 6
    "[ladder.heat]\n"                               // 7
    "rungs = [\"policy\", \"hold\", \"recipe\"]\n"  // 8
    "[[trust]]\n"                                   // 9
    "controller = \"policy\"\n"                     // 10
    "[[trust.gate]]\n"                              // 11
    "to = \"advise\"\n"                             // 12
    "days = 7\n";                                   // 13

std::vector<std::string> with(const std::string& from, const std::string& to) {
  return complaints_of<ControlConfig>(replaced(kText, from, to));
}
std::vector<std::string> also(const std::string& lines) {
  return complaints_of<ControlConfig>(kText + lines);
}

// plant facts: "L0->L1 >= 14 days or 10 lots and predicted-vs-actual inside conformal band >= 90 %;
// L1->L2 acceptance >= 70 % over >= 200 proposals; L2->L3 override <= 10 % over >= 500 moves, zero
// severe events; L3->L4 >= 30 days, no constraint harm, KPI not worse than baseline at 95 %".
TEST(GateConfig, WithoutATableTheFiguresAreThoseOfSc82) {
  const auto control =
      right<ControlConfig>(replaced(kText, "[[trust.gate]]\nto = \"advise\"\ndays = 7\n", ""));
  const TrustConfig& trust = control.trust.at(0);
  const GateConfig advise = gate_of(trust, Level::advise);
  EXPECT_EQ(advise.days, 14);
  EXPECT_EQ(advise.lots, 10U);
  EXPECT_EQ(advise.coverage, 0.9);
  const GateConfig confirm = gate_of(trust, Level::confirm);
  EXPECT_EQ(confirm.acceptance, 0.7);
  EXPECT_EQ(confirm.proposals, 200U);
  const GateConfig narrow = gate_of(trust, Level::narrow);
  EXPECT_EQ(narrow.override_share, 0.1);
  EXPECT_EQ(narrow.moves, 500U);
  EXPECT_EQ(narrow.severe, 0);
  const GateConfig full = gate_of(trust, Level::full);
  EXPECT_EQ(full.days, 30);
  EXPECT_EQ(full.harm_s, 0);
  EXPECT_EQ(full.confidence, 0.95);
  EXPECT_FALSE(std::isinf(full.margin));
}

TEST(GateConfig, ATableIsTheWholeGate) {
  const auto control = right<ControlConfig>(kText);
  const GateConfig gate = gate_of(control.trust.at(0), Level::advise);
  EXPECT_EQ(gate.days, 7);
  EXPECT_EQ(gate.coverage, 0);  // not named, not asked for
  EXPECT_EQ(gate_of(control.trust.at(0), Level::full).days, 30);
}

TEST(GateConfig, ComesBackFromItsOwnText) {
  const auto control = right<ControlConfig>(kText);
  const auto again = right<ControlConfig>(save_text(control));
  EXPECT_EQ(save_text(again), save_text(control));
  EXPECT_EQ(again.trust.at(0).gates.at(0).days, 7);
  EXPECT_TRUE(std::isinf(again.trust.at(0).gates.at(0).severe));
}

TEST(GateConfig, LeadsUpAndOnceToEachLevel) {
  EXPECT_THAT(with("to = \"advise\"", "to = \"shadow\""),
              ElementsAre(HasSubstr("12:6: found \"shadow\", right is advise, confirm")));
  EXPECT_THAT(also("[[trust.gate]]\nto = \"advise\"\ndays = 8\n"),
              ElementsAre(HasSubstr("15:6: a gate to advise is there already")));
  EXPECT_THAT(with("to = \"advise\"\n", ""), ElementsAre(HasSubstr("to")));
}

TEST(GateConfig, AsksForSomethingThatTheStepCanMeasure) {
  EXPECT_THAT(with("days = 7\n", ""), ElementsAre(HasSubstr("11:1: asks for nothing")));
  EXPECT_THAT(also("acceptance = 0.7\n"),
              ElementsAre(HasSubstr("14:14: found here, right is only in the gate to confirm")));
  EXPECT_THAT(also("moves = 3\n"),
              ElementsAre(HasSubstr("14:9: found here, right is only in the gate to narrow")));
  EXPECT_THAT(also("margin = 0.1\n"),
              ElementsAre(HasSubstr("14:10: found here, right is only in the gates to narrow")));
  EXPECT_THAT(also("lots = 3\n"), ElementsAre(HasSubstr("14:8: needs `lot_tag`")));
  EXPECT_THAT(also("lots = 3\nlot_tag = \"feed.lot\"\n"), IsEmpty());
}

TEST(GateConfig, FiguresAreBoundedAndSaidWithTheirLine) {
  EXPECT_THAT(also("coverage = 1.2\n"), ElementsAre(HasSubstr("14:12: ")));
  EXPECT_THAT(also("coverage = nan\n"), ElementsAre(HasSubstr("14:12: ")));
  EXPECT_THAT(with("days = 7", "days = -1"), ElementsAre(HasSubstr("13:8: ")));
  EXPECT_THAT(also("confidence = 1\n"), ElementsAre(HasSubstr("14:14: ")));
  EXPECT_THAT(also("severe = -1\n"), ElementsAre(HasSubstr("14:10: ")));
  EXPECT_THAT(also("figures = [\"quality\"]\n"), ElementsAre(HasSubstr("zone_error")));
  EXPECT_THAT(also("figures = []\n"), testing::SizeIs(1));
  EXPECT_THAT(also("override = 0.1\n"), ElementsAre(HasSubstr("override_share")));
}

// docs/engineer/gates.md: its block of TOML, behind a controller of that name.
TEST(GateConfig, TheBlockOfTheChapterIsRightAsItStandsThere) {
  std::ifstream page(std::string(SAGGAR_SOURCE_DIR) + "/docs/engineer/gates.md");
  std::string line, block;
  bool inside = false;
  while (std::getline(page, line)) {
    if (line == "```") inside = false;
    if (inside) block += line + '\n';
    if (line == "```toml") inside = true;
  }
  const std::string head = kText.substr(0, kText.find("[[trust]]"));
  const auto control = right<ControlConfig>(head + block);
  ASSERT_EQ(control.trust.size(), 1U);
  ASSERT_EQ(control.trust[0].gates.size(), 2U);
  // What it says stands in for SC-82, so it must not ask for less.
  for (const GateConfig& gate : control.trust[0].gates) {
    const GateConfig least = sc82_gate(gate.to);
    EXPECT_EQ(gate.days, least.days);
    EXPECT_EQ(gate.coverage, least.coverage);
    EXPECT_EQ(gate.harm_s, least.harm_s);
    EXPECT_EQ(gate.margin, least.margin);
  }
}

}  // namespace
}  // namespace saggar::config
