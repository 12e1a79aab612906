#include "hil/service/figures_of_truth.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace saggar::service {
namespace {

constexpr std::array<std::string_view, 8> kOfARuntime = {
    "guard_rejections", "guard_clips",    "ladder_moves",        "warnings",
    "errors",           "controllers_us", "controllers_high_us", "controllers_most_us"};

}  // namespace

std::vector<suite::Figure> figures_of_truth(const suite::Kpi& kpi) {
  std::vector<suite::Figure> list = suite::figures(kpi);
  std::erase_if(list, [](const suite::Figure& figure) {
    return std::find(kOfARuntime.begin(), kOfARuntime.end(), figure.name) != kOfARuntime.end();
  });
  return list;
}

}  // namespace saggar::service
