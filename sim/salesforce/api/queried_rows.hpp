#pragma once
// The store as queries see it: without rows that are missing from them for a while, as while an org recalculates who may see what (assumed:
// docs/salesforce.md). Reads by id still find them.

#include "sim/salesforce/org_state.hpp"

namespace casewire::sim::salesforce {

class QueriedRows final : public Database {
 public:
  /// `org` outlives this.
  explicit QueriedRows(const OrgState& org) : org_(org) {}

  const Schema& schema() const override { return org_.store.schema(); }
  WallTime now() const override { return org_.store.now(); }
  const Record* row(std::string_view id) const override { return is_missing(id) ? nullptr : org_.store.row(id); }
  void each(const SObjectType& type, bool with_deleted, const std::function<bool(const Record&)>& visit) const override {
    org_.store.each(type, with_deleted, [&](const Record& row) { return is_missing(row) || visit(row); });
  }
  void each_backwards(const SObjectType& type, bool with_deleted,
                      const std::function<bool(const Record&)>& visit) const override {
    org_.store.each_backwards(type, with_deleted, [&](const Record& row) { return is_missing(row) || visit(row); });
  }
  bool ascends(const SObjectType& type, const Field& field) const override { return org_.store.ascends(type, field); }
  bool indexed(const SObjectType& type, const Field& field, std::string_view text,
               const std::function<bool(const Record&)>& visit) const override {
    return org_.store.indexed(type, field, text, [&](const Record& row) { return is_missing(row) || visit(row); });
  }

 private:
  bool is_missing(std::string_view id) const {
    const auto found = org_.missing_from_queries.find(id);
    return found != org_.missing_from_queries.end() && now() < found->second;
  }
  bool is_missing(const Record& row) const { return !org_.missing_from_queries.empty() && is_missing(row.text("Id")); }

  const OrgState& org_;
};

}  // namespace casewire::sim::salesforce
