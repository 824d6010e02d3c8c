#include "scenarios/tape/har_exchange.hpp"

#include <algorithm>
#include <cstdint>

#include "base/http/wire.hpp"
#include "base/text/encoding.hpp"
#include "base/text/strings.hpp"
#include "base/text/utf8.hpp"
#include "scenarios/tape/masking.hpp"
#include "scenarios/tape/media_type.hpp"
#include "scenarios/tape/plain_bodies.hpp"

namespace casewire::scenarios::har {

namespace {

/// Some tools write `get`, and a method is told apart by its letters' case.
std::string in_capitals(std::string method) {
  std::transform(method.begin(), method.end(), method.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  return method;
}

/// What HTTP/2 calls pseudo-headers is told by method and URL. Browsers join what came several times by line feeds.
void add_header(http::Headers& headers, const std::string& name, const std::string& value) {
  if (name.empty() || name.starts_with(':')) return;
  for (const std::string_view one : split(value, '\n')) headers.add(name, std::string(one));
}

Read<http::Headers> read_headers(const Json& message, const Path& path) {
  if (member(message, "headers").is_null()) return http::Headers();
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
    add_header(headers, (*name)->get<std::string>(), (*value)->get<std::string>());
  }
  return headers;
}

Read<std::string> read_body(const Json& holder, const Path& path, const char* encoding_member, const BesideTape& beside) {
  // Playwright keeps an empty text beside the name of what was posted.
  if (const std::string file = string_member(holder, "_file"); !file.empty() && string_member(holder, "text").empty()) {
    auto bytes = beside ? beside(file) : std::nullopt;
    if (!bytes)
      return fail(Broken{path + "_file", "the body is to stand in " + file + " beside the recording, and is not there"});
    return *std::move(bytes);
  }
  const auto text = holder.find("text");
  if (text == holder.end() || text->is_null()) {
    return std::string{};
  }
  if (!text->is_string()) {
    return fail(Broken{path + "text", "expected a string at " + shown(path + "text") + ", found " + kind_of(*text)});
  }
  const Json& encoding = member(holder, encoding_member);
  if (encoding.is_null() || encoding == "" || encoding == "utf-8" || encoding == "utf8") {
    return text->get<std::string>();
  }
  if (encoding != "base64") {
    return fail(Broken{path + encoding_member, "this encoding is not known", "base64 is"});
  }
  auto bytes = decode_base64(text->get_ref<const std::string&>());
  if (!bytes) {
    return fail(Broken{path + "text", "this is no base64"});
  }
  return *std::move(bytes);
}

/// Firefox and others keep a form as its fields alone. Of a multipart body nothing tells what stood between them.
Read<std::string> body_of_fields(const Json& post, const Path& path, const MediaType& type) {
  const Json& parameters = post["params"];
  FormFields fields;
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    const Path here = path + "params" + std::to_string(i);
    if (!parameters[i].is_object()) return fail(Broken{here, "expected an object at " + shown(here)});
    const auto name = need_string(parameters[i], here, "name");
    if (!name) return fail(name.error());
    fields.emplace_back(string_member(parameters[i], "name"), string_member(parameters[i], "value"));
  }
  if (!type.is_multipart()) return form(fields);
  const std::string boundary = type.parameter("boundary");
  std::string body;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    body += "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + fields[i].first + "\"";
    const std::string file = string_member(parameters[i], "fileName"), content = string_member(parameters[i], "contentType");
    body += (file.empty() ? "" : "; filename=\"" + file + "\"") + std::string("\r\n");
    body += (content.empty() ? "" : "Content-Type: " + content + "\r\n") + "\r\n" + fields[i].second + "\r\n";
  }
  return body + "--" + boundary + "--\r\n";
}

Read<std::string> read_post(const Json& json, const Path& path, http::Headers& headers, const BesideTape& beside) {
  const auto post = need_object(json, path, "postData");
  if (!post) {
    return fail(post.error());
  }
  const Path here = path + "postData";
  const std::string type = string_member(**post, "mimeType");
  if (!type.empty() && !headers.find("content-type")) headers.add("Content-Type", type);
  const Json& parameters = member(**post, "params");
  const bool has_text = !string_member(**post, "text").empty() || !string_member(**post, "_file").empty();
  if (!has_text && parameters.is_array() && !parameters.empty()) {
    return body_of_fields(**post, here, media_type_of(headers));
  }
  return read_body(**post, here, "_encoding", beside);
}

/// As far as the recorder says; 0 where it does not know.
double bytes_sent(const Json& request) {
  const Json& size = member(request, "bodySize");
  return size.is_number() ? std::max(size.get<double>(), 0.0) : 0.0;
}

