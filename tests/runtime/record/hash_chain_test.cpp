#include "runtime/record/hash_chain.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace saggar::record {
namespace {

using Bytes = std::vector<std::uint8_t>;

TEST(Sha256, GivesTheDigestsOfFips180) {
  // FIPS 180-4 examples: the empty text and "abc".
  EXPECT_EQ(hex(sha256(std::string_view(""))),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(hex(sha256(std::string_view("abc"))),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(HashChain, BeginsAtZeros) { EXPECT_EQ(HashChain().hex(), std::string(64, '0')); }

TEST(HashChain, EachDigestIsThatOfTheOneBeforeAndTheBytes) {
  const Bytes first = {1, 2, 3}, second = {4};
  Bytes expected(32, 0);
  expected.insert(expected.end(), first.begin(), first.end());
  const ChainDigest one = sha256(expected);
  HashChain chain;
  EXPECT_EQ(chain.add(first), one);
  Bytes next(one.begin(), one.end());
  next.insert(next.end(), second.begin(), second.end());
  EXPECT_EQ(chain.add(second), sha256(next));
}

TEST(HashChain, GoesOnWhereAnotherEnded) {
  const Bytes a = {1}, b = {2}, c = {3};
  HashChain whole, start;
  whole.add(a);
  start.add(a);
  HashChain rest(start.digest());
  whole.add(b);
  rest.add(b);
  whole.add(c);
  rest.add(c);
  EXPECT_EQ(whole.hex(), rest.hex());
}

TEST(HashChain, NoticesOrderAndBoundaries) {
  const Bytes a = {1}, b = {2}, ab = {1, 2};
  HashChain one, two, three;
  one.add(a);
  one.add(b);
  two.add(b);
  two.add(a);
  three.add(ab);
  EXPECT_NE(one.hex(), two.hex());
  EXPECT_NE(one.hex(), three.hex());
}

}  // namespace
}  // namespace saggar::record
