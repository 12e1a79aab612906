// A person at the console of the real program: what is asked, what is answered, what is refused.
#include "tests/runtime/app/process_fixture.hpp"

namespace saggar {
namespace {

using ConsoleTest = ProcessTest;

TEST_F(ConsoleTest, APersonAtTheConsoleSwitchesOnMovesAndReleases) {  // SC-08, SC-91
  const Process field(kiln(), folder_ / "kiln.log");
  Process loop(runtime("--journal none"), folder_ / "runtime.log");
  ASSERT_TRUE(within(std::chrono::seconds(30), [&] {
    return run("status --site " + site_.string()).text.find("heat        OFF") != std::string::npos;
  }));
  EXPECT_NE(console("on heat", 0).find("done at cycle"), std::string::npos);
  ASSERT_TRUE(within(std::chrono::seconds(30), [&] {
    return run("status --site " + site_.string()).text.find("heat        ON ") != std::string::npos;
  }));
  EXPECT_NE(console("setpoint zone05.top.setpoint 400", 2)
                .find("needed is MAN or AUTO: saggar mode zone05.top.setpoint MAN"),
            std::string::npos);
  EXPECT_NE(console("mode zone05.top.setpoint man", 0).find("goes on without it; to return: "),
            std::string::npos);
  console("setpoint zone05.top.setpoint 351", 0);
  EXPECT_NE(console("setpoint zone05.top.setpoint 2000", 2).find("allowed is "), std::string::npos);
  EXPECT_NE(console("mode zone05.top.setpoint ROUT", 2)  // locked (PF-25)
                .find("permits OOS, MAN, AUTO, CAS, RCAS"),
            std::string::npos);
  EXPECT_NE(console("ai-off", 0).find("to return: saggar climb heat"), std::string::npos);
  EXPECT_NE(console("climb HEAT PID", 0).find("this lifts the AI OFF of heat"), std::string::npos);
  EXPECT_NE(console("step-down heat pod", 2).find("its rungs: 0 pid, 1 hold, 2 recipe"),
            std::string::npos);
  EXPECT_NE(console("mode heat CAS --ko", 0).find("꺼짐; 되돌리기: saggar mode heat RCAS"),
            std::string::npos);
  ASSERT_TRUE(within(std::chrono::seconds(30), [&] {
    return run("status --site " + site_.string()).text.find("heat        OFF") != std::string::npos;
  }));
  EXPECT_NE(console("mode heat RCAS", 0).find("waits for the application, which is OFF: saggar on"),
            std::string::npos);
  console("hold", 0);
  console("release", 0);
  EXPECT_NE(console("mode zone99.top.setpoint MAN", 2).find("zone99"), std::string::npos);
}

TEST_F(ConsoleTest, BadInputIsNamedAndChangesNothing) {
  const Output missing = run("run --journal none --site " + site_.string() + " --control " +
                             kConfigs + "control/none.toml");
  EXPECT_EQ(missing.code, 1);
  EXPECT_NE(missing.text.find("none.toml"), std::string::npos) << missing.text;
  const Output unknown = run("statsu");
  EXPECT_EQ(unknown.code, 2);
  EXPECT_EQ(unknown.text, "saggar: there is no command 'statsu'; did you mean 'status'?\n");
  EXPECT_EQ(run("fire").text, "saggar: there is no command 'fire'; all of them: saggar --help\n");
  EXPECT_EQ(run("--help").code, 0);
  const Output nobody = run("status --endpoint tcp://127.0.0.1:1 --timeout 0.5");
  EXPECT_EQ(nobody.code, 1);
  // The option, what was given, what would be right.
  for (const auto& [arguments, words] : std::vector<std::pair<std::string, std::string>>{
           {"status --site ''", "--site: is empty; the path of a site file would be right"},
           {"status --endpoint nonsense",
            "--endpoint: 'nonsense' is no address; one such as tcp://"},
           {"status --endpoint tcp://", "--endpoint: 'tcp://' is no address"},
           {"status --timeout nan",
            "--timeout: 'nan' is no number; 0.001 to 3600 s would be right"},
           {"run --for -1", "--for: '-1' is outside its limits; 0 to"},
           {"run --kiln ''", "--kiln: is empty; the path of a kiln file would be right"},
           {"watch --records ''", "--records: '' is no address"},
           {"trace '' x", "journal: is empty"},
           {"trace a.journal --every 0", "--every: '0' is outside its limits"},
           {"kiln --speed 0", "--speed: '0' is outside its limits"},
           {"status --site /no/such/site.toml", "/no/such/site.toml"}}) {
    const Output refused = run(arguments);
    // A wrong command line is 2; that a file is not there shows only when the command reads it.
    EXPECT_EQ(refused.code, arguments.find("/no/such/") == std::string::npos ? 2 : 1) << arguments;
    EXPECT_NE(refused.text.find(words), std::string::npos) << arguments << ": " << refused.text;
  }
  const Output check = run("check " + kConfigs + "kiln/p2.toml " + kConfigs +
                           "kiln/p2.plant.toml " + kConfigs + "control/pid.toml");
  EXPECT_EQ(check.code, 0) << check.text;
}

}  // namespace
}  // namespace saggar
