#pragma once
// What the layers of one org share: its rows, its sessions, its switches. Guarded by the org's lock, except where said.

#include <deque>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "sim/salesforce/org.hpp"
#include "sim/salesforce/org_file.hpp"
#include "sim/salesforce/records/saver.hpp"
#include "sim/salesforce/sessions.hpp"
#include "sim/salesforce/soql/plans.hpp"

namespace casewire::sim::salesforce {

/// What one callout tells: a Case, and the rows on it that changed.
struct Notice {
  std::string case_id;
  std::vector<std::string> record_ids;
  std::uint64_t cause = 0;   ///< the journal entry of the (first) record change
  bool names_by_15 = false;  ///< the Case by 15 characters
  std::string content_type{};
};

/// One asynchronous job: the notices of a transaction and event, which leave one after another once it is committed.
struct CalloutJob {
  std::string event;
  std::vector<Notice> notices;
};

/// A result, of a query or of one of its child subqueries, that did not fit on its page.
struct QueryCursor {
  std::string user_id;
  std::uint64_t query = 0;  ///< what came of one query goes together
  soql::Rows rows;
  WallTime expires{};
};

struct OrgState {
  OrgState(OrgData data, OrgOptions options, Surroundings surroundings);

  OrgOptions options;
  OrgData data;  ///< its schema has moved into the store
  Surroundings surroundings;
  Store store;
  Saver saver;
  std::string organization_id;
  std::string integration_user_id, admin_user_id;
  Sessions sessions;
  soql::Plans plans{};
  std::map<std::string, QueryCursor> cursors;
  std::uint64_t cursors_made = 0;
  std::map<std::string, std::string> passwords;                       ///< by user id; who has none has that of the options
  std::map<std::string, std::vector<std::string>> viewed;             ///< ids of rows by user id, the newest first
  std::deque<std::pair<WallTime, std::size_t>> api_usage;             ///< requests by hour
  bool requests_used_up = false;                                      ///< a script said so
  std::map<std::string, WallTime, std::less<>> missing_from_queries;  ///< ids of rows, and until when
  std::vector<std::string> not_modelled;
  std::vector<CalloutJob> jobs;  ///< committed, not yet started

  Actor actor(const std::string& user_id) const;
  bool is_active(const std::string& user_id) const;
  std::string user_name(const std::string& user_id) const;
  /// Ends the transaction: journals its changes and queues its callouts. `cause`: the journal entry that led to it.
  void commit(std::uint64_t cause);
  void count_api_request();
  std::size_t api_requests() const;  ///< in the last 24 hours, by whole hours
};

}  // namespace casewire::sim::salesforce
