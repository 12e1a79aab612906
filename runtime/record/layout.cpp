#include "runtime/record/layout.hpp"

#include <cstdio>
#include <cstdlib>
#include <utility>

#include <saggar/plugin/units.hpp>

#include "runtime/record/event_text.hpp"

namespace saggar::record {
namespace {

constexpr std::string_view kFirstLine = "saggar layout 1";
constexpr std::size_t kMostCauses = 4096;
constexpr std::size_t kMostTrustRows = domain::kMaxControllers * domain::kMaxGroups;

std::string exact(double v) {
  char text[40];
  std::snprintf(text, sizeof text, "%.17g", v);
  return text;
}

/// Takes the next word of a line.
std::string_view word(std::string_view& line) {
  const std::size_t end = std::min(line.find(' '), line.size());
  const std::string_view first = line.substr(0, end);
  line.remove_prefix(std::min(end + 1, line.size()));
  return first;
}

bool number(std::string_view text, double& v) {
  const std::string copy(text);
  char* end = nullptr;
  v = std::strtod(copy.c_str(), &end);
  return !copy.empty() && *end == '\0';
}

bool number(std::string_view text, std::size_t limit, std::size_t& v) {
  double d = 0;
  if (!number(text, d) || !(d >= 0) || d > static_cast<double>(limit)) return false;
  v = static_cast<std::size_t>(d);
  return static_cast<double>(v) == d;
}

bool parse_tag(std::string_view line, Layout& layout) {
  const std::string_view name = word(line);
  const auto unit = units::parse_unit(word(line));
  double resolution = 0;
  if (name.empty() || !unit || !number(word(line), resolution) || !(resolution >= 0)) return false;
  layout.names.tags.emplace_back(name);
  layout.units.push_back(*unit);
  layout.tag_resolution.push_back(resolution);
  return layout.names.tags.size() <= domain::kMaxTags;
}

bool parse_mv(std::string_view line, Layout& layout) {
  std::size_t tag = 0;
  const auto duty = domain::parse_duty(word(line));
  double resolution = 0;
  if (!duty || !number(word(line), resolution) || !(resolution >= 0)) return false;
  if (!number(word(line), layout.names.tags.size(), tag) || tag == layout.names.tags.size()) {
    return false;
  }
  layout.mv_duty.push_back(*duty);
  layout.mv_resolution.push_back(resolution);
  layout.mv_tag.push_back(static_cast<domain::TagId>(tag));
  layout.names.mvs.push_back(layout.names.tags[tag]);
  return layout.mv_duty.size() <= domain::kMaxMvs;
}

bool parse_line(std::string_view line, Layout& layout) {
  const std::string_view kind = word(line);
  if (kind == "tag") return parse_tag(line, layout);
  if (kind == "mv") return parse_mv(line, layout);
  if (kind == "virtual") return number(line, domain::kMaxVirtualTags, layout.virtual_tags);
  if (kind == "estimators") return number(line, domain::kMaxEstimators, layout.estimators);
  if (kind == "trust") return number(line, kMostTrustRows, layout.trust_rows);
  if (kind == "monitors") return number(line, domain::kMaxControllers, layout.monitor_rows);
  if (kind == "guard_actions") return number(line, 1U << 20U, layout.guard_actions);
  if (kind == "proposal") {
    std::size_t size = 0;
    if (!number(line, domain::kMaxMvs, size)) return false;
    layout.proposal_sizes.push_back(size);
    return layout.proposal_sizes.size() <= domain::kMaxControllers;
  }
  if (kind == "controller") {
    layout.names.controllers.emplace_back(line);
    return layout.names.controllers.size() <= domain::kMaxControllers + domain::kMaxEstimators;
  }
  if (kind == "estimate") {
    const std::string_view name = word(line);
    const auto unit = units::parse_unit(line);
    if (name.empty() || !unit) return false;
    layout.names.estimates.emplace_back(name);
    layout.estimate_units.push_back(*unit);
    return layout.names.estimates.size() <= layout.virtual_tags;
  }
  if (kind == "group") {
    layout.names.groups.emplace_back(line);
    return layout.names.groups.size() <= layout.trust_rows;
  }
  if (kind == "cause") {
    layout.names.causes.emplace_back(line);
    return layout.names.causes.size() <= kMostCauses;
  }
  if (kind == "rung") {
    const auto duty = domain::parse_duty(word(line));
    if (!duty) return false;
    auto& rungs = layout.names.rungs[static_cast<std::size_t>(*duty)];
    rungs.emplace_back(line);
    return rungs.size() < 256;
  }
  return false;
}

}  // namespace

domain::Record Layout::make_record() const {
  domain::Record record;
  record.frame = domain::Frame(names.tags.size());
  record.screened = domain::Frame(names.tags.size());
  record.estimate = domain::Estimate(virtual_tags);
  record.estimators.resize(estimators);
  record.trust.resize(trust_rows);
  record.monitors.resize(monitor_rows);
  record.modes.resize(mv_duty.size());
  for (const std::size_t size : proposal_sizes) record.proposals.emplace_back(size);
  record.recipe.resize(mv_duty.size());
  record.request = domain::Request(mv_duty.size());
  record.guard_actions = domain::Bounded<domain::GuardAction>(guard_actions);
  record.command = domain::Command(mv_duty.size());
  record.events =
      domain::Bounded<domain::Event>(domain::Record::event_room(names.tags.size(), mv_duty.size()));
  return record;
}

Layout make_layout(const domain::Plant& plant, const domain::Record& prototype,
                   std::vector<std::string> controllers,
                   std::array<std::vector<std::string>, domain::kDutyCount> rungs) {
  Layout layout;
  layout.names = make_names(plant, std::move(controllers), std::move(rungs));
  for (const domain::Tag& tag : plant.tags.all()) {
    layout.units.push_back(tag.unit);
    layout.tag_resolution.push_back(tag.resolution);
  }
  for (const domain::Mv& mv : plant.mvs) {
    layout.mv_duty.push_back(mv.duty);
    layout.mv_resolution.push_back(mv.resolution);
    layout.mv_tag.push_back(mv.tag);
  }
  layout.virtual_tags = prototype.estimate.samples.size();
  if (plant.estimates.size() == layout.virtual_tags) {
    for (const domain::Tag& tag : plant.estimates.all()) {
      layout.names.estimates.push_back(tag.name);
      layout.estimate_units.push_back(tag.unit);
    }
  }
  layout.estimators = prototype.estimators.size();
  layout.trust_rows = prototype.trust.size();
  layout.monitor_rows = prototype.monitors.size();
  for (const domain::Proposal& p : prototype.proposals) {
    layout.proposal_sizes.push_back(p.value.size());
  }
  layout.guard_actions = prototype.guard_actions.capacity();
  return layout;
}

std::string to_text(const Layout& layout) {
  std::string text(kFirstLine);
  text += '\n';
  for (std::size_t i = 0; i < layout.names.tags.size(); ++i) {
    text += "tag " + layout.names.tags[i] + ' ' + std::string(units::symbol(layout.units[i])) +
            ' ' + exact(layout.tag_resolution[i]) + '\n';
  }
  for (std::size_t i = 0; i < layout.mv_duty.size(); ++i) {
    text += "mv " + std::string(domain::name(layout.mv_duty[i])) + ' ' +
            exact(layout.mv_resolution[i]) + ' ' + std::to_string(layout.mv_tag[i]) + '\n';
  }
  text += "virtual " + std::to_string(layout.virtual_tags) + '\n';
  for (std::size_t i = 0; i < layout.names.estimates.size(); ++i) {
    text += "estimate " + layout.names.estimates[i] + ' ' +
            std::string(units::symbol(layout.estimate_units[i])) + '\n';
  }
  if (layout.estimators != 0) {
    text += "estimators " + std::to_string(layout.estimators) + '\n';
  }
  if (layout.trust_rows != 0) text += "trust " + std::to_string(layout.trust_rows) + '\n';
  if (layout.monitor_rows != 0) text += "monitors " + std::to_string(layout.monitor_rows) + '\n';
  text += "guard_actions " + std::to_string(layout.guard_actions) + '\n';
  for (const std::size_t size : layout.proposal_sizes) {
    text += "proposal " + std::to_string(size) + '\n';
  }
  for (const std::string& name : layout.names.controllers) text += "controller " + name + '\n';
  for (const std::string& name : layout.names.groups) text += "group " + name + '\n';
  for (const std::string& name : layout.names.causes) text += "cause " + name + '\n';
  for (std::size_t d = 0; d < domain::kDutyCount; ++d) {
    for (const std::string& rung : layout.names.rungs[d]) {
      text += "rung " + std::string(domain::name(static_cast<domain::Duty>(d))) + ' ' + rung + '\n';
    }
  }
  return text;
}

domain::Result<Layout> parse_layout(std::string_view text) {
  Layout layout;
  std::size_t number_of_line = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    ++number_of_line;
    if (number_of_line == 1 ? line != kFirstLine : !parse_line(line, layout)) {
      return domain::Error{
          "layout line " + std::to_string(number_of_line),
          "found '" + std::string(line.substr(0, 80)) +
              (number_of_line == 1 ? "', expected 'saggar layout 1'"
                                   : "', which is no tag, mv, virtual, "
                                     "estimate, estimators, trust, monitors, group, guard_actions, "
                                     "proposal, "
                                     "controller, cause or rung "
                                     "with values in range")};
    }
  }
  if (number_of_line == 0) return domain::Error{"layout", "is empty"};
  return layout;
}

}  // namespace saggar::record
