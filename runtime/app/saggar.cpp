// saggar: the one program of the runtime. Reads its arguments and calls one command.
#include <CLI/CLI.hpp>
#include <array>
#include <iostream>
#include <memory>

#include "hil/bridge/serve.hpp"
#include "hil/campaign/coverage.hpp"
#include "hil/kiln/parameters.hpp"
#include "hil/kiln/recipe_powder.hpp"
#include "hil/scenario/falsify_file.hpp"
#include "hil/scenario/mapping.hpp"
#include "hil/scenario/suite_file.hpp"
#include "hil/verdict/baseline.hpp"
#include "runtime/app/allocation_watch.hpp"
#include "runtime/app/arguments.hpp"
#include "runtime/app/budget_command.hpp"
#include "runtime/app/check_command.hpp"
#include "runtime/app/command_line.hpp"
#include "runtime/app/console.hpp"
#include "runtime/app/gate_command.hpp"
#include "runtime/app/identify_command.hpp"
#include "runtime/app/plugins_command.hpp"
#include "runtime/app/recover_command.hpp"
#include "runtime/app/replay_command.hpp"
#include "runtime/app/run_command.hpp"
#include "runtime/app/trace_command.hpp"
#include "runtime/app/why_command.hpp"
#include "runtime/config/kinds.hpp"

