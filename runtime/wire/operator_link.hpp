// The operator link: intents by name, one answer each (SC-08), and the status.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/domain/intent.hpp"
#include "runtime/domain/plant.hpp"
#include "runtime/domain/result.hpp"
#include "runtime/wire/digest.hpp"
#include "runtime/wire/transport.hpp"

namespace saggar::wire {

/// An intent as stations spell it: names, no indices.
struct IntentByName {
  std::uint64_t id = 0;
  std::uint64_t not_before = 0;  ///< first cycle at which it may apply; 0 = at once
  domain::IntentKind kind = domain::IntentKind::acknowledge;
  std::string mv;                          ///< name of the written tag; empty = all MVs of the duty
  domain::Duty duty = domain::Duty::heat;  ///< ignored when `mv` is given
  domain::Mode mode = domain::Mode::cas;
  std::uint8_t rung = 0xFF;
  std::string controller;   ///< name of the instance; empty = none
  double value = 0;         ///< in the MV's or parameter's unit, finite
  std::string key;          ///< at most 47 bytes
  std::string who;          ///< at most 31 bytes
  std::string station;      ///< at most 31 bytes
  std::string reason;       ///< at most 127 bytes
  std::string rung_name{};  ///< name or number of a rung of the duty; empty = `rung`
  bool operator==(const IntentByName&) const = default;
};

/// Of each duty's ladder, best first.
using RungNames = std::array<std::vector<std::string>, domain::kDutyCount>;

struct IntentReply {
  std::uint64_t id = 0;
  std::uint64_t cycle = 0;  ///< at which it was applied or refused; 0 = before any cycle
  domain::AnswerKind answer = domain::AnswerKind::error;
  domain::Reason reason = domain::Reason::none;
  std::string detail;           ///< at most 1000 bytes
  std::string detail_korean{};  ///< at most 1000 bytes; empty: as `detail`
  bool operator==(const IntentReply&) const = default;
};

struct OperatorRequest {
  std::uint64_t client = 0;  ///< hand back to `answer` or `status`; one per request
  domain::Intent intent;     ///< meaningless when is_status
  bool is_status = false;
};

/// The runtime's end. Every request gets exactly one answer: those it cannot read, resolve or keep
/// are answered by itself, the rest when `answer` or `status` is called (a second call for the
/// same request does nothing). Answers to a station that has left, or that leaves hundreds of
/// answers unread, cannot be delivered and are counted. ai_off, hold and release are never refused
/// for the station's clock (SC-91). Thread: one. Nothing blocks.
class OperatorServer {
 public:
  static constexpr std::size_t kMaxOpen = 256;  ///< unanswered requests; more are answered `busy`
  /// Places beyond those for ai_off, hold and release (SC-91), which no flood of others may take.
  static constexpr std::size_t kEmergencyOpen = 64;
  static constexpr std::chrono::seconds kAnswerLimit{60};

  /// @param plant        must outlive the server
  /// @param controllers  names of the configured instances, index = ControllerId
  /// @param rungs        names of each duty's ladder, best first
  static domain::Result<std::unique_ptr<OperatorServer>> bind(Context& context,
                                                              const std::string& endpoint,
                                                              const domain::Plant& plant,
                                                              std::vector<std::string> controllers,
                                                              RungNames rungs = {});
  ~OperatorServer();
  OperatorServer(const OperatorServer&) = delete;
  OperatorServer& operator=(const OperatorServer&) = delete;

  /// The address really bound.
  const std::string& endpoint() const noexcept;
  /// The next request that needs the runtime; false when there is none.
  bool receive(OperatorRequest& request) noexcept;
  void answer(std::uint64_t client, const domain::IntentAnswer& answer, std::string_view detail,
              std::string_view detail_korean = {});
  void status(std::uint64_t client, const Digest& digest);
  /// Answers `aborted` to every intent without `not_before` that has been open for longer than the
  /// limit (kAnswerLimit at first). Call now and then. @return how many
  std::size_t abort_late();
  void set_answer_limit(std::chrono::milliseconds limit) noexcept;
  bool is_open(std::uint64_t client) const noexcept;
  std::size_t open_requests() const noexcept;
  /// Requests that were answered here with an error.
  std::uint64_t refused_count() const noexcept;
  /// Answers that could not be delivered.
  std::uint64_t undelivered() const noexcept;
  Pollable pollable() const noexcept;

 private:
  struct Impl;
  explicit OperatorServer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// A station's end. Thread: one. Blocks at most as long as the given timeout.
class OperatorClient {
 public:
  static domain::Result<std::unique_ptr<OperatorClient>> connect(Context& context,
                                                                 const std::string& endpoint);
  ~OperatorClient();
  OperatorClient(const OperatorClient&) = delete;
  OperatorClient& operator=(const OperatorClient&) = delete;

  /// Sends one intent and waits for its answer. The runtime refuses it when it reads it after the
  /// timeout (by both hosts' clocks), so an intent given up here is not applied later; ai_off, hold
  /// and release always are.
  /// Errors: nobody there, no answer in time, a field too long.
  domain::Result<IntentReply> ask(const IntentByName& intent, std::chrono::milliseconds timeout);
  /// Sends one intent that has no end and does not wait for its answer, which is lost. When a later
  /// `status` of this client is answered, the runtime has the intent: for scenarios, whose intents
  /// say in `not_before` when they count.
  domain::Status post(const IntentByName& intent, std::chrono::milliseconds timeout);
  domain::Result<Digest> status(std::chrono::milliseconds timeout);

 private:
  struct Impl;
  explicit OperatorClient(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace saggar::wire
