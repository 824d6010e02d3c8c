#include "bridge/cases/adoption.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bridge/cases/missing.hpp"
#include "tests/unit/bridge/history.hpp"

namespace casewire::bridge::cases {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

const WallTime kNow = kNine + 1h;

opencx::HistoryItem item(std::string id, std::string type, WallTime at) {
  opencx::HistoryItem item;
  item.id = std::move(id);
  item.at = at;
  item.type = std::move(type);
  item.sender_type = "contact";
  return item;
}

/// A mail, a handoff, and another one an hour later; the org holds the Case that was made for the first.
class Orphan : public testing::Test {
 protected:
  Changes adopt() const { return adopted(marked, memory, history, kNow); }
  std::vector<std::string> keys(const Changes& changes) const {
    std::vector<std::string> result;
    for (const auto& entry : changes.ledger) result.push_back(entry.key);
    return result;
  }
  void begin_create(std::string last_described) {
    memory.ledger.push_back(
        {.key = "case:s#1", .about = "contact:dana", .begun_at = kNine + 1min, .detail = std::move(last_described)});
  }
  const std::vector<opencx::HistoryItem> history{item("m1", "message", kNine), item("h1", "handoff", kNine + 1min),
                                                 item("h2", "handoff", kNine + 30min)};
  Marked marked{.cases = {{.id = "500A", .handoff = "s#1", .created_at = kNine + 2min}}, .comments = {}};
  Memory memory{.session_id = "s", .conversation = "contact:dana", .links = {}, .ledger = {}};
};

// F1, F4: the answer to the create was lost.
TEST_F(Orphan, IsLinkedWithAllThatStandsOnIt) {
  begin_create("h1");
  marked.comments["500A"] = {{{"m1", 1, 1}, kNine + 2min}};
  const auto changes = adopt();
  ASSERT_THAT(changes.links, SizeIs(1));
  EXPECT_EQ(changes.links[0].case_id, "500A");
  EXPECT_EQ(changes.links[0].replies_since, WallTime{}) << "everything that was answered on it is ours to send";
  EXPECT_THAT(keys(changes), ElementsAre("comment:h1", "case:s#1", "comment:m1"));
  EXPECT_EQ(changes.ledger[1].detail, "h1");
  ASSERT_THAT(changes.hints, SizeIs(1));
  EXPECT_EQ(changes.hints[0].subject, "case:500A") << "the rep may have answered already";
}

TEST_F(Orphan, IsAdoptedThoughItIsClosed) {
  begin_create("h1");
  marked.cases[0].is_closed = true;
  marked.cases[0].closed_at = kNine + 10min;
  EXPECT_THAT(adopt().links, SizeIs(1));
}

// A second mail that overtakes must not make the first conversation's Case silent.
TEST_F(Orphan, IsAdoptedByAnotherSessionOfTheContactForTheOneItWasMadeFor) {
  begin_create("h1");
  memory.session_id = "other";
  const auto changes = adopt();
  ASSERT_THAT(changes.links, SizeIs(1));
  EXPECT_EQ(changes.links[0].session_id, "s");
  EXPECT_EQ(changes.links[0].replies_since, WallTime{});
  ASSERT_THAT(changes.hints, SizeIs(2));
  EXPECT_EQ(changes.hints[1].subject, "session:s");
}

// F80: the ledger was lost; the Case's own time must do.
TEST_F(Orphan, DescribesTheHandoffsThatItIsYoungerThanWhenTheLedgerWasLost) {
  EXPECT_THAT(keys(adopt()), ElementsAre("comment:h1", "case:s#1"));
}

TEST_F(Orphan, IsAdoptedOnce) {
  memory.ledger = {{.key = "comment:h1", .about = "s", .done = true}};
  memory.links = {{.session_id = "s", .number = 1, .case_id = "500A", .conversation = "contact:dana"}};
  const auto changes = adopt();
  EXPECT_THAT(changes.links, IsEmpty());
  EXPECT_THAT(changes.ledger, IsEmpty());
  EXPECT_THAT(changes.hints, IsEmpty());
}

// Another session of the contact adopted it, and could not know which handoffs its description stands for.
TEST_F(Orphan, DescribesItsHandoffsThoughItIsLinkedAlready) {
  begin_create("h1");
  memory.links = {{.session_id = "s", .number = 1, .case_id = "500A", .conversation = "contact:dana"}};
  EXPECT_THAT(keys(adopt()), ElementsAre("comment:h1"));
}

// A merge moved the link on: the mark on the lost Case says nothing any more.
TEST_F(Orphan, DoesNotBringBackACaseThatTheSessionHasLeft) {
  memory.links = {{.session_id = "s", .number = 2, .case_id = "500M", .conversation = "contact:dana"}};
  EXPECT_THAT(adopt().links, IsEmpty());
}

TEST_F(Orphan, KeepsAMessageMissingWhileOneOfItsPartsIs) {
  marked.comments["500A"] = {{{"m1", 1, 2}, kNine + 2min}};
  for (const auto& key : keys(adopt())) EXPECT_NE(key, "comment:m1");
  marked.comments["500A"].push_back({{"m1", 2, 2}, kNine + 2min});
  EXPECT_THAT(keys(adopt()), testing::Contains("comment:m1"));
}

// F73: the append was done and not acknowledged, and then the rep closed the Case: her words stand there.
TEST_F(Orphan, TellsAMessageThatCameAfterTheClosingFromOneThatCameBefore) {
  memory.links = {{.session_id = "s", .number = 1, .case_id = "500A", .conversation = "contact:dana"}};
  marked.cases[0].is_closed = true;
  marked.cases[0].closed_at = kNine + 10min;
  marked.comments["500A"] = {{{"m1", 1, 1}, kNine + 10min}};
  EXPECT_EQ(adopt().ledger.back().detail, "");
  marked.comments["500A"] = {{{"m1", 1, 1}, kNine + 10min + 1s}};
  EXPECT_EQ(adopt().ledger.back().detail, kStranded);
  memory.is_with_people = false;
  EXPECT_EQ(adopt().ledger.back().detail, "") << "the AI answers it";
}

// F74, F80: a restored store has forgotten them; nobody needs to be told of her thanks.
TEST_F(Orphan, StrandsNoThanks) {
  memory.links = {{.session_id = "s", .number = 1, .case_id = "500A", .conversation = "contact:dana"}};
  marked.cases[0].is_closed = true;
  marked.cases[0].closed_at = kNine + 10min;
  auto thanks = item("m2", "message", kNine + 20min);
  thanks.text = "Thank you!";
  marked.comments["500A"] = {{{"m2", 1, 1}, kNine + 20min}};
  EXPECT_EQ(adopted(marked, memory, {thanks}, kNow).ledger.back().detail, "");
  thanks.text = "It flickers.";
  EXPECT_EQ(adopted(marked, memory, {thanks}, kNow).ledger.back().detail, kStranded);
}

TEST_F(Orphan, KnowsItsFilesByTheirDescription) {
  marked.files = {{.attachment_id = "a1", .version_id = "068A", .case_id = "500A"}};
  EXPECT_THAT(keys(adopt()), testing::Contains("file:a1"));
}

}  // namespace
}  // namespace casewire::bridge::cases
