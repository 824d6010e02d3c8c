#include "bridge/program/recording.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "base/http/credentials.hpp"
#include "base/http/wire.hpp"
#include "base/text/encoding.hpp"
#include "base/text/json.hpp"
#include "base/text/strings.hpp"
#include "base/text/utf8.hpp"

namespace casewire::bridge {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kHead =
    R"({"log":{"version":"1.2","creator":{"name":"casewire-bridge","version":"1"},"_casewire":{"format":1},"entries":[)";
constexpr std::string_view kFoot = "\n]}}\n";
constexpr std::string_view kEnding = ".har";

std::string with(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

void put_body(Json& holder, const std::string& body, const char* encoding_member) {
  const bool is_text = is_valid_utf8(body);
  holder["text"] = is_text ? body : base64(body);
  if (!is_text) holder[encoding_member] = "base64";
}

std::string content_type_of(const http::Headers& headers) { return std::string(headers.find("content-type").value_or("")); }

bool write_all(int file, std::string_view text, std::size_t at) {
  while (!text.empty()) {
    const auto written = ::pwrite(file, text.data(), text.size(), static_cast<off_t>(at));
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
    at += static_cast<std::size_t>(written);
  }
  return true;
}

}  // namespace

class Recording::RecordingTransport final : public http::Transport {
 public:
  RecordingTransport(Recording& recording, http::Transport& inner) : recording_(recording), inner_(inner) {}

  Result<http::Response, http::TransportError> send(const http::Request& request, http::Deadline deadline) override {
    const bool is_salesforce = request.path().starts_with("/services/");
    const bool is_opencx = recording_.opencx_origins_.contains(request.origin()) || !is_salesforce;
    const Exchange exchange{recording_.now_(), "bridge", is_opencx ? "opencx" : "salesforce", request};
    const Place place = recording_.begin(exchange);
    auto answer = inner_.send(request, deadline);
    recording_.end(place, exchange, answer ? *answer : http::Response{.status = 0},
                   answer ? "" : std::string(name_of(answer.error().kind)), http::Wire::intact);
    return answer;
  }

