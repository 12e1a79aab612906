// TwoProcesses: a bench with a kiln in this process and `saggar run` beside it, whatever the clock.
#pragma once

#include <filesystem>
#include <functional>

#include "hil/bridge/field.hpp"
#include "hil/suite/desk.hpp"
#include "hil/suite/run_case.hpp"
#include "hil/suite/runtime_process.hpp"
#include "runtime/record/journal_reader.hpp"

namespace saggar::suite {

struct WireOptions {
  std::filesystem::path program;                   ///< of `saggar`
  std::filesystem::path folder;                    ///< for its site file and its journal
  std::vector<std::filesystem::path> plugin_dirs;  ///< looked through first
  bool keep_journal = false;                       ///< else it is deleted at the end
  double silence_s = 60;  ///< wall time without an answer after which the runtime counts as hanging
};

/// The parts of such a bench. Problems are texts, empty when there is none. Thread: one; `desk` may
/// be lent to another one.
struct TwoProcesses {
  /// Both must outlive this.
  TwoProcesses(const scenario::Case& a_case, const WireOptions& how) : one(a_case), options(how) {}

  /// Loads the files, makes the kiln, binds ports that the system chooses, starts the runtime and
  /// waits until it answers. @param pacing  of the runtime, whatever its site file says
  std::string prepare(config::Pacing pacing);
  /// Another kiln like the one of this bench was at its start.
  domain::Result<std::unique_ptr<kiln::Kiln>> same_kiln() const;
  domain::Result<std::unique_ptr<record::JournalReader>> journal() const;
  /// Empty if a recorded frame is what the kiln of this bench shows, else a problem.
  std::string differs(const domain::Record& record, const domain::Frame& shown) const;
  /// Why the runtime is silent.
  std::string hanging();
  /// What the runtime wrote to its standard error.
  std::string said() const;
  /// Hands that on, and deletes the files of the run.
  void clean() const;

  const scenario::Case& one;
  const WireOptions& options;
  std::unique_ptr<config::Bundle> bundle;
  record::Names names;
  std::unique_ptr<kiln::Kiln> kiln;
  wire::Context context;
  std::unique_ptr<wire::FieldServer> server;
  std::unique_ptr<bridge::Field> field;
  std::unique_ptr<Desk> desk;
  std::unique_ptr<People> people;
  RuntimeProcess process;
  std::uint64_t cycles = 0;  ///< of the story
  double period_s = 1;

 private:
  std::string start_runtime(config::Pacing pacing);
  std::string wait_for_answer();
  std::filesystem::path file(const char* name) const { return options.folder / name; }

  double heartbeat_s_ = 1;
};

/// Runs a bench of two processes from the files to the result.
/// @param run  drives and judges a bench that has started; a problem means that it crashed
CaseResult run_two_processes(
    const scenario::Case& one, const WireOptions& options, config::Pacing pacing,
    const std::function<std::string(TwoProcesses& bench, CaseResult& result)>& run);

}  // namespace saggar::suite
