#include "runtime/app/model_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "tests/controllers/mpc/identify/synthetic.hpp"
#include "tests/runtime/record/journal_example.hpp"

namespace saggar::app {
namespace {

config::ModelConfig model_of(const identify::Series& series, const identify::Identified& found) {
  config::ModelConfig model;
  model.name = "m";
  for (const auto& in : series.inputs) {
    model.inputs.push_back({in.name, in.unit, {in.name}, 0, in.range});
  }
  for (const auto& out : series.outputs) {
    model.outputs.emplace_back();
    model.outputs.back().name = out.name;
    model.outputs.back().unit = out.unit;
    model.outputs.back().tags = {out.name};
  }
  fill_model(found, series, identify::Options(), model);
  return model;
}

class ModelFileTest : public ::testing::Test {
 protected:
  ModelFileTest() : series_(identify::testing::make({})), found_(identify::identify(series_, {})) {}
  std::string put(const std::string& text) {
    std::ofstream(folder_ / "m.toml") << text;
    return folder_ / "m.toml";
  }
  record::example::Folder folder_;
  identify::Series series_;
  identify::Identified found_;
};

TEST_F(ModelFileTest, AModelComesBackFromItsFileBitForBit) {
  const config::ModelConfig model = model_of(series_, found_);
  const auto back = load_model(put(model_text(model)));
  ASSERT_TRUE(back) << back.error().text();
  ASSERT_EQ(back.value().outputs.size(), 3U);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(back.value().outputs[i].a, model.outputs[i].a);
    EXPECT_EQ(back.value().outputs[i].b, model.outputs[i].b);
    EXPECT_EQ(back.value().outputs[i].c, model.outputs[i].c);
  }
  EXPECT_EQ(back.value().channels.size(), 9U);
}

TEST_F(ModelFileTest, ARowThatTheDataDoNotCarryIsLeftOut) {
  found_.rows[1].carried = false;
  const config::ModelConfig model = model_of(series_, found_);
  EXPECT_EQ(model.outputs.size(), 2U);
  EXPECT_EQ(model.channels.size(), 6U);
}

TEST_F(ModelFileTest, AFileThatWasChangedByHandIsRefused) {
  std::string text = model_text(model_of(series_, found_));
  text.replace(text.find("period_s = 60"), 13, "period_s = 30");
  const auto back = load_model(put(text));
  ASSERT_FALSE(back);
  EXPECT_THAT(back.error().what, ::testing::HasSubstr("another hash"));
}

TEST_F(ModelFileTest, TheTableHasALinePerChannelAndPerOutput) {
  const std::string table = model_table(model_of(series_, found_));
  EXPECT_EQ(std::count(table.begin(), table.end(), '\n'), 1 + 9 + 3);
  EXPECT_THAT(table, ::testing::HasSubstr("zone2.temperature"));
}

}  // namespace
}  // namespace saggar::app
