#include <cstdint>

#include "base/http/wire.hpp"
#include "base/text/encoding.hpp"
#include "base/text/json.hpp"
#include "scenarios/tape/har_member.hpp"
#include "scenarios/tape/json_position.hpp"
#include "scenarios/tape/tape.hpp"

namespace casewire::scenarios {

namespace {

constexpr JsonLimits kLimits{.bytes_max = 128u << 20, .depth_max = 16};

using namespace har;

Read<http::Headers> read_headers(const Json& message, const Path& path) {
  const auto list = need_array(message, path, "headers");
  if (!list) {
    return fail(list.error());
  }
  http::Headers headers;
  for (std::size_t i = 0; i < (*list)->size(); ++i) {
    const Path here = path + "headers" + std::to_string(i);
    const Json& header = (**list)[i];
    if (!header.is_object()) {
      return fail(Broken{here, "expected an object at " + shown(here) + ", found " + kind_of(header)});
    }
    const auto name = need_string(header, here, "name");
    const auto value = need_string(header, here, "value");
    if (!name || !value) {
      return fail(!name ? name.error() : value.error());
    }
    headers.add((*name)->get<std::string>(), (*value)->get<std::string>());
  }
  return headers;
}

Read<std::string> read_body(const Json& holder, const Path& path, const char* encoding_member) {
  const auto text = holder.find("text");
  if (text == holder.end()) {
    return std::string{};
  }
  if (!text->is_string()) {
    return fail(Broken{path + "text", "expected a string at " + shown(path + "text") + ", found " + kind_of(*text)});
  }
  const auto encoding = holder.find(encoding_member);
  if (encoding == holder.end()) {
    return text->get<std::string>();
  }
  if (*encoding != "base64") {
    return fail(Broken{path + encoding_member, "this encoding is not known", "base64 is"});
  }
  auto bytes = decode_base64(text->get_ref<const std::string&>());
  if (!bytes) {
    return fail(Broken{path + "text", "this is no base64"});
  }
  return *std::move(bytes);
}

Read<http::Request> read_request(const Json& entry, const Path& entry_path) {
  const auto object = need_object(entry, entry_path, "request");
  if (!object) {
    return fail(object.error());
  }
  const Json& json = **object;
  const Path path = entry_path + "request";
  if (auto rest = need_all(json, path, {"method", "url", "httpVersion"}, {"cookies", "queryString"}, {"headersSize", "bodySize"});
      !rest) {
    return fail(rest.error());
  }
  http::Request request{.method = string_member(json, "method"), .target = string_member(json, "url")};
  const std::size_t origin = request.origin().size();
  if (origin == 0 || request.method.empty()) {
    return fail(origin == 0 ? Broken{path + "url", "expected an absolute URL at " + shown(path + "url")}
                            : Broken{path + "method", "expected a method at " + shown(path + "method")});
  }
  request.target.erase(0, origin);
  if (!request.target.starts_with('/')) {
    request.target.insert(0, "/");
  }
  auto headers = read_headers(json, path);
  if (!headers) {
    return fail(headers.error());
  }
  request.headers = *std::move(headers);
  if (json.contains("postData")) {
    const auto post = need_object(json, path, "postData");
    if (!post) {
      return fail(post.error());
    }
    if (auto rest = need_all(**post, path + "postData", {"mimeType"}, {}, {}); !rest) {
      return fail(rest.error());
    }
    auto body = read_body(**post, path + "postData", "_encoding");
    if (!body) {
      return fail(body.error());
    }
    request.body = *std::move(body);
  }
  return request;
}

Read<http::Response> read_response(const Json& entry, const Path& entry_path) {
  const auto object = need_object(entry, entry_path, "response");
  if (!object) {
    return fail(object.error());
  }
  const Json& json = **object;
  const Path path = entry_path + "response";
  if (auto rest =
          need_all(json, path, {"statusText", "httpVersion", "redirectURL"}, {"cookies"}, {"headersSize", "bodySize", "status"});
      !rest) {
    return fail(rest.error());
  }
  http::Response response;
  const Json& status = json["status"];
  if (!status.is_number_integer() || status.get<std::int64_t>() < 0 || status.get<std::int64_t>() > 599) {
    return fail(Broken{path + "status", "expected an HTTP status at " + shown(path + "status"), "0 stands for no answer"});
  }
  response.status = status.get<int>();
  auto headers = read_headers(json, path);
  if (!headers) {
    return fail(headers.error());
  }
  response.headers = *std::move(headers);
  const auto content = need_object(json, path, "content");
  if (!content) {
    return fail(content.error());
  }
  if (auto rest = need_all(**content, path + "content", {"mimeType"}, {}, {"size"}); !rest) {
    return fail(rest.error());
  }
  auto body = read_body(**content, path + "content", "encoding");
  if (!body) {
    return fail(body.error());
  }
  response.body = *std::move(body);
  return response;
}

Read<Exchange> read_ours(const Json& entry, const Path& entry_path, Exchange exchange) {
  const auto ours = need_object(entry, entry_path, "_casewire");
  const Path path = entry_path + "_casewire";
  if (!ours) {
    return fail(Broken{ours.error().path, "this entry does not say who called whom",
                       "add \"_casewire\": {\"from\": \"bridge\", \"to\": \"salesforce\"}"});
  }
  for (const auto& [name, into] : {std::pair{"from", &exchange.from}, std::pair{"to", &exchange.to}}) {
    const auto value = need_string(**ours, path, name);
    if (!value) {
      return fail(value.error());
    }
    *into = (*value)->get<std::string>();
    if (*into != "bridge" && *into != "salesforce" && *into != "opencx") {
      return fail(Broken{path + name, "expected \"bridge\", \"salesforce\" or \"opencx\" at " + shown(path + name)});
    }
  }
  const auto wire = http::wire_named(string_member(**ours, "wire", "intact"));
  if (!wire) {
    return fail(Broken{path + "wire", "this damage of the wire is not known"});
  }
  exchange.wire = *wire;
  exchange.error = string_member(**ours, "error");
  return exchange;
}

Read<Exchange> read_entry(const Json& entry, const Path& path) {
  if (!entry.is_object()) {
    return fail(Broken{path, "expected an object at " + shown(path) + ", found " + kind_of(entry)});
  }
  for (const char* name : {"cache", "timings"}) {
    if (auto object = need_object(entry, path, name); !object) {
      return fail(object.error());
    }
  }
  if (auto rest = need_all(entry["timings"], path + "timings", {}, {}, {"send", "wait", "receive"}); !rest) {
    return fail(rest.error());
  }
  if (auto rest = need_all(entry, path, {"startedDateTime"}, {}, {"time"}); !rest) {
    return fail(rest.error());
  }
  const auto started = parse_iso8601(string_member(entry, "startedDateTime"));
  const double time = entry["time"].get<double>();
  constexpr double kDayInMilliseconds = 86'400'000;
  if (!started || !(time >= 0 && time <= kDayInMilliseconds)) {
    return fail(!started ? Broken{path + "startedDateTime", "expected a time such as 2026-01-05T09:00:00.000Z"}
                         : Broken{path + "time", "expected milliseconds, at most a day"});
  }
  auto request = read_request(entry, path);
  if (!request) {
    return fail(request.error());
  }
  auto response = read_response(entry, path);
  if (!response) {
    return fail(response.error());
  }
  Exchange exchange{.started = *started, .time = milliseconds(static_cast<std::int64_t>(time)), .from = {}, .to = {}};
  exchange.request = *std::move(request);
  exchange.response = *std::move(response);
  return read_ours(entry, path, std::move(exchange));
}

Read<Tape> read_log(const Json& root) {
  if (!root.is_object()) {
    return fail(Broken{{}, "expected an object, found " + kind_of(root)});
  }
  const auto log = need_object(root, {}, "log");
  if (!log) {
    return fail(log.error());
  }
  if (auto rest = need_all(**log, {"log"}, {"version"}, {"entries"}, {}); !rest) {
    return fail(rest.error());
  }
  if (string_member(**log, "version") != "1.2") {
    return fail(Broken{{"log", "version"}, "expected HAR version \"1.2\""});
  }
  if (auto creator = need_object(**log, {"log"}, "creator"); !creator) {
    return fail(creator.error());
  }
  if (auto rest = need_all((**log)["creator"], {"log", "creator"}, {"name", "version"}, {}, {}); !rest) {
    return fail(rest.error());
  }
  const Json& entries = (**log)["entries"];
  if (entries.size() > Recorder::kExchangesMax) {
    return fail(Broken{{"log", "entries"}, "a recording has at most " + std::to_string(Recorder::kExchangesMax) + " entries"});
  }
  Tape tape;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    auto exchange = read_entry(entries[i], {"log", "entries", std::to_string(i)});
    if (!exchange) {
      return fail(exchange.error());
    }
    tape.exchanges.push_back(*std::move(exchange));
  }
  return tape;
}

}  // namespace

Result<Tape> read_har(std::string_view text, std::string_view file) {
  const auto json = parse_json(text, file, kLimits);
  if (!json) {
    return fail(json.error());
  }
  auto tape = read_log(*json);
  if (!tape) {
    const Broken& broken = tape.error();
    return fail(Diagnostic{{std::string(file), json_position(text, broken.path)}, broken.problem, broken.hint});
  }
  return *std::move(tape);
}

}  // namespace casewire::scenarios
