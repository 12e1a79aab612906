#include "runtime/app/replay_command.hpp"

#include <iostream>

#include "runtime/app/rerun.hpp"
#include "runtime/config/load.hpp"
#include "runtime/record/compare.hpp"
#include "runtime/record/journal_reader.hpp"

namespace saggar::app {
namespace {

int complain(const domain::Error& error) {
  std::cerr << "saggar: " << error.text() << '\n';
  return 1;
}

domain::Result<config::NamedText> other_file(const std::string& path) {
  auto text = config::read_file(path);
  if (!text) return text.error();
  return config::NamedText{path, std::move(text).value()};
}

/// The recorded configuration, with what the caller wants to have instead.
domain::Result<config::BundleTexts> texts_of(const ReplayOptions& options, const record::Run& run) {
  auto texts = assembly::recorded_config(run.meta);
  if (!texts) return texts;
  for (const auto& [path, to] : {std::pair(&options.site, &texts.value().site),
                                 std::pair(&options.kiln, &texts.value().kiln),
                                 std::pair(&options.recipe, &texts.value().recipe),
                                 std::pair(&options.control, &texts.value().control)}) {
    if (path->empty()) continue;
    auto other = other_file(*path);
    if (!other) return other.error();
    *to = std::move(other).value();
  }
  if (!options.control.empty()) {
    config::Complaints unread;
    texts.value().models = config::read_models(texts.value().control, unread);
    texts.value().packages =
        config::read_packages(texts.value().control.name, texts.value().control.text, unread);
    if (!unread.empty()) return unread.error();
  }
  return texts;
}

/// Goes through a journal run by run.
class Replay {
 public:
  Replay(const ReplayOptions& options, record::JournalReader& reader)
      : options_(options),
        reader_(reader),
        depth_(options.everything ? record::Depth::everything : record::Depth::commands) {}

  /// Exit code of the program.
  domain::Result<int> run() {
    domain::Status done = reader_.seek(0);
    while (done) {
      auto more = reader_.next();
      if (!more) return more.error();
      if (!more.value()) break;
      const domain::Record& recorded = reader_.record();
      bool ready = true;
      if (reader_.run().id != run_id_) {
        auto begun = begin_run();
        if (!begun) return begun.error();
        if (recorded.cycle != reader_.run().first_cycle) ready = false;
      } else if (recorded.cycle != last_cycle_ + 1) {
        ready = false;
      }
      if (!ready && recorded.cycle != from_state_ + 1) {
        done = go_to_state(recorded.cycle);
        continue;
      }
      if (differs(recorded)) return 2;
    }
    if (!done) return done.error();
    return finish();
  }

 private:
  domain::Status begin_run() {
    run_id_ = reader_.run().id;
    from_state_ = kNone;
    const auto texts = texts_of(options_, reader_.run());
    if (!texts) return texts.error();
    auto made = rebuild(texts.value(), reader_.run(), options_.plugin_dirs, options_.allocations);
    if (!made) return made.error();
    assembly_ = std::move(made).value();
    replayed_ = assembly_->cycle->prototype();
    return domain::Done{};
  }

  /// First cycle of the run after this one.
  std::uint64_t next_run() const {
    for (const record::Run& run : reader_.runs()) {
      if (run.id > run_id_) return run.first_cycle;
    }
    return UINT64_MAX;
  }

  /// Records before this cycle are gone: on from the next state of this run, else the next run.
  domain::Status go_to_state(std::uint64_t cycle) {
    const std::uint64_t after = next_run();
    auto found = reader_.snapshot_between(cycle - 1, after - 1);
    if (!found) return found.error();
    if (!found.value()) {
      std::cout << "cycles from " << cycle << " on are not replayed: the records before them are "
                << "gone, and no kept state follows in this run\n";
      return reader_.seek(after);
    }
    const record::Snapshot& state = *found.value();
    const domain::Status taken = take_state(state, options_.journal, *assembly_->cycle);
    if (!taken) return taken;
    std::cout << "records before cycle " << cycle << " are gone: replay goes on from the state of "
              << "cycle " << state.cycle << '\n';
    from_state_ = state.cycle;
    return reader_.seek(state.cycle + 1);
  }

  bool differs(const domain::Record& recorded) {
    last_cycle_ = recorded.cycle;
    feed(recorded, *assembly_->cycle, replayed_);
    ++cycles_;
    const auto difference = record::compare(recorded, replayed_, assembly_->bundle.plant, depth_);
    if (difference) std::cout << "DIFFERS at " << difference->text() << '\n';
    return difference.has_value();
  }

  domain::Result<int> finish() const {
    if (cycles_ == 0) return domain::Error{options_.journal, "holds nothing that can be replayed"};
    std::cout << "replayed " << cycles_ << " cycles of " << reader_.runs().size()
              << " run(s): every " << (options_.everything ? "part of every record" : "command")
              << " identical\n";
    return 0;
  }

  static constexpr std::uint64_t kNone = UINT64_MAX - 1;
  const ReplayOptions& options_;
  record::JournalReader& reader_;
  record::Depth depth_;
  std::unique_ptr<assembly::Assembly> assembly_;
  domain::Record replayed_;
  std::int64_t run_id_ = -1;
  std::uint64_t from_state_ = kNone;  // the state that was loaded last
  std::uint64_t cycles_ = 0, last_cycle_ = 0;
};

}  // namespace

int replay(const ReplayOptions& options) {
  auto opened = record::JournalReader::open(options.journal);
  if (!opened) return complain(opened.error());
  record::JournalReader& reader = *opened.value();
  if (reader.runs().empty()) return complain({options.journal, "holds no run"});
  const auto code = Replay(options, reader).run();
  return code ? code.value() : complain(code.error());
}

}  // namespace saggar::app
