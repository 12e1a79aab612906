#include "controllers/policy/network.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>

#include "tests/controllers/policy/torch_mlp.hpp"

namespace saggar::policy {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

std::unique_ptr<Network> load(const std::string& bytes, NetworkShape shape = {4, 2}) {
  return load_torchscript("m.pt", reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size(),
                          shape);
}

std::string refusal(const std::string& bytes, NetworkShape shape = {4, 2}) {
  try {
    load(bytes, shape);
    return "accepted";
  } catch (const std::exception& error) {
    return error.what();
  }
}

TEST(Network, SaysItsBiasWhereItHasNoWeight) {
  const auto network = load(torchscript_bytes({4, 2, {8}, 1, 0, {0.25, -3}}));
  const float x[4] = {1, 2, 3, 4};
  float y[2] = {};
  network->run(x, y);
  EXPECT_EQ(y[0], 0.25F);
  EXPECT_EQ(y[1], -3.0F);
}

// Without a hidden layer it is y = W x, and W is seen by unit vectors.
TEST(Network, IsTheLinearMapThatWasMade) {
  const auto network = load(torchscript_bytes({3, 1, {}, 7, 1, {}}), {3, 1});
  float w[3], y = 0;
  for (int i = 0; i < 3; ++i) {
    const float unit[3] = {i == 0 ? 1.0F : 0, i == 1 ? 1.0F : 0, i == 2 ? 1.0F : 0};
    network->run(unit, &w[i]);
  }
  const float x[3] = {2, -1, 0.5};
  network->run(x, &y);
  EXPECT_NEAR(y, 2 * w[0] - w[1] + 0.5F * w[2], 1e-5);
  EXPECT_NE(w[0], 0);
}

// Against differences of the runs themselves; and a run gives the same bits afterwards.
TEST(Network, SlopesAreThoseOfItsRuns) {
  const auto network = load(torchscript_bytes({4, 2, {16}, 3, 1, {}}));
  const float x[4] = {0.3F, -0.8F, 0.5F, 1.1F};
  float before[2], after[2], slope[4];
  network->run(x, before);
  network->slopes(x, 1, slope);
  network->run(x, after);
  EXPECT_EQ(before[0], after[0]);
  EXPECT_EQ(before[1], after[1]);
  for (int i = 0; i < 4; ++i) {
    constexpr float kStep = 1e-2F;
    float up[4], down[4], high[2], low[2];
    std::copy(x, x + 4, up);
    std::copy(x, x + 4, down);
    up[i] += kStep;
    down[i] -= kStep;
    network->run(up, high);
    network->run(down, low);
    EXPECT_NEAR(slope[i], (high[1] - low[1]) / (2 * kStep), 0.02) << i;
  }
}

TEST(Network, TheSameInputGivesTheSameBits) {
  const std::string bytes = torchscript_bytes({4, 2, {64, 64, 64}, 3, 1, {}});
  const auto a = load(bytes), b = load(bytes);
  for (int k = 0; k < 100; ++k) {
    const float x[4] = {0.1F * static_cast<float>(k), -1, 0.3F, 2};
    float y[2], z[2];
    a->run(x, y);
    b->run(x, z);
    EXPECT_EQ(y[0], z[0]);
    EXPECT_EQ(y[1], z[1]);
  }
}

TEST(Network, WidthsThatAreOthersAreSaidInOneLine) {
  const std::string bytes = torchscript_bytes({4, 2, {8}, 1, 1, {}});
  EXPECT_EQ(refusal(bytes), "accepted");
  EXPECT_THAT(refusal(bytes, {5, 2}), AllOf(HasSubstr("network 'm.pt': cannot be run on [1, 5]: "),
                                            Not(HasSubstr("\n")), HasSubstr("1x5 and 4x8")));
  EXPECT_THAT(refusal(bytes, {4, 3}),
              AllOf(HasSubstr("gives [1, 2], right is [1, 3]"), Not(HasSubstr("\n"))));
}

TEST(Network, WhatIsNoModuleIsSaidInOneLine) {
  const std::string bytes = torchscript_bytes({4, 2, {8}, 1, 1, {}});
  for (const std::string& wrong : {bytes.substr(0, bytes.size() / 2), std::string(""),
                                   std::string("PK but no archive"), std::string(5000, '\0')}) {
    EXPECT_THAT(refusal(wrong),
                AllOf(HasSubstr("network 'm.pt': is no TorchScript module"), Not(HasSubstr("\n"))));
  }
}

TEST(Network, GivesOnWhatIsNoNumber) {
  const auto network = load(torchscript_bytes({4, 2, {}, 1, 0, {std::nan(""), 1e30}}));
  const float x[4] = {1, 2, 3, 4};
  float y[2] = {};
  network->run(x, y);
  EXPECT_TRUE(std::isnan(y[0]));
  EXPECT_EQ(y[1], 1e30F);
}

}  // namespace
}  // namespace saggar::policy
