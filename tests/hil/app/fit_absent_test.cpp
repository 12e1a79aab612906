// Only in a build without SAGGAR_FIT.
#include <gmock/gmock.h>

#include "tests/hil/app/program.hpp"

namespace saggar::app {
namespace {

TEST(FitAbsent, SaysHowToGetTheFit) {
  const Said said = run("fit --data a.csv --adjust powder.porosity");
  EXPECT_EQ(said.code, 2);
  EXPECT_THAT(said.text, ::testing::HasSubstr("libceres-dev"));
  EXPECT_THAT(said.text, ::testing::HasSubstr("-DSAGGAR_FIT=ON"));
}

}  // namespace
}  // namespace saggar::app
