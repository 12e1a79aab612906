#include "plugins/host/instance.hpp"

#include <cmath>
#include <utility>

#include "plugins/host/descriptor.hpp"
#include "plugins/host/instance_body.hpp"

namespace saggar::host {

using domain::Error;
using domain::Status;

namespace {

Status check_spec(const Library& library, const InstanceSpec& spec, const std::string& where) {
  const saggar_plugin& table = library.table();
  const bool estimates = spec.role == Role::estimator;
  if (spec.name.empty()) {
    return Error{where, estimates ? "an estimator needs a name" : "a controller needs a name"};
  }
  if (estimates && table.duties != 0) {
    return Error{where, "is a controller, of duty " + duty_names(table.duties) +
                            ": write it under [[controller]]"};
  }
  if (!estimates && table.duties == 0) {
    return Error{where, "is an estimator, it drives no duty: write it under [[estimator]]"};
  }
  if (!estimates && (table.duties & duty_bit(spec.duty)) == 0) {
    return Error{where, "cannot drive duty " + std::string(domain::name(spec.duty)) +
                            ", it offers " + duty_names(table.duties)};
  }
  if (!std::isfinite(spec.period_s) || spec.period_s < 0.01 || spec.period_s > 600) {
    return Error{where,
                 "period is " + std::to_string(spec.period_s) + " s, it must be 0.01 s to 600 s"};
  }
  if (spec.latency_cycles < table.min_latency_cycles) {
    return Error{where, "latency is " + std::to_string(spec.latency_cycles) +
                            " cycles, this plugin needs at least " +
                            std::to_string(table.min_latency_cycles)};
  }
  if (spec.latency_cycles > kMaxLatencyCycles) {
    return Error{where, "latency is " + std::to_string(spec.latency_cycles) + " cycles, at most " +
                            std::to_string(kMaxLatencyCycles)};
  }
  return domain::Done{};
}

}  // namespace

domain::Result<Created> instantiate(const Library& library, const domain::Plant& plant,
                                    InstanceSpec spec) {
  auto instance = std::make_unique<Instance>(library, std::move(spec));
  const std::string where = instance->where();
  const Status fits = check_spec(library, instance->spec, where);
  if (!fits.ok()) return fits.error();
  auto ports = resolve_ports(library.table(), plant, instance->spec.duty, where);
  if (!ports.ok()) return ports.error();
  auto values = resolve_parameters(library.table(), ports.value(), instance->spec.params, where);
  if (!values.ok()) return values.error();
  instance->zones = plant.zones;
  instance->kiln = plant.name;
  instance->ports = std::move(ports).value();
  instance->values = std::move(values).value();
  for (const ResolvedPort& port : instance->ports) {
    instance->mvs.insert(instance->mvs.end(), port.mvs.begin(), port.mvs.end());
  }
  const Status created = instance->create();
  if (!created.ok()) return created.error();
  return Created(std::move(instance));
}

Created::Created(std::unique_ptr<Instance> instance) noexcept : instance_(std::move(instance)) {}
Created::Created(Created&&) noexcept = default;
Created& Created::operator=(Created&&) noexcept = default;
Created::~Created() = default;
const InstanceSpec& Created::spec() const noexcept { return instance_->spec; }

Status Created::give_model(std::shared_ptr<const Model> model) {
  instance_->spec.model = std::move(model);
  return instance_->give_model();
}

Status Created::give_package(std::shared_ptr<const Package> package) {
  instance_->spec.package = std::move(package);
  return instance_->give_package();
}

domain::Result<Configured> Created::configure() && {
  const Status configured = instance_->configure();
  if (!configured.ok()) return configured.error();
  return Configured(std::move(instance_));
}

Configured::Configured(std::unique_ptr<Instance> instance) noexcept
    : instance_(std::move(instance)) {}
Configured::Configured(Configured&&) noexcept = default;
Configured& Configured::operator=(Configured&&) noexcept = default;
Configured::~Configured() = default;
const InstanceSpec& Configured::spec() const noexcept { return instance_->spec; }

domain::Result<Active> Configured::activate() && {
  const Status activated = instance_->activate();
  if (!activated.ok()) return activated.error();
  return Active(std::move(instance_));
}

Active::Active(std::unique_ptr<Instance> instance) noexcept : instance_(std::move(instance)) {}
Active::Active(Active&&) noexcept = default;
Active& Active::operator=(Active&&) noexcept = default;
Active::~Active() = default;

const InstanceSpec& Active::spec() const noexcept { return instance_->spec; }
const Library& Active::library() const noexcept { return instance_->library; }
std::span<const domain::MvId> Active::mvs() const noexcept { return instance_->mvs; }
StepIo Active::make_io() const { return instance_->make_io(); }
StepResult Active::step(StepIo& io) noexcept { return instance_->step(io); }

Configured Active::deactivate() && {
  instance_->deactivate();
  return Configured(std::move(instance_));
}

}  // namespace saggar::host
