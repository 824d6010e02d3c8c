#pragma once
// The fake Salesforce org: what a client writes is what it later reads, errors come in Salesforce's own words, and what the org
// sends out leaves from an asynchronous job after commit. Facade over schema, records, soql, api and automation.
// Stricter than the vendor: an unmodelled route, field or clause is answered 501 and journalled, never guessed.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/http/handler.hpp"
#include "sim/salesforce/soql/soql.hpp"
#include "sim/world/surroundings.hpp"

namespace casewire::sim::salesforce {

struct OrgOptions {
  std::string instance_url;  ///< scheme, host and port; no path; login and API live there both
  std::string client_id = "3MVG9casewire";
  std::string client_secret = "casewire-secret";
  std::string refresh_token = "5Aep861casewire";  ///< of the integration user
  std::string webhook_url{};                      ///< what the Named Credential OpenCX_Integration holds; empty: callouts fail
  std::chrono::milliseconds session_timeout{2 * 60 * 60 * 1000};
};

struct OrgFile {
  std::string name;
  std::string content;
  std::string media_type = "application/octet-stream";
};

/// Thread-safe. Never holds its lock across a Runtime or Transport call.
class Org {
 public:
  /// `org_json` is the text of an org file (fixtures/orgs/NAME/org.json), `file` its name for errors.
  static Result<std::unique_ptr<Org>> create(std::string_view org_json, std::string_view file, OrgOptions options,
                                             Surroundings surroundings);
  ~Org();

  /// Every route of login and instance host.
  http::Reply handle(const http::Request& request);
  /// What a request would do, in the words of fault sentences: "Case create", "Case update", "CaseComment create", "file create",
  /// "query", "token". A composite names each of its parts.
  std::vector<std::string> operations(const http::Request& request) const;
  /// Every name that operations() can give for the standard objects, sorted: what a fault sentence may say.
  static std::vector<std::string> operation_names();

  // ---- people at work in the org; ids and errors are Salesforce's own texts
  /// A rep: an active user, member of the queue of that name. Adding a known name again returns the same id.
  Result<std::string, std::string> add_rep(std::string_view name, std::string_view queue);
  /// A reply on the Case through the package's action: an outgoing EmailMessage row with its files (fixtures/orgs/*/README.md).
  Result<std::string, std::string> reply(std::string_view user_id, std::string_view case_id, std::string_view text,
                                         const std::vector<OrgFile>& files);
  Result<std::string, std::string> comment(std::string_view user_id, std::string_view case_id, std::string_view text,
                                           bool published);
  Result<void, std::string> update(std::string_view user_id, std::string_view record_id, const Json& fields);

  // ---- switches for scenarios
  void expire_access_tokens();

  // ---- what checks read
  /// The records of a query, as REST shows them.
  Result<std::vector<Json>, soql::Error> query(std::string_view soql) const;
  /// The bytes of a ContentVersion; empty when there is none.
  std::string file_content(std::string_view content_version_id) const;
  std::string integration_user_id() const;
  /// Requests that met something unmodelled: a run with any is red.
  std::vector<std::string> not_modelled() const;

 private:
  class Impl;
  explicit Org(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace casewire::sim::salesforce
