// Up to 25 requests in one, each of which may use what earlier ones answered. Source: REST API Developer Guide, "Composite", v66.0.
// Guessed: the code and text when there are too many parts. collateSubrequests changes nothing that a caller can see, and is
// accepted.

#include <algorithm>
#include <array>
#include <map>

#include "base/text/ascii.hpp"
#include "base/text/strings.hpp"
#include "sim/salesforce/api/composite.hpp"
#include "sim/salesforce/api/dispatch.hpp"
#include "sim/salesforce/api/resources.hpp"

namespace casewire::sim::salesforce {
namespace {

constexpr std::size_t kCompositePartsMax = 25;
constexpr std::size_t kHeavyPartsMax = 5;  // queries and collections
constexpr std::size_t kReferenceDepthMax = 32;
// In capitals: the guide's "Composite Subrequest".
constexpr std::array<std::string_view, 5> kMethods{"POST", "PUT", "PATCH", "GET", "DELETE"};

/// The bodies that later subrequests may refer to, read when one does. Borrows the answers, which may grow meanwhile.
class Results {
 public:
  explicit Results(const std::vector<PartAnswer>& answers) : answers_(answers) {}

  /// nullptr when no subrequest of that name has succeeded with a body.
  const Json* find(const std::string& reference) {
    if (const auto known = bodies_.find(reference); known != bodies_.end()) return &known->second;
    const auto answer = std::find_if(answers_.begin(), answers_.end(),
                                     [&](const PartAnswer& candidate) { return candidate.reference == reference; });
    if (answer == answers_.end() || answer->status >= 300 || answer->body.empty()) return nullptr;
    // Our own text, which may be longer than any that we take.
    auto body = parse_json(answer->body, {}, {.bytes_max = answer->body.size()});
    return &bodies_.emplace(reference, std::move(body.value())).first->second;
  }

