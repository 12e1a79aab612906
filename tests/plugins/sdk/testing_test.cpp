// The rig must find what the runtime would refuse: a test kit that is too kind is worth nothing.
#include <gmock/gmock.h>
#include <saggar/plugin/testing.hpp>

#include <limits>
#include <string>
#include <vector>

#include "runtime/domain/tag.hpp"

namespace saggar::plugin {
namespace {

using ::testing::HasSubstr;

class Trim : public Controller {
 public:
  static constexpr About kAbout{"org.test.trim", "1.0.0", "Test", "Trim", SAGGAR_DUTY_HEAT};
  static constexpr saggar_port kPorts[] = {input("pv", "zone*.*.temperature", "degC", 2, 6, "PV"),
                                           output("sp", "zone*.*.setpoint", "degC", 2, 6, "SP")};
  static constexpr saggar_param kParams[] = {
      param("gain", "1", 0, 10, 1, SAGGAR_PARAM_PER_OUTPUT, "gain"),
      param("flaw", "1", 0, 9, 0, 0, "what it does wrong")};
  void configure(const Setup& setup) override {
    gain_.assign(setup.values(0).begin(), setup.values(0).end());
    flaw_ = static_cast<int>(setup.value(1));
    zones_ = setup.zone_count();
    last_zone_ = setup.port(1).zone(setup.port(1).size() - 1);
  }
  Status step(Step& io) override {
    const OutputView sp = io.output(0);
    steps_ += 1;
    for (std::uint32_t i = 0; i < sp.size(); ++i) {
      if (flaw_ == 1 && i == 2) continue;
      sp.set(i, sp.reference(i) + gain_[i] * steps_ + (flaw_ == 4 ? hidden_ : 0));
    }
    hidden_ += 1;
    if (flaw_ == 2) sp.set(0, std::numeric_limits<double>::infinity());
    if (flaw_ == 3) io.set_confidence(1.5);
    if (flaw_ == 5) return static_cast<Status>(9);
    return Status::ok;
  }
  void state(State& s) override { s(steps_); }

 private:
  std::vector<double> gain_;
  double steps_ = 0, hidden_ = 0;
  std::uint32_t zones_ = 0, last_zone_ = 0;
  int flaw_ = 0;
};

/// Goes by a model where it is given one, else by its parameter.
class Modelled : public Trim {
 public:
  void take_model(const Model& model) override {
    if (model.channels.empty()) throw std::invalid_argument("a model without a channel");
    taken_ = model;
  }
  void configure(const Setup& setup) override {
    Trim::configure(setup);
    configured_ += 1;
  }
  Status step(Step& io) override {
    const ModelChannel* own = taken_.channel(0, 1);
    for (std::uint32_t i = 0; i < io.output(0).size(); ++i) {
      io.output(0).set(i, own == nullptr ? 0 : own->gain);
    }
    return Status::ok;
  }

