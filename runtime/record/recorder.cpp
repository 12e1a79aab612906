#include "runtime/record/recorder.hpp"

namespace saggar::record {

Recorder::Recorder(const Layout& layout, JournalWriter* journal)
    : encoder_(layout),
      chain_(journal != nullptr ? journal->last_digest() : ChainDigest{}),
      journal_(journal) {}

bool Recorder::take(const domain::Record& record) {
  const auto bytes = encoder_.encode(record);
  if (bytes.empty()) return false;
  chain_.add(bytes);
  ++records_;
  bytes_ += bytes.size();
  if (journal_ == nullptr) return true;
  TimingBuffer buffer;
  return journal_->append(record, bytes, chain_.digest(), encode_timing(record, buffer));
}

}  // namespace saggar::record
