#include "hil/train/lesson.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "hil/suite/in_process.hpp"
#include "hil/suite/people.hpp"
#include "hil/suite/run_case.hpp"
#include "hil/train/signals.hpp"

namespace saggar::train {
namespace {

constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();

/// What controllers call the part of a trim that is only for now.
constexpr std::string_view kOnTheWay = "on the way there";

class Watcher {
 public:
  Watcher(const TrainingFile& file, suite::InProcess& run, Signals signals,
          domain::ControllerId teacher, domain::ControllerId student)
      : run_(run),
        signals_(std::move(signals)),
        teacher_(teacher),
        student_(student),
        begin_ns_(static_cast<std::int64_t>(file.lessons.begin_s * 1e9)) {
    data_.features = static_cast<std::uint32_t>(signals_.seen.size());
    data_.outputs = static_cast<std::uint32_t>(signals_.outputs.size());
    data_.foretold = static_cast<std::uint32_t>(signals_.foretold.size());
  }

  void look(const domain::Record& record, std::int64_t start_ns) {
    if (record.time_ns - start_ns < begin_ns_) return;
    for (const Place& place : signals_.seen) {
      data_.value.push_back(static_cast<float>(Signals::value(place, run_.plant(), record)));
    }
    for (const Place& place : signals_.foretold) {
      data_.later.push_back(static_cast<float>(Signals::value(place, run_.plant(), record)));
    }
    const bool sound = record.proposals[teacher_].status <= domain::ProposalStatus::degraded ||
                       record.proposals[teacher_].status == domain::ProposalStatus::pending;
    for (const auto& moved : signals_.moved) data_.label.push_back(sound ? target(moved) : kNaN);
    const domain::DutyDecision& heat =
        record.decisions[static_cast<std::size_t>(domain::Duty::heat)];
    data_.drives.push_back(heat.controller == student_ ? 1.0F : 0.0F);
  }

  Dataset take() { return std::move(data_); }

 private:
  /// Mean over the MVs of one output; the teacher moves them alike.
  float target(const std::vector<domain::MvId>& moved) {
    double sum = 0;
    for (const domain::MvId mv : moved) {
      double rest = std::numeric_limits<double>::quiet_NaN();
      for (const control::Cause& cause : run_.assembly().cycle->explain(teacher_, mv).causes) {
        if (cause.label != kOnTheWay) rest = cause.share;
      }
      sum += rest;
    }
    return static_cast<float>(sum / static_cast<double>(moved.size()));
  }

  suite::InProcess& run_;
  Signals signals_;
  domain::ControllerId teacher_, student_;
  std::int64_t begin_ns_;
  Dataset data_;
};

domain::Result<domain::ControllerId> find(const std::vector<std::string>& names,
                                          const std::string& name) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] == name) return static_cast<domain::ControllerId>(i);
  }
  return domain::Error{"lessons", "there is no controller \"" + name + "\" in the control file"};
}

}  // namespace

domain::Result<Dataset> run_lesson(const TrainingFile& file, const scenario::Case& one,
                                   const std::vector<std::filesystem::path>& plugin_dirs) {
  suite::InProcessOptions how;
  how.seed = one.seed;
  how.drawn = one.story.bench.drawn;
  how.plugin_dirs = plugin_dirs;
  auto made = suite::InProcess::make(
      {one.files.site, one.files.kiln, one.files.plant, one.files.recipe, one.files.control}, how);
  if (!made) return made.error();
  suite::InProcess& run = *made.value();
  const auto teacher = find(run.assembly().controllers, file.lessons.teacher);
  if (!teacher) return teacher.error();
  const auto student = find(run.assembly().controllers, file.lessons.student);
  auto signals = signals_of(file, run.plant());
  if (!signals) return signals.error();
  if (suite::events_of(one.story, faults::RealisedBy::kiln).size() != one.story.events.size()) {
    return domain::Error{"lessons.story", "\"" + one.story.name +
                                              "\" has events of the line or of the software, which "
                                              "lessons do not realise: take them out of it"};
  }
  run.kiln().schedule(suite::events_of(one.story, faults::RealisedBy::kiln));
  auto people = suite::People::make(one.story, run.plant(), run.assembly().layout.names);
  if (!people) return people.error();
  Watcher watcher(file, run, std::move(signals).value(), teacher.value(),
                  student ? student.value() : domain::kNoController);
  const double period_s = run.assembly().bundle.site.period_s();
  const auto cycles = static_cast<std::uint64_t>(std::ceil(one.story.bench.duration_s / period_s));
  const auto every = static_cast<std::uint64_t>(std::lround(file.period_s / period_s));
  std::vector<domain::Intent> intents;
  suite::Seen seen;
  std::int64_t start_ns = -1;
  for (std::uint64_t cycle = 1; cycle <= cycles; ++cycle) {
    intents.clear();
    people.value().ask(cycle, static_cast<double>(cycle - 1) * period_s, seen, intents);
    for (const domain::Intent& intent : intents) run.offer(intent);
    run.cycle_unrecorded();
    const domain::Record& record = run.record();
    if (start_ns < 0) start_ns = record.time_ns;
    if (cycle % every == 1 % every) watcher.look(record, start_ns);
    seen = suite::Seen::of(record);
  }
  Dataset data = watcher.take();
  data.seed = one.seed;
  if (std::none_of(data.label.begin(), data.label.end(),
                   [](float v) { return std::isfinite(v); })) {
    return domain::Error{"lessons.teacher", "\"" + file.lessons.teacher +
                                                "\" never said where it wanted to go: it does not "
                                                "explain, or it had no plan in all of the story"};
  }
  return data;
}

}  // namespace saggar::train
