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
    out.margins[margin.kpi][arm] = {margin.relative ? 0 : margin.worse,
                                    margin.relative ? margin.worse : 0};
  }
  for (const scenario::Funnel& funnel : file.funnels) {
    out.tubes[funnel.series] = {funnel.within_s, funnel.within, 0};
  }
  return out;
}

}  // namespace saggar::evidence