 private:
  const std::vector<PartAnswer>& answers_;
  std::map<std::string, Json> bodies_;
};

Json halted_body(std::string message) {
  return Json::array({Json{{"errorCode", "PROCESSING_HALTED"}, {"message", std::move(message)}}});
}

// The rule and its words as captured with v54.0 (guardian/support-service-lambdas, issue 1512) and v59.0 (SalesforceMobileSDK-Android,
// pull request 2515); the guide's "must start with a letter" is narrower than what is taken.
bool is_reference_id(std::string_view text) {
  return !text.empty() && text.front() != '_' &&
         std::all_of(text.begin(), text.end(), [](char c) { return is_letter(c) || is_digit(c) || c == '_'; });
}

// The value at a path such as `records[0].Id`, or nullptr.
const Json* follow(const Json& body, std::string_view path) {
  const Json* at = &body;
  for (const auto step : split(path, '.')) {
    const auto bracket = step.find('[');
    const auto name = step.substr(0, bracket);
    if (!name.empty()) {
      if (!at->is_object() || !at->contains(std::string{name})) return nullptr;
      at = &(*at)[std::string{name}];
    }
    for (auto open = bracket; open != std::string_view::npos; open = step.find('[', open + 1)) {
      std::size_t index = 0;
      for (auto i = open + 1; i < step.size() && step[i] >= '0' && step[i] <= '9' && index < 100'000; ++i)
        index = index * 10 + static_cast<std::size_t>(step[i] - '0');
      if (!at->is_array() || index >= at->size()) return nullptr;
      at = &(*at)[index];
    }
  }
  return at;
}

struct Missing {
  std::string message;
};

// `@{ref.path}` anywhere in a text. A null becomes nothing (v52.0 and later).
Result<Json, Missing> resolve_text(const std::string& text, Results& results) {
  std::string resolved;
  std::size_t at = 0;
  while (true) {
    const auto start = text.find("@{", at);
    if (start == std::string::npos) break;
    const auto end = text.find('}', start);
    if (end == std::string::npos) break;
    resolved += text.substr(at, start - at);
    const auto expression = text.substr(start + 2, end - start - 2);
    const auto split_at = expression.find_first_of(".[");
    const auto reference = expression.substr(0, split_at);
    const auto path =
        split_at == std::string::npos ? std::string{} : expression.substr(expression[split_at] == '.' ? split_at + 1 : split_at);
    const Json* body = results.find(reference);
    const Json* value = body ? follow(*body, path) : nullptr;
    if (!value) return fail(Missing{"Invalid reference specified. No value for " + expression + " found in " + reference});
    if (start == 0 && end + 1 == text.size() && (value->is_null() || value->is_string())) return *value;
    if (value->is_string())
      resolved += value->get<std::string>();
    else if (!value->is_null())
      resolved += dump_json(*value);
    at = end + 1;
  }
  return Json(resolved + text.substr(at));
}

// Puts values in place of the references in every text below `json`.
Result<void, Missing> resolve(Json& json, Results& results, std::size_t depth = 0) {
  if (depth > kReferenceDepthMax) return fail(Missing{"the body is nested too deeply"});
  if (json.is_string()) {
    const auto& text = json.get_ref<const std::string&>();
    if (text.find("@{") == std::string::npos) return {};
    auto value = resolve_text(text, results);
    if (!value) return fail(std::move(value.error()));
    json = std::move(*value);
  } else if (json.is_structured()) {
    for (auto& child : json)
      if (auto resolved = resolve(child, results, depth + 1); !resolved) return resolved;
  }
  return {};
}

bool is_heavy(std::string_view url) {
  const auto path = url.substr(0, url.find('?'));
  return path.find("/query") != std::string_view::npos || path.find("/composite/sobjects") != std::string_view::npos;
}

// A composite, batch, tree or graph of its own; collections may be parts.
bool nests(std::string_view url) {
  const auto path = url.substr(0, url.find('?'));
  const auto at = path.find("/composite");
  return at != std::string_view::npos && path.find("/composite/sobjects", at) == std::string_view::npos;
}

Answer run_part(Call& outer, Json& part, JsonPath body_path, bool all_or_none, Results& results) {
  const auto url = resolve_text(string_member(part, "url"), results);
  Json body = part.contains("body") ? std::move(part["body"]) : Json{};
  const auto resolved = resolve(body, results);
  if (!url || !resolved) return {.status = 400, .body = halted_body((url ? resolved.error() : url.error()).message)};
  Call call{.org = outer.org, .method = string_member(part, "method"), .version = {}, .segments = {}};
  call.actor = outer.actor;
  call.cause = outer.cause;
  call.inside_composite = true;
  call.all_or_none = all_or_none;
  call.outer_text = &outer.body_text;
  call.body_path = std::move(body_path);
  call.query_options = outer.query_options;
  for (const auto& [name, value] : member(part, "httpHeaders").items()) {
    if (value.is_string() && call.conditions.take(name, value.get<std::string>())) continue;
    if (equals_ignoring_case(name, "Sforce-Auto-Assign") && value.is_string())
      call.actor.auto_assign = !equals_ignoring_case(value.get<std::string>(), "FALSE");
    else if (equals_ignoring_case(name, "Sforce-Query-Options") && value.is_string())
      call.query_options = value.get<std::string>();
  }
  if (!body.is_null()) call.body = std::move(body);
  if (!url->is_string()) return not_found();
  const auto address = url->get<std::string>();
  if (nests(address)) return error_answer(400, "INVALID_INPUT", "A composite request cannot hold another one");
  return dispatch_part(call, address);
}

bool holds_failure(const Answer& answer) {
  if (answer.status >= 300) return true;
  if (!answer.body || !answer.body->is_array()) return false;
  return std::any_of(answer.body->begin(), answer.body->end(), [](const Json& item) {
    const auto& success = member(item, "success");
    return success.is_boolean() && !success.get<bool>();
  });
}

// All or none, and the part at `failed` did: it keeps its answer, those before and behind it say why they have none.
void halt_others(const Json& parts, std::size_t failed, std::vector<PartAnswer>& answers) {
  const auto halted =
      dump_json(halted_body("The transaction was rolled back since another operation in the same transaction failed."));
  answers.resize(parts.size());
  for (std::size_t i = 0; i < parts.size(); ++i)
    if (i != failed) answers[i] = {.reference = string_member(parts[i], "referenceId"), .status = 400, .body = halted};
}

}  // namespace

std::string composite_text(const std::vector<PartAnswer>& answers) {
  JsonWriter json;
  json.begin_object();
  json.key("compositeResponse");
  json.begin_array();
  for (const auto& answer : answers) {
    json.begin_object();
    json.key("body");
    json.written(answer.body.empty() ? "null" : answer.body);
    json.key("httpHeaders");
    json.begin_object();
    for (const auto& header : answer.headers) {
      json.key(header.name);
      json.string(header.value);
    }
    json.end_object();
    json.key("httpStatusCode");
    json.integer(answer.status);
    json.key("referenceId");
    json.string(answer.reference);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return json.take();
}

std::optional<Answer> check_parts(const Json& parts, std::size_t parts_max) {
  if (!parts.is_array()) return error_answer(400, "JSON_PARSER_ERROR", "The request body has no array compositeRequest");
  if (parts.size() > parts_max)
    return error_answer(400, "LIMIT_EXCEEDED", "The number of subrequests exceeds the limit of " + std::to_string(parts_max));
  std::size_t heavy = 0;
  std::vector<std::string> seen;
  for (const auto& part : parts) {
    const auto reference = string_member(part, "referenceId"), url = string_member(part, "url");
    const auto method = string_member(part, "method");
    if (method.empty() || url.empty())
      return error_answer(400, "JSON_PARSER_ERROR", "A subrequest needs method, url and referenceId");
    if (std::find(kMethods.begin(), kMethods.end(), method) == kMethods.end())
      return error_answer(400, "INVALID_INPUT", "The method " + method + " is not allowed in a subrequest");
    if (!is_reference_id(reference))
      return error_answer(
          400, "INVALID_INPUT",
          "Provided referenceId ('" + reference +
              "') must start with a letter or a number, and it can contain only letters, numbers and underscores ('_').");
    if (std::find(seen.begin(), seen.end(), reference) != seen.end())
      return error_answer(400, "INVALID_INPUT", "Provided referenceId ('" + reference + "') must be unique in a request");
    seen.push_back(reference);
    if (is_heavy(url) && ++heavy > kHeavyPartsMax)
      return error_answer(400, "LIMIT_EXCEEDED", "The number of query and collection subrequests exceeds the limit of 5");
    for (const auto& [name, value] : member(part, "httpHeaders").items())
      for (const std::string_view refused : {"Accept", "Authorization", "Content-Type"})
        if (equals_ignoring_case(name, refused))
          return error_answer(400, "INVALID_INPUT", "The header " + name + " is not allowed in a subrequest");
  }
  return std::nullopt;
}

CompositeRun run_parts(Call& call, Json parts, const JsonPath& place, bool all_or_none) {
  const auto start = call.org.store.mark();
  CompositeRun run;
  Results results{run.answers};
  for (std::size_t i = 0; i < parts.size(); ++i) {
    auto path = place;
    path.push_back(std::to_string(i));
    path.emplace_back("body");
    auto answer = run_part(call, parts[i], std::move(path), all_or_none, results);
    if (!answer.not_modelled.empty()) run.not_modelled = answer.not_modelled;
    const bool failed = holds_failure(answer);
    run.answers.push_back({string_member(parts[i], "referenceId"), answer.status, answer.headers, json_text(std::move(answer))});
    if (failed && all_or_none) {
      call.org.store.roll_back(start);
      halt_others(parts, i, run.answers);
      run.rolled_back = true;
      break;
    }
  }
  return run;
}

Answer run_composite(Call& call) {
  auto body = object_body(call);
  if (!body) return std::move(body.error());
  if (auto refused = check_parts(member(*body, "compositeRequest"), kCompositePartsMax)) return std::move(*refused);
  auto switched = switch_of(*body, "allOrNone");
  if (!switched) return std::move(switched.error());
  const auto run = run_parts(call, std::move((*body)["compositeRequest"]), {"compositeRequest"}, *switched);
  if (!call.inside_composite || !call.all_or_none) call.org.commit(call.cause);
  auto answer = written_answer(composite_text(run.answers));
  answer.not_modelled = run.not_modelled;
  return answer;
}

}  // namespace casewire::sim::salesforce
