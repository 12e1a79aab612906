// Kiln: the whole simulated plant behind its field tags.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "hil/faults/schedule.hpp"
#include "hil/instruments/actuators.hpp"
#include "hil/instruments/first_order.hpp"
#include "hil/instruments/furnace_controllers.hpp"
#include "hil/instruments/remote_setpoints.hpp"
#include "hil/instruments/thermocouples.hpp"
#include "hil/kiln/account.hpp"
#include "hil/kiln/chamber.hpp"
#include "hil/kiln/laboratory.hpp"
#include "hil/kiln/load.hpp"
#include "hil/kiln/tag_map.hpp"
#include "hil/kiln/upsets.hpp"
#include "hil/kiln/weather.hpp"
#include "runtime/domain/frame.hpp"
#include "runtime/domain/result.hpp"

namespace saggar::kiln {

/// What only a simulator knows, for views and verdicts. Sized by `Kiln::truth`.
struct Truth {
  std::int64_t time_ns = 0;
  std::vector<double> zone_position_m, zone_gas_degC, zone_face_degC;
  std::vector<double> column_position_m, column_core_degC, column_surface_degC, column_dryness;
};

/// How a kiln begins: full and near operation on its recipe; or empty, at the temperature of the
/// hall, without heating and feed, gas and drives at their recipe.
enum class Start : std::uint8_t { near_operation, cold };

/// Simulated plant with furnace controllers, instruments and faults. Time is the plant's own and
/// starts at 0. Same configuration, parameters, recipe and seed: the same bits, whatever the width
/// of the steps it is advanced by (as long as they end on the same times).
/// Thread: one. `advance`, `read` and `apply` do not allocate, lock or read a clock.
class Kiln : private faults::Target {
 public:
  /// @param recipe  local recipe: one value per write tag, in table order
  /// The kiln starts full and near operation: a column is fired on the recipe's profile and copied
  /// to every place, then `numerics.settle_s` are simulated. Takes some tenths of a second.
  /// Errors: figures for another kiln, a recipe of the wrong length.
  static domain::Result<std::unique_ptr<Kiln>> make(const config::KilnConfig& config,
                                                    const PlantParams& params,
                                                    const std::vector<double>& recipe,
                                                    std::uint64_t seed,
                                                    Start start = Start::near_operation);

  const domain::TagTable& tags() const noexcept { return tags_.table; }
  std::size_t mv_count() const noexcept { return setpoints_.size(); }
  std::int64_t time_ns() const noexcept { return time_ns_; }

  /// Goes on by `dt_s` > 0. Controllers and sensors run every 0.5 s, the chamber every second, the
  /// beds every `numerics.bed_step_s`; shorter steps are saved up.
  void advance(double dt_s) noexcept;
  /// All tags as the field shows them now. `frame` is sized to `tags()`.
  void read(domain::Frame& frame) const noexcept;
  /// The host's command and heartbeat; lost while the link is. `ack` is sized to `mv_count()`.
  /// @return false if it was lost: there is no answer
  bool apply(const domain::Command& command, domain::Ack& ack) noexcept;
  /// A heartbeat without a command.
  void beat(std::uint32_t heartbeat) noexcept;
  /// The pace agreed with the host: its heartbeat counts one each `step_s`; 1 s unless told.
  void agree_heartbeat(double step_s) noexcept { setpoints_.agree_heartbeat(step_s); }
  /// Another host has connected: its cycles may count from 1 again, its heartbeat from anywhere.
  void new_host() noexcept { setpoints_.new_host(); }
  /// The host is gone: shed now.
  void shed() noexcept { setpoints_.shed(); }
  /// True while devices have a living host.
  bool host_alive() const noexcept { return setpoints_.alive(); }
  /// The link fault is on: nothing passes either way.
  bool link_down() const noexcept { return upsets_.link_down; }

