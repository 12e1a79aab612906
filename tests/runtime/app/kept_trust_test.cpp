#include "runtime/app/kept_trust.hpp"

#include <gmock/gmock.h>
#include <unistd.h>

#include <fstream>

#include "runtime/assembly/trust.hpp"
#include "runtime/record/recorder.hpp"

namespace saggar::app {
namespace {

namespace fs = std::filesystem;
using domain::Level;
using domain::Reason;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// P1 under PID, which is trusted step by step with one zone and with the rest.
class KeptTrust : public ::testing::Test {
 protected:
  KeptTrust()
      : folder_(fs::path(::testing::TempDir()) /
                ("kept_trust_" + std::to_string(::getpid()))) {  // tests run beside each other
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    std::ifstream pid(configs() / "control/pid.toml");
    std::ofstream(control_) << pid.rdbuf()
                            << "\n[[trust]]\ncontroller = \"pid\"\n[[trust.group]]\n"
                               "name = \"canary\"\ntags = [\"zone12.*\"]\n";
  }
  ~KeptTrust() override { fs::remove_all(folder_); }
  static fs::path configs() { return fs::path(SAGGAR_SOURCE_DIR) / "configs"; }
  std::unique_ptr<assembly::Assembly> make() const {
    auto bundle = config::load_bundle(configs() / "site/simulated.toml", configs() / "kiln/p1.toml",
                                      configs() / "recipes/ncm622-p1.toml", control_);
    EXPECT_TRUE(bundle) << (bundle ? "" : bundle.error().text());
    assembly::AssemblyOptions how;
    how.plugin_dirs = {SAGGAR_PLUGIN_DIR};
    auto made = assembly::assemble(std::move(bundle).value(), how);
    EXPECT_TRUE(made) << (made ? "" : made.error().text());
    return std::move(made).value();
  }
  /// A run that ended with these levels.
  void ended(Level canary, Level rest, const record::Meta& other = {}) {
    const auto assembly = make();
    record::Meta meta = assembly::journal_meta(*assembly);
    for (const auto& [key, value] : other) meta[key] = value;
    auto writer = record::JournalWriter::open(journal_, assembly->layout, meta, {});
    ASSERT_TRUE(writer) << writer.error().text();
    record::Recorder recorder(assembly->layout, writer.value().get());
    domain::Record record = assembly->cycle->prototype();
    record.trust = assembly->cycle->trust();
    for (std::uint64_t cycle = 1; cycle <= 3; ++cycle) {
      record.cycle = cycle;
      record.time_ns = static_cast<std::int64_t>(cycle) * 1'000'000'000;
      if (cycle == 3) {
        record.trust[0].level = canary, record.trust[1].level = rest;
        record.trust[0].reason = record.trust[1].reason = Reason::operator_request;
      }
      recorder.take(record);
    }
  }
  Level level(const assembly::Assembly& assembly, std::size_t row) {
    return assembly.cycle->trust()[row].level;
  }

  fs::path folder_;
  fs::path control_ = folder_ / "control.toml";
  std::string journal_ = (folder_ / "run.journal").string();
};

TEST_F(KeptTrust, ARunBeginsWithTheLevelsTheLastOneEndedWith) {
  ended(Level::narrow, Level::advise);
  const auto next = make();
  EXPECT_THAT(keep_trust(journal_, *next),
              ElementsAre("pid, canary: level narrow, as the journal ends",
                          "pid, rest: level advise, as the journal ends"));
  EXPECT_EQ(level(*next, 0), Level::narrow);
  EXPECT_EQ(level(*next, 1), Level::advise);
  EXPECT_EQ(next->cycle->trust()[0].reason, Reason::operator_request);
}

TEST_F(KeptTrust, WithAnotherRecipeOrKilnItIsOnlyAdvice) {  // LC-23
  ended(Level::full, Level::shadow, {{"config/recipe", "another"}});
  const auto next = make();
  EXPECT_THAT(keep_trust(journal_, *next), ElementsAre(HasSubstr("no more than advise")));
  EXPECT_EQ(level(*next, 0), Level::advise);
  EXPECT_EQ(level(*next, 1), Level::shadow);
}

TEST_F(KeptTrust, AnotherPluginOrModelBeginsInShadow) {  // SC-81
  for (const char* key : {"plugin/pid/sha256", "model/pid/sha256", "package/pid/sha256"}) {
    fs::remove(journal_);
    ended(Level::full, Level::full, {{key, "another"}});
    const auto next = make();
    EXPECT_THAT(keep_trust(journal_, *next), IsEmpty()) << key;
    EXPECT_EQ(level(*next, 0), Level::shadow) << key;
  }
}

TEST_F(KeptTrust, WithoutAJournalOrWithAnUnreadableOneTheControlFileCounts) {
  const auto next = make();
  EXPECT_THAT(keep_trust(journal_, *next), IsEmpty());
  std::ofstream(journal_) << "no journal";
  EXPECT_THAT(keep_trust(journal_, *next), IsEmpty());
  EXPECT_EQ(level(*next, 0), Level::shadow);
}

TEST_F(KeptTrust, AReplayBeginsAsItsRunDid) {
  ended(Level::narrow, Level::full);
  const auto next = make(), again = make();
  keep_trust(journal_, *next);
  assembly::begin_trust(assembly::journal_meta(*next), *again);
  EXPECT_EQ(level(*again, 0), Level::narrow);
  EXPECT_EQ(level(*again, 1), Level::full);
  EXPECT_EQ(again->cycle->trust()[0].reason, Reason::operator_request);
  assembly::begin_trust({{"trust/pid/canary", "nonsense"}}, *again);
  EXPECT_EQ(level(*again, 0), Level::narrow) << "what cannot be read changes nothing";
}

}  // namespace
}  // namespace saggar::app
