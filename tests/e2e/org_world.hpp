#pragma once
// What a bridge of one org stands between, as real processes: a fake Salesforce, a fake OpenCX, and the people at both.

#include <memory>
#include <string>
#include <utility>

#include "base/http/socket_server.hpp"
#include "base/runtime/thread_runtime.hpp"
#include "base/text/json.hpp"
#include "tests/e2e/background.hpp"
#include "tests/e2e/built_program.hpp"

namespace casewire::tests {

/// A port that was free a moment ago.
inline std::string free_port() {
  ThreadRuntime runtime;
  const auto server = http::SocketServer::start(runtime, [](const http::Request&) { return http::Reply{}; });
  return std::to_string(server.value()->port());
}

/// Both fakes of one org. Two have the same keys, ids and customers: only their places tell them apart.
class OrgWorld {
 public:
  OrgWorld(const ScratchFolder& folder, std::string called, int number, const std::string& bridge_url)
      : name(std::move(called)), salesforce_port_(free_port()), opencx_port_(free_port()) {
    const auto org_file = folder.path() + "/" + name + ".json";
    shell("sed 's/\"instance\": \"CW1\"/\"instance\": \"CW1\", \"number\": " + std::to_string(number) +
          "/' fixtures/orgs/service-cloud/org.json > " + org_file);
    salesforce_command_ = "\"$CASEWIRE\" salesforce --org " + org_file + " --port " + salesforce_port_ + " --webhook " +
                          bridge_url + "/hooks/salesforce/" + name + "-sf-secret";
    salesforce_output_ = folder.path() + "/" + name + "-salesforce";
    start_salesforce();
    opencx = std::make_unique<Background>(
        "\"$CASEWIRE\" opencx --port " + opencx_port_ + " --webhook " + bridge_url + "/hooks/opencx/" + name + "-cx-secret",
        folder.path() + "/" + name + "-opencx", "Ctrl-C");
  }
  void start_salesforce() { salesforce = std::make_unique<Background>(salesforce_command_, salesforce_output_, "Ctrl-C"); }

  std::string settings() const {
    return "  " + name + ":\n    salesforce: {login_url: '" + salesforce_url() + "', webhook_secret: " + name +
           "-sf-secret}\n    opencx: {url: '" + opencx_url() + "', webhook_secret: " + name + "-cx-secret}\n";
  }
  std::string salesforce_url() const { return "http://127.0.0.1:" + salesforce_port_; }
  std::string opencx_url() const { return "http://127.0.0.1:" + opencx_port_; }

  static std::string tell(const std::string& url, const std::string& deed, const Json& body) {
    return shell("curl -s -m 20 " + url + "/_casewire/" + deed + " -d '" + dump_json(body) + "'").output;
  }
  /// A customer writes, and the AI hands off.
  void begin(const std::string& customer, const std::string& words) const {
    tell(opencx_url(), "mail", {{"from", customer + "@example.test"}, {"subject", "Order of " + customer}, {"text", words}});
    tell(opencx_url(), "hand-off", {{"summary", words + " of " + name}});
  }
  /// As the integration user may, and the fake's people may not.
  std::string call_row(const std::string& request, const char* object, const std::string& id) const {
    const auto access = parse_json(shell("curl -s -m 20 " + salesforce_url() +
                                         "/services/oauth2/token -d grant_type=refresh_token -d client_id=3MVG9casewire"
                                         " -d client_secret=casewire-secret -d refresh_token=5Aep861casewire")
                                       .output);
    return shell("curl -s -m 20 " + request + " -H 'Content-Type: application/json' -H 'Authorization: Bearer " +
                 (access ? string_member(*access, "access_token") : "") + "' " + salesforce_url() +
                 "/services/data/v66.0/sobjects/" + object + "/" + id)
        .output;
  }
  Json rows(const char* object) const {
    const auto state = parse_json(shell("curl -s -m 20 " + salesforce_url() + "/_casewire/state").output);
    return state ? member(*state, object) : Json::array();
  }
  std::string mailbox(const std::string& customer) const {
    return tell(opencx_url(), "mailbox", {{"of", customer + "@example.test"}});
  }

  const std::string name;
  std::unique_ptr<Background> salesforce, opencx;

 private:
  std::string salesforce_port_, opencx_port_, salesforce_command_, salesforce_output_;
};

inline std::size_t count_in(const std::string& text, const std::string& words) {
  std::size_t count = 0;
  for (auto at = text.find(words); at != std::string::npos; at = text.find(words, at + 1)) ++count;
  return count;
}

}  // namespace casewire::tests
