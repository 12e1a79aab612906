// Field: a kiln behind its end of the field link. One pass of each clock is one call.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <ostream>
#include <span>

#include "hil/bridge/diary.hpp"
#include "hil/kiln/kiln.hpp"
#include "runtime/wire/field_server.hpp"
#include "runtime/wire/streams.hpp"

namespace saggar::bridge {

/// Thread: one (all calls).
class Field {
 public:
  /// All must outlive this object; `truths` may be null.
  /// @param period_s of the runtime's cycle: the kiln goes on by this per frame
  /// @param shed_s  wall time without a command after which a throttled field is on its own
  Field(kiln::Kiln& kiln, wire::FieldServer& server, wire::TruthPublisher* truths, double period_s,
        double shed_s, std::ostream& log);

  /// Waits for a runtime, publishes the present frame and takes messages until its command is here,
  /// for at most `limit` of wall time (negative = for ever) or until `*stop`. True if the command
  /// was applied. While the link fault is on: returns at once, and what has come is lost.
  bool exchange(std::chrono::milliseconds limit, const volatile int* stop);
  /// Publishes the present frame without waiting for an answer; not while the link fault is on.
  void publish();
  /// Takes what has come, and waits for more until `until`. While the link fault is on it is lost:
  /// hellos, heartbeats and commands get no answer.
  void serve_until(std::chrono::steady_clock::time_point until, const volatile int* stop);
  /// The kiln goes on by one period; says so when the devices lose or find their host.
  void advance();
  /// Wall clock: what is done to the kiln from now on is written down; `diary` must outlive this.
  void keep(Diary& diary) noexcept { diary_ = &diary; }
  /// Wall clock: from now on the kiln's time follows the clock, also between two frames, so that
  /// what comes is heard when it comes.
  void follow_clock();
  /// Wall clock: brings the kiln's time up to now.
  void catch_up();
  /// Wall clock: publishes the present frame and takes what comes until `end`. Nobody needs to
  /// answer.
  void one_period(std::chrono::steady_clock::time_point end, const volatile int* stop);
  /// The devices are on their own now.
  void lose(const char* why);

  double shed_s() const noexcept { return shed_s_; }
  double period_s() const noexcept { return period_s_; }
  kiln::Kiln& kiln() noexcept { return kiln_; }

 private:
  bool take();
  void lose_messages();
  bool await(std::span<const wire::Pollable> items, const std::function<bool()>& over);
  void tell_faults();
  void tell_refusal();
  void tell_host();
  void show_truth();

  kiln::Kiln& kiln_;
  wire::FieldServer& server_;
  wire::TruthPublisher* truths_;
  double period_s_, shed_s_;
  std::ostream& log_;
  Diary* diary_ = nullptr;
  domain::Frame frame_;
  domain::Command command_;
  domain::Ack ack_;
  kiln::Truth truth_;
  std::uint64_t published_ = 0;  // sequence of the newest frame
  std::uint64_t answered_ = 0;   // sequence of the frame the newest command answers
  std::chrono::steady_clock::time_point heard_{}, shown_{};
  std::vector<faults::State> told_;
  std::string told_refusal_;
  std::uint64_t host_session_ = 0;
  bool awaiting_ = false;  // a frame is out whose command is not here yet
  bool host_alive_ = false;
  bool follows_clock_ = false;
  std::chrono::steady_clock::time_point caught_up_{};
};

}  // namespace saggar::bridge
