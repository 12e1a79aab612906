// `saggar-hil compare`, `baseline` and `coverage`: what results say beside others.
// configs/suites/README.md.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>
#include <map>
#include <memory>

#include "hil/app/commands.hpp"
#include "hil/app/decision_text.hpp"
#include "hil/app/named.hpp"
#include "hil/app/output.hpp"
#include "hil/evidence/accept.hpp"
#include "runtime/app/arguments.hpp"
#include "runtime/config/load.hpp"
#include "runtime/config/new_file.hpp"

namespace saggar::app {
namespace {

namespace fs = std::filesystem;
using Results = std::vector<suite::CaseResult>;

struct Options {
  std::string a, b, suite, author, reason, configs = "configs", out = "var/hil",
                                           coverage = "release";
  std::vector<std::string> suites;
};

int fail(const domain::Error& error) {
  std::cerr << error.text() << "\n";
  return 2;
}

domain::Result<verdict::Baseline> as_baseline(const std::string& name, const Results& results) {
  evidence::Acceptance acceptance;
  acceptance.suite = name;
  acceptance.author = "nobody";
  acceptance.reason = "only to compare with";
  acceptance.failed_too = true;
  acceptance.date = today();
  return evidence::accept(acceptance, results);
}

/// How many of these cases are in neither form among `theirs`.
std::size_t absent(const std::vector<std::string>& ids, const Results& theirs) {
  return static_cast<std::size_t>(std::count_if(ids.begin(), ids.end(), [&](const auto& id) {
    return std::none_of(theirs.begin(), theirs.end(), [&](const auto& r) { return r.id == id; });
  }));
}

/// Whether there is anything of which a difference could be shown.
bool any_shown(const evidence::Answer& answer) {
  for (const verdict::ScoreCard& card : answer.cards) {
    for (const verdict::ScoreRow& row : card.rows) {
      for (const verdict::ScoreCell& cell : row.cells) {
        if (cell.against.finding != verdict::Finding::too_few) return true;
      }
    }
  }
  return false;
}

/// Says the verdict. 0: A is shown to be no worse; 1: it is worse, or nothing is shown; 2: there is
/// nothing to compare.
int verdict_of(const evidence::Answer& answer, const Results& ours, const Results& theirs) {
  std::map<std::string, std::string> before;
  for (const suite::CaseResult& one : theirs) before[one.id] = one.outcome;
  std::size_t in_both = 0, failed = 0;
  for (const suite::CaseResult& one : ours) {
    const auto other = before.find(one.id);
    if (one.compared || other == before.end()) continue;
    ++in_both;
    failed += one.outcome != "passed" && other->second == "passed" ? 1 : 0;
  }
  for (const evidence::Unmet& unmet : answer.unmet) std::cout << "WORSE: " << unmet.figure << "\n";
  if (failed > 0) std::cout << "WORSE: " << failed << " cases passed in B and not in A\n";
  if (in_both == 0) {
    std::cerr << "A and B have no case in common: nothing is compared\n";
    return 2;
  }
  if (!answer.unmet.empty() || failed > 0) return 1;
  if (answer.exact.same.size() == in_both || any_shown(answer)) return 0;
  std::cout << "too few pairs, and other records: that A is no worse is not shown\n";
  return 1;
}

int compare(const Options& options) {
  auto ours = campaign::read_results(options.a);
  if (!ours) return fail(ours.error());
  auto theirs = campaign::read_results(options.b);
  if (!theirs) return fail(theirs.error());
  auto before = as_baseline(options.b, theirs.value());
  if (!before) return fail(before.error());
  evidence::Question question;
  question.campaign = options.a + " against " + options.b;
  question.date = today();
  question.previous = std::move(before).value();
  const evidence::Answer answer = evidence::judge(question, ours.value());
  print_cards(answer, std::cout);
  const std::size_t only_ours = absent(answer.exact.only_ours, theirs.value());
  std::cout << "\nrecords: " << answer.exact.same.size() << " cases the same to the bit, "
            << answer.exact.other_records.size() << " with other records, "
            << answer.exact.other_inputs.size() << " of other inputs, "
            << answer.exact.only_ours.size() - only_ours << " that came to nothing in " << options.b
            << ", " << only_ours << " only in " << options.a << ", "
            << answer.exact.only_theirs.size() << " only in " << options.b << "\n";
  print_not_passed(ours.value(), options.a, std::cout);
  print_not_passed(theirs.value(), options.b, std::cout);
  return verdict_of(answer, ours.value(), theirs.value());
}

/// The plan of a suite with its results, all of them there.
struct Whole {
  campaign::Plan plan;
  campaign::Outcome outcome;
  fs::path folder;
};

domain::Result<Whole> whole(const Options& options, const std::string& name) {
  const auto build = campaign::Build::of_this_program();
  if (!build) return build.error();
  auto plan = plan_of(options.configs, name, build.value());
  if (!plan) return plan.error();
  Whole out{std::move(plan).value(), {}, fs::path(options.out)};
  out.folder /= out.plan.suite;
  const campaign::Store store(out.folder);
  const auto opened = store.open(false, build.value().digest);
  if (!opened) return opened.error();
  out.outcome = campaign::gather(out.plan, store);
  if (out.outcome.complete) return out;
  return domain::Error{out.folder.string(),
                       "has " + std::to_string(out.outcome.results.size()) + " of " +
                           std::to_string(out.plan.cases.size()) +
                           " results of this build and these files: run it first"};
}

int accept(const Options& options) {
  auto done = whole(options, options.suite);
  if (!done) return fail(done.error());
  const Whole& all = done.value();
  for (const suite::CaseResult& result : all.outcome.results) {
    if (result.outcome == "passed") continue;
    print_failures({result}, std::cerr);
    return fail({all.plan.suite, "what did not pass cannot be accepted"});
  }
  const auto text = campaign::baseline_text(all.plan, all.outcome.results, options.author,
                                            options.reason, today());
  if (!text) return fail(text.error());
  const fs::path path = campaign::baseline_file(options.configs, all.plan.suite);
  auto after = verdict::read_baseline(path.string(), text.value());
  if (!after) return fail(after.error());
  if (fs::exists(path)) {
    const auto before = verdict::load_baseline(path);
    if (!before) return fail(before.error());
    const verdict::Difference change = verdict::difference(before.value(), after.value());
    std::cout << change.figures.size() << " figures change, " << change.cases.other_records.size()
              << " cases have other records\n";
    const fs::path page = all.folder / "baseline-change.html";
    const auto written = config::write_new_file(
        page.string(),
        report::html(evidence::change_page(before.value(), after.value(), evidence::Language::en)));
    if (!written) return fail(written.error());
    std::cout << "for whoever reviews it: " << page.string() << "\n";
  }
  const auto written = config::write_new_file(path.string(), text.value());
  if (!written) return fail(written.error());
  std::cout << "accepted: " << path.string() << "; it counts once it is reviewed and committed\n";
  return 0;
}

int coverage(const Options& options) {
  const scenario::Place place{options.configs, fs::current_path()};
  const auto file =
      config::load<campaign::Coverage>(scenario::find_file(place, "coverage", options.coverage));
  if (!file) return fail(file.error());
  Results results;
  for (const std::string& name : options.suites) {
    auto done = whole(options, name);
    if (!done) return fail(done.error());
    for (suite::CaseResult& result : done.value().outcome.results) {
      results.push_back(std::move(result));
    }
  }
  evidence::Question question;
  question.campaign = "coverage of " + file.value().name;
  question.wanted = campaign::wanted(file.value());
  const evidence::Answer answer = evidence::judge(question, results);
  std::size_t reached = 0;
  for (const evidence::Covered& covered : answer.coverage) {
    reached += covered.times > 0 ? 1 : 0;
    if (covered.times == 0) std::cout << "gap: " << covered.kind << " " << covered.name << "\n";
  }
  const auto stale = campaign::stale(file.value(), results);
  for (const std::string& name : stale) std::cout << "reached, though excepted: " << name << "\n";
  std::cout << reached << " of " << answer.coverage.size() << " reached, " << answer.gaps()
            << " gaps, " << file.value().unreached.size() << " excepted\n";
  return answer.gaps() == 0 && stale.empty() ? 0 : 1;
}

void add_places(CLI::App& command, Options& options) {
  command.add_option("--configs", options.configs, "Folder of the configurations")
      ->check(a_path("a folder"))
      ->capture_default_str();
  command.add_option("--out", options.out, "Folder of the results")
      ->check(a_path("a folder"))
      ->capture_default_str();
}

}  // namespace

void add_compare(CLI::App& app, int& result) {
  const auto options = std::make_shared<Options>();
  CLI::App* compare_command = app.add_subcommand(
      "compare", "A held against B, plant by plant; 0 = A is shown to be no worse");
  compare_command
      ->add_option("a", options->a, "Folder with the results under test, such as the new ones")
      ->required();
  compare_command
      ->add_option("b", options->b,
                   "What they are held against: the same suite of before, or of another build")
      ->required();
  compare_command->callback([options, &result] { result = compare(*options); });

  const auto accepted = std::make_shared<Options>();
  CLI::App* baseline =
      app.add_subcommand("baseline", "What later runs of a suite are held against");
  baseline->require_subcommand(1);
  CLI::App* accept_command =
      baseline->add_subcommand("accept", "Make the results of a suite its baseline");
  accept_command->add_option("suite", accepted->suite, "Suite, by name or file")->required();
  accept_command->add_option("--author", accepted->author, "Who accepts it")->required();
  accept_command->add_option("--reason", accepted->reason, "Why it is as it is now")->required();
  add_places(*accept_command, *accepted);
  accept_command->callback([accepted, &result] { result = accept(*accepted); });

  const auto covered = std::make_shared<Options>();
  CLI::App* coverage_command = app.add_subcommand(
      "coverage", "What the results of these suites reach between them; 0 = no gap (HI-29)");
  coverage_command->add_option("suites", covered->suites, "Suites that have been run")->required();
  coverage_command->add_option("--coverage", covered->coverage, "Name or path of a coverage file")
      ->capture_default_str();
  add_places(*coverage_command, *covered);
  coverage_command->callback([covered, &result] { result = coverage(*covered); });
}

}  // namespace saggar::app