  /// Puts in a scenario: times count from now. What is active stays as it is and has no end.
  void schedule(std::vector<faults::Fault> events) {
    faults_ = faults::Schedule(std::move(events), 1e-9 * static_cast<double>(time_ns_));
  }
  /// Puts in, or reads out, one that is under way; it belongs to the state of `serialize_plant`.
  void go_on_with(faults::Schedule schedule) { faults_ = std::move(schedule); }
  const faults::Schedule& scheduled() const noexcept { return faults_; }
  /// One event more; its time counts from the start of the scenario.
  void inject(const faults::Fault& fault) { faults_.add(fault); }
  const std::vector<faults::Statement>& fault_statements() const noexcept {
    return faults_.statements();
  }
  /// The main contactor of the heating. Once on, each loop climbs from its reading to its setpoint
  /// on the restart ramp (`faults.restart_K_per_min`).
  void turn_on() noexcept;
  void turn_off() noexcept { heating_ = false; }
  /// Saggars come to the entry, or no more of them.
  void feed(bool on) noexcept { feed_on_ = on; }
  /// Puts one furnace controller into manual at this output, or back.
  void manual(std::size_t loop, double percent) noexcept { controllers_.manual(loop, percent); }
  void automatic(std::size_t loop) noexcept {
    controllers_.automatic(loop, thermocouples_.readings()[loop]);
  }
  /// Switches the device of one write tag to local at its panel, or back.
  void set_local(std::size_t mv, bool local) noexcept { setpoints_.set_local(mv, local); }
  /// A person at the panel closes the contactors of over-temperature limiters that have cooled
  /// down, or that of one loop. @return empty, or why none could be closed
  std::string reset_limiters(std::optional<std::size_t> only = std::nullopt);

  /// What the host has done to the register of one write tag.
  const instruments::RegisterWear& register_wear(std::size_t mv) const noexcept {
    return setpoints_.wear(mv);
  }
  void truth(Truth& out) const;
  const Layout& layout() const noexcept { return layout_; }
  const Load& load() const noexcept { return load_; }
  const Weather& weather() const noexcept { return weather_; }
  const Chamber& chamber() const noexcept { return chamber_; }
  double power_kW() const noexcept;
  double loop_power_kW(std::size_t loop) const noexcept {
    return power_W_[half_index(loop)] / 1000.0;
  }
  /// Output of the furnace controller, unrounded.
  double output_percent(std::size_t loop) const noexcept {
    return controllers_.output_percent()[loop];
  }
  bool limiter_open(std::size_t loop) const noexcept { return contactor_open_[loop] != 0; }
  /// Temperature at the sensor of the independent limiter, no tag of the field.
  double limiter_sees_K(std::size_t loop) const noexcept {
    return chamber_.face_K()[half_index(loop)];
  }

  /// What the laboratory knows by now.
  const Laboratory& laboratory() const noexcept { return laboratory_; }
  /// Energy and gas by the hour.
  const Accounts& accounts() const noexcept { return accounts_; }
  /// The same by lot, as of the last step of the beds.
  const LotAccounts& lot_accounts() const noexcept { return lot_accounts_; }
  /// Sums since the start, and balances that close to rounding.
  const Ledger& ledger() const noexcept { return ledger_; }
  Balance energy_balance() const noexcept;                    ///< J
  Balance balance(double Matter::*substance) const noexcept;  ///< mol, such as &Matter::water

  /// The whole state. Restoring needs a kiln made from the same files, of any seed; it then goes on
  /// as the saved one would have, bit for bit.
  void serialize(domain::Archive& archive);
  /// The same without the scenario.
  void serialize_plant(domain::Archive& archive);

 private:
  Kiln(const config::KilnConfig& config, const PlantParams& params,
       const std::vector<double>& recipe, std::uint64_t seed);

