#include "tests/bench/lone_org.hpp"

#include <unistd.h>

#include <condition_variable>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <sstream>

#include "base/http/socket_transport.hpp"
#include "base/runtime/stopwatch.hpp"
#include "base/text/json.hpp"
#include "base/text/strings.hpp"

namespace casewire::bench {
namespace {

constexpr std::chrono::seconds kStartMax{10};

/// Writes the org file and returns its path.
Result<std::string, std::string> org_file() {
  const std::string source = std::string(CASEWIRE_SOURCE_DIR) + "/fixtures/orgs/service-cloud/org.json";
  std::ifstream in(source, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  auto org = parse_json(text.str(), source);
  if (!org) return fail(render(org.error()));
  (*org)["limits"]["dailyApiRequests"] = 1'000'000'000;
  const auto path = std::filesystem::temp_directory_path() / ("casewire-bench-org-" + std::to_string(::getpid()) + ".json");
  if (!(std::ofstream(path, std::ios::binary) << dump_json(*org)).flush()) return fail("cannot write " + path.string());
  return path.string();
}

/// What stands behind `name` in the lines that the program prints.
std::string told_value(std::string_view text, std::string_view name) {
  for (const auto line : split(text, '\n')) {
    const auto words = trimmed(line);
    if (words.starts_with(name)) return std::string{trimmed(words.substr(name.size()))};
  }
  return {};
}

/// What the program prints, until it has told all that a client needs.
class Told {
 public:
  void take(std::string_view piece) {
    const std::lock_guard lock(mutex_);
    text_ += piece;
    changed_.notify_all();
  }
  std::string wait() {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, kStartMax, [this] { return text_.find("Ctrl-C") != std::string::npos; });
    return text_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::string text_;
};

}  // namespace

Result<std::unique_ptr<LoneOrg>, std::string> LoneOrg::start() {
  std::unique_ptr<LoneOrg> org(new LoneOrg);
  if (auto started = org->run(); !started) return fail(started.error());
  return org;
}

LoneOrg::~LoneOrg() {
  if (program_) program_->kill();
  std::error_code ignored;
  std::filesystem::remove(org_file_, ignored);
}

Result<void, std::string> LoneOrg::run() {
  auto file = org_file();
  if (!file) return fail(file.error());
  org_file_ = *file;
  const auto told = std::make_shared<Told>();
  const RealStopwatch stopwatch;
  auto program = host_.start({.command = {CASEWIRE_PROGRAM, "salesforce", "--org", org_file_, "--port", "0"}},
                             [told](std::string_view piece) { told->take(piece); });
  if (!program) return fail(program.error());
  program_ = std::move(*program);
  const auto text = told->wait();
  url_ = told_value(text, "URL");
  if (url_.empty()) return fail("it did not start: " + text);
  http::SocketTransport transport;
  if (const auto first = transport.send({.target = url_ + "/services/data"}, {}); !first) return fail(first.error().what);
  first_answer_ms_ = static_cast<double>(stopwatch.elapsed_microseconds()) / 1000;
  return log_in(text);
}

Result<void, std::string> LoneOrg::log_in(const std::string& told) {
  http::Request request{.method = "POST", .target = url_ + "/services/oauth2/token"};
  request.headers.add("Content-Type", "application/x-www-form-urlencoded");
  request.body = "grant_type=refresh_token&client_id=" + told_value(told, "client id") +
                 "&client_secret=" + told_value(told, "client secret") + "&refresh_token=" + told_value(told, "refresh token");
  http::SocketTransport transport;
  const auto answer = transport.send(request, {});
  if (!answer) return fail(answer.error().what);
  const auto body = parse_json(answer->body);
  token_ = body ? string_member(*body, "access_token") : std::string{};
  if (token_.empty()) return fail("the token request was answered " + std::to_string(answer->status));
  return {};
}

std::size_t LoneOrg::resident_bytes() const {
  std::ifstream in("/proc/" + std::to_string(program_->group()) + "/statm");
  std::size_t all = 0, resident = 0;
  in >> all >> resident;
  return resident * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

Result<http::Response, std::string> LoneOrg::call(const std::string& method, const std::string& path,
                                                  const std::string& body) const {
  http::SocketTransport transport;
  const auto answer = transport.send({.method = method,
                                      .target = url_ + path,
                                      .headers = {{"Content-Type", "application/json"}, {"Authorization", "Bearer " + token_}},
                                      .body = body},
                                     {});
  if (!answer) return fail(answer.error().what);
  if (answer->status > 299)
    return fail(method + " " + path + " was answered " + std::to_string(answer->status) + " " + answer->body);
  return *answer;
}

Result<std::size_t, std::string> LoneOrg::count(const std::string& object) const {
  const auto answer = call("GET", "/services/data/v66.0/query?q=SELECT+COUNT()+FROM+" + object);
  if (!answer) return fail(answer.error());
  const auto body = parse_json(answer->body);
  return body && body->contains("totalSize") ? (*body)["totalSize"].get<std::size_t>() : 0;
}

}  // namespace casewire::bench
