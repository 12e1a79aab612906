// Estimator: the twin as a plugin. Reads the tags of the field, steps the twin, gives virtual tags.
#pragma once

#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include <saggar/plugin/controller.hpp>

#include "controllers/twin/detect.hpp"
#include "controllers/twin/twin.hpp"

namespace saggar::twin {

/// Virtual tags: per row, the newest first, row001.position and so on, bad where no row is; per
/// zone, zone01.load and so on; dryout.position. Uncertain while the twin starts. Findings: what
/// the detector finds, its element 0 the loop of the roof and 1 that of the floor; none where the
/// kiln tells no outputs of its loops. A step takes milliseconds, the first and five later ones
/// 0.3 s: it belongs on a worker. Thread: as Controller.
class Estimator final : public plugin::Controller {
 public:
  static constexpr plugin::About kAbout{
      "com.saggar.twin",
      "1.0.0",
      "Saggar",
      "What the powder sees: heat, drying and growth of every row of saggars",
      0,
      1};

  static constexpr saggar_port kPorts[] = {
      plugin::input("top", "zone*.top.temperature", "degC", 1, 64, "Thermocouple of the roof."),
      plugin::input("bottom", "zone*.bottom.temperature", "degC", 1, 64,
                    "Thermocouple of the floor."),
      plugin::input("top_current", "zone*.top.current", "A", 1, 64, "Current of the loop."),
      plugin::input("bottom_current", "zone*.bottom.current", "A", 1, 64, "Current of the loop."),
      plugin::input("voltage", "kiln.mains_voltage", "V", 1, 1, "With the currents: power."),
      plugin::input("speed", "transport.group*.speed", "mm/s", 1, 16, "Speed of each drive group."),
      plugin::input("pressure", "kiln.pressure", "Pa", 1, 1, "Pressure in the chamber."),
      plugin::optional_input("inlet", "o2.inlet*.flow", "Nm3/h", 64, "Oxygen of each inlet."),
      plugin::optional_input("steam", "gas.point*.h2o", "%", 8, "Humidity at each gas point."),
      plugin::optional_input("present", "feed.present", "bool", 1, "A row stands in the entry."),
      plugin::optional_input("weight", "feed.saggar_mass", "kg", 1, "Gross, of the newest saggar."),
      plugin::optional_input("sample_age", "lab.sample_age", "h", 1,
                             "Of the laboratory's newest sample, since it left the kiln."),
      plugin::optional_input("mixing", "lab.li_ni_mixing", "%", 1, "Li/Ni mixing of the sample."),
      plugin::optional_input("size", "lab.primary_size", "nm", 1, "Primary size of the sample."),
      plugin::optional_input("lioh", "lab.residual_lioh", "ppm", 1, "LiOH of the sample."),
      plugin::optional_input("li2co3", "lab.residual_li2co3", "ppm", 1, "Li2CO3 of the sample."),
      plugin::optional_input("top_output", "zone*.top.output", "%", 64,
                             "Of the loop; without these and those below nothing is found."),
      plugin::optional_input("bottom_output", "zone*.bottom.output", "%", 64, "Of the loop."),
      plugin::optional_input("damper", "exhaust.damper*.position", "%", 16,
                             "Of each damper; without them the exhaust is not watched."),
  };

  static constexpr saggar_param kParams[] = {
#define SAGGAR_TWIN_FIGURE(name, low, high, nominal, doc) \
  plugin::param(#name, "1", low, high, nominal, 0, doc),
#include "controllers/twin/figures.def"
#undef SAGGAR_TWIN_FIGURE
#define SAGGAR_TWIN_SETTING(name, low, high, value, doc) \
  plugin::param(#name, "1", low, high, value, 0, doc),
#include "controllers/twin/settings.def"
#undef SAGGAR_TWIN_SETTING
#define SAGGAR_TWIN_LIMIT(name, low, high, value, doc) \
  plugin::param("detect_" #name, "1", low, high, value, 0, doc),
#include "controllers/twin/limits.def"
#undef SAGGAR_TWIN_LIMIT
#define SAGGAR_TWIN_PLACE(name, low, high, value, doc) \
  plugin::param(#name, "1", low, high, value, 0, doc),
#include "controllers/twin/places.def"
#undef SAGGAR_TWIN_PLACE
  };

  void configure(const plugin::Setup& setup) override;
  void activate() override;
  plugin::Status step(plugin::Step& io) override;
  void state(plugin::State& s) override;
  std::uint32_t virtual_tags(plugin::Span<saggar_virtual_tag> tags) override;
  std::uint32_t estimate(plugin::Span<double> value, plugin::Span<double> sigma,
                         plugin::Span<std::uint32_t> quality) override;
  plugin::Span<const char* const> finding_causes() override { return {kWords, std::size(kWords)}; }
  std::uint32_t findings(plugin::Span<saggar_finding> findings) override;

  const Twin& twin() const noexcept { return *twin_; }

 private:
  struct Out;
  void make_detector(const plugin::Setup& setup);
  void begin_anew();
  void name_tags();
  void read(const plugin::Step& io) noexcept;
  void show_row(std::size_t row, Out& out) const noexcept;
  void show_zone(std::size_t zone, Out& out) const noexcept;

  Figures figures_;
  Settings settings_;
  Limits limits_;
  Places places_;
  std::unique_ptr<Twin> fresh_, twin_;  ///< as it was made, to begin anew from; at work
  std::unique_ptr<Measured> measured_;
  std::unique_ptr<Detector> fresh_detector_, detector_;  ///< null: it looks for nothing
  std::unique_ptr<Driven> driven_;
  std::vector<std::size_t> top_zone_, bottom_zone_;  ///< of each thermocouple
  std::size_t rows_ = 0;
  std::vector<std::string> names_;
  std::vector<saggar_virtual_tag> tags_;
};

}  // namespace saggar::twin
