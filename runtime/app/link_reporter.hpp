// LinkReporter: what the io thread knows of the field link, in words for the log and for screens.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "runtime/app/blackboard.hpp"
#include "runtime/domain/frame.hpp"
#include "runtime/domain/plant.hpp"
#include "runtime/record/log.hpp"
#include "runtime/wire/field_client.hpp"

namespace saggar::app {

/// Says each change once: why there is no link, what the field refuses, when it is well again.
/// Thread: io. The log takes a line without waiting for any disk or screen.
class LinkReporter {
 public:
  static constexpr std::int64_t kAbsent_ns = 3'000'000'000;  ///< without a field: then it is said
  static constexpr std::int64_t kAgain_ns = 10'000'000'000;  ///< between two lines of one reason

  /// `log` may be null; all must outlive this object.
  /// @param address of the field, as people wrote it
  LinkReporter(const domain::Plant& plant, std::string address, record::Log* log, Blackboard& board)
      : plant_(plant), address_(std::move(address)), log_(log), board_(board) {}

  /// What `FieldClient::receive` gave: only link_up, link_lost and refused matter here.
  void got(wire::FieldClientGot got, const wire::FieldClient& field);
  /// Values that the field did not take.
  void ack(const domain::Ack& ack, std::int64_t now_ns);
  /// Each pass of the io loop; works now and then.
  void look(const wire::FieldClient& field, std::int64_t now_ns);
  std::uint64_t acks_refused() const noexcept { return acks_refused_; }

 private:
  struct Words {
    std::string english, korean;
    bool operator==(const Words&) const = default;
  };
  struct Refused {
    std::uint64_t values = 0;  // since the last line
    std::int64_t told_ns = INT64_MIN;
  };

  Words why_down(const wire::FieldClient& field, std::int64_t now_ns) const;
  static Words why_lost(const wire::FieldClient& field);
  void tell(const Words& words, domain::Severity severity);

  const domain::Plant& plant_;
  std::string address_;
  record::Log* log_;
  Blackboard& board_;
  bool refused_ = false;  // since the link was last up
  std::int64_t began_ns_ = INT64_MIN;
  std::int64_t next_look_ns_ = INT64_MIN;
  Words lost_;
  Words told_;
  std::string told_refusal_;
  std::uint64_t acks_refused_ = 0;
  std::array<Refused, 256> refused_for_{};  // by domain::Reason
};

}  // namespace saggar::app
