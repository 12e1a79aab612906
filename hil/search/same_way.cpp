#include "hil/search/same_way.hpp"

namespace saggar::search {
namespace {

scenario::Scenario without_faults(const scenario::Scenario& story) {
  scenario::Scenario out = story;
  out.events.clear();
  return out;
}

}  // namespace

domain::Result<std::vector<bool>> SameWay::fail(const std::vector<scenario::Scenario>& stories) {
  const auto results = run_(stories);
  if (!results) return results.error();
  std::vector<bool> out;
  for (const suite::CaseResult& result : results.value()) {
    out.push_back(failure_of(result) == how_);
  }
  return out;
}

domain::Result<std::vector<bool>> SameWay::operator()(
    const std::vector<scenario::Scenario>& stories) {
  if (!asked_) {
    const auto quiet = fail({without_faults(failing_)});
    if (!quiet) return quiet.error();
    by_its_faults_ = !quiet.value()[0];
    asked_ = true;
  }
  auto out = fail(stories);
  if (!out || !by_its_faults_) return out;
  std::vector<scenario::Scenario> quiet;
  std::vector<std::size_t> of;
  for (std::size_t i = 0; i < stories.size(); ++i) {
    if (!out.value()[i]) continue;
    quiet.push_back(without_faults(stories[i]));
    of.push_back(i);
  }
  if (quiet.empty()) return out;
  const auto still = fail(quiet);
  if (!still) return still.error();
  for (std::size_t i = 0; i < of.size(); ++i) {
    if (still.value()[i]) out.value()[of[i]] = false;
  }
  return out;
}

}  // namespace saggar::search
