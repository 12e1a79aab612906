#include "hil/suite/in_process.hpp"

#include "hil/kiln/draw.hpp"
#include "runtime/config/load.hpp"

namespace saggar::suite {

using domain::Result;

Result<std::unique_ptr<InProcess>> InProcess::make(const InProcessFiles& files,
                                                   const InProcessOptions& options) {
  auto bundle = config::load_bundle(files.site, files.kiln, files.recipe, files.control);
  if (!bundle) return bundle.error();
  const auto params = kiln::load_plant(files.plant);
  if (!params) return params.error();
  const kiln::PlantParams figures =
      options.drawn ? kiln::draw_plant(params.value(), options.seed) : params.value();
  auto plant =
      kiln::Kiln::make(bundle.value().kiln, figures, bundle.value().recipe_values, options.seed);
  if (!plant) return plant.error();
  assembly::AssemblyOptions how;
  how.plugin_dirs = options.plugin_dirs;
  how.roster.threads = false;
  how.roster.allocations = options.allocations;
  auto assembly = assembly::assemble(std::move(bundle).value(), how);
  if (!assembly) return assembly.error();
  std::unique_ptr<record::JournalWriter> journal;
  if (!options.journal.empty()) {
    record::Meta meta = assembly::journal_meta(*assembly.value());
    meta["seed"] = std::to_string(options.seed);
    auto opened = record::JournalWriter::open(options.journal, assembly.value()->layout, meta,
                                              options.journal_options);
    if (!opened) return opened.error();
    journal = std::move(opened).value();
  }
  return std::unique_ptr<InProcess>(new InProcess(
      std::move(assembly).value(), std::move(plant).value(), std::move(journal), options));
}

InProcess::InProcess(std::unique_ptr<assembly::Assembly> assembly, std::unique_ptr<kiln::Kiln> kiln,
                     std::unique_ptr<record::JournalWriter> journal,
                     const InProcessOptions& options)
    : assembly_(std::move(assembly)),
      kiln_(std::move(kiln)),
      journal_(std::move(journal)),
      record_(assembly_->cycle->prototype()),
      ack_(assembly_->bundle.plant.mvs.size()),
      recorder_(assembly_->layout, journal_.get()),
      statistics_(assembly_->bundle.plant, options.settle_ns),
      snapshot_cycles_(options.snapshot_cycles),
      count_(journal_ != nullptr ? journal_->last_cycle() : 0) {
  kiln_->agree_heartbeat(assembly_->bundle.site.period_s());  // one count per cycle
}

void InProcess::cycle_unrecorded() noexcept {
  kiln_->read(record_.frame);
  record_.frame.sequence = ++count_;
  record_.frame.link_up = !kiln_->link_down();
  record_.cycle = count_;
  record_.time_ns = record_.frame.time_ns;
  assembly_->cycle->run(record_);
  kiln_->apply(record_.command, ack_);
  kiln_->advance(assembly_->bundle.site.period_s());
}

void InProcess::cycle() noexcept {
  cycle_unrecorded();
  recorder_.take(record_);
  statistics_.add(record_);
  if (journal_ == nullptr || snapshot_cycles_ == 0 || count_ % snapshot_cycles_ != 0) return;
  std::vector<std::uint8_t> state;
  assembly_->cycle->snapshot(state);
  journal_->snapshot(count_, state);
}

bool InProcess::offer(domain::IntentKind kind, domain::Duty duty, domain::MvId mv,
                      double value) noexcept {
  domain::Intent intent;
  intent.id = ++intents_;
  intent.kind = kind;
  intent.duty = duty;
  intent.mv = mv;
  intent.value = value;
  intent.who.assign("suite");
  intent.station.assign("bench");
  intent.reason.assign("test");
  return offer(intent);
}

void InProcess::serialize(domain::Archive& archive) {
  archive(count_, intents_);
  kiln_->serialize(archive);
  assembly_->cycle->serialize(archive);
}

std::vector<std::uint8_t> InProcess::snapshot() {
  std::vector<std::uint8_t> state;
  auto archive = domain::Archive::saving(state);
  serialize(archive);
  return state;
}

bool InProcess::restore(const std::vector<std::uint8_t>& state) {
  auto archive = domain::Archive::loading(state.data(), state.size());
  serialize(archive);
  return archive.ok() && archive.at_end();
}

}  // namespace saggar::suite
