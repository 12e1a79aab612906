#include "runtime/operate/permissives.hpp"

#include <cmath>

namespace saggar::operate {

using P = Permissive;

const std::array<PermissiveRow, kPermissiveCount>& permissive_table() noexcept {
  static constexpr std::string_view kShift = "shift", kShiftKo = "교대 근무자";
  static constexpr std::string_view kIt = "plant network", kItKo = "설비 네트워크 담당";
  static constexpr std::string_view kProcess = "process engineer", kProcessKo = "공정 기술자";
  static constexpr std::string_view kService = "maintenance", kServiceKo = "정비 담당";
  static constexpr std::array<PermissiveRow, kPermissiveCount> kTable = {{
      {P::link, "link to the kiln", "킬른 통신", 1, false, true, kIt, kItKo},
      {P::heartbeat, "heartbeat of the kiln", "킬른 하트비트", 1, false, true, kIt, kItKo},
      {P::recipe, "recipe value for every output", "모든 조작량의 레시피 값", 1, false, true,
       kProcess, kProcessKo},
      {P::measurements, "share of good measurements", "정상 측정값 비율", 0.9, false, true,
       kService, kServiceKo},
      {P::working, "share of working setpoints that can be read", "읽을 수 있는 현재 설정값 비율",
       0.9, false, true, kService, kServiceKo},
      {P::faults, "outputs in read-back fault", "되읽기 고장 조작량 수", 0, true, false, kShift,
       kShiftKo},
      {P::service, "outputs out of service", "정비 중 조작량 수", 0, true, false, kService,
       kServiceKo},
      {P::trip, "no independent trip stands", "독립 차단 없음", 1, false, true, kService,
       kServiceKo},
      {P::controller, "a controller has a proposal", "제안 가능한 제어기 있음", 1, false, false,
       kProcess, kProcessKo},
  }};
  return kTable;
}

bool Permissives::ok(Permissive p) const noexcept {
  const PermissiveRow& row = permissive_table()[static_cast<std::size_t>(p)];
  const double value = present[static_cast<std::size_t>(p)];
  if (value == kNotConnected) return true;
  return row.at_most ? value <= row.needed : value >= row.needed;
}

std::uint32_t Permissives::missing() const noexcept {
  std::uint32_t bits = 0;
  for (std::size_t i = 0; i < kPermissiveCount; ++i) {
    if (!ok(static_cast<Permissive>(i))) bits |= 1U << i;
  }
  return bits;
}

std::uint32_t Permissives::unconnected() const noexcept {
  std::uint32_t bits = 0;
  for (std::size_t i = 0; i < kPermissiveCount; ++i) {
    if (present[i] == kNotConnected) bits |= 1U << i;
  }
  return bits;
}

std::uint32_t Permissives::missing_while_on() const noexcept {
  std::uint32_t bits = missing();
  for (std::size_t i = 0; i < kPermissiveCount; ++i) {
    if (!permissive_table()[i].keeps) bits &= ~(1U << i);
  }
  return bits;
}

void read_field(const domain::Plant& plant, domain::Duty duty, const domain::Frame& screened,
                const std::vector<domain::ModeBlock>& modes, Permissives& out) noexcept {
  double pvs = 0, good = 0, mvs = 0, readable = 0, out_of_service = 0;
  const auto usable = [&](domain::TagId tag) {
    return tag < screened.samples.size() && screened.samples[tag].usable() ? 1.0 : 0.0;
  };
  for (std::size_t i = 0; i < plant.mvs.size() && i < modes.size(); ++i) {
    const domain::Mv& mv = plant.mvs[i];
    if (mv.duty != duty) continue;
    ++mvs;
    readable += usable(mv.working);
    if (mv.pv != domain::kNoTag) {
      ++pvs;
      good += usable(mv.pv);
    }
    if (modes[i].actual == domain::Mode::oos) ++out_of_service;
  }
  out[P::measurements] = pvs > 0 ? good / pvs : 1;
  out[P::working] = mvs > 0 ? readable / mvs : 1;
  out[P::service] = out_of_service;
  out[P::trip] = plant.trips.empty() ? kNotConnected : 1;
  for (const domain::TagId tag : plant.trips) {
    // A trip that cannot be read counts as one that stands.
    if (usable(tag) == 0 || screened.samples[tag].value >= 0.5) out[P::trip] = 0;
  }
}

}  // namespace saggar::operate
