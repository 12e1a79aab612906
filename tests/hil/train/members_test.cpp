#include "hil/train/members.hpp"

#include <gmock/gmock.h>
#include <unistd.h>

#include <fstream>
#include <stdexcept>

namespace saggar::train {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class Members : public ::testing::Test {
 protected:
  void SetUp() override { fs::create_directories(options_.folder); }
  void TearDown() override { fs::remove_all(options_.folder); }
  static Member one(std::size_t k) {
    return {"net" + std::to_string(k), {static_cast<float>(k), 2}, {{0.5}, {}}};
  }

  MemberOptions options_{
      fs::path(::testing::TempDir()) / ("members" + std::to_string(getpid())), 2, 2, 2, 1, nullptr};
};

TEST_F(Members, AreMadeOnceAndReadBackAsTheyWere) {
  const auto first = make_members(options_, one);
  ASSERT_TRUE(first) << first.error().text();
  EXPECT_EQ(first.value()[1].torchscript, "net1");
  EXPECT_THAT(first.value()[1].said, ::testing::ElementsAre(1, 2));
  EXPECT_THAT(first.value()[1].curves,
              ::testing::ElementsAre(::testing::ElementsAre(0.5), ::testing::IsEmpty()));
  const auto again = make_members(
      options_, [](std::size_t) -> Member { throw std::runtime_error("is there already"); });
  ASSERT_TRUE(again);
  EXPECT_EQ(again.value()[0].torchscript, "net0");
}

TEST_F(Members, OneThatCannotBeMadeIsNamed) {
  const auto made = make_members(options_, [](std::size_t k) -> Member {
    if (k == 1) throw std::runtime_error("no rows");
    return one(k);
  });
  ASSERT_FALSE(made);
  EXPECT_THAT(made.error().text(), HasSubstr("member 2"));
  EXPECT_TRUE(fs::exists(options_.folder / "member1.study"));
  EXPECT_FALSE(fs::exists(options_.folder / "member2.study"));
}

TEST_F(Members, FilesOfOtherRunsOrCutShortAreRefusedByName) {
  ASSERT_TRUE(make_members(options_, one));
  MemberOptions other = options_;
  other.said = 3;
  EXPECT_THAT(make_members(other, one).error().text(), HasSubstr("member1.study"));
  const fs::path second = options_.folder / "member2.study";
  for (auto size = static_cast<std::uintmax_t>(fs::file_size(second)); size-- > 0;) {
    fs::resize_file(second, size);
    const auto read = make_members(options_, one);
    ASSERT_FALSE(read) << size;
    EXPECT_THAT(read.error().text(), HasSubstr("member2.study")) << size;
  }
}

}  // namespace
}  // namespace saggar::train
