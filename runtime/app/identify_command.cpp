#include "runtime/app/identify_command.hpp"

#include <filesystem>
#include <iostream>

#include "runtime/app/journal_series.hpp"
#include "runtime/app/model_file.hpp"
#include "runtime/config/load.hpp"
#include "runtime/config/new_file.hpp"
#include "runtime/record/hash_chain.hpp"

namespace saggar::app {
namespace {

int complain(const domain::Error& error) {
  std::cerr << "saggar: " << error.text() << '\n';
  return 1;
}

}  // namespace

int identify_journal(const IdentifyOptions& options, std::ostream& out) {
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
