#include "hil/evidence/question.hpp"

namespace saggar::evidence {
Question question_of(const scenario::SuiteFile& file) {
  Question out;
  out.campaign = file.name;
  out.exact = file.exact;
  for (const scenario::Arm& arm : file.arms) out.arms.push_back(arm.name);
  for (const scenario::Margin& margin : file.margins) {
    const bool released = margin.against == "baseline";
    const std::string arm = released ? std::string(kPreviousRelease) : margin.against;
    out.margins.push_back(
        {margin.kpi,
         margin.of,
         arm,
         {margin.relative ? 0 : margin.worse, margin.relative ? margin.worse : 0}});
  }
  for (const scenario::Funnel& funnel : file.funnels) {
    out.tubes[funnel.series] = {funnel.within_s, funnel.within, 0};
  }
  return out;
}

const verdict::Tube& tube_of(const Question& question, const std::string& series) {
  const auto own = question.tubes.find(series);
  if (own != question.tubes.end()) return own->second;
  const verdict::Tube* found = &question.tube;
  std::size_t longest = 0;
  for (const auto& [name, tube] : question.tubes) {
    const bool fits = !name.empty() && name.back() == '*' &&
                      series.compare(0, name.size() - 1, name, 0, name.size() - 1) == 0;
    if (!fits || name.size() <= longest) continue;
    longest = name.size();
    found = &tube;
  }
  return *found;
}

}  // namespace saggar::evidence
