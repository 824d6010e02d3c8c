#pragma once
// Client of the Salesforce REST API, v66.0. Thread-safe. No call is made while the org rests (delivery/vendor.hpp). A 401 is answered by one refresh and one replay; a second one means that
// the connection itself is gone. Source: REST API Developer Guide, v66.0, "Composite", "Query", "Insert or Update Blob Data".

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text/json.hpp"
#include "bridge/salesforce/token.hpp"

namespace casewire::bridge::salesforce {

inline constexpr std::string_view kApi = "/services/data/v66.0";

struct NamedQuery {
  std::string name;  ///< as a Subrequest's reference
  std::string soql;
  bool with_deleted = false;  ///< rows that were deleted or merged away count too. Source: REST API Developer Guide, "QueryAll"
};

struct Subrequest {
  std::string reference;  ///< letters, digits, underscore; begins with a letter
  std::string method;
  std::string path;  ///< below kApi; `@{other.id}` is replaced by Salesforce
  Json body = nullptr;
};

using Bodies = std::map<std::string, Json, std::less<>>;  ///< by reference
/// The body of that name, or a shared null.
const Json& member_of(const Bodies& bodies, std::string_view name);

class Client {
 public:
  Client(http::Transport& transport, Vendor& vendor, const Config& config, TokenSurroundings tokens);

  /// Up to 5 queries in one call. Answers the rows by name; further pages of a long answer are fetched, at most 50.
  Outcome<Bodies> query_all_of(const std::vector<NamedQuery>& queries, std::string_view trace);
  /// Rows that may have been deleted too.
  Outcome<Json> query_with_deleted(std::string_view soql, std::string_view trace);
  /// All or nothing, and only while the lease lasts. Answers the bodies by reference.
  Outcome<Bodies> write_together(const std::vector<Subrequest>& requests, std::string_view trace,
                                 const http::Permit* permit = nullptr);
  /// Returns the new row's id. Likewise.
  Outcome<std::string> create(std::string_view type, const Json& fields, std::string_view trace,
                              const http::Permit* permit = nullptr);
  /// The bytes of a blob field, such as `/sobjects/ContentVersion/<id>/VersionData`.
  /// `bytes` of them are expected.
  Outcome<std::string> download(std::string_view path, std::size_t bytes, std::string_view trace);
  /// What the integration user may do with that type and its fields. Source: REST API Developer Guide, "sObject Describe".
  Outcome<Json> describe(std::string_view type, std::string_view trace);
  /// Rows of the org's setup, of one page: ApexTrigger, ApexClass, NamedCredential. They show themselves to users with View Setup and
  /// Configuration only. Source: Tooling API, "REST Resources", query.
  Outcome<Json> setup_rows(std::string_view soql, std::string_view trace);
  /// `{"DailyApiRequests": {"Max", "Remaining"}, ...}`. Source: REST API Developer Guide, "Limits".
  Outcome<Json> limits(std::string_view trace);
  /// AccessTokens::connect.
  Result<void, std::string> connect(const std::string& refresh_token, const std::string& org_id) {
    return tokens_.connect(refresh_token, org_id);
  }
  /// 18 (or 15) characters. Known without a call once a token was fetched.
  Outcome<std::string> own_user_id(std::string_view trace);

 private:
  Outcome<http::Response> call(std::string_view method, std::string_view path, const std::string& body, std::string_view trace,
                               std::size_t bytes_expected = 0, const http::Permit* permit = nullptr);
  Outcome<Json> json_call(std::string_view method, std::string_view path, const std::string& body, std::string_view trace,
                          const http::Permit* permit = nullptr);
  Outcome<Bodies> composite(const std::vector<Subrequest>& requests, bool all_or_none, std::string_view trace,
                            const http::Permit* permit = nullptr);
  Outcome<Json> all_rows(Json page, std::string_view trace);

  http::Transport& transport_;
  Vendor& vendor_;
  AccessTokens tokens_;
  milliseconds call_timeout_;
};

/// A text as a SOQL literal, quotes included. Source: SOQL and SOSL Reference, "Quoted String Escape Sequences".
std::string soql_literal(std::string_view text);
/// The same for the fixed part of a LIKE pattern: `%` and `_` stand for themselves. Without the quotes.
std::string soql_like_part(std::string_view text);
/// What IN compares with: `('a', 'b')`. At least one text.
std::string soql_list(const std::vector<std::string>& texts);
/// "2026-01-05T09:00:00.000Z", as SOQL writes an instant: without quotes.
std::string soql_datetime(WallTime when);
/// Case ids and user ids come in 15 and 18 characters; the first 15 tell.
bool is_same_id(std::string_view a, std::string_view b);

}  // namespace casewire::bridge::salesforce
