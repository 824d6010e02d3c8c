#pragma once
// A REST request after routing, and what a resource answers. A composite's subrequest is a Call too, so the resources do not know
// whether they were called alone.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/http/message.hpp"
#include "base/text/encoding.hpp"
#include "base/text/json.hpp"
#include "sim/salesforce/org_state.hpp"

namespace casewire::sim::salesforce {

inline constexpr const char* kJsonType = "application/json;charset=UTF-8";

struct Answer {
  int status = 200;
  std::optional<Json> body{};  ///< absent: no content, or `raw`
  std::string raw{};           ///< instead of `body`: bytes, or rows as JSON that was written straight
  std::string raw_type{};
  http::Headers headers{};
  std::string not_modelled{};  ///< what was asked for and is not there; not empty means 501
};

/// What a request asks of the resource's last change. Source: REST API Developer Guide, "Conditional Request Headers".
struct Conditions {
  std::optional<WallTime> modified_since{}, unmodified_since{};
  std::string match{}, none_match{};  ///< lists of tags

  /// Keeps the header if it is one of the four; false for any other. A date that cannot be read counts as none.
  bool take(std::string_view name, std::string_view value);
};

struct Call {
  OrgState& org;
  std::string method;
  std::string version;                ///< "v66.0"
  std::vector<std::string> segments;  ///< behind the version; percent-decoded
  FormFields query{};
  std::string body_text{};  ///< as sent; empty inside a composite
  std::optional<Json> body{};
  JsonPath body_path{};                     ///< of `body` inside body_text
  const std::string* outer_text = nullptr;  ///< of the composite, for positions
  std::optional<std::string> content_type{};
  std::optional<std::string> query_options{};  ///< Sforce-Query-Options
  bool marks_viewed = false;                   ///< Sforce-Mru: the row counts as viewed by the caller
  Conditions conditions{};
  Actor actor{};
  std::uint64_t cause = 0;
  bool inside_composite = false;
  bool all_or_none = false;  ///< the composite around it takes everything back on failure
  std::string api{};         ///< "/tooling", for what is addressed by the Tooling API

  std::string prefix() const { return "/services/data/" + version + api; }
  std::string parameter(std::string_view name) const { return form_value(query, name).value_or(""); }
};

/// 200 with JSON that is written already.
Answer written_answer(std::string json);
/// The body as JSON; empty when the answer has none, or has bytes.
std::string json_text(Answer&& answer);
Answer error_answer(const SaveError& error);
Answer errors_answer(const SaveErrors& errors);
Answer error_answer(int status, std::string code, std::string message);
Answer not_found();
Answer not_modelled(std::string what);
/// 304 or 412 when the request's conditions do not hold for what changed last at that time; nullopt when the call goes on. Only
/// some rows have a tag.
std::optional<Answer> failed_condition(const Call& call, WallTime modified, std::string_view tag = {});
/// What the next request's conditions are made of.
void tell_last_change(Answer& answer, WallTime modified, std::string_view tag = {});
/// 404, or 501 for an object that every real org has.
Answer no_object(const Call& call, std::string_view name);
Answer query_refused(const soql::Error& error);

/// `{"statusCode", "message", "fields"}`: how collections show an error.
Json collection_error(const SaveError& error);
std::string row_path(const Call& call, const SObjectType& type, std::string_view id);

}  // namespace casewire::sim::salesforce
