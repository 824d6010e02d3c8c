// Any body at the doors of SOAP is answered with an envelope that can be read: 200 for what could be done, else a fault on 500. Nobody
// gets in by it, and no row is written.

#include <fstream>
#include <sstream>

#include "base/http/in_process_transport.hpp"
#include "base/runtime/fiber_runtime.hpp"
#include "sim/salesforce/api/xml.hpp"
#include "sim/salesforce/org.hpp"
#include "tests/fuzz/fuzz.hpp"

using namespace casewire;
using fuzz::require;

namespace {

class SoapDoor {
 public:
  SoapDoor() {
    std::ifstream file{std::string{CASEWIRE_SOURCE_DIR} + "/fixtures/orgs/service-cloud/org.json"};
    std::ostringstream text;
    text << file.rdbuf();
    org_ = std::move(*sim::salesforce::Org::create(
        text.str(), "org.json", {.instance_url = "http://org.test", .password = "a password that no input has"},
        {*process_, journal_, rng_, transport_}));
  }
  http::Response ask(std::string_view kind, std::string_view body) {
    return org_
        ->handle({.method = "POST",
                  .target = "/services/Soap/" + std::string{kind} + "/59.0",
                  .headers = {{"Content-Type", "text/xml"}, {"SOAPAction", "\"\""}},
                  .body = std::string{body}})
        .response;
  }
  std::size_t users() { return org_->query("SELECT Id FROM User")->size(); }

 private:
  FiberRuntime world_{WallTime{milliseconds{1'767'603'600'000}}, 1};
  std::unique_ptr<FiberProcess> process_ = world_.make_process("salesforce");
  sim::Journal journal_{[this] { return world_.now(); }};
  SeededRng rng_{1};
  http::InProcessTransport transport_{*process_, [](std::string_view) -> http::Handler* { return nullptr; }};
  std::unique_ptr<sim::salesforce::Org> org_;
};

}  // namespace

FUZZ_TARGET(soap) {
  static SoapDoor door;
  const std::string_view text{reinterpret_cast<const char*>(bytes), size};
  for (const std::string_view kind : {"u", "c"}) {
    const auto response = door.ask(kind, text);
    require(response.status == 200 || response.status == 500, "an answer, or a fault");
    const auto envelope = sim::salesforce::parse_xml(response.body);
    require(envelope.has_value(), "the answer is XML");
    const bool is_fault = response.body.find("faultcode") != std::string::npos;
    require(is_fault == (response.status == 500), "faults stand on 500");
    require(response.body.find("<sessionId>") == std::string::npos, "nobody got in");
  }
  require(door.users() == 2, "nothing was written");
  return 0;
}
