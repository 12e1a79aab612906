// The figures of a run: counted by a real drain from real records, as a table and as JSON.
#include "runtime/app/summary.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace saggar::app {
namespace {

namespace fs = std::filesystem;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::StartsWith;

/// Twenty cycles without a field, one of them with a warning of three lost frames.
class SummaryTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const fs::path configs = fs::path(SAGGAR_SOURCE_DIR) / "configs";
    auto bundle =
        config::load_bundle(configs / "site/simulated.toml", configs / "kiln/p2.toml",
                            configs / "recipes/ncm811-p2.toml", configs / "control/recipe.toml");
    ASSERT_TRUE(bundle) << bundle.error().text();
    auto made = assembly::assemble(std::move(bundle).value(), {});
    ASSERT_TRUE(made) << made.error().text();
    assembly_ = std::move(made).value();
    const domain::Record prototype = assembly_->cycle->prototype();
    channels_ = std::make_unique<loop::Channels>(assembly_->bundle.plant, prototype, 4, 1);
    drain_ = std::make_unique<DrainThread>(*channels_, assembly_->bundle.plant, assembly_->layout,
                                           nullptr, nullptr, nullptr, board_, wire::Pacing::field,
                                           DrainSettings());
    drain_->start();
    domain::Record record = prototype;
    for (std::uint64_t c = 1; c <= 20; ++c) {
      record.cycle = c;
      record.time_ns = static_cast<std::int64_t>(c) * 180'000'000'000;  // 3 min: 0.95 h in all
      record.frame.missed = c == 7 ? 3 : 0;
      assembly_->cycle->run(record);
      record.timing.duration_ns = 50'000;
      put(record);
    }
    channels_->overruns.store(11);
    channels_->records.count_drop();
    record.cycle = loop::kStopCycle;
    put(record);
    drain_->join();
  }
  void put(const domain::Record& record) {
    channels_->records.wait_writable();
    *channels_->records.claim() = record;
    channels_->records.publish();
  }
  std::string table() const {
    std::ostringstream out;
    print_summary(out, *assembly_, *drain_, *channels_, nullptr);
    return out.str();
  }

  std::unique_ptr<assembly::Assembly> assembly_;
  std::unique_ptr<loop::Channels> channels_;
  Blackboard board_;
  std::unique_ptr<DrainThread> drain_;
};

/// The value behind a label of the table.
std::string value_of(const std::string& table, const std::string& label) {
  const std::size_t at = table.find(label + " ");
  if (at == std::string::npos) return "no " + label;
  const std::string line = table.substr(at, table.find('\n', at) - at);
  return line.substr(line.find_last_of(' ') + 1);
}

TEST_F(SummaryTest, TheTableHasTheFiguresOfTheRun) {
  const std::string text = table();
  EXPECT_EQ(value_of(text, "kiln"), assembly_->bundle.plant.name);
  EXPECT_EQ(value_of(text, "cycles"), "20");
  EXPECT_EQ(value_of(text, "field time, h"), "0.950");
  EXPECT_EQ(value_of(text, "frames missed"), "3");
  EXPECT_EQ(value_of(text, "overruns"), "11");
  EXPECT_EQ(value_of(text, "records dropped"), "1");
  EXPECT_EQ(value_of(text, "cycle time max, us"), "50.0");
  EXPECT_EQ(value_of(text, "SHA-256 of the records"), drain_->digest());
  EXPECT_EQ(drain_->digest().size(), 64U);
}

TEST_F(SummaryTest, TheFileIsOneJsonObjectWithTheSameFigures) {
  const std::string path =
      (fs::temp_directory_path() / ("saggar-summary-" + std::to_string(::getpid()))).string();
  const auto figures = write_summary(path, *assembly_, *drain_, *channels_, nullptr);
  ASSERT_TRUE(figures.ok()) << figures.error().text();
  std::ifstream in(path);
  std::stringstream text;
  text << in.rdbuf();
  fs::remove(path);
  const std::string json = text.str();
  EXPECT_THAT(json, StartsWith("{\n  \"kiln\": \"" + assembly_->bundle.plant.name + "\",\n"));
  EXPECT_THAT(json, EndsWith("\n}\n"));
  EXPECT_EQ(std::count(json.begin(), json.end(), ':'), static_cast<long>(figures.value()));
  EXPECT_THAT(json, HasSubstr("\"cycles\": 20,\n"));
  EXPECT_THAT(json, HasSubstr("\"field_hours\": 0.950,\n"));
  EXPECT_THAT(json, HasSubstr("\"sha256\": \"" + drain_->digest() + "\""));
  EXPECT_THAT(json, ::testing::Not(HasSubstr("nan")));
}

TEST_F(SummaryTest, TheScreensWereShownTheRun) {
  const auto digest = board_.read();
  ASSERT_NE(digest, nullptr);
  EXPECT_EQ(digest->kiln, assembly_->bundle.plant.name);
  EXPECT_EQ(digest->pacing, wire::Pacing::field);
}

}  // namespace
}  // namespace saggar::app
