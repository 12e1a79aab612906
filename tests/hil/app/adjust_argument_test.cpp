#include "hil/app/adjust_argument.hpp"

#include <gmock/gmock.h>

namespace saggar::app {
namespace {

using ::testing::HasSubstr;

TEST(AdjustArgument, IsANameAloneOrWithBounds) {
  EXPECT_EQ(adjust_argument("powder.porosity").value().key, "powder.porosity");
  EXPECT_EQ(adjust_argument("powder.porosity").value().high, 0);
  const auto bounds = adjust_argument("hydrate.factor_per_s=1e9..2.5e10").value();
  EXPECT_EQ(bounds.key, "hydrate.factor_per_s");
  EXPECT_EQ(bounds.low, 1e9);
  EXPECT_EQ(bounds.high, 2.5e10);
  EXPECT_EQ(adjust_argument("a=-2..-1").value().low, -2);
}

TEST(AdjustArgument, SaysWhatWouldBeRight) {
  for (const char* text : {"a=", "a=1", "a=1..", "a=..2", "a=2..1", "a=1..1", "a=x..2", "a=1..2K",
                           "a=1-2", "a=nan..2", "a=1..inf"}) {
    const auto made = adjust_argument(text);
    ASSERT_FALSE(made.ok()) << text;
    EXPECT_THAT(made.error().text(), HasSubstr("a=0.5..2, would be right")) << text;
  }
  EXPECT_THAT(adjust_argument("").error().text(), HasSubstr("names no figure"));
  EXPECT_THAT(adjust_argument("=1..2").error().text(), HasSubstr("names no figure"));
}

}  // namespace
}  // namespace saggar::app
