#include "sim/opencx/gate.hpp"

#include <algorithm>

#include "base/text/encoding.hpp"
#include "base/text/strings.hpp"
#include "sim/opencx/contact_token.hpp"
#include "sim/opencx/upload.hpp"

namespace casewire::sim::opencx {
namespace {

constexpr http::Deadline kFetchDeadline{std::chrono::milliseconds{10'000}};

constexpr std::size_t kDayLength = std::string_view{"2026-01-05"}.size();

/// What stands behind the scheme, which is written in any case (RFC 9110, 11.1); nullopt for another scheme or none.
std::optional<std::string_view> bearer_token(const http::Request& request) {
  constexpr std::string_view kScheme = "Bearer ";
  const std::string_view given = request.headers.find("authorization").value_or("");
  if (!equals_ignoring_case(given.substr(0, kScheme.size()), kScheme)) return std::nullopt;
  return given.substr(kScheme.size());
}

std::string title(const Operation& operation) { return operation.method + " " + operation.pattern; }

}  // namespace

Result<Call, http::Response> Gate::read(const http::Request& request, WallTime now) {
  const auto called = Description::embedded().find(request);
  if (!called) return fail(unknown_path(request));
  const Operation& operation = *called->operation;
  Call call{.operation = operation.id, .path = called->path_parameters};
  if (const auto parent = request.headers.find("traceparent")) call.cause = cause_of(*parent);
  auto refusal = operation.door == Door::key ? check_key(request, operation, now) : check_widget(request, operation, call, now);
  if (refusal) return fail(std::move(*refusal));
  if (auto wrong = read_query(request, operation, call)) return fail(std::move(*wrong));
  if (auto wrong = read_body(request, operation, call)) return fail(std::move(*wrong));
  if (auto wrong = gather_files(operation, call)) return fail(std::move(*wrong));
  return call;
}

/// What the vendor has and Casewire has not is 501; the rest is the vendor's own answer to a path that it has not. Both are noted.
http::Response Gate::unknown_path(const http::Request& request) {
  const std::string path{request.path()};
  const std::string asked = request.method + " " + path;
  for (const std::string_view known :
       {"/teams", "/tags", "/csat", "/workflows", "/autopilot", "/sla-analytics", "/partner", "/backend/widget/v2/"}) {
    if (path.starts_with(known)) {
      note(asked + ": Casewire does not model it");
      return error_response(501, "Casewire does not model " + asked);
    }
  }
  note(asked + ": the description has no such operation");
  return error_response(404, "Cannot " + asked);
}

void Gate::replace_key(std::string key) {
  const std::scoped_lock lock{mutex_};
  api_key_ = std::move(key);
}

bool Gate::is_the_key(std::string_view key) const {
  const std::scoped_lock lock{mutex_};
  return key == api_key_;
}

Gate::Refusal Gate::check_key(const http::Request& request, const Operation& operation, WallTime now) {
  const auto given = bearer_token(request);
  if (!given) return error_response(401, "Unauthorized");
  const std::string key{*given};
  const auto scoped = options_.scoped_keys.find(key);
  const bool has_full_access = is_the_key(key);
  if (!has_full_access && scoped == options_.scoped_keys.end()) return error_response(401, "Unauthorized");
  if (const auto wait = limit_.refusal(calls_a_minute_, now)) {
    auto response = error_response(429, "Too Many Requests");
    response.headers.add("Retry-After", std::to_string(*wait));
    return response;
  }
  if (has_full_access) return std::nullopt;
  const auto& scopes = scoped->second;
  const bool may = std::find(scopes.begin(), scopes.end(), operation.scope) != scopes.end();
  return may ? Refusal{} : error_response(403, "Forbidden");
}

Gate::Refusal Gate::check_widget(const http::Request& request, const Operation& operation, Call& call, WallTime now) const {
  if (operation.door == Door::open) return std::nullopt;
  if (request.headers.find("x-bot-token") != std::string_view{options_.widget_token}) return error_response(401, "Unauthorized");
  if (operation.door == Door::bot) return std::nullopt;
  const auto given = bearer_token(request);
  const auto contact = given ? contact_of_token(*given, options_.widget_key(), now) : std::nullopt;
  if (!contact) return error_response(401, "Unauthorized");
  call.contact = *contact;
  return std::nullopt;
}

Gate::Refusal Gate::read_query(const http::Request& request, const Operation& operation, Call& call) {
  const auto fields = parse_form(request.query());
  if (!fields) {
    note(title(operation) + ": the query is malformed");
    return error_response(400, "Malformed query");
  }
  for (auto [name, value] : *fields) {
    if (name.ends_with("_after") || name.ends_with("_before") || name.ends_with("_date")) {
      // A blank behind the day stands for the T: so Python writes a time, and with it the one client of this API that is public.
      if (value.size() > kDayLength && value[kDayLength] == ' ') value[kDayLength] = 'T';
      // The "+" of an offset that was not encoded comes as a blank.
      std::replace(value.begin(), value.end(), ' ', '+');
    }
    if (!call.query.insert_or_assign(name, value).second) note(title(operation) + ": ?" + name + " stands twice");
  }
  return refused(operation, Description::embedded().query_errors(operation, call.query));
}

Gate::Refusal Gate::read_body(const http::Request& request, const Operation& operation, Call& call) {
  if (operation.id == "uploadMedia" || operation.id == "widgetUpload") {
    auto file = uploaded_file(request);
    if (!file) return error_response(400, file.error());
    call.files.push_back(std::move(*file));
    return std::nullopt;
  }
  if (operation.body_schema.empty()) return std::nullopt;
  const auto type = request.headers.find("content-type");
  const bool says_json = type && lowercase(*type).starts_with("application/json");
  if (!says_json && !request.body.empty()) note(title(operation) + ": expected the Content-Type application/json");
  // Assumed, after the vendor's framework: what does not say that it is JSON is no body, and no body is an empty object.
  auto body = says_json && !request.body.empty() ? parse_json(request.body) : Result<Json>{Json::object()};
  if (!body) {
    note(title(operation) + ": the body is no JSON: " + body.error().problem);
    return error_response(400, "Malformed JSON");
  }
  call.body = std::move(*body);
  if (auto wrong = refused(operation, Description::embedded().body_errors(operation, call.body))) return wrong;
  // Assumed: the token that a body of the widget repeats must be the right one, too.
  const bool repeats_token = operation.door != Door::key && call.body.contains("bot_token");
  return repeats_token && call.body["bot_token"] != options_.widget_token ? Refusal{error_response(401, "Unauthorized")}
                                                                          : Refusal{};
}

/// Notes every error; refuses when one is more than an unknown member.
Gate::Refusal Gate::refused(const Operation& operation, const std::vector<SchemaError>& errors) {
  Refusal refusal;
  for (const auto& error : errors) {
    // The widget is the vendor's own and ahead of its description.
    if (operation.door == Door::key || !error.unknown_member) note(title(operation) + ": " + describe(error));
    if (!error.unknown_member && !refusal) refusal = error_response(400, error.value_path + ": " + error.problem);
  }
  return refusal;
}

/// Decodes or fetches the attachments of a send, before anything is changed.
Gate::Refusal Gate::gather_files(const Operation& operation, Call& call) {
  const auto wrong = [&](std::string problem) {
    note(title(operation) + ": " + problem);
    return error_response(400, std::move(problem));
  };
  if (operation.id != "sendMessage") return std::nullopt;
  const auto& message = member(call.body, "message");
  const auto& attachments = member(message, "attachments");
  if (message.is_object() && string_member(message, "text").empty() && attachments.empty())
    return wrong("/message: expected a text or an attachment");
  std::size_t at = 0;
  for (const auto& attachment : attachments) {
    const std::string place = "/message/attachments/" + std::to_string(at++);
    StoredFile file{{}, string_member(attachment, "name"), string_member(attachment, "mime_type"), {}};
    if (attachment.contains("base64")) {
      auto bytes = decode_base64(string_member(attachment, "base64"));
      if (!bytes) return wrong(place + "/base64: expected base64");
      file.content = std::move(*bytes);
    } else if (string_member(attachment, "url").empty()) {
      return wrong(place + ": expected \"base64\" or \"url\"");
    } else {
      auto fetched = transport_.send({.method = "GET", .target = string_member(attachment, "url")}, kFetchDeadline);
      if (!fetched || fetched->status != 200) return error_response(400, "Attachment " + file.name + " cannot be fetched");
      file.content = std::move(fetched->body);
    }
    if (file.content.size() > kAttachmentBytesMax)
      return error_response(400, "Attachment " + file.name + " is larger than 10 MB");
    call.files.push_back(std::move(file));
  }
  return std::nullopt;
}

void Gate::note(std::string violation) {
  const std::scoped_lock lock{mutex_};
  if (violations_.size() < kViolationsMax) violations_.push_back(std::move(violation));
}

std::vector<std::string> Gate::violations() const {
  const std::scoped_lock lock{mutex_};
  return violations_;
}

}  // namespace casewire::sim::opencx