Read<http::Request> read_request(const Json& entry, const Path& entry_path, const BesideTape& beside) {
  const auto object = need_object(entry, entry_path, "request");
  if (!object) {
    return fail(object.error());
  }
  const Json& json = **object;
  const Path path = entry_path + "request";
  if (auto rest = need_all(json, path, {"method", "url"}, {}, {}); !rest) {
    return fail(rest.error());
  }
  http::Request request{.method = in_capitals(string_member(json, "method")), .target = string_member(json, "url")};
  if (request.origin().empty() || request.method.empty()) {
    return fail(request.origin().empty() ? Broken{path + "url", "expected an absolute URL at " + shown(path + "url")}
                                         : Broken{path + "method", "expected a method at " + shown(path + "method")});
  }
  request.target.erase(std::min(request.target.find('#'), request.target.size()));
  auto headers = read_headers(json, path);
  if (!headers) {
    return fail(headers.error());
  }
  request.headers = *std::move(headers);
  if (json.contains("postData") && !json["postData"].is_null()) {
    auto body = read_post(json, path, request.headers, beside);
    if (!body) {
      return fail(body.error());
    }
    request.body = *std::move(body);
  }
  if (request.body.empty() && bytes_sent(json) > 0) {
    return fail(Broken{path, "this request had a body of " + member(json, "bodySize").dump() + " bytes, which was not recorded",
                       "without it every request to that place looks alike; record again with bodies"});
  }
  return request;
}

Read<http::Response> read_response(const Json& entry, const Path& entry_path, const BesideTape& beside) {
  const auto object = need_object(entry, entry_path, "response");
  if (!object) {
    return fail(object.error());
  }
  const Json& json = **object;
  const Path path = entry_path + "response";
  if (auto rest = need_all(json, path, {}, {}, {"status"}); !rest) {
    return fail(rest.error());
  }
  http::Response response;
  const Json& status = json["status"];
  if (!status.is_number_integer() || status.get<std::int64_t>() < -1 || status.get<std::int64_t>() > 599) {
    return fail(Broken{path + "status", "expected an HTTP status at " + shown(path + "status") + ", found " + status.dump(),
                       "0 stands for no answer"});
  }
  response.status = std::max(status.get<int>(), 0);  // Playwright writes -1 where none came
  auto headers = read_headers(json, path);
  if (!headers) {
    return fail(headers.error());
  }
  response.headers = *std::move(headers);
  if (member(json, "content").is_null()) return response;  // some recorders leave out what is empty
  const auto content = need_object(json, path, "content");
  if (!content) {
    return fail(content.error());
  }
  const std::string type = string_member(**content, "mimeType");
  if (!type.empty() && type != "x-unknown" && !response.headers.find("content-type")) response.headers.add("Content-Type", type);
  auto body = read_body(**content, path + "content", "encoding", beside);
  if (!body) {
    return fail(body.error());
  }
  response.body = *std::move(body);
  return response;
}

/// What a browser or a proxy does of its own accord, and no program that speaks with the two systems: it asks whether it may ask, opens a tunnel or
/// a socket, gives up what nobody waits for any more, and loads what is written out in its URL or draws a page of Lightning.
bool is_of_a_browser(const Json& entry) {
  if (entry.contains("_casewire")) return false;  // ours: it was a call
  const Json &request = member(entry, "request"), &response = member(entry, "response");
  const std::string method = in_capitals(string_member(request, "method")), url = string_member(request, "url");
  if (method == "OPTIONS" || method == "CONNECT" || member(response, "status") == 101) return true;
  if (!url.starts_with("http://") && !url.starts_with("https://") && url.substr(0, url.find('/')).find(':') != std::string::npos)
    return true;
  const std::size_t path = url.find('/', url.find("://") + 3);
  const std::string_view place = path == std::string::npos ? std::string_view() : std::string_view(url).substr(path);
  if (place == "/aura" || place.starts_with("/aura?") || place.find("/sfsites/aura") != std::string_view::npos) return true;
  const bool was_given_up = string_member(entry, "_error").find("ABORTED") != std::string::npos ||
                            string_member(response, "_error").find("ABORTED") != std::string::npos;
  return was_given_up && method == "GET";
}