 private:
  Model taken_;
  int configured_ = 0;
};

Model small_model(double gain) {
  Model model;
  model.name = "m";
  model.sha256 = "00ff";
  model.kiln = "k";
  model.inputs = {{"u", "degC", {"zone01.top.setpoint"}, 700, false},
                  {"v", "degC", {"zone02.top.setpoint", "zone02.bottom.setpoint"}, 720, false}};
  model.outputs = {{"y", "degC", {"zone01.top.temperature"}, 690, true}};
  model.channels = {{0, 1, Answer::lag, gain, 0.1, 30, 5, 600, 40}};
  return model;
}

testing::Rig rig_with(double flaw) {
  testing::Options options;
  options.params["flaw"] = flaw;
  return testing::rig_of<Trim>(testing::Kiln{}.zones(2), options);
}
std::string refusal(testing::Kiln kiln, testing::Options options = {}) {
  try {
    testing::rig_of<Trim>(std::move(kiln), std::move(options));
    return "accepted";
  } catch (const std::runtime_error& e) {
    return e.what();
  }
}

TEST(Rig, StepsAndReadsProposals) {
  testing::Rig rig = rig_with(0);
  rig.reference("zone*.*.setpoint", 700);
  EXPECT_EQ(rig.step().wrong, "");
  EXPECT_EQ(rig.step(2).wrong, "");
  EXPECT_DOUBLE_EQ(rig.proposal("zone02.bottom.setpoint"), 703);
  EXPECT_EQ(rig.time_ns(), 3'000'000'000);
}

TEST(Rig, FindsWhatTheRuntimeWouldRefuseInAStep) {
  EXPECT_EQ(rig_with(1).step().wrong, "zone02.top.setpoint is not finite, or was not written");
  EXPECT_EQ(rig_with(2).step().wrong, "zone01.top.setpoint is not finite, or was not written");
  EXPECT_EQ(rig_with(3).step().wrong, "confidence is not in [0, 1]");
  EXPECT_EQ(rig_with(5).step().wrong, "status is unknown");
}

TEST(Rig, FindsAStateThatIsNotWhole) {
  testing::Rig good = rig_with(0), forgetful = rig_with(4);
  good.step(3);
  forgetful.step(3);
  EXPECT_EQ(good.restore_difference(5), "");
  EXPECT_THAT(forgetful.restore_difference(5),
              HasSubstr("zone01.top.setpoint differs at step 1 after the restore"));
}

TEST(Rig, ChangesInputsAlikeWhileItComparesARestore) {
  testing::Rig rig = rig_with(0);
  int calls = 0;
  EXPECT_EQ(rig.restore_difference(4,
                                   [&](testing::Rig& r, int k) {
                                     r.reference("zone*.*.setpoint", 700 + k);
                                     ++calls;
                                   }),
            "");
  EXPECT_EQ(calls, 8) << "both instances, each step";
  EXPECT_DOUBLE_EQ(rig.proposal("zone01.top.setpoint"), 707);
}

TEST(Rig, RefusesKilnsAndOptionsAsTheRuntimeDoes) {
  EXPECT_THAT(refusal(testing::Kiln{}.zones(4)), HasSubstr("matches 8 tags"));
  testing::Kiln odd;
  odd.zones(1).add({"zone09.top.temperature", "K", 0, 1, 0});
  EXPECT_THAT(refusal(odd), HasSubstr("is in degC, but tag zone09.top.temperature is in K"));
  testing::Options options;
  options.params["gian"] = 1;
  EXPECT_THAT(refusal(testing::Kiln{}.zones(1), options), HasSubstr("unknown to this plugin"));
  options = {};
  options.params["gain"] = 11;
  EXPECT_THAT(refusal(testing::Kiln{}.zones(1), options), HasSubstr("is out of range"));
  options = {};
  options.per_output["gain"] = {1, 2, 3};
  EXPECT_THAT(refusal(testing::Kiln{}.zones(1), options),
              HasSubstr("one value per output element"));
  options.per_output["gain"] = {1, 2};
  EXPECT_EQ(refusal(testing::Kiln{}.zones(1), options), "accepted");
}

TEST(Rig, SaysWhenATestNamesWhatIsNotThere) {
  testing::Rig rig = rig_with(0);
  EXPECT_THROW(rig.set("zone*.*.temprature", 1), std::runtime_error);
  EXPECT_THROW(rig.working("zone9", 1), std::runtime_error);
  EXPECT_THROW(rig.proposal("zone09.top.setpoint"), std::runtime_error);
}

// The rig resolves patterns with code of its own, since the SDK depends on nothing: it must agree
// with the runtime's.
TEST(Rig, MatchesPatternsAsTheRuntimeDoes) {
  const std::vector<std::string> names = {"zone01.top.temperature",
                                          "zone1",
                                          "gas.point1.o2",
                                          "a.b",
                                          "a",
                                          "aa",
                                          "a.bb.c",
                                          "zone01.top",
                                          ""};
  const std::vector<std::string> patterns = {"zone*.*.temperature",
                                             "*",
                                             "*.*",
                                             "a*",
                                             "*a",
                                             "a*a",
                                             "zone*",
                                             "gas.*.o2",
                                             "*.bb.*",
                                             "**",
                                             "a.b",
                                             "",
                                             "*.*.*"};
  for (const std::string& pattern : patterns) {
    for (const std::string& name : names) {
      EXPECT_EQ(testing::matches(pattern, name), domain::matches(pattern, name))
          << pattern << " / " << name;
    }
  }
}

TEST(Rig, GivesAModelBeforeItConfigures) {
  testing::Options options;
  options.model = std::make_shared<const Model>(small_model(0.75));
  testing::Rig rig = testing::rig_of<Modelled>(testing::Kiln{}.zones(2), options);
  EXPECT_EQ(rig.step().wrong, "");
  EXPECT_EQ(rig.proposal("zone01.top.setpoint"), 0.75);
  testing::Rig without = testing::rig_of<Modelled>(testing::Kiln{}.zones(2));
  without.step();
  EXPECT_EQ(without.proposal("zone01.top.setpoint"), 0);
}

TEST(Rig, AModelThatIsRefusedOrNotTakenIsSaid) {
  const auto said = [](auto make, Model model) -> std::string {
    testing::Options options;
    options.model = std::make_shared<const Model>(std::move(model));
    try {
      make(options);
    } catch (const std::runtime_error& e) {
      return e.what();
    }
    return "accepted";
  };
  const auto modelled = [](const testing::Options& o) {
    (void)testing::rig_of<Modelled>(testing::Kiln{}.zones(2), o);
  };
  const auto plain = [](const testing::Options& o) {
    (void)testing::rig_of<Trim>(testing::Kiln{}.zones(2), o);
  };
  EXPECT_EQ(said(modelled, Model{}), "model refused: a model without a channel");
  EXPECT_EQ(said(plain, small_model(1)), "the plugin takes no model");
}

// What crosses: everything of the C structs, there and back.
TEST(ModelTable, AModelCrossesAsItIs) {
  const Model model = small_model(0.75);
  const detail::ModelTable view(model);
  const saggar_model& c = view.table();
  EXPECT_EQ(c.struct_size, sizeof(saggar_model));
  ASSERT_EQ(c.input_count, 2U);
  EXPECT_EQ(c.inputs[1].tag_count, 2U);
  EXPECT_STREQ(c.inputs[1].tags[1], "zone02.bottom.setpoint");
  EXPECT_EQ(c.outputs[0].integrating, 1U);
  EXPECT_EQ(c.channels[0].answer, SAGGAR_ANSWER_LAG);
  const Model back = detail::model_of(c);
  EXPECT_EQ(back.name, "m");
  EXPECT_EQ(back.sha256, "00ff");
  EXPECT_EQ(back.kiln, "k");
  EXPECT_EQ(back.period_s, 60);
  EXPECT_EQ(back.inputs[1].tags, model.inputs[1].tags);
  EXPECT_EQ(back.outputs[0].operating_point, 690);
  ASSERT_NE(back.channel(0, 1), nullptr);
  EXPECT_EQ(back.channel(0, 0), nullptr);
  const ModelChannel& own = *back.channel(0, 1);
  EXPECT_EQ(own.answer, Answer::lag);
  EXPECT_EQ(own.gain, 0.75);
  EXPECT_EQ(own.gain_error, 0.1);
  EXPECT_EQ(own.dead_time_s, 30);
  EXPECT_EQ(own.dead_time_error_s, 5);
  EXPECT_EQ(own.time_constant_s, 600);
  EXPECT_EQ(own.time_constant_error_s, 40);
  EXPECT_NE(detail::print_of(model), detail::print_of(small_model(0.7)));
}

}  // namespace
}  // namespace saggar::plugin
