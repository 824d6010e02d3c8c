#include "sim/salesforce/records/file_shelf.hpp"

#include <gtest/gtest.h>

namespace casewire::sim::salesforce {
namespace {

std::string file_of(char c) { return std::string(3u << 20, c); }

TEST(FileShelf, GivesBackWhatWasPutThereHoweverMuchItIs) {
  FileShelf shelf;
  for (char c = 'a'; c <= 'z'; ++c) shelf.put(std::string(1, c), file_of(c));
  shelf.put("small", "word");
  for (char c = 'a'; c <= 'z'; ++c) EXPECT_TRUE(shelf.find(std::string(1, c)) == file_of(c)) << c;
  EXPECT_EQ(shelf.find("small"), "word");
  EXPECT_FALSE(shelf.find("another"));
  EXPECT_LE(shelf.in_memory(), FileShelf::kInMemoryMax);
}

TEST(FileShelf, ForgetsWhatIsErasedAndKnowsWhatCameInItsPlace) {
  FileShelf shelf;
  for (char c = 'a'; c <= 'h'; ++c) shelf.put(std::string(1, c), file_of(c));
  shelf.erase("a");
  shelf.erase("h");
  EXPECT_FALSE(shelf.find("a"));
  EXPECT_FALSE(shelf.find("h"));
  shelf.put("b", "other");
  EXPECT_EQ(shelf.find("b"), "other");
  shelf.put("i", file_of('i'));
  EXPECT_TRUE(shelf.find("i") == file_of('i'));
  EXPECT_TRUE(shelf.find("g") == file_of('g'));
}

}  // namespace
}  // namespace casewire::sim::salesforce
