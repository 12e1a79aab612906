#include "runtime/app/health_watch.hpp"

#include "runtime/record/event_text.hpp"

namespace saggar::app {
namespace {

using domain::EventCode;

domain::Event counted(EventCode code, std::uint64_t n, double y = 0) {
  return {code, 0, 0, static_cast<double>(n), y};
}

}  // namespace

void HealthWatch::stand(const domain::Event& event, const std::string& cause) {
  const std::string behind = cause.empty() ? "" : " (" + cause + ")";
  troubles_.push_back(
      {event.code, domain::severity(event.code), record::event_text(event, {}, false) + behind,
       record::event_text(event, {}, true) + behind, std::string(domain::response(event.code))});
}

void HealthWatch::tell_journal(const HealthReadings& now, std::vector<News>& news) {
  const bool failing = now.journal != nullptr && now.journal->failing;
  if (failing != failing_) {
    news.push_back({counted(failing ? EventCode::journal_failing : EventCode::journal_written_again,
                            failing ? now.journal->pending : 0),
                    failing ? now.journal->error : ""});
  }
  failing_ = failing;
  if (failing) stand(counted(EventCode::journal_failing, now.journal->pending), now.journal->error);
}

std::vector<HealthWatch::News> HealthWatch::look(const HealthReadings& now) {
  std::vector<News> news;
  troubles_.clear();
  tell_journal(now, news);
  if (now.records_lost > last_.records_lost) {
    news.push_back({counted(EventCode::records_lost, now.records_lost - last_.records_lost), ""});
  }
  if (now.records_lost > 0) stand(counted(EventCode::records_lost, now.records_lost), "");
  if (now.overruns > last_.overruns) {
    overrun_ = {EventCode::cycle_overrun, 0, 0, now.longest_cycle_ms, now.period_ms};
    overran_ = 0;
    news.push_back({overrun_, std::to_string(now.overruns) + " overruns since the start"});
  }
  if (overran_ < kStands) {
    ++overran_;
    stand(overrun_, std::to_string(now.overruns) + " overruns since the start");
  }
  if (now.log_lines_lost > last_.log_lines_lost) {
    log_dropped_ = 0;
    news.push_back({counted(EventCode::log_lines_lost, now.log_lines_lost - last_.log_lines_lost)});
  }
  if (log_dropped_ < kStands) {
    ++log_dropped_;
    stand(counted(EventCode::log_lines_lost, now.log_lines_lost), "");
  }
  last_ = now;
  return news;
}

}  // namespace saggar::app
