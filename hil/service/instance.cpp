#include "hil/service/instance.hpp"

#include <algorithm>
#include <cmath>

#include "hil/kiln/parameters.hpp"
#include "hil/scenario/scenario.hpp"
#include "hil/service/figures_of_truth.hpp"
#include "runtime/config/load.hpp"
#include "runtime/config/plant.hpp"

namespace saggar::service {

using domain::Action;
using domain::Error;
using domain::Result;
using domain::Status;
using wire::ServiceCall;
using wire::ServiceInput;
using wire::ServiceReply;
using wire::ServiceRequest;

namespace {

constexpr const char* kForecastWeather = "weather.outside";
constexpr std::string_view kRecipe = ".recipe";

std::string plain(double x) {
  char text[32];
  std::snprintf(text, sizeof text, "%g", x);
  return text;
}

/// Whole periods of the site between low and high.
Status check_time(const char* field, double value, double low, double high, double period_s) {
  const double periods = value / period_s;
  if (value >= low && value <= high && periods == std::floor(periods)) return domain::Done{};
  return Error{field, "is " + plain(value) + "; right is " + plain(low) + " to " + plain(high) +
                          " s in steps of " + plain(period_s) + " s"};
}

Error unknown(const std::string& field, const std::string& name, const std::string& near) {
  return {field,
          "there is no \"" + name + "\"" +
              (near.empty() ? "; describe lists what there is" : "; did you mean " + near + "?")};
}

}  // namespace

Result<std::unique_ptr<Instance>> Instance::make(const TestCase& test_case,
                                                 const ServiceRequest& request,
                                                 const std::filesystem::path& scenarios,
                                                 const Limits& limits,
                                                 const std::atomic<bool>& stop) {
  auto site = config::load<config::SiteConfig>(test_case.site);
  if (!site) return site.error();
  auto config = config::load<config::KilnConfig>(test_case.kiln);
  if (!config) return config.error();
  auto params = kiln::load_plant(test_case.plant.string());
  if (!params) return params.error();
  auto recipe = config::load<config::RecipeConfig>(test_case.recipe);
  if (!recipe) return recipe.error();
  auto plant = config::make_plant(config.value(), recipe.value());
  if (!plant) return plant.error();
  auto values = config::recipe_values(recipe.value(), plant.value());
  if (!values) return values.error();
  const double period_s = site.value().period_s();
  if (Status s = check_time("warm_up_s", request.warm_up_s, 0, limits.most_warm_up_s, period_s);
      !s.ok()) {
    return s.error();
  }
  if (!request.start.empty() && request.start != "near_operation" && request.start != "cold") {
    return Error{"start", "is \"" + request.start + "\"; right is near_operation or cold"};
  }
  const auto start = request.start == "cold" ? kiln::Start::cold : kiln::Start::near_operation;
  auto made = kiln::Kiln::make(config.value(), params.value(), values.value(), request.seed, start);
  if (!made) return made.error();
  std::unique_ptr<Instance> instance(
      new Instance(std::move(site).value(), std::move(plant).value(), std::move(values).value(),
                   std::move(made).value(), scenarios, limits, stop));
  if (request.step_s != 0) {
    if (Status s = instance->set_step(request.step_s); !s.ok()) return s.error();
  }
  instance->warm_up(request.warm_up_s);
  return instance;
}

Instance::Instance(config::SiteConfig site, domain::Plant plant, std::vector<double> recipe,
                   std::unique_ptr<kiln::Kiln> kiln, std::filesystem::path scenarios,
                   const Limits& limits, const std::atomic<bool>& stop)
    : site_(std::move(site)),
      plant_(std::move(plant)),
      recipe_(std::move(recipe)),
      kiln_(std::move(kiln)),
      scenarios_(std::move(scenarios)),
      limits_(limits),
      stop_(stop),
      record_(plant_, 0, {}),
      ack_(plant_.mvs.size()),
      history_(plant_.tags.size()) {
  record_.recipe = recipe_;
  kiln_->agree_heartbeat(site_.period_s());
}

double Instance::time_s() const noexcept {
  return static_cast<double>(kiln_->time_ns() - start_ns_) / 1e9;
}

void Instance::warm_up(double seconds) {
  for (double done = 0; done < seconds && !stop_.load(); done += site_.period_s()) {
    kiln_->advance(site_.period_s());
  }
  start_ns_ = kiln_->time_ns();
  suite::KpiRules rules;
  rules.warm_up_s = 0;  // it is over
  scorer_ = std::make_unique<suite::Scorer>(
      plant_, *kiln_, std::array<std::vector<std::string>, domain::kDutyCount>{}, rules);
  kiln_->read(record_.frame);
  record_.screened = record_.frame;
  scorer_->add(record_);
  history_.look(0, record_.frame);
}

ServiceReply Instance::answer(const ServiceRequest& request) {
  ServiceReply reply;
  const Status done = dispatch(request, reply);
  if (!done.ok()) {
    reply = {};
    reply.error_field = done.error().where;
    reply.error = done.error().what;
  }
  reply.instance = request.instance;
  reply.time_s = time_s();
  reply.step_s = step_s_;
  return reply;
}

Status Instance::dispatch(const ServiceRequest& request, ServiceReply& reply) {
  switch (request.call) {
    case ServiceCall::describe:
      describe(reply);
      return domain::Done{};
    case ServiceCall::set_step:
      return set_step(request.step_s);
    case ServiceCall::set_scenario:
      return set_scenario(request.scenario);
    case ServiceCall::advance:
      return advance(request.inputs, reply);
    case ServiceCall::kpi:
      kpi(reply);
      return domain::Done{};
    case ServiceCall::results:
      return results(request, reply);
    case ServiceCall::forecast:
      return forecast(request, reply);
    default:
      return Error{"call", std::string(wire::name(request.call)) + " is nothing for an instance"};
  }
}

void Instance::describe(ServiceReply& reply) const {
  for (std::size_t i = 0; i < plant_.mvs.size(); ++i) {
    const domain::Tag& tag = plant_.tags[plant_.mvs[i].tag];
    reply.points.push_back({tag.name, std::string(units::symbol(tag.unit)), "input",
                            "value is the local recipe", tag.low, tag.high, recipe_[i], true});
  }
  measure(reply);
  reply.points.push_back({kForecastWeather, "degC", "forecast", "outside temperature", 0, 0,
                          kiln_->weather().outside_K() - 273.15, true});
  for (std::size_t i = 0; i < plant_.mvs.size(); ++i) {
    const domain::Tag& tag = plant_.tags[plant_.mvs[i].tag];
    reply.points.push_back({tag.name + std::string(kRecipe), std::string(units::symbol(tag.unit)),
                            "forecast", "setpoint of the recipe", tag.low, tag.high, recipe_[i],
                            true});
  }
}

void Instance::measure(ServiceReply& reply) const {
  domain::Frame frame(plant_.tags.size());
  kiln_->read(frame);
  for (std::size_t i = 0; i < plant_.tags.size(); ++i) {
    const domain::Tag& tag = plant_.tags[static_cast<domain::TagId>(i)];
    if (tag.access == domain::Access::write) continue;
    reply.points.push_back({tag.name, std::string(units::symbol(tag.unit)), "measurement", "",
                            tag.low, tag.high, frame.samples[i].value,
                            frame.samples[i].quality == domain::Quality::good});
  }
}

Status Instance::set_step(double step_s) {
  const double period_s = site_.period_s();
  Status sound = check_time("step_s", step_s, period_s, limits_.most_step_s, period_s);
  if (sound.ok()) step_s_ = step_s;
  return sound;
}

Status Instance::set_scenario(const std::string& name) {
  if (name.empty()) {
    kiln_->schedule({});
    return domain::Done{};
  }
  const bool safe = std::all_of(name.begin(), name.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '_' || c == '-';
  });
  const std::filesystem::path file = scenarios_ / (name + ".toml");
  if (!safe || !std::filesystem::exists(file)) {
    return Error{"scenario", "there is no \"" + name + "\"; right is the name of a file of " +
                                 scenarios_.string() + ", without .toml"};
  }
  const auto scenario = config::load<scenario::Scenario>(file);
  if (!scenario) return Error{"scenario", scenario.error().text()};
  std::vector<faults::Fault> events = scenario.value().faults();
  for (const faults::Fault& event : events) {
    if (event.target.find('@') != std::string::npos) {
      return Error{"scenario", "\"" + event.target +
                                   "\" is an abstract name; right here is a name of this kiln"};
    }
    if (faults::realised_by(event.fault) == faults::RealisedBy::kiln) continue;
    return Error{"scenario", std::string(faults::name(event.fault)) +
                                 " is not of the kiln, and there is no runtime here to show it to"};
  }
  kiln_->schedule(std::move(events));
  return domain::Done{};
}