Read<Exchange> read_ours(const Json& entry, const Path& entry_path, Exchange exchange) {
  const auto ours = need_object(entry, entry_path, "_casewire");
  const Path path = entry_path + "_casewire";
  if (!ours) {
    return fail(ours.error());
  }
  for (const auto& [name, into] : {std::pair{"from", &exchange.from}, std::pair{"to", &exchange.to}}) {
    const auto value = need_string(**ours, path, name);
    if (!value) {
      return fail(value.error());
    }
    *into = (*value)->get<std::string>();
    if (!is_system(*into)) {
      return fail(Broken{path + name, "expected \"bridge\", \"salesforce\" or \"opencx\" at " + shown(path + name)});
    }
  }
  const auto wire = http::wire_named(string_member(**ours, "wire", "intact"));
  if (!wire) {
    return fail(Broken{path + "wire", "this damage of the wire is not known"});
  }
  exchange.wire = *wire;
  exchange.error = string_member(**ours, "error");
  exchange.signature = string_member(**ours, "signature");
  return exchange;
}

Read<Exchange> read_theirs(const Path& path, const std::string& url, Exchange exchange, const Hosts& hosts) {
  const Parties parties = parties_of(url, exchange.request, hosts);
  if (parties.to.empty()) {
    return fail(Broken{path, "nothing tells whom this request is for: " + host_of(url) + std::string(kUnknownHost),
                       std::string(kHostOptions) +
                           " (of redact, compare and import), or in the recording: \"log\": {\"_casewire\": {\"hosts\": {\"" +
                           host_of(url) +
                           "\": \"salesforce\"}}}; also \"opencx\", \"bridge\", or \"nobody\" for what is to be left out",
                       host_of(url)});
  }
  exchange.from = parties.from;
  exchange.to = parties.to;
  // Proxies keep what came, which whoever they stood before had asked for so; who plays it has not.
  make_bodies_plain(exchange);
  return exchange;
}

}  // namespace

bool is_system(const std::string& name) { return name == "bridge" || name == "salesforce" || name == "opencx"; }

Read<std::optional<Exchange>> read_entry(const Json& entry, const Path& path, const Hosts& hosts, const BesideTape& beside) {
  if (!entry.is_object()) {
    return fail(Broken{path, "expected an object at " + shown(path) + ", found " + kind_of(entry)});
  }
  if (is_of_a_browser(entry)) return std::nullopt;
  const auto started = parse_iso8601(string_member(entry, "startedDateTime"));
  if (!started) {
    return fail(Broken{path + "startedDateTime", "expected a time such as 2026-01-05T09:00:00.000Z"});
  }
  // Browsers write -1, or null, for what they could not measure.
  const Json& measured = member(entry, "time");
  const double time = measured.is_number() ? std::max(measured.get<double>(), 0.0) : 0.0;
  if (time > static_cast<double>(recording::kTimeMax.count())) {
    return fail(Broken{path + "time", "expected milliseconds, at most a day"});
  }
  auto request = read_request(entry, path, beside);
  if (!request) {
    return fail(request.error());
  }
  const std::string url = request->target;
  if (system_named(hosts, host_of(url)) == "nobody") return std::nullopt;
  auto response = read_response(entry, path, beside);
  if (!response) {
    return fail(response.error());
  }
  Exchange exchange{.started = *started, .time = milliseconds(static_cast<std::int64_t>(time)), .from = {}, .to = {}};
  exchange.request = *std::move(request);
  exchange.response = *std::move(response);
  auto read = entry.contains("_casewire") ? read_ours(entry, path, std::move(exchange))
                                          : read_theirs(path, url, std::move(exchange), hosts);
  if (!read) return fail(read.error());
  return std::optional<Exchange>(*std::move(read));
}

std::optional<std::uint64_t> number_of(const Json& entry) {
  const Json& number = member(member(entry, "_casewire"), "number");
  return number.is_number_unsigned() ? std::optional(number.get<std::uint64_t>()) : std::nullopt;
}

void Origins::learn(const Exchange& exchange) {
  const std::string origin(exchange.request.origin());
  const std::string ours = recorded_origin(exchange.to);
  if (origin != ours && exchange.to != "bridge" && known_.size() < kMost) known_.emplace(origin, ours);
}

void Origins::rename(Exchange& exchange) const {
  exchange.request.target.erase(0, exchange.request.origin().size());
  if (!exchange.request.target.starts_with('/')) exchange.request.target.insert(0, "/");
  if (known_.empty()) return;
  const auto renamed = [&](std::string text) {
    for (const auto& [theirs, ours] : known_) text = replaced(std::move(text), theirs, ours);
    return text;
  };
  http::Headers headers;
  for (const http::Header& header : exchange.response.headers) headers.add(header.name, renamed(header.value));
  exchange.response.headers = std::move(headers);
  for (std::string* body : {&exchange.request.body, &exchange.response.body}) {
    if (is_valid_utf8(*body)) *body = renamed(std::move(*body));
  }
}

}  // namespace casewire::scenarios::har
