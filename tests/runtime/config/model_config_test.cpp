#include "runtime/config/model_config.hpp"

#include <gmock/gmock.h>

#include "tests/runtime/config/sample.hpp"
#include "tests/runtime/config/texts.hpp"

namespace saggar::config {
namespace {

using testing::ElementsAre;

std::string model_text() {
  return "kind = \"model\"\n"
         "name = \"m\"\n"
         "period_s = 60\n"
         "[[input]]\n"
         "name = \"u\"\nunit = \"degC\"\ntags = [\"zone01.top.setpoint\"]\noperating_point = 150\n"
         "[[output]]\n"
         "name = \"y\"\nunit = \"degC\"\ntags = [\"zone01.top.temperature\"]\noperating_point = "
         "150\n"
         "order = 2\n"
         "inputs = [\"u\"]\n"
         "a = [0.5, 0, 1, 0]\n"
         "b = [1, 0]\n"
         "c = [0, 1]\n"
         "[[channel]]\noutput = \"y\"\ninput = \"u\"\nanswer = \"lag\"\ngain = 2\n";
}

TEST(ModelConfig, AModelIsReadAndComesBackAsItWas) {
  const auto model = right<ModelConfig>(model_text());
  EXPECT_EQ(model.outputs[0].order, 2U);
  EXPECT_THAT(model.outputs[0].a, ElementsAre(0.5, 0, 1, 0));
  EXPECT_EQ(model.channels[0].answer, Answers::lag);
  const std::string saved = save_text(model);
  EXPECT_EQ(save_text(right<ModelConfig>(saved)), saved);
}

TEST(ModelConfig, MatricesOfAnotherSizeThanTheOrderAreRefusedAtTheirPlace) {
  EXPECT_THAT(complaints_of<ModelConfig>(replaced(model_text(), "a = [0.5, 0, 1, 0]", "a = [0.5]")),
              ElementsAre("16:5: found 1 numbers, right is 4, order x order"));
  EXPECT_THAT(complaints_of<ModelConfig>(replaced(model_text(), "b = [1, 0]", "b = [1, 0, 3]")),
              ElementsAre("17:5: found 3 numbers, right is 2, order x inputs"));
}

TEST(ModelConfig, NamesThatAreNotDeclaredAreRefused) {
  EXPECT_THAT(
      complaints_of<ModelConfig>(replaced(model_text(), "inputs = [\"u\"]", "inputs = [\"v\"]")),
      ElementsAre("15:10: found 'v', which is no input of this model"));
  EXPECT_THAT(complaints_of<ModelConfig>(replaced(model_text(), "input = \"u\"", "input = \"v\"")),
              ElementsAre("21:9: found 'v', which is no input"));
}

}  // namespace
}  // namespace saggar::config
