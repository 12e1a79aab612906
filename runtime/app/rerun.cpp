#include "runtime/app/rerun.hpp"

#include <iostream>
#include <string>
#include <utility>

#include "runtime/assembly/trust.hpp"
#include "runtime/config/load.hpp"

namespace saggar::app {
namespace {

/// What differs from the recorded run before the first cycle; it may be why commands differ.
void tell_changes(const record::Meta& recorded, const record::Meta& now) {
  for (const auto& [key, value] : now) {
    const auto was = recorded.find(key);
    if (was == recorded.end() || was->second == value || key.ends_with("/file")) continue;
    std::cerr << "saggar: " << key << " is not the recorded one";
    if (value.size() <= 64) std::cerr << ": " << value << ", recorded " << was->second;
    std::cerr << '\n';
  }
}

}  // namespace

domain::Result<std::unique_ptr<assembly::Assembly>> rebuild(
    const config::BundleTexts& texts, const record::Run& run,
    const std::vector<std::filesystem::path>& plugin_dirs,
    std::uint64_t (*allocations)() noexcept) {
  auto bundle = config::load_bundle(texts);
  if (!bundle) return bundle.error();
  assembly::AssemblyOptions how;
  how.plugin_dirs = plugin_dirs;
  how.roster.lateness = control::Lateness::repeated;
  how.roster.threads = false;
  how.roster.allocations = allocations;
  auto made = assembly::assemble(std::move(bundle).value(), how);
  if (made) assembly::begin_trust(run.meta, *made.value());
  if (made) tell_changes(run.meta, assembly::journal_meta(*made.value()));
  return made;
}

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

domain::Status take_state(const record::Snapshot& state, const std::string& journal,
                          loop::Cycle& cycle) {
  auto archive = domain::Archive::loading(state.state.data(), state.state.size());
  cycle.serialize(archive);
  if (!archive.ok() || !archive.at_end()) {
    return domain::Error{journal, "the state of cycle " + std::to_string(state.cycle) +
                                      " is of another shape than this configuration"};
  }
  return domain::Done{};
}

}  // namespace saggar::app
