// Two versions of the program on one store: what the former one has left is brought up and can be taken back, and the statements that it was released
// with stay right on what this one makes (tests/contract/old_stores). docs/decisions/0016-two-versions-on-one-store.md.

#include <gmock/gmock.h>

#include <fstream>
#include <iterator>

#include "bridge/store/postgres.hpp"
#include "bridge/store/postgres_store.hpp"
#include "bridge/store/schema_place.hpp"
#include "bridge/store/sqlite.hpp"
#include "tests/contract/store_file.hpp"
#include "tests/support/postgres_server.hpp"

namespace casewire::bridge {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::SizeIs;

const WallTime kNow = *parse_iso8601("2026-01-05T10:00:00Z");

std::string corpus(const std::string& name) {
  std::ifstream in(CASEWIRE_SOURCE_DIR "/tests/contract/old_stores/" + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// A kind of store, and a way to it that knows nothing of this version.
class Kind {
 public:
  virtual ~Kind() = default;
  virtual StorePlace place() const = 0;
  virtual std::unique_ptr<Store> open() const = 0;
  virtual void run(const std::string& sql) const = 0;
  /// Of a statement with one row and one column.
  virtual std::int64_t number(const std::string& sql) const = 0;
  /// All that the store is made of, but for its rows.
  virtual std::string definitions() const = 0;
  virtual std::string table(const std::string& name) const = 0;
  virtual SchemaNumber former() const = 0;
  virtual std::string corpus_name() const = 0;
};

class InFile final : public Kind {
 public:
  StorePlace place() const override { return {.file = file_.path()}; }
  std::unique_ptr<Store> open() const override { return open_store(file_.path()); }
  void run(const std::string& sql) const override { connection()->run(sql); }
  std::int64_t number(const std::string& sql) const override { return connection()->integer(sql); }
  std::string definitions() const override {
    return connection()->text(
        "SELECT group_concat(type || ' ' || name || ' ' || coalesce(sql, '')) FROM (SELECT * FROM sqlite_schema ORDER BY name)");
  }
  std::string table(const std::string& name) const override { return name; }
  SchemaNumber former() const override { return {2, 0}; }
  std::string corpus_name() const override { return "sqlite-2"; }

 private:
  std::unique_ptr<sqlite::Connection> connection() const {
    std::ofstream{file_.path(), std::ios::app};
    auto opened = sqlite::Connection::open(file_.path(), sqlite::Connection::Access::read_write);
    return std::move(*opened);
  }
  StoreFile file_;
};

class InDatabase final : public Kind {
 public:
  StorePlace place() const override { return {.uri = uri_, .schema = std::string(postgres::kSchema)}; }
  std::unique_ptr<Store> open() const override { return PostgresStore::open(uri_).value(); }
  void run(const std::string& sql) const override { connection().run(sql); }
  std::int64_t number(const std::string& sql) const override { return connection().ask({sql.c_str()}).integer(0, 0); }
  std::string definitions() const override {
    return connection()
        .ask(
            {"SELECT string_agg(what, E'\\n' ORDER BY what) FROM ("
             " SELECT relname::text || ' ' || relkind::text || coalesce(' ' || pg_get_indexdef(i.indexrelid), '') AS what"
             "  FROM pg_class c LEFT JOIN pg_index i ON i.indexrelid = c.oid WHERE relnamespace = 'casewire'::regnamespace"
             " UNION ALL SELECT attrelid::regclass::text || '.' || attname::text FROM pg_attribute a JOIN pg_class c ON c.oid = attrelid"
             "  WHERE relnamespace = 'casewire'::regnamespace AND relkind = 'r' AND attnum > 0 AND NOT attisdropped"
             " UNION ALL SELECT pg_get_functiondef(p.oid) FROM pg_proc p WHERE pronamespace = 'casewire'::regnamespace"
             " UNION ALL SELECT pg_get_triggerdef(t.oid) FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid"
             "  WHERE relnamespace = 'casewire'::regnamespace) AS all_of_it"})
        .text(0, 0);
  }
  std::string table(const std::string& name) const override { return "casewire." + name; }
  SchemaNumber former() const override { return {1, 0}; }
  std::string corpus_name() const override { return "postgres-1"; }

 private:
  postgres::Connection connection() const {
    return postgres::Connection(*postgres::Address::parse(uri_, std::string(postgres::kSchema)));
  }
  std::string uri_ = tests::PostgresServer::shared().make_database();
};

struct MadeKind {
  const char* name;
  std::unique_ptr<Kind> (*make)();
};

class TwoVersions : public testing::TestWithParam<MadeKind> {
 protected:
  void SetUp() override {
    if (std::string_view{GetParam().name} == "Postgres" && tests::PostgresServer::programs().empty()) {
      GTEST_SKIP() << tests::PostgresServer::kMissing;
    }
    kind_ = GetParam().make();
  }
  void make_former() const { kind_->run(corpus(kind_->corpus_name() + ".sql")); }
  /// Whatever the former program does in the life of a job.
  void former_writes() const { kind_->run(corpus(kind_->corpus_name() + "-writes.sql")); }
  std::int64_t former_count(const std::string& condition) const {
    return kind_->number("SELECT count(*) FROM " + kind_->table("ledger") + " WHERE " + condition);
  }
  StoreSums sums() const {
    auto rows = open_snapshot(kind_->place());
    return sums_of(**rows);
  }
  SchemaNumber number() const { return *schema_at(kind_->place()); }
  SchemaNumber known() const { return steps_of(kind_->place()).back().to; }
  std::string refusal(const StepBack& wish) const {
    const auto done = step_back(wish);
    return done ? "done" : render(done.error());
  }
  StepBack wish(std::optional<SchemaNumber> to = {}) const {
    return {.place = kind_->place(), .to = to, .bridge_name = "bridge", .now = kNow};
  }
  static void tend(Store& store) {
    while (store.tend(kNow, std::nullopt)) {
    }
  }

  std::unique_ptr<Kind> kind_;
};

INSTANTIATE_TEST_SUITE_P(, TwoVersions,
                         testing::Values(MadeKind{"Sqlite", [] { return std::unique_ptr<Kind>{std::make_unique<InFile>()}; }},
                                         MadeKind{"Postgres",
                                                  [] { return std::unique_ptr<Kind>{std::make_unique<InDatabase>()}; }}),
                         [](const auto& row) { return std::string{row.param.name}; });

TEST_P(TwoVersions, TheFormerOneWritesIntoAStoreOfThisOneAndBothUnderstandTheOther) {
  const auto store = kind_->open();
  tend(*store);
  store->commit({.at = kNow,
                 .ledger = {{.key = "comment:new", .about = "new", .done = true, .begun_at = kNow - 24h * 40, .detail = "said"},
                            {.key = "reply:new", .about = "new", .begun_at = kNow, .detail = "digest"}}});
  EXPECT_EQ(former_count("key = 'comment:new' AND done = (1 = 1) AND detail = 'said'"), 1);
  EXPECT_EQ(former_count("key = 'reply:new' AND done = (1 = 0)"), 1);

  former_writes();
  const auto sent = store->ledger_entry("reply:old");
  ASSERT_TRUE(sent);
  EXPECT_TRUE(sent->done);
  EXPECT_EQ(sent->result, "message-9");
  ASSERT_TRUE(store->ledger_entry("reply:begun"));
  EXPECT_FALSE(store->ledger_entry("reply:begun")->done);
  EXPECT_EQ(store->ledger_entry("comment:new")->detail, "said again");
  EXPECT_THAT(store->ledger_about("new"), SizeIs(2)) << "an entry that was written anew stands once";
  EXPECT_EQ(store->links_of_session("old").size(), 1u);
  EXPECT_EQ(store->mark("seen:session:old"), "1");
  const auto job = store->job("session:old");
  ASSERT_TRUE(job);
  EXPECT_EQ(job->attempts, 1);
  EXPECT_EQ(job->problem, "SERVER_UNAVAILABLE");
  EXPECT_EQ(job->conversation, "contact:dana@example.test");
  const auto claim = store->claim({.now = kNow + 1h, .owner = "bridge", .lease_until = kNow + 2h});
  ASSERT_TRUE(claim.job);
  EXPECT_EQ(claim.job->subject, "session:old");

  store->commit({.at = kNow + 1h,
                 .under = claim.lease,
                 .ledger = {{.key = "reply:begun", .about = "old", .done = true, .begun_at = kNow, .result = "message-10"}},
                 .outcome = JobOutcome{.revision = claim.job->revision}});
  tend(*store);
  EXPECT_EQ(former_count("key = 'reply:begun' AND done = (1 = 1)"), 1);
  EXPECT_EQ(former_count("about = 'old'"), 2);
  former_writes();
  EXPECT_EQ(former_count("about = 'old'"), 2) << "and anew, over what was filed meanwhile";
  EXPECT_FALSE(store->ledger_entry("reply:begun")->done) << "the last word counts, whose ever it is";
}

TEST_P(TwoVersions, WhatTheFormerOneLeftIsBroughtUpAndTakenBackAsItWas) {
  make_former();
  const auto former_rows = sums();
  const auto former_definitions = kind_->definitions();
  ASSERT_EQ(number(), kind_->former());
  {
    const auto store = kind_->open();
    EXPECT_EQ(number(), known());
    tend(*store);
    EXPECT_EQ(sums(), former_rows);
    EXPECT_EQ(store->ledger_entry("reply:02s000000000001AAA")->result, "message-1");
    EXPECT_FALSE(store->ledger_entry("reply:02s000000000002AAA")->done);
    EXPECT_EQ(store->parked_jobs(10).size(), 1u);
    store->commit({.at = kNow, .ledger = {{.key = "comment:c", .about = "s1", .done = true, .begun_at = kNow}}});
    tend(*store);
  }
  const auto rows = sums();
  const auto back = step_back(wish(kind_->former()));
  ASSERT_TRUE(back) << render(back.error());
  EXPECT_EQ(back->from, known());
  EXPECT_EQ(number(), kind_->former());
  EXPECT_EQ(kind_->definitions(), former_definitions);
  EXPECT_EQ(sums(), rows) << "with what was written since";
  former_writes();
  EXPECT_EQ(former_count("about = 'old'"), 2);
  const auto store = kind_->open();
  EXPECT_EQ(number(), known()) << "and up again";
  EXPECT_EQ(store->ledger_entry("reply:old")->result, "message-9");
}

TEST_P(TwoVersions, AnAdditionOfANewerOneIsWorkedOnAsItIs) {
  kind_->open()->prepare();
  kind_->run("UPDATE " + kind_->table(kind_->place().uri.empty() ? "schema_revision" : "schema_version") + " SET revision = 99");
  const auto store = kind_->open();
  store->commit({.at = kNow, .hints = {{.subject = "session:a"}}});
  EXPECT_TRUE(store->job("session:a"));
  EXPECT_EQ(number().revision, 99);
  EXPECT_THAT(refusal(wish()), HasSubstr(".99, this program knows versions up to " + text_of(known()) + "\n"))
      << "what nobody here knows, nobody here takes back";
}

TEST_P(TwoVersions, NoWayLeadsBackBeforeTheFirstOneOrToANumberOfNobody) {
  kind_->open()->prepare();
  EXPECT_THAT(refusal(wish(SchemaNumber{known().version, 77})), HasSubstr("the ways lead to "));
  EXPECT_THAT(refusal(wish(known())), HasSubstr("no way leads back from schema version " + text_of(known())));
  ASSERT_TRUE(step_back(wish(SchemaNumber{1, 0})));
  EXPECT_THAT(refusal(wish()), HasSubstr("schema version 1, the first one"));
}

TEST_P(TwoVersions, NothingIsTakenBackThatIsNotThere) {
  EXPECT_NE(refusal(wish()), "done");
  EXPECT_FALSE(schema_at(kind_->place()));
}

TEST(TwoVersionsOfADatabase, NothingIsTakenBackUnderABridgeThatWorksOnIt) {
  if (tests::PostgresServer::programs().empty()) GTEST_SKIP() << tests::PostgresServer::kMissing;
  const auto uri = tests::PostgresServer::shared().make_database();
  const auto store = PostgresStore::open(uri).value();
  store->commit({.at = kNow, .hints = {{.subject = "session:a"}}});
  ASSERT_TRUE(store->claim({.now = kNow, .owner = "other", .lease_until = kNow + 30s}).job);
  StepBack wish{.place = {.uri = uri, .schema = "casewire"}, .bridge_name = "bridge", .now = kNow};
  const auto refused = step_back(wish);
  ASSERT_FALSE(refused);
  EXPECT_THAT(render(refused.error()), HasSubstr("the bridge \"other\" works on that store"));
  wish.now = kNow + 31s;
  EXPECT_TRUE(step_back(wish));
}

}  // namespace
}  // namespace casewire::bridge
