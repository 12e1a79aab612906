#include "hil/train/pack.hpp"

#include <gmock/gmock.h>
#include <unistd.h>

#include <fstream>
#include <iterator>

#include "runtime/config/given_package.hpp"
#include "runtime/config/load.hpp"
#include "runtime/record/hash_chain.hpp"
#include "tests/hil/train/two_runs.hpp"

namespace saggar::train {
namespace {

namespace fs = std::filesystem;

std::string slurp(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

TrainingFile some_file() {
  TrainingFile file;
  file.id = "com.a.heat";
  file.version = "2.0.0";
  file.owner = "somebody";
  file.purpose = "a test";
  file.limits = {"not on a plant"};
  file.limits_ko = {"설비에는 쓰지 않는다"};
  file.released = "2026-01-02";
  file.expires = "2027-01-02";
  file.licence = "free";
  return file;
}

Parcel parcel_of(const TrainingFile& file, const Signals& signals) {
  Parcel p{file, signals, "p2", "ncm811-p2", std::string(64, 'a'), {"not", "read"}, {}, {}, {}};
  p.domain = {{0, 0, 0}, {1, 0, 1, 0, 0, 1}, 4, {0.1}, {1}};
  p.metrics = {{"error", "K", 0.5, 0.4, 0.6}};
  p.sources = {{"lessons", std::string(64, 'b'), "2026-01-02", "2026-01-02"}};
  return p;
}

class Pack : public ::testing::Test {
 protected:
  void SetUp() override { fs::create_directories(folder_); }
  void TearDown() override { fs::remove_all(folder_); }
  const fs::path folder_ = fs::path(::testing::TempDir()) / ("pack" + std::to_string(getpid()));
  const TrainingFile file_ = some_file();
  const Signals signals_ = testing::two_signals();
};

TEST_F(Pack, TheManifestListsEveryOtherFileWithItsHash) {
  ASSERT_TRUE(pack(folder_, parcel_of(file_, signals_)));
  const auto manifest = config::load<config::PolicyConfig>(folder_ / "manifest.toml");
  ASSERT_TRUE(manifest) << manifest.error().text();
  std::size_t others = 0;
  for (const auto& entry : fs::directory_iterator(folder_)) {
    const std::string name = entry.path().filename().string();
    if (name == "manifest.toml") continue;
    ++others;
    bool listed = false;
    for (const config::PolicyFile& one : manifest.value().files) {
      if (one.path != name) continue;
      listed = true;
      EXPECT_EQ(one.sha256, record::hex(record::sha256(slurp(entry.path())))) << name;
    }
    EXPECT_TRUE(listed) << name;
  }
  EXPECT_EQ(others, manifest.value().files.size());
  EXPECT_EQ(manifest.value().members.size(), 2U);
  EXPECT_EQ(manifest.value().width(), 3U);
}

TEST_F(Pack, PapersSayWhatTheFileSays) {
  ASSERT_TRUE(pack(folder_, parcel_of(file_, signals_)));
  const auto card = config::load<config::PolicyCard>(folder_ / "card.toml");
  ASSERT_TRUE(card) << card.error().text();
  EXPECT_EQ(card.value().limits, file_.limits);
  ASSERT_TRUE(config::load<config::PolicyDataSheet>(folder_ / "data_sheet.toml"));
  ASSERT_TRUE(config::load<config::PolicyDomain>(folder_ / "domain.toml"));
  EXPECT_THAT(slurp(folder_ / "card.en.md"), ::testing::HasSubstr("error: 0.5 K (0.4 .. 0.6)"));
  EXPECT_THAT(
      slurp(folder_ / "card.ko.md"),
      ::testing::AllOf(::testing::HasSubstr("목적"), ::testing::HasSubstr("설비에는 쓰지 않는다"),
                       ::testing::Not(::testing::HasSubstr("not on a plant"))));
}

TEST_F(Pack, TheSameParcelGivesTheSameBytesAndOldFilesGo) {
  ASSERT_TRUE(pack(folder_, parcel_of(file_, signals_)));
  const std::string first = slurp(folder_ / "manifest.toml");
  std::ofstream(folder_ / "left_over.pt") << "old";
  ASSERT_TRUE(pack(folder_, parcel_of(file_, signals_)));
  EXPECT_EQ(slurp(folder_ / "manifest.toml"), first);
  EXPECT_FALSE(fs::exists(folder_ / "left_over.pt"));
}

}  // namespace
}  // namespace saggar::train
