#include "hil/train/student.hpp"

#include <algorithm>
#include <fstream>

#include "runtime/config/control_config.hpp"
#include "runtime/config/load.hpp"

namespace saggar::train {
namespace {

namespace fs = std::filesystem;

domain::Result<config::ControlConfig> with_student(const fs::path& control, const Lessons& lessons,
                                                   const fs::path& package) {
  auto loaded = config::load<config::ControlConfig>(control);
  if (!loaded) return loaded.error();
  config::ControlConfig& c = loaded.value();
  for (config::ControllerConfig& one : c.controllers) {
    if (!one.model.empty()) one.model = fs::absolute(control.parent_path() / one.model).string();
    if (one.name != lessons.student) continue;
    return domain::Error{"lessons.student", "\"" + lessons.student + "\" is a controller of " +
                                                control.string() +
                                                " already; another name would be right"};
  }
  config::ControllerConfig student;
  student.name = lessons.student;
  student.plugin = "saggar-policy-heat";
  student.latency_cycles = 1;
  student.package = package.string();
  c.controllers.push_back(student);
  c.ladder.heat.rungs.insert(c.ladder.heat.rungs.begin(), lessons.student);
  return c;
}

}  // namespace

domain::Result<std::string> practice_control(const fs::path& control, const Lessons& lessons,
                                             const fs::path& package) {
  const auto c = with_student(control, lessons, package);
  if (!c) return c.error();
  return config::save_text(c.value());
}

domain::Result<std::string> driving_control(const fs::path& control, const Lessons& lessons,
                                            const fs::path& package) {
  auto c = with_student(control, lessons, package);
  if (!c) return c.error();
  auto& rungs = c.value().ladder.heat.rungs;
  rungs.erase(std::remove(rungs.begin(), rungs.end(), lessons.teacher), rungs.end());
  auto& all = c.value().controllers;
  all.erase(std::remove_if(all.begin(), all.end(),
                           [&](const auto& one) { return one.name == lessons.teacher; }),
            all.end());
  return config::save_text(c.value());
}

domain::Status write_text(const fs::path& path, const std::string& text) {
  std::error_code failed;
  fs::create_directories(path.parent_path(), failed);
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out << text;
  out.close();
  if (!out) return domain::Error{path.string(), "cannot be written"};
  return domain::Done{};
}

}  // namespace saggar::train