namespace {

using saggar::app::a_number;
using saggar::app::a_path;
using saggar::app::seconds;

constexpr const char* kKiln = "configs/kiln/p2.toml";
constexpr const char* kRecipe = "configs/recipes/ncm811-p2.toml";
constexpr const char* kControl = "configs/control/pid.toml";
constexpr const char* kSite = "configs/site/simulated.toml";

void add_files(CLI::App* command, saggar::app::ConfigFiles& files) {
  command->add_option("--site", files.site, "Site file")
      ->check(a_path("a site file"))
      ->default_val(kSite);
  command->add_option("--kiln", files.kiln, "Kiln file")
      ->check(a_path("a kiln file"))
      ->default_val(kKiln);
  command->add_option("--recipe", files.recipe, "Recipe file")
      ->check(a_path("a recipe file"))
      ->default_val(kRecipe);
  command->add_option("--control", files.control, "Control file")
      ->check(a_path("a control file"))
      ->default_val(kControl);
}

/// One folder per option, so that the files of `check` may follow it.
void add_plugin_folders(CLI::App* command, std::vector<std::filesystem::path>& folders) {
  command->add_option("--plugins", folders, "Folder to look for plugins in first; may be repeated")
      ->check(a_path("a folder of plugins"))
      ->allow_extra_args(false);
}

void add_run(CLI::App& app, int& result) {
  const auto options = std::make_shared<saggar::app::RunOptions>();  // lives as long as its command
  options->allocations = saggar::app::allocation_counter();
  CLI::App* run = app.add_subcommand("run", "Run the control loop; comes up not driving");
  add_files(run, options->files);
  run->add_option("--switch-on", options->switch_on, "Switch on these duties with the first cycle")
      ->check(CLI::IsMember({"heat", "atmosphere", "transport"}));
  add_plugin_folders(run, options->plugin_dirs);
  run->add_option("--journal", options->journal, "Journal file; 'none' keeps only the hash")
      ->check(a_path("a journal"));
  run->add_option("--summary", options->summary, "Write the figures of the run as JSON")
      ->check(a_path("a file"));
  run->add_flag("--force", options->force, "Replace a summary that is there");
  run->add_option("--for", options->for_s, "End after this much field time, s")->check(seconds());
  run->add_option("--settle", options->settle_s, "Field time that statistics leave out, s")
      ->check(seconds());
  run->add_flag("--quiet", options->quiet, "No log on standard error");
  run->callback([options, &result] { result = saggar::app::run(*options); });
}

void add_journals(CLI::App& app, int& result) {
  const auto replaying = std::make_shared<saggar::app::ReplayOptions>();
  replaying->allocations = saggar::app::allocation_counter();
  CLI::App* replay = app.add_subcommand("replay", "Run a journal again and compare every command");
  replay->add_option("journal", replaying->journal, "Journal file")
      ->check(a_path("a journal"))
      ->required();
  replay->add_option("--site", replaying->site, "Another site file than the recorded one")
      ->check(a_path("a site file"));
  replay->add_option("--kiln", replaying->kiln, "Another kiln file")->check(a_path("a kiln file"));
  replay->add_option("--recipe", replaying->recipe, "Another recipe file")
      ->check(a_path("a recipe file"));
  replay->add_option("--control", replaying->control, "Another control file")
      ->check(a_path("a control file"));
  add_plugin_folders(replay, replaying->plugin_dirs);
  replay->add_flag("--everything", replaying->everything, "Compare every part of every record");
  replay->callback([replaying, &result] { result = saggar::app::replay(*replaying); });

  const auto tracing = std::make_shared<saggar::app::TraceOptions>();
  CLI::App* trace = app.add_subcommand("trace", "Export tags of a journal as CSV");
  trace->add_option("journal", tracing->journal, "Journal file")
      ->check(a_path("a journal"))
      ->required();
  trace->add_option("tags", tracing->patterns, "Tag patterns, such as zone*.top.temperature");
  trace->add_option("--from", tracing->from_s, "First field time, s")->check(seconds());
  trace->add_option("--to", tracing->to_s, "Last field time, s")->check(seconds());
  trace->add_option("--every", tracing->every, "Only every so many records")
      ->check(a_number(1, 1e9, "records"));
  trace->add_option("--proposals", tracing->proposals,
                    "What this controller proposes, driving or in shadow, beside what is in force");
  trace->add_flag("--quality", tracing->quality, "Add a column of quality per tag");
  trace->callback([tracing, &result] { result = saggar::app::trace(*tracing); });
}

void add_why(CLI::App& app, int& result) {
  const auto asked = std::make_shared<saggar::app::WhyOptions>();
  CLI::App* why = app.add_subcommand("why", "Say in a sentence why a setpoint is where it is");
  why->add_option("journal", asked->journal, "Journal file")
      ->check(a_path("a journal"))
      ->required();
  why->add_option("tag", asked->tag, "Written tag, such as zone13.top.setpoint")->required();
  why->add_option("--cycle", asked->cycle, "Which cycle; without it the last");
  why->add_flag("--ko", asked->korean, "Korean");
  add_plugin_folders(why, asked->plugin_dirs);
  why->callback([asked, &result] { result = saggar::app::why(*asked); });
}

void add_gate(CLI::App& app, int& result) {
  const auto options = std::make_shared<saggar::app::GateOptions>();
  CLI::App* gate = app.add_subcommand(
      "gate", "Say whether a controller has earned the next level of trust: what two people read");
  gate->add_option("journals", options->what.journals, "Journal files, in order of time")
      ->check(a_path("a journal"))
      ->required();
  gate->add_option("--control", options->what.control,
                   "Control file with the gates; without it those that the journal recorded last")
      ->check(a_path("a control file"));
  gate->add_option("--controller", options->what.controller, "Only this controller");
  gate->add_option("--group", options->what.group, "Only this group of MVs");
  gate->add_option("--against", options->what.against,
                   "Compare with this controller: on the same frames, and as the one before it");
  gate->add_option("--block", options->what.block_s,
                   "With --against: pieces of time that are compared, s")
      ->check(seconds(60));
  gate->add_option("--last-days", options->what.last_days,
                   "List moves that were refused, and levels that were lost, of these days only")
      ->check(a_number(0.001, 1e6, "days"));
  gate->add_option("--html", options->html, "Write the report as a page")->check(a_path("a page"));
  gate->add_option("--json", options->json, "Write the report for machines")
      ->check(a_path("a file"));
  gate->add_flag("--force", options->force, "Replace files that are there");
  gate->add_flag("--ko", options->korean, "Korean");
  gate->callback([options, &result] { result = saggar::app::gate(*options, std::cout); });
}

void add_identify(CLI::App& app, int& result) {
  const auto options = std::make_shared<saggar::app::IdentifyOptions>();
  CLI::App* command = app.add_subcommand(
      "identify", "Make a linear model of a journal in which inputs were moved by a test");
  command->add_option("journal", options->journal, "Journal file")
      ->check(a_path("a journal"))
      ->required();
  command->add_option("--plan", options->plan, "Which tags, and how good the model must be")
      ->check(a_path("an identification file"))
      ->default_val("configs/identification/zones.toml");
  command->add_option("-o,--out", options->out, "Model file to write; without it only the table")
      ->check(a_path("a new model file"));
  CLI::Option* from =
      command->add_option("--from", options->from_s, "First field time, s")->check(seconds());
  CLI::Option* to =
      command->add_option("--to", options->to_s, "Last field time, s")->check(seconds());
  CLI::Option* test = command->add_option(
      "--test", options->test,
      "First run the planned test of this name at the runtime that writes the journal");
  command
      ->add_option_function<std::string>(
          "--site",
          [options](const std::string& site) {
            options->person.endpoint = saggar::app::operators_of(site);
          },
          "With --test: site file whose operator link to use")
      ->check(a_path("a site file"))
      ->needs(test);
  command->add_option("--who", options->person.who, "With --test: who asks (default: login name)")
      ->needs(test);
  test->excludes(from)->excludes(to);
  command->add_flag("--partial", options->partial,
                    "Write the outputs that the data carry although others are refused");
  command->add_flag("--force", options->force, "Replace a model that is there");
  command->callback(
      [options, &result] { result = saggar::app::identify_journal(*options, std::cout); });
}

/// Every kind of configuration file there is, those of the simulated kiln included.
saggar::config::Kinds all_kinds() {
  saggar::config::Kinds kinds = saggar::config::Kinds::builtin();
  kinds.add<saggar::kiln::PlantParams>("Physics of a simulated kiln");
  kinds.add<saggar::kiln::MaterialFigures>("What is known of one cathode material");
  kinds.add<saggar::scenario::Scenario>("What a kiln and its runtime are put through");
  kinds.add<saggar::scenario::SuiteFile>("Scenarios that are run and judged together");
  kinds.add<saggar::scenario::Mapping>("What the abstract names of scenarios are on one bench");
  kinds.add<saggar::scenario::FalsifyFile>("What the falsifier may choose, and what is bad");
  kinds.add<saggar::campaign::Coverage>("What the cases of a release must reach between them");
  kinds.add<saggar::verdict::Baseline>("What a suite came to when it was last accepted");
  return kinds;
}

void add_recover(CLI::App& app, int& result) {
  const auto files = std::make_shared<std::array<std::string, 2>>();
  CLI::App* recover = app.add_subcommand(
      "recover", "Copy what can be read of a cut or damaged journal into a new one");
  recover->add_option("old", (*files)[0], "Journal that was cut")
      ->check(a_path("a journal"))
      ->required();
  recover->add_option("new", (*files)[1], "Journal to write; must not exist")
      ->check(a_path("a new journal"))
      ->required();
  recover->callback([files, &result] { result = saggar::app::recover((*files)[0], (*files)[1]); });
}

void add_files_commands(CLI::App& app, int& result) {
  const auto checking = std::make_shared<saggar::app::CheckOptions>();
  CLI::App* check = app.add_subcommand(
      "check",
      "Check configuration files without starting; a site, kiln, recipe and control file "
      "together: all that `run` would refuse");
  check->add_option("files", checking->files, "TOML files")
      ->check(a_path("a TOML file"))
      ->required();
  add_plugin_folders(check, checking->plugin_dirs);
  checking->between = saggar::kiln::check_recipe_powder;
  check->callback(
      [checking, &result] { result = saggar::app::check(*checking, all_kinds(), std::cout); });

  const auto budgeting = std::make_shared<saggar::app::BudgetOptions>();
  CLI::App* budget = app.add_subcommand("budget", "Print the timing budget of a configuration");
  add_files(budget, budgeting->files);
  budget->add_option("--journal", budgeting->journal, "Adds the cycle times measured in it")
      ->check(a_path("a journal"));
  budget->callback([budgeting, &result] { result = saggar::app::budget(*budgeting); });

  const auto listing = std::make_shared<saggar::app::PluginsOptions>();
  CLI::App* plugins = app.add_subcommand(
      "plugins", "List what a folder holds and what was refused; a file in full");
  plugins->add_option("path", listing->path, "Folder, or one library: its ports and parameters")
      ->check(a_path("a folder or a library"))
      ->required();
  plugins->add_option("--kiln", listing->kiln, "Say also whether the ports bind to this kiln file")
      ->check(a_path("a kiln file"));
  plugins->callback([listing, &result] { result = saggar::app::plugins(*listing, std::cout); });

  const auto out = std::make_shared<std::string>();
  CLI::App* schema = app.add_subcommand("schema", "Write the JSON schema of every kind of file");
  schema->add_option("dir", *out, "Folder for the schemas")->check(a_path("a folder"))->required();
  schema->callback([out, &result] { result = saggar::app::write_schema(*out, all_kinds()); });
}

void add_kiln(CLI::App& app, int& result) {
  const auto serve = std::make_shared<saggar::bridge::ServeOptions>();
  const auto lockstep = std::make_shared<bool>(false);
  CLI::App* kiln = app.add_subcommand("kiln", "Put a simulated kiln on the wire");
  kiln->add_option("file", serve->kiln, "Kiln file")
      ->check(a_path("a kiln file"))
      ->default_val(kKiln);
  kiln->add_option("--plant", serve->plant, "Physics; default: <kiln>.plant.toml beside the file");
  kiln->add_option("--recipe", serve->recipe, "Local recipe of its controllers")
      ->check(a_path("a recipe file"))
      ->default_val(kRecipe);
  kiln->add_option("--site", serve->site, "Site file: endpoints and cycle")
      ->check(a_path("a site file"))
      ->default_val(kSite);
  kiln->add_option("--scenario", serve->scenario, "Faults to happen, from the start of this run");
  kiln->add_option(
      "--seed", serve->seed,
      "Draws a plant within the uncertainties of its files, its lots, noise and sensor "
      "errors; default: the nominal plant with the lots and noise of seed 1");
  kiln->add_flag("--nominal", serve->nominal,
                 "With --seed: lots, noise and sensor errors only, the plant as in its files");
  auto* locked = kiln->add_flag("--lockstep", *lockstep, "Wait for the command to each frame");
  auto* speed = kiln->add_option("--speed", serve->speed, "Lockstep at so many times real time")
                    ->check(a_number(0.001, 1e6, "times"))
                    ->excludes(locked);
  kiln->add_option("--restore", serve->restore, "Begin with this snapshot");
  kiln->add_option("--save", serve->save, "Write a snapshot at the end")
      ->check(a_path("a snapshot"));
  kiln->add_option("--account", serve->account,
                   "Write energy and gas by hour, shift and lot at the end")
      ->check(a_path("a table"));
  kiln->add_flag("--force", serve->force, "Replace files that are there");
  kiln->add_option("--for", serve->for_s, "End after this much simulated time, s")
      ->check(seconds());
  kiln->callback([serve, lockstep, speed, &result] {
    serve->clock = *lockstep            ? saggar::bridge::Clock::lockstep
                   : speed->count() > 0 ? saggar::bridge::Clock::throttled
                                        : saggar::bridge::Clock::wall;
    result = saggar::bridge::serve(*serve);
  });
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"Saggar: control runtime for kilns that calcine battery cathode material", "saggar"};
  app.require_subcommand(1);
  app.set_version_flag("--version", std::string("saggar ") + SAGGAR_VERSION);
  int result = 0;
  add_run(app, result);
  saggar::app::add_console(app, result);
  add_journals(app, result);
  add_why(app, result);
  add_gate(app, result);
  add_recover(app, result);
  add_identify(app, result);
  add_files_commands(app, result);
  add_kiln(app, result);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const std::string unknown = saggar::app::unknown_word(app, argc, argv);
    std::cerr << unknown;
    return unknown.empty() && app.exit(error) == 0 ? 0 : saggar::app::kMisuse;
  } catch (const std::exception& error) {
    std::cerr << "saggar: " << error.what() << '\n';
    return 1;
  }
  return result;
}
