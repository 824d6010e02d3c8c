// Several composites, each of them whole or not at all. Source: REST API Developer Guide, "Composite Graph", v66.0: 75 graphs, 500
// nodes in all, only sobjects resources, names of graphs that begin with a letter or a number and stand once; after 14 graphs have failed the others are not run. Guessed: words of envelope errors;
// the limits of depth and of different nodes are not kept.

#include <set>

#include "base/text/ascii.hpp"
#include "base/text/strings.hpp"
#include "sim/salesforce/api/composite.hpp"
#include "sim/salesforce/api/resources.hpp"
#include "sim/salesforce/api/several.hpp"

namespace casewire::sim::salesforce {
namespace {

constexpr std::size_t kGraphsMax = 75, kNodesMax = 500, kFailuresMax = 14;

std::optional<Answer> check_graphs(const Json& graphs) {
  if (!graphs.is_array() || graphs.empty()) return error_answer(400, "JSON_PARSER_ERROR", "The request body has no array graphs");
  if (graphs.size() > kGraphsMax) return error_answer(400, "LIMIT_EXCEEDED", "The number of graphs exceeds the limit of 75");
  std::size_t nodes = 0;
  std::set<std::string> ids;
  for (const auto& graph : graphs) {
    const auto& parts = member(graph, "compositeRequest");
    const auto id = string_member(graph, "graphId");
    if (id.empty()) return error_answer(400, "INVALID_INPUT", "Every graph needs a graphId");
    if (!is_alphanumeric(id.front()))
      return error_answer(400, "INVALID_INPUT", "Provided graphId ('" + id + "') must start with a letter or a number");
    if (!ids.insert(id).second)
      return error_answer(400, "INVALID_INPUT", "Provided graphId ('" + id + "') must be unique in a request");
    if (auto refused = check_parts(parts, kNodesMax)) return refused;
    nodes += parts.size();
    for (const auto& part : parts)
      if (string_member(part, "url").find("/sobjects") == std::string::npos ||
          string_member(part, "url").find("/composite") != std::string::npos)
        return error_answer(400, "INVALID_INPUT", "A graph holds only sobjects requests");
  }
  if (nodes > kNodesMax) return error_answer(400, "LIMIT_EXCEEDED", "The number of nodes exceeds the limit of 500");
  return std::nullopt;
}

}  // namespace

Answer run_graph(Call& call) {
  auto body = object_body(call);
  if (!body) return std::move(body.error());
  if (auto refused = check_graphs(member(*body, "graphs"))) return std::move(*refused);
  Json graphs = std::move((*body)["graphs"]);
  std::string text, unmodelled;
  std::size_t failures = 0;
  for (std::size_t i = 0; i < graphs.size(); ++i) {
    const auto id = string_member(graphs[i], "graphId");
    CompositeRun run;
    if (failures < kFailuresMax) {
      run = run_parts(call, std::move(graphs[i]["compositeRequest"]), {"graphs", std::to_string(i), "compositeRequest"}, true);
    } else {
      run.rolled_back = true;
      for (const auto& part : graphs[i]["compositeRequest"])
        run.answers.push_back({string_member(part, "referenceId"),
                               400,
                               {},
                               R"([{"errorCode":"PROCESSING_HALTED","message":"Too many graphs failed before this one."}])"});
    }
    if (run.rolled_back)
      ++failures;
    else
      call.org.commit(call.cause);
    if (!run.not_modelled.empty()) unmodelled = run.not_modelled;
    text += (i == 0 ? "" : ",");
    text += "{\"graphId\":" + dump_json(Json(id)) + ",\"graphResponse\":" + composite_text(run.answers) +
            ",\"isSuccessful\":" + (run.rolled_back ? "false" : "true") + "}";
  }
  auto answer = written_answer("{\"graphs\":[" + text + "]}");
  answer.not_modelled = std::move(unmodelled);
  return answer;
}

}  // namespace casewire::sim::salesforce
