#include "runtime/app/identify_command.hpp"

#include <cstdio>
#include <filesystem>
#include <iostream>
#include <optional>

#include "runtime/app/journal_series.hpp"
#include "runtime/app/model_file.hpp"
#include "runtime/app/test_drive.hpp"
#include "runtime/config/load.hpp"
#include "runtime/config/new_file.hpp"
#include "runtime/record/hash_chain.hpp"

namespace saggar::app {
namespace {

int complain(const domain::Error& error) {
  std::cerr << "saggar: " << error.text() << '\n';
  return 1;
}

/// The signals of the plan in the last run of the journal, before a day is spent on a test.
domain::Status fits(const std::string& journal, const config::IdentificationConfig& plan) {
  const auto opened = record::JournalReader::open(journal);
  if (!opened) return opened.error();
  if (opened.value()->runs().empty()) return domain::Error{journal, "holds no run yet"};
  const record::Layout& layout = opened.value()->runs().back().layout;
  for (const auto* list : {&plan.inputs, &plan.outputs}) {
    for (const config::SignalsConfig& signals : *list) {
      const auto found = signals_of(layout, signals);
      if (!found) return found.error();
    }
  }
  return domain::Done{};
}

/// Runs the test; the options of what to identify then. An exit code if there is nothing to.
std::optional<int> test_first(IdentifyOptions& options, const config::IdentificationConfig& plan,
                              std::ostream& out) {
  const auto fit = fits(options.journal, plan);
  if (!fit) return complain(fit.error());
  const auto drive = drive_test(options.person, options.test, options.journal, out);
  if (!drive) return complain(drive.error());
  options.from_s = drive.value().from_s;
  options.to_s = drive.value().to_s;
  if (!drive.value().cut_short) return std::nullopt;
  char times[80];
  std::snprintf(times, sizeof times, " --from %.0f --to %.0f", options.from_s, options.to_s);
  out << "the test was ended from here, so nothing is identified; of what there is: saggar "
         "identify "
      << options.journal << times << '\n';
  return 2;
}

}  // namespace

int identify_journal(const IdentifyOptions& asked, std::ostream& out) {
  IdentifyOptions options = asked;
  const config::NewFile file{"--out", options.out};
  const auto may = config::check_new_files({&file, 1}, options.force);
  if (!may) return complain(may.error());
  const auto text = config::read_file(options.plan);
  if (!text) return complain(text.error());
  const auto plan = config::load_text<config::IdentificationConfig>(options.plan, text.value());
  if (!plan) return complain(plan.error());
  const identify::Options how = options_of(plan.value());
  const std::string wrong = identify::problem(how);
  if (!wrong.empty()) return complain({options.plan, wrong});
  if (!options.test.empty()) {
    const auto ended = test_first(options, plan.value(), out);
    if (ended) return *ended;
  }
  auto opened = record::JournalReader::open(options.journal);
  if (!opened) return complain(opened.error());
  auto data = read_series(*opened.value(), plan.value(), options.from_s, options.to_s);
  if (!data) return complain(data.error());
  const identify::Identified found = identify::identify(data.value().series, how);
  config::ModelConfig& model = data.value().model;
  model.name = plan.value().name;
  model.description = plan.value().description;
  model.origin.journal = std::filesystem::path(options.journal).filename().string();
  model.origin.plan_sha256 = record::hex(record::sha256(text.value()));
  model.origin.tool = std::string("saggar ") + SAGGAR_VERSION;
  fill_model(found, data.value().series, how, model);
  out << model_table(model);
  for (const identify::Refusal& refusal : found.refusals)
    out << "refused: " << refusal.text() << '\n';
  const bool writes = !model.outputs.empty() && (found.refusals.empty() || options.partial);
  if (writes && !options.out.empty()) {
    const auto written = config::write_new_file(options.out, model_text(model));
    if (!written) return complain(written.error());
    out << config::wrote(options.out, model.outputs.size(), "outputs") << '\n';
  }
  return found.refusals.empty() ? 0 : 2;
}

}  // namespace saggar::app
