#pragma once
// The fake Salesforce org: what a client writes is what it later reads, errors come in Salesforce's own words, and what the org
// sends out leaves from an asynchronous job after commit. Facade over schema, records, soql, api and automation.
// Stricter than the vendor: an unmodelled route, field or clause is answered 501 and journalled, never guessed.

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/http/handler.hpp"
#include "sim/salesforce/records/obstacles.hpp"
#include "sim/salesforce/records/rights.hpp"
#include "sim/salesforce/soql/soql.hpp"
#include "sim/world/surroundings.hpp"

namespace casewire::sim::salesforce {

struct OrgOptions {
  std::string instance_url;  ///< scheme, host and port; no path; login and API live there both
  std::string client_id = "3MVG9casewire";
  std::string client_secret = "casewire-secret";
  std::string refresh_token = "5Aep861casewire";  ///< of the integration user
  std::string password = "casewire-password";     ///< of every user
  std::string security_token = "CasewireToken";   ///< may stand behind the password
  bool needs_security_token = false;              ///< must stand there, as it must for callers from an unknown network
  /// Scopes that the application may ask for beside those of the org file.
  std::string more_scope{};
  /// Of the application, for the JWT bearer flow (PEM, a public key or a certificate); empty: any RSA key is taken.
  std::string jwt_certificate{};
  std::string webhook_url{};  ///< what the Named Credential OpenCX_Integration holds; empty: callouts fail
  std::chrono::milliseconds session_timeout{2 * 60 * 60 * 1000};
  // ---- what makes this org differ from its file
  bool callouts = true;                       ///< false: the package's triggers are not there
  std::vector<std::string> without_fields{};  ///< "Case.OpenCX_Handoff__c"
  std::vector<std::string>
      closing_statuses{};  ///< the statuses that close a Case here, in place of the file's; empty: the file's
};

struct OrgFile {
  std::string name;
  std::string content;
  std::string media_type = "application/octet-stream";
  std::string title{};  ///< as its uploader wrote it; empty: the name without its ending
};

/// A mail that a rep writes on a Case. What is empty: no such body; the rep's own address; the Case's customer; "Re: " and the
/// Case's subject.
struct RepMail {
  std::string text{}, html{};
  std::vector<OrgFile> files{};
  std::string from{}, to{}, cc{}, subject{};
  std::string message_id{};  ///< MessageIdentifier of the row; the package's action has none
  /// Within the text: the composer stores each on the Case, and HtmlBody shows it at an address that the org's people alone can read
  /// (assumed: docs/salesforce.md).
  std::vector<OrgFile> pictures{};
  std::string status = "3";      ///< EmailMessage.Status: sent; "5" is a draft
  bool announces_files = false;  ///< HasAttachment is true although no file is linked yet
};

/// What a rep posts in the feed of a Case.
struct FeedPost {
  std::string text;
  bool is_public = false;  ///< Visibility "AllUsers", which an org without digital experiences has not; else "InternalUsers"
  std::optional<OrgFile> file{};
  std::string link{};    ///< LinkUrl; not together with a file
  bool is_rich = false;  ///< the text is HTML, as the feed's rich text editor writes it
};

/// What the org's own composer hands to its mail server: the row is there, the caller transmits it.
struct ComposedMail {
  std::string row_id, message_id, from_name, from, to, cc, subject, text, html;
  std::vector<OrgFile> files;
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

