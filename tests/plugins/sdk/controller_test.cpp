// The wrapper: exceptions become faults with text, and only overridden extensions are offered.
#include <gmock/gmock.h>
#include <saggar/plugin/controller.hpp>
#include <saggar/plugin/testing.hpp>

#include <array>
#include <stdexcept>
#include <string>

namespace saggar::plugin {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

class Plain : public Controller {
 public:
  static constexpr About kAbout{"org.test.plain", "1.0.0", "Test", "Plain", SAGGAR_DUTY_HEAT, 2};
  static constexpr saggar_port kPorts[] = {
      input("pv", "zone*.*.temperature", "degC", 1, 64, "PV"),
      output("sp", "zone*.*.setpoint", "degC", 1, 64, "SP"),
      optional_input("power", "zone*.*.output", "%", 64, "output")};
  Status step(Step& io) override {
    for (std::uint32_t i = 0; i < io.output(0).size(); ++i) {
      io.output(0).set(i, io.output(0).reference(i));
    }
    return Status::ok;
  }
};

// Throws where it is told; `where` is shared because a rig makes the instance itself.
enum class Where { nowhere, constructor, configure, activate, step, odd_step, deactivate };
Where where = Where::nowhere;
void maybe(Where here) {
  if (where == here) throw std::runtime_error("thrown on purpose");
}

class Thrower : public Plain {
 public:
  static constexpr saggar_param kParams[] = {param("gain", "1", 0, 10, 1, 0, "a gain")};
  Thrower() { maybe(Where::constructor); }
  void configure(const Setup&) override { maybe(Where::configure); }
  void activate() override { maybe(Where::activate); }
  Status step(Step& io) override {
    maybe(Where::step);
    if (where == Where::odd_step) throw 7;
    return Plain::step(io);
  }
  void deactivate() override { maybe(Where::deactivate); }
};

testing::Rig rig_that_throws(Where here) {
  where = here;
  return testing::rig_of<Thrower>(testing::Kiln{}.zones(2));
}
std::string refusal(Where here) {
  try {
    rig_that_throws(here);
    return "accepted";
  } catch (const std::runtime_error& e) {
    return e.what();
  }
}

TEST(Controller, ExceptionsOfTheColdPathBecomeRefusalsWithText) {
  EXPECT_EQ(refusal(Where::nowhere), "accepted");
  EXPECT_EQ(refusal(Where::constructor), "create failed");
  EXPECT_EQ(refusal(Where::configure), "configure refused: thrown on purpose");
  EXPECT_EQ(refusal(Where::activate), "activate refused: thrown on purpose");
  EXPECT_EQ(refusal(Where::deactivate), "accepted") << "swallowed, and destroyed all the same";
}

TEST(Controller, AnExceptionFromTheConstructorGoesToTheHostsLog) {
  where = Where::constructor;
  std::string line;
  saggar_host host{};
  host.struct_size = sizeof host;
  host.context = &line;
  host.log = [](const saggar_host* h, std::int32_t level, const char* text) {
    *static_cast<std::string*>(h->context) = std::to_string(level) + " " + text;
  };
  void* self = nullptr;
  EXPECT_EQ(table_of<Thrower>()->create(&host, &self), SAGGAR_FAULT);
  EXPECT_EQ(line, "3 thrown on purpose");
}

TEST(Controller, AnExceptionFromStepIsAFaultWithItsText) {
  testing::Rig rig = rig_that_throws(Where::nowhere);
  EXPECT_EQ(rig.step().status, Status::ok);
  where = Where::step;
  testing::Outcome outcome = rig.step();
  EXPECT_EQ(outcome.status, Status::fault);
  EXPECT_EQ(outcome.message, "thrown on purpose");
  where = Where::odd_step;
  outcome = rig.step();
  EXPECT_EQ(outcome.status, Status::fault);
  EXPECT_THAT(outcome.message, StartsWith("an exception that is not"));
  where = Where::nowhere;
}

TEST(Controller, TheTableSaysWhatTheClassDeclares) {
  const saggar_plugin& table = *table_of<Thrower>();
  EXPECT_EQ(table.struct_size, sizeof(saggar_plugin));
  EXPECT_EQ(table.abi_major, static_cast<std::uint32_t>(SAGGAR_ABI_MAJOR));
  EXPECT_STREQ(table.id, "org.test.plain");
  EXPECT_EQ(table.port_count, 3U);
  EXPECT_EQ(table.param_count, 1U);
  EXPECT_EQ(table.min_latency_cycles, 2U);
  EXPECT_EQ(table.needs, nullptr);
  EXPECT_EQ(table_of<Plain>()->params, nullptr);
  EXPECT_EQ(table_of<Plain>(), table_of<Plain>()) << "the same pointer each time";
}

class Rich : public Plain {
 public:
  static constexpr saggar_param kParams[] = {
      param("gain", "1", 0, 10, 1, SAGGAR_PARAM_TUNABLE, "a gain"),
      param("fixed", "1", 0, 10, 1, 0, "not tunable")};
  static constexpr const char* kNeeds[] = {SAGGAR_EXT_STATE, SAGGAR_EXT_EXPLAIN, nullptr};
  void state(State& s) override { s(memory_); }
  std::uint32_t explain(std::uint32_t, std::uint32_t, Span<saggar_cause>) override {
    throw std::runtime_error("explain failed");
  }
  void set_parameter(std::uint32_t param, std::uint32_t element, double value) override {
    if (element == 7) throw std::out_of_range("no element 7");
    memory_[param] = value;
  }
  double confidence_limit() override { throw 1; }
  void take_model(const Model&) override { throw std::runtime_error("no model fits"); }
  void take_package(const Package&) override { throw std::runtime_error("no package fits"); }

