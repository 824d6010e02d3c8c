#include "bridge/salesforce/keyring.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/runtime/fiber_runtime.hpp"
#include "bridge/salesforce/token.hpp"
#include "bridge/store/memory_store.hpp"
#include "tests/support/line_log.hpp"

namespace casewire::bridge::salesforce {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

const std::string kOne(64, '1'), kTwo(64, '2');

Config with_keys(std::vector<std::string> keys) {
  Config config;
  config.encryption_keys = std::move(keys);
  config.salesforce.client_id = "3MVG9";
  config.salesforce.client_secret = "secret";
  config.salesforce.refresh_token = "r0";
  return config;
}

std::string opened(const Keyring& keyring, const std::string& seal, const std::string& about = "token") {
  const auto result = keyring.open(seal, about);
  return result ? result->text + (result->is_current ? "" : " (old)") : "closed: " + result.error().why;
}

class Keys : public testing::Test {
 protected:
  SeededRng rng_{1};
};

TEST_F(Keys, OpenWhatTheySealedAndNothingElse) {
  const Keyring keyring(with_keys({kOne}));
  const auto seal = keyring.seal("5Aep861-a token", "token", rng_);
  EXPECT_THAT(seal, StartsWith("aes256gcm:key-"));
  EXPECT_THAT(seal, Not(HasSubstr("5Aep")));
  EXPECT_NE(seal, keyring.seal("5Aep861-a token", "token", rng_)) << "equal texts do not look equal";
  EXPECT_EQ(opened(keyring, seal), "5Aep861-a token");
  EXPECT_THAT(opened(keyring, seal, "another token"), StartsWith("closed: it was sealed for another client_id, or is damaged"));
  auto other_app = with_keys({kOne});
  other_app.salesforce.client_id = "another app";
  EXPECT_THAT(opened(Keyring(other_app), seal), StartsWith("closed: it was sealed for another client_id"));
  for (std::size_t i = seal.rfind(':') + 1; i < seal.size(); i += 7) {
    auto changed = seal;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    EXPECT_THAT(opened(keyring, changed), StartsWith("closed:")) << i;
  }
  for (const auto* broken : {"", "aes256gcm:", "aes256gcm:key-", "aes256gcm:key-0:", "aes256gcm::AAAA"}) {
    EXPECT_THAT(opened(keyring, broken), StartsWith("closed:")) << broken;
  }
}

TEST_F(Keys, TakeEachOthersPlace) {
  const auto seal = Keyring(with_keys({kOne})).seal("a token", "token", rng_);
  EXPECT_EQ(opened(Keyring(with_keys({kOne, kTwo})), seal), "a token") << "first all bridges can open with the new one";
  EXPECT_EQ(opened(Keyring(with_keys({kTwo, kOne})), seal), "a token (old)") << "then it seals";
  const auto closed = Keyring(with_keys({kTwo})).open(seal, "token");
  ASSERT_FALSE(closed);
  EXPECT_TRUE(closed.error().needs_a_key);
  EXPECT_THAT(closed.error().why, HasSubstr(seal.substr(10, 12))) << "it names the key";
}

TEST_F(Keys, AreTheAppsSecretWhereThereAreNone) {
  const Keyring none(with_keys({}));
  const auto seal = none.seal("a token", "token", rng_);
  EXPECT_THAT(seal, StartsWith("aes256gcm:app-"));
  EXPECT_EQ(opened(none, seal), "a token");
  EXPECT_EQ(opened(Keyring(with_keys({kOne})), seal), "a token (old)");
  auto config = with_keys({kOne});
  config.salesforce.client_secret = "another";
  EXPECT_EQ(opened(Keyring(config), seal), "closed: the client secret has changed");
}

TEST_F(Keys, OpenWhatOlderVersionsLeft) {
  const Keyring keyring(with_keys({kOne}));
  EXPECT_EQ(
      opened(keyring, "o/cLo89z5ueDy7JupZvHI29P/ToIg45PzWyhmVMtHtoUnBoH8kJ7RZxqFnpKcYMuXUMbo+n/jrXqgtyVCI+sHJn/M3u3gM9/gQ=="),
      "r0-of-an-older-version, longer than one block of 32 bytes (old)");
  EXPECT_EQ(opened(keyring, "5Aep861casewire"), "5Aep861casewire (old)") << "plain";
  EXPECT_EQ(opened(keyring, "Y3TARn3HoGUvziZHgVhxESGDQLQ="), "kept (old)");
  EXPECT_EQ(opened(keyring, "Y3TARn3HoGUvziZHgVhxESGDQLA="), "closed: the client secret has changed");
}

TEST(EncryptionKey, IsWrittenInEitherWay) {
  EXPECT_EQ(encryption_key_bytes(std::string(64, '4')), std::string(32, 'D'));
  EXPECT_EQ(encryption_key_bytes("RERERERERERERERERERERERERERERERERERERERERERE"), std::nullopt) << "33 bytes";
  EXPECT_EQ(encryption_key_bytes("REREREREREREREREREREREREREREREREREREREREREQ="), std::string(32, 'D'));
  EXPECT_EQ(encryption_key_bytes(std::string(64, 'x')), std::nullopt);
  EXPECT_EQ(encryption_key_bytes("a passphrase"), std::nullopt);
}

/// Gives access to whoever brings the token that it expects, and rotates nothing.
class Login final : public http::Transport {
 public:
  Result<http::Response, http::TransportError> send(const http::Request& request, http::Deadline) override {
    ++requests;
    EXPECT_THAT(request.body, testing::EndsWith("refresh_token=" + expected));
    return http::Response{
        .status = 200,
        .body = R"({"access_token":"a","instance_url":"https://x.test","id":"https://x.test/id/00D/005VE0000000001AAA"})"};
  }
  std::string expected;
  int requests = 0;
};

class StoredToken : public testing::Test {
 protected:
  ~StoredToken() override { process_->kill(); }
  /// As a bridge that starts with these settings.
  Outcome<Access> access(const Config& config) {
    Vendor vendor{"salesforce", *process_, events_};
    AccessTokens tokens(login_, vendor, config, {*process_, store_, rng_, events_});
    std::optional<Outcome<Access>> answer;
    process_->spawn("asker", [&] { answer = tokens.access({}, {}); });
    EXPECT_TRUE(fibers_.run_until_quiet());
    return *answer;
  }
  std::string stored() { return store_.mark("refresh token after dd191696e15e2ee2").value_or("nothing"); }

