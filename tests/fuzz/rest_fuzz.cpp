// Any request at the REST API is answered in its own words: never with a failure of the server, JSON where it says so, and what was refused
// has written no row. An input is a request: "POST /sobjects/Case", header lines, an empty line, the body. The path begins behind the version.

#include <fstream>
#include <sstream>

#include "base/http/in_process_transport.hpp"
#include "base/runtime/fiber_runtime.hpp"
#include "base/text/encoding.hpp"
#include "sim/salesforce/org.hpp"
#include "tests/fuzz/fuzz.hpp"

using namespace casewire;
using fuzz::require;

namespace {

std::string org_text() {
  std::ifstream file{std::string{CASEWIRE_SOURCE_DIR} + "/fixtures/orgs/service-cloud/org.json"};
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

/// An org with a few rows: 001Cw0000000001IAA, 003Cw0000000001IAA, 500Cw0000000001IAA.
class RestApi {
 public:
  RestApi() {
    static const auto text = org_text();
    org_ = std::move(*sim::salesforce::Org::create(text, "org.json", options_, {*process_, journal_, rng_, transport_}));
    const auto answer = org_->handle({.method = "POST",
                                      .target = "/services/oauth2/token",
                                      .headers = {{"Content-Type", "application/x-www-form-urlencoded"}},
                                      .body = form({{"grant_type", "refresh_token"},
                                                    {"client_id", options_.client_id},
                                                    {"client_secret", options_.client_secret},
                                                    {"refresh_token", options_.refresh_token}})});
    token_ = string_member(*parse_json(answer.response.body), "access_token");
    ask("POST", "/sobjects/Account", json_type(), R"({"Name":"Acme"})");
    ask("POST", "/sobjects/Contact", json_type(), R"({"LastName":"Diaz","AccountId":"001Cw0000000001IAA"})");
    ask("POST", "/sobjects/Case", json_type(), R"({"Subject":"Order 1182","ContactId":"003Cw0000000001IAA"})");
  }

  http::Response ask(std::string_view method, std::string_view path, http::Headers headers = {}, std::string_view body = {}) {
    ++asked_;
    headers.add("Authorization", "Bearer " + token_);
    return org_
        ->handle({.method = std::string{method},
                  .target = "/services/data/v66.0" + std::string{path},
                  .headers = std::move(headers),
                  .body = std::string{body}})
        .response;
  }
  std::string rows() { return ask("GET", "/limits/recordCount").body; }
  bool is_worn() const { return asked_ > 50'000; }  // before the day's requests are used up

  static http::Headers json_type() { return {{"Content-Type", "application/json"}}; }

 private:
  sim::salesforce::OrgOptions options_{.instance_url = "http://org.test"};
  FiberRuntime world_{WallTime{milliseconds{1'767'603'600'000}}, 1};
  std::unique_ptr<FiberProcess> process_ = world_.make_process("salesforce");
  sim::Journal journal_{[this] { return world_.now(); }};
  SeededRng rng_{1};
  http::InProcessTransport transport_{*process_, [](std::string_view) -> http::Handler* { return nullptr; }};
  std::unique_ptr<sim::salesforce::Org> org_;
  std::string token_;
  std::size_t asked_ = 0;
};

std::string_view take_line(std::string_view& text) {
  const auto end = std::min(text.find('\n'), text.size());
  const auto line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

}  // namespace

FUZZ_TARGET(rest) {
  static auto api = std::make_unique<RestApi>();
  std::string_view text{reinterpret_cast<const char*>(bytes), size};
  const auto first = take_line(text);
  const auto blank = first.find(' ');
  const auto method = first.substr(0, blank), path = blank == first.npos ? std::string_view{} : first.substr(blank + 1);
  http::Headers headers;
  for (auto line = take_line(text); !line.empty(); line = take_line(text)) {
    const auto colon = std::min(line.find(':'), line.size());
    headers.add(std::string{line.substr(0, colon)}, std::string{line.substr(std::min(colon + 1, line.size()))});
  }
  const auto before = api->rows();
  const auto response = api->ask(method, path, headers, text);
  const auto after = api->rows();
  require(response.status == 501 || (response.status >= 200 && response.status < 500), "no failure of the server");
  require(response.status < 300 || before == after, "what was refused has written nothing");
  if (response.headers.find("Content-Type").value_or("").starts_with("application/json"))
    require(parse_json(response.body, {}, {.bytes_max = response.body.size()}).has_value(), "JSON is JSON");
  const bool is_read = method == "GET" || method == "HEAD";
  require(!is_read || before == after, "reading writes nothing");
  // An input must find what any other finds.
  if ((response.status < 300 && !is_read) || api->is_worn()) api = std::make_unique<RestApi>();
  return 0;
}