/// All of them or none: names and values first.
Status Instance::take(const std::vector<ServiceInput>& inputs) {
  std::vector<std::string> known;
  std::vector<domain::MvId> mvs;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    const std::string field = "inputs[" + std::to_string(i) + "]";
    const auto tag = plant_.tags.find(inputs[i].name);
    mvs.push_back(tag ? plant_.mv_of(*tag) : domain::kNoMv);
    if (mvs.back() == domain::kNoMv) {
      for (const domain::Mv& mv : plant_.mvs) known.push_back(plant_.tags[mv.tag].name);
      return unknown(field + ".name", inputs[i].name, domain::nearest_word(inputs[i].name, known));
    }
    if (std::find(mvs.begin(), mvs.end() - 1, mvs.back()) != mvs.end() - 1) {
      return Error{field + ".name", "\"" + inputs[i].name + "\" is listed twice; right is once"};
    }
    if (inputs[i].activate && !std::isfinite(inputs[i].value)) {
      return Error{field + ".value", "is not finite; right is a number in the unit of the tag"};
    }
  }
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    record_.command.action[mvs[i]] = inputs[i].activate ? Action::write : Action::release;
    if (inputs[i].activate) record_.command.value[mvs[i]] = inputs[i].value;
  }
  return domain::Done{};
}

