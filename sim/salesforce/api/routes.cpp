#include "sim/salesforce/api/routes.hpp"

#include "sim/salesforce/api/operations.hpp"
#include "sim/salesforce/api/resources.hpp"

namespace casewire::sim::salesforce {
namespace {

#define DATA "/services/data/{version}"

OrgRoute login(std::string_view method, std::string_view pattern, std::string_view operation, LoginAnswer (*answer)(LoginCall&)) {
  return {.method = method, .pattern = pattern, .operation = operation, .login = answer};
}

OrgRoute data(std::string_view method, std::string_view pattern, std::string_view operation, Answer (*answer)(Call&)) {
  return {.method = method, .pattern = pattern, .operation = operation, .data = answer};
}

// One whose body says what it does.
OrgRoute several(std::string_view method, std::string_view pattern, Answer (*answer)(Call&),
                 std::vector<std::string> (*names)(const Naming&)) {
  return {.method = method, .pattern = pattern, .operation = {}, .data = answer, .names = names};
}

OrgRoute unmodelled(std::string_view pattern, std::string_view what) {
  return {.method = "*", .pattern = pattern, .operation = "request", .unmodelled = what};
}

std::vector<OrgRoute> all_routes() {
  return {
      login("*", "/services/oauth2/token", "token", answer_token),
      login("*", "/services/oauth2/authorize", "authorize", answer_authorize),
      login("*", "/services/oauth2/revoke", "revoke", answer_revoke),
      login("*", "/id/{organization}/{user}", "identity read", answer_identity),
      login("GET", "/services/data", "versions read", answer_versions),

      data("GET", DATA, "resources read", version_resources),
      data("GET", DATA "/limits", "limits read", show_limits),
      data("GET", DATA "/query", "query", run_query),
      data("GET", DATA "/queryAll", "query", run_query),
      data("GET", DATA "/query/{locator}", "query", next_page),
      data("GET", DATA "/queryAll/{locator}", "query", next_page),

      several("POST", DATA "/composite", run_composite, names_of_composite),
      several("POST", DATA "/composite/sobjects", create_collection, names_of_collection),
      several("PATCH", DATA "/composite/sobjects", update_collection, names_of_collection),
      data("DELETE", DATA "/composite/sobjects", "collection delete", delete_collection),
      data("GET", DATA "/composite/sobjects/{object}", "{object} read", read_collection),
      data("POST", DATA "/composite/sobjects/{object}", "{object} read", read_collection),
      data("PATCH", DATA "/composite/sobjects/{object}/{key}", "{object} update", upsert_collection),

      data("GET", DATA "/sobjects", "describe", describe_global),
      data("GET", DATA "/sobjects/{object}", "describe", describe_basic),
      data("POST", DATA "/sobjects/{object}", "{object} create", create_row),
      data("GET", DATA "/sobjects/{object}/describe", "describe", describe_object),
      data("POST", DATA "/sobjects/{object}/Id", "{object} create", create_row),  // an upsert that names no row
      data("GET", DATA "/sobjects/{object}/{id}", "{object} read", read_row),
      data("PATCH", DATA "/sobjects/{object}/{id}", "{object} update", update_row),
      data("DELETE", DATA "/sobjects/{object}/{id}", "{object} delete", delete_row),
      data("GET", DATA "/sobjects/{object}/{key}/{value}", "{object} read", read_by_key_or_blob),
      several("PATCH", DATA "/sobjects/{object}/{key}/{value}", upsert_row, names_of_upsert),
      data("DELETE", DATA "/sobjects/{object}/{key}/{value}", "{object} delete", delete_by_key),

      unmodelled(DATA "/sobjects/{object}/deleted", "ranges of deleted rows"),
      unmodelled(DATA "/sobjects/{object}/updated", "ranges of updated rows"),
      unmodelled(DATA "/sobjects/{object}/listviews/{rest...}", "list views"),
      unmodelled(DATA "/sobjects/{object}/describe/{rest...}", "layouts"),
      unmodelled(DATA "/sobjects/{object}/compactLayouts/{rest...}", "compact layouts"),
      unmodelled(DATA "/sobjects/{object}/quickActions/{rest...}", "quick actions"),
      unmodelled(DATA "/sobjects/{object}/approvalLayouts/{rest...}", "approval layouts"),
      unmodelled(DATA "/composite/batch", "batch requests"),
      unmodelled(DATA "/composite/tree/{object}", "sObject trees"),
      unmodelled(DATA "/composite/graph", "composite graphs"),
      unmodelled(DATA "/search/{rest...}", "SOSL"),
      unmodelled(DATA "/parameterizedSearch/{rest...}", "parameterized search"),
      unmodelled(DATA "/recent", "recently viewed rows"),
      unmodelled(DATA "/jobs/{rest...}", "Bulk API 2.0"),
      unmodelled(DATA "/tooling/{rest...}", "the Tooling API"),
      unmodelled(DATA "/metadata/{rest...}", "the Metadata REST API"),
      unmodelled(DATA "/actions/{rest...}", "invocable actions"),
      unmodelled(DATA "/analytics/{rest...}", "reports and dashboards"),
      unmodelled(DATA "/wave/{rest...}", "CRM Analytics"),
      unmodelled(DATA "/chatter/{rest...}", "Chatter"),
      unmodelled(DATA "/connect/{rest...}", "Connect REST"),
      unmodelled(DATA "/process/{rest...}", "processes and approvals"),
      unmodelled("/services/async/{rest...}", "Bulk API 1.0"),
      unmodelled("/services/apexrest/{rest...}", "Apex REST"),
      unmodelled("/services/Soap/{rest...}", "the SOAP APIs"),
      unmodelled("/cometd/{rest...}", "the Streaming API"),
      unmodelled("/services/oauth2/introspect", "introspection of tokens"),
      unmodelled("/services/oauth2/userinfo", "userinfo"),
      unmodelled("/services/oauth2/singleaccess", "front-door URLs"),
      unmodelled("/.well-known/{rest...}", "OpenID discovery"),
  };
}

#undef DATA

}  // namespace

const std::vector<OrgRoute>& org_routes() {
  static const auto routes = all_routes();
  return routes;
}

const http::RouteTable& route_table() {
  static const auto table = [] {
    http::RouteTable made;
    for (const auto& route : org_routes()) made.add(std::string{route.method}, route.pattern, std::string{route.operation});
    return made;
  }();
  return table;
}

}  // namespace casewire::sim::salesforce
