#include "hil/train/course.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>

#include "hil/campaign/pool.hpp"
#include "hil/scenario/expand.hpp"
#include "hil/suite/in_process.hpp"
#include "hil/train/examples.hpp"
#include "hil/train/familiar.hpp"
#include "hil/train/lesson.hpp"
#include "hil/train/rehearse.hpp"
#include "hil/train/student.hpp"
#include "hil/train/study.hpp"
#include "runtime/config/load.hpp"
#include "runtime/record/hash_chain.hpp"

namespace saggar::train {
namespace {

namespace fs = std::filesystem;
using domain::Error;
using domain::Result;
using domain::Status;

constexpr double kRunLimit_s = 7200;

std::string slurp(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// One training under way.
class Course {
 public:
  Course(const TrainingFile& file, const campaign::Build& build, const CourseOptions& options)
      : file_(file), build_(build), options_(options) {}

  Status begin();
  Result<Finished> go();

 private:
  Status claim() const;
  Result<Signals> signals_here(const scenario::Case& one) const;
  Result<std::vector<scenario::Case>> cases_of(std::uint32_t round) const;
  fs::path folder(std::uint32_t round) const {
    return options_.out / ("round" + std::to_string(round));
  }
  Status gather(std::uint32_t round, const std::vector<scenario::Case>& cases);
  Status read(std::uint32_t round, const std::vector<scenario::Case>& cases, Round& to);
  Result<Round> round(std::uint32_t number);
  Status pack_into(const fs::path& to, const Split& split, const Studied& studied,
                   const TrainingFile& papers) const;
  Status finetune(const Split& split, const Studied& studied);
  bool stopped() const { return options_.stop != nullptr && *options_.stop != 0; }
  void say(const std::string& text) const {
    if (options_.progress != nullptr) *options_.progress << text << std::endl;
  }

  const TrainingFile& file_;
  const campaign::Build& build_;
  const CourseOptions& options_;
  scenario::LoadedScenario story_;
  fs::path control_;
  Signals signals_;
  std::vector<Dataset> runs_;
  std::vector<config::PolicySource> sources_;
  std::vector<Tuned> tuned_;
};

/// What is in the folder must be of this training by this build: else its files mean other things.
Status Course::claim() const {
  std::error_code failed;
  fs::create_directories(options_.out, failed);
  if (failed) return Error{options_.out.string(), "cannot be made: " + failed.message()};
  const fs::path mark = options_.out / "training.toml";
  const std::string text = "# build " + build_.digest + "\n" + config::save_text(file_);
  if (fs::exists(mark)) {
    if (slurp(mark) == text) return domain::Done{};
    return Error{mark.string(),
                 "is of another training file, or of another build of the program: name another "
                 "folder than " +
                     options_.out.string() + ", or delete it as a whole"};
  }
  if (!fs::is_empty(options_.out)) {
    return Error{options_.out.string(), "holds something else; an empty folder would be right"};
  }
  std::ofstream out(mark, std::ios::binary);
  out << text;
  out.close();
  if (!out) return Error{mark.string(), "cannot be written"};
  return domain::Done{};
}

Status Course::begin() {
  const scenario::Place place{options_.configs, fs::current_path()};
  auto story = scenario::load_scenario(place, file_.lessons.story);
  if (!story) return story.error();
  story_ = std::move(story).value();
  control_ = scenario::find_file(place, "control", file_.lessons.control);
  const auto cases = cases_of(1);
  if (!cases) return cases.error();
  auto signals = signals_here(cases.value().front());
  if (!signals) return signals.error();
  signals_ = std::move(signals).value();
  if (file_.finetune.method != FinetuneMethod::none) {
    if (const auto can = can_rehearse(file_, signals_); !can) return can.error();
  }
  return claim();
}

/// Tags, of the kiln and of the estimators of its control file.
Result<Signals> Course::signals_here(const scenario::Case& one) const {
  suite::InProcessOptions how;
  how.plugin_dirs = build_.plugin_dirs;
  const auto made = suite::InProcess::make(
      {one.files.site, one.files.kiln, one.files.plant, one.files.recipe, one.files.control}, how);
  if (!made) return made.error();
  return signals_of(file_, made.value()->plant());
}

Result<std::vector<scenario::Case>> Course::cases_of(std::uint32_t round) const {
  scenario::LoadedScenario story = story_;
  story.scenario.bench.seeds = file_.lessons.seeds;
  story.scenario.bench.seed =
      file_.lessons.first_seed + std::uint64_t{round - 1} * file_.lessons.seeds;
  auto cases = scenario::expand(story);
  if (!cases) return cases;
  fs::path control = control_;
  if (round > 1) {
    const auto text =
        practice_control(control_, file_.lessons, fs::absolute(folder(round - 1) / "package"));
    if (!text) return text.error();
    control = folder(round) / "control.toml";
    if (const Status written = write_text(control, text.value()); !written) return written.error();
  }
  for (scenario::Case& one : cases.value()) one.files.control = control;
  return cases;
}

Status Course::gather(std::uint32_t number, const std::vector<scenario::Case>& cases) {
  std::vector<std::size_t> missing;
  const auto path = [&](std::size_t i) {
    return folder(number) / ("seed" + std::to_string(cases[i].seed) + ".lesson");
  };
  for (std::size_t i = 0; i < cases.size(); ++i) {
    if (!fs::exists(path(i))) missing.push_back(i);
  }
  std::error_code failed;
  fs::create_directories(folder(number), failed);
  if (failed) return Error{folder(number).string(), "cannot be made: " + failed.message()};
  std::size_t done = cases.size() - missing.size();
  std::string problem;
  campaign::PoolOptions pool;
  pool.jobs = options_.jobs;
  pool.limit_s = kRunLimit_s;
  pool.stop = options_.stop;
  const bool whole = campaign::run_pool(
      missing.size(), pool,
      [&](std::size_t k) {
        const auto data = run_lesson(file_, cases[missing[k]], build_.plugin_dirs);
        const Status written =
            data ? write_dataset(path(missing[k]), data.value()) : Status(data.error());
        if (!written) std::cerr << written.error().text() << std::endl;
        return written ? 0 : 1;
      },
      [&](const campaign::Ended& ended) {
        const scenario::Case& one = cases[missing[ended.index]];
        if (!ended.sound() && !stopped()) problem = one.id + ": " + ended.problem();
        char text[160];
        std::snprintf(text, sizeof text, "round %u: run %zu of %zu, seed %llu, %.0f s", number,
                      ++done, cases.size(), static_cast<unsigned long long>(one.seed), ended.cpu_s);
        say(text);
      });
  if (!problem.empty()) return Error{"lessons", problem};
  if (!whole) return Error{"lessons", "stopped: the same command goes on from here"};
  return domain::Done{};
}

Status Course::read(std::uint32_t number, const std::vector<scenario::Case>& cases, Round& to) {
  double drove = 0, samples = 0;
  std::string all;
  for (const scenario::Case& one : cases) {
    const fs::path path = folder(number) / ("seed" + std::to_string(one.seed) + ".lesson");
    auto data = read_dataset(path);
    if (!data) return data.error();
    const Dataset& d = data.value();
    if (d.features != signals_.seen.size() || d.outputs != signals_.outputs.size() ||
        d.foretold != signals_.foretold.size() || d.seed != one.seed) {
      return Error{path.string(), "is of another training: delete it, and it is made anew"};
    }
    for (const float one_sample : d.drives) drove += static_cast<double>(one_sample);
    samples += static_cast<double>(d.drives.size());
    all += record::hex(record::sha256(slurp(path)));
    runs_.push_back(std::move(data).value());
  }
  to.student_drove = samples > 0 ? drove / samples : 0;
  sources_.push_back({file_.lessons.story + " on " +
                          (number == 1 ? file_.lessons.teacher : "its own") + ", seeds " +
                          std::to_string(cases.front().seed) + " to " +
                          std::to_string(cases.back().seed),
                      record::hex(record::sha256(all)), file_.released, file_.released});
  return domain::Done{};
}

/// The training file as the papers show it: a package that went on learning is another version.
TrainingFile papers_of_finetuned(const TrainingFile& file) {
  TrainingFile out = file;
  const std::string method = file.finetune.method == FinetuneMethod::ppo ? "ppo" : "gradient";
  out.version += "+" + method;
  out.purpose += " Fine-tuned on a reduced kiln (" + method + ", " +
                 std::to_string(file.finetune.iterations) +
                 " iterations), so it does not do as its teacher would.";
  if (!out.purpose_ko.empty()) out.purpose_ko += " 축소 가마 모델에서 미세 조정됨(" + method + ").";
  return out;
}

Status Course::pack_into(const fs::path& to, const Split& split, const Studied& studied,
                         const TrainingFile& papers) const {
  Parcel parcel{papers,
                signals_,
                story_.scenario.bench.kiln,
                story_.scenario.bench.recipe,
                build_.digest,
                studied.members,
                familiar(split, studied.said, signals_),
                {},
                sources_};
  const Errors errors = errors_of(split, studied, signals_);
  parcel.metrics = {
      {"root mean square difference from the teacher, held-out runs, zones by their worth", "K",
       errors.all_K, errors.low_K, errors.high_K}};
  return pack(to, parcel);
}

/// The members of the last round go on learning; what comes of it is a package of its own.
Status Course::finetune(const Split& split, const Studied& studied) {
  const fs::path to = options_.out / "finetuned";
  std::error_code failed;
  fs::create_directories(to, failed);
  if (failed) return Error{to.string(), "cannot be made: " + failed.message()};
  auto done = rehearse(file_, signals_, runs_, split, studied, {to, options_.jobs, options_.stop});
  if (!done) return done.error();
  tuned_ = std::move(done.value().tuned);
  for (std::size_t k = 0; k < tuned_.size(); ++k) {
    const Score &before = tuned_[k].held_out.front(), &now = tuned_[k].held_out[tuned_[k].kept];
    char text[240];
    std::snprintf(text, sizeof text,
                  "finetune: member %zu, held out: cost %.5f to %.5f, out of band %.3f to %.3f %%, "
                  "too hot %.4f to %.4f %%, travel %.2f to %.2f K/h",
                  k + 1, before.cost, now.cost, 100 * before.outside, 100 * now.outside,
                  100 * before.too_hot, 100 * now.too_hot, before.travel_K_per_h,
                  now.travel_K_per_h);
    say(text);
  }
  return pack_into(to / "package", split, done.value().studied, papers_of_finetuned(file_));
}

Result<Round> Course::round(std::uint32_t number) {
  const auto cases = cases_of(number);
  if (!cases) return cases.error();
  Round out;
  if (const auto done = gather(number, cases.value()); !done) return done.error();
  if (const auto done = read(number, cases.value(), out); !done) return done.error();
  find_scales(runs_, file_.widen, signals_);
  const Split split = make_examples(runs_, signals_, file_.period_s, file_.share_held_out);
  out.runs = runs_.size();
  out.examples = split.learn.x.rows;
  out.held_out = split.held_out.x.rows;
  out.left_out = split.rows_left_out;
  auto studied = study(file_, signals_, split, {folder(number), options_.jobs, options_.stop});
  if (!studied) return studied.error();
  const Errors errors = errors_of(split, studied.value(), signals_);
  out.error_K = errors.all_K;
  out.output_error_K = errors.output_K;
  out.loss = studied.value().loss;
  out.held_out_loss = studied.value().held_out_loss;
  if (const auto packed = pack_into(folder(number) / "package", split, studied.value(), file_);
      !packed)
    return packed.error();
  char text[200];
  std::snprintf(
      text, sizeof text,
      "round %u: %zu examples of %zu runs (%zu held out, %zu left out), student drove %.0f %% "
      "of the time, error held out %.3f K",
      number, out.examples, out.runs, out.held_out, out.left_out, 100 * out.student_drove,
      out.error_K);
  say(text);
  if (number < file_.lessons.rounds || file_.finetune.method == FinetuneMethod::none) return out;
  if (const auto tuned = finetune(split, studied.value()); !tuned) return tuned.error();
  return out;
}

Result<Finished> Course::go() {
  Finished out;
  for (std::uint32_t number = 1; number <= file_.lessons.rounds; ++number) {
    auto done = round(number);
    if (!done) {
      if (!stopped()) return done.error();
      out.stopped = true;
      return out;
    }
    out.rounds.push_back(std::move(done).value());
  }
  out.signals = signals_;
  out.tuned = std::move(tuned_);
  out.package = options_.out / "package";
  std::error_code failed;
  fs::remove_all(out.package, failed);
  const fs::path last =
      out.tuned.empty() ? folder(file_.lessons.rounds) : options_.out / "finetuned";
  if (!failed) fs::copy(last / "package", out.package, failed);
  if (failed) return Error{out.package.string(), "cannot be written: " + failed.message()};
  return out;
}

}  // namespace

Result<Finished> train(const TrainingFile& file, const campaign::Build& build,
                       const CourseOptions& options) {
  Course course(file, build, options);
  if (const auto begun = course.begin(); !begun) return begun.error();
  return course.go();
}

}  // namespace saggar::train
