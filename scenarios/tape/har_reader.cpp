#include <algorithm>
#include <cstdint>
#include <map>
#include <set>

#include "base/http/wire.hpp"
#include "base/text/encoding.hpp"
#include "base/text/json.hpp"
#include "base/text/strings.hpp"
#include "base/text/utf8.hpp"
#include "scenarios/tape/addressee.hpp"
#include "scenarios/tape/har_entries.hpp"
#include "scenarios/tape/har_member.hpp"
#include "scenarios/tape/json_position.hpp"
#include "scenarios/tape/masking.hpp"
#include "scenarios/tape/media_type.hpp"
#include "scenarios/tape/tape.hpp"
#include "scenarios/tape/tape_files.hpp"

namespace casewire::scenarios {

namespace {

constexpr JsonLimits kLimits{.bytes_max = kHarBytesMax, .depth_max = 16};

using namespace har;

/// What HTTP/2 calls pseudo-headers is told by method and URL. Browsers join what came several times by line feeds.
void add_header(http::Headers& headers, const std::string& name, const std::string& value) {
  if (name.empty() || name.starts_with(':')) return;
  for (const std::string_view one : split(value, '\n')) headers.add(name, std::string(one));
}

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
    add_header(headers, (*name)->get<std::string>(), (*value)->get<std::string>());
  }
  return headers;
}

Read<std::string> read_body(const Json& holder, const Path& path, const char* encoding_member, const BesideTape& beside) {
  if (const std::string file = string_member(holder, "_file"); !file.empty() && !holder.contains("text")) {
    auto bytes = beside ? beside(file) : std::nullopt;
    if (!bytes)
      return fail(Broken{path + "_file", "the body is to stand in " + file + " beside the recording, and is not there"});
    return *std::move(bytes);
  }
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
  if (string_member(**post, "text").empty() && parameters.is_array() && !parameters.empty()) {
    return body_of_fields(**post, here, media_type_of(headers));
  }
  return read_body(**post, here, "_encoding", beside);
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
  http::Request request{.method = string_member(json, "method"), .target = string_member(json, "url")};
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
  } else if (const Json& size = member(json, "bodySize"); size.is_number() && size.get<double>() > 0) {
    return fail(Broken{path, "this request had a body of " + size.dump() + " bytes, which was not recorded",
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
  const std::string type = string_member(**content, "mimeType");
  if (!type.empty() && type != "x-unknown" && !response.headers.find("content-type")) response.headers.add("Content-Type", type);
  auto body = read_body(**content, path + "content", "encoding", beside);
  if (!body) {
    return fail(body.error());
  }
  response.body = *std::move(body);
  return response;
}

bool is_system(const std::string& name) { return name == "bridge" || name == "salesforce" || name == "opencx"; }

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
    return fail(Broken{path, "nothing tells whom this request is for: " + host_of(url) + " is no host that is known",
                       "name it once: \"log\": {\"_casewire\": {\"hosts\": {\"" + host_of(url) +
                           "\": \"salesforce\"}}}; also \"opencx\", \"bridge\", or \"nobody\" for what is to be left out"});
  }
  exchange.from = parties.from;
  exchange.to = parties.to;
  return exchange;
}

