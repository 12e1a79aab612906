#include "controllers/twin/rows.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "controllers/twin/block.hpp"

namespace saggar::twin {

using material::kZeroCelsius_K;

namespace {
constexpr double kPi = 3.14159265358979323846;
constexpr double kAirOxygen = 0.21;
}  // namespace

void Exchange::clear() noexcept {
  for (auto* v : {&roof_W_per_K, &roof_W, &floor_W_per_K, &floor_W, &gas_W_per_K, &gas_W,
                  &steam_mol_per_s, &steam_W}) {
    std::fill(v->begin(), v->end(), 0.0);
  }
}

Rows::Rows(const Figures& f, const Places& places, std::size_t nodes)
    : f_(f),
      zones_(places.zones),
      layers_(std::clamp<std::size_t>(places.layers, 1, kMostLayers)),
      nodes_(std::clamp<std::size_t>(nodes, 3, kMostNodes)),
      stride_((places.capacity(f) + kLanes - 1) / kLanes * kLanes),
      heated_m_(places.heated_m(f)),
      saggar_kg_(f.saggar_kg),
      mix_mol_per_kg_((1.0 - f.moisture) /
                      (f.hydroxide_kg_per_mol + f.li_per_m * material::kHydrate_kg_per_mol)),
      conductivity_(
          material::fit_conductivity({.porosity = f.porosity, .solid_W_per_mK = f.solid_W_per_mK})),
      powder_{f.powder_cp_J_per_kgK, f.powder_cp_slope_J_per_kgK2},
      ceramic_{f.ceramic_cp_J_per_kgK, f.ceramic_cp_slope_J_per_kgK2} {
  const double feed_K = f.hall_degC + kZeroCelsius_K;
  temperature_K.assign(layers_ * (nodes_ + 1) * stride_, feed_K);
  wall_K.assign(layers_ * stride_, feed_K);
  surface_K_.assign(layers_ * stride_, feed_K);
  for (auto* v : {&hydrate, &hydroxide, &pore_steam, &pore_oxygen, &conversion_, &mixing_,
                  &cube_nm3_, &cube_per_K_, &taken_, &water_, &fired_W_, &oxide_, &dried_}) {
    v->assign(layers_ * nodes_ * stride_, 0.0);
  }
  mix_kg_.assign(stride_, f.mix_kg);
  double sum = 0;
  for (std::size_t i = 0; i < nodes_; ++i) {
    const double at = (static_cast<double>(i) + 0.5) / static_cast<double>(nodes_);
    share_.push_back(1.0 + f.node_grading * std::sin(kPi * at));
    sum += share_.back();
  }
  for (double& share : share_) share /= sum;
}

namespace {

/// Moves the first `count` of each row of `v` one on, and writes `value` before them.
void push_into(std::vector<double>& v, std::size_t stride, std::size_t count, double value) {
  for (std::size_t at = 0; at < v.size(); at += stride) {
    std::memmove(v.data() + at + 1, v.data() + at, count * sizeof(double));
    v[at] = value;
  }
}

}  // namespace

void Rows::push(std::size_t count, double mix_kg) noexcept {
  count = std::min(count, stride_ - 1);
  const double feed_K = f_.hall_degC + kZeroCelsius_K;
  for (auto* v : {&temperature_K, &wall_K, &surface_K_}) push_into(*v, stride_, count, feed_K);
  for (auto* v : {&hydrate, &hydroxide}) push_into(*v, stride_, count, 1.0);
  for (auto* v : {&pore_steam, &conversion_, &cube_per_K_, &taken_, &water_, &fired_W_, &oxide_}) {
    push_into(*v, stride_, count, 0.0);
  }
  push_into(pore_oxygen, stride_, count, kAirOxygen);
  push_into(mixing_, stride_, count, f_.mixing_at_formation);
  push_into(cube_nm3_, stride_, count, f_.start_nm * f_.start_nm * f_.start_nm);
  push_into(mix_kg_, stride_, count, mix_kg);
}

void Rows::copy(std::size_t to, const Rows& other, std::size_t from, bool with_product) noexcept {
  const auto one = [&](std::vector<double>& mine, const std::vector<double>& its) {
    for (std::size_t r = 0; r * stride_ < mine.size(); ++r) {
      mine[r * stride_ + to] = its[r * other.stride_ + from];
    }
  };
  one(temperature_K, other.temperature_K);
  one(wall_K, other.wall_K);
  one(surface_K_, other.surface_K_);
  one(hydrate, other.hydrate);
  one(hydroxide, other.hydroxide);
  one(pore_steam, other.pore_steam);
  one(pore_oxygen, other.pore_oxygen);
  one(conversion_, other.conversion_);
  one(taken_, other.taken_);
  one(water_, other.water_);
  one(fired_W_, other.fired_W_);
  one(oxide_, other.oxide_);
  if (!with_product) return;
  one(mixing_, other.mixing_);
  one(cube_nm3_, other.cube_nm3_);
  one(cube_per_K_, other.cube_per_K_);
  one(mix_kg_, other.mix_kg_);
}

Rows::Place Rows::place(double s) const noexcept {
  const double half = 0.5 * f_.saggar_length_m, most = static_cast<double>(zones_) - 1.0;
  const double border = std::clamp(std::floor(s / f_.zone_length_m + 0.5), 0.0, most + 1.0);
  Place p{};
  p.a = static_cast<std::size_t>(std::max(border - 1.0, 0.0));
  p.b = static_cast<std::size_t>(std::min(border, most));
  p.wb = std::clamp(0.5 + (s - border * f_.zone_length_m) / f_.view_m, 0.0, 1.0);
  p.wa = 1.0 - p.wb;
  const double entered = std::clamp((s + half) / f_.saggar_length_m, 0.0, 1.0);
  p.cooled = std::clamp((s + half - heated_m_) / f_.saggar_length_m, 0.0, 1.0);
  p.inside = std::min(entered, 1.0 - p.cooled);
  return p;
}

void Rows::step(double dt_s, std::size_t parts, const Surroundings& around,
                const double* position_m, std::size_t count, Exchange& out) noexcept {
  out.clear();
  Block b;
  for (std::size_t first = 0; first < count; first += kLanes) {
    b.first = first;
    look(b, around, position_m, count);
    // Only what dries is quick enough to need shorter steps.
    const std::size_t times = wet(first) ? parts : 1;
    b.dt = dt_s / static_cast<double>(times);
    for (std::size_t i = 0; i < times; ++i) {
      conduct(b);
      face(b);
      for (std::size_t l = 0; l < layers_; ++l) react(b, l);
      solve(b);
      settle(b);
      b.dries ? breathe(b) : air(b);
      surface(b);
    }
    collect(b, count, out);
  }
}

bool Rows::wet(std::size_t first) const noexcept {
  double most = 0;
  for (std::size_t n = 0; n < layers_ * nodes_; ++n) {
    const double* left = hydroxide.data() + n * stride_ + first;
    SAGGAR_TWIN_LANES(w) most = std::max(most, left[w]);
  }
  return most > 0;
}

double Rows::core_K(std::size_t j) const noexcept {
  double coldest = 1e9;
  for (std::size_t l = 0; l < layers_; ++l) {
    for (std::size_t i = 0; i < nodes_; ++i) {
      coldest = std::min(coldest, temperature_K[(l * (nodes_ + 1) + i) * stride_ + j]);
    }
  }
  return coldest;
}

double Rows::hottest_K(std::size_t j) const noexcept {
  double hottest = 0;
  for (std::size_t l = 0; l < layers_; ++l) {
    for (std::size_t i = 0; i < nodes_; ++i) {
      hottest = std::max(hottest, temperature_K[(l * (nodes_ + 1) + i) * stride_ + j]);
    }
  }
  return hottest;
}

double Rows::dryness(std::size_t j) const noexcept {
  const double hydrate_share = f_.li_per_m / (1.0 + f_.li_per_m);
  double left = 0;
  for (std::size_t n = 0; n < layers_ * nodes_; ++n) {
    const double y = hydrate[n * stride_ + j];
    left += share_[n % nodes_] *
            (hydrate_share * y * y * y + (1.0 - hydrate_share) * hydroxide[n * stride_ + j]);
  }
  return 1.0 - left / static_cast<double>(layers_);
}

bool Rows::dry(std::size_t j, double share) const noexcept {
  for (std::size_t n = 0; n < layers_ * nodes_; ++n) {
    const double y = hydrate[n * stride_ + j];
    if (y * y * y >= 1.0 - share || hydroxide[n * stride_ + j] >= 1.0 - share) return false;
  }
  return true;
}

double Rows::heat_capacity_J_per_K(double mix_kg) const noexcept {
  // After drying, at the temperature of a soak: for rough coefficients only.
  return by_.capacity * (0.75 * mix_kg * powder_.cp(1000.0) + saggar_kg_ * ceramic_.cp(1000.0));
}

}  // namespace saggar::twin
