#include "hil/bridge/diary.hpp"

namespace saggar::bridge {

void Diary::repeat(kiln::Kiln& kiln, const std::function<bool(std::size_t)>& at) const {
  domain::Ack ack(kiln.mv_count());
  std::size_t period = 0;
  for (const Entry& entry : entries_) {
    if (std::holds_alternative<Period>(entry)) {
      if (!at(period++)) return;
    } else if (const double* dt_s = std::get_if<double>(&entry)) {
      kiln.advance(*dt_s);
    } else if (const std::uint32_t* heartbeat = std::get_if<std::uint32_t>(&entry)) {
      kiln.beat(*heartbeat);
    } else if (const domain::Command* command = std::get_if<domain::Command>(&entry)) {
      kiln.apply(*command, ack);
    } else {
      kiln.new_host();
    }
  }
}

}  // namespace saggar::bridge
