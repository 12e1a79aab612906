// `saggar gate` and what it reads: journals of P1 under PID, which is trusted step by step.
#include "runtime/app/gate_command.hpp"

#include <gmock/gmock.h>
#include <unistd.h>

#include <fstream>
#include <functional>
#include <sstream>

#include "runtime/assembly/assembly.hpp"
#include "runtime/record/recorder.hpp"

namespace saggar::app {
namespace {

namespace fs = std::filesystem;
using domain::Level;
using domain::MoveAnswer;
using domain::Record;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

using Change = std::function<void(Record&)>;

class GateCommand : public ::testing::Test {
 protected:
  GateCommand()
      : folder_(fs::path(::testing::TempDir()) / ("gate_command_" + std::to_string(::getpid()))) {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    put(control_, kTrust);
    options_.what.journals = {journal_};
  }
  ~GateCommand() override { fs::remove_all(folder_); }
  static fs::path configs() { return fs::path(SAGGAR_SOURCE_DIR) / "configs"; }
  /// The PID control file, and this behind it.
  static void put(const fs::path& path, const std::string& more) {
    std::ifstream pid(configs() / "control/pid.toml");
    std::ofstream(path) << pid.rdbuf() << more;
  }

  /// Records a second apart, from this cycle on.
  void write(const std::string& path, std::uint64_t from, int count, const Change& change,
             const record::Meta& other = {}) {
    auto bundle = config::load_bundle(configs() / "site/simulated.toml", configs() / "kiln/p1.toml",
                                      configs() / "recipes/ncm622-p1.toml", control_);
    ASSERT_TRUE(bundle) << bundle.error().text();
    assembly::AssemblyOptions how;
    how.plugin_dirs = {SAGGAR_PLUGIN_DIR};
    const auto made = assembly::assemble(std::move(bundle).value(), how);
    ASSERT_TRUE(made) << made.error().text();
    const assembly::Assembly& assembly = *made.value();
    record::Meta meta = assembly::journal_meta(assembly);
    for (const auto& [key, value] : other) meta[key] = value;
    auto writer = record::JournalWriter::open(path, assembly.layout, meta, {});
    ASSERT_TRUE(writer) << writer.error().text();
    record::Recorder recorder(assembly.layout, writer.value().get());
    Record record = assembly.cycle->prototype();
    record.trust = assembly.cycle->trust();
    if (!record.proposals.empty()) record.proposals[0].status = domain::ProposalStatus::ok;
    for (int i = 0; i < count; ++i) {
      record.cycle = from + static_cast<std::uint64_t>(i);
      record.time_ns = static_cast<std::int64_t>(record.cycle) * 1'000'000'000;
      record.events.clear();
      record.intents.clear();
      if (change) change(record);
      recorder.take(record);
    }
  }
  /// `write`, with both groups at this level.
  Change at(Level level, const Change& more = {}) {
    return [level, more](Record& r) {
      for (domain::TrustReport& row : r.trust) row.level = level;
      if (more) more(r);
    };
  }
  static void answer(Record& r, std::size_t row, MoveAnswer how) {
    r.events.push({domain::EventCode::move_answered, r.trust[row].controller,
                   static_cast<std::uint16_t>(how), static_cast<double>(row), 9});
  }

  /// Exit code and report.
  int run() {
    std::ostringstream out;
    ::testing::internal::CaptureStderr();
    const int code = gate(options_, out);
    said_ = ::testing::internal::GetCapturedStderr();
    report_ = out.str();
    return code;
  }
  /// What is said where nothing can be judged.
  std::string refused() {
    EXPECT_EQ(run(), 2) << report_;
    EXPECT_EQ(report_, "");
    return said_;
  }

