#include "bridge/salesforce/client.hpp"

#include "base/text/encoding.hpp"
#include "base/text/json_writer.hpp"
#include "bridge/delivery/time_for.hpp"
#include "bridge/salesforce/errors.hpp"

namespace casewire::bridge::salesforce {
namespace {

constexpr int kQueryPagesMax = 50;

Failure unexpected_shape(std::string_view what) {
  return {.kind = Failure::Kind::transient, .system = "salesforce", .message = std::string(what), .may_have_acted = true};
}

std::string composite_text(const std::vector<Subrequest>& requests, bool all_or_none) {
  JsonWriter json;
  json.begin_object();
  json.key("allOrNone");
  json.boolean(all_or_none);
  json.key("compositeRequest");
  json.begin_array();
  for (const auto& request : requests) {
    json.begin_object();
    json.key("method");
    json.string(request.method);
    json.key("url");
    json.string({kApi, request.path});
    json.key("referenceId");
    json.string(request.reference);
    if (!request.body.is_null()) {
      json.key("body");
      json.tree(request.body);
    }
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return json.take();
}

bool is_consequence(const Failure& failure) {
  return failure.code == "PROCESSING_HALTED" || failure.code == "ALL_OR_NONE_OPERATION_ROLLED_BACK";
}

/// The first refusal of a composite answer that is not merely the consequence of another.
std::optional<Failure> refusal_in(const Json& parts) {
  std::optional<Failure> consequence;
  const auto consider = [&](const Failure& failure) {
    if (!is_consequence(failure)) return true;
    if (!consequence) consequence = failure;
    return false;
  };
  for (const auto& part : parts) {
    const auto& status_json = member(part, "httpStatusCode");
    const int status = status_json.is_number_integer() ? status_json.get<int>() : 500;
    const auto& body = member(part, "body");
    if (status >= 300) {
      const auto failure = failure_of(body.is_array() && !body.empty() ? body.front() : Json::object(), status);
      if (consider(failure)) return failure;
      continue;
    }
    if (!body.is_array()) continue;
    for (const auto& row : body) {  // an answer of /composite/sobjects
      const auto& success = member(row, "success");
      if (!success.is_boolean() || success.get<bool>()) continue;
      const auto& errors = member(row, "errors");
      const auto failure = failure_of(errors.is_array() && !errors.empty() ? errors.front() : Json::object(), 400);
      if (consider(failure)) return failure;
    }
  }
  return consequence;
}

std::string query_path(std::string_view soql, std::string_view resource = "/query") {
  return std::string(resource) + "?q=" + percent_encoded(soql);
}

}  // namespace

Client::Client(http::Transport& transport, Vendor& vendor, const Config& config, TokenSurroundings tokens)
    : transport_(transport), vendor_(vendor), tokens_(transport, vendor, config, tokens), call_timeout_(config.call_timeout) {}

Outcome<http::Response> Client::call(std::string_view method, std::string_view path, const std::string& body,
                                     std::string_view trace, std::size_t bytes_expected, const http::Permit* permit) {
  if (auto pause = vendor_.pause()) return fail(std::move(*pause));
  std::string refused_token;
  for (int round = 0;; ++round) {
    const auto access = tokens_.access(refused_token, trace);
    if (!access) return fail(access.error());
    http::Request request{.method = std::string(method), .target = access->instance_url + std::string(path), .body = body};
    request.headers.add("Authorization", "Bearer " + access->token);
    request.headers.add("Accept", "application/json");
    if (!body.empty()) request.headers.add("Content-Type", "application/json");
    if (!trace.empty()) request.headers.add("traceparent", std::string(trace));
    const auto began = vendor_.steady_now();
    auto response = transport_.send(request, time_for(call_timeout_, body.size() + bytes_expected, permit));
    // Without the query, which may name a customer.
    vendor_.note_exchange(request.method, std::string(request.path()), response, began);
    if (response && response->status == 401 && round == 0) {
      refused_token = access->token;
      continue;
    }
    if (response && response->status < 300 && !is_page(*response)) {
      vendor_.answered();
      return std::move(*response);
    }
    if (was_not_permitted(response, permit)) return fail(not_permitted("salesforce"));
    auto failure = response ? failure_of(*response) : casewire::bridge::failure_of("salesforce", response.error());
    vendor_.failed(failure);
    return fail(std::move(failure));
  }
}

Outcome<Json> Client::json_call(std::string_view method, std::string_view path, const std::string& body, std::string_view trace,
                                const http::Permit* permit) {
  const auto response = call(method, path, body, trace, 0, permit);
  if (!response) return fail(response.error());
  auto json = parse_json(response->body);
  if (!json) return fail(failure_of(*response));
  return std::move(*json);
}

Outcome<Bodies> Client::composite(const std::vector<Subrequest>& requests, bool all_or_none, std::string_view trace,
                                  const http::Permit* permit) {
  auto answer = json_call("POST", std::string(kApi) + "/composite", composite_text(requests, all_or_none), trace, permit);
  if (!answer) return fail(answer.error());
  if (const auto& parts = member(*answer, "compositeResponse"); !parts.is_array() || parts.size() != requests.size()) {
    return fail(unexpected_shape("a composite answer with another number of parts"));
  }
  auto& answers = (*answer)["compositeResponse"];
  if (auto refusal = refusal_in(answers)) {
    // The envelope is a proper answer, and a limit or a lost session may stand in it.
    if (refusal->kind == Failure::Kind::org_wide) vendor_.failed(*refusal);
    return fail(std::move(*refusal));
  }
  Bodies bodies;
  for (auto& part : answers) {
    auto& body = bodies[string_member(part, "referenceId")];
    if (part.contains("body")) body = std::move(part["body"]);
  }
  return bodies;
}

Outcome<Json> Client::all_rows(Json page, std::string_view trace) {
  Json rows = Json::array();
  for (int pages = 0; pages < kQueryPagesMax; ++pages) {
    if (!member(page, "records").is_array()) return fail(unexpected_shape("a query answer without records"));
    for (auto& row : page["records"]) rows.push_back(std::move(row));
    const auto next = string_member(page, "nextRecordsUrl");
    if (next.empty()) return rows;
    auto more = json_call("GET", next, {}, trace);
    if (!more) return fail(more.error());
    page = std::move(*more);
  }
  return fail(Failure{.kind = Failure::Kind::permanent, .system = "salesforce", .message = "a query answer of over 50 pages"});
}

Outcome<Bodies> Client::query_all_of(const std::vector<NamedQuery>& queries, std::string_view trace) {
  std::vector<Subrequest> requests;
  for (const auto& query : queries) {
    const auto* resource = query.with_deleted ? "/queryAll" : "/query";
    requests.push_back({.reference = query.name, .method = "GET", .path = query_path(query.soql, resource)});
  }
  auto bodies = composite(requests, false, trace);
  if (!bodies) return bodies;
  for (auto& [name, body] : *bodies) {
    auto rows = all_rows(std::move(body), trace);
    if (!rows) return fail(rows.error());
    body = std::move(*rows);
  }
  return bodies;
}

Outcome<Json> Client::query_with_deleted(std::string_view soql, std::string_view trace) {
  auto page = json_call("GET", std::string(kApi) + query_path(soql, "/queryAll"), {}, trace);
  if (!page) return fail(page.error());
  return all_rows(std::move(*page), trace);
}

Outcome<Bodies> Client::write_together(const std::vector<Subrequest>& requests, std::string_view trace,
                                       const http::Permit* permit) {
  return composite(requests, true, trace, permit);
}

Outcome<std::string> Client::create(std::string_view type, const Json& fields, std::string_view trace,
                                    const http::Permit* permit) {
  const auto answer = json_call("POST", std::string(kApi) + "/sobjects/" + std::string(type), dump_json(fields), trace, permit);
  if (!answer) return fail(answer.error());
  auto id = string_member(*answer, "id");
  if (id.empty()) return fail(unexpected_shape("a create answer without an id"));
  return id;
}

Outcome<std::string> Client::download(std::string_view path, std::size_t bytes, std::string_view trace) {
  auto response = call("GET", std::string(kApi) + std::string(path), {}, trace, bytes);
  if (!response) return fail(response.error());
  // A gateway's page in place of the file would be mailed as the file.
  if (response->body.size() != bytes) {
    return fail(
        Failure{.kind = Failure::Kind::transient,
                .system = "salesforce",
                .message = "a file of " + std::to_string(bytes) + " bytes came with " + std::to_string(response->body.size())});
  }
  return std::move(response->body);
}

Outcome<Json> Client::describe(std::string_view type, std::string_view trace) {
  return json_call("GET", std::string(kApi) + "/sobjects/" + std::string(type) + "/describe", {}, trace);
}

Outcome<Json> Client::setup_rows(std::string_view soql, std::string_view trace) {
  auto page = json_call("GET", std::string(kApi) + query_path(soql, "/tooling/query"), {}, trace);
  if (!page) return fail(page.error());
  if (!member(*page, "records").is_array()) return fail(unexpected_shape("a query answer without records"));
  return std::move((*page)["records"]);
}

Outcome<Json> Client::limits(std::string_view trace) { return json_call("GET", std::string(kApi) + "/limits", {}, trace); }

Outcome<std::string> Client::own_user_id(std::string_view trace) {
  auto access = tokens_.access({}, trace);
  if (!access) return fail(access.error());
  return access->user_id;
}

const Json& member_of(const Bodies& bodies, std::string_view name) {
  static const Json kNull;
  const auto found = bodies.find(name);
  return found == bodies.end() ? kNull : found->second;
}

std::string soql_literal(std::string_view text) {
  std::string literal = "'";
  for (const char c : text) {
    switch (c) {
      case '\'': literal += "\\'"; break;
      case '\\': literal += "\\\\"; break;
      case '\n': literal += "\\n"; break;
      case '\r': literal += "\\r"; break;
      case '\t': literal += "\\t"; break;
      default: literal += c;
    }
  }
  return literal + "'";
}

std::string soql_like_part(std::string_view text) {
  auto literal = soql_literal(text);
  std::string part;
  for (const char c : std::string_view(literal).substr(1, literal.size() - 2)) {
    if (c == '%' || c == '_') part += '\\';
    part += c;
  }
  return part;
}

std::string soql_list(const std::vector<std::string>& texts) {
  std::string list;
  for (const auto& text : texts) list += (list.empty() ? "(" : ", ") + soql_literal(text);
  return list + ")";
}

std::string soql_datetime(WallTime when) { return iso8601(when); }

bool is_same_id(std::string_view a, std::string_view b) {
  return a.size() >= 15 && b.size() >= 15 && a.substr(0, 15) == b.substr(0, 15);
}

}  // namespace casewire::bridge::salesforce
