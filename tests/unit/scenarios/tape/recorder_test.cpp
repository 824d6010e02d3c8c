#include <functional>
#include <set>
#include <thread>

#include "base/text/json.hpp"
#include "tests/support/golden.hpp"
#include "tests/unit/scenarios/tape/support.hpp"

namespace casewire::scenarios {
namespace {

bool same(const Exchange& a, const Exchange& b) {
  return a.started == b.started && a.time == b.time && a.from == b.from && a.to == b.to && a.wire == b.wire &&
         a.error == b.error && a.request.method == b.request.method && a.request.target == b.request.target &&
         a.request.headers == b.request.headers && a.request.body == b.request.body && a.response.status == b.response.status &&
         a.response.headers == b.response.headers && a.response.body == b.response.body;
}

TEST(Har, AConversationIsWrittenAsApproved) {
  tests::expect_golden("tests/unit/scenarios/tape/conversation.har", write_har(conversation()));
}

TEST(Har, WhatIsWrittenIsReadAgainAndWrittenTheSame) {
  const std::string text = write_har(conversation());
  const auto tape = read_har(text, "test.har");
  ASSERT_TRUE(tape) << render(tape.error(), text);
  ASSERT_EQ(tape->exchanges.size(), conversation().size());
  EXPECT_EQ(write_har(tape->exchanges), text);
  const auto again = read_har(write_har(tape->exchanges), "test.har");
  ASSERT_TRUE(again);
  for (std::size_t i = 0; i < tape->exchanges.size(); ++i) {
    EXPECT_TRUE(same(tape->exchanges[i], again->exchanges[i])) << i;
  }
}

/// HAR 1.2, sections "request" to "timings": every member that is not optional there.
TEST(Har, EveryEntryHasTheMembersThatHar12Demands) {
  const Json log = Json::parse(write_har(conversation()))["log"];
  EXPECT_EQ(log["version"], "1.2");
  EXPECT_TRUE(log["creator"]["name"].is_string() && log["creator"]["version"].is_string());
  const std::set<std::string> optional{"postData", "comment", "pages", "browser", "pageref", "serverIPAddress", "connection"};
  const auto expect_members = [&](const Json& object, const std::set<std::string>& wanted) {
    std::set<std::string> found;
    for (const auto& [name, value] : object.items()) {
      if (!name.starts_with('_') && !optional.contains(name)) {
        found.insert(name);
      }
    }
    EXPECT_EQ(found, wanted);
  };
  for (const Json& entry : log["entries"]) {
    expect_members(entry, {"startedDateTime", "time", "request", "response", "cache", "timings"});
    expect_members(entry["request"],
                   {"method", "url", "httpVersion", "cookies", "headers", "queryString", "headersSize", "bodySize"});
    expect_members(entry["response"], {"status", "statusText", "httpVersion", "cookies", "headers", "content", "redirectURL",
                                       "headersSize", "bodySize"});
    expect_members(entry["timings"], {"send", "wait", "receive"});
    EXPECT_TRUE(entry["response"]["content"]["size"].is_number_unsigned());
    EXPECT_TRUE(entry["response"]["content"]["mimeType"].is_string());
    const Json& timings = entry["timings"];
    EXPECT_EQ(entry["time"].get<int>(), timings["send"].get<int>() + timings["wait"].get<int>() + timings["receive"].get<int>());
  }
}

TEST(Recorder, KeepsWhatGoesThroughAHandlerAndChangesNothing) {
  Recorder recorder([] { return at_second(7); });
  const http::Handler handler = recorder.record(
      [](const http::Request& request) {
        return http::Reply{{.status = 201, .body = "seen " + request.method}, milliseconds(30), http::Wire::reset_before_status};
      },
      "opencx");
  const http::Reply reply = handler(send_message("Hello"));
  EXPECT_EQ(reply.response.body, "seen POST");
  EXPECT_EQ(reply.delay, milliseconds(30));
  EXPECT_EQ(reply.wire, http::Wire::reset_before_status);
  const auto tape = read_har(write_har(recorder.tape(), recorder.dropped()), "test.har");
  ASSERT_TRUE(tape);
  ASSERT_EQ(tape->exchanges.size(), 1u);
  EXPECT_EQ(tape->exchanges[0].started, at_second(7));
  EXPECT_EQ(tape->exchanges[0].time, milliseconds(30));
  EXPECT_EQ(tape->exchanges[0].wire, http::Wire::reset_before_status);
  EXPECT_EQ(tape->exchanges[0].from, "bridge");
  EXPECT_EQ(tape->exchanges[0].to, "opencx");
}

class DeadTransport final : public http::Transport {
  Result<http::Response, http::TransportError> send(const http::Request&, http::Deadline) override {
    return fail(http::TransportError{http::TransportError::Kind::sent_no_answer, "reset"});
  }
};

TEST(Recorder, OfACallOverWhichTheClockWasMovedCanBeRead) {
  WallTime now = at_second(0);
  Recorder recorder([&] { return now; });
  const auto handler = recorder.record(
      [&](const http::Request&) {
        now += std::chrono::hours(24 * 365);
        return http::Reply{.response = {.status = 200}};
      },
      "opencx");
  handler({.method = "GET", .target = "/x"});
  const auto tape = read_har(write_har(recorder.tape()), "test.har");
  ASSERT_TRUE(tape) << render(tape.error());
  EXPECT_EQ(tape->exchanges.at(0).time, recording::kTimeMax);
}

TEST(Recorder, KeepsAWebhookThatGotNoAnswer) {
  Recorder recorder([] { return at_second(0); });
  DeadTransport dead;
  const auto transport = recorder.record(dead, "opencx");
  EXPECT_FALSE(transport->send(webhook(), {}));
  const auto tape = read_har(write_har(recorder.tape(), recorder.dropped()), "test.har");
  ASSERT_TRUE(tape);
  EXPECT_EQ(tape->exchanges.at(0).response.status, 0);
  EXPECT_EQ(tape->exchanges.at(0).from, "opencx");
  EXPECT_FALSE(tape->exchanges.at(0).error.empty());
}

TEST(Recorder, KeepsWhatBecameOfTheBridgeAndTheCallThatMetIt) {
  Recorder recorder([] { return at_second(3); });
  const http::Handler handler = recorder.record(
      [&](const http::Request&) -> http::Reply {
        recorder.note(BridgeFate::What::crashed);
        throw std::runtime_error("nobody comes back from here");
      },
      "opencx");
  recorder.note(BridgeFate::What::started);
  EXPECT_THROW(handler(send_message("Hello")), std::runtime_error);
  recorder.note(BridgeFate::What::started);
  const auto tape = read_har(write_har(recorder.tape(), recorder.dropped()), "test.har");
  ASSERT_TRUE(tape);
  EXPECT_EQ(tape->exchanges.at(0).response.status, 0);
  EXPECT_EQ(tape->exchanges.at(0).error, kUnanswered);
  ASSERT_EQ(tape->fates.size(), 3u);
  EXPECT_EQ(tape->fates[0].place, 0u);
  EXPECT_EQ(tape->fates[1].what, BridgeFate::What::crashed);
  EXPECT_EQ(tape->fates[1].during, 0u);
  EXPECT_EQ(tape->fates[1].at, at_second(3));
  EXPECT_EQ(tape->fates[2].place, 1u);
  EXPECT_EQ(write_har(*tape), write_har(recorder.tape(), recorder.dropped()));
}

TEST(Recorder, CountsWhatItHasNoRoomFor) {
  Recorder recorder([] { return at_second(0); });
  const http::Handler handler = recorder.record(
      [](const http::Request&) { return http::Reply{{.body = std::string(Recorder::kBytesMax + 1, 'x')}}; }, "opencx");
  for (int i = 0; i < 3; ++i) {
    handler({});
  }
  EXPECT_EQ(recorder.dropped(), 3u);
  EXPECT_NE(write_har(recorder.tape(), recorder.dropped()).find("3 exchanges were not recorded"), std::string::npos);
}

TEST(Recorder, TakesRequestsFromManyThreads) {
  Recorder recorder([] { return at_second(0); });
  const http::Handler handler = recorder.record([](const http::Request&) { return http::Reply{}; }, "opencx");
  std::vector<std::jthread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&handler] {
      for (int n = 0; n < 50; ++n) {
        handler({.target = "/x"});
      }
    });
  }
  threads.clear();
  EXPECT_EQ(read_har(write_har(recorder.tape(), recorder.dropped()), "test.har")->exchanges.size(), 200u);
}

}  // namespace
}  // namespace casewire::scenarios
