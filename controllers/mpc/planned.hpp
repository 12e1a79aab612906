// Planned: what every controller of this folder does around its regulator: it steps often, plans
// seldom, and in between goes along its plan.
#pragma once

#include <cstdint>
#include <memory>
#include <saggar/plugin/controller.hpp>
#include <saggar/plugin/shift_limit.hpp>
#include <vector>

#include "controllers/mpc/regulator.hpp"

namespace saggar::mpc {

/// One output element that an MV moves.
struct Wire {
  std::uint32_t port = 0, element = 0;
};

/// An MV is the difference of its elements from their references, the same for all of them that are
/// free. Each
/// period: end the means, observe, say what is wanted, solve. Each step: along the plan, no faster
/// than the rate. While it does not drive, or the field does not follow, it goes on from what
/// stands at the field: it takes over without a bump and never winds up. In shadow it plans as if
/// every MV were its own, so that what it would do can be seen.
class Planned : public plugin::Controller {
 public:
  void activate() override;
  plugin::Status step(plugin::Step& io) override;
  std::uint32_t horizon_points() override;

  const Regulator& regulator() const noexcept { return *regulator_; }

 protected:
  struct Pace {
    double period_s = 120;           ///< of the model
    std::vector<double> rate_per_s;  ///< per MV
    double shift = 10, shift_s = 28800;
    bool alike = false;  ///< an MV moves all of its elements or none
  };
  /// Takes over wires, regulator and pace. @throws std::invalid_argument where the period is no
  /// multiple of the controller's own
  /// @param output_ports  how many; they are declared last
  void arrange(const plugin::Setup& setup, std::vector<std::vector<Wire>> wires,
               std::uint32_t output_ports, std::unique_ptr<Regulator> regulator, Pace pace);

  /// Reads what is measured now.
  virtual void sense(plugin::Step& io) noexcept = 0;
  /// Forgets what was summed up.
  virtual void begin() noexcept = 0;
  /// A period is over: measurements into `y()`, the model into the regulator.
  virtual void close_period(plugin::Step& io) noexcept = 0;
  /// CVs, and of the MVs what the base does not know: prices, weights, bounds of its own.
  virtual void wish(plugin::Step& io) noexcept = 0;
  virtual plugin::Status verdict(plugin::Step& io) noexcept = 0;

  /// What every plan may fall short of, said as degraded; ok where it does not.
  plugin::Status about_plan(plugin::Step& io) const noexcept;
  std::vector<double>& y() noexcept { return y_; }
  double reference(std::size_t mv) const noexcept { return reference_[mv]; }
  bool free(std::size_t mv) const noexcept { return free_[mv] != 0; }
  /// Of what stood at the field in the period that ends.
  double mean(std::size_t mv) const noexcept { return mean_[mv]; }
  double moved(std::size_t mv) const noexcept { return moved_[mv]; }
  double period_s() const noexcept { return pace_.period_s; }
  double since_plan_s() const noexcept { return since_plan_s_; }
  bool planned() const noexcept { return planned_ != 0; }
  /// Of the trim of `mv`: where it should come to rest, for the reason given, and the way there;
  /// the larger first. @return how many were written, 0 or 2
  std::uint32_t causes_of(std::size_t mv, saggar_cause rest,
                          plugin::Span<saggar_cause> causes) const noexcept;
  /// What is planned of CV `cv`, over `zero`; a sigma that grows as what drifts by itself adds up.
  /// @param sigma_now  of one measurement  @return points written
  std::uint32_t path_of(std::size_t cv, double zero, double sigma_now, plugin::Span<double> time_s,
                        plugin::Span<double> value, plugin::Span<double> sigma) const noexcept;
  std::size_t mv_of(std::uint32_t port, std::uint32_t element) const noexcept;
  void serialize(plugin::State& s);

  std::unique_ptr<Regulator> regulator_;

 private:
  void gather(plugin::Step& io) noexcept;
  bool moves(plugin::Step& io, std::size_t mv, const Wire& wire) const noexcept;
  void restart() noexcept;
  void keep_up(plugin::Step& io) noexcept;
  void observe(plugin::Step& io) noexcept;
  void plan(plugin::Step& io, std::size_t passed) noexcept;
  void limit(plugin::Step& io) noexcept;
  void follow(plugin::Step& io) noexcept;

  Pace pace_;
  std::vector<std::vector<Wire>> wires_;
  std::unique_ptr<plugin::ShiftLimit> shift_;
  std::vector<double> reference_, now_, moved_, said_, sum_, mean_, y_, resolution_;
  std::vector<std::uint8_t> free_;
  double since_plan_s_ = 0, since_period_s_ = 0, watched_ = 0;
  std::uint64_t begun_ = 0, planned_ = 0;
};

}  // namespace saggar::mpc