  static constexpr const char* kTrust =
      "\n[[trust]]\ncontroller = \"pid\"\n[[trust.group]]\nname = \"canary\"\n"
      "tags = [\"zone12.*\"]\n[[trust.gate]]\nto = \"confirm\"\nacceptance = 0.7\nproposals = 10\n"
      "[[trust.gate]]\nto = \"advise\"\ndays = 0.001\n";
  fs::path folder_;
  fs::path control_ = folder_ / "control.toml";
  std::string journal_ = (folder_ / "run.journal").string();
  GateOptions options_;
  std::string report_, said_;
};

TEST_F(GateCommand, OpensWhenWhatTheFileAsksIsHeld) {  // 0.001 d are 86.4 s
  write(journal_, 1, 87, at(Level::shadow));
  EXPECT_EQ(run(), 1) << "86 s: " << report_;
  EXPECT_THAT(report_, HasSubstr("pid, group canary: shadow -> advise: the gate is shut"));
  fs::remove(journal_);
  write(journal_, 1, 88, at(Level::shadow));
  EXPECT_EQ(run(), 0) << said_;
  EXPECT_THAT(report_, AllOf(HasSubstr("pid, group canary: shadow -> advise: the gate is open"),
                             HasSubstr("pid, group rest: shadow -> advise: the gate is open"),
                             HasSubstr("less than SC-82 asks"), HasSubstr("88 records")));
}

TEST_F(GateCommand, JudgesEachGroupByItsOwnAnswersAndTellsWhyMovesWereRefused) {
  int i = 0;
  write(journal_, 1, 30, at(Level::advise, [&](Record& r) {
          ++i;
          if (i > 1 && i <= 8) answer(r, 0, MoveAnswer::accepted);  // 7 of 10
          if (i > 8 && i <= 10) answer(r, 0, MoveAnswer::expired);
          if (i != 11) return;
          domain::Intent no;
          no.id = 5;
          no.kind = domain::IntentKind::reject_move;
          no.controller = r.trust[0].controller;
          no.key.assign("canary");
          no.who.assign("lee");
          no.reason.assign("a door is open");
          r.intents.push(no);
          answer(r, 0, MoveAnswer::rejected);
        }));
  EXPECT_EQ(run(), 1) << "nobody answered for the rest";
  EXPECT_THAT(report_, AllOf(HasSubstr("canary: advise -> confirm: the gate is open"),
                             HasSubstr("rest: advise -> confirm: the gate is shut"),
                             HasSubstr("70.0 % of 10"), HasSubstr("no move was answered"),
                             HasSubstr("lee"), HasSubstr("a door is open")));
  options_.what.group = "canary";
  EXPECT_EQ(run(), 0);
  EXPECT_THAT(report_, Not(HasSubstr("group rest")));
}

TEST_F(GateCommand, OldRefusalsCanBeLeftOutOfAWeeklyReport) {  // here of 26 s: 0.0003 d
  write(journal_, 1, 60, at(Level::advise, [&](Record& r) {
          if (r.cycle == 20 || r.cycle == 40) answer(r, 0, MoveAnswer::rejected);
        }));
  run();
  EXPECT_THAT(report_, AllOf(HasSubstr("0:00:20"), HasSubstr("0:00:40")));
  options_.what.last_days = 0.0003;
  run();
  EXPECT_THAT(report_, AllOf(Not(HasSubstr("0:00:20")), HasSubstr("0:00:40")));
  EXPECT_THAT(report_, HasSubstr("0.0 % of 2")) << "they count all the same";
}

TEST_F(GateCommand, GatesOfAnotherFileCountInPlaceOfTheRecordedOnes) {
  write(journal_, 1, 88, at(Level::shadow));
  const fs::path strict = folder_ / "strict.toml";
  put(strict,
      "\n[[trust]]\ncontroller = \"pid\"\n[[trust.group]]\nname = \"canary\"\n"
      "tags = [\"zone12.*\"]\n");
  options_.what.control = strict.string();
  EXPECT_EQ(run(), 1) << "SC-82 asks for 14 days";
  EXPECT_THAT(report_, AllOf(HasSubstr("14 days or 10 lots"),
                             HasSubstr("no monitor watches its predictions"),
                             Not(HasSubstr("less than SC-82"))));
}

TEST_F(GateCommand, AChainOfJournalsIsOneEvidence) {
  const std::string later = (folder_ / "later.journal").string();
  write(journal_, 1, 50, at(Level::shadow));
  write(later, 51, 40, at(Level::shadow));
  options_.what.journals = {journal_, later};
  EXPECT_EQ(run(), 0) << report_ << said_;
  EXPECT_THAT(report_, HasSubstr("there the journal begins. 89 s at this level"));
}

TEST_F(GateCommand, TimeWithoutRecordsIsNotCounted) {
  const std::string later = (folder_ / "later.journal").string();
  write(journal_, 1, 50, at(Level::shadow));
  write(later, 100, 30, at(Level::shadow));  // cycles 51 to 99 are nowhere
  options_.what.journals = {journal_, later};
  EXPECT_EQ(run(), 1) << "49 s and 29 s";
  EXPECT_THAT(report_, AllOf(HasSubstr("50 s without records are not counted"),
                             HasSubstr("78 s at this level")));
}

TEST_F(GateCommand, AnotherPluginModelOrPackageBeginsAnew) {
  const std::string later = (folder_ / "later.journal").string();
  write(journal_, 1, 50, at(Level::shadow));
  options_.what.journals = {journal_, later};
  for (const char* key : {"plugin/pid/sha256", "model/pid/sha256", "package/pid/sha256"}) {
    fs::remove(later);
    write(later, 51, 40, at(Level::shadow), {{key, "another"}});
    EXPECT_EQ(run(), 1) << key;
    EXPECT_THAT(report_, AllOf(HasSubstr("plugin, model or package is another since then"),
                               HasSubstr("39 s at this level")));
  }
}

TEST_F(GateCommand, AtTheTopThereIsNoGate) {
  write(journal_, 1, 5, at(Level::full));
  EXPECT_EQ(run(), 1);
  EXPECT_THAT(report_, HasSubstr("pid, group canary: full: there is no level above"));
}

TEST_F(GateCommand, WritesAPageAndAFileForMachinesAndSpeaksKorean) {
  write(journal_, 1, 88, at(Level::shadow));
  options_.html = (folder_ / "gate.html").string();
  options_.json = (folder_ / "gate.json").string();
  options_.korean = true;
  EXPECT_EQ(run(), 0) << said_;
  EXPECT_THAT(report_, HasSubstr("게이트 열림"));
  std::stringstream page, machine;
  page << std::ifstream(options_.html).rdbuf();
  machine << std::ifstream(options_.json).rdbuf();
  EXPECT_THAT(page.str(), AllOf(HasSubstr("<html"), HasSubstr("lang=\"ko\""), HasSubstr("충족")));
  EXPECT_THAT(machine.str(), AllOf(HasSubstr("\"tables\""), HasSubstr("\"held\"")));
  EXPECT_THAT(refused(), HasSubstr("gate.html"));  // there already
  options_.force = true;
  EXPECT_EQ(run(), 0);
}

TEST_F(GateCommand, AJournalThatIsNotThereOrIsNoneIsNamed) {
  EXPECT_THAT(refused(), HasSubstr("run.journal"));
  std::ofstream(journal_) << "no journal";
  EXPECT_THAT(refused(), HasSubstr("run.journal"));
}

TEST_F(GateCommand, AJournalThatWasCutIsRefusedWithWhatCanStillBeRead) {
  write(journal_, 1, 3000, at(Level::shadow));
  fs::resize_file(journal_, fs::file_size(journal_) / 2);
  EXPECT_THAT(refused(), AllOf(HasSubstr("run.journal"), HasSubstr("cut")));
}

TEST_F(GateCommand, JournalsComeInOrderOfTimeEachOnce) {
  write(journal_, 1, 50, at(Level::shadow));
  options_.what.journals = {journal_, journal_};
  EXPECT_THAT(refused(),
              AllOf(HasSubstr("begins at 1 s"), HasSubstr("ends at 50 s"), HasSubstr("each once")));
}

TEST_F(GateCommand, NamesThatDoNotExistAreToldWithTheNearest) {
  write(journal_, 1, 5, at(Level::shadow));
  options_.what.controller = "pit";
  EXPECT_THAT(refused(), AllOf(HasSubstr("pit"), HasSubstr("did you mean 'pid'?")));
  options_.what.controller = "pid";
  options_.what.group = "canari";
  EXPECT_THAT(refused(), HasSubstr("did you mean 'canary'?"));
  options_.what.group.clear();
  options_.what.against = "policy";
  EXPECT_THAT(refused(), HasSubstr("no controller of the journal has this name"));
}

TEST_F(GateCommand, AControlFileThatSpeaksOfSomethingElseIsRefused) {
  write(journal_, 1, 5, at(Level::shadow));
  const fs::path other = folder_ / "other.toml";
  options_.what.control = other.string();
  EXPECT_THAT(refused(), HasSubstr("other.toml")) << "it is not there";
  put(other, "");
  EXPECT_THAT(refused(), HasSubstr("has no table [[trust]]"));
  put(other, "\n[[trust]]\ncontroller = \"pid\"\n");
  EXPECT_THAT(refused(), AllOf(HasSubstr("with the groups rest"),
                               HasSubstr("the journal has canary (zone12.*), rest")));
  put(other,
      "\n[[trust]]\ncontroller = \"pid\"\n[[trust.group]]\nname = \"canary\"\n"
      "tags = [\"zone13.*\"]\n");
  EXPECT_THAT(refused(), HasSubstr("canary (zone13.*), rest; the journal has canary (zone12.*)"));
  put(other, "\n[[trust]]\ncontroller = \"pid\"\n[[trust.gate]]\nto = \"full\"\nmoves = 3\n");
  EXPECT_THAT(refused(), AllOf(HasSubstr("other.toml:"), HasSubstr("only in the gate to narrow")));
}

TEST_F(GateCommand, AJournalWithoutTrustSaysSo) {
  put(control_, "");
  write(journal_, 1, 5, {});
  EXPECT_THAT(refused(), HasSubstr("ends without a controller that is trusted step by step"));
}

}  // namespace
}  // namespace saggar::app
