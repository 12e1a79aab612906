#include "hil/cluster/shards.hpp"

#include <algorithm>
#include <numeric>
#include <queue>
#include <tuple>

namespace saggar::cluster {

std::vector<std::uint32_t> balanced(const std::vector<Piece>& pieces, std::uint32_t shards) {
  std::vector<std::size_t> order(pieces.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    if (pieces[a].cost_s != pieces[b].cost_s) return pieces[a].cost_s > pieces[b].cost_s;
    return pieces[a].id < pieces[b].id;
  });
  // The count of pieces breaks ties, so that what costs nothing is spread as well.
  using Load = std::tuple<double, std::size_t, std::uint32_t>;
  std::priority_queue<Load, std::vector<Load>, std::greater<>> least;
  for (std::uint32_t shard = 0; shard < shards; ++shard) least.emplace(0.0, 0U, shard);
  std::vector<std::uint32_t> out(pieces.size());
  for (const std::size_t i : order) {
    auto [cost, count, shard] = least.top();
    least.pop();
    out[i] = shard;
    least.emplace(cost + pieces[i].cost_s, count + 1, shard);
  }
  return out;
}

}  // namespace saggar::cluster