 private:
  Recording& recording_;
  http::Transport& inner_;
};

Result<std::unique_ptr<Recording>> Recording::open(RecordingOptions options, const std::vector<Config>& orgs,
                                                   std::function<WallTime()> now, Log& log) {
  std::error_code error;
  const bool is_new = fs::create_directories(options.folder, error);
  if (is_new) fs::permissions(options.folder, fs::perms::owner_all, error);
  std::unique_ptr<Recording> recording(new Recording(std::move(options), orgs, std::move(now), log));
  // What earlier runs left counts too.
  for (fs::directory_iterator entry(recording->options_.folder, error), end; !error && entry != end; entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    if (name.starts_with("tape-") && name.ends_with(kEnding)) recording->files_.push_back(entry->path().string());
  }
  std::sort(recording->files_.begin(), recording->files_.end());
  const std::lock_guard lock(recording->mutex_);
  if (auto opened = recording->next_file(); !opened) return fail(opened.error());
  return recording;
}

Recording::Recording(RecordingOptions options, const std::vector<Config>& orgs, std::function<WallTime()> now, Log& log)
    : options_(std::move(options)), now_(std::move(now)), log_(log) {
  for (const auto& config : orgs) {
    opencx_origins_.emplace(http::Request{.target = config.opencx.url}.origin());
    for (const std::string* secret : {&config.salesforce.client_secret, &config.salesforce.refresh_token, &config.opencx.api_key})
      learn_secret(*secret);
    for (const auto* secrets : {&config.salesforce.webhook_secrets, &config.opencx.webhook_secrets})
      for (const std::string& secret : *secrets) learn_secret(secret);
  }
}

Recording::~Recording() {
  if (file_ >= 0) ::close(file_);
}

std::unique_ptr<http::Transport> Recording::around(http::Transport& inner) {
  return std::make_unique<RecordingTransport>(*this, inner);
}

http::Handler Recording::around(http::Handler inner) {
  return [this, inner = std::move(inner)](const http::Request& request) {
    if (!request.path().starts_with("/hooks/")) return inner(request);  // somebody looks whether the bridge is well
    Exchange exchange{now_(), request.path().starts_with("/hooks/salesforce") ? "salesforce" : "opencx", "bridge", request};
    exchange.request.target = "http://bridge.test" + request.target;
    const Place place = begin(exchange);
    http::Reply reply = inner(request);
    end(place, exchange, reply.response, "", reply.wire);
    return reply;
  };
}

void Recording::learn_secret(std::string_view secret) {
  constexpr std::size_t kShortest = 6;  // a shorter one would garble the text
  if (secret.size() < kShortest) return;
  const auto known = pseudonyms_.find(std::string(secret));
  if (known != pseudonyms_.end()) return;
  const std::string pseudonym = "casewire-masked-" + std::to_string(++secrets_);
  const std::string quoted = dump_json(std::string(secret));
  for (const std::string& spelling :
       {std::string(secret), percent_encoded(secret), quoted.substr(1, quoted.size() - 2), base64(secret)})
    pseudonyms_.try_emplace(spelling, pseudonym);
}

/// What a login gave, what a caller shows, and what stands at the end of a webhook's path.
void Recording::learn(const Exchange& exchange, const http::Response& response) {
  const http::Request& request = exchange.request;
  for (const http::Headers* headers : {&request.headers, &response.headers}) {
    for (const http::Header& header : *headers) learn_secret(http::secret_part(header.name, header.value));
  }
  const std::string_view path = request.path();
  if (exchange.to == "bridge") learn_secret(path.substr(path.rfind('/') + 1));
  if (path.find("/oauth2/") == std::string_view::npos) return;
  const auto body = parse_json(response.body);
  for (const char* name : {"access_token", "refresh_token", "id_token", "signature"}) {
    if (body && body->is_object()) learn_secret(string_member(*body, name));
  }
}

std::string Recording::masked(std::string text) const {
  // The longest first: a secret that is part of another one must not break it up.
  std::vector<std::pair<std::string_view, std::string_view>> found;
  for (const auto& [secret, pseudonym] : pseudonyms_) {
    if (text.find(secret) != std::string::npos) found.emplace_back(secret, pseudonym);
  }
  std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first.size() > b.first.size(); });
  for (const auto& [secret, pseudonym] : found) text = with(std::move(text), secret, pseudonym);
  return text;
}

std::string Recording::entry(const Exchange& exchange, const http::Response& response, const std::string& error,
                             http::Wire wire) {
  learn(exchange, response);
  const auto headers_of = [&](const http::Headers& headers) {
    Json all = Json::array();
    for (const http::Header& header : headers)
      all.push_back({{"name", header.name}, {"value", masked(cleaned_utf8(header.value))}});
    return all;
  };
  const http::Request& request = exchange.request;
  const std::string question = masked(request.body), answer = masked(response.body);
  Json asked{{"method", request.method},
             {"url", masked(cleaned_utf8(request.target))},
             {"httpVersion", "HTTP/1.1"},
             {"cookies", Json::array()},
             {"headers", headers_of(request.headers)},
             {"queryString", Json::array()},
             {"headersSize", -1},
             {"bodySize", question.size()}};
  if (!question.empty()) {
    asked["postData"] = {{"mimeType", content_type_of(request.headers)}};
    put_body(asked["postData"], question, "_encoding");
  }
  Json content{{"size", answer.size()}, {"mimeType", content_type_of(response.headers)}};
  if (!answer.empty()) put_body(content, answer, "encoding");
  const bool has_come = response.status != 0;
  const auto time = std::chrono::duration_cast<milliseconds>(now_() - exchange.started);
  Json ours{{"from", exchange.from}, {"to", exchange.to}};
  if (!error.empty()) ours["error"] = error;
  if (wire != http::Wire::intact) ours["wire"] = name_of(wire);
  const Json json{{"startedDateTime", iso8601(exchange.started)},
                  {"time", std::max<std::int64_t>(time.count(), 0)},
                  {"request", std::move(asked)},
                  {"response",
                   {{"status", response.status},
                    {"statusText", has_come ? std::string(http::reason_phrase(response.status)) : std::string()},
                    {"httpVersion", has_come ? "HTTP/1.1" : ""},
                    {"cookies", Json::array()},
                    {"headers", headers_of(response.headers)},
                    {"content", std::move(content)},
                    {"redirectURL", ""},
                    {"headersSize", -1},
                    {"bodySize", has_come ? Json(answer.size()) : Json(-1)}}},
                  {"cache", Json::object()},
                  {"timings", {{"send", 0}, {"wait", std::max<std::int64_t>(time.count(), 0)}, {"receive", 0}}},
                  {"_casewire", std::move(ours)}};
  return dump_json(json);
}

