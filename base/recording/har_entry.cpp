#include "base/recording/har_entry.hpp"

#include "base/text/crypto.hpp"
#include "base/text/encoding.hpp"
#include "base/text/json_writer.hpp"
#include "base/text/utf8.hpp"

namespace casewire::recording {

namespace {

Json headers_json(const http::Headers& headers) {
  Json all = Json::array();
  for (const http::Header& header : headers) {
    all.push_back({{"name", header.name}, {"value", header.value}});
  }
  return all;
}

/// HAR wants the parameters decoded. A query that is no form (a bad escape) stands in the URL only.
Json query_json(std::string_view query) {
  Json all = Json::array();
  if (const auto fields = parse_form(query)) {
    for (const auto& [name, value] : *fields) {
      all.push_back({{"name", name}, {"value", value}});
    }
  }
  return all;
}

std::string content_type_of(const http::Headers& headers) { return std::string(headers.find("content-type").value_or("")); }

/// `text`, and `encoding` when the body is no text. For requests HAR 1.2 has no such member, so there it bears our mark. A body beside the
/// file is named as Playwright names its own.
void put_body(Json& object, const std::string& body, const char* encoding_member, SideBodies* beside) {
  if (beside != nullptr && body.size() > SideBodies::kBytesMin) {
    const std::string name = hex(sha256(body));
    beside->files.try_emplace(name, body);
    object["_file"] = beside->folder + "/" + name;
  } else if (is_valid_utf8(body)) {
    object["text"] = body;
  } else {
    object["text"] = base64(body);
    object[encoding_member] = "base64";
  }
}

Json request_json(const Exchange& exchange, SideBodies* beside) {
  const http::Request& request = exchange.request;
  Json json{{"method", request.method},
            {"url", recorded_origin(exchange.to) + request.target},
            {"httpVersion", "HTTP/1.1"},
            {"cookies", Json::array()},
            {"headers", headers_json(request.headers)},
            {"queryString", query_json(request.query())}};
  if (!request.body.empty()) {
    Json post{{"mimeType", content_type_of(request.headers)}};
    put_body(post, request.body, "_encoding", beside);
    json["postData"] = std::move(post);
  }
  json["headersSize"] = -1;
  json["bodySize"] = request.body.size();
  return json;
}

Json response_json(const http::Response& response, SideBodies* beside) {
  Json content{{"size", response.body.size()}, {"mimeType", content_type_of(response.headers)}};
  if (!response.body.empty()) {
    put_body(content, response.body, "encoding", beside);
  }
  const bool arrived = response.status != 0;
  return {{"status", response.status},
          {"statusText", arrived ? std::string(http::reason_phrase(response.status)) : std::string{}},
          {"httpVersion", arrived ? "HTTP/1.1" : ""},
          {"cookies", Json::array()},
          {"headers", headers_json(response.headers)},
          {"content", std::move(content)},
          {"redirectURL", std::string(response.headers.find("location").value_or(""))},
          {"headersSize", -1},
          {"bodySize", arrived ? Json(response.body.size()) : Json(-1)}};
}

}  // namespace

std::string recorded_origin(std::string_view system) { return "http://" + std::string(system) + ".test"; }

Json har_entry(const Exchange& exchange, SideBodies* beside) {
  Json ours{{"from", exchange.from}, {"to", exchange.to}};
  if (exchange.wire != http::Wire::intact) {
    ours["wire"] = name_of(exchange.wire);
  }
  if (!exchange.error.empty()) {
    ours["error"] = exchange.error;
  }
  if (!exchange.signature.empty()) {
    ours["signature"] = exchange.signature;
  }
  return {{"startedDateTime", iso8601(exchange.started)},
          {"time", exchange.time.count()},
          {"request", request_json(exchange, beside)},
          {"response", response_json(exchange.response, beside)},
          {"cache", Json::object()},
          {"timings", {{"send", 0}, {"wait", exchange.time.count()}, {"receive", 0}}},
          {"_casewire", std::move(ours)}};
}

std::string sorted_text(const Json& json) {
  JsonWriter writer;
  writer.tree(json, JsonWriter::Members::by_name);
  return writer.take();
}

std::string sorted_text(const Json& json, int indent) {
  return nlohmann::json(json).dump(indent, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace casewire::recording
