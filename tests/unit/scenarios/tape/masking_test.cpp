#include "scenarios/tape/masking.hpp"

#include "base/text/encoding.hpp"
#include "tests/unit/scenarios/tape/canaries.hpp"
#include "tests/unit/scenarios/tape/support.hpp"

namespace casewire::scenarios {
namespace {

TEST(Masking, NoSecretOfTheConversationIsInTheRecording) {
  const std::string text = write_har(conversation());
  for (const char* secret : {"00D!AQEAQsecret", "00D%21AQEAQsecret", "casewire-secret", "5Aep861casewire", "ocx_live_casewire",
                             "whsec_4f2a91", "c2lnbmF0dXJl", "127.0.0.1"}) {
    EXPECT_EQ(text.find(secret), std::string::npos) << secret;
  }
}

TEST(Masking, OneTokenHasOnePseudonymWhereverItStands) {
  const std::vector<Exchange> all = masked(conversation());
  const std::string body = all[1].response.body;
  const std::size_t begin = body.find("casewire-masked-");
  ASSERT_NE(begin, std::string::npos);
  const std::string pseudonym = body.substr(begin, body.find('"', begin) - begin);
  EXPECT_TRUE(is_pseudonym(pseudonym));
  EXPECT_EQ(all[2].request.headers.find("authorization"), "Bearer " + pseudonym);
}

TEST(Masking, ASecretIsReadableInNoSpelling) {
  const std::string token = "00D!AQEAQsecret/of+one";
  for (const Spelling& spelling : spellings()) {
    if (std::string_view(spelling.name) == "capitals") continue;  // which is another token
    for (std::size_t place = 0; place < 6; ++place) {
      std::vector<Exchange> all{planted(spelling.write("It was " + token + ", she said."), place), planted("nothing", place)};
      all[1].request.headers.set("Authorization", "Bearer " + token);
      const auto found = found_in(write_har(all), {token});
      EXPECT_EQ(found.count, 0u) << spelling.name << " in place " << place << " as " << found.example;
    }
  }
}

TEST(Masking, ATokenIsMaskedAlsoBeforeItIsKnownToBeOne) {
  std::vector<Exchange> all = conversation();
  all.front().request.body = R"({"note":"00D!AQEAQsecret"})";
  EXPECT_EQ(masked(all).front().request.body.find("00D!"), std::string::npos);
}

TEST(Masking, ASecretInACompressedAnswerIsMaskedInWhatItSays) {
  // The answer to a login as node's zlib.gzipSync writes it.
  std::vector<Exchange> all = conversation();
  const std::string token = "00D8d0tokenofsomelength";
  all[1].response = {.status = 200,
                     .headers = {{"Content-Encoding", "gzip"}, {"Content-Type", "application/json"}},
                     .body = *decode_base64("H4sIAAAAAAAAA6tWSkxOTi0uji/Jz07NU7JSMjBwsUgxAPPy04rzc1NzUvPSSzKUagEX0HtZKgAAAA==")};
  all[2].request.headers.set("Authorization", "Bearer " + token);
  const std::string untold = *decode_base64("H4sIAAAAAAAAA6tWSlSyUkpSqgUAnFz2awkAAAA=");
  all[3].response = {.status = 200, .headers = {{"Content-Encoding", "gzip"}}, .body = untold};
  const auto told = masked(all);
  EXPECT_EQ(told[1].response.body.find("{\"access_token\":\"casewire-masked-"), 0u) << told[1].response.body;
  EXPECT_FALSE(told[1].response.headers.find("content-encoding"));
  EXPECT_EQ(told[3].response.body, untold) << "where nothing is to be masked the bytes stay";
  EXPECT_EQ(told[3].response.headers.find("content-encoding"), "gzip");
}

TEST(Masking, AnOrdinaryCodeIsNoSecret) {
  std::vector<Exchange> all = conversation();
  all[3].response.body = R"({"code":"ORDER-1182","token":"GARDEN-STREET"})";
  EXPECT_EQ(masked(all)[3].response.body, R"({"code":"ORDER-1182","token":"GARDEN-STREET"})");
}

TEST(Masking, HostsOfTheRunBecomeNamesOfSystems) {
  const std::vector<Exchange> all = masked(conversation());
  EXPECT_NE(all[1].response.body.find("\"http://salesforce.test\""), std::string::npos);
  EXPECT_NE(all[3].response.body.find("http://opencx.test/files/f-1"), std::string::npos);
  EXPECT_EQ(all[0].request.target.substr(0, 14), "/hooks/opencx/");
}

}  // namespace
}  // namespace casewire::scenarios
