// A store's rows taken to another: all of them, as they are, and to nowhere that is in use.

#include "bridge/store/transfer.hpp"

#include <gmock/gmock.h>

#include "bridge/store/postgres_store.hpp"
#include "tests/contract/store_file.hpp"
#include "tests/support/postgres_server.hpp"

namespace casewire::bridge {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;
using tests::PostgresServer;

constexpr int kMany = 2'345;  // some pages, and a part of one
const WallTime kThen = *parse_iso8601("2026-01-05T09:00:00Z");

class Transfer : public testing::Test {
 protected:
  void SetUp() override {
    if (PostgresServer::programs().empty()) GTEST_SKIP() << PostgresServer::kMissing;
    uri_ = PostgresServer::shared().make_database();
  }
  StorePlace file(const StoreFile& of) const { return {.file = of.path()}; }
  StorePlace schema(const std::string& name) const { return {.uri = uri_, .schema = name}; }
  static std::unique_ptr<Store> open(const StorePlace& place) {
    if (!place.uri.empty()) return PostgresStore::open(place.uri, place.schema).value();
    return open_store(place.file);
  }
  /// Of everything some, with all that texts may hold.
  static void fill(const StorePlace& place) {
    const auto store = open(place);
    const std::string odd = std::string("\0'\"\\", 4) + "\xC3\x9C\n\xFF";
    Changes changes{.at = kThen};
    for (int i = 0; i < kMany; ++i) {
      const auto n = std::to_string(i);
      changes.hints.push_back({.subject = "session:" + n, .conversation = "c" + std::to_string(i / 3), .traceparent = "00-a"});
      changes.ledger.push_back({.key = "reply:" + n, .about = odd, .done = i % 2 == 0, .begun_at = kThen + 1s * i, .result = n});
      changes.links.push_back(
          {.session_id = "s" + std::to_string(i / 2), .number = i % 2 + 1, .case_id = "500", .conversation = odd});
      changes.marks.push_back({.name = "mark:" + n, .value = odd, .at = i % 2 == 0 ? std::optional(kThen) : std::nullopt});
    }
    store->commit(changes);
    const auto claim = store->claim({.now = kThen, .owner = "me", .lease_until = kThen + 1h});
    store->commit({.at = kThen,
                   .under = claim.lease,
                   .outcome = JobOutcome{.revision = 1,
                                         .kind = JobOutcome::Kind::parked,
                                         .due = kThen,
                                         .attempts = 7,
                                         .failing_since = kThen - 1h,
                                         .problem = odd}});
    ASSERT_TRUE(store->claim({.now = kThen, .owner = "me", .lease_until = kThen + 30s}).job) << "one was being worked on";
    store->hold("the sweep", "me", kThen, kThen + 1h);
  }
  static void expect_the_same(const StorePlace& one, const StorePlace& other) {
    const auto a = open(one), b = open(other);
    for (int i = 0; i < kMany; ++i) {
      const auto n = std::to_string(i);
      const auto x = a->job("session:" + n), y = b->job("session:" + n);
      ASSERT_TRUE(x && y) << n;
      EXPECT_EQ(
          std::tie(x->conversation, x->revision, x->due, x->attempts, x->failing_since, x->parked, x->problem, x->traceparent),
          std::tie(y->conversation, y->revision, y->due, y->attempts, y->failing_since, y->parked, y->problem, y->traceparent));
      EXPECT_EQ(a->ledger_entry("reply:" + n), b->ledger_entry("reply:" + n));
      EXPECT_EQ(a->mark("mark:" + n), b->mark("mark:" + n));
      EXPECT_EQ(a->links_of_session("s" + n), b->links_of_session("s" + n));
    }
    EXPECT_EQ(b->mark(hold_mark("the sweep")), std::nullopt);
    EXPECT_EQ(b->count_jobs(kThen).parked, 1u);
    EXPECT_EQ(b->count_jobs(kThen).due, static_cast<std::size_t>(kMany - 1)) << "nothing is leased there";
  }
  std::string refusal(const StorePlace& from, const StorePlace& to, const std::string& name = "me") {
    const auto done = transfer_store({.from = from, .to = to, .bridge_name = name, .now = kThen});
    return done ? "done" : render(done.error());
  }

  std::string uri_;
};

TEST_F(Transfer, TakesEverythingThereAndBack) {
  const StoreFile before, after;
  fill(file(before));
  const auto there = transfer_store({.from = file(before), .to = schema("casewire_acme"), .bridge_name = "me", .now = kThen});
  ASSERT_TRUE(there) << render(there.error());
  EXPECT_THAT(*there, ElementsAre(Pair("jobs", kMany), Pair("ledger", kMany), Pair("links", kMany), Pair("marks", kMany)));
  expect_the_same(file(before), schema("casewire_acme"));
  const auto back = transfer_store({.from = schema("casewire_acme"), .to = file(after), .bridge_name = "me", .now = kThen});
  ASSERT_TRUE(back) << render(back.error());
  expect_the_same(file(before), file(after));
  EXPECT_EQ(*there, *back);
}

TEST_F(Transfer, LeavesAQueueThatCanBeWorkedOff) {
  const StoreFile before;
  fill(file(before));
  ASSERT_EQ(refusal(file(before), schema("casewire")), "done");
  const auto store = open(schema("casewire"));
  int claimed = 0;
  while (store->claim({.now = kThen, .owner = "you", .lease_until = kThen + 30s}).job) ++claimed;
  EXPECT_EQ(claimed, (kMany + 2) / 3) << "one of each conversation";
}

TEST_F(Transfer, IsRefusedWhereItWouldMixOrTear) {
  const StoreFile some, none;
  fill(file(some));
  fill(schema("casewire_acme"));
  EXPECT_THAT(refusal(file(some), schema("casewire_acme")), HasSubstr("there is something in the target already (jobs)"));
  EXPECT_THAT(refusal(schema("casewire_acme"), file(none), "you"),
              HasSubstr("the bridge \"me\" works on that store\nhint: stop every bridge on it"));
  EXPECT_EQ(refusal(schema("casewire_acme"), file(none)), "done") << "it is over, and this is what it left";
  EXPECT_THAT(refusal(file(none), {.uri = "postgres:///nowhere?host=/nowhere", .schema = "casewire"}), HasSubstr("/nowhere"));
}

TEST_F(Transfer, IsRememberedWhereItBegan) {
  const StoreFile place;
  fill(file(place));
  const auto store = open(file(place));
  EXPECT_EQ(transferred_to(*store), std::nullopt);
  note_transfer(*store, "postgres://db/casewire", kThen);
  EXPECT_EQ(transferred_to(*store), "postgres://db/casewire");
  EXPECT_EQ(refusal(file(place), schema("casewire")), "done");
  EXPECT_EQ(transferred_to(*open(schema("casewire"))), std::nullopt);
}

}  // namespace
}  // namespace casewire::bridge
