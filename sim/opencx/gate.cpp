#include "sim/opencx/gate.hpp"

#include "base/text/encoding.hpp"
#include "base/text/strings.hpp"

namespace casewire::sim::opencx {
namespace {

constexpr http::Deadline kFetchDeadline{std::chrono::milliseconds{10'000}};

std::string title(const Operation& operation) { return operation.method + " " + operation.pattern; }

}  // namespace

Result<Call, http::Response> Gate::read(const http::Request& request) {
  if (request.headers.find("authorization") != "Bearer " + options_.api_key) return fail(error_response(401, "Unauthorized"));
  const auto called = Description::embedded().find(request);
  if (!called) {
    const std::string asked = request.method + " " + std::string{request.path()};
    note(asked + ": the description has no such operation");
    return fail(error_response(501, "Casewire does not model " + asked));
  }
  Call call{.operation = called->operation->id, .path = called->path_parameters};
  if (const auto parent = request.headers.find("traceparent")) call.cause = cause_of(*parent);
  if (auto refusal = read_query(request, *called->operation, call)) return fail(std::move(*refusal));
  if (auto refusal = read_body(request, *called->operation, call)) return fail(std::move(*refusal));
  if (auto refusal = gather_files(*called->operation, call)) return fail(std::move(*refusal));
  return call;
}

Gate::Refusal Gate::read_query(const http::Request& request, const Operation& operation, Call& call) {
  const auto fields = parse_form(request.query());
  if (!fields) {
    note(title(operation) + ": the query is malformed");
    return error_response(400, "Malformed query");
  }
  for (const auto& [name, value] : *fields)
    if (!call.query.insert_or_assign(name, value).second) note(title(operation) + ": ?" + name + " stands twice");
  return refused(operation, Description::embedded().query_errors(operation, call.query));
}

Gate::Refusal Gate::read_body(const http::Request& request, const Operation& operation, Call& call) {
  if (operation.body_schema.empty()) return std::nullopt;
  auto body = parse_json(request.body);
  if (!body) {
    note(title(operation) + ": the body is no JSON: " + body.error().problem);
    return error_response(400, "Malformed JSON");
  }
  call.body = std::move(*body);
  const auto type = request.headers.find("content-type");
  if (!type || !lowercase(*type).starts_with("application/json"))
    note(title(operation) + ": expected the Content-Type application/json");
  return refused(operation, Description::embedded().body_errors(operation, call.body));
}

/// Notes every error; refuses when one is more than an unknown member.
Gate::Refusal Gate::refused(const Operation& operation, const std::vector<SchemaError>& errors) {
  Refusal refusal;
  for (const auto& error : errors) {
    note(title(operation) + ": " + describe(error));
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
