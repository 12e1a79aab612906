#include "hil/train/dataset.hpp"

#include <gmock/gmock.h>
#include <unistd.h>

#include <fstream>
#include <iterator>

#include "tests/hil/train/two_runs.hpp"

namespace saggar::train {
namespace {

namespace fs = std::filesystem;

fs::path file(const char* name) {
  return fs::path(::testing::TempDir()) / (std::to_string(getpid()) + name);
}

TEST(Dataset, ComesBackAsItWasWritten) {
  const fs::path path = file("whole.lesson");
  const Dataset d = testing::run_of(7, 42);
  ASSERT_TRUE(write_dataset(path, d));
  const auto back = read_dataset(path);
  ASSERT_TRUE(back) << back.error().text();
  EXPECT_EQ(back.value().size(), 7U);
  EXPECT_EQ(back.value().seed, 42U);
  EXPECT_EQ(back.value().value, d.value);
  EXPECT_EQ(back.value().label, d.label);
  EXPECT_EQ(back.value().later, d.later);
  EXPECT_EQ(back.value().drives, d.drives);
  fs::remove(path);
}

TEST(Dataset, AFileThatIsCutAnywhereIsRefused) {
  const fs::path path = file("cut.lesson");
  ASSERT_TRUE(write_dataset(path, testing::run_of(3)));
  std::ifstream in(path, std::ios::binary);
  const std::string whole{std::istreambuf_iterator<char>(in), {}};
  for (std::size_t n = 0; n < whole.size(); ++n) {
    std::ofstream(path, std::ios::binary | std::ios::trunc)
        .write(whole.data(), static_cast<std::streamsize>(n));
    EXPECT_FALSE(read_dataset(path)) << n << " of " << whole.size() << " bytes";
  }
  fs::remove(path);
}

TEST(Dataset, CountsThatTheFileDoesNotHoldAskForNoMemory) {
  const fs::path path = file("count.lesson");
  ASSERT_TRUE(write_dataset(path, testing::run_of(3)));
  std::fstream io(path, std::ios::binary | std::ios::in | std::ios::out);
  io.seekp(8);
  io.write("\xff\xff\xff\x7f", 4);  // features
  io.close();
  const auto back = read_dataset(path);
  ASSERT_FALSE(back);
  EXPECT_THAT(back.error().text(), ::testing::HasSubstr("cut off or damaged"));
  fs::remove(path);
}

TEST(Dataset, WhatIsNoneIsNamed) {
  const auto back = read_dataset(file("absent.lesson"));
  ASSERT_FALSE(back);
  EXPECT_THAT(back.error().text(), ::testing::HasSubstr("absent.lesson"));
}

}  // namespace
}  // namespace saggar::train
