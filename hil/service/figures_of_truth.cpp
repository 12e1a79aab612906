#include "hil/service/figures_of_truth.hpp"

namespace saggar::service {

std::vector<suite::Figure> figures_of_truth(const suite::Kpi& kpi) {
  std::vector<suite::Figure> list = suite::figures(kpi);
  std::erase_if(list, [](const suite::Figure& figure) { return figure.runtime || figure.machine; });
  return list;
}

}  // namespace saggar::service