  std::string begin(const faults::Fault& fault) override;
  void end(const faults::Fault& fault) override;
  void realise();
  void realise_sensor(std::size_t loop);
  void realise_readings();
  void realise_heaters();
  void realise_swaps();
  std::size_t partner_of(std::size_t loop, double zones) const noexcept;
  void realise_feed();
  void realise_supply();
  void realise_mains();
  void realise_surroundings();
  void realise_actuators();
  void realise_transport();
  void realise_devices();
  std::optional<std::size_t> mv_of(const std::string& target) const;
  std::optional<double> worst_of(faults::Kind kind, std::size_t mv) const;
  double device_now(std::size_t mv) const noexcept;
  void hold_saggars() noexcept;
  void realise_analysers();
  void realise_pressure();
  bool dropped_out(std::size_t loop) const noexcept;
  std::string place_of(const faults::Fault& fault);
  /// Analysers by the name of their tag, and where among their like it stands.
  std::pair<instruments::Analysers*, std::size_t> analyser_of(const std::string& target);
  std::vector<std::string> analyser_names() const;
  double volts() const noexcept;
  double reset_below_K(std::size_t loop) const noexcept;
  std::optional<std::size_t> loop_of(const std::string& target) const;

  class Writer;  ///< of samples into a frame
  void read_loops(Writer& out) const noexcept;
  void read_devices(Writer& out) const noexcept;
  void warm();
  void settle_devices();
  void begin_cold();
  void start_counting() noexcept;
  void restart_loops() noexcept;
  void guess_load();
  void guess_chamber();
  void tick() noexcept;
  void control() noexcept;
  void second() noexcept;
  void devices() noexcept;
  void draught() noexcept;
  void bed_step() noexcept;
  void limiters() noexcept;
  std::size_t half_index(std::size_t loop) const noexcept {
    return loop % layout_.loops_per_zone * layout_.zones + loop / layout_.loops_per_zone;
  }
  double stored_J() const noexcept;
  Matter stored_matter() const noexcept;

  PlantParams params_;
  Layout layout_;
  TagMap tags_;
  std::vector<double> recipe_;
  Ledger ledger_;
  Accounts accounts_;
  LotAccounts lot_accounts_;
  double stored_at_start_J_ = 0;
  Matter stored_at_start_;

  // plant
  Load load_;
  Chamber chamber_;
  Coupling coupling_;
  GasInputs gas_inputs_;
  Weather weather_;
  std::vector<double> power_W_, power_sum_W_;  ///< half-major, of this second
  std::vector<double> resistance_;             ///< per loop
  double mains_ = 0;                           ///< relative deviation
  double pressure_shown_Pa_ = 0;
  double fan_ = 1;                                     ///< share of its suction that it gives now
  std::vector<double> speed_m_per_s_, moved_m_per_s_;  ///< of the drives, of the saggars

  // instruments
  instruments::Thermocouples thermocouples_;
  instruments::FurnaceControllers controllers_;
  instruments::RemoteSetpoints setpoints_;
  instruments::Actuators actuators_;
  instruments::Followers drives_, flows_, dampers_;
  instruments::Analysers o2_, h2o_, co2_, hall_o2_;
  Laboratory laboratory_;
  std::uint64_t exits_seen_ = 0;
  std::vector<double> sensed_degC_, loop_sensed_degC_;
  std::vector<double> aim_;  ///< per write tag, what the device aims at now
  std::vector<double> target_degC_;
  std::vector<double> flow_error_, drive_error_;
  std::vector<std::uint8_t> open_sensor_, short_scr_, contactor_open_;
  std::uint64_t meter_key_, mains_key_, device_key_, weigher_key_, dropout_key_;

  // faults
  faults::Schedule faults_;
  Upsets upsets_;
  std::vector<Load::Held> held_;  ///< work
  bool heating_ = true, feed_on_ = true;

  // time
  static constexpr double kTick_s = 0.5;
  std::int64_t time_ns_ = 0, next_tick_ns_ = 0;
  std::uint64_t tick_ = 0, sequence_ = 1;
  std::uint32_t bed_elapsed_s_ = 0;
};

}  // namespace saggar::kiln
