#include "runtime/config/site_config.hpp"

#include <gmock/gmock.h>

#include "tests/runtime/config/sample.hpp"
#include "tests/runtime/config/texts.hpp"

namespace saggar::config {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> with(const std::string& lines) {
  return complaints_of<SiteConfig>("kind = \"site\"\nname = \"s\"\n" + lines + endpoints_text());
}

/// The complaints about a site with other endpoints: `key` changed to `value`.
std::vector<std::string> linked(const std::string& key, const std::string& value) {
  return complaints_of<SiteConfig>("kind = \"site\"\nname = \"s\"\n" +
                                   replaced(endpoints_text(), key + " = \"inproc://" + key + "\"",
                                            key + " = \"" + value + "\""));
}

TEST(SiteConfig, DefaultsAreThoseOfTheRequirements) {  // SC-46
  const auto site = right<SiteConfig>("kind = \"site\"\nname = \"s\"\n" + endpoints_text());
  EXPECT_EQ(site.cycle.period_ms, 1000);
  EXPECT_EQ(site.cycle.pacing, Pacing::wall);
  EXPECT_EQ(site.watchdog.heartbeat_s, 1);
  EXPECT_EQ(site.watchdog.warn_s, 3);
  EXPECT_EQ(site.watchdog.shed_s, 5);
  EXPECT_EQ(site.period_s(), 1);
  EXPECT_EQ(site.supervisory_period_s(), 10);
  EXPECT_TRUE(site.journal.enabled);
}

TEST(SiteConfig, ThePeriodIsTenMillisecondsToOneMinute) {
  EXPECT_THAT(with("[cycle]\nperiod_ms = 10\nsupervisory_cycles = 100\n"), IsEmpty());
  EXPECT_THAT(with("[cycle]\nperiod_ms = 60000\n[watchdog]\ncommand_valid_s = 90\n"), IsEmpty());
  EXPECT_THAT(with("[cycle]\nperiod_ms = 9.9\n"),
              ElementsAre("4:13: period_ms: found 9.9, right is 10 to 60000 ms"));
  EXPECT_THAT(with("[cycle]\nperiod_ms = 60001\n"),
              ElementsAre("4:13: period_ms: found 60001, right is 10 to 60000 ms"));
  EXPECT_THAT(
      with("[cycle]\nperiod_s = 1\n"),
      ElementsAre("4:1: unknown key 'period_s': wrong unit s; write 'period_ms', the figure "
                  "in ms"));
}

TEST(SiteConfig, AShedTimeOfZeroIsRefused) {  // SC-04
  EXPECT_THAT(with("[watchdog]\nshed_s = 0\n"),
              ElementsAre("4:10: shed_s: found 0, right is 0.05 to 600 s"));
}

TEST(SiteConfig, AShedTimeOverTenSupervisoryPeriodsIsRefused) {  // SC-04
  EXPECT_THAT(with("[watchdog]\nshed_s = 100\n"), IsEmpty());
  EXPECT_THAT(with("[watchdog]\nshed_s = 100.5\n"),
              ElementsAre("4:10: found 100.5, right is at most 100 s = 10 supervisory periods "
                          "(SC-04)"));
}

TEST(SiteConfig, HeartbeatWarningAndShedAreInOrder) {  // SC-46
  EXPECT_THAT(with("[watchdog]\nwarn_s = 1\n"),
              ElementsAre("4:10: found 1, must be longer than heartbeat_s = 1"));
  EXPECT_THAT(with("[watchdog]\nwarn_s = 5\n"),
              ElementsAre("3:1: found 5, must be longer than warn_s = 5"));
}

TEST(SiteConfig, ACommandHoldsLongerThanOneCycle) {
  EXPECT_THAT(with("[watchdog]\ncommand_valid_s = 1\n"),
              ElementsAre("4:19: found 1, must be longer than the cycle period, 1 s"));
  EXPECT_THAT(with("[watchdog]\ncommand_valid_s = 101\n"),
              ElementsAre("4:19: found 101, right is at most 100 s = 10 supervisory periods"));
}

TEST(SiteConfig, EndpointsAreWellFormedAndDifferent) {
  const std::string right =
      "', right is tcp://host:port with a port of 1 to 65535, ipc://path or "
      "inproc://name";
  for (const std::string bad : {"tcp://127.0.0.1", "tcp://:77", "tcp://a:0", "tcp://a:65536",
                                "tcp://a:7x", "ipc://", "inproc://", "udp://a:1", "7701"}) {
    EXPECT_THAT(linked("frames", bad), ElementsAre("4:10: found '" + bad + right));
  }
  EXPECT_THAT(linked("frames", "ipc:///run/saggar/frames"), IsEmpty());
  EXPECT_THAT(linked("frames", "tcp://[::1]:7701"), IsEmpty());
  EXPECT_THAT(linked("commands", "inproc://frames"),
              ElementsAre("5:12: 'inproc://frames' is already endpoints.frames"));
}

TEST(SiteConfig, AnEndpointThatIsMissingIsRefusedWithItsKeyAndAnExample) {
  const std::string head = "kind = \"site\"\nname = \"s\"\n";
  int port = 7701;
  for (const std::string key : {"frames", "commands", "operator", "records"}) {
    const std::string line = key + " = \"inproc://" + key + "\"\n";
    const auto said = complaints_of<SiteConfig>(head + replaced(endpoints_text(), line, ""));
    ASSERT_EQ(said.size(), 1U) << key;
    EXPECT_THAT(said[0], testing::StartsWith("3:1: missing key '" + key + "' in endpoints: "));
    EXPECT_THAT(said[0], testing::EndsWith("Such as tcp://127.0.0.1:" + std::to_string(port++)));
    EXPECT_THAT(linked(key, ""), ElementsAre(testing::HasSubstr(key + ": must not be empty")));
  }
  const auto none = complaints_of<SiteConfig>(head);
  ASSERT_EQ(none.size(), 1U);
  EXPECT_THAT(none[0], testing::StartsWith("1:1: missing key 'endpoints': "));
  EXPECT_THAT(none[0], testing::HasSubstr("frames, commands, operator and records"));
  EXPECT_THAT(none[0], testing::EndsWith("Such as frames = \"tcp://127.0.0.1:7701\""));
}

TEST(SiteConfig, APlantNeedsNoTruth) {
  EXPECT_EQ(right<SiteConfig>("kind = \"site\"\nname = \"s\"\n" + endpoints_text()).endpoints.truth,
            "");
}

TEST(SiteConfig, AnEnabledJournalHasAPath) {
  EXPECT_THAT(with("[journal]\npath = \"\"\n"),
              ElementsAre("4:8: must name a file while the journal is enabled"));
  EXPECT_THAT(with("[journal]\npath = \"\"\nenabled = false\n"), IsEmpty());
}

TEST(SiteConfig, PacingIsWallOrField) {
  EXPECT_THAT(with("[cycle]\npacing = \"feld\"\n"),
              ElementsAre("4:10: pacing: found the text \"feld\", right is one of wall, field; did "
                          "you mean 'field'?"));
}

}  // namespace
}  // namespace saggar::config
