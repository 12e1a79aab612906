#include "runtime/estimate/estimators.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstring>
#include <limits>
#include <utility>

namespace saggar::estimate {

using domain::EstimatorReport;
using domain::JobFact;
using domain::ProposalStatus;
using domain::Reason;
using exchange::Lateness;

/// What the estimators see of this cycle.
struct Estimators::EstimateInputs {
  std::uint64_t cycle = 0;
  bool fresh = false;
  const domain::Frame& screened;
};

namespace {

/// As for controllers: share of the cycle an inline step is told to stay within, and at which it
/// counts as late (VP-18).
constexpr double kBudgetShare = 0.2;
constexpr double kLimitShare = 0.5;

std::int64_t now_ns() noexcept {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

void make_bad(domain::Estimate& estimate, domain::SubStatus why) noexcept {
  for (domain::Sample& s : estimate.samples) {
    s.quality = domain::Quality::bad;
    s.sub_status = why;
  }
  std::fill(estimate.sigma.begin(), estimate.sigma.end(), std::numeric_limits<double>::infinity());
}

/// Member by member: a Sample has padding.
void serialize(domain::Archive& archive, domain::Estimate& estimate) {
  for (domain::Sample& s : estimate.samples) {
    archive(s.value, s.time_ns, s.quality, s.sub_status);
  }
  archive(estimate.sigma);
}

/// What an estimator has found, in room made once.
struct Findings {
  std::array<host::Finding, host::kMaxFindings> list{};
  std::uint32_t count = 0;

  void take(std::span<const host::Finding> from) noexcept {
    count = static_cast<std::uint32_t>(std::min(from.size(), list.size()));
    std::copy_n(from.begin(), count, list.begin());
  }
  bool has(const host::Finding& f) const noexcept {
    return std::any_of(list.begin(), list.begin() + count, [&](const host::Finding& other) {
      return f.cause == other.cause && f.zone == other.zone && f.element == other.element;
    });
  }
  void serialize(domain::Archive& archive) {
    archive(count);
    count = std::min(count, static_cast<std::uint32_t>(list.size()));
    for (host::Finding& f : list) {
      archive(f.cause, f.zone, f.element, f.statistic, f.threshold, f.since_s);
    }
  }
};

}  // namespace

/// What is kept of one estimator.
struct Estimators::Desk {
  Desk(EstimatorSeat from, const EstimatorSettings& settings)
      : seat(std::move(from)),
        io(seat.active.make_io()),
        coming(seat.active.virtual_tags().size()),
        standing(coming),
        state(seat.active.state_size()) {
    make_bad(coming, domain::SubStatus::never_received);
    make_bad(standing, domain::SubStatus::never_received);
    // A replay takes lateness from the record, so there is nothing to gain from a thread.
    const bool beside = settings.threads && settings.lateness != Lateness::repeated;
    if (seat.latency_cycles > 0 && beside) {
      worker = std::make_unique<exchange::Worker<Job>>(Job{this});
    }
  }

  /// One step into `result` and `coming`; on the worker, or on the control thread.
  void step() noexcept {
    const host::StepResult outcome = seat.active.step(io);
    result.status = outcome.status;
    result.reason = outcome.reason;
    if (outcome.status <= ProposalStatus::degraded) {
      const Reason wrong =
          seat.active.estimate(result.inputs_time_ns, coming.samples, coming.sigma);
      if (wrong == Reason::none) return coming_found.take(seat.active.findings());
      result.status = ProposalStatus::fault;
      result.reason = wrong;
    }
    make_bad(coming, domain::SubStatus::none);
    if (result.status == ProposalStatus::fault) coming_found.count = 0;
  }

  struct Job {
    Desk* desk;
    void operator()() const noexcept { desk->step(); }
  };

