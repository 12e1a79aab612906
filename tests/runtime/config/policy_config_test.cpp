#include "runtime/config/policy_config.hpp"

#include <gmock/gmock.h>

#include "tests/runtime/config/sample.hpp"
#include "tests/runtime/config/texts.hpp"
#include "tests/support/policy_package.hpp"

namespace saggar::config {
namespace {

using ::testing::HasSubstr;

/// A right manifest: one zone, one member.
std::string manifest_text() {
  saggar::testing::PolicyPackage package(1, "k", "r", {{"model.pt", "bytes"}});
  for (const auto& [name, bytes] : package.files()) {
    package.manifest.files.push_back({name, std::string(64, '0')});
  }
  return save_text(package.manifest);
}

/// What is said of a manifest with one thing changed.
std::string said(const std::string& from, const std::string& to) {
  std::string all;
  for (const std::string& text : complaints_of<PolicyConfig>(replaced(manifest_text(), from, to))) {
    all += text + "\n";
  }
  return all;
}

TEST(PolicyConfig, AManifestIsReadAndComesBackAsItWas) {
  const auto policy = right<PolicyConfig>(manifest_text());
  EXPECT_EQ(policy.backend, Backend::torchscript);
  EXPECT_EQ(policy.features[1].over, "zone01.bottom.setpoint");
  EXPECT_EQ(policy.outputs[0].tags.size(), 2U);
  EXPECT_EQ(policy.width(), 2U);
  EXPECT_EQ(save_text(policy), manifest_text());
}

TEST(PolicyConfig, EveryRequiredFieldIsMissedWhereItIsNot) {
  for (const char* key :
       {"id", "version", "backend", "duty", "kilns", "recipes", "period_s", "expires", "trained_by",
        "training_sha256", "domain", "card", "data_sheet"}) {
    const std::string line = std::string("\n") + key + " = ";
    EXPECT_THAT(said(line, "\n# "), HasSubstr(std::string("missing key '") + key + "'")) << key;
  }
  EXPECT_THAT(said("scale = 10.0", ""), HasSubstr("missing key 'scale'"));
}

TEST(PolicyConfig, AnotherBackendIsRefusedInPlainWords) {
  for (const std::string backend : {"onnx", "native"}) {
    EXPECT_THAT(
        said("\"torchscript\"", '"' + backend + '"'),
        HasSubstr("found '" + backend + "': packages of this backend cannot be loaded yet"));
  }
  EXPECT_THAT(said("\"torchscript\"", "\"tensorflow\""), HasSubstr("torchscript, onnx"));
}

TEST(PolicyConfig, FieldsThatAreNotRightAreNamed) {
  EXPECT_THAT(said("2099-12-31", "31.12.2099"), HasSubstr("right is a date, YYYY-MM-DD"));
  EXPECT_THAT(said(std::string(64, 'c'), "abc"), HasSubstr("right are 64 lower-case hexadecimal"));
  EXPECT_THAT(said(std::string(64, '0'), std::string(64, 'G')),
              HasSubstr("right are 64 lower-case hexadecimal"));
  EXPECT_THAT(said("unit = \"degC\"", "unit = \"celsius\""), HasSubstr("unknown unit 'celsius'"));
  EXPECT_THAT(said("low = -1000.0", "low = 2000.0"), HasSubstr("must not be above high = 1000"));
  EXPECT_THAT(said("scale = 10.0", "scale = 0.0"), HasSubstr("scale: found"));
  EXPECT_THAT(said("period_s = 10.0", "period_s = 0.0"), HasSubstr("period_s: found"));
}

TEST(PolicyConfig, LagsAreRisingMultiplesOfThePeriod) {
  const std::string now = "lags_s = [0.0]";
  EXPECT_EQ(said(now, "lags_s = [0, 10, 600]"), "");
  EXPECT_THAT(said(now, "lags_s = [0, 15]"),
              HasSubstr("found 15, right is a multiple of period_s"));
  EXPECT_THAT(said(now, "lags_s = [10, 10]"), HasSubstr("ages must rise"));
  EXPECT_THAT(said(now, "lags_s = []"), HasSubstr("lags_s"));
  EXPECT_THAT(said(now, "lags_s = [-10]"), HasSubstr("lags_s"));
}

TEST(PolicyConfig, PathsStayInsideTheFolder) {
  for (const char* path :
       {"/etc/passwd", "../model.pt", "a/../../model.pt", "./model.pt", "a//b", "a\\\\b"}) {
    EXPECT_THAT(said("path = \"model.pt\"", std::string("path = \"") + path + '"'),
                HasSubstr("right is a path inside the folder"))
        << path;
  }
  EXPECT_THAT(said("path = \"model.pt\"", "path = \"manifest.toml\""),
              HasSubstr("does not list itself"));
  EXPECT_THAT(said("path = \"model.pt\"", "path = \"domain.toml\""), HasSubstr("a second time"));
}

TEST(PolicyConfig, EveryPartIsAListedFileOfItsOwn) {
  EXPECT_THAT(said("file = \"model.pt\"", "file = \"other.pt\""),
              HasSubstr("found 'other.pt', which is no [[file]] of this package"));
  EXPECT_THAT(said("file = \"model.pt\"", "file = \"domain.toml\""),
              HasSubstr("which has another part already"));
  EXPECT_THAT(said("path = \"card.ko.md\"", "path = \"karte.md\""),
              HasSubstr("the page card.ko.md for people is no [[file]]"));
}

TEST(PolicyConfig, ATagIsMovedByOneOutput) {
  const std::string text = said("zone01.bottom.setpoint\"]", "zone01.top.setpoint\"]");
  EXPECT_THAT(text, HasSubstr("found 'zone01.top.setpoint' a second time"));
}

}  // namespace
}  // namespace saggar::config
