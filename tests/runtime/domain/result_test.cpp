#include "runtime/domain/result.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace saggar::domain {
namespace {

TEST(Result, HoldsAValueOrAnError) {
  const Result<int> good = 3;
  EXPECT_TRUE(good.ok());
  EXPECT_TRUE(static_cast<bool>(good));
  EXPECT_EQ(good.value(), 3);
  const Result<int> bad = Error{"kiln.toml:3:1", "no such key"};
  EXPECT_FALSE(bad.ok());
  EXPECT_EQ(bad.error().where, "kiln.toml:3:1");
}

TEST(Result, AValueCanBeMovedOut) {
  Result<std::unique_ptr<int>> result = std::make_unique<int>(5);
  const std::unique_ptr<int> value = std::move(result).value();
  EXPECT_EQ(*value, 5);
}

TEST(Result, AStatusIsSuccessWithoutAValue) {
  const Status good = Done{};
  EXPECT_TRUE(good.ok());
  const Status bad = Error{"", "no"};
  EXPECT_FALSE(bad.ok());
}

TEST(Error, SaysWhereThenWhat) {
  EXPECT_EQ((Error{"site.toml:2:5", "0 s is too short"}.text()), "site.toml:2:5: 0 s is too short");
  EXPECT_EQ((Error{"", "no such file"}.text()), "no such file");
}

}  // namespace
}  // namespace saggar::domain
