#include "runtime/config/given_model.hpp"

#include <filesystem>

#include "runtime/config/load.hpp"
#include "runtime/config/suggest.hpp"
#include "runtime/config/tag_rule.hpp"

namespace saggar::config {
namespace {

/// Who names a model, which, and where in the control file.
struct Named {
  std::string who, model, key;
};

std::vector<Named> named_by(const ControlConfig& control) {
  std::vector<Named> all;
  for (std::size_t i = 0; i < control.controllers.size(); ++i) {
    const ControllerConfig& controller = control.controllers[i];
    if (controller.model.empty()) continue;
    all.push_back(
        {controller.name, controller.model, "controller[" + std::to_string(i) + "].model"});
  }
  const FilterConfig& filter = control.filter;
  if (!filter.model.empty())
    all.push_back({std::string(kFilterModel), filter.model, "filter.model"});
  return all;
}

template <class Signal>
void check_tags(const std::vector<Signal>& signals, const std::string& key,
                const domain::TagTable& tags, const KilnConfig& kiln, Checks& checks) {
  std::vector<std::string> names;
  for (const domain::Tag& tag : tags.all()) names.push_back(tag.name);
  for (std::size_t i = 0; i < signals.size(); ++i) {
    const std::string path = key + '[' + std::to_string(i) + ']';
    for (std::size_t t = 0; t < signals[i].tags.size(); ++t) {
      const std::string& name = signals[i].tags[t];
      const auto found = tags.find(name);
      if (!found) {
        checks.complain(path + ".tags[" + std::to_string(t) + ']',
                        "kiln '" + kiln.name + "' has no tag '" + name + "'" +
                            did_you_mean(name, names) + " the model is of another kiln");
        break;  // the others of this signal would say the same
      }
      const std::string unit(units::symbol(tags[*found].unit));
      if (unit == signals[i].unit) continue;
      checks.complain(path + ".unit",
                      "found '" + signals[i].unit + "', but " + name + " is in '" + unit + "'");
      break;
    }
  }
}

}  // namespace

ModelTexts read_models(const NamedText& control, Complaints& complaints) {
  ControlConfig read;
  Source source;
  source.file = control.name;
  Complaints wrong;
  load_into(control.text, read, source, wrong);
  ModelTexts texts;
  if (!wrong.empty()) return texts;  // said by whoever loads it
  for (const Named& named : named_by(read)) {
    const auto path =
        (std::filesystem::path(control.name).parent_path() / named.model).lexically_normal();
    auto text = read_file(path);
    if (text) {
      texts[named.who] = {path.string(), std::move(text).value()};
    } else {
      complaints.add(source, named.key, "model " + path.string() + " " + text.error().what);
    }
  }
  return texts;
}

GivenModels load_models(const ControlConfig& control, const Source& source, const ModelTexts& texts,
                        const KilnConfig* kiln, Complaints& complaints) {
  GivenModels models;
  for (const Named& named : named_by(control)) {
    const auto text = texts.find(named.who);
    if (text == texts.end()) {
      complaints.add(source, named.key,
                     "the text of model '" + named.model + "' is not among what was recorded");
      continue;
    }
    GivenModel& model = models[named.who];
    model.file = text->second.name;
    const Position position = source.of(named.key);
    model.at =
        source.file + ':' + std::to_string(position.line) + ':' + std::to_string(position.column);
    Source its;
    its.file = model.file;
    load_into(text->second.text, model.config, its, complaints);
    if (kiln == nullptr || !complaints.sound(its.file, "")) continue;
    Checks checks(its, complaints);
    check_against(*kiln, model.config, checks);
  }
  return models;
}

void check_against(const KilnConfig& kiln, const ModelConfig& model, Checks& checks) {
  const domain::TagTable tags = tags_of(kiln);
  check_tags(model.inputs, "input", tags, kiln, checks);
  check_tags(model.outputs, "output", tags, kiln, checks);
}

}  // namespace saggar::config
