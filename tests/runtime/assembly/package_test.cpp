// From a policy package that a control file names to the controller that drives by it.
#include "runtime/assembly/package.hpp"

#include <gmock/gmock.h>

#include <fstream>

#include "runtime/assembly/assembly.hpp"
#include "tests/controllers/policy/torch_mlp.hpp"
#include "tests/support/policy_package.hpp"

namespace saggar::assembly {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

const fs::path kConfigs = fs::path(SAGGAR_SOURCE_DIR) / "configs";
constexpr int kZones = 30;

std::string control(const std::string& plugin) {
  return "kind = \"control\"\n"  // 1
         "name = \"c\"\n"        // 2
         "[[controller]]\n"      // 3
         "name = \"heat\"\n"     // 4
         "plugin = \"" +
         plugin +
         "\"\n"                                        // 5
         "duty = \"heat\"\n"                           // 6
         "latency_cycles = 1\n"                        // 7
         "package = \"policy\"\n"                      // 8
         "[ladder.heat]\n"                             // 9
         "rungs = [\"heat\", \"hold\", \"recipe\"]\n"  // 10
         "[[screening]]\n"                             // 11
         "unit = \"degC\"\n";                          // 12
}

/// One small network for P2, made once.
const std::string& network() {
  static const std::string bytes = policy::torchscript_bytes({2 * kZones, kZones, {8}, 1, 0.5, {}});
  return bytes;
}

class GivenPackage : public ::testing::Test {
 protected:
  void SetUp() override {
    dir_ = fs::path(::testing::TempDir()) /
           (std::string("saggar_assembly_package_") +
            ::testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::create_directories(dir_);
    put("control.toml", control("saggar-policy-heat"));
    package_.write(dir_ / "policy");
  }
  void TearDown() override { fs::remove_all(dir_); }
  void put(const std::string& name, const std::string& text) const {
    std::ofstream(dir_ / name, std::ios::binary) << text;
  }
  std::string get(const std::string& name) const {
    std::ifstream file(dir_ / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  }
  static AssemblyOptions options() {
    AssemblyOptions o;
    o.plugin_dirs.push_back(fs::path(SAGGAR_BINARY_DIR) / "plugins");
    o.roster.threads = false;
    return o;
  }
  domain::Result<std::unique_ptr<Assembly>> made() const {
    auto bundle = config::load_bundle(kConfigs / "site/simulated.toml", kConfigs / "kiln/p2.toml",
                                      kConfigs / "recipes/ncm811-p2.toml", dir_ / "control.toml",
                                      "2026-06-01");
    if (!bundle) return bundle.error();
    return assemble(std::move(bundle).value(), options());
  }
  std::string refusal() const {
    const auto result = made();
    return result ? "accepted" : result.error().text();
  }
  fs::path dir_;
  saggar::testing::PolicyPackage package_{
      kZones, "p2", "ncm811-p2", {{"a.pt", network()}, {"b.pt", network()}}};
};

TEST_F(GivenPackage, TheJournalHasItsNameAndItsDigest) {
  const auto result = made();
  ASSERT_TRUE(result) << result.error().text();
  auto meta = journal_meta(*result.value());
  EXPECT_EQ(meta["package/heat/file"], (dir_ / "policy").string());
  EXPECT_EQ(meta["package/heat/id"], "com.saggar.test");
  EXPECT_EQ(meta["package/heat/version"], "1.0.0");
  EXPECT_EQ(meta["package/heat/sha256"], record::hex(record::sha256(get("policy/manifest.toml"))));
  EXPECT_EQ(meta["package/heat/accepted"], "2026-06-01");
}

// In each file one bit, at its beginning, in its middle and at its end.
TEST_F(GivenPackage, ABitThatIsFlippedInAnyFileIsFound) {
  for (const auto& [name, bytes] : package_.files()) {
    for (const std::size_t at : {std::size_t{0}, bytes.size() / 2, bytes.size() - 1}) {
      std::string flipped = bytes;
      flipped[at] = static_cast<char>(flipped[at] ^ 1);
      put("policy/" + name, flipped);
      EXPECT_THAT(refusal(), AllOf(HasSubstr("policy/manifest.toml:"), HasSubstr("policy/" + name),
                                   HasSubstr("has the SHA-256"),
                                   HasSubstr("it is not the file that was released")))
          << name << " byte " << at;
    }
    put("policy/" + name, bytes);
  }
  EXPECT_EQ(refusal(), "accepted");
}

TEST_F(GivenPackage, ATruncatedModelThatWasReleasedSoIsRefusedByThePlugin) {
  package_.members["a.pt"].resize(network().size() / 2);
  package_.write(dir_ / "policy");
  EXPECT_THAT(refusal(),
              AllOf(HasSubstr("control.toml:8:11: with package"),
                    HasSubstr("network 'a.pt': is no TorchScript module"), Not(HasSubstr("\n"))));
}

TEST_F(GivenPackage, ANetworkOfAnotherWidthIsRefusedInOneLine) {
  package_.members["b.pt"] = policy::torchscript_bytes({2 * kZones, kZones + 1, {8}, 1, 1, {}});
  package_.write(dir_ / "policy");
  EXPECT_THAT(refusal(), AllOf(HasSubstr("network 'b.pt'"),
                               HasSubstr("gives [1, 31], right is [1, 30]"), Not(HasSubstr("\n"))));
}

TEST_F(GivenPackage, UnitsAreThoseOfTheKiln) {
  package_.manifest.features[4].unit = "K";
  package_.write(dir_ / "policy");
  EXPECT_THAT(refusal(), AllOf(HasSubstr("manifest.toml:"),
                               HasSubstr("found 'K', but zone03.top.temperature is in 'degC'")));
}

TEST_F(GivenPackage, AnEstimateIsATagOnlyWhereAnEstimatorGivesIt) {
  package_.manifest.features[0] = {"zone20.core.temperature", "degC", 500, 900, 700, 20, "", {0}};
  package_.agree();
  package_.write(dir_ / "policy");
  EXPECT_THAT(refusal(), HasSubstr("has no tag 'zone20.core.temperature', measured or estimated"));
  put("control.toml",
      control("saggar-policy-heat") + "[[estimator]]\nname = \"twin\"\nplugin = \"saggar-twin\"\n");
  EXPECT_EQ(refusal(), "accepted");
}

TEST_F(GivenPackage, AnotherKilnAndAnUnseenRecipeAreRefused) {
  package_.manifest.kilns = {"p1"};
  package_.manifest.recipes = {"ncm622-p1"};
  package_.agree();
  package_.write(dir_ / "policy");
  EXPECT_THAT(refusal(), AllOf(HasSubstr("is for kiln p1, this is kiln 'p2'"),
                               HasSubstr("covers recipe ncm622-p1, this is recipe 'ncm811-p2'")));
}

TEST_F(GivenPackage, APluginThatTakesNoPackageIsRefusedWhereThePackageIsNamed) {
  put("control.toml", control("saggar-pid-trim"));
  EXPECT_THAT(refusal(), AllOf(HasSubstr("control.toml:8:11: "),
                               HasSubstr("does not offer saggar.package/1")));
}

TEST_F(GivenPackage, AReplayReadsItAgainAndTakesNoOther) {
  const auto result = made();
  ASSERT_TRUE(result) << result.error().text();
  const auto meta = journal_meta(*result.value());
  const auto texts = recorded_config(meta);
  ASSERT_TRUE(texts) << texts.error().text();
  EXPECT_EQ(texts.value().today, "2026-06-01");
  auto bundle = config::load_bundle(texts.value());
  ASSERT_TRUE(bundle) << bundle.error().text();
  EXPECT_EQ(bundle.value().canonical, result.value()->bundle.canonical);
  package_.manifest.version = "1.0.1";
  package_.write(dir_ / "policy");
  const auto other = recorded_config(meta);
  ASSERT_FALSE(other);
  EXPECT_THAT(other.error().text(), HasSubstr("is not the policy package that ran"));
}

TEST(HostPackage, WholeFilesAreNotEnoughWhereTheTagsAreAnotherKilns) {
  config::GivenPackage given;
  saggar::testing::PolicyPackage package(1, "k", "r", {{"z.pt", "zz"}, {"a.pt", "a"}});
  package.manifest.members = {{"z.pt"}, {"a.pt"}};
  for (const auto& [name, bytes] : package.files()) {
    given.content.files[name] = bytes;
    package.manifest.files.push_back({name, record::hex(record::sha256(bytes))});
  }
  given.manifest = package.manifest;
  given.content.files["manifest.toml"] = config::save_text(package.manifest);
  EXPECT_TRUE(check_hashes(given));
  const domain::Plant bare;
  const auto plain = host_package(given, bare);
  ASSERT_FALSE(plain);  // a plant without tags
  EXPECT_THAT(plain.error().text(), HasSubstr("has no tag 'zone01.top.temperature'"));
}

}  // namespace
}  // namespace saggar::assembly
