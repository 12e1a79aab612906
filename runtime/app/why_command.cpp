#include "runtime/app/why_command.hpp"

#include <algorithm>
#include <iostream>
#include <memory>
#include <utility>

#include "runtime/app/rerun.hpp"
#include "runtime/app/why_text.hpp"

namespace saggar::app {
namespace {

using domain::Error;
using domain::Record;
using domain::Result;

/// The recorded run up to one cycle.
class Rerun {
 public:
  Rerun(const WhyOptions& options, record::JournalReader& reader)
      : options_(options), reader_(reader) {}

  /// Leaves the runtime after `cycle`.
  domain::Status to(std::uint64_t cycle) {
    auto sought = seek(cycle);
    if (!sought) return sought;
    const record::Run run = reader_.run();
    const auto texts = assembly::recorded_config(run.meta);
    if (!texts) return texts.error();
    auto made = rebuild(texts.value(), run, options_.plugin_dirs, nullptr);
    if (!made) return made.error();
    assembly_ = std::move(made).value();
    record_ = assembly_->cycle->prototype();
    if (const auto tag = assembly_->bundle.plant.tags.find(options_.tag)) {
      const domain::MvId mv = assembly_->bundle.plant.mv_of(*tag);
      if (mv != domain::kNoMv) assembly_->cycle->ask_why(mv);
    }
    auto from = begin(run, cycle);
    if (!from) return from.error();
    sought = seek(from.value());
    for (std::uint64_t next = from.value(); sought && next <= cycle; ++next) {
      if (reader_.record().cycle != next) return gone(next);
      feed(reader_.record(), *assembly_->cycle, record_);
      if (next == cycle) return domain::Done{};
      auto more = reader_.next();
      if (!more) return more.error();
      if (!more.value()) return gone(next + 1);
    }
    return sought;
  }

  assembly::Assembly& assembly() { return *assembly_; }
  const Record& record() const { return record_; }

 private:
  Error gone(std::uint64_t cycle) const {
    return {options_.journal, "holds no record of cycle " + std::to_string(cycle)};
  }

  domain::Status seek(std::uint64_t cycle) {
    auto done = reader_.seek(cycle);
    if (!done) return done;
    auto more = reader_.next();
    if (!more) return more.error();
    if (!more.value() || reader_.record().cycle != cycle) return gone(cycle);
    return domain::Done{};
  }

  /// The first cycle to run again.
  Result<std::uint64_t> begin(const record::Run& run, std::uint64_t cycle) {
    auto kept = reader_.snapshot_at(cycle - 1);
    if (!kept) return kept.error();
    if (!kept.value() || kept.value()->cycle < run.first_cycle) return run.first_cycle;
    const domain::Status taken = take_state(*kept.value(), options_.journal, *assembly_->cycle);
    if (!taken) return taken.error();
    return kept.value()->cycle + 1;
  }

  const WhyOptions& options_;
  record::JournalReader& reader_;
  std::unique_ptr<assembly::Assembly> assembly_;
  Record record_;
};

/// What the rung below the driving one would have done.
void add_next(assembly::Assembly& from, const Record& record, domain::MvId mv, Move& move) {
  const domain::Plant& plant = from.bundle.plant;
  const domain::Duty duty = plant.mvs[mv].duty;
  const auto d = static_cast<std::size_t>(duty);
  const std::vector<control::Rung>& rungs = from.cycle->ladder(duty).settings().rungs;
  const std::size_t below = record.decisions[d].rung + std::size_t{1};
  if (below >= rungs.size()) return;
  const control::Rung& rung = rungs[below];
  move.next_name = rung.name;
  if (rung.kind != control::RungKind::controller) {
    const bool hold = rung.kind == control::RungKind::hold;
    move.next = hold ? Move::Next::hold : Move::Next::recipe;
    move.next_value = hold ? move.before : move.recipe;
    return;
  }
  const domain::Proposal& proposal = record.proposals[rung.controller];
  const bool stands =
      proposal.status == domain::ProposalStatus::pending && proposal.inputs_sequence > 0;
  const bool has = proposal.status <= domain::ProposalStatus::degraded || stands;
  const std::vector<domain::MvId> members = plant.of(duty);
  const auto place = std::find(members.begin(), members.end(), mv) - members.begin();
  move.next = has ? Move::Next::controller : Move::Next::silent;
  move.next_value = proposal.value[static_cast<std::size_t>(place)];
  move.next_reason = proposal.reason;
}

Move move_of(assembly::Assembly& from, const Record& record, domain::MvId id) {
  const domain::Plant& plant = from.bundle.plant;
  const domain::Mv& mv = plant.mvs[id];
  const domain::DutyDecision& decision = record.decisions[static_cast<std::size_t>(mv.duty)];
  Move move;
  move.tag = plant.tags[mv.tag].name;
  move.unit = units::symbol(plant.tags[mv.tag].unit);
  move.before = record.screened.samples[mv.working].value;
  const bool written = record.command.action[id] == domain::Action::write;
  move.after = written ? record.command.value[id] : move.before;
  move.recipe = record.recipe[id];
  if (record.request.asks[id].source != domain::Source::controller ||
      decision.controller == domain::kNoController) {
    move.nobody = decision.reason;
    return move;
  }
  move.controller = from.controllers[decision.controller];
  move.told = from.cycle->explain(decision.controller, id);
  for (const domain::GuardAction& action : record.guard_actions) {
    if (action.mv == id) move.limit = action;
  }
  add_next(from, record, id, move);
  return move;
}

Result<std::string> sentence(const WhyOptions& options) {
  auto opened = record::JournalReader::open(options.journal);
  if (!opened) return opened.error();
  record::JournalReader& reader = *opened.value();
  if (reader.runs().empty()) return Error{options.journal, "holds no run"};
  Rerun rerun(options, reader);
  const auto done = rerun.to(options.cycle == 0 ? reader.last_cycle() : options.cycle);
  if (!done) return done.error();
  const domain::Plant& plant = rerun.assembly().bundle.plant;
  const auto tag = plant.tags.find(options.tag);
  const domain::MvId mv = tag ? plant.mv_of(*tag) : domain::kNoMv;
  if (mv == domain::kNoMv) {
    return Error{options.tag, "is no written tag of this kiln, such as " +
                                  plant.tags[plant.mvs.front().tag].name};
  }
  return why_sentence(move_of(rerun.assembly(), rerun.record(), mv), options.korean);
}

}  // namespace

int why(const WhyOptions& options) {
  const auto said = sentence(options);
  if (!said) {
    std::cerr << "saggar: " << said.error().text() << '\n';
    return 1;
  }
  std::cout << said.value() << '\n';
  return 0;
}

}  // namespace saggar::app