  FiberRuntime fibers_{*parse_iso8601("2026-01-05T09:00:00Z"), 3};
  std::unique_ptr<FiberProcess> process_ = fibers_.make_process("bridge");
  LineLog log_;
  Events events_{*process_, log_};
  SeededRng rng_{7};
  MemoryStore store_;
  Login login_;
};

TEST_F(StoredToken, IsSealedAnewWithTheFirstKeyAndLostWithoutNone) {
  ASSERT_TRUE(keep_connection(store_, with_keys({}), {"signed-in", "00D"}, process_->now(), rng_));
  login_.expected = "signed-in";
  EXPECT_TRUE(access(with_keys({kOne})));
  EXPECT_THAT(log_.lines, HasSubstr("stored refresh token sealed anew"));
  const auto first = stored();
  EXPECT_THAT(first, StartsWith("aes256gcm:key-"));
  EXPECT_TRUE(access(with_keys({kOne})));
  EXPECT_EQ(stored(), first) << "it is what it should be";
  EXPECT_TRUE(access(with_keys({kTwo, kOne})));
  const auto second = stored();
  EXPECT_NE(second, first);
  EXPECT_EQ(login_.requests, 3);

  const auto refused = access(with_keys({kOne}));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "SEALED");
  EXPECT_EQ(refused.error().kind, Failure::Kind::org_wide);
  EXPECT_THAT(refused.error().message, HasSubstr("which encryption_key does not hold any more. Put the key back, or sign in"));
  EXPECT_EQ(login_.requests, 3) << "the token of the settings is not tried: the org may have rotated it";
  EXPECT_EQ(stored(), second);
  EXPECT_TRUE(access(with_keys({kTwo}))) << "nothing was lost";
}

// Somebody has signed in: the right settings heal it, a sign-in is not needed.
TEST_F(StoredToken, ThatASettingClosesNamesTheSetting) {
  auto config = with_keys({});
  config.salesforce.refresh_token.clear();
  ASSERT_TRUE(keep_connection(store_, config, {"signed-in", "00D"}, process_->now(), rng_));
  auto another = config;
  another.salesforce.client_secret = "another";
  auto refused = access(another);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "SEALED");
  EXPECT_THAT(refused.error().message, HasSubstr("the client secret has changed. Put the setting back, or sign in anew"));
  another = config;
  another.salesforce.client_id = "another";
  refused = access(another);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "SEALED");
  EXPECT_THAT(refused.error().message, HasSubstr("it was sealed for another client_id"));
  EXPECT_THAT(log_.lines, testing::Not(HasSubstr("the one of the settings is used"))) << "there is none";
  EXPECT_EQ(login_.requests, 0);
  login_.expected = "signed-in";
  EXPECT_TRUE(access(config)) << "nothing was lost";
}

TEST_F(StoredToken, OfAnOlderVersionIsSealedAnew) {
  store_.commit({.marks = {{"refresh token after dd191696e15e2ee2", "Y3TARn3HoGUvziZHgVhxESGDQLQ=", {}}}});
  login_.expected = "kept";
  EXPECT_TRUE(access(with_keys({})));
  EXPECT_THAT(stored(), StartsWith("aes256gcm:app-"));
  EXPECT_TRUE(access(with_keys({kOne})));
  EXPECT_THAT(stored(), StartsWith("aes256gcm:key-"));
}

}  // namespace
}  // namespace casewire::bridge::salesforce
