#include "hil/validate/masses.hpp"

#include "tests/hil/validate/judged.hpp"
#include "tests/hil/validate/subject_or_throw.hpp"

namespace saggar::validate {
namespace {

TEST(Masses, FollowStoichiometryToAThousandth) {
  Checks checks;
  check_masses(subject_or_throw({"nca", "ncm622-carbonate"}), checks);
  expect_no_miss(checks);
  // NCA: 100 x 1.03 x 18.015 / (91.157 + 1.03 x 41.962) = 13.808 %.
  EXPECT_NEAR(find(checks, "V1", "nca, Li/M 1.03: loss of LiOH.H2O").low, 13.808, 0.001);
}

TEST(Masses, AMixWithAnotherMolarMassIsAMiss) {
  Subject subject = subject_or_throw({"lno"});
  subject.materials.at("ncm811").hydroxide_kg_per_mol.value *= 1.01;
  Checks checks;
  check_masses(subject, checks);
  EXPECT_EQ(find(checks, "V1", "NCM811, Li/M 1.03: final").verdict, report::Verdict::miss);
}

}  // namespace
}  // namespace saggar::validate
