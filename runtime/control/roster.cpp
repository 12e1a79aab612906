#include "runtime/control/roster.hpp"

#include <algorithm>
#include <chrono>
#include <cstring>
#include <limits>

namespace saggar::control {

using domain::JobFact;
using domain::Proposal;
using domain::ProposalStatus;
using domain::Reason;

namespace {

/// Share of the cycle an inline step is told to stay within, and at which it counts as late
/// (VP-18).
constexpr double kBudgetShare = 0.2;
constexpr double kLimitShare = 0.5;

std::int64_t now_ns() noexcept {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

}  // namespace

/// What the roster keeps of one controller.
struct Roster::Desk {
  Desk(const domain::Plant& plant, Seat from, const RosterSettings& settings)
      : seat(std::move(from)), io(seat.active.make_io()) {
    const std::vector<domain::MvId> members = plant.of(seat.duty);
    result = Proposal(members.size());
    standing = result;
    place.assign(plant.mvs.size(), 0);
    for (std::size_t k = 0; k < members.size(); ++k) {
      place[members[k]] = static_cast<std::uint16_t>(k);
    }
    members_of_duty = members;
    if (seat.watch) watch.emplace(*seat.watch, plant.tags.size());
    state.resize(seat.active.state_size());
    // A replay takes lateness from the record, so there is nothing to gain from a thread.
    const bool beside = settings.threads && settings.lateness != Lateness::repeated;
    if (seat.latency_cycles > 0 && beside) {
      worker = std::make_unique<exchange::Worker<Job>>(Job{this});
    }
  }

  /// One step into `result`; on the worker, or on the control thread.
  void step() noexcept {
    const host::StepResult outcome = seat.active.step(io);
    result.status = outcome.status;
    result.reason = outcome.reason;
    result.confidence = outcome.confidence;
    if (watch) said = seat.active.ensemble();
    // An MV of the duty that the plugin does not drive keeps its recipe value.
    for (std::size_t k = 0; k < result.value.size(); ++k) result.value[k] = reference[k];
    for (const host::OutputPort& port : io.outputs()) {
      for (std::size_t k = 0; k < port.mvs.size(); ++k) {
        result.value[place[port.mvs[k]]] = port.value[k];
      }
    }
  }

  /// What stands now takes effect, and what the plugin said with it.
  void hear() noexcept {
    if (!watch) return;
    const bool usable = standing.status <= ProposalStatus::degraded;
    watch->hear({said.runs, said.members, said.outputs, said.predictions, said.inputs, usable});
  }

  struct Job {
    Desk* desk;
    void operator()() const noexcept { desk->step(); }
  };

