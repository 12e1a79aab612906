#include "plugins/host/parcel.hpp"

#include <gtest/gtest.h>

namespace saggar::host {
namespace {

PluginDescription sample() {
  PluginDescription d;
  d.path = "/x/p.so";
  d.id = "com.vendor.p";
  d.title = "Titel, 제목";
  d.min_latency_cycles = 2;
  d.ports = {{"pv", "zone*.*.temperature", "degC", "doc", false, true, 1, 64}};
  d.params = {{"gain", "1", "doc", true, false, -1.5, 2.5, 0.25}};
  d.extensions = {"saggar.state/1", "saggar.tune/1"};
  d.bindings = {{"heat", "", 61, 60}, {"transport", "no port", 0, 0}};
  return d;
}

TEST(Parcel, ADescriptionArrivesWhole) {
  const auto got = unpack(pack(sample()), "p.so");
  ASSERT_TRUE(got.ok());
  const PluginDescription& d = got.value();
  EXPECT_EQ(d.path, "/x/p.so");
  EXPECT_EQ(d.title, "Titel, 제목");
  EXPECT_EQ(d.min_latency_cycles, 2U);
  ASSERT_EQ(d.ports.size(), 1U);
  EXPECT_EQ(d.ports[0].pattern, "zone*.*.temperature");
  EXPECT_TRUE(d.ports[0].is_optional);
  EXPECT_FALSE(d.ports[0].is_output);
  EXPECT_EQ(d.ports[0].max_count, 64U);
  ASSERT_EQ(d.params.size(), 1U);
  EXPECT_EQ(d.params[0].min, -1.5);
  EXPECT_EQ(d.params[0].default_value, 0.25);
  EXPECT_TRUE(d.params[0].is_tunable);
  EXPECT_EQ(d.extensions, sample().extensions);
  ASSERT_EQ(d.bindings.size(), 2U);
  EXPECT_EQ(d.bindings[0].duty, "heat");
  EXPECT_EQ(d.bindings[0].reads, 61U);
  EXPECT_EQ(d.bindings[0].writes, 60U);
  EXPECT_EQ(d.bindings[1].problem, "no port");
}

TEST(Parcel, AnErrorArrivesWhole) {
  const auto got = unpack(pack(domain::Error{"p.so", "is truncated"}), "p.so");
  ASSERT_FALSE(got.ok());
  EXPECT_EQ(got.error().text(), "p.so: is truncated");
}

// The child ran a stranger's code: its bytes are not to be trusted.
TEST(Parcel, BytesOfAnyOtherShapeAreAnError) {
  const std::string good = pack(sample());
  for (std::size_t n = 0; n < good.size(); ++n) {
    EXPECT_FALSE(unpack(good.substr(0, n), "p.so").ok()) << n;
  }
  EXPECT_FALSE(unpack(good + "x", "p.so").ok());
  EXPECT_FALSE(unpack("hello", "p.so").ok());
  for (std::size_t at = 1; at < good.size(); ++at) {
    std::string damaged = good;
    damaged[at] = '\xFF';
    (void)unpack(damaged, "p.so");  // any verdict, but no crash and no huge allocation
  }
}

}  // namespace
}  // namespace saggar::host