/// As a runtime's cycle: what the field shows, a command, one period onward.
void Instance::second() {
  kiln_->read(record_.frame);
  record_.screened = record_.frame;
  record_.time_ns = kiln_->time_ns();
  ++record_.cycle;
  domain::Command& command = record_.command;
  command.cycle = record_.cycle;
  ++command.heartbeat;
  command.time_ns = record_.time_ns;
  command.valid_until_ns =
      record_.time_ns + static_cast<std::int64_t>(1e9 * site_.watchdog.command_valid_s);
  kiln_->apply(command, ack_);
  kiln_->advance(site_.period_s());
  scorer_->add(record_);
  kiln_->read(record_.frame);
  record_.screened = record_.frame;
  history_.look(time_s(), record_.frame);
}

Status Instance::advance(const std::vector<ServiceInput>& inputs, ServiceReply& reply) {
  if (Status s = take(inputs); !s.ok()) return s;
  const std::vector<Action> asked = record_.command.action;
  for (double done = 0; done < step_s_ && !stop_.load(); done += site_.period_s()) {
    second();
    if (done > 0) continue;
    for (std::size_t i = 0; i < asked.size(); ++i) {
      if (asked[i] == Action::write && ack_.refused[i] != domain::Reason::none) {
        const domain::Tag& tag = plant_.tags[plant_.mvs[i].tag];
        reply.points.push_back({tag.name, std::string(units::symbol(tag.unit)), "refused",
                                std::string(domain::text(ack_.refused[i], false)), tag.low,
                                tag.high, ack_.taken[i], false});
      }
    }
    std::fill(record_.command.action.begin(), record_.command.action.end(), Action::none);
  }
  measure(reply);
  return domain::Done{};
}

void Instance::kpi(ServiceReply& reply) const {
  for (const suite::Figure& figure : figures_of_truth(scorer_->kpi())) {
    const char* better = figure.better > 0   ? "more is better"
                         : figure.better < 0 ? "less is better"
                                             : "";
    reply.points.push_back(
        {figure.name, figure.unit, "kpi", better, 0, 0, figure.value, std::isfinite(figure.value)});
  }
}

Status Instance::results(const ServiceRequest& request, ServiceReply& reply) const {
  if (!(request.from_s <= request.to_s)) {
    return Error{"to_s", "is " + plain(request.to_s) + "; right is from_s or later"};
  }
  const auto [first, behind] = history_.between(request.from_s, request.to_s);
  if ((behind - first) * request.names.size() > wire::kMaxServiceValues) {
    return Error{"names", plain(static_cast<double>((behind - first) * request.names.size())) +
                              " values are too many for one reply; at most " +
                              std::to_string(wire::kMaxServiceValues) +
                              ": ask for fewer names or a shorter time"};
  }
  for (std::size_t i = 0; i < request.names.size(); ++i) {
    const auto tag = plant_.tags.find(request.names[i]);
    if (!tag) {
      return unknown("names[" + std::to_string(i) + "]", request.names[i],
                     plant_.tags.nearest(request.names[i]));
    }
    wire::ServiceSeries series{
        request.names[i], std::string(units::symbol(plant_.tags[*tag].unit)), {}, {}, {}};
    for (std::size_t row = first; row < behind; ++row) {
      series.time_s.push_back(history_.time_s(row));
      series.value.push_back(history_.value(row, *tag));
    }
    reply.series.push_back(std::move(series));
  }
  return domain::Done{};
}

Result<wire::ServiceSeries> Instance::forecast_of(const std::string& name, double horizon_s) const {
  wire::ServiceSeries series{name, "degC", {}, {}, {}};
  std::optional<double> constant;
  for (std::size_t i = 0; i < plant_.mvs.size(); ++i) {
    const domain::Tag& tag = plant_.tags[plant_.mvs[i].tag];
    if (name != tag.name + std::string(kRecipe)) continue;
    constant = recipe_[i];
    series.unit = units::symbol(tag.unit);
  }
  if (!constant && name != kForecastWeather) return unknown("names", name, "");
  const double now_s = 1e-9 * static_cast<double>(kiln_->time_ns());
  for (double ahead_s = 0; ahead_s <= horizon_s; ahead_s += limits_.forecast_step_s) {
    const kiln::Weather& weather = kiln_->weather();
    series.time_s.push_back(time_s() + ahead_s);
    series.value.push_back(
        constant ? *constant : weather.expected_outside_K(now_s + ahead_s, ahead_s) - 273.15);
    series.sigma.push_back(constant ? 0.0 : weather.expected_outside_sigma_K(ahead_s));
  }
  return series;
}

Status Instance::forecast(const ServiceRequest& request, ServiceReply& reply) const {
  if (!(request.horizon_s >= 0 && request.horizon_s <= limits_.most_horizon_s)) {
    return Error{"horizon_s", "is " + plain(request.horizon_s) + "; right is 0 to " +
                                  plain(limits_.most_horizon_s) + " s"};
  }
  for (const std::string& name : request.names) {
    auto series = forecast_of(name, request.horizon_s);
    if (!series) return series.error();
    reply.series.push_back(std::move(series).value());
  }
  return domain::Done{};
}

}  // namespace saggar::service
