#include "hil/suite/clock_judge.hpp"

#include "hil/suite/punctuality.hpp"
#include "runtime/config/bundle.hpp"

namespace saggar::suite {
namespace {

/// Everybody who looks at a run, and the records that they have not seen yet.
class Review {
 public:
  Review(const TwoProcesses& bench, const bridge::Diary& diary, record::JournalReader& journal,
         kiln::Kiln& kiln)
      : bench_(bench),
        periods_(diary.periods()),
        journal_(journal),
        kiln_(kiln),
        observers_(bench.one, bench.bundle->plant, kiln, journal.runs().front().layout.names),
        punctuality_(static_cast<std::int64_t>(bench.period_s * 1e9)),
        period_of_(periods_),
        shown_(kiln.tags().size()) {}

  /// The records of all periods before this one are seen by all, with the kiln as it is now.
  /// @return false if there is a problem
  bool begin(std::size_t period) {
    see_until(period);
    if (period < periods_.size()) kiln_.read(shown_);
    return problem_.empty();
  }
  std::string tell(CaseResult& result) const;

 private:
  void see_until(std::size_t period);
  /// The next record that rests on a frame; false at the end.
  bool fetch();

  const TwoProcesses& bench_;
  const std::vector<bridge::Diary::Period>& periods_;
  record::JournalReader& journal_;
  kiln::Kiln& kiln_;
  Observers observers_;
  Punctuality punctuality_;
  PeriodOf period_of_;
  domain::Frame shown_;
  std::size_t place_ = 0;
  std::uint64_t seen_ = 0;
  bool waiting_ = false;  // a record is in hand
  bool ended_ = false;
  std::string problem_;
};

bool Review::fetch() {
  while (!waiting_ && !ended_ && problem_.empty()) {
    const auto more = journal_.next();
    if (!more) problem_ = more.error().text();
    ended_ = !more || !more.value();
    if (ended_) break;
    const domain::Record& record = journal_.record();
    waiting_ = record.frame.sequence != 0;  // before the first frame there is nothing to judge
    if (waiting_) place_ = period_of_(record.frame.sequence, record.time_ns);
  }
  return waiting_;
}

void Review::see_until(std::size_t period) {
  while (fetch() && place_ < period) {
    const domain::Record& record = journal_.record();
    waiting_ = false;
    // What the runtime did while it was asked to end is no part of the story.
    if (period == periods_.size() && record.time_ns > kiln_.time_ns()) continue;
    if (record.frame.sequence == periods_[place_].sequence) {
      problem_ = bench_.differs(record, shown_);
      if (!problem_.empty()) return;
    }
    observers_.add(record);
    punctuality_.add(record.timing);
    ++seen_;
  }
}

std::string Review::tell(CaseResult& result) const {
  if (!problem_.empty()) return problem_;
  if (seen_ == 0) return "the journal has no cycle that rests on a frame of this kiln";
  std::vector<faults::Statement> faults = kiln_.fault_statements();
  for (const faults::Fault& fault : events_of(bench_.one.story, faults::RealisedBy::line)) {
    faults.push_back({fault, faults::State::not_realised,
                      "a bench in real time has tcp between kiln and runtime, which this fault "
                      "cannot be put into: run it in process"});
  }
  observers_.tell(faults, result);
  for (Figure& figure : punctuality_.figures()) result.figures.push_back(std::move(figure));
  result.checks.push_back(punctuality_.check());
  return {};
}

}  // namespace

std::size_t PeriodOf::operator()(std::uint64_t sequence, std::int64_t time_ns) noexcept {
  std::uint64_t reached = periods_[place_].sequence;
  for (std::size_t back = place_; reached == 0 && back > 0;) reached = periods_[--back].sequence;
  while (place_ + 1 < periods_.size()) {
    const bridge::Diary::Period& next = periods_[place_ + 1];
    const bool silent = next.sequence == 0;
    const bool belongs_later =
        silent ? sequence > reached || time_ns >= next.time_ns : sequence >= next.sequence;
    if (!belongs_later) break;
    ++place_;
    if (!silent) reached = next.sequence;
  }
  return place_;
}

std::string judge_by_diary(const TwoProcesses& bench, const bridge::Diary& diary,
                           CaseResult& result) {
  auto journal = bench.journal();
  if (!journal) return journal.error().text();
  auto again = bench.same_kiln();
  if (!again) return again.error().text();
  Review review(bench, diary, *journal.value(), *again.value());
  diary.repeat(*again.value(), [&review](std::size_t period) { return review.begin(period); });
  review.begin(diary.periods().size());
  return review.tell(result);
}

}  // namespace saggar::suite