 private:
  std::array<double, 2> memory_{};
};

TEST(Controller, OnlyOverriddenExtensionsAreOffered) {
  testing::Rig plain = testing::rig_of<Plain>(testing::Kiln{}.zones(1));
  testing::Rig rich = testing::rig_of<Rich>(testing::Kiln{}.zones(1));
  struct Row {
    const char* id;
    bool plain, rich;
  };
  for (const Row& row :
       {Row{SAGGAR_EXT_STATE, false, true}, Row{SAGGAR_EXT_EXPLAIN, false, true},
        Row{SAGGAR_EXT_HORIZON, false, false}, Row{SAGGAR_EXT_CONFIDENCE, false, true},
        Row{SAGGAR_EXT_MODEL, false, true}, Row{SAGGAR_EXT_TUNE, false, true},
        Row{SAGGAR_EXT_PACKAGE, false, true}, Row{SAGGAR_EXT_ENSEMBLE, false, false},
        Row{SAGGAR_EXT_LAST_ERROR, true, true}, Row{"saggar.state/2", false, false}}) {
    EXPECT_EQ(plain.extension<void>(row.id) != nullptr, row.plain) << row.id;
    EXPECT_EQ(rich.extension<void>(row.id) != nullptr, row.rich) << row.id;
  }
  EXPECT_STREQ(table_of<Rich>()->needs[1], SAGGAR_EXT_EXPLAIN);
}

TEST(Controller, ExtensionsLetNoExceptionPass) {
  testing::Rig rig = testing::rig_of<Rich>(testing::Kiln{}.zones(1));
  saggar_cause causes[2];
  const auto* explain = rig.extension<saggar_ext_explain>(SAGGAR_EXT_EXPLAIN);
  EXPECT_EQ(explain->causes(rig.self(), 0, 0, causes, 2), 0U);
  const auto* trust = rig.extension<saggar_ext_confidence>(SAGGAR_EXT_CONFIDENCE);
  EXPECT_EQ(trust->limit(rig.self()), 1.0) << "in doubt it should not drive";
  EXPECT_EQ(trust->domain(rig.self(), 0, nullptr, nullptr, 0), 0U);
}

TEST(Controller, SetParameterIsCheckedAgainstTheDeclaration) {
  testing::Rig rig = testing::rig_of<Rich>(testing::Kiln{}.zones(1));
  const auto* tune = rig.extension<saggar_ext_tune>(SAGGAR_EXT_TUNE);
  EXPECT_EQ(tune->set_parameter(rig.self(), "gain", kAllElements, 3), SAGGAR_OK);
  EXPECT_EQ(tune->set_parameter(rig.self(), "gain", 0, 11), SAGGAR_FAULT);
  EXPECT_THAT(rig.last_error(), HasSubstr("out of range"));
  EXPECT_EQ(tune->set_parameter(rig.self(), "fixed", 0, 3), SAGGAR_FAULT);
  EXPECT_THAT(rig.last_error(), HasSubstr("not tunable"));
  EXPECT_EQ(tune->set_parameter(rig.self(), "gian", 0, 3), SAGGAR_FAULT);
  EXPECT_THAT(rig.last_error(), HasSubstr("no such parameter"));
  EXPECT_EQ(tune->set_parameter(rig.self(), "gain", 7, 3), SAGGAR_FAULT);
  EXPECT_EQ(rig.last_error(), "no element 7");
  EXPECT_EQ(tune->start(rig.self(), 0, 0, "relay", 1), SAGGAR_FAULT) << "not overridden";
}

TEST(Controller, FirstAndRestoredAreToldApart) {
  class Teller : public Plain {
   public:
    void state(State& s) override { s(steps_); }
    Status step(Step& io) override {
      Plain::step(io);
      io.set_confidence(io.first() ? 0.1 : io.restored() ? 0.2 : 0.3);
      steps_ += 1;
      return Status::ok;
    }

   private:
    double steps_ = 0;
  };
  testing::Rig rig = testing::rig_of<Teller>(testing::Kiln{}.zones(1));
  EXPECT_EQ(rig.step().confidence, 0.1);
  EXPECT_EQ(rig.step().confidence, 0.3);
  const auto saved = rig.save();
  ASSERT_TRUE(rig.restore(saved));
  EXPECT_EQ(rig.step().confidence, 0.2);
  EXPECT_EQ(rig.step().confidence, 0.3);
}

TEST(Declarations, NamesBecomePositions) {
  static_assert(find_port(Plain::kPorts, "power") == 2);
  static_assert(find_input(Plain::kPorts, "power") == 1);
  static_assert(find_output(Plain::kPorts, "sp") == 0);
  static_assert(find_input(Plain::kPorts, "sp") == kNone);
  static_assert(find_param(Rich::kParams, "fixed") == 1);
}

TEST(CopyText, CutsAtACharacterBoundary) {
  char buffer[6];
  copy_text(buffer, sizeof buffer, "온도 높음");  // three bytes per syllable
  EXPECT_STREQ(buffer, "온");
  copy_text(buffer, sizeof buffer, nullptr);
  EXPECT_STREQ(buffer, "");
}

}  // namespace
}  // namespace saggar::plugin
