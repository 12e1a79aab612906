#include "hil/train/inspect.hpp"

#include <gmock/gmock.h>
#include <unistd.h>

#include <fstream>

#include "hil/train/learner.hpp"
#include "hil/train/pack.hpp"
#include "tests/hil/train/two_runs.hpp"

namespace saggar::train {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

/// A package whose one output is 0.3 x0 - 0.1 x2 of a trim of 10 K: known by hand.
class Inspect : public ::testing::Test {
 protected:
  void SetUp() override {
    file_.id = "com.a.heat";
    file_.version = "2.0.0";
    file_.owner = "somebody";
    file_.purpose = "a test";
    file_.limits = {"not on a plant"};
    file_.released = "2026-01-02";
    file_.expires = "2027-01-02";
    file_.licence = "free";
    Signals signals = testing::two_signals();
    signals.features[1].scale = 0.5;
    Study s;
    s.inputs = 3;
    s.targets = 2;
    s.width = 2;
    s.layers = 1;
    s.epochs = 1;
    s.rate = 1e-12;
    s.decay = 0;
    s.worth = {1, 1};
    s.straight = {0.3F, 0, 0, 0, -0.1F, 0};
    s.bias = {0, 0};
    const std::vector<float> x(3 * 8, 0.0F), y(2 * 8, 0.0F);
    const Learnt learnt = learn(s, {x.data(), y.data(), 8}, {}, {});
    Parcel p{file_, signals, "p2", "ncm811-p2", std::string(64, 'a'), {learnt.torchscript},
             {},    {},      {}};
    p.domain = {{0, 0, 0}, {1e-3, 0, 1e-3, 0, 0, 1e-3}, 4, {0.1}, {1}};
    p.metrics = {{"error", "K", 0.5, 0.4, 0.6}};
    p.sources = {{"lessons", std::string(64, 'b'), "2026-01-02", "2026-01-02"}};
    ASSERT_TRUE(pack(folder_, p));
  }
  void TearDown() override { fs::remove_all(folder_); }
  const fs::path folder_ = fs::path(::testing::TempDir()) / ("inspect" + std::to_string(getpid()));
  TrainingFile file_;
};

TEST_F(Inspect, TheStrongestInputIsFoundInUnitsOfThePlant) {
  const auto inspected = inspect(folder_);
  ASSERT_TRUE(inspected) << inspected.error().text();
  const auto steep = steepness(inspected.value(), 4);
  ASSERT_TRUE(steep) << steep.error().text();
  ASSERT_EQ(steep.value().size(), 1U);
  // x0: 0.3 of 10 K per degC, less what the untrained hidden layer adds (a tenth at most).
  EXPECT_NEAR(steep.value()[0].K_per_unit, 3, 1.5);
  EXPECT_EQ(steep.value()[0].input, "zone01.temperature");
  EXPECT_THAT(text_of(inspected.value(), steep.value()), HasSubstr("every file as listed"));
}

TEST_F(Inspect, AFlippedBitIsNamedAndPackingAnewTakesAnEditedPage) {
  std::ofstream(folder_ / "card.en.md", std::ios::app) << "A failure that was found later.\n";
  const auto changed = inspect(folder_);
  ASSERT_FALSE(changed);
  EXPECT_THAT(changed.error().text(), HasSubstr("card.en.md"));
  const auto again = repack(folder_);
  ASSERT_TRUE(again) << again.error().text();
  ASSERT_TRUE(inspect(folder_));
  EXPECT_EQ(inspect(folder_).value().sha256, again.value().sha256);
}

TEST_F(Inspect, FilesThatAreMissingOrTooManyAreNamedAsByTheRuntime) {
  const std::string network = "member1.pt";
  ASSERT_TRUE(fs::exists(folder_ / network));
  std::ofstream(folder_ / "extra.txt") << "hi";
  EXPECT_THAT(inspect(folder_).error().text(), HasSubstr("extra.txt is in the folder, but not in"));
  fs::remove(folder_ / "extra.txt");
  for (const std::string& name : {network, std::string("card.toml"), std::string("domain.toml")}) {
    fs::rename(folder_ / name, folder_.string() + ".aside");
    EXPECT_THAT(inspect(folder_).error().text(), HasSubstr("there is no file")) << name;
    EXPECT_THAT(repack(folder_).error().text(), HasSubstr(name));
    fs::rename(folder_.string() + ".aside", folder_ / name);
  }
  EXPECT_TRUE(inspect(folder_));
  fs::remove(folder_ / "manifest.toml");
  EXPECT_THAT(inspect(folder_).error().text(), HasSubstr("manifest.toml"));
  EXPECT_THAT(repack(folder_).error().text(), HasSubstr("manifest.toml"));
}

TEST_F(Inspect, PackingRefusesANetworkThatIsNotTheOneListed) {
  std::ofstream(folder_ / "member1.pt", std::ios::app) << "x";
  EXPECT_THAT(repack(folder_).error().text(), HasSubstr("member1.pt is not the network listed"));
}

TEST_F(Inspect, PackingRefusesPapersThatAreWrongAndChangesNothing) {
  std::ofstream(folder_ / "domain.toml", std::ios::trunc) << "kind = \"policy_domain\"\n";
  std::ifstream before(folder_ / "manifest.toml");
  const std::string was{std::istreambuf_iterator<char>(before), {}};
  EXPECT_FALSE(repack(folder_));
  std::ifstream after(folder_ / "manifest.toml");
  EXPECT_EQ((std::string{std::istreambuf_iterator<char>(after), {}}), was);
}

}  // namespace
}  // namespace saggar::train
