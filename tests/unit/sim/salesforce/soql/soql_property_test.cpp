#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/unit/sim/salesforce/soql/sample_org.hpp"

namespace casewire::sim::salesforce::soql {
namespace {

// A condition drawn at random, as text, and what it says of a Case, computed in the plainest way.
struct Drawn {
  std::string text;
  std::function<bool(const Record&)> holds;
};

Drawn leaf() {
  const int which = *rc::gen::inRange(0, 6);
  if (which == 0) {
    const std::string status = *rc::gen::element<std::string>("New", "Working", "Closed");
    return {"Status = '" + status + "'", [status](const Record& row) { return row.text("Status") == status; }};
  }
  if (which == 1) return {"Subject = null", [](const Record& row) { return is_null(row.at("Subject")); }};
  if (which == 2) {
    const int bound = *rc::gen::inRange(-5, 15);
    return {"Amount__c > " + std::to_string(bound), [bound](const Record& row) {
              const auto* amount = std::get_if<double>(&row.at("Amount__c"));
              return amount && *amount > bound;
            }};
  }
  if (which == 3) {
    const std::string letter = *rc::gen::element<std::string>("o", "r", "1", "_");
    const std::string pattern = letter == "_" ? "\\_" : letter;
    return {"Subject LIKE '%" + pattern + "%'", [letter](const Record& row) {
              std::string text = row.text("Subject");
              for (char& c : text) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
              return !is_null(row.at("Subject")) && text.find(letter) != std::string::npos;
            }};
  }
  if (which == 4) {
    return {"Priority NOT IN ('High', 'Low')",
            [](const Record& row) { return row.text("Priority") != "High" && row.text("Priority") != "Low"; }};
  }
  return {"IsClosed = false", [](const Record& row) { return !std::get<bool>(row.at("IsClosed")); }};
}

Drawn condition(int depth) {
  const int which = depth == 0 ? 0 : *rc::gen::inRange(0, 4);
  if (which == 0) return leaf();
  if (which == 1) {
    Drawn inner = condition(depth - 1);
    return {"NOT (" + inner.text + ")", [inner](const Record& row) { return !inner.holds(row); }};
  }
  const bool all = which == 2;
  Drawn joined{"", [all](const Record&) { return all; }};
  const int count = *rc::gen::inRange(2, 4);
  for (int i = 0; i < count; ++i) {
    Drawn part = condition(depth - 1);
    joined.text += (i == 0 ? "(" : all ? " AND (" : " OR (") + part.text + ")";
    joined.holds = [all, before = joined.holds, part](const Record& row) {
      return all ? before(row) && part.holds(row) : before(row) || part.holds(row);
    };
  }
  return joined;
}

RC_GTEST_PROP(SoqlProperty, FindsWhatAPlainReadingOfTheConditionFinds, ()) {
  static const SampleOrg org;
  const Drawn drawn = condition(4);
  std::string expected;
  org.store().each(*org.store().schema().find("Case"), false, [&](const Record& row) {
    if (drawn.holds(row)) expected += (expected.empty() ? "" : " ") + row.text("Ref__c");
    return true;
  });
  RC_LOG() << drawn.text << '\n';
  RC_ASSERT(org.refs("WHERE " + drawn.text) == expected);
}

RC_GTEST_PROP(SoqlProperty, GivesAnIndexedSearchTheSameRowsAsAScan, ()) {
  static const SampleOrg org;
  const std::string id = *rc::gen::element(org.dana, org.eli, org.acme);
  const Drawn more = leaf();
  // Behind OR no index is used.
  const std::string scan = org.refs("WHERE (ContactId = '" + id + "' OR ContactId = '" + id + "') AND " + more.text);
  RC_ASSERT(org.refs("WHERE ContactId = '" + id + "' AND " + more.text) == scan);
}

}  // namespace
}  // namespace casewire::sim::salesforce::soql
