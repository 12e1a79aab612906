#include "runtime/app/gate_command.hpp"

#include <algorithm>
#include <array>
#include <iostream>

#include "hil/report/json.hpp"
#include "runtime/app/gate_page.hpp"
#include "runtime/app/page_text.hpp"
#include "runtime/config/new_file.hpp"

namespace saggar::app {
namespace {

constexpr int kCannotJudge = 2;

int complain(const domain::Error& error) {
  std::cerr << "saggar: " << error.text() << '\n';
  return kCannotJudge;
}

}  // namespace

int gate(const GateOptions& options, std::ostream& out) {
  const std::array<config::NewFile, 2> files = {
      {{"--html", options.html}, {"--json", options.json}}};
  if (const auto may = config::check_new_files(files, options.force); !may) {
    return complain(may.error());
  }
  const auto earned = read_earned(options.what);
  if (!earned) return complain(earned.error());
  const report::Page page = gate_page(earned.value(), options.korean);
  out << page_text(page);
  for (const auto& [path, content] :
       {std::pair(options.html, report::html(page)),
        std::pair(options.json, report::json(gate_page(earned.value(), false)))}) {
    const auto written = config::write_new_file(path, content);
    if (!written) return complain(written.error());
  }
  const std::vector<EarnedGroup>& groups = earned.value().groups;
  return std::all_of(groups.begin(), groups.end(),
                     [](const EarnedGroup& g) { return g.judgement && g.judgement->open; })
             ? 0
             : 1;
}

}  // namespace saggar::app