  Seat seat;
  host::StepIo io;
  std::vector<std::uint16_t> place;  // MV -> element of the proposal
  std::vector<domain::MvId> members_of_duty;
  std::vector<double> reference;  // of the step under way, per element
  Proposal result;                // written by step()
  Proposal standing;              // what the cycle sees
  std::optional<monitor::Watch> watch;
  host::EnsembleView said;          // of the step; lies in the instance, read while no step runs
  std::vector<std::uint8_t> state;  // room for what the controller saves
  std::unique_ptr<exchange::Worker<Job>> worker;
  std::uint64_t due_cycle = 0;  // when the result under way takes effect
  bool under_way = false;       // a deferred result is awaited
  bool abandoned = false;       // it came too late; wait until the worker is free
  bool broken = false;          // in fault until an intent restarts it
  domain::MvId tuned_mv = domain::kNoMv;
};

Roster::Roster(const domain::Plant& plant, std::vector<Seat> seats, RosterSettings settings)
    : settings_(std::move(settings)) {
  for (Seat& seat : seats) {
    const auto id = static_cast<domain::ControllerId>(desks_.size());
    auto desk = std::make_unique<Desk>(plant, std::move(seat), settings_);
    desk->reference.assign(desk->result.value.size(), 0.0);
    for (Proposal* p : {&desk->result, &desk->standing}) {
      p->controller = id;
      p->duty = desk->seat.duty;
      p->status = ProposalStatus::pending;
    }
    desks_.push_back(std::move(desk));
  }
  pin_workers();
}

void Roster::pin_workers() {
  std::size_t next = 0;
  for (const auto& desk : desks_) {
    if (desk->worker == nullptr || settings_.worker_cpus.empty()) continue;
    const int cpu = settings_.worker_cpus[next++ % settings_.worker_cpus.size()];
    const int error = desk->worker->pin(cpu);
    worker_lines_.push_back(
        "worker of controller " + desk->seat.name + ": cpu " + std::to_string(cpu) + ": " +
        (error == 0 ? "pinned" : std::string("not pinned (") + std::strerror(error) + ")"));
  }
}

const std::vector<std::string>& Roster::worker_lines() const noexcept { return worker_lines_; }

Roster::~Roster() = default;
Roster::Roster(Roster&&) noexcept = default;

void Roster::fill(Desk& desk, const AskInputs& in, domain::ControllerId id) noexcept {
  desk.io.moment.cycle = in.cycle;
  desk.io.moment.time_ns = in.screened.time_ns;
  desk.io.moment.budget_ns = static_cast<std::int64_t>(kBudgetShare * settings_.cycle_period_s *
                                                       1e9 * (desk.seat.latency_cycles + 1));
  desk.io.moment.driving = in.driving[id];
  desk.io.read(in.screened, in.estimate);
  for (const host::OutputPort& port : desk.io.outputs()) {
    for (std::size_t k = 0; k < port.mvs.size(); ++k) {
      const domain::MvId mv = port.mvs[k];
      port.working[k] = in.working[mv];
      port.reference[k] = in.reference[mv];
      port.low[k] = in.low[mv];
      port.high[k] = in.high[mv];
      port.limited[k] = static_cast<std::uint32_t>(in.limited[mv]);
      port.free[k] = in.driving[id] && in.owner[mv] == id ? in.free[mv] : 0;
    }
  }
  for (std::size_t k = 0; k < desk.members_of_duty.size(); ++k) {
    desk.reference[k] = in.reference[desk.members_of_duty[k]];
  }
  if (desk.watch) desk.watch->see(in.screened, in.estimate, in.reference);
  desk.result.inputs_sequence = in.screened.sequence;
  desk.result.inputs_time_ns = in.screened.time_ns;
}

void Roster::ask_why(domain::MvId mv) noexcept {
  for (const auto& desk : desks_) control::ask_why(desk->seat.active, desk->io, mv);
}

Explained Roster::explain(domain::ControllerId id, domain::MvId mv, domain::TagId pv) {
  if (id >= desks_.size()) return {};
  return control::explain(desks_[id]->seat.active, desks_[id]->io, mv, pv);
}

/// Frees a desk whose late result has meanwhile come.
void Roster::collect(Desk& desk) noexcept {
  if (!desk.abandoned) return;
  if (settings_.lateness != Lateness::measured || desk.worker == nullptr || desk.worker->done()) {
    desk.abandoned = false;
    desk.under_way = false;
  }
}

/// Takes a deferred result at its instant, neither earlier nor later.
void Roster::deliver(Desk& desk, const AskInputs& in, const Proposal* fact) noexcept {
  if (!desk.under_way || desk.abandoned || in.cycle != desk.due_cycle) return;
  bool late = false;
  if (settings_.lateness == Lateness::repeated) {
    late = fact != nullptr && fact->job == JobFact::late;
  } else if (desk.worker != nullptr) {
    if (settings_.lateness == Lateness::awaited) desk.worker->wait();
    late = !desk.worker->done();
  }
  if (late) {
    desk.standing.status = ProposalStatus::late;
    desk.standing.reason = Reason::late;
    desk.standing.job = JobFact::late;
    desk.abandoned = true;
    return;
  }
  desk.under_way = false;
  desk.standing = desk.result;
  desk.standing.job = JobFact::fresh;
  desk.broken = desk.standing.status == ProposalStatus::fault;
  desk.hear();
}

void Roster::step_inline(Desk& desk, const Proposal* fact) noexcept {
  const std::uint64_t allocated = settings_.allocations != nullptr ? settings_.allocations() : 0;
  const std::int64_t began = now_ns();
  desk.step();
  const std::int64_t took = now_ns() - began;
  const bool heap = settings_.allocations != nullptr && settings_.allocations() != allocated;
  desk.standing = desk.result;
  desk.standing.job = JobFact::fresh;
  bool late = false;
  if (settings_.lateness == Lateness::measured) {
    late = static_cast<double>(took) > kLimitShare * settings_.cycle_period_s * 1e9;
  } else if (settings_.lateness == Lateness::repeated) {
    late = fact != nullptr && fact->job == JobFact::late;
  }
  if (heap && desk.standing.status != ProposalStatus::fault) {
    desk.standing.status = ProposalStatus::fault;
    desk.standing.reason = Reason::allocated;
  } else if (late) {
    desk.standing.status = ProposalStatus::late;
    desk.standing.reason = Reason::over_budget;
    desk.standing.job = JobFact::late;
  }
  desk.broken = desk.standing.status == ProposalStatus::fault;
  if (!late) desk.hear();
}

void Roster::submit(Desk& desk, const AskInputs& in, domain::ControllerId id,
                    const Proposal* fact) noexcept {
  if (in.cycle % desk.seat.period_cycles != 0 || desk.broken) return;
  if (desk.standing.job == JobFact::late) return;  // late at its instant: not started again here
  bool busy = desk.under_way;
  if (settings_.lateness == Lateness::repeated) {
    busy = fact != nullptr && fact->job == JobFact::skipped;
    if (!busy) desk.abandoned = desk.under_way = false;
  }
  if (busy) {
    if (desk.standing.job == JobFact::none) desk.standing.job = JobFact::skipped;
    return;
  }
  if (!in.fresh) return;
  fill(desk, in, id);
  if (desk.seat.latency_cycles == 0) {
    step_inline(desk, fact);
    return;
  }
  desk.due_cycle = in.cycle + desk.seat.latency_cycles;
  desk.under_way = true;
  if (desk.worker != nullptr) {
    desk.worker->start();
  } else {
    desk.step();
  }
}

void Roster::ask(const AskInputs& in, const std::vector<Proposal>* facts,
                 std::vector<Proposal>& out) noexcept {
  const std::int64_t began = now_ns();
  for (std::size_t i = 0; i < desks_.size(); ++i) {
    Desk& desk = *desks_[i];
    const Proposal* fact = facts != nullptr ? &(*facts)[i] : nullptr;
    desk.standing.job = JobFact::none;
    collect(desk);
    deliver(desk, in, fact);
    submit(desk, in, static_cast<domain::ControllerId>(i), fact);
    out[i] = desk.standing;
  }
  last_ask_ns_ = now_ns() - began;
}

Reason Roster::serve(const domain::Intent& intent, const std::vector<domain::ModeBlock>& modes,
                     domain::Bounded<domain::Event>& events) noexcept {
  if (intent.controller >= desks_.size()) return Reason::unknown_tag;
  Desk& desk = *desks_[intent.controller];
  const auto busy = [&] { return desk.worker != nullptr && !desk.worker->done(); };
  switch (intent.kind) {
    case domain::IntentKind::restart_controller:
      if (!desk.broken) return Reason::nothing_to_do;
      if (busy()) return Reason::busy;
      desk.seat.active.begin_anew();
      if (desk.watch) desk.watch->restart();
      desk.broken = false;
      desk.standing.status = ProposalStatus::pending;
      desk.standing.reason = Reason::none;
      return Reason::none;
    case domain::IntentKind::set_parameter:
      if (busy()) return Reason::busy;
      return desk.seat.active.set_parameter(intent.key.view(), intent.mv, intent.value);
    case domain::IntentKind::tune_start: {
      if (busy() || desk.tuned_mv != domain::kNoMv) return Reason::busy;
      if (intent.mv >= modes.size()) return Reason::unknown_tag;
      const domain::Mode mode = modes[intent.mv].actual;
      if (mode != domain::Mode::man && mode != domain::Mode::auto_) return Reason::not_in_this_mode;
      const Reason refused =
          desk.seat.active.tune_start(intent.mv, intent.key.view(), intent.value);
      if (refused == Reason::none) desk.tuned_mv = intent.mv;
      return refused;
    }
    case domain::IntentKind::tune_abort:
      if (desk.tuned_mv == domain::kNoMv) return Reason::nothing_to_do;
      if (busy()) return Reason::busy;
      desk.seat.active.tune_abort();
      desk.tuned_mv = domain::kNoMv;
      events.push({domain::EventCode::tune_aborted, intent.controller,
                   static_cast<std::uint16_t>(Reason::operator_request)});
      return Reason::none;
    default:
      return Reason::not_supported;
  }
}

domain::ControllerId Roster::tuning(domain::MvId mv) const noexcept {
  for (std::size_t i = 0; i < desks_.size(); ++i) {
    if (desks_[i]->tuned_mv == mv) return static_cast<domain::ControllerId>(i);
  }
  return domain::kNoController;
}

void Roster::watch_tuning(const std::vector<domain::ModeBlock>& modes,
                          domain::Bounded<domain::Event>& events) noexcept {
  for (std::size_t i = 0; i < desks_.size(); ++i) {
    Desk& desk = *desks_[i];
    if (desk.tuned_mv == domain::kNoMv) continue;
    if (desk.worker != nullptr && !desk.worker->done()) continue;
    const auto id = static_cast<std::uint16_t>(i);
    const domain::Mode mode = modes[desk.tuned_mv].actual;
    const bool left = mode != domain::Mode::man && mode != domain::Mode::auto_;
    if (left || desk.broken) {  // a controller in fault is not stepped, so its run would never end
      desk.seat.active.tune_abort();
      events.push(
          {domain::EventCode::tune_aborted, id,
           static_cast<std::uint16_t>(left ? Reason::not_in_this_mode : desk.standing.reason)});
      desk.tuned_mv = domain::kNoMv;
      continue;
    }
    const saggar_tune_result result = desk.seat.active.tune_result();
    if (result.state == SAGGAR_TUNE_RUNNING) continue;
    if (result.state == SAGGAR_TUNE_FINISHED) {
      events.push({domain::EventCode::tune_finished, id, 0, result.kp, result.ti_s});
    } else {
      events.push(
          {domain::EventCode::tune_aborted, id, static_cast<std::uint16_t>(Reason::no_proposal)});
    }
    desk.tuned_mv = domain::kNoMv;
  }
}

const domain::MonitorReport* Roster::watched(domain::ControllerId id) const noexcept {
  if (id >= desks_.size() || !desks_[id]->watch) return nullptr;
  return &desks_[id]->watch->report();
}

void Roster::pardon(domain::ControllerId id) noexcept {
  if (id < desks_.size() && desks_[id]->watch) desks_[id]->watch->pardon();
}

std::size_t Roster::size() const noexcept { return desks_.size(); }

const std::string& Roster::name(domain::ControllerId id) const noexcept {
  return desks_[id]->seat.name;
}

std::vector<std::size_t> Roster::proposal_sizes() const {
  std::vector<std::size_t> sizes;
  for (const auto& desk : desks_) sizes.push_back(desk->standing.value.size());
  return sizes;
}

std::int64_t Roster::last_ask_ns() const noexcept { return last_ask_ns_; }

bool Roster::at_rest() const noexcept {
  return std::all_of(desks_.begin(), desks_.end(), [](const auto& desk) {
    return desk->worker == nullptr || desk->worker->done();
  });
}

void Roster::serialize(domain::Archive& archive) {
  for (const auto& owned : desks_) {
    Desk& desk = *owned;
    if (desk.worker != nullptr) desk.worker->wait();
    for (Proposal* p : {&desk.result, &desk.standing}) {
      archive(p->status, p->reason, p->job, p->inputs_sequence, p->inputs_time_ns, p->confidence,
              p->value);
    }
    archive(desk.due_cycle, desk.under_way, desk.abandoned, desk.broken, desk.tuned_mv);
    std::vector<std::uint8_t>& state = desk.state;
    if (archive.is_saving()) {
      const auto saved = desk.seat.active.save_state();
      std::copy(saved.begin(), saved.end(), state.begin());
    }
    archive(state);
    if (desk.watch) desk.watch->serialize(archive);
    if (archive.is_saving() || !archive.ok()) continue;
    if (state.empty() || !desk.seat.active.restore_state(state)) {
      desk.broken = true;                       // it would answer differently from what was saved
      desk.under_way = desk.abandoned = false;  // nor may what was under way lift the fault
      desk.standing.status = ProposalStatus::fault;
      desk.standing.reason = Reason::state_not_restored;
    }
    if (desk.watch) desk.said = desk.seat.active.ensemble();  // the state holds its last run
  }
}

}  // namespace saggar::control