/// Nullopt: nobody's, to be left out.
Read<std::optional<Exchange>> read_entry(const Json& entry, const Path& path, const Hosts& hosts, const BesideTape& beside) {
  if (!entry.is_object()) {
    return fail(Broken{path, "expected an object at " + shown(path) + ", found " + kind_of(entry)});
  }
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
  if (const auto named = hosts.find(host_of(url)); named != hosts.end() && named->second == "nobody") return std::nullopt;
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

Read<Hosts> read_hosts(const Json& log) {
  Hosts hosts;
  const Path path{"log", "_casewire", "hosts"};
  for (const auto& [host, system] : member(member(log, "_casewire"), "hosts").items()) {
    const std::string name = system.is_string() ? system.get<std::string>() : std::string();
    if (!is_system(name) && name != "nobody") {
      return fail(Broken{path + host, "expected \"salesforce\", \"opencx\", \"bridge\" or \"nobody\" at " + shown(path + host)});
    }
    hosts[lowercase(host)] = name;
  }
  return hosts;
}

std::vector<std::string> words_of(const Json& list) {
  std::vector<std::string> words;
  for (const Json& word : list.is_array() ? list : Json::array()) {
    if (word.is_string()) words.push_back(word.get<std::string>());
  }
  return words;
}

Read<std::vector<BridgeFate>> read_fates(const Json& log, std::size_t entries) {
  std::vector<BridgeFate> fates;
  const Path path{"log", "_casewire", "bridge"};
  const Json& all = member(member(log, "_casewire"), "bridge");
  if (!all.is_array()) return fates;
  const auto index = [](const Json& value) {
    return value.is_number_unsigned() ? std::optional(value.get<std::size_t>()) : std::nullopt;
  };
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Path here = path + std::to_string(i);
    if (!all[i].is_object()) return fail(Broken{here, "expected an object at " + shown(here)});
    const auto what = fate_named(string_member(all[i], "event"));
    const auto at = parse_iso8601(string_member(all[i], "at"));
    const auto place = index(member(all[i], "before"));
    const auto during = index(member(all[i], "during"));
    const auto words = words_of(member(all[i], "words"));
    if (!what || !at || !place) {
      return fail(Broken{
          here,
          "expected what became of the bridge: an event (started, crashed, stopped, parked, saved, restored, emptied, operated), "
          "when it was, and the entry before which it was",
          R"({"event": "crashed", "at": "2026-01-05T09:00:00.000Z", "before": 12})"});
    }
    if (*what == BridgeFate::What::operated && !is_command_of_a_tape(words)) continue;
    // Of a part of a recording some lie beyond its end.
    fates.push_back({*what, *at, std::min(*place, entries), during && *during < entries ? during : std::nullopt});
    fates.back().words = words;
  }
  return fates;
}

Read<TapeHead> read_head(const Json& log) {
  const Json& ours = member(log, "_casewire");
  const Json& format = member(ours, "format");
  if (format.is_number_integer() && format.get<std::int64_t>() > kTapeFormat) {
    return fail(Broken{
        {"log", "_casewire", "format"},
        "this recording has format " + format.dump() + ", and this program reads formats up to " + std::to_string(kTapeFormat),
        "a newer casewire made it"});
  }
  TapeHead head{.is_of_fakes = member(ours, "of_fakes") == true, .is_redacted = member(ours, "redacted") == true};
  // What others say of their recordings may say more than should be passed on.
  if (head.is_of_fakes) head.comment = string_member(log, "comment");
  if (const Json& settings = member(ours, "bridge_settings"); settings.is_object()) {
    for (const auto& [name, value] : settings.items()) {
      if (value.is_string() && is_setting_of_a_tape(name)) head.bridge_settings[name] = value.get<std::string>();
    }
  }
  return head;
}

/// The hosts of the recording become ours, wherever they are spelled.
void rename_hosts(Tape& tape) {
  std::set<std::pair<std::string, std::string>> origins;
  for (Exchange& exchange : tape.exchanges) {
    const std::string origin(exchange.request.origin());
    const std::string ours = recorded_origin(exchange.to);
    if (origin != ours && exchange.to != "bridge") origins.emplace(origin, ours);
    exchange.request.target.erase(0, origin.size());
    if (!exchange.request.target.starts_with('/')) exchange.request.target.insert(0, "/");
  }
  const auto rename = [&](std::string text) {
    for (const auto& [theirs, ours] : origins) text = replaced(std::move(text), theirs, ours);
    return text;
  };
  for (Exchange& exchange : tape.exchanges) {
    if (origins.empty()) return;
    http::Headers headers;
    for (const http::Header& header : exchange.response.headers) headers.add(header.name, rename(header.value));
    exchange.response.headers = std::move(headers);
    for (std::string* body : {&exchange.request.body, &exchange.response.body}) {
      if (is_valid_utf8(*body)) *body = rename(std::move(*body));
    }
  }
}

