// Channel: one direction of a line, a queue of messages on their way.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

#include "hil/instruments/noise.hpp"
#include "hil/line/figures.hpp"
#include "hil/line/message.hpp"
#include "runtime/domain/archive.hpp"

namespace saggar::line {

/// What is wrong with one direction now; nothing by default.
struct Trouble {
  double delay_s = 0, jitter_s = 0;
  double loss = 0, burst_loss = 0, reorder = 0, duplicate = 0, corrupt = 0;  ///< shares, 0..1
  double spacing_s = 0;       ///< the link needs so long for each message
  bool cut = false;           ///< nothing passes
  bool held = false;          ///< messages wait until it is over
  bool newest_first = false;  ///< in which order they come then
};

struct Counts {
  std::uint64_t sent = 0, lost = 0, undecodable = 0, spoiled = 0, refused = 0;
};

/// Messages are copied in and out. Deterministic: chance is a matter of the key and of the number
/// of the message. Thread: one. `Message` has a `spoil` and a `serialize` in `message.hpp`.
template <class Message>
class Channel {
 public:
  Channel(Message empty, std::uint64_t key, const Figures& figures)
      : empty_(std::move(empty)), key_(key), figures_(figures) {}

  void set(const Trouble& trouble, std::int64_t now_ns) {
    if (trouble_.held && !trouble.held) release(now_ns);
    trouble_ = trouble;
  }

  void send(const Message& message, std::int64_t now_ns) {
    const std::uint64_t number = ++counts_.sent;
    const std::int64_t free_ns = begin(now_ns);
    if (trouble_.cut || free_ns < 0 || chance(Draw::loss, number) < trouble_.loss ||
        in_burst(number)) {
      ++counts_.lost;
      return;
    }
    Item item{message, free_ns, 4 * number, false};
    if (chance(Draw::corrupt, number) < trouble_.corrupt) {
      ++counts_.spoiled;
      if (chance(Draw::undecodable, number) < figures_.undecodable_share) {
        ++counts_.undecodable;
        return;
      }
      spoil(item.message, instruments::bits(key(Draw::bit), number));
    }
    item.due_ns += to_ns(trouble_.delay_s + trouble_.jitter_s * chance(Draw::jitter, number));
    last_due_ns_ = item.due_ns = std::max(item.due_ns, last_due_ns_);  // tcp keeps the order
    queue(std::move(item), number);
  }

  /// When the next message comes; nothing while none is on its way or all are held.
  std::optional<std::int64_t> next_ns() const noexcept {
    const Item* first = front();
    if (first == nullptr) return std::nullopt;
    return first->due_ns;
  }
  /// The next message that has come by `now_ns`; false if there is none.
  bool take(Message& message, std::int64_t now_ns) {
    const Item* first = front();
    if (first == nullptr || first->due_ns > now_ns) return false;
    message = first->message;
    items_.erase(items_.begin() + (first - items_.data()));
    return true;
  }

  std::size_t on_the_way() const noexcept { return items_.size(); }
  Counts& counts() noexcept { return counts_; }
  const Counts& counts() const noexcept { return counts_; }

  /// What is on the way, and the trouble it is in.
  void serialize(domain::Archive& archive) {
    constexpr std::uint32_t kMost = 1U << 16U;
    auto n = static_cast<std::uint32_t>(items_.size());
    archive(n);
    if (!archive.is_saving()) {
      items_.assign(archive.ok() && n <= kMost ? n : 0, Item{empty_, 0, 0, false});
    }
    for (Item& item : items_) {
      archive(item.due_ns, item.order, item.waits);
      line::serialize(archive, item.message);
    }
    Trouble& t = trouble_;
    archive(t.delay_s, t.jitter_s, t.loss, t.burst_loss, t.reorder, t.duplicate, t.corrupt,
            t.spacing_s, t.cut, t.held, t.newest_first);
    archive(counts_, last_due_ns_, free_ns_, in_burst_);
  }

