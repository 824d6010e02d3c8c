// Rows are read in the order that is asked for where they lie in it already: the first twenty of a million are twenty rows.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "sim/salesforce/records/ids.hpp"
#include "tests/unit/sim/salesforce/soql/sample_org.hpp"

namespace casewire::sim::salesforce::soql {
namespace {

/// A store that counts the rows that queries look at.
class Watched final : public Database {
 public:
  const Schema& schema() const override { return store.schema(); }
  WallTime now() const override { return store.now(); }
  void each(const SObjectType& type, bool with_deleted, const std::function<bool(const Record&)>& visit) const override {
    store.each(type, with_deleted, [&](const Record& row) { return ++seen, visit(row); });
  }
  void each_backwards(const SObjectType& type, bool with_deleted,
                      const std::function<bool(const Record&)>& visit) const override {
    store.each_backwards(type, with_deleted, [&](const Record& row) { return ++seen, visit(row); });
  }
  bool ascends(const SObjectType& type, const Field& field) const override { return store.ascends(type, field); }
  const Record* row(std::string_view id) const override { return store.row(id); }
  bool indexed(const SObjectType& type, const Field& field, std::string_view text,
               const std::function<bool(const Record&)>& visit) const override {
    return store.indexed(type, field, text, visit);
  }

  void add(int subject, std::int64_t number, std::int64_t second, const std::string& priority = "Low") {
    std::vector<Value> values(type().fields.size());
    const std::string id = store.next_id(type());
    const auto put = [&](std::string_view name, Value value) {
      values[index_of(type(), *type().field(name))] = std::move(value);
    };
    put("Id", id);
    put("IsDeleted", false);
    put("Subject", std::to_string(subject));
    put("CaseNumber", std::to_string(number));
    put("Priority", priority);
    put("CreatedDate", instant("2026-01-05T09:00:00Z") + std::chrono::seconds{second});
    store.insert(type(), id, values);
  }

  /// The subjects of what is found, in order.
  std::vector<std::string> found(const std::string& clauses) const {
    seen = 0;
    const auto query = parse("SELECT Subject FROM Case " + clauses);
    const auto rows = query ? evaluate(*query, *this, {}) : Result<Rows, Error>(fail(query.error()));
    if (!rows) return {rows.error().message};
    std::vector<std::string> subjects;
    for (const Json& record : rows->records.trees()) subjects.push_back(string_member(record, "Subject"));
    return subjects;
  }

  const SObjectType& type() const { return *store.schema().find("Case"); }

  Store store{Schema::standard()};
  mutable std::size_t seen = 0;
};

TEST(SoqlOrder, LooksAtNoMoreRowsThanItShows) {
  Watched org;
  for (int i = 0; i < 1000; ++i) org.add(i, 10'000'000 + i, i);
  for (const char* field : {"Id", "CaseNumber", "CreatedDate"}) {
    const std::string order = std::string("ORDER BY ") + field;
    EXPECT_EQ(org.found(order + " LIMIT 2 OFFSET 1"), (std::vector<std::string>{"1", "2"})) << field;
    EXPECT_LE(org.seen, 4u) << field;
    EXPECT_EQ(org.found(order + " DESC LIMIT 2"), (std::vector<std::string>{"999", "998"})) << field;
    EXPECT_LE(org.seen, 4u) << field;
  }
}

TEST(SoqlOrder, SortsWhereAClockWentBackOrANumberBecameLonger) {
  Watched org;
  org.add(0, 99'999'999, 5);
  org.add(1, 100'000'000, 4);
  EXPECT_EQ(org.found("ORDER BY CreatedDate LIMIT 1"), std::vector<std::string>{"1"});
  EXPECT_EQ(org.found("ORDER BY CaseNumber LIMIT 1"), std::vector<std::string>{"1"});
  EXPECT_EQ(org.found("ORDER BY Id LIMIT 1"), std::vector<std::string>{"0"});
}

TEST(SoqlOrder, SortsWhereADateWasWrittenLater) {
  Watched org;
  for (int i = 0; i < 3; ++i) org.add(i, i, i);
  org.store.set(*org.store.find(make_id("500", 3)), "CreatedDate", instant("2026-01-01T00:00:00Z"));
  EXPECT_EQ(org.found("ORDER BY CreatedDate LIMIT 1"), std::vector<std::string>{"2"});
}

RC_GTEST_PROP(SoqlOrder, CutsWhatItReadsInOrderWhereItCutsWhatItSorts, ()) {
  Watched org;
  const int count = *rc::gen::inRange(0, 12);
  std::int64_t second = 0, number = 99'999'980 + *rc::gen::inRange(0, 25);
  for (int i = 0; i < count; ++i) {
    second += *rc::gen::weightedElement<int>({{8, 0}, {8, 1}, {1, -5}});
    org.add(i, number++, second, *rc::gen::element<std::string>("High", "Low"));
  }
  const std::string clauses = *rc::gen::element<std::string>("", "WHERE Priority = 'High' ") + "ORDER BY " +
                              *rc::gen::element<std::string>("Id", "CaseNumber", "CreatedDate") +
                              *rc::gen::element<std::string>("", " DESC") +
                              *rc::gen::element<std::string>("", ", Priority", ", Subject DESC");
  const auto limit = *rc::gen::inRange<std::size_t>(1, 8), offset = *rc::gen::inRange<std::size_t>(0, 4);
  const auto all = org.found(clauses);
  const auto from = std::min(offset, all.size()), to = std::min(offset + limit, all.size());
  const std::vector<std::string> expected(all.begin() + static_cast<std::ptrdiff_t>(from),
                                          all.begin() + static_cast<std::ptrdiff_t>(to));
  RC_LOG() << clauses << '\n';
  RC_ASSERT(org.found(clauses + " LIMIT " + std::to_string(limit) + " OFFSET " + std::to_string(offset)) == expected);
}

}  // namespace
}  // namespace casewire::sim::salesforce::soql
