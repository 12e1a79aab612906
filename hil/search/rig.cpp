#include "hil/search/rig.hpp"

#include <map>

#include "runtime/config/load.hpp"
#include "runtime/record/hash_chain.hpp"

namespace saggar::search {

std::string story_id(const scenario::Scenario& story) {
  return story.name + "/" + record::hex(record::sha256(config::save_text(story))).substr(0, 16);
}

domain::Result<std::vector<suite::CaseResult>> Rig::run(
    const std::vector<scenario::Scenario>& stories) {
  std::map<std::string, std::size_t> at;  // index of each id among the cases
  std::vector<std::size_t> of_story;
  std::vector<scenario::Case> cases;
  for (const scenario::Scenario& story : stories) {
    const std::string id = story_id(story);
    const auto [known, is_new] = at.try_emplace(id, cases.size());
    of_story.push_back(known->second);
    if (!is_new) continue;
    auto files = scenario::find_files(place_, story.bench);
    if (!files) return domain::Error{story.name, files.error().text()};
    scenario::Case one;
    one.id = id;
    one.scenario = one.group = story.name;
    one.arm = story.bench.control;
    one.seed = story.bench.seed;
    one.story = story;
    one.files = std::move(files).value();
    one.compared = true;  // its figures and checks are wanted, not its trace
    cases.push_back(std::move(one));
  }
  scenario::SuiteFile judged_by;
  judged_by.case_limit_s = limit_s;
  const auto plan = campaign::make_plan("search", judged_by, std::move(cases), build_);
  if (!plan) return plan.error();
  campaign::Outcome outcome = campaign::run(plan.value(), store_, options_);
  made_ += outcome.results.size() - outcome.reused;
  if (!outcome.complete) return domain::Error{"", "stopped"};
  std::vector<suite::CaseResult> results;
  for (const std::size_t i : of_story) results.push_back(outcome.results[i]);
  return results;
}

}  // namespace saggar::search