 private:
  struct Item {
    Message message;
    std::int64_t due_ns;
    std::uint64_t order;  ///< among those that are due together
    bool waits;           ///< to be overtaken by the next one
  };
  enum class Draw : std::uint8_t {
    loss,
    burst,
    reorder,
    duplicate,
    corrupt,
    undecodable,
    bit,
    jitter
  };
  static std::int64_t to_ns(double s) noexcept { return static_cast<std::int64_t>(s * 1e9); }
  std::uint64_t key(Draw draw) const noexcept {
    return instruments::element(key_, static_cast<std::uint64_t>(draw));
  }
  double chance(Draw draw, std::uint64_t number) const noexcept {
    return instruments::uniform(key(draw), number);
  }

  /// When a slow link has this message through; -1: its queue is full.
  std::int64_t begin(std::int64_t now_ns) noexcept {
    if (trouble_.spacing_s <= 0) return now_ns;
    const std::int64_t spacing_ns = to_ns(trouble_.spacing_s);
    const std::int64_t from_ns = std::max(free_ns_, now_ns);
    if (from_ns - now_ns >= figures_.rate_queue * spacing_ns) return -1;
    free_ns_ = from_ns + spacing_ns;
    return free_ns_;
  }

  /// Gilbert and Elliott: a good state without loss, a bad one in which all is lost.
  bool in_burst(std::uint64_t number) noexcept {
    const double share = trouble_.burst_loss;
    if (share <= 0) {
      in_burst_ = false;
      return false;
    }
    const double leave = 1.0 / figures_.burst_messages;
    const double turn = in_burst_ ? leave : leave * share / (1.0 - share);
    if (chance(Draw::burst, number) < turn) in_burst_ = !in_burst_;
    return in_burst_;
  }

  void queue(Item item, std::uint64_t number) {
    if (trouble_.held && items_.size() >= static_cast<std::size_t>(figures_.partition_queue)) {
      ++counts_.lost;
      return;
    }
    bool someone_waits = false;
    for (Item& other : items_) {  // this one overtakes
      if (!other.waits) continue;
      someone_waits = true;
      other.waits = false;
      other.due_ns = item.due_ns;
      other.order = item.order + 2;
    }
    item.waits = !someone_waits && chance(Draw::reorder, number) < trouble_.reorder;
    const bool twice = !item.waits && chance(Draw::duplicate, number) < trouble_.duplicate;
    items_.push_back(std::move(item));
    if (!twice) return;
    Item copy = items_.back();
    ++copy.order;
    items_.push_back(std::move(copy));
  }

  void release(std::int64_t now_ns) {
    std::sort(items_.begin(), items_.end(), before);
    std::uint64_t order = items_.empty() ? 0 : items_.front().order;
    for (const Item& item : items_) order = std::min(order, item.order);
    const std::size_t n = items_.size();
    for (std::size_t i = 0; i < n; ++i) {  // below the order of all that is still to come
      items_[i].due_ns = std::max(items_[i].due_ns, now_ns);
      items_[i].order = order + (trouble_.newest_first ? n - 1 - i : i);
    }
  }

  static bool before(const Item& a, const Item& b) noexcept {
    return a.due_ns != b.due_ns ? a.due_ns < b.due_ns : a.order < b.order;
  }
  const Item* front() const noexcept {
    if (trouble_.held) return nullptr;
    const Item* first = nullptr;
    for (const Item& item : items_) {
      if (!item.waits && (first == nullptr || before(item, *first))) first = &item;
    }
    return first;
  }

  Message empty_;  ///< of the right size, to restore into
  std::uint64_t key_;
  Figures figures_;
  Trouble trouble_;
  std::vector<Item> items_;
  Counts counts_;
  std::int64_t last_due_ns_ = 0, free_ns_ = 0;
  bool in_burst_ = false;
};

}  // namespace saggar::line
