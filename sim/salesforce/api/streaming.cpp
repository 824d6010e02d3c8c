// The Streaming API is not modelled, and says so in the words of its protocol. A client of CometD looks at the messages of an answer and
// not at its status (Faye, which jsforce, nforce, restforce and the vendor's CLI stand on): a refusal of any other form is lost, and the
// handshake is repeated every few seconds for ever. Source: CometD reference, "The Bayeux Protocol", "Error Message Field", "Advice".

#include "sim/salesforce/api/login.hpp"

namespace casewire::sim::salesforce {
namespace {

constexpr std::size_t kMessagesMax = 100;

// They come as a body of JSON, or by GET as the parameter `message`; one alone needs no list.
Json messages_of(const LoginCall& call) {
  const auto& text = call.request.body;
  const auto parameter = call.value("message");
  auto told = parse_json(parameter.empty() ? text : parameter, {}, {.bytes_max = 1u << 20});
  if (!told) return Json::array();
  return told->is_array() ? *told : Json::array({*told});
}

Json refusal_of(const Json& message) {
  Json answer{{"channel", member(message, "channel")},
              {"successful", false},
              {"error", "501::casewire does not model the Streaming API"},
              {"advice", {{"reconnect", "none"}}}};
  if (const auto& id = member(message, "id"); !id.is_null()) answer["id"] = id;
  return answer;
}

}  // namespace

LoginAnswer answer_streaming(LoginCall& call) {
  Json answers = Json::array();
  for (const auto& message : messages_of(call)) {
    if (answers.size() == kMessagesMax) break;
    answers.push_back(refusal_of(message));
  }
  auto answer = json_answer(501, answers.empty() ? Json::array({refusal_of({{"channel", "/meta/handshake"}})}) : answers);
  answer.not_modelled = "the Streaming API (" + call.request.method + " " + std::string{call.request.path()} + ")";
  return answer;
}

}  // namespace casewire::sim::salesforce
