#include "hil/suite/in_process.hpp"

#include "hil/kiln/draw.hpp"
#include "runtime/config/load.hpp"

namespace saggar::suite {

using domain::Result;

Result<std::unique_ptr<kiln::Kiln>> make_kiln(const config::Bundle& bundle,
                                              const std::filesystem::path& plant,
                                              std::uint64_t seed, bool drawn) {
  const auto nominal = kiln::load_plant(plant);
  if (!nominal) return nominal.error();
  const kiln::PlantParams figures =
      drawn ? kiln::draw_plant(nominal.value(), seed) : nominal.value();
  return kiln::Kiln::make(bundle.kiln, figures, bundle.recipe_values, seed);
}

Result<std::unique_ptr<InProcess>> InProcess::make(const InProcessFiles& files,
                                                   const InProcessOptions& options) {
  auto bundle = config::load_bundle(files.site, files.kiln, files.recipe, files.control);
  if (!bundle) return bundle.error();
  auto plant = make_kiln(bundle.value(), files.plant, options.seed, options.drawn);
  if (!plant) return plant.error();
  assembly::AssemblyOptions how;
  how.plugin_dirs = options.plugin_dirs;
  how.roster.threads = false;
  how.roster.allocations = options.allocations;
  if (options.measured_lateness) how.roster.lateness = control::Lateness::measured;
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
      read_(kiln_->tags().size()),
      sent_(kiln_->mv_count()),
      seed_(options.seed),
      record_(assembly_->cycle->prototype()),
      ack_(assembly_->bundle.plant.mvs.size()),
      recorder_(assembly_->layout, journal_.get()),
      statistics_(assembly_->bundle.plant, options.settle_ns),
      snapshot_cycles_(options.snapshot_cycles),
      count_(journal_ != nullptr ? journal_->last_cycle() : 0) {
  kiln_->agree_heartbeat(assembly_->bundle.site.period_s());  // one count per cycle
}

void InProcess::schedule_line(std::vector<faults::Fault> events) {
  if (line_ == nullptr) {
    line::Settings settings;
    settings.tags = kiln_->tags().size();
    settings.mvs = kiln_->mv_count();
    settings.seed = seed_;
    settings.lost_s = assembly_->bundle.site.watchdog.shed_s;
    line_ = std::make_unique<line::Line>(settings);
  }
  line_->schedule(std::move(events), kiln_->time_ns());
}

/// As loop::ControlThread does in wall pacing, with the plant's time for the monotonic clock.
void InProcess::cycle_over_line() noexcept {
  const std::int64_t now_ns = kiln_->time_ns();
  kiln_->read(read_);
  read_.sequence = ++count_;
  read_.link_up = !kiln_->link_down();
  line_->send(read_, now_ns);
  if (line_->take(record_.frame, now_ns)) clock_.place(record_.frame);
  record_.cycle = count_;
  record_.time_ns = clock_.now_ns(now_ns);
  assembly_->cycle->run(record_);
  sent_ = record_.command;
  line::move(sent_, -clock_.shift_ns());
  line_->send(sent_, now_ns);
  const double period_s = assembly_->bundle.site.period_s();
  const std::int64_t end_ns = now_ns + static_cast<std::int64_t>(period_s * 1e9);
  double left_s = period_s;
  for (auto due = line_->next_command_ns(); due && *due < end_ns; due = line_->next_command_ns()) {
    const std::int64_t ahead_ns = *due - kiln_->time_ns();
    if (ahead_ns > 0) {
      kiln_->advance(1e-9 * static_cast<double>(ahead_ns));
      left_s = 1e-9 * static_cast<double>(end_ns - kiln_->time_ns());
    }
    if (line_->take(sent_, *due)) kiln_->apply(sent_, ack_);
  }
  if (left_s > 0) kiln_->advance(left_s);
}

void InProcess::cycle_unrecorded() noexcept {
  if (line_ != nullptr) {
    cycle_over_line();
    return;
  }
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
  if (line_ == nullptr) return;
  line_->serialize(archive);
  clock_.serialize(archive);
  line::serialize(archive, record_.frame);
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
