#include "base/recording/har_entry.hpp"

#include "base/text/crypto.hpp"
#include "base/text/encoding.hpp"
#include "base/text/json_writer.hpp"
#include "base/text/utf8.hpp"

namespace casewire::recording {

namespace {

// Members are written in the order of their names.

void write_headers(JsonWriter& json, const http::Headers& headers) {
  json.begin_array();
  for (const http::Header& header : headers) {
    json.begin_object();
    json.key("name");
    json.string(header.name);
    json.key("value");
    json.string(header.value);
    json.end_object();
  }
  json.end_array();
}

/// HAR wants the parameters decoded. A query that is no form (a bad escape) stands in the URL only.
void write_query(JsonWriter& json, std::string_view query) {
  json.begin_array();
  for (const auto& [name, value] : parse_form(query).value_or(FormFields{})) {
    json.begin_object();
    json.key("name");
    json.string(name);
    json.key("value");
    json.string(value);
    json.end_object();
  }
  json.end_array();
}

std::string_view content_type_of(const http::Headers& headers) { return headers.find("content-type").value_or(""); }

/// As a member's value: `text`, and `encoding` when the body is no text. For requests HAR 1.2 has no such member, so there it bears our mark. A
/// body beside the file is named as Playwright names its own.
void write_body(JsonWriter& json, const http::Headers& headers, const std::string& body, bool is_of_request, SideBodies* beside) {
  const bool is_beside = beside != nullptr && body.size() > SideBodies::kBytesMin;
  const bool is_coded = !is_beside && !is_valid_utf8(body);
  json.begin_object();
  if (is_coded && is_of_request) {
    json.key("_encoding");
    json.string("base64");
  }
  if (is_beside) {
    const std::string name = hex(sha256(body));
    beside->files.try_emplace(name, body);
    json.key("_file");
    json.string({beside->folder, "/", name});
  }
  if (is_coded && !is_of_request) {
    json.key("encoding");
    json.string("base64");
  }
  json.key("mimeType");
  json.string(content_type_of(headers));
  if (!is_of_request) {
    json.key("size");
    json.integer(static_cast<std::int64_t>(body.size()));
  }
  if (!is_beside && !body.empty()) {
    json.key("text");
    if (is_coded) {
      json.string(base64(body));
    } else {
      json.string(body);
    }
  }
  json.end_object();
}

void write_response(JsonWriter& json, const http::Response& response, SideBodies* beside) {
  const bool arrived = response.status != 0;
  json.begin_object();
  json.key("bodySize");
  json.integer(arrived ? static_cast<std::int64_t>(response.body.size()) : -1);
  json.key("content");
  write_body(json, response.headers, response.body, /*is_of_request=*/false, beside);
  json.key("cookies");
  json.written("[]");
  json.key("headers");
  write_headers(json, response.headers);
  json.key("headersSize");
  json.integer(-1);
  json.key("httpVersion");
  json.string(arrived ? "HTTP/1.1" : "");
  json.key("redirectURL");
  json.string(response.headers.find("location").value_or(""));
  json.key("status");
  json.integer(response.status);
  json.key("statusText");
  json.string(arrived ? http::reason_phrase(response.status) : "");
  json.end_object();
}

void write_ours(JsonWriter& json, const Exchange& exchange, std::uint64_t number) {
  json.begin_object();
  const auto write = [&](std::string_view name, std::string_view value) {
    json.key(name);
    json.string(value);
  };
  if (!exchange.error.empty()) write("error", exchange.error);
  write("from", exchange.from);
  if (number != 0) {
    json.key("number");
    json.integer(static_cast<std::int64_t>(number));
  }
  if (!exchange.signature.empty()) write("signature", exchange.signature);
  write("to", exchange.to);
  if (exchange.wire != http::Wire::intact) write("wire", name_of(exchange.wire));
  json.end_object();
}

}  // namespace

std::string recorded_origin(std::string_view system) { return "http://" + std::string(system) + ".test"; }

std::string har_request(const Exchange& exchange, SideBodies* beside) {
  constexpr std::size_t kUsual = 1024;  // beside the body
  const http::Request& request = exchange.request;
  JsonWriter json;
  json.reserve(request.body.size() + kUsual);
  json.begin_object();
  json.key("bodySize");
  json.integer(static_cast<std::int64_t>(request.body.size()));
  json.key("cookies");
  json.written("[]");
  json.key("headers");
  write_headers(json, request.headers);
  json.key("headersSize");
  json.integer(-1);
  json.key("httpVersion");
  json.string("HTTP/1.1");
  json.key("method");
  json.string(request.method);
  if (!request.body.empty()) {
    json.key("postData");
    write_body(json, request.headers, request.body, /*is_of_request=*/true, beside);
  }
  json.key("queryString");
  write_query(json, request.query());
  json.key("url");
  json.string({recorded_origin(exchange.to), request.target});
  json.end_object();
  return json.take();
}

std::string har_entry(const Exchange& exchange, std::string_view request, std::uint64_t number, SideBodies* beside) {
  constexpr std::size_t kUsual = 1024;  // beside the bodies
  JsonWriter json;
  json.reserve(request.size() + exchange.response.body.size() + kUsual);
  json.begin_object();
  json.key("_casewire");
  write_ours(json, exchange, number);
  json.key("cache");
  json.written("{}");
  json.key("request");
  json.written(request);
  json.key("response");
  write_response(json, exchange.response, beside);
  json.key("startedDateTime");
  json.string(iso8601(exchange.started));
  json.key("time");
  json.integer(exchange.time.count());
  json.key("timings");
  json.begin_object();
  json.key("receive");
  json.integer(0);
  json.key("send");
  json.integer(0);
  json.key("wait");
  json.integer(exchange.time.count());
  json.end_object();
  json.end_object();
  return json.take();
}

Json har_entry(const Exchange& exchange, SideBodies* beside) {
  return Json::parse(har_entry(exchange, har_request(exchange, beside), 0, beside));
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