  // ---- people at work in the org; ids and errors are Salesforce's own texts. Each act is one transaction.
  /// A rep: an active user, member of the queue of that name. Adding a known name again returns the same id.
  Result<std::string, std::string> add_rep(std::string_view name, std::string_view queue);
  /// A queue that may own Cases. Adding a known name again returns the same id.
  std::string add_queue(std::string_view name);
  /// The id of the queue, or else of the user, of that name.
  Result<std::string, std::string> owner_named(std::string_view name) const;
  /// A reply on the Case through the package's action: an outgoing EmailMessage row with its files (fixtures/orgs/*/README.md).
  Result<std::string, std::string> reply(std::string_view user_id, std::string_view case_id, std::string_view text,
                                         const std::vector<OrgFile>& files);
  Result<std::string, std::string> reply(std::string_view user_id, std::string_view case_id, const RepMail& mail);
  /// The same from Salesforce's own composer: the row has a MessageIdentifier, and the org transmits the mail (the caller does).
  Result<ComposedMail, std::string> compose(std::string_view user_id, std::string_view case_id, const RepMail& mail);
  /// The same by the org itself, as an email alert of a flow: an administrator's row.
  Result<ComposedMail, std::string> alert(std::string_view case_id, const RepMail& mail);
  /// Files put on a Case or on a mail that is there already.
  Result<std::string, std::string> attach(std::string_view user_id, std::string_view record_id,
                                          const std::vector<OrgFile>& files);
  Result<std::string, std::string> comment(std::string_view user_id, std::string_view case_id, std::string_view text,
                                           bool published);
  /// In the Case's feed.
  Result<std::string, std::string> post(std::string_view user_id, std::string_view case_id, const FeedPost& post);
  /// Other words in a comment of her own.
  Result<void, std::string> edit_comment(std::string_view user_id, std::string_view comment_id, std::string_view text);
  Result<std::string, std::string> create(std::string_view user_id, std::string_view object, const Json& fields);
  Result<void, std::string> update(std::string_view user_id, std::string_view record_id, const Json& fields);
  Result<void, std::string> remove(std::string_view user_id, std::string_view record_id);
  Result<void, std::string> undelete(std::string_view user_id, std::string_view record_id);
  /// The losers (one or two) go, with MasterRecordId set; what hung on them hangs on the master.
  Result<void, std::string> merge(std::string_view user_id, std::string_view master_id, const std::vector<std::string>& losers);

  // ---- switches for scenarios
  void expire_access_tokens();
  /// Every session and refresh token of the integration user, as an administrator revokes them.
  void revoke_tokens();
  /// Another org answers at this address, with the same rows and another id, or the right one again. Sessions end; refresh tokens live.
  void answer_as_another_org(bool another);
  Result<void, std::string> set_active(std::string_view user_id, bool active);
  /// Of the package's trigger on that object ("EmailMessage"). An inactive one tells of nothing.
  Result<void, std::string> set_trigger_active(std::string_view object, bool active);
  /// Where callouts go from now on: the URL of the Named Credential.
  void point_named_credential(std::string url);
  void add_validation_rule(ValidationRule rule);
  /// For so long nobody else gets the row, nor may a child of it be saved (UNABLE_TO_LOCK_ROW); zero frees it.
  Result<void, std::string> lock_row(std::string_view record_id, milliseconds duration);
  /// For so long no query shows the row; reads by its id do.
  Result<void, std::string> leave_out_of_queries(std::string_view record_id, milliseconds duration);
  void set_storage_full(Storage storage, bool full);
  /// From now on that user may not do that to rows of the object ("Case"). The error says what there is not.
  Result<void, std::string> withhold(std::string_view user_id, Rights::Right right, std::string_view object);
  /// Nor write that field, which it still sees.
  Result<void, std::string> withhold_field(std::string_view user_id, std::string_view object, std::string_view field);
  void give_rights_back(std::string_view user_id);
  /// All of the day's API requests are used up, or given back.
  void set_requests_used_up(bool used_up);
  /// The next `count` saves of that operation ("Case update", "file create") by the API fail with that code, wherever they stand: alone, in a
  /// composite's 200, in a collection; `rows_before` of them are saved first. The error says what is wrong with operation or code.
  Result<void, std::string> refuse_saves(std::string_view operation, std::string_view code, std::size_t count,
                                         std::size_t rows_before = 0);
  /// Ordered refusals that have not struck.
  std::size_t refusals_left() const;
  /// A whole answer in the vendor's words for a code of the API ("UNABLE_TO_LOCK_ROW", "REQUEST_LIMIT_EXCEEDED"), of the token
  /// endpoint ("invalid_grant"), or "MAINTENANCE_PAGE"; nullopt for any other.
  static std::optional<http::Response> refusal(std::string_view code);
  static std::vector<std::string> refusal_codes();

  // ---- what checks read
  /// The records of a query, as REST shows them; those in the recycle bin too when they are asked for (queryAll).
  Result<std::vector<Json>, soql::Error> query(std::string_view soql, bool with_deleted = false) const;
  /// The bytes of a ContentVersion; empty when there is none.
  std::string file_content(std::string_view content_version_id) const;
  std::string integration_user_id() const;
  std::string integration_username() const;
  /// Requests that met something unmodelled: a run with any is red.
  std::vector<std::string> not_modelled() const;

 private:
  class Impl;
  explicit Org(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace casewire::sim::salesforce
