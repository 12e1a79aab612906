#include "runtime/app/replay_command.hpp"

#include <iostream>

#include "runtime/assembly/assembly.hpp"
#include "runtime/record/compare.hpp"
#include "runtime/record/journal_reader.hpp"

namespace saggar::app {
namespace {

int complain(const domain::Error& error) {
  std::cerr << "saggar: " << error.text() << '\n';
  return 1;
}

std::string pick(const std::string& given, const record::Meta& meta, const char* key) {
  if (!given.empty()) return given;
  const auto it = meta.find(key);
  return it == meta.end() ? std::string() : it->second;
}

/// The configuration of a run, which must be the very one that was recorded.
domain::Result<std::unique_ptr<assembly::Assembly>> rebuild(const ReplayOptions& options,
                                                            const record::Run& run) {
  auto bundle = config::load_bundle(pick(options.site, run.meta, "config/site"),
                                    pick(options.kiln, run.meta, "config/kiln"),
                                    pick(options.recipe, run.meta, "config/recipe"),
                                    pick(options.control, run.meta, "config/control"));
  if (!bundle) return bundle.error();
  const auto recorded = run.meta.find("config");
  if (recorded != run.meta.end() && recorded->second != bundle.value().canonical) {
    std::cerr << "saggar: the configuration differs from the recorded one; what differs in the "
                 "commands may come from that\n";
  }
  assembly::AssemblyOptions how;
  how.plugin_dirs = options.plugin_dirs;
  how.roster.lateness = control::Lateness::repeated;
  how.roster.threads = false;
  how.roster.allocations = options.allocations;
  return assembly::assemble(std::move(bundle).value(), how);
}

/// Feeds one recorded cycle to the runtime as it came.
void feed(const domain::Record& recorded, loop::Cycle& cycle, domain::Record& replayed) {
  for (domain::Intent intent : recorded.intents) {
    intent.not_before = 0;
    cycle.offer(intent);
  }
  replayed.cycle = recorded.cycle;
  replayed.time_ns = recorded.time_ns;
  replayed.frame = recorded.frame;
  cycle.run(replayed, &recorded);
  // The queue knows no more when an intent was first sent; that is not part of any decision.
  for (std::size_t i = 0; i < replayed.intents.size() && i < recorded.intents.size(); ++i) {
    replayed.intents[i].not_before = recorded.intents[i].not_before;
  }
}

}  // namespace

int replay(const ReplayOptions& options) {
  auto opened = record::JournalReader::open(options.journal);
  if (!opened) return complain(opened.error());
  record::JournalReader& reader = *opened.value();
  if (reader.runs().empty()) return complain({options.journal, "holds no run"});

  std::unique_ptr<assembly::Assembly> assembly;
  domain::Record replayed;
  std::int64_t run_id = -1;
  std::uint64_t cycles = 0, last_cycle = 0;
  const auto depth = options.everything ? record::Depth::everything : record::Depth::commands;
  if (auto sought = reader.seek(0); !sought) return complain(sought.error());
  for (;;) {
    auto more = reader.next();
    if (!more) return complain(more.error());
    if (!more.value()) break;
    const domain::Record& recorded = reader.record();
    if (reader.run().id != run_id) {
      run_id = reader.run().id;
      auto made = rebuild(options, reader.run());
      if (!made) return complain(made.error());
      assembly = std::move(made).value();
      replayed = assembly->cycle->prototype();
      if (recorded.cycle != reader.run().first_cycle) {
        return complain({options.journal,
                         "the first records of this run are gone (retention or a "
                         "lost batch): it can be read but not replayed"});
      }
    } else if (recorded.cycle != last_cycle + 1) {
      return complain({options.journal, "records of the cycles " + std::to_string(last_cycle + 1) +
                                            " to " + std::to_string(recorded.cycle - 1) +
                                            " are missing: replay ends there"});
    }
    last_cycle = recorded.cycle;
    feed(recorded, *assembly->cycle, replayed);
    if (const auto difference =
            record::compare(recorded, replayed, assembly->bundle.plant, depth)) {
      std::cout << "DIFFERS at " << difference->text() << '\n';
      return 2;
    }
    ++cycles;
  }
  std::cout << "replayed " << cycles << " cycles of " << reader.runs().size() << " run(s): every "
            << (options.everything ? "part of every record" : "command") << " identical\n";
  return 0;
}

}  // namespace saggar::app
