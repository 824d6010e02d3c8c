// Up to 25 requests in one that know nothing of each other: no transaction, no references. Source: REST API Developer Guide,
// "Composite Batch", v66.0. Guessed: the codes of envelope errors.

#include "base/text/strings.hpp"
#include "sim/salesforce/api/dispatch.hpp"
#include "sim/salesforce/api/resources.hpp"
#include "sim/salesforce/api/several.hpp"

namespace casewire::sim::salesforce {
namespace {

constexpr std::size_t kBatchPartsMax = 25;

Answer run_one(Call& outer, const Json& part, std::size_t index) {
  for (const auto* name : {"binaryPartName", "binaryPartNameAlias"})
    if (!member(part, name).is_null()) return not_modelled(std::string{name} + " in a batch request");
  Call call{.org = outer.org, .method = string_member(part, "method"), .version = {}, .segments = {}};
  call.actor = outer.actor;
  call.cause = outer.cause;
  call.inside_composite = true;
  call.outer_text = &outer.body_text;
  call.body_path = {"batchRequests", std::to_string(index), "richInput"};
  call.query_options = outer.query_options;
  if (const auto& body = member(part, "richInput"); !body.is_null()) call.body = body;
  const auto url = whole_url(string_member(part, "url"));
  if (url.find("/composite/batch") != std::string::npos || url.find("/composite/graph") != std::string::npos)
    return error_answer(400, "INVALID_INPUT", "A batch request cannot hold another one");
  outer.org.count_api_request();
  return dispatch_part(call, url);
}

}  // namespace

std::string whole_url(std::string url) {
  if (url.starts_with("v")) return "/services/data/" + url;
  return url.starts_with("services/") ? "/" + url : url;
}

Answer run_batch(Call& call) {
  auto body = object_body(call);
  if (!body) return std::move(body.error());
  const auto& parts = member(*body, "batchRequests");
  if (!parts.is_array() || parts.empty())
    return error_answer(400, "JSON_PARSER_ERROR", "The request body has no array batchRequests");
  if (parts.size() > kBatchPartsMax)
    return error_answer(400, "LIMIT_EXCEEDED", "The number of subrequests exceeds the limit of 25");
  for (const auto& part : parts)
    if (string_member(part, "method").empty() || string_member(part, "url").empty())
      return error_answer(400, "JSON_PARSER_ERROR", "A subrequest needs method and url");
  auto halts = switch_of(*body, "haltOnError");
  if (!halts) return std::move(halts.error());
  std::string text, unmodelled;
  bool failed = false;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const bool halted = failed && *halts;
    const auto start = call.org.store.mark();
    auto answer =
        halted ? error_answer(412, "BATCH_PROCESSING_HALTED", "Batch processing halted by request") : run_one(call, parts[i], i);
    if (answer.status >= 300) {
      failed = true;
      call.org.store.roll_back(start);
    } else {
      call.org.commit(call.cause);
    }
    if (!answer.not_modelled.empty()) unmodelled = answer.not_modelled;
    const auto status = answer.status;
    const auto result = json_text(std::move(answer));
    text += (i == 0 ? "" : ",");
    text += "{\"statusCode\":" + std::to_string(status) + ",\"result\":" + (result.empty() ? "null" : result) + "}";
  }
  auto answer = written_answer("{\"hasErrors\":" + std::string{failed ? "true" : "false"} + ",\"results\":[" + text + "]}");
  answer.not_modelled = std::move(unmodelled);
  return answer;
}

}  // namespace casewire::sim::salesforce
