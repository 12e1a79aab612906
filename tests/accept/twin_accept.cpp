// scratch
#include <cstdio>
#include <cstdlib>

#include "tests/controllers/twin/trial.hpp"

using namespace saggar::twin;

int main(int argc, char** argv) {
  const int first = argc > 1 ? std::atoi(argv[1]) : 1, plants = argc > 2 ? std::atoi(argv[2]) : 1;
  const double hours = argc > 3 ? std::atof(argv[3]) : 24;
  Settings s;
  for (int i = 4; i + 1 < argc; i += 2) {
#define SAGGAR_TWIN_SETTING(name, low, high, value, doc) \
  if (std::string(argv[i]) == #name) s.name = std::atof(argv[i + 1]);
#include "controllers/twin/settings.def"
#undef SAGGAR_TWIN_SETTING
  }
  Figures figures;
  for (int i = 4; i + 1 < argc; i += 2) {
#define SAGGAR_TWIN_FIGURE(name, low, high, value, doc) \
  if (std::string(argv[i]) == #name) figures.name = std::atof(argv[i + 1]);
#include "controllers/twin/figures.def"
#undef SAGGAR_TWIN_FIGURE
  }
  for (int p = first; p < first + plants; ++p) {
    Trial trial(static_cast<std::uint64_t>(p), std::min(20.0, hours / 2), s, figures);
    const Outcome o = trial.run(hours);
    std::printf("%d dry %.1f K (%.1f) %.2f | soak %.2f (%.2f) %.2f | at %.2f m (%.2f) %.2f n=%d | d %.3f (%.3f) %.2f | %.0f us max %.0f |",
                p, o.drying_K.rms(), o.drying_K.mean(), o.drying_K.cover(), o.soak_K.rms(), o.soak_K.mean(),
                o.soak_K.cover(), o.dry_m.rms(), o.dry_m.mean(), o.dry_m.cover(), (int)o.dry_m.count, o.size.rms(), o.size.mean(), o.size.cover(),
                o.mean_us, o.worst_us);
    Factors f = o.found;
    for (std::size_t i = 0; i < kFactors; ++i) std::printf(" %.2f(%.2f)", factor(f, i), std::sqrt(trial.twin().observer().kalman().covariance(i, i)));
    std::printf("\n");
    if (std::getenv("HOURLY")) {
      for (const auto& h : o.hourly) std::printf(" %.0f", h.rms());
      std::printf("\n");
    }
    if (std::getenv("ZONES")) {
      const Twin& t = trial.twin();
      for (std::size_t k = 0; k < 30; ++k) {
        std::printf("z%zu P %.1f exp %.1f load %.1f gasT %.0f/%.0f steam %.3f/%.3f flow %.2f/%.2f | roof %.1f/%.1f K\n", k + 1,
          1e-3 * (0), 1e-3 * t.model(0).chamber.expected_W()[k], 1e-3 * t.seen().zone_load_W[k],
          t.model(0).chamber.surroundings().gas_K[k] - 273.15, trial.kiln().chamber().gas().temperature_K()[k] - 273.15,
          t.model(0).chamber.surroundings().steam[k], trial.kiln().chamber().gas().fraction(saggar::kiln::kH2O, k),
          t.model(0).chamber.flow()[k], trial.kiln().chamber().gas().toward_entry()[k],
          t.model(0).chamber.surroundings().roof_K[k]-273.15, 0.08 * trial.kiln().chamber().element_K()[k] + 0.92 * trial.kiln().chamber().face_K()[k]-273.15);
      }
    }
    if (std::getenv("TRUE")) {
      const auto n = saggar::kiln::plant_or_throw("kiln/p2.plant.toml");
      const auto d = p == 0 ? n : saggar::kiln::draw_plant(n, static_cast<std::uint64_t>(p));
      const auto cond = [](const saggar::kiln::PlantParams& q) {
        saggar::material::PackedBed b{q.powder.powder.porosity.value, q.powder.powder.solid_W_per_mK.value, q.powder.powder.shape.value, q.bed.gas_300K_W_per_mK.value, q.bed.gas_exponent.value, q.bed.conductivity_factor.value};
        return std::make_pair(saggar::material::bed_conductivity(b, 450) , saggar::material::bed_conductivity(b, 900));
      };
      const auto r = [](const auto& a, const auto& b) { return a.value / b.value; };
      const double rho = r(d.powder.powder.bulk_kg_per_m3, n.powder.powder.bulk_kg_per_m3);
      std::printf("TRUE cond %.3f/%.3f rho %.3f | e_p %.3f e_c %.3f view %.3f side %.3f | cp %.3f cc %.3f saggar %.3f base %.3f basek %.3f | heat %.3f/%.3f | kin %.3f ret %.3f | film %.3f head %.3f pore %.3f | preheat %.3f top_bottom %.3f el %.3f elv %.3f shell %.3f ends %.3f inner %.3f melt %.1f hc %.3f lith %.2f grow %.2f tare %.3f/%.3f\n",
        cond(d).first / cond(n).first, cond(d).second / cond(n).second, rho, r(d.powder.powder.emissivity, n.powder.powder.emissivity), r(d.saggar.emissivity, n.saggar.emissivity), r(d.saggar.layer_view, n.saggar.layer_view), r(d.saggar.side_area_m2, n.saggar.side_area_m2),
        r(d.powder.powder.cp_300K_J_per_kgK, n.powder.powder.cp_300K_J_per_kgK), r(d.saggar.cp_300K_J_per_kgK, n.saggar.cp_300K_J_per_kgK), r(d.saggar.mass_kg, n.saggar.mass_kg), r(d.saggar.base_share, n.saggar.base_share), r(d.saggar.conductivity_W_per_mK, n.saggar.conductivity_W_per_mK),
        r(d.powder.water.hydrate_heat_J_per_mol, n.powder.water.hydrate_heat_J_per_mol), r(d.powder.water.hydroxide_heat_J_per_mol, n.powder.water.hydroxide_heat_J_per_mol),
        d.powder.hydroxide.law().rate(543) / n.powder.hydroxide.law().rate(543), r(d.powder.water.hydroxide_retarding_power, n.powder.water.hydroxide_retarding_power), r(d.chamber.film_W_per_m2K, n.chamber.film_W_per_m2K), r(d.bed.head_exchange_per_min, n.bed.head_exchange_per_min), r(d.powder.powder.pore_diffusivity_1000K_m2_per_s, n.powder.powder.pore_diffusivity_1000K_m2_per_s),
        r(d.gas.inlet_preheat, n.gas.inlet_preheat), r(d.chamber.top_bottom_m2_per_m, n.chamber.top_bottom_m2_per_m), r(d.chamber.element_m2_per_kW, n.chamber.element_m2_per_kW), r(d.chamber.element_view, n.chamber.element_view), r(d.chamber.shell_W_per_m2K, n.chamber.shell_W_per_m2K), r(d.chamber.roller_ends_W_per_m2K, n.chamber.roller_ends_W_per_m2K), r(d.chamber.face_to_deep_W_per_m2K, n.chamber.face_to_deep_W_per_m2K), d.powder.melting.heat_J_per_mol.value, 1.0, d.powder.lithiation.law().rate(773)/n.powder.lithiation.law().rate(773), d.powder.growth.law().rate(1043)/n.powder.growth.law().rate(1043), trial.twin().saggar_kg(), d.saggar.mass_kg.value);
    }
    if (std::getenv("RESID")) {
      const Twin& t = trial.twin();
      for (std::size_t k = 0; k < 30; ++k) {
        std::printf("RZ %d %zu %.1f(%.2f) %.1f |", p, k + 1, t.observer().residual_W(k), t.observer().kalman().mean(t.observer().loss(k)), t.model(0).chamber.loss_W()[k]);
        for (std::size_t i = 0; i < kFactors; ++i) std::printf(" %.0f", (t.model(1 + i).chamber.expected_W()[k] - t.model(0).chamber.expected_W()[k]) / Observer::kRaised);
        std::printf("\n");
      }
    }
    if (std::getenv("ROWS")) {
      const auto& sn = trial.twin().seen();
      const auto& b = trial.kiln().load().beds();
      for (std::size_t r = 0; r < sn.count; r += 3) {
        std::size_t best = 0; double near = 9;
        for (std::size_t j = 0; j < b.count(); ++j) { double d = std::abs(trial.kiln().load().position_m()[j] - sn.position_m[r]); if (d < near) { near = d; best = j; } }
        std::printf("%.2f (%.2f) core %.1f/%.1f surf %.1f/%.1f dry %.3f/%.3f x %.3f/%.3f sig %.1f kg %.3f\n", sn.position_m[r], near, sn.core_degC.value[r], b.core_K(best) - 273.15,
          sn.surface_degC.value[r], b.surface_K[best] - 273.15, sn.dryness.value[r], b.dryness(best), sn.conversion.value[r], b.conversion[5*b.stride()+best], sn.core_degC.sigma[r], trial.twin().line().mix_kg[r]);
      }
    }
    std::fflush(stdout);
  }
}
