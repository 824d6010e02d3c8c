#include "base/text/crypto.hpp"

#include <gtest/gtest.h>

#include "base/text/encoding.hpp"

namespace casewire {
namespace {

TEST(Sha256, GivesTheDigestsOfFips180) {
  EXPECT_EQ(hex(sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(hex(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Md5, GivesTheDigestsOfRfc1321) {
  EXPECT_EQ(hex(md5("")), "d41d8cd98f00b204e9800998ecf8427e");
  EXPECT_EQ(hex(md5("message digest")), "f96b697d7cb7938d525a2f31aaf161d0");
}

TEST(HmacSha256, GivesTheValuesOfRfc4231) {
  EXPECT_EQ(hex(hmac_sha256(std::string(20, '\x0b'), "Hi There")),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  EXPECT_EQ(hex(hmac_sha256("Jefe", "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(hex(hmac_sha256(std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First")),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(HmacSha256, TakesAnEmptyKeyAsAnEmptyKey) {
  const auto with_key = hmac_sha256("Jefe", "");
  EXPECT_EQ(hex(hmac_sha256({}, {})), "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
  EXPECT_NE(hmac_sha256({}, ""), with_key);
}

TEST(HmacSha256, RemembersNoOtherText) {
  const auto jefe = hmac_sha256("Jefe", "what do ya want for nothing?");
  const auto other = hmac_sha256("jefe", "what do ya want for nothing?");
  EXPECT_NE(jefe, other);
  for (int again = 0; again < 2; ++again) {
    EXPECT_NE(hmac_sha256("Jefe", "something else"), jefe);
    EXPECT_EQ(hmac_sha256("Jefe", "what do ya want for nothing?"), jefe);
  }
  EXPECT_EQ(hmac_sha256("jefe", "what do ya want for nothing?"), other);
}

// The published example of the Standard Webhooks libraries.
TEST(WebhookKey, SignsAsTheOfficialLibrariesDo) {
  const auto key = webhook_key("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
  EXPECT_EQ(base64(hmac_sha256(key, "msg_p5jXN8AQM9LWM0D4loKWxJek.1614265330.{\"test\": 2432232314}")),
            "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
}
TEST(WebhookKey, TakesAnyOtherTextAsItIs) {
  EXPECT_EQ(webhook_key("secret"), "secret");
  EXPECT_EQ(webhook_key("whsec_no base64!"), "whsec_no base64!");
  EXPECT_EQ(webhook_key("whsec_"), "whsec_");
}

std::string bytes_of(std::string_view digits) {
  std::string bytes;
  for (std::size_t i = 0; i < digits.size(); i += 2) {
    bytes += static_cast<char>(std::stoi(std::string(digits.substr(i, 2)), nullptr, 16));
  }
  return bytes;
}

// Test case 16 of McGrew and Viega, "The Galois/Counter Mode of Operation".
TEST(Aes256Gcm, IsTheStandards) {
  const AesGcm with{bytes_of("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308"),
                    bytes_of("cafebabefacedbaddecaf888"), bytes_of("feedfacedeadbeeffeedfacedeadbeefabaddad2")};
  const auto text = bytes_of(
      "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39");
  const auto sealed = aes_256_gcm_sealed(text, with);
  EXPECT_EQ(
      hex(sealed),
      "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
      "76fc6ece0f4e1768cddf8853bb2d551b");
  EXPECT_EQ(aes_256_gcm_opened(sealed, with), text);
  auto other = with;
  other.about += "x";
  EXPECT_EQ(aes_256_gcm_opened(sealed, other), std::nullopt);
  EXPECT_EQ(aes_256_gcm_opened(sealed.substr(1), with), std::nullopt);
  EXPECT_EQ(aes_256_gcm_opened("short", with), std::nullopt);
  EXPECT_EQ(aes_256_gcm_opened(aes_256_gcm_sealed("", with), with), "");
}

TEST(EqualInConstantTime, AgreesWithEquality) {
  EXPECT_TRUE(equal_in_constant_time("", ""));
  EXPECT_TRUE(equal_in_constant_time("abc", "abc"));
  EXPECT_FALSE(equal_in_constant_time("abc", "abd"));
  EXPECT_FALSE(equal_in_constant_time("abc", "ab"));
}

}  // namespace
}  // namespace casewire