  EstimatorSeat seat;
  host::StepIo io;
  EstimatorReport result, report;            // of the step under way; what the cycle sees
  domain::Estimate coming, standing;         // the same
  Findings coming_found, found, told_found;  // of the last step; standing; as people were told
  std::vector<std::uint8_t> state;           // room for what the estimator saves
  std::uint16_t first_cause = 0;             // id of its first cause
  std::unique_ptr<exchange::Worker<Job>> worker;
  std::uint64_t due_cycle = 0;   // when the result under way takes effect
  std::uint64_t ends_cycle = 0;  // from here on the standing estimate is bad
  bool stands = false;           // it is not bad as a whole
  bool under_way = false;        // a deferred result is awaited
  bool abandoned = false;        // it came too late; wait until the worker is free
  bool broken = false;           // in fault until an intent restarts it
  bool told = false;             // that it is in fault
};

Estimators::Estimators() = default;
Estimators::~Estimators() = default;
Estimators::Estimators(Estimators&&) noexcept = default;

Estimators::Estimators(std::vector<EstimatorSeat> seats, EstimatorSettings settings)
    : settings_(settings) {
  std::size_t causes = 0;
  for (EstimatorSeat& seat : seats) {
    desks_.push_back(std::make_unique<Desk>(std::move(seat), settings_));
    desks_.back()->first_cause = static_cast<std::uint16_t>(causes);
    causes += desks_.back()->seat.active.finding_causes().size();
  }
}

std::vector<std::string> Estimators::pin(const std::vector<int>& cpus) {
  std::vector<std::string> lines;
  std::size_t next = 0;
  for (const auto& desk : desks_) {
    if (desk->worker == nullptr || cpus.empty()) continue;
    const int cpu = cpus[next++ % cpus.size()];
    const int error = desk->worker->pin(cpu);
    lines.push_back(
        "worker of estimator " + desk->seat.name + ": cpu " + std::to_string(cpu) + ": " +
        (error == 0 ? "pinned" : std::string("not pinned (") + std::strerror(error) + ")"));
  }
  return lines;
}

/// Frees a desk whose late result has meanwhile come.
void Estimators::collect(Desk& desk) noexcept {
  if (!desk.abandoned) return;
  if (settings_.lateness != Lateness::measured || desk.worker == nullptr || desk.worker->done()) {
    desk.abandoned = desk.under_way = false;
  }
}

/// What has come is what stands.
void Estimators::take(Desk& desk, const EstimateInputs& in) noexcept {
  std::swap(desk.standing, desk.coming);
  desk.found = desk.coming_found;
  desk.report = desk.result;
  desk.report.job = JobFact::fresh;
  desk.broken = desk.report.status == ProposalStatus::fault;
  desk.stands = desk.report.status <= ProposalStatus::degraded;
  desk.ends_cycle = in.cycle + 2ULL * desk.seat.period_cycles;
}

/// Takes a deferred result at its instant, neither earlier nor later.
void Estimators::deliver(Desk& desk, const EstimateInputs& in,
                         const EstimatorReport* fact) noexcept {
  if (!desk.under_way || desk.abandoned || in.cycle != desk.due_cycle) return;
  bool late = false;
  if (settings_.lateness == Lateness::repeated) {
    late = fact != nullptr && fact->job == JobFact::late;
  } else if (desk.worker != nullptr) {
    if (settings_.lateness == Lateness::awaited) desk.worker->wait();
    late = !desk.worker->done();
  }
  if (late) {
    desk.report.status = ProposalStatus::late;
    desk.report.reason = Reason::late;
    desk.report.job = JobFact::late;
    desk.abandoned = true;
    return;
  }
  desk.under_way = false;
  take(desk, in);
}

void Estimators::step_inline(Desk& desk, const EstimateInputs& in,
                             const EstimatorReport* fact) noexcept {
  const std::uint64_t allocated = settings_.allocations != nullptr ? settings_.allocations() : 0;
  const std::int64_t began = now_ns();
  desk.step();
  const std::int64_t took = now_ns() - began;
  const bool heap = settings_.allocations != nullptr && settings_.allocations() != allocated;
  bool late = false;
  if (settings_.lateness == Lateness::measured) {
    late = static_cast<double>(took) > kLimitShare * settings_.cycle_period_s * 1e9;
  } else if (settings_.lateness == Lateness::repeated) {
    late = fact != nullptr && fact->job == JobFact::late;
  }
  if (heap && desk.result.status != ProposalStatus::fault) {
    desk.result.status = ProposalStatus::fault;
    desk.result.reason = Reason::allocated;
    desk.coming_found.count = 0;
    make_bad(desk.coming, domain::SubStatus::none);
  } else if (late && desk.result.status != ProposalStatus::fault) {
    desk.report.status = ProposalStatus::late;
    desk.report.reason = Reason::over_budget;
    desk.report.job = JobFact::late;
    return;
  }
  take(desk, in);
}

void Estimators::submit(Desk& desk, const EstimateInputs& in, const EstimatorReport* fact,
                        const domain::Estimate& others) noexcept {
  if (in.cycle % desk.seat.period_cycles != 0 || desk.broken) return;
  if (desk.report.job == JobFact::late) return;  // late at its instant: not started again here
  bool busy = desk.under_way;
  if (settings_.lateness == Lateness::repeated) {
    busy = fact != nullptr && fact->job == JobFact::skipped;
    if (!busy) desk.abandoned = desk.under_way = false;
  }
  if (busy) {
    if (desk.report.job == JobFact::none) desk.report.job = JobFact::skipped;
    return;
  }
  if (!in.fresh) return;
  desk.io.moment = {in.cycle, in.screened.time_ns,
                    static_cast<std::int64_t>(kBudgetShare * settings_.cycle_period_s * 1e9 *
                                              (desk.seat.latency_cycles + 1)),
                    false};
  desk.io.read(in.screened, &others);
  desk.result.inputs_sequence = in.screened.sequence;
  desk.result.inputs_time_ns = in.screened.time_ns;
  if (desk.seat.latency_cycles == 0) return step_inline(desk, in, fact);
  desk.due_cycle = in.cycle + desk.seat.latency_cycles;
  desk.under_way = true;
  if (desk.worker != nullptr) {
    desk.worker->start();
  } else {
    desk.step();
  }
}

/// What begins and what ends.
void Estimators::tell_findings(Desk& desk, domain::Bounded<domain::Event>& events) noexcept {
  const auto tell = [&](domain::EventCode code, const host::Finding& f) {
    const domain::FindingPlace place{f.zone, f.element};
    events.push({code, static_cast<std::uint16_t>(desk.first_cause + f.cause), place.pack(),
                 f.statistic, f.threshold});
  };
  for (std::uint32_t i = 0; i < desk.told_found.count; ++i) {
    const host::Finding& f = desk.told_found.list[i];
    if (!desk.found.has(f)) tell(domain::EventCode::estimator_finding_ended, f);
  }
  for (std::uint32_t i = 0; i < desk.found.count; ++i) {
    const host::Finding& f = desk.found.list[i];
    if (!desk.told_found.has(f)) tell(domain::EventCode::estimator_finding, f);
  }
  desk.told_found = desk.found;
}

/// What people are told of it.
void Estimators::tell(Desk& desk, std::uint16_t id,
                      domain::Bounded<domain::Event>& events) noexcept {
  if (desk.broken && !desk.told) {
    events.push(
        {domain::EventCode::controller_fault, id, static_cast<std::uint16_t>(desk.report.reason)});
  }
  desk.told = desk.broken;
  // What is in fault finds nothing any more: what was told of it ends.
  if (desk.broken) desk.found.count = 0;
  if (desk.broken || desk.report.job == JobFact::fresh) tell_findings(desk, events);
}

void Estimators::estimate(domain::Record& record, bool fresh,
                          const domain::Record* facts) noexcept {
  if (desks_.empty()) return;
  const EstimateInputs in{record.cycle, fresh, record.screened};
  domain::Estimate& out = record.estimate;
  const std::int64_t began = now_ns();
  for (std::size_t i = 0; i < desks_.size(); ++i) {
    Desk& desk = *desks_[i];
    const EstimatorReport* fact = facts != nullptr ? &facts->estimators[i] : nullptr;
    desk.report.job = JobFact::none;
    collect(desk);
    deliver(desk, in, fact);
    submit(desk, in, fact, out);
    if (desk.stands && in.cycle >= desk.ends_cycle) {
      make_bad(desk.standing, domain::SubStatus::stale);
      desk.stands = false;
    }
    std::copy(desk.standing.samples.begin(), desk.standing.samples.end(),
              out.samples.begin() + static_cast<std::ptrdiff_t>(desk.seat.first_tag));
    std::copy(desk.standing.sigma.begin(), desk.standing.sigma.end(),
              out.sigma.begin() + static_cast<std::ptrdiff_t>(desk.seat.first_tag));
    tell(desk, static_cast<std::uint16_t>(settings_.first_id + i), record.events);
    record.estimators[i] = desk.report;
  }
  last_ns_ = now_ns() - began;
}

Reason Estimators::serve(const domain::Intent& intent) noexcept {
  const int place = int{intent.controller} - settings_.first_id;
  if (place < 0 || place >= static_cast<int>(desks_.size())) return Reason::unknown_tag;
  if (intent.kind != domain::IntentKind::restart_controller) return Reason::not_supported;
  Desk& desk = *desks_[static_cast<std::size_t>(place)];
  if (!desk.broken) return Reason::nothing_to_do;
  if (desk.worker != nullptr && !desk.worker->done()) return Reason::busy;
  desk.seat.active.begin_anew();
  desk.broken = false;
  desk.report.status = ProposalStatus::pending;
  desk.report.reason = Reason::none;
  return Reason::none;
}

std::size_t Estimators::size() const noexcept { return desks_.size(); }

std::vector<std::string> Estimators::causes() const {
  std::vector<std::string> all;
  for (const auto& desk : desks_) {
    for (std::string cause : desk->seat.active.finding_causes()) {
      std::replace(cause.begin(), cause.end(), '_', ' ');
      all.push_back(desk->seat.name + ": " + cause);
    }
  }
  return all;
}

std::size_t Estimators::tags() const noexcept {
  std::size_t n = 0;
  for (const auto& desk : desks_) n += desk->standing.samples.size();
  return n;
}

bool Estimators::at_rest() const noexcept {
  return std::all_of(desks_.begin(), desks_.end(), [](const auto& desk) {
    return desk->worker == nullptr || desk->worker->done();
  });
}

void Estimators::serialize(domain::Archive& archive) {
  for (const auto& owned : desks_) {
    Desk& desk = *owned;
    if (desk.worker != nullptr) desk.worker->wait();
    for (EstimatorReport* r : {&desk.result, &desk.report}) {
      archive(r->status, r->reason, r->job, r->inputs_sequence, r->inputs_time_ns);
    }
    estimate::serialize(archive, desk.coming);
    estimate::serialize(archive, desk.standing);
    for (Findings* f : {&desk.coming_found, &desk.found, &desk.told_found}) f->serialize(archive);
    archive(desk.due_cycle, desk.ends_cycle, desk.stands, desk.under_way, desk.abandoned,
            desk.broken, desk.told);
    std::vector<std::uint8_t>& state = desk.state;
    if (archive.is_saving()) {
      const auto saved = desk.seat.active.save_state();
      std::copy(saved.begin(), saved.end(), state.begin());
    }
    archive(state);
    if (archive.is_saving() || !archive.ok()) continue;
    if (!state.empty() && desk.seat.active.restore_state(state)) continue;
    desk.broken = true;  // it would go on otherwise than what was saved
    desk.stands = desk.under_way = desk.abandoned = false;
    desk.report.status = ProposalStatus::fault;
    desk.report.reason = Reason::state_not_restored;
    desk.found.count = 0;
    make_bad(desk.standing, domain::SubStatus::none);
  }
}

}  // namespace saggar::estimate
