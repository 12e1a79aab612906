#include "runtime/record/trace.hpp"

#include <sstream>

#include "tests/runtime/record/journal_example.hpp"

namespace saggar::record {
namespace {

class Tracing : public example::JournalTest {
 protected:
  Tracing() {
    const auto writer = open();
    Recorder recorder(layout_, writer.get());
    for (int i = 1; i <= 10; ++i) {
      domain::Record r = steady_.next();
      r.time_ns = r.frame.time_ns = std::int64_t{1'500'000'000} * i;
      for (domain::Sample& s : r.frame.samples) s.value = i * 0.1;
      r.screened.samples[0].value = 7;
      if (i == 3) {
        r.frame.samples[0] = {std::nan(""), r.time_ns, domain::Quality::bad,
                              domain::SubStatus::sensor_failure};
      }
      r.command.value[0] = 765.5;
      recorder.take(r);
    }
  }
  std::string csv(const std::vector<std::string>& patterns, const TraceOptions& options = {}) {
    std::ostringstream out;
    const auto rows = export_csv(*read(), patterns, options, out);
    if (!rows) return rows.error().text();
    const std::string text = out.str();
    EXPECT_EQ(static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')),
              rows.value() + 1);
    return text;
  }
};

TEST_F(Tracing, WritesTimeAndTagsWithTheirUnits) {
  TraceOptions options;
  options.from = 2;
  options.to = 4;
  EXPECT_EQ(csv({"zone01.top.temperature", "zone01.*.output"}, options),
            "time_s,zone01.top.temperature [degC],zone01.top.output [%],zone01.bottom.output [%]\n"
            "3,0.2,0.2,0.2\n"
            "4.5,,0.30000000000000004,0.30000000000000004\n"
            "6,0.4,0.4,0.4\n");
}

TEST_F(Tracing, CanAddQualitiesCommandsAndScreenedValues) {
  TraceOptions options;
  options.from = options.to = 3;
  options.qualities = options.commands = true;
  EXPECT_EQ(csv({"zone01.top.temperature", "zone01.top.setpoint"}, options),
            "time_s,zone01.top.temperature [degC],zone01.top.temperature quality,"
            "zone01.top.setpoint [degC],zone01.top.setpoint quality,"
            "zone01.top.setpoint command [degC]\n"
            "4.5,,bad sensor_failure,0.30000000000000004,good,765.5\n");
  options.qualities = options.commands = false;
  options.screened = true;
  EXPECT_EQ(csv({"zone01.top.temperature"}, options),
            "time_s,zone01.top.temperature [degC]\n4.5,7\n");
}

TEST_F(Tracing, TakesOneOfEverySoManyCycles) {
  TraceOptions options;
  options.every = 4;
  EXPECT_EQ(csv({"zone01.top.remote"}, options),
            "time_s,zone01.top.remote [bool]\n1.5,0.1\n7.5,0.5\n13.5,0.9\n");
  options.every = 0;
  EXPECT_EQ(csv({"zone01.top.remote"}, options), "every: is 0; a trace needs 1 or more cycles");
}

TEST_F(Tracing, ATagNamedTwiceIsOneColumn) {
  TraceOptions options;
  options.to = 1;
  EXPECT_EQ(csv({"zone01.top.output", "*.top.output"}, options),
            "time_s,zone01.top.output [%]\n1.5,0.1\n");
}

TEST_F(Tracing, APatternThatMatchesNothingNamesTheNearestTag) {
  EXPECT_EQ(csv({"zone01.top.temprature"}),
            "zone01.top.temprature: no tag of this journal matches; did you mean "
            "zone01.top.temperature?");
}

TEST_F(Tracing, AnOutputThatCannotBeWrittenIsAnError) {
  std::ofstream full("/dev/full");
  const auto rows = export_csv(*read(), {"*.top.output"}, {}, full);
  ASSERT_FALSE(rows);
  EXPECT_EQ(rows.error().text(), "output: cannot be written");
}

TEST_F(Tracing, ARunWithOtherTagsEndsTheExport) {
  const domain::Plant larger = example::make_plant(2);
  example::Steady steady(larger, 1);
  steady.record().cycle = 10;
  const Layout layout = example::layout_of(larger, steady.record());
  {
    auto writer = JournalWriter::open(path_, layout, {});
    ASSERT_TRUE(writer);
    Recorder recorder(layout, writer.value().get());
    recorder.take(steady.next());
  }
  EXPECT_EQ(csv({"zone01.top.output"}),
            "cycle 11: a run with other tags begins here; export it on its own");
  TraceOptions options;
  options.from = 11;
  EXPECT_NE(csv({"zone02.top.output"}, options).find("zone02.top.output [%]\n"), std::string::npos);
}

}  // namespace
}  // namespace saggar::record
