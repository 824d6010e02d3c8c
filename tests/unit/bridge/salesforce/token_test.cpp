#include "bridge/salesforce/token.hpp"

#include <gtest/gtest.h>

#include "base/runtime/fiber_runtime.hpp"
#include "bridge/salesforce/client.hpp"
#include "bridge/store/memory_store.hpp"

namespace casewire::bridge::salesforce {
namespace {

using namespace std::chrono_literals;

/// A login host that takes its time and rotates: a second refresh with the same token would end the connection.
class SlowLogin final : public http::Transport {
 public:
  explicit SlowLogin(Runtime& runtime) : runtime_(runtime) {}
  Result<http::Response, http::TransportError> send(const http::Request& request, http::Deadline) override {
    ++requests;
    EXPECT_NE(request.body.find("refresh_token=" + expected), std::string::npos) << "a used refresh token";
    expected = "r" + std::to_string(requests);
    const auto number = std::to_string(requests);
    runtime_.sleep_for(12s);
    if (refuses)
      return http::Response{.status = 400,
                            .body = R"({"error":"invalid_grant","error_description":"expired access/refresh token"})"};
    return http::Response{.status = 200,
                          .body = R"({"access_token":"a)" + number + R"(","refresh_token":"r)" + number +
                                  R"(","instance_url":"https://x.test/","id":"https://x.test/id/)" + org +
                                  R"(/005VE0000000001AAA"})"};
  }
  int requests = 0;
  bool refuses = false;
  std::string expected = "r0";
  std::string org = "00D";

 private:
  Runtime& runtime_;
};

class TokenTest : public testing::Test {
 protected:
  ~TokenTest() override { process_->kill(); }
  void ask_eight_times(const std::string& refused) {
    for (int i = 0; i < 8; ++i) {
      process_->spawn("asker", [this, refused] { answers_.push_back(tokens_.access(refused, {})); });
    }
    for (int i = 0; i < 5; ++i) {
      ASSERT_TRUE(fibers_.run_until_quiet());
      if (const auto next = fibers_.next_timer()) fibers_.advance_to(*next);
    }
  }
  FiberRuntime fibers_{*parse_iso8601("2026-01-05T09:00:00Z"), 3};
  std::unique_ptr<FiberProcess> process_ = fibers_.make_process("bridge");
  SlowLogin login_{*process_};
  SilentLog log_;
  SeededRng rng_{7};
  Events events_{*process_, log_};
  Config config_ = [] {
    Config config;
    config.salesforce.refresh_token = "r0";
    return config;
  }();
  MemoryStore store_;
  Vendor vendor_{"salesforce", *process_, events_};
  AccessTokens tokens_{login_, vendor_, config_, {*process_, store_, rng_, events_}};
  std::vector<Outcome<Access>> answers_;
};

// F15
TEST_F(TokenTest, IsFetchedOnceHoweverManyAskAtOnce) {
  ask_eight_times({});
  ASSERT_EQ(answers_.size(), 8u);
  EXPECT_EQ(login_.requests, 1);
  for (const auto& answer : answers_) EXPECT_EQ(answer->token, "a1");
  EXPECT_EQ(answers_[0]->instance_url, "https://x.test");
  EXPECT_EQ(answers_[0]->user_id, "005VE0000000001AAA") << "F45: from the org, never from the configuration";
  ask_eight_times("a1");
  EXPECT_EQ(login_.requests, 2);
  EXPECT_EQ(answers_.back()->token, "a2");
}

// F16
TEST_F(TokenTest, TellsEverybodyWhenTheConnectionIsGone) {
  login_.refuses = true;
  ask_eight_times({});
  ASSERT_EQ(answers_.size(), 8u);
  for (const auto& answer : answers_) {
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().kind, Failure::Kind::org_wide);
    EXPECT_EQ(answer.error().code, "invalid_grant");
  }
}

// F15: Salesforce rotates refresh tokens; the one of the settings is worth nothing after the first use.
TEST_F(TokenTest, OfARotatingOrgOutlivesARestart) {
  ask_eight_times({});
  AccessTokens after_restart(login_, vendor_, config_, {*process_, store_, rng_, events_});
  process_->spawn("asker", [&] { answers_.push_back(after_restart.access({}, {})); });
  for (int i = 0; i < 5; ++i) {
    ASSERT_TRUE(fibers_.run_until_quiet());
    if (const auto next = fibers_.next_timer()) fibers_.advance_to(*next);
  }
  EXPECT_EQ(login_.requests, 2);
  EXPECT_TRUE(answers_.back()) << "it was asked with the new token";
}

// The new token is the only one that works: while it cannot be stored nobody gets the access that came with it.
TEST_F(TokenTest, IsDurableBeforeItIsUsed) {
  class FullStore final : public MemoryStore {
   public:
    void commit(const Changes& changes) override {
      if (is_full) throw StoreFailure("disk full");
      MemoryStore::commit(changes);
    }
    bool is_full = true;
  } full;
  AccessTokens tokens(login_, vendor_, config_, {*process_, full, rng_, events_});
  const auto ask = [&] {
    process_->spawn("asker", [&] { answers_.push_back(tokens.access({}, {})); });
    for (int i = 0; i < 5; ++i) {
      ASSERT_TRUE(fibers_.run_until_quiet());
      if (const auto next = fibers_.next_timer()) fibers_.advance_to(*next);
    }
  };
  ask();
  ASSERT_FALSE(answers_.back());
  EXPECT_EQ(answers_.back().error().system, "store");
  ask();
  EXPECT_FALSE(answers_.back());
  EXPECT_EQ(login_.requests, 1) << "nothing is asked for meanwhile";
  full.is_full = false;
  ask();
  ASSERT_TRUE(answers_.back());
  EXPECT_EQ(answers_.back()->token, "a1");
  EXPECT_EQ(login_.requests, 1);
}

