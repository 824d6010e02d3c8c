// What every MailTransport promises, asked of SMTP on real sockets and of the simulated ring's direct way.

#include <gmock/gmock.h>

#include <mutex>

#include "base/runtime/fiber_runtime.hpp"
#include "base/runtime/thread_runtime.hpp"
#include "sim/mail/smtp.hpp"

namespace casewire::sim::mail {
namespace {

using testing::ElementsAre;

const WallTime kNine = *parse_iso8601("2026-01-05T09:00:00Z");
constexpr milliseconds kHour{3'600'000};

/// A mail server that answers with `reply`, and somebody who sends to it. The server may run on another thread.
class Post {
 public:
  virtual ~Post() = default;
  /// The answer, and how much time of the runtime passed until it came.
  struct Outcome {
    Delivery delivery;
    milliseconds took{0};
  };
  virtual Outcome send(const Envelope& envelope) = 0;

  void answer_with(Reply reply) {
    const std::scoped_lock lock{mutex_};
    reply_ = std::move(reply);
  }
  std::vector<Envelope> taken() const {
    const std::scoped_lock lock{mutex_};
    return taken_;
  }

 protected:
  Reply take(const Envelope& envelope) {
    const std::scoped_lock lock{mutex_};
    taken_.push_back(envelope);
    return reply_;
  }

 private:
  mutable std::mutex mutex_;
  std::vector<Envelope> taken_;
  Reply reply_;
};

class SmtpPost final : public Post {
 public:
  SmtpPost() {
    runtime_.drive(kNine);
    auto started = SmtpServer::start(runtime_, [this](const Envelope& envelope) { return take(envelope); });
    EXPECT_TRUE(started.has_value());
    server_ = *std::move(started);
  }

  Outcome send(const Envelope& envelope) override {
    const auto begun = runtime_.now();
    Delivery delivery;
    std::atomic<bool> answered = false;
    runtime_.spawn("sender", [&] {
      delivery = SmtpTransport{"127.0.0.1", server_->port()}.send(envelope);
      answered = true;
    });
    // Time moves as in a run: only when nobody is busy, and then to the next timer.
    while (!answered) {
      const auto activity = runtime_.activity();
      if (activity.busy <= 1 && activity.next_timer) runtime_.advance_to(runtime_.wall_time_of(*activity.next_timer));
      runtime_.wait_for_change(activity.changes, milliseconds{1});
    }
    return {delivery, runtime_.now() - begun};
  }

 private:
  ThreadRuntime runtime_;
  std::unique_ptr<SmtpServer> server_;
};

class DirectPost final : public Post {
 public:
  Outcome send(const Envelope& envelope) override {
    std::optional<Outcome> outcome;
    process_->spawn("sender", [&] {
      const auto begun = process_->now();
      outcome = Outcome{transport_.send(envelope), {}};
      outcome->took = process_->now() - begun;
    });
    runtime_.run_until_quiet();
    while (!outcome && runtime_.next_timer()) {
      runtime_.advance_to(*runtime_.next_timer());
      runtime_.run_until_quiet();
    }
    return *std::move(outcome);
  }

 private:
  FiberRuntime runtime_{kNine, 1};
  std::unique_ptr<FiberProcess> process_ = runtime_.make_process("sender");
  DirectMailTransport transport_{*process_, [this](const Envelope& envelope) { return take(envelope); }};
};

struct PostKind {
  const char* name;
  std::function<std::unique_ptr<Post>()> make;
};
void PrintTo(const PostKind& row, std::ostream* out) { *out << row.name; }

class MailTransportContract : public testing::TestWithParam<PostKind> {
 protected:
  const std::unique_ptr<Post> post_ = GetParam().make();
  const Envelope mail_{
      "dana@example.test", {"help@acme.test", "sales@acme.test"}, "Subject: s\r\n\r\n.\r\n..two\r\n\r\nlast\r\n"};
};

INSTANTIATE_TEST_SUITE_P(, MailTransportContract,
                         testing::Values(PostKind{"Smtp", [] { return std::make_unique<SmtpPost>(); }},
                                         PostKind{"Direct", [] { return std::make_unique<DirectPost>(); }}),
                         [](const auto& row) { return std::string{row.param.name}; });

TEST_P(MailTransportContract, CarriesEnvelopeAndMessageByteForByte) {
  EXPECT_TRUE(post_->send(mail_).delivery.accepted());
  const auto taken = post_->taken();
  ASSERT_EQ(taken.size(), 1u);
  EXPECT_EQ(taken.front().sender, "dana@example.test");
  EXPECT_THAT(taken.front().recipients, ElementsAre("help@acme.test", "sales@acme.test"));
  EXPECT_EQ(taken.front().message, mail_.message);
}

TEST_P(MailTransportContract, CarriesTheNullReturnPathOfABounce) {
  EXPECT_TRUE(post_->send({"", {"dana@example.test"}, "Subject: bounce\r\n\r\n"}).delivery.accepted());
  EXPECT_EQ(post_->taken().front().sender, "");
}

TEST_P(MailTransportContract, GivesTheSenderCodeAndWordsOfARefusal) {
  post_->answer_with({451, "4.7.1 come back later"});
  const auto later = post_->send(mail_).delivery;
  EXPECT_EQ(later.code, 451);
  EXPECT_EQ(later.text, "4.7.1 come back later");
  post_->answer_with({550, "5.1.1 no such mailbox"});
  const auto never = post_->send(mail_).delivery;
  EXPECT_EQ(never.code, 550);
  EXPECT_FALSE(never.accepted());
}

TEST_P(MailTransportContract, HidesTheAnswerOfAMailThatWasTaken) {
  post_->answer_with({.damage = Damage::dropped_after_data});
  EXPECT_EQ(post_->send(mail_).delivery.code, 0);
  EXPECT_EQ(post_->taken().size(), 1u);
}

TEST_P(MailTransportContract, GivesNoAnswerWhenTheLineBreaksBefore) {
  post_->answer_with({.damage = Damage::dropped_before_data});
  EXPECT_EQ(post_->send(mail_).delivery.code, 0);
}

TEST_P(MailTransportContract, LetsADelayPassOnTheRuntimesClock) {
  post_->answer_with({.delay = kHour});
  const auto outcome = post_->send(mail_);
  EXPECT_TRUE(outcome.delivery.accepted());
  EXPECT_EQ(outcome.took, kHour);
}

}  // namespace
}  // namespace casewire::sim::mail
