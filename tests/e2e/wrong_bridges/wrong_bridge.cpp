// Our bridge with one defect, named by the first argument: what the harness must catch.
//   none            no defect: the control group
//   drop-reply      believes that the rep's reply was sent, and never sends it
//   double-comment  writes the first comment of a transcript twice
//   no-takeover     sends the rep's reply without taking the session from the AI
//   other-customer  sends the rep's reply into the session that it read first, whoever's that is

#include <iostream>
#include <string>
#include <string_view>

#include "base/text/json.hpp"
#include "bridge/program.hpp"

namespace {

using casewire::Json;
using casewire::Result;
using casewire::Runtime;
using casewire::http::Deadline;
using casewire::http::Request;
using casewire::http::Response;
using casewire::http::Transport;
using casewire::http::TransportError;

class DefectiveTransport final : public Transport {
 public:
  DefectiveTransport(Transport& inner, std::string defect) : inner_(inner), defect_(std::move(defect)) {}

  Result<Response, TransportError> send(const Request& request, Deadline deadline) override {
    const bool is_reply = request.method == "POST" && request.target.ends_with("/send");
    if (defect_ == "drop-reply" && is_reply) {
      return Response{.status = 201,
                      .headers = {{"Content-Type", "application/json"}},
                      .body = R"({"success":true,"data":{"message":{"id":"00000000-0000-4000-8000-000000000000"}}})"};
    }
    if (defect_ == "other-customer") {
      if (is_reply) return inner_.send(in_session(request, first_session_), deadline);
      if (first_session_.empty()) first_session_ = session_in(request.path());
    }
    if (defect_ == "no-takeover" && is_reply) {
      return changed(request, deadline, [](Json& body) { body["should_take_over_session_from_ai"] = false; });
    }
    if (defect_ == "double-comment" && request.target.ends_with("/composite")) {
      return changed(request, deadline, [](Json& body) {
        for (Json& part : body["compositeRequest"]) {
          if (!part.contains("body") || !part["body"].contains("records")) continue;
          Json& records = part["body"]["records"];
          if (!records.empty()) records.insert(records.begin(), Json(records.front()));
        }
      });
    }
    return inner_.send(request, deadline);
  }

 private:
  static constexpr std::string_view kSessions = "/chat/sessions/";

  /// The session that a path names; empty when it names none.
  static std::string session_in(std::string_view path) {
    if (!path.starts_with(kSessions)) return {};
    path.remove_prefix(kSessions.size());
    return std::string(path.substr(0, path.find('/')));
  }
  static Request in_session(Request request, const std::string& session) {
    const std::string own = session_in(request.path());
    request.target.replace(request.target.find(own), own.size(), session);
    return request;
  }

  template <class Change>
  Result<Response, TransportError> changed(Request request, Deadline deadline, Change change) {
    Json body = Json::parse(request.body);
    change(body);
    request.body = casewire::dump_json(body);
    return inner_.send(request, deadline);
  }

  Transport& inner_;
  std::string defect_;
  std::string first_session_;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::cerr << "usage: wrong-bridge none|drop-reply|double-comment|no-takeover|other-customer [the bridge's own options]\n";
    return 2;
  }
  const std::string defect = argv[1];
  argv[1] = argv[0];
  return casewire::bridge::run_program(argc - 1, argv + 1, {.wrap_transport = [&](Transport& inner, Runtime&) {
                                         return std::make_unique<DefectiveTransport>(inner, defect);
                                       }});
}
