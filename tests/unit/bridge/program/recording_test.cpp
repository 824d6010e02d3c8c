// The bridge's own recording: bounded, without its secrets, and never in the way of the work.

#include "bridge/program/recording.hpp"

#include <gmock/gmock.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/text/crypto.hpp"
#include "base/text/encoding.hpp"
#include "base/text/json.hpp"
#include "tests/support/line_log.hpp"

namespace casewire::bridge {
namespace {

namespace fs = std::filesystem;

const WallTime kMorning = *parse_iso8601("2026-01-05T09:00:00.000Z");

class OwnRecording : public testing::Test {
 protected:
  OwnRecording() : folder_(fs::temp_directory_path() / ("casewire-own-recording-" + std::to_string(::getpid()))) {
    config_.opencx.url = "https://api.open.cx";
    config_.opencx.webhook_secrets = {"opencx-secret-of-the-path"};
    config_.salesforce.webhook_secrets = {"salesforce-secret-of-the-path"};
  }
  ~OwnRecording() override { fs::remove_all(folder_); }

  std::unique_ptr<Recording> open(std::size_t bytes_max) {
    auto recording = Recording::open(
        {.folder = folder_.string(), .bytes_max = bytes_max, .files_max = 4}, {config_}, [] { return kMorning; }, log_);
    EXPECT_TRUE(recording);
    return *std::move(recording);
  }
  static http::Request webhook(std::string body, http::Headers headers = {}) {
    return {.method = "POST",
            .target = "/hooks/opencx/opencx-secret-of-the-path",
            .headers = std::move(headers),
            .body = std::move(body)};
  }
  static http::Reply accept(const http::Request&) { return {.response = {.status = 202}}; }

  /// All entries of all files, each of which is whole; and how many bytes lie there.
  std::vector<Json> entries() {
    std::vector<Json> all;
    bytes_ = files_ = 0;
    for (const auto& file : fs::recursive_directory_iterator(folder_)) {
      if (!file.is_regular_file()) continue;
      bytes_ += file.file_size();
      if (file.path().extension() != ".har") continue;
      ++files_;
      std::ifstream in(file.path(), std::ios::binary);
      const std::string text{std::istreambuf_iterator<char>(in), {}};
      EXPECT_EQ(text.find("secret-of-the-path"), std::string::npos);
      const auto json = parse_json(text);
      EXPECT_TRUE(json) << text;
      if (json) all.insert(all.end(), (*json)["log"]["entries"].begin(), (*json)["log"]["entries"].end());
    }
    return all;
  }

  const fs::path folder_;
  Config config_;
  LineLog log_;
  std::size_t bytes_ = 0, files_ = 0;
};

TEST_F(OwnRecording, IsBoundedAlsoByWhatEarlierRunsLeft) {
  for (int run = 0; run < 2; ++run) {
    const auto recording = open(400'000);
    const http::Handler handler = recording->around(accept);
    for (int i = 0; i < 400; ++i) handler(webhook(std::string(i % 40 == 0 ? 20'000 : 1'000, static_cast<char>('a' + i % 26))));
    EXPECT_FALSE(entries().empty());
    EXPECT_LE(bytes_, 500'000u);
    EXPECT_EQ(files_, 4u);
  }
  EXPECT_EQ(log_.lines, "");
}

TEST_F(OwnRecording, R31HasTheVerdictOnTheSignatureOfAWebhook) {
  const auto recording = open(1 << 20);
  const http::Handler handler = recording->around(accept);
  const auto seconds = std::to_string(std::chrono::duration_cast<std::chrono::seconds>(kMorning.time_since_epoch()).count());
  const auto signature = [&](std::string_view secret) {
    return "v1," + base64(hmac_sha256(webhook_key(secret), "id-1." + seconds + ".{}"));
  };
  handler(webhook("{}"));
  for (const char* secret : {"opencx-secret-of-the-path", "another"})
    handler(webhook("{}", {{"webhook-id", "id-1"}, {"webhook-timestamp", seconds}, {"webhook-signature", signature(secret)}}));
  std::vector<std::string> verdicts;
  for (const Json& entry : entries()) verdicts.push_back(entry["_casewire"]["signature"]);
  EXPECT_THAT(verdicts, testing::ElementsAre("absent", "valid", "wrong"));
}

TEST_F(OwnRecording, OfADiskThatIsFullStaysReadableAndTheWorkGoesOn) {
  const auto recording = open(64 << 20);
  const http::Handler handler = recording->around(accept);
  const auto former_handler = std::signal(SIGXFSZ, SIG_IGN);
  rlimit former{};
  ::getrlimit(RLIMIT_FSIZE, &former);
  const rlimit limit{20'000, former.rlim_max};
  ::setrlimit(RLIMIT_FSIZE, &limit);
  for (int i = 0; i < 50; ++i) EXPECT_EQ(handler(webhook(std::string(1'000, 'a'))).response.status, 202);
  ::setrlimit(RLIMIT_FSIZE, &former);
  std::signal(SIGXFSZ, former_handler);
  const auto kept = entries();
  EXPECT_GT(kept.size(), 5u);
  EXPECT_LT(kept.size(), 20u);
  EXPECT_EQ(
      log_.lines,
      "level=warning event=\"recording ended\" why=\"File too large\" hint=\"the work goes on; a restart begins a new file\"\n");
}

}  // namespace
}  // namespace casewire::bridge