Recording::Place Recording::begin(const Exchange& exchange) {
  const std::lock_guard lock(mutex_);
  open_.push_back({.text = entry(exchange, {.status = 0}, "no answer was given", http::Wire::intact)});
  write();
  return std::prev(open_.end());
}

void Recording::end(Place place, const Exchange& exchange, const http::Response& response, const std::string& error,
                    http::Wire wire) {
  const std::lock_guard lock(mutex_);
  place->text = entry(exchange, response, error, wire);
  place->has_ended = true;
  write();
  const std::size_t file_bytes_max = options_.bytes_max / options_.files_max;
  if (file_ < 0 || settled_ < file_bytes_max) return;
  if (const auto opened = next_file(); !opened) return give_up(opened.error().problem);
  write();
}

/// Everything from the first entry on that may still change. The file ends in blanks where it was longer.
void Recording::write() {
  std::string text;
  std::size_t settled = settled_;
  bool is_first = is_empty_;
  for (auto slot = open_.begin(); slot != open_.end();) {
    text += (is_first ? "\n" : ",\n") + slot->text;
    is_first = false;
    if (slot == open_.begin() && slot->has_ended) {
      settled = settled_ + text.size();
      is_empty_ = false;
      slot = open_.erase(slot);
    } else {
      ++slot;
    }
  }
  if (file_ < 0) return;
  text += kFoot;
  if (settled_ + text.size() < length_) text.append(length_ - settled_ - text.size(), ' ');
  std::string former(length_ - settled_, ' ');
  const bool is_known =
      ::pread(file_, former.data(), former.size(), static_cast<off_t>(settled_)) == static_cast<ssize_t>(former.size());
  if (!write_all(file_, text, settled_)) {
    const std::string why = std::strerror(errno);
    // A disk that is full took a part of it: what was there before is whole, and its room is there.
    if (is_known && write_all(file_, former, settled_)) (void)(::ftruncate(file_, static_cast<off_t>(length_)) == 0);
    return give_up(why);
  }
  length_ = settled_ + text.size();
  settled_ = settled;
}

/// Calls that are under way move with it.
Result<void> Recording::next_file() {
  if (file_ >= 0) {
    (void)write_all(file_, kFoot, settled_);
    (void)::ftruncate(file_, static_cast<off_t>(settled_ + kFoot.size()));
    ::close(file_);
    file_ = -1;
  }
  std::string name = "tape-";
  for (const char c : iso8601(now_())) {
    if (c != '-' && c != ':' && c != '.') name += c;
  }
  const std::string number = std::to_string(++number_);
  const std::string file = options_.folder + "/" + name + "-" + std::string(6 - std::min<std::size_t>(number.size(), 6), '0') +
                           number + std::string(kEnding);
  file_ = ::open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
  const std::string start = std::string(kHead) + std::string(kFoot);
  if (file_ < 0 || !write_all(file_, start, 0))
    return fail(Diagnostic{{file, {}}, std::string("the recording cannot be written: ") + std::strerror(errno)});
  settled_ = kHead.size();
  length_ = start.size();
  is_empty_ = true;
  files_.push_back(file);
  while (files_.size() > options_.files_max) {
    ::unlink(files_.front().c_str());
    files_.erase(files_.begin());
  }
  return {};
}

void Recording::give_up(const std::string& why) {
  if (file_ >= 0) ::close(file_);
  file_ = -1;
  log_.warning("recording ended", {{"why", why}, {"hint", "the work goes on; a restart begins a new file"}});
}

}  // namespace casewire::bridge