// F15, of bridges that share a store: each has its access by the token that the one before it was given.
TEST_F(TokenTest, IsRenewedByOneBridgeOfAFleetAtATime) {
  class SharedStore final : public MemoryStore {
   public:
    bool is_shared() const override { return true; }
  } shared;
  std::vector<std::unique_ptr<AccessTokens>> fleet;
  for (const auto* name : {"a", "b", "c"}) {
    fleet.push_back(
        std::make_unique<AccessTokens>(login_, vendor_, config_, TokenSurroundings{*process_, shared, rng_, events_, name}));
  }
  for (int round = 0; round < 2; ++round) {
    for (auto& tokens : fleet) {
      const auto refused = round == 0 ? std::string{} : answers_[static_cast<std::size_t>(&tokens - fleet.data())]->token;
      process_->spawn("asker", [this, &tokens, refused] { answers_.push_back(tokens->access(refused, {})); });
    }
    for (const auto end = fibers_.now() + 60s; fibers_.now() < end;) {
      ASSERT_TRUE(fibers_.run_until_quiet());
      const auto next = fibers_.next_timer();
      fibers_.advance_to(next && *next < end ? *next : end);
    }
    ASSERT_TRUE(fibers_.run_until_quiet());
    // SlowLogin convicts whoever asks with a token that was used.
    EXPECT_EQ(login_.requests, 3 * (round + 1));
  }
  ASSERT_EQ(answers_.size(), 6u);
  for (const auto& answer : answers_) EXPECT_TRUE(answer);
}

// F28: a refreshed sandbox answers behind the same settings under another id.
TEST_F(TokenTest, OfAnotherOrgIsRefused) {
  store_.commit({.at = process_->now(), .marks = {{"salesforce org", "00D000000000002", {}}}});
  login_.org = "00D000000000001AAA";
  ask_eight_times({});
  for (const auto& answer : answers_) {
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, "OTHER_ORG");
    EXPECT_EQ(answer.error().kind, Failure::Kind::org_wide);
  }
  EXPECT_TRUE(vendor_.is_closed());
}

// A sign-in while the org refuses: the next call is made at once, and with what it gave.
TEST_F(TokenTest, OfASignInIsUsedFromTheNextCallOn) {
  login_.refuses = true;
  ask_eight_times({});
  ASSERT_TRUE(vendor_.is_closed());
  login_.refuses = false;
  login_.expected = "signed-in";
  ASSERT_TRUE(tokens_.connect("signed-in", "00D"));
  EXPECT_FALSE(vendor_.is_closed()) << "nobody waits for the end of the pause";
  ask_eight_times({});
  ASSERT_TRUE(answers_.back());
  EXPECT_EQ(answers_.back()->token, "a2");
  login_.expected = "r2";
  AccessTokens after_restart(login_, vendor_, config_, {*process_, store_, rng_, events_});
  process_->spawn("asker", [&] { answers_.push_back(after_restart.access({}, {})); });
  for (int i = 0; i < 5; ++i) {
    ASSERT_TRUE(fibers_.run_until_quiet());
    if (const auto next = fibers_.next_timer()) fibers_.advance_to(*next);
  }
  EXPECT_TRUE(answers_.back()) << "it was rotated since, and both are in the store";
}

// The rotated token of the connection before would end the new one at the next restart.
TEST_F(TokenTest, OfASignInIsNotOverwrittenByARefreshThatWasUnderWay) {
  process_->spawn("asker", [this] { answers_.push_back(tokens_.access({}, {})); });
  ASSERT_TRUE(fibers_.run_until_quiet());
  ASSERT_EQ(login_.requests, 1);
  ASSERT_TRUE(tokens_.connect("signed-in", "00D"));
  fibers_.advance_to(*fibers_.next_timer());
  ASSERT_TRUE(fibers_.run_until_quiet());
  ASSERT_TRUE(answers_.back());
  login_.expected = "signed-in";
  ask_eight_times({});
  EXPECT_EQ(login_.requests, 2) << "and what came with the former one is not kept";
}

TEST_F(TokenTest, OfASignInToAnotherOrgIsNotTaken) {
  store_.commit({.at = process_->now(), .marks = {{"salesforce org", "00D000000000002", {}}}});
  const auto refused = tokens_.connect("signed-in", "00D000000000001AAA");
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().find("this store belongs to org 00D000000000002"), std::string::npos);
}

TEST_F(TokenTest, WithoutAnySaysThatNobodyHasSignedIn) {
  config_.salesforce.refresh_token.clear();
  AccessTokens tokens(login_, vendor_, config_, {*process_, store_, rng_, events_});
  process_->spawn("asker", [&] { answers_.push_back(tokens.access({}, {})); });
  ASSERT_TRUE(fibers_.run_until_quiet());
  EXPECT_EQ(answers_.back().error().code, "NOT_CONNECTED");
  EXPECT_EQ(login_.requests, 0);
}

TEST(SoqlText, EscapesWhatACustomerCanWrite) {
  EXPECT_EQ(soql_literal("o'hara\\@x.test\n"), "'o\\'hara\\\\@x.test\\n'");
  EXPECT_EQ(soql_like_part("a_b%c'"), "a\\_b\\%c\\'");
  EXPECT_TRUE(is_same_id("500VE00000abcDe", "500VE00000abcDeYAI"));
  EXPECT_FALSE(is_same_id("", ""));
}

}  // namespace
}  // namespace casewire::bridge::salesforce
