#include "runtime/assembly/given.hpp"

#include <memory>

#include "runtime/assembly/model.hpp"
#include "runtime/assembly/package.hpp"

namespace saggar::assembly {

using domain::Error;
using domain::Result;

namespace {

/// Gives an instance the model that the control file names; notes its file and hash.
domain::Status give_model(Assembly& assembly, host::Created& created,
                          const config::GivenModel& model) {
  const std::string name = created.spec().name;
  const domain::Status same = check_hash(model.config, model.at + ": model " + model.file);
  if (!same) return same;
  const domain::Status given =
      created.give_model(std::make_shared<const host::Model>(host_model(model.config)));
  if (!given) return Error{model.at, given.error().text()};
  assembly.plugins["model/" + name + "/file"] = model.file;
  assembly.plugins["model/" + name + "/sha256"] = model.config.sha256;
  return domain::Done{};
}

/// Gives an instance the policy package that the control file names; notes it.
domain::Status give_package(Assembly& assembly, host::Created& created,
                            const config::GivenPackage& package) {
  auto made = host_package(package, assembly.bundle.plant);
  if (!made) return made.error();
  const domain::Status given = created.give_package(std::move(made).value());
  if (!given) return Error{package.at, given.error().text()};
  note(package, created.spec().name, assembly.plugins);
  return domain::Done{};
}

}  // namespace

Result<Given> give(Assembly& assembly, host::Created& created) {
  Given given;
  if (created.spec().role != host::Role::controller) return given;
  const auto model = assembly.bundle.models.find(created.spec().name);
  if (model != assembly.bundle.models.end()) {
    const domain::Status done = give_model(assembly, created, model->second);
    if (!done) return done.error();
    given = {model->second.at, "model " + model->second.file};
  }
  const auto package = assembly.bundle.packages.find(created.spec().name);
  if (package != assembly.bundle.packages.end()) {
    const domain::Status done = give_package(assembly, created, package->second);
    if (!done) return done.error();
    given = {package->second.at, "package " + package->second.content.folder};
  }
  return given;
}

}  // namespace saggar::assembly
