#include "hil/validate/laws.hpp"

#include "tests/hil/validate/judged.hpp"
#include "tests/hil/validate/subject_or_throw.hpp"

namespace saggar::validate {
namespace {

TEST(Laws, OfTheShippedFiguresHaveTheirCheckValues) {
  Checks checks;
  check_laws(subject_or_throw(), checks);
  expect_no_miss(checks);
  // A first-order half-life: ln 2 / (1.27e10 exp(-134000 / (8.314 x 553.15))) = 246 s = 4.1 min.
  EXPECT_NEAR(find(checks, "V2", "280 degC").got, 4.10, 0.02);
  // 61.3 kJ/mol / 0.041962 kg/mol.
  EXPECT_NEAR(find(checks, "V5", "storage").got, 1460.8, 0.1);
}

TEST(Laws, AWrongFigureIsAMiss) {
  Subject subject = subject_or_throw();
  subject.materials.at("ncm811").growth.energy_J_per_mol.value *= 1.02;
  Checks checks;
  check_laws(subject, checks);
  EXPECT_EQ(find(checks, "R5", "780").verdict, report::Verdict::miss);
  EXPECT_EQ(find(checks, "R1", "half-life at 50").verdict, report::Verdict::pass);
}

}  // namespace
}  // namespace saggar::validate
