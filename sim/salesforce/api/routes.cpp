#include "sim/salesforce/api/routes.hpp"

#include "sim/salesforce/api/finding.hpp"
#include "sim/salesforce/api/operations.hpp"
#include "sim/salesforce/api/resources.hpp"
#include "sim/salesforce/api/search.hpp"
#include "sim/salesforce/api/several.hpp"

namespace casewire::sim::salesforce {
namespace {

#define DATA "/services/data/{version}"

OrgRoute login(std::string_view method, std::string_view pattern, std::string_view operation, LoginAnswer (*answer)(LoginCall&)) {
  return {.method = method, .pattern = pattern, .operation = operation, .login = answer};
}

OrgRoute apex_rest() {
  return {.method = "*",
          .pattern = "/services/apexrest/{rest...}",
          .operation = "request",
          .login = answer_apex_rest,
          .reads_form = false};
}

OrgRoute soap(std::string_view pattern) {
  return {.method = "*", .pattern = pattern, .operation = "login", .login = answer_soap, .reads_form = false};
}

// Not modelled, and refused in the words of the client's protocol, for it reads no others.
OrgRoute refused_by_protocol(std::string_view pattern, std::string_view what, LoginAnswer (*answer)(LoginCall&)) {
  return {.method = "*", .pattern = pattern, .operation = "request", .login = answer, .reads_form = false, .unmodelled = what};
}

OrgRoute data(std::string_view method, std::string_view pattern, std::string_view operation, Answer (*answer)(Call&)) {
  return {.method = method, .pattern = pattern, .operation = operation, .data = answer};
}

// One whose body says what it does.
OrgRoute several(std::string_view method, std::string_view pattern, Answer (*answer)(Call&),
                 std::vector<std::string> (*names)(const Naming&)) {
  return {.method = method, .pattern = pattern, .operation = {}, .data = answer, .names = names};
}

// Source: REST API Developer Guide, the resource's chapter ("available in API version ... and later"); that a version before answers 404
// was captured for collections (Trailblazer Community, "composite REST endpoint was 404").
OrgRoute since(int version, OrgRoute route) {
  route.since = version;
  return route;
}

OrgRoute unmodelled(std::string_view pattern, std::string_view what) {
  return {.method = "*", .pattern = pattern, .operation = "request", .unmodelled = what};
}

std::vector<OrgRoute> all_routes() {
  return {
      login("*", "/services/oauth2/token", "token", answer_token),
      login("*", "/services/oauth2/authorize", "authorize", answer_authorize),
      login("*", "/services/oauth2/revoke", "revoke", answer_revoke),
      login("*", "/services/oauth2/introspect", "token introspection", answer_introspect),
      login("*", "/services/oauth2/userinfo", "identity read", answer_userinfo),
      login("*", "/id/{organization}/{user}", "identity read", answer_identity),
      login("GET", "/id/keys", "discovery", answer_keys),
      login("GET", "/.well-known/openid-configuration", "discovery", answer_discovery),
      login("*", "/setup/connect", "authorize", answer_device_page),
      soap("/services/Soap/u/{version}"),
      soap("/services/Soap/u/{version}/{organization}"),
      soap("/services/Soap/c/{version}"),
      soap("/services/Soap/c/{version}/{organization}"),
      refused_by_protocol("/services/Soap/{kind}/{version}", "the metadata, Apex and tooling APIs by SOAP", answer_soap),
      refused_by_protocol("/services/Soap/{kind}/{version}/{organization}", "the metadata, Apex and tooling APIs by SOAP",
                          answer_soap),
      login("GET", "/services/data", "versions read", answer_versions),

      data("GET", DATA, "resources read", show_resources),
      data("GET", DATA "/limits", "limits read", show_limits),
      since(40, data("GET", DATA "/limits/recordCount", "limits read", show_record_counts)),
      data("GET", DATA "/query", "query", run_query),
      data("GET", DATA "/queryAll", "query", run_query),
      data("GET", DATA "/tooling/query", "tooling query", run_tooling_query),
      data("GET", DATA "/tooling/sobjects", "describe", describe_tooling),
      data("GET", DATA "/tooling/sobjects/{object}", "describe", describe_tooling_basic),
      data("GET", DATA "/tooling/sobjects/{object}/describe", "describe", describe_tooling_object),
      data("GET", DATA "/tooling/sobjects/{object}/{id}", "{object} read", read_tooling_row),
      data("GET", DATA "/query/{locator}", "query", next_page),
      data("GET", DATA "/queryAll/{locator}", "query", next_page),

      since(34, data("GET", DATA "/composite", "resources read", show_composites)),
      since(38, several("POST", DATA "/composite", run_composite, names_of_composite)),
      since(42, several("POST", DATA "/composite/sobjects", create_collection, names_of_collection)),
      since(42, several("PATCH", DATA "/composite/sobjects", update_collection, names_of_collection)),
      since(42, data("DELETE", DATA "/composite/sobjects", "collection delete", delete_collection)),
      since(42, data("GET", DATA "/composite/sobjects/{object}", "{object} read", read_collection)),
      since(42, data("POST", DATA "/composite/sobjects/{object}", "{object} read", read_collection)),
      since(46, data("PATCH", DATA "/composite/sobjects/{object}/{key}", "{object} update", upsert_collection)),

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
      since(36, data("GET", DATA "/sobjects/{object}/{id}/{relationships...}", "{object} read", read_further)),
      since(36, data("PATCH", DATA "/sobjects/{object}/{id}/{relationships...}", "{object} update", update_further)),
      since(36, data("DELETE", DATA "/sobjects/{object}/{id}/{relationships...}", "{object} delete", delete_further)),
      data("POST", DATA "/sobjects/{object}/{id}/password", "request", set_password),

      data("GET", DATA "/sobjects/{object}/deleted", "changes read", show_deleted),
      data("GET", DATA "/sobjects/{object}/updated", "changes read", show_updated),
      since(32, data("GET", DATA "/sobjects/{object}/listviews", "layout read", show_list_views)),
      since(32, data("GET", DATA "/sobjects/{object}/listviews/recent", "layout read", show_recent_list_views)),
      since(32, data("GET", DATA "/sobjects/{object}/listviews/{id}", "layout read", show_list_view)),
      since(32, data("GET", DATA "/sobjects/{object}/listviews/{id}/describe", "layout read", describe_list_view)),
      since(32, data("GET", DATA "/sobjects/{object}/listviews/{id}/results", "{object} read", show_list_view_results)),
      data("GET", DATA "/sobjects/{object}/describe/layouts", "layout read", show_layouts),
      data("GET", DATA "/sobjects/{object}/describe/layouts/{id}", "layout read", show_layout),
      data("GET", DATA "/sobjects/{object}/describe/compactLayouts", "layout read", show_compact_layouts),
      data("GET", DATA "/sobjects/{object}/describe/compactLayouts/primary", "layout read", show_primary_compact_layout),
      data("GET", DATA "/sobjects/{object}/describe/approvalLayouts", "layout read", show_approval_layouts),
      data("GET", DATA "/sobjects/{object}/describe/approvalLayouts/{name}", "layout read", show_named_layout),
      data("GET", DATA "/sobjects/{object}/describe/namedLayouts/{name}", "layout read", show_named_layout),
      data("GET", DATA "/compactLayouts", "layout read", show_compact_layouts_of_several),
      data("GET", DATA "/sobjects/{object}/quickActions", "layout read", show_quick_actions),
      data("GET", DATA "/sobjects/{object}/quickActions/{name}", "layout read", describe_quick_action),
      data("GET", DATA "/sobjects/{object}/quickActions/{name}/describe", "layout read", describe_quick_action),
      data("GET", DATA "/sobjects/{object}/quickActions/{name}/defaultValues", "layout read", show_default_values),
      data("GET", DATA "/sobjects/{object}/quickActions/{name}/defaultValues/{id}", "layout read", show_default_values),
      data("POST", DATA "/sobjects/{object}/quickActions/{name}", "request", do_quick_action),
      data("POST", DATA "/quickActions/{name}", "request", do_quick_action),
      data("GET", DATA "/quickActions", "layout read", show_quick_actions),
      data("GET", DATA "/quickActions/{name}", "layout read", describe_quick_action),
      data("GET", DATA "/quickActions/{name}/describe", "layout read", describe_quick_action),
      data("GET", DATA "/quickActions/{name}/defaultValues", "layout read", show_default_values),
      since(32, data("GET", DATA "/actions", "layout read", show_action_kinds)),
      since(32, data("GET", DATA "/actions/custom", "layout read", show_custom_action_kinds)),
      since(32, data("GET", DATA "/actions/custom/{kind}", "layout read", show_custom_actions)),
      since(32, data("*", DATA "/actions/custom/{kind}/{rest...}", "request", refuse_custom_action)),
      data("GET", DATA "/process/rules", "layout read", show_process_rules),
      data("GET", DATA "/process/rules/{object}", "layout read", show_process_rules),
      data("POST", DATA "/process/rules", "request", run_process_rules),
      data("GET", DATA "/process/approvals", "layout read", show_approvals),
      data("POST", DATA "/process/approvals", "request", request_approvals),
      data("GET", DATA "/recent", "recent read", show_recent),
      data("GET", DATA "/tabs", "layout read", show_tabs),
      data("GET", DATA "/theme", "layout read", show_theme),

      since(34, several("POST", DATA "/composite/batch", run_batch, names_of_batch)),
      since(34, several("POST", DATA "/composite/tree/{object}", run_tree, names_of_tree)),
      since(50, several("POST", DATA "/composite/graph", run_graph, names_of_graph)),
      data("GET", DATA "/search", "search", run_sosl),
      since(36, data("GET", DATA "/parameterizedSearch", "search", run_parameterized_search)),
      since(36, data("POST", DATA "/parameterizedSearch", "search", run_parameterized_search)),

      unmodelled(DATA "/sobjects/{object}/describe/{rest...}", "this part of a describe"),
      unmodelled(DATA "/sobjects/{object}/quickActions/{rest...}", "this part of a quick action"),
      unmodelled(DATA "/quickActions/{rest...}", "this part of a quick action"),
      unmodelled(DATA "/sobjects/{object}/defaultValues", "the default values of a new row"),
      unmodelled(DATA "/sobjects/relevantItems", "a user's relevant items"),
      unmodelled(DATA "/sobjects/Global/describe/layouts", "layouts of global actions"),
      unmodelled(DATA "/sobjects/{object}/eventSchema", "schemas of platform events"),
      unmodelled(DATA "/sobjects/{object}/describe/namedLayouts/{layout}", "named layouts"),
      unmodelled(DATA "/sobjects/SelfServiceUser/{id}/password", "self-service users"),
      unmodelled(DATA "/sobjects/{object}/suggestedArticles", "suggested articles"),
      unmodelled(DATA "/sobjects/{object}/{id}/suggestedArticles", "suggested articles"),
      unmodelled(DATA "/sobjects/{object}/{id}/richTextImageFields/{rest...}", "pictures of rich text fields"),
      unmodelled(DATA "/search/{rest...}", "scopes, layouts and suggestions of a search"),
      unmodelled(DATA "/appMenu/{rest...}", "the menu of apps"),
      unmodelled(DATA "/jobs/{rest...}", "Bulk API 2.0"),
      unmodelled(DATA "/tooling/{rest...}", "the rest of the Tooling API"),
      unmodelled(DATA "/metadata/{rest...}", "the Metadata REST API"),
      unmodelled(DATA "/actions/{rest...}", "the platform's own invocable actions"),
      unmodelled(DATA "/analytics/{rest...}", "reports and dashboards"),
      unmodelled(DATA "/wave/{rest...}", "CRM Analytics"),
      unmodelled(DATA "/chatter/{rest...}", "Chatter"),
      unmodelled(DATA "/connect/{rest...}", "Connect REST"),
      unmodelled(DATA "/process/{rest...}", "processes and approvals"),
      unmodelled(DATA "/eclair/{rest...}", "charts of CRM Analytics"),
      unmodelled(DATA "/folders/{rest...}", "folders of reports and dashboards"),
      unmodelled(DATA "/prechatForms/{rest...}", "forms before a chat"),
      unmodelled(DATA "/contact-tracing/{rest...}", "contact tracing"),
      unmodelled(DATA "/jsonxform/{rest...}", "transformation of JSON"),
      unmodelled(DATA "/payments/{rest...}", "payments"),
      unmodelled(DATA "/commerce/{rest...}", "commerce"),
      unmodelled(DATA "/iot/{rest...}", "orchestrations of devices"),
      unmodelled(DATA "/smartdatadiscovery/{rest...}", "Einstein Discovery"),
      unmodelled(DATA "/fingerprint/{rest...}", "fingerprints"),
      unmodelled(DATA "/nouns/{rest...}", "nouns"),
      unmodelled(DATA "/domino/{rest...}", "domino"),
      unmodelled(DATA "/event/{rest...}", "schemas of platform events"),
      unmodelled(DATA "/serviceTemplates/{rest...}", "service templates"),
      unmodelled(DATA "/licensing/{rest...}", "licences"),
      unmodelled(DATA "/dedupe/{rest...}", "jobs that find duplicates"),
      unmodelled(DATA "/async-queries/{rest...}", "asynchronous queries"),
      unmodelled(DATA "/localizedvalue/{rest...}", "translated labels"),
      unmodelled(DATA "/mobile/{rest...}", "mobile offline"),
      unmodelled(DATA "/emailConnect/{rest...}", "Email Connect"),
      unmodelled(DATA "/consent/{rest...}", "consent"),
      unmodelled(DATA "/tokenizer/{rest...}", "tokenizer"),
      unmodelled(DATA "/async/{rest...}", "asynchronous requests"),
      unmodelled(DATA "/support/{rest...}", "articles and data categories"),
      unmodelled(DATA "/graphql/{rest...}", "GraphQL"),
      unmodelled(DATA "/ui-api/{rest...}", "the User Interface API"),
      unmodelled(DATA "/knowledgeManagement/{rest...}", "knowledge articles"),
      unmodelled(DATA "/scheduling/{rest...}", "appointments"),
      refused_by_protocol("/services/async/{rest...}", "Bulk API 1.0", answer_bulk_1),
      refused_by_protocol("/services/scim/{version}/{rest...}", "user provisioning (SCIM)", answer_scim),
      apex_rest(),
      unmodelled("/services/Soap/{rest...}", "the SOAP APIs"),
      refused_by_protocol("/cometd/{rest...}", "the Streaming API", answer_streaming),
      unmodelled("/services/oauth2/singleaccess", "front-door URLs"),
      unmodelled("/.well-known/auth-configuration", "the configuration of the login page"),
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
