#include "runtime/record/trace.hpp"

#include <random>
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

// 449.90000000000003 is not 449.9: the text is the shortest that gives the recorded double again,
// so a trace never rounds what the controllers saw.
TEST_F(Tracing, EveryNumberReadsBackToTheSameDouble) {
  std::mt19937_64 random(7);
  std::vector<double> written;
  {
    const auto writer = open();
    Recorder recorder(layout_, writer.get());
    for (int i = 0; i < 500; ++i) {
      domain::Record r = steady_.next();
      const double tenths = static_cast<double>(random() % 13'000);
      r.frame.samples[0].value = i % 3 == 0   ? tenths / 10
                                 : i % 3 == 1 ? tenths * 0.1
                                              : std::ldexp(static_cast<double>(random()), -50);
      written.push_back(r.frame.samples[0].value);
      recorder.take(r);
    }
  }
  TraceOptions options;
  options.from = 11;
  std::istringstream lines(csv({"zone01.top.temperature"}, options));
  std::string line;
  std::getline(lines, line);
  for (const double value : written) {
    ASSERT_TRUE(std::getline(lines, line));
    const std::string text = line.substr(line.find(',') + 1);
    EXPECT_EQ(std::strtod(text.c_str(), nullptr), value) << text;
  }
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

/// A journal of four cycles of a controller that first waits for its first proposal, then proposes
/// in shadow, then has nothing to say, then drives.
class TracingProposals : public example::JournalTest {
 protected:
  TracingProposals() {
    using domain::ProposalStatus;
    const auto writer = open();
    Recorder recorder(layout_, writer.get());
    for (const ProposalStatus status : {ProposalStatus::pending, ProposalStatus::ok,
                                        ProposalStatus::none, ProposalStatus::degraded}) {
      domain::Record r = steady_.next();
      r.command.value[0] = 765.5;
      domain::Proposal& p = r.proposals[0];
      p.status = status;
      p.reason =
          status == ProposalStatus::none ? domain::Reason::out_of_domain : domain::Reason::none;
      p.inputs_sequence = status == ProposalStatus::pending ? 0 : r.frame.sequence;
      p.confidence = 0.75;
      p.value = {766.25, 449.9};
      r.decisions[0].controller =
          status == ProposalStatus::degraded ? domain::ControllerId{0} : domain::kNoController;
      recorder.take(r);
    }
  }
  std::string csv(const std::vector<std::string>& patterns, const std::string& controller) {
    TraceOptions options;
    options.proposals = controller;
    std::ostringstream out;
    const auto rows = export_csv(*read(), patterns, options, out);
    return rows ? out.str() : rows.error().text();
  }
};

TEST_F(TracingProposals, StandBesideWhatIsInForceWithTheStateOfTheController) {
  EXPECT_EQ(csv({"zone01.top.setpoint"}, "pid"),
            "time_s,status,reason,confidence,drives,zone01.top.setpoint working [degC],"
            "zone01.top.setpoint command [degC],zone01.top.setpoint proposal [degC]\n"
            "1,pending,,0.75,0,765,765.5,\n"
            "2,ok,,0.75,0,765,765.5,766.25\n"
            "3,none,out_of_domain,0.75,0,765,765.5,\n"
            "4,degraded,,0.75,1,765,765.5,766.25\n");
}

TEST_F(TracingProposals, WithoutPatternsAllThatTheControllerMayWriteIsShown) {
  const std::string text = csv({}, "pid");
  EXPECT_EQ(text.substr(0, text.find('\n')),
            "time_s,status,reason,confidence,drives,zone01.top.setpoint working [degC],"
            "zone01.top.setpoint command [degC],zone01.top.setpoint proposal [degC],"
            "zone01.bottom.setpoint working [degC],zone01.bottom.setpoint command [degC],"
            "zone01.bottom.setpoint proposal [degC]");
  EXPECT_NE(text.find("\n4,degraded,,0.75,1,765,765.5,766.25,765,"), std::string::npos) << text;
  EXPECT_NE(text.find(",449.9\n"), std::string::npos) << text;
}

TEST_F(TracingProposals, OtherTagsMayStandBeside) {
  const std::string text = csv({"zone01.top.working_setpoint", "zone01.bottom.setpoint"}, "pid");
  EXPECT_EQ(text.substr(0, text.find('\n')),
            "time_s,status,reason,confidence,drives,zone01.top.working_setpoint [degC],"
            "zone01.bottom.setpoint working [degC],zone01.bottom.setpoint command [degC],"
            "zone01.bottom.setpoint proposal [degC]");
}

TEST_F(TracingProposals, AControllerThatIsNotThereIsNamedWithThoseThatAre) {
  EXPECT_EQ(csv({}, "pidd"),
            "pidd: no controller of this journal has this name; did you mean pid? known: pid");
}

TEST_F(TracingProposals, ARunWithOtherControllersEndsTheExport) {
  domain::Record& r = steady_.record();
  const Layout other = make_layout(plant_, r, {"mpc"}, {});
  {
    auto writer = JournalWriter::open(path_, other, {});
    ASSERT_TRUE(writer);
    Recorder recorder(other, writer.value().get());
    recorder.take(steady_.next());
  }
  EXPECT_EQ(csv({}, "pid"),
            "cycle 5: a run with other controllers begins here; export it on its own");
}

using TracingEstimates = example::JournalTest;

// A pattern names virtual tags where it names no tag; what is not known is empty.
TEST_F(TracingEstimates, AVirtualTagHasValueAndSigma) {
  domain::Plant plant = plant_;
  ASSERT_TRUE(plant.estimates.add({"zone01.core.temperature", domain::Unit::degC, 0, 1}).ok());
  domain::Record r(plant, 1, example::proposal_sizes(plant, 1), 1);
  const Layout layout = make_layout(plant, r, {"pid", "twin"});
  {
    auto writer = JournalWriter::open(path_, layout, {});
    ASSERT_TRUE(writer) << writer.error().text();
    Recorder recorder(layout, writer.value().get());
    for (int i = 1; i <= 2; ++i) {
      r.cycle = r.frame.sequence = static_cast<std::uint64_t>(i);
      r.time_ns = r.frame.time_ns = std::int64_t{1'000'000'000} * i;
      const bool known = i == 2;
      r.estimate.samples[0] = {known ? 412.5 : std::nan(""), r.time_ns,
                               known ? domain::Quality::good : domain::Quality::bad,
                               domain::SubStatus::none};
      r.estimate.sigma[0] = known ? 2.5 : std::numeric_limits<double>::infinity();
      recorder.take(r);
    }
  }
  TraceOptions options;
  options.qualities = true;
  std::ostringstream out;
  const auto rows = export_csv(*read(), {"zone01.core.*"}, options, out);
  ASSERT_TRUE(rows) << rows.error().text();
  EXPECT_EQ(out.str(),
            "time_s,zone01.core.temperature [degC],zone01.core.temperature sigma [degC],"
            "zone01.core.temperature quality\n"
            "1,,,bad\n"
            "2,412.5,2.5,good\n");
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
