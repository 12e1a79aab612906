#include "hil/validate/subject.hpp"

#include <gmock/gmock.h>

#include <fstream>

#include "runtime/config/load.hpp"
#include "tests/hil/validate/subject_or_throw.hpp"

namespace saggar::validate {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(Subject, ChoosesAllShippedMaterialsUnlessSomeAreNamed) {
  EXPECT_EQ(subject_or_throw().chosen.size(), 6U);
  EXPECT_THAT(subject_or_throw({"nca", "lno", "nca"}).chosen, ElementsAre("nca", "lno"));
}

TEST(Subject, AFileStandsForTheShippedFiguresOfItsName) {
  auto own = subject_or_throw().material("ncm811");
  own.quality.capacity_mAh_per_g.value = 199;
  const std::string path = ::testing::TempDir() + "own_material.toml";
  std::ofstream(path) << config::save_text(own);
  const Subject subject = subject_or_throw({path});
  EXPECT_THAT(subject.chosen, ElementsAre("ncm811"));
  EXPECT_EQ(subject.files.at("ncm811"), path);
  EXPECT_EQ(subject.files.at("lno"), shipped_configs() + "/material/lno.toml");
  EXPECT_EQ(subject.material("ncm811").quality.capacity_mAh_per_g.value, 199);
  const auto p2 = load_preset(subject, "p2", "ncm811-p2");
  ASSERT_TRUE(p2.ok());
  EXPECT_EQ(p2.value().params.powder.quality.capacity_mAh_per_g.value, 199);
}

TEST(Subject, AnUnknownMaterialIsRefusedWithThoseThereAre) {
  const auto none = load_subject(shipped_configs(), {"ncm999"});
  ASSERT_FALSE(none.ok());
  EXPECT_THAT(none.error().text(), HasSubstr("ncm999: is neither a file nor a material"));
  EXPECT_THAT(none.error().text(), HasSubstr("lno, nca"));
  EXPECT_THAT(load_subject("no/such", {}).error().text(), HasSubstr("no/such: holds no material"));
}

}  // namespace
}  // namespace saggar::validate
