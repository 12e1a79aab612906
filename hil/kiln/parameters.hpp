// PlantParams: all figures of the simulated plant, each with its source and grade in the file.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "hil/kiln/device_figures.hpp"
#include "hil/kiln/device_make_figures.hpp"
#include "hil/kiln/fault_figures.hpp"
#include "hil/kiln/furnace_figures.hpp"
#include "hil/kiln/laboratory_figures.hpp"
#include "hil/kiln/load_figures.hpp"
#include "hil/kiln/material_figures.hpp"
#include "hil/kiln/precalciner_figures.hpp"
#include "hil/kiln/wear_figures.hpp"
#include "hil/kiln/weather_figures.hpp"
#include "hil/material/bed_properties.hpp"
#include "runtime/config/complaint.hpp"
#include "runtime/domain/result.hpp"

namespace saggar::kiln {

/// The simulator's physics of one kiln. Not the runtime's view of it: that is config::KilnConfig.
struct PlantParams {
  static constexpr std::string_view kKind = "plant";

  std::string name;
  std::string kiln;
  std::string description;
  std::string material;    ///< file of the powder, relative to this one
  MaterialFigures powder;  ///< of that file; by `load_plant`
  Saggar saggar;
  WearFigures wear;
  Bed bed;
  LotFigures lots;
  std::vector<PrecalcinerFigures> precalciner;  ///< one, or none
  ChamberFigures chamber;
  GasFigures gas;
  ElectricFigures electric;
  ThermocoupleFigures thermocouple;
  ControllerFigures controller;
  DeviceFigures devices;
  std::vector<DeviceMakeFigures> device;  ///< makes, at most one for each of `DeviceOf`
  LaboratoryFigures laboratory;
  FaultFigures faults;
  WeatherFigures weather;
  Numerics numerics;

  template <class V>
  void visit(V& v) {
    v("name", name, {.doc = "Short name", .required = true});
    v("kiln", kiln, {.doc = "Name of the kiln it is the physics of", .required = true});
    v("description", description, {.doc = "What plant this is"});
    v("material", material,
      {.doc = "File of the powder, relative to this one, such as ../material/ncm811.toml",
       .required = true});
    v("saggar", saggar, {.doc = "The ceramic box", .required = true});
    v("wear", wear, {.doc = "How saggars wear and come back", .required = true});
    v("bed", bed, {.doc = "The powder bed in its saggar", .required = true});
    v("lots", lots, {.doc = "What is fed, and how it varies", .required = true});
    v("precalciner", precalciner,
      {.doc = "A rotary tube that the mix goes through before; none: it is fed as it is mixed",
       .max_count = 1});
    v("chamber", chamber,
      {.doc = "Heaters, brickwork and the chamber of one zone; areas per metre of kiln and half",
       .required = true});
    v("gas", gas, {.doc = "Gas supply, exhaust and pressure", .required = true});
    v("electric", electric, {.doc = "Supply and power units", .required = true});
    v("thermocouple", thermocouple, {.doc = "Zone thermocouples", .required = true});
    v("controller", controller, {.doc = "Furnace controllers", .required = true});
    v("devices", devices,
      {.doc = "Analysers, flow controllers, dampers, drives", .required = true});
    v("device", device,
      {.doc = "How makes of device keep what a host writes into them; without one: RAM, no timeout "
              "of its own, a buffered supply",
       .max_count = 4});
    v("laboratory", laboratory, {.doc = "Samples of the product", .required = true});
    v("faults", faults, {.doc = "What faults mean to this plant", .required = true});
    v("weather", weather, {.doc = "Stack, hall and season", .required = true});
    v("numerics", numerics, {.doc = "How it is computed", .required = true});
  }
  void check(config::Checks& checks) const;
  /// Its material file, as `file` names it.
  void check_named(const std::string& file, config::Checks& checks) const;
};

/// The make of the devices that `of` names; nothing special where the plant says none.
instruments::DeviceMake device_make(const PlantParams& params, DeviceOf of) noexcept;
/// Values for the pure functions of hil/material.
material::PackedBed packed_bed(const PlantParams& params) noexcept;
material::HeatCapacity saggar_capacity(const PlantParams& params) noexcept;

/// Reads a plant file and the material file it names. Errors: those of either file, those of the
/// material at the line that names it.
domain::Result<PlantParams> load_plant(const std::string& file);
/// Both files as one text, equal for equal figures.
std::string text_of(const PlantParams& params);

}  // namespace saggar::kiln
