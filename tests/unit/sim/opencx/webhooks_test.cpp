#include <set>

#include "base/text/crypto.hpp"
#include "base/text/encoding.hpp"
#include "stage.hpp"

namespace casewire::sim::opencx {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

using Webhooks = AStage;

TEST_F(Webhooks, TellTheStoryInOrderWithTheVendorsMixOfArraysAndObjects) {
  post(written("Where is it?"));
  platform.answer("On its way.");
  settle();
  post(written("And now?", "Re: [" + std::to_string(only_session().ticket_number) + "]"));
  platform.hand_off("Needs a person");
  settle();
  agent_says(only_session().id, "Hi", true);
  call("PATCH", "/chat/sessions/" + only_session().id, {{"status", "closed_resolved"}});
  EXPECT_THAT(receiver.events(), ElementsAre("conversation.started", "conversation.ai_response", "conversation.contact_response",
                                             "conversation.handoff_to_human", "conversation.handoff_to_human",
                                             "conversation.agent_response", "conversation.closed"));
  EXPECT_EQ(receiver.hooks[0].body["data"]["contact"]["enriched_data"]["email"], "dana@example.test");
  EXPECT_EQ(receiver.hooks[3].body["data"][0]["reason"], "ai_decided_to_handoff_the_conversation");
  EXPECT_EQ(receiver.hooks[3].body["data"][0]["summary"], "Needs a person");
  EXPECT_EQ(receiver.hooks[4].body["data"][0]["reason"], "human_agent_decided_to_take_over");
  EXPECT_EQ(receiver.hooks[5].body["data"]["response"], "Hi");
  EXPECT_EQ(receiver.hooks[6].body["data"][0]["resolution_status"], "resolved");
}

TEST_F(Webhooks, AreSignedOverIdTimestampAndBody) {
  post(written("Where is it?"));
  const auto& request = receiver.hooks.at(0).request;
  EXPECT_EQ(request.headers.find("webhook-timestamp"), "1767603600");
  const std::string signed_text = std::string{*request.headers.find("webhook-id")} + ".1767603600." + request.body;
  EXPECT_EQ(request.headers.find("webhook-signature"), "v1," + base64(hmac_sha256("secret", signed_text)));
}

TEST_F(Webhooks, CarryTheSessionEventThatCausedThem) {
  post(written("Where is it?"));
  const auto cause = cause_of(*receiver.hooks.at(0).request.headers.find("traceparent"));
  EXPECT_EQ(std::get<SessionEvent>(journal.entries(cause).front().event).type, "message");
}

TEST_F(Webhooks, ComeAgainAfterFiveAndThirtySecondsWithTheSameIdAndThenNoMore) {
  receiver.answer = [](const Receiver::Hook&) { return http::Response{500}; };
  post(written("Where is it?"));
  pass(1h);
  ASSERT_EQ(receiver.hooks.size(), 3u);
  EXPECT_EQ(receiver.hooks[1].at - receiver.hooks[0].at, 5s);
  EXPECT_EQ(receiver.hooks[2].at - receiver.hooks[1].at, 30s);
  std::set<std::string> ids;
  for (const auto& hook : receiver.hooks) ids.insert(std::string{*hook.request.headers.find("webhook-id")});
  EXPECT_EQ(ids.size(), 1u);
  EXPECT_EQ(std::get<SessionEvent>(journal.entries().back().event).type, "webhook_given_up");
}

TEST_F(Webhooks, ComeAgainWhenNoAnswerCame) {
  receiver.answer = [this](const Receiver::Hook&) -> Result<http::Response, http::TransportError> {
    if (receiver.hooks.size() == 1) return fail(http::TransportError{http::TransportError::Kind::sent_no_answer, "reset"});
    return http::Response{204};
  };
  post(written("Where is it?"));
  pass(1h);
  EXPECT_EQ(receiver.hooks.size(), 2u);
}

TEST_F(Webhooks, KeepTheOrderOfASessionWithoutHoldingUpAnother) {
  bool broken = true;
  receiver.answer = [&](const Receiver::Hook& hook) {
    const bool danas = hook.request.body.find("dana@") != std::string::npos;
    return http::Response{danas && broken ? 503 : 200};
  };
  post(written("Where is it?"));
  platform.answer("On its way.");
  settle();
  auto other = written("Me too", "Other");
  other.from.address = "eve@example.test";
  post(other);
  EXPECT_THAT(receiver.events(), ElementsAre("conversation.started", "conversation.started"))
      << "Dana's second waits, Eve's does not";
  broken = false;
  pass(1min);
  EXPECT_THAT(receiver.events(),
              ElementsAre("conversation.started", "conversation.started", "conversation.started", "conversation.ai_response"));
}

TEST(WebhooksNowhere, AreNotMadeWhenThereIsNoUrl) {
  Stage stage;
  Platform quiet{{.base_url = "http://opencx.test"}, {*stage.process, stage.journal, stage.rng, stage.receiver}, stage.outgoing};
  quiet.receive({"dana@example.test", {"in@mail.opencx.test"}, mail::compose(stage.written("Hi"))});
  stage.settle();
  EXPECT_EQ(quiet.sessions().size(), 1u);
  EXPECT_THAT(stage.receiver.hooks, IsEmpty());
}

}  // namespace
}  // namespace casewire::sim::opencx
