#include "bridge/salesforce/errors.hpp"

#include <algorithm>
#include <array>

#include "base/text/strings.hpp"

namespace casewire::bridge::salesforce {
namespace {

using Kind = Failure::Kind;

constexpr std::array<std::string_view, 13> kTransientCodes{
    "UNABLE_TO_LOCK_ROW", "SERVER_UNAVAILABLE", "QUERY_TIMEOUT", "REQUEST_RUNNING_TOO_LONG", "TOO_MANY_APEX_REQUESTS",
    "UNKNOWN_EXCEPTION", "INVALID_QUERY_LOCATOR", "STORAGE_LIMIT_EXCEEDED",
    // The other writer won the race for an external id: the next look finds its row (F2).
    "DUPLICATE_VALUE", "DUPLICATE_EXTERNAL_ID", "PROCESSING_HALTED", "ALL_OR_NONE_OPERATION_ROLLED_BACK",
    // A Case was merged or deleted between our look and our write: the next look follows it (F75) or gives up in plain words (F76).
    "ENTITY_IS_DELETED"};

constexpr std::array<std::string_view, 6> kOrgWideCodes{"INVALID_SESSION_ID",
                                                        "INVALID_AUTH_HEADER",
                                                        "API_DISABLED_FOR_ORG",
                                                        "API_CURRENTLY_DISABLED",
                                                        "INSERT_UPDATE_DELETE_NOT_ALLOWED_DURING_MAINTENANCE",
                                                        "TXN_SECURITY_NO_ACCESS"};

template <std::size_t n>
bool holds(const std::array<std::string_view, n>& codes, std::string_view code) {
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

Kind kind_of(std::string_view code, std::string_view message, int status) {
  // One code, two meanings: the day's allotment is gone, or too many slow calls run at this moment (F17, F18).
  if (code == "REQUEST_LIMIT_EXCEEDED") {
    return message.starts_with("Concurrent") ? Kind::transient : Kind::org_wide;
  }
  if (holds(kTransientCodes, code)) return Kind::transient;
  if (holds(kOrgWideCodes, code) || status == 401) return Kind::org_wide;
  // A trigger or flow that met a row lock reports it in its text.
  if (message.find("UNABLE_TO_LOCK_ROW") != std::string_view::npos) return Kind::transient;
  // A redirect, or "not there" for a resource that every org has, is a gateway's word.
  if (status < 400 || status >= 500 || status == 408 || status == 404) return Kind::transient;
  return Kind::permanent;
}

/// Whichever they are (RFC 6585, section 4). The 429 of one row within a call may mean that row.
bool asks_for_fewer_calls(const http::Response& response) { return response.status == 429; }

}  // namespace

Failure failure_of(const Json& error, int status) {
  auto code = string_member(error, "errorCode");
  if (code.empty()) code = string_member(error, "statusCode");
  Failure failure{.system = "salesforce", .code = code, .message = string_member(error, "message")};
  if (const auto& fields = member(error, "fields"); fields.is_array()) {
    for (const auto& field : fields) {
      if (field.is_string()) failure.fields.push_back(field.get<std::string>());
    }
  }
  failure.kind = kind_of(failure.code, failure.message, status);
  failure.may_have_acted = status >= 500;
  // It echoes the whole refused value, which may be a customer's text.
  if (failure.code == "STRING_TOO_LONG") {
    const auto limit = failure.message.rfind("(max length=");
    failure.message = failure.message.substr(0, failure.message.find(':')) + ": data value too large" +
                      (limit == std::string::npos ? "" : " " + failure.message.substr(limit));
  }
  // It ends with the customer's address.
  if (failure.code == "INVALID_EMAIL_ADDRESS") {
    constexpr std::string_view kComplaint = "invalid email address";
    const auto place = failure.message.find(kComplaint);
    const auto field = place == std::string::npos ? std::string{} : failure.message.substr(0, place);
    failure.message = field + std::string(kComplaint);
    if (failure.fields.empty() && field.ends_with(": ")) failure.fields.push_back(field.substr(0, field.size() - 2));
  }
  // It quotes the refused query up to its mistake, and with it a customer's address.
  if (const auto place = failure.message.find("ERROR at Row:"); place != std::string::npos) failure.message.erase(0, place);
  return failure;
}

bool is_page(const http::Response& response) {
  const auto type = response.headers.find("Content-Type");
  if (type && lowercase(*type).starts_with("text/html")) return true;
  const auto body = trimmed(response.body);
  return body.starts_with("<html") || body.starts_with("<!DOCTYPE") || body.starts_with("<h1>");
}

Failure failure_of(const http::Response& response) {
  if (is_page(response)) {
    const bool concerns_this_call = response.status == 414 || response.status == 431 || response.status == 413;
    return {.kind = concerns_this_call ? Kind::permanent : Kind::org_wide,
            .system = "salesforce",
            .code = std::to_string(response.status),
            .message = "an HTML page instead of an answer (maintenance or gateway)",
            .retry_after = retry_after_of(response),
            .may_have_acted = response.status >= 500,
            .status = response.status};
  }
  auto body = parse_json(response.body);
  if (body && body->is_array() && !body->empty()) {
    auto failure = failure_of(body->front(), response.status);
    failure.retry_after = retry_after_of(response);
    failure.status = response.status;
    if (asks_for_fewer_calls(response)) failure.kind = Kind::org_wide;
    return failure;
  }
  Failure failure{.system = "salesforce",
                  .code = std::to_string(response.status),
                  .message = "an answer without an error text",
                  .retry_after = retry_after_of(response),
                  .may_have_acted = response.status >= 500,
                  .status = response.status};
  failure.kind = response.status < 300            ? Kind::transient
                 : asks_for_fewer_calls(response) ? Kind::org_wide
                                                  : kind_of({}, {}, response.status);
  return failure;
}

}  // namespace casewire::bridge::salesforce