/// A recorder that was killed leaves its entries in the order in which they ended, and one that was being written twice
/// (base/recording/tape_file.hpp).
std::vector<Exchange> in_order(std::vector<Exchange> exchanges, const std::vector<std::uint64_t>& numbers) {
  if (numbers.size() != exchanges.size()) return exchanges;
  std::map<std::uint64_t, Exchange> by_number;
  for (std::size_t i = 0; i < exchanges.size(); ++i) by_number.insert_or_assign(numbers[i], std::move(exchanges[i]));
  exchanges.clear();
  for (auto& [number, exchange] : by_number) exchanges.push_back(std::move(exchange));
  return exchanges;
}

Read<Tape> read_log(const Json& root, const BesideTape& beside) {
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
  const Json& entries = (**log)["entries"];
  const auto hosts = read_hosts(**log);
  if (!hosts) return fail(hosts.error());
  Tape tape;
  auto head = read_head(**log);
  if (!head) return fail(head.error());
  tape.head = *std::move(head);
  bool foreign = false;
  std::vector<std::uint64_t> numbers;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const Path path{"log", "entries", std::to_string(i)};
    auto exchange = read_entry(entries[i], path, *hosts, beside);
    if (!exchange) {
      return fail(exchange.error());
    }
    foreign = foreign || !entries[i].contains("_casewire");
    if (!*exchange) continue;
    const Json& number = member(member(entries[i], "_casewire"), "number");
    if (number.is_number_unsigned()) numbers.push_back(number.get<std::uint64_t>());
    tape.exchanges.push_back(**std::move(exchange));
  }
  auto fates = read_fates(**log, tape.exchanges.size());
  if (!fates) return fail(fates.error());
  tape.fates = *std::move(fates);
  rename_hosts(tape);
  if (!numbers.empty()) tape.exchanges = in_order(std::move(tape.exchanges), numbers);
  // Some recorders write an exchange when it ends; ours are in the order in which they began, within one millisecond too.
  if (foreign) {
    std::stable_sort(tape.exchanges.begin(), tape.exchanges.end(),
                     [](const Exchange& a, const Exchange& b) { return a.started < b.started; });
  }
  return tape;
}

}  // namespace

Result<Tape> read_har(std::string_view text, std::string_view file, const BesideTape& beside) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
    const std::string name(file), stem = name.substr(0, std::min(name.rfind('.'), name.size()));
    return fail(Diagnostic{
        {name, {}}, "this is UTF-16, and a recording is UTF-8", "iconv -f UTF-16 -t UTF-8 " + name + " > " + stem + ".utf8.har"});
  }
  const HarEntries found = entries_of(text);
  if (found.entries.size() > Recorder::kExchangesMax) {  // seen before a tree of it fills the memory
    return fail(Diagnostic{{std::string(file), {}},
                           "it has " + std::to_string(found.entries.size()) + " entries, and a recording at most " +
                               std::to_string(Recorder::kExchangesMax),
                           "cut it by time or by conversation; casewire import reads a longer one"});
  }
  const auto json = parse_json(text, file, kLimits);
  if (!json) {
    Diagnostic refused = json.error();
    if (found.is_cut_off && refused.hint.empty())
      refused.hint = "the text ends after " + std::to_string(found.entries.size()) +
                     " whole entries; casewire import takes these, another copy may have the rest";
    return fail(std::move(refused));
  }
  auto tape = read_log(*json, beside);
  if (!tape) {
    const Broken& broken = tape.error();
    return fail(Diagnostic{{std::string(file), json_position(text, broken.path)}, broken.problem, broken.hint});
  }
  return *std::move(tape);
}

Result<Tape> tape_of(const Json& har, std::string_view file) {
  auto tape = read_log(har, {});
  if (!tape) return fail(Diagnostic{{std::string(file), {}}, tape.error().problem, tape.error().hint});
  return *std::move(tape);
}

}  // namespace casewire::scenarios
