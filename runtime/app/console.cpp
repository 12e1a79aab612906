// The commands of people at a running runtime: what they ask for, and what they look at.
#include "runtime/app/console.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "runtime/app/arguments.hpp"
#include "runtime/app/operator_command.hpp"
#include "runtime/app/view.hpp"
#include "runtime/config/load.hpp"
#include "runtime/config/site_config.hpp"

namespace saggar::app {
namespace {

using domain::IntentKind;

/// Endpoints of a site file, for the commands that talk to a running runtime.
std::optional<config::EndpointConfig> endpoints_of(const std::string& site) {
  if (site.empty()) return std::nullopt;
  const auto loaded = config::load<config::SiteConfig>(site);
  if (!loaded) throw std::runtime_error(loaded.error().text());
  return loaded.value().endpoints;
}

CLI::App* add_person(CLI::App& app, const char* name, const char* text, OperatorOptions* who) {
  CLI::App* command = app.add_subcommand(name, text);
  command
      ->add_option_function<std::string>(
          "--site", [who](const std::string& site) { who->endpoint = operators_of(site); },
          "Site file whose operator link to use")
      ->check(a_path("a site file"));
  command->add_option("--endpoint", who->endpoint, "Operator link of the runtime")
      ->check(an_address());
  command->add_option("--timeout", who->timeout_s, "Longest wait for the answer, s")
      ->check(a_number(0.001, 3600, "s"));
  command->add_option("--who", who->who, "Who asks (default: login name)");
  command->add_option("--station", who->station, "From where (default: host name)");
  command->add_option("--reason", who->reason, "Why");
  command->add_flag("--ko", who->korean, "Korean");
  return command;
}

/// One command that sends one intent. `fill` adds the command's own options.
template <class Fill>
void add_intent(CLI::App& app, const char* name, const char* text, IntentKind kind, int& result,
                Fill&& fill) {
  const auto who = std::make_shared<OperatorOptions>();
  const auto intent = std::make_shared<wire::IntentByName>();
  const auto words = std::make_shared<std::vector<std::string>>();
  intent->kind = kind;
  CLI::App* command = add_person(app, name, text, who.get());
  fill(command, intent.get(), words.get());
  command->callback([who, intent, words, &result] { result = ask(*who, *intent); });
}

void duty_option(CLI::App* command, wire::IntentByName* intent) {
  command
      ->add_option_function<std::string>(
          "duty", [intent](const std::string& name) { intent->duty = *domain::parse_duty(name); },
          "heat, atmosphere or transport")
      ->transform(CLI::IsMember({"heat", "atmosphere", "transport"}, CLI::ignore_case))
      ->required();
}

void target_option(CLI::App* command, wire::IntentByName* intent) {
  command
      ->add_option_function<std::string>(
          "target",
          [intent](const std::string& name) {
            if (const auto duty = domain::parse_duty(CLI::detail::to_lower(name))) {
              intent->duty = *duty;
            } else {
              intent->mv = name;
            }
          },
          "The tag of an MV such as zone07.top.setpoint, or a whole duty")
      ->required();
}

void add_people(CLI::App& app, int& result) {
  auto nothing = [](auto*, auto*, auto*) {};
  auto duty = [](auto* command, auto* intent, auto*) { duty_option(command, intent); };
  add_intent(app, "ai-off", "All duties to the lowest automatic rung, now", IntentKind::ai_off,
             result, nothing);
  add_intent(app, "hold", "All duties hold their setpoints, now", IntentKind::hold, result,
             nothing);
  add_intent(app, "release", "All duties to the local recipe, now", IntentKind::release, result,
             nothing);
  add_intent(app, "on", "Switch the application of a duty on", IntentKind::switch_on, result, duty);
  add_intent(app, "off", "Switch the application of a duty off", IntentKind::switch_off, result,
             duty);
  add_intent(
      app, "mode", "Set the mode of an MV or of a duty", IntentKind::set_mode, result,
      [](CLI::App* command, auto* intent, auto*) {
        target_option(command, intent);
        command
            ->add_option_function<std::string>(
                "mode",
                [intent](const std::string& text) { intent->mode = *domain::parse_mode(text); },
                "OOS, MAN, AUTO, CAS, RCAS or ROUT")
            ->transform(CLI::IsMember({"OOS", "IMAN", "LO", "MAN", "AUTO", "CAS", "RCAS", "ROUT"},
                                      CLI::ignore_case))
            ->required();
      });
  add_intent(app, "setpoint", "Set the operator value of an MV in MAN or AUTO",
             IntentKind::set_setpoint, result, [](CLI::App* command, auto* intent, auto*) {
               command->add_option("mv", intent->mv, "The tag of the MV")->required();
               command->add_option("value", intent->value, "In the unit of the tag")->required();
             });
  add_intent(app, "ack", "Acknowledge events and MV faults", IntentKind::acknowledge, result,
             [](CLI::App* command, auto* intent, auto*) {
               command->add_option("mv", intent->mv, "Only this MV");
             });
}

void add_engineers(CLI::App& app, int& result) {
  const auto rung = [](CLI::App* command, wire::IntentByName* intent) {
    duty_option(command, intent);
    return command->add_option("rung", intent->rung_name, "Name or number, as status prints them");
  };
  add_intent(app, "climb", "Allow the ladder of a duty to go up, at most to a rung; default: best",
             IntentKind::climb, result,
             [rung](CLI::App* command, auto* intent, auto*) { rung(command, intent); });
  add_intent(app, "step-down", "Take the ladder of a duty down to a rung", IntentKind::step_down,
             result,
             [rung](CLI::App* command, auto* intent, auto*) { rung(command, intent)->required(); });
  const auto duty = [](CLI::App* command, auto* intent, auto*) { duty_option(command, intent); };
  add_intent(app, "freeze-bias", "Keep the bias of take-overs of a duty as it is",
             IntentKind::freeze_bias, result, duty);
  add_intent(app, "unfreeze-bias", "Bleed the bias of a duty off again", IntentKind::unfreeze_bias,
             result, duty);
  const auto controller = [](CLI::App* command, auto* intent, auto*) {
    command->add_option("controller", intent->controller, "Name of the instance")->required();
  };
  add_intent(app, "restart", "Let a controller in fault start again",
             IntentKind::restart_controller, result, controller);
  add_intent(app, "tune-abort", "End a tuning run", IntentKind::tune_abort, result, controller);
  add_intent(app, "tune", "Tune one loop; its MV must be in MAN or AUTO", IntentKind::tune_start,
             result, [](CLI::App* command, auto* intent, auto*) {
               command->add_option("controller", intent->controller, "Name")->required();
               command->add_option("mv", intent->mv, "The tag of the MV")->required();
               command->add_option("method", intent->key, "relay or step")
                   ->check(CLI::IsMember({"relay", "step"}))
                   ->required();
               command->add_option("amplitude", intent->value, "In the unit of the MV")->required();
             });
  add_intent(app, "set", "Change a tunable parameter of a controller", IntentKind::set_parameter,
             result, [](CLI::App* command, auto* intent, auto*) {
               command->add_option("controller", intent->controller, "Name")->required();
               command->add_option("key", intent->key, "Parameter")->required();
               command->add_option("value", intent->value, "Value")->required();
               command->add_option("--mv", intent->mv, "Only for this output");
             });
}

/// How far a controller is trusted, and answers to its moves (SC-80..86).
void add_trust(CLI::App& app, int& result) {
  const auto group = [](CLI::App* command, wire::IntentByName* intent) {
    command->add_option("controller", intent->controller, "Name of the controller")->required();
    command->add_option("--group", intent->key,
                        "Only this group of MVs; default: all, or the "
                        "group whose move waits");
  };
  add_intent(app, "trust", "Trust a controller with more or less; more takes two people",
             IntentKind::set_level, result, [group](CLI::App* command, auto* intent, auto*) {
               group(command, intent);
               command
                   ->add_option_function<std::string>(
                       "level",
                       [intent](const std::string& name) {
                         intent->value = static_cast<double>(*domain::parse_level(name));
                       },
                       "shadow, advise, confirm, narrow or full")
                   ->transform(CLI::IsMember({"shadow", "advise", "confirm", "narrow", "full"},
                                             CLI::ignore_case))
                   ->required();
             });
  add_intent(app, "accept", "Accept the move that waits", IntentKind::accept_move, result,
             [group](CLI::App* command, auto* intent, auto*) { group(command, intent); });
  add_intent(app, "reject", "Reject the move that waits; --reason says why",
             IntentKind::reject_move, result,
             [group](CLI::App* command, auto* intent, auto*) { group(command, intent); });
  add_intent(app, "modify", "Change one value of the move that waits, before it is accepted",
             IntentKind::modify_move, result, [group](CLI::App* command, auto* intent, auto*) {
               group(command, intent);
               command->add_option("mv", intent->mv, "The tag of the MV")->required();
               command->add_option("value", intent->value, "In the unit of the tag")->required();
             });
}

void add_views(CLI::App& app, int& result) {
  const auto who = std::make_shared<OperatorOptions>();
  add_person(app, "status", "Print the state of the runtime", who.get())->callback([who, &result] {
    result = status(*who);
  });
  const auto watching = std::make_shared<WatchOptions>();
  const auto site = std::make_shared<std::string>();
  CLI::App* watch = app.add_subcommand("watch", "Live view of a running kiln");
  watch->add_option("--site", *site, "Site file whose endpoints to use")
      ->check(a_path("a site file"));
  watch->add_option("--records", watching->records, "Record stream of the runtime")
      ->check(an_address());
  watch->add_option("--truth", watching->truth, "Truth stream of a simulator; empty = none");
  watch->add_option("--for", watching->for_s, "End after this long, s")->check(seconds());
  watch->add_flag("--ko", watching->korean, "Korean");
  watch->callback([watching, site, &result] {
    if (const auto endpoints = endpoints_of(*site)) {
      watching->records = endpoints->records;
      watching->truth = endpoints->truth;
    }
    result = app::watch(*watching);
  });
}

}  // namespace

std::string operators_of(const std::string& site) { return endpoints_of(site)->operators; }

void add_console(CLI::App& app, int& result) {
  add_people(app, result);
  add_engineers(app, result);
  add_trust(app, result);
  add_views(app, result);
}

}  // namespace saggar::app
