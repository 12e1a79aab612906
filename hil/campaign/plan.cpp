#include "hil/campaign/plan.hpp"

#include <algorithm>
#include <set>
#include <string_view>

#include "hil/campaign/inputs.hpp"
#include "hil/suite/kpi.hpp"
#include "runtime/assembly/assembly.hpp"
#include "runtime/config/suggest.hpp"
#include "runtime/record/hash_chain.hpp"

namespace saggar::campaign {
namespace fs = std::filesystem;
namespace {

/// Nothing is asked of the campaign but that its cases pass.
void let_cases_decide(Plan& plan) {
  const double limit_s = plan.judged_by.case_limit_s;
  plan.whole = false;
  plan.judged_by = {};
  plan.judged_by.case_limit_s = limit_s;
}

/// Before anything runs for hours: a margin is of a figure that there is. Shares of rungs have the
/// names of rungs, which the cases bring.
domain::Status margins_known(const scenario::SuiteFile& file) {
  std::vector<std::string> names;
  for (const suite::Figure& figure : suite::figures(suite::Kpi())) names.push_back(figure.name);
  for (std::size_t i = 0; i < file.margins.size(); ++i) {
    const std::string& kpi = file.margins[i].kpi;
    const bool of_rung = kpi.find("_on_") != kpi.npos;
    if (of_rung || std::find(names.begin(), names.end(), kpi) != names.end()) continue;
    return domain::Error{"suite " + file.name, "margin[" + std::to_string(i) +
                                                   "].kpi: there is no key figure \"" + kpi + "\"" +
                                                   config::did_you_mean(kpi, names)};
  }
  return domain::Done{};
}

}  // namespace

domain::Result<Build> Build::of_this_program() {
  Build build;
  build.plugin_dirs = {assembly::program_root() / "plugins"};
  std::vector<fs::path> files = {"/proc/self/exe"};
  std::error_code problem;
  for (const auto& entry : fs::directory_iterator(build.plugin_dirs[0], problem)) {
    if (entry.path().extension() == ".so") files.push_back(entry.path());
  }
  std::sort(files.begin() + 1, files.end());
  std::string text;
  for (const fs::path& file : files) {
    const auto digest = digest_of_file(file);
    if (!digest) return digest.error();
    build.parts.push_back(
        {&file == files.data() ? "program" : file.filename().string(), digest.value()});
    text += build.parts.back().name + " " + digest.value() + "\n";
  }
  build.digest = record::hex(record::sha256(text));
  return build;
}

std::string Plan::digest() const {
  std::vector<std::string> lines;
  for (const Planned& planned : cases)
    lines.push_back(planned.one.id + " " + planned.inputs + "\n");
  std::sort(lines.begin(), lines.end());
  std::string text = "build " + build + "\n";
  for (const std::string& line : lines) text += line;
  return record::hex(record::sha256(text));
}

domain::Result<Plan> make_plan(std::string suite, scenario::SuiteFile judged_by,
                               std::vector<scenario::Case> cases, const Build& build) {
  if (const auto known = margins_known(judged_by); !known) return known.error();
  Plan plan;
  plan.suite = std::move(suite);
  plan.build = build.digest;
  plan.judged_by = std::move(judged_by);
  Inputs inputs_of;
  for (scenario::Case& one : cases) {
    const auto inputs = inputs_of.of(one);
    if (!inputs) return inputs.error();
    plan.cases.push_back({std::move(one), inputs.value()});
  }
  return plan;
}

void begin_all_at(const suite::BenchState& state, Plan& plan) {
  const std::string digest = record::hex(record::sha256(suite::encode_bench_state(state)));
  for (Planned& planned : plan.cases) {
    planned.inputs = record::hex(record::sha256(planned.inputs + " from " + digest));
  }
  let_cases_decide(plan);
}

void run_by_the_clock(Plan& plan) {
  double longest_s = 0;
  for (Planned& planned : plan.cases) {
    planned.inputs = record::hex(record::sha256(planned.inputs + " by the wall clock"));
    longest_s = std::max(longest_s, planned.one.story.bench.duration_s);
  }
  let_cases_decide(plan);
  plan.judged_by.case_limit_s += longest_s;
}

Plan only(const Plan& plan, const std::vector<std::string>& words) {
  std::set<std::string_view> ids, whole;
  for (const Planned& planned : plan.cases) ids.insert(planned.one.id);
  for (const std::string& word : words) {
    if (ids.contains(word)) whole.insert(word);
  }
  Plan out = plan;
  std::erase_if(out.cases, [&](const Planned& planned) {
    const std::string& id = planned.one.id;
    return !words.empty() && std::none_of(words.begin(), words.end(), [&](const std::string& word) {
      return whole.contains(word) ? id == word : id.find(word) != std::string::npos;
    });
  });
  if (out.cases.size() == plan.cases.size()) return out;
  let_cases_decide(out);
  return out;
}

}  // namespace saggar::campaign
