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

struct Answer {
  int status = 200;
  std::optional<Json> body{};  ///< absent: no content
  std::string raw{};           ///< instead of `body`
  std::string raw_type{};
  http::Headers headers{};
  std::string not_modelled{};  ///< what was asked for and is not there; not empty means 501
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
  Actor actor{};
  std::uint64_t cause = 0;
  bool inside_composite = false;
  bool all_or_none = false;  ///< the composite around it takes everything back on failure

  std::string prefix() const { return "/services/data/" + version; }
  std::string parameter(std::string_view name) const { return form_value(query, name).value_or(""); }
};

Answer error_answer(const SaveError& error);
Answer errors_answer(const SaveErrors& errors);
Answer error_answer(int status, std::string code, std::string message);
Answer not_found();
Answer not_modelled(std::string what);
/// 404, or 501 for an object that every real org has.
Answer no_object(const Call& call, std::string_view name);
Answer query_refused(const soql::Error& error);

/// `{"statusCode", "message", "fields"}`: how collections show an error.
Json collection_error(const SaveError& error);
/// `{"type": "Case", "url": "/services/data/v66.0/sobjects/Case/500..."}`
Json attributes_of(const Call& call, const SObjectType& type, std::string_view id);
std::string row_path(const Call& call, const SObjectType& type, std::string_view id);

}  // namespace casewire::sim::salesforce
