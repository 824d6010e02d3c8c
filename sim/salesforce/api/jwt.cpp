#include "sim/salesforce/api/jwt.hpp"

#include <algorithm>

#include "base/text/encoding.hpp"
#include "base/text/rsa.hpp"

namespace casewire::sim::salesforce {
namespace {

constexpr const char* kKeyId = "casewire-1";

// Made for this fake and published with it.
constexpr std::string_view kIssuerKey =
    "MIIEowIBAAKCAQEAk0rz7TyDJHsQNkWrTjZ5Z+igv7LcesLHuIbtHbLRgnh2ztJLNFl5Ln+/ve0Tx/CsCoc0CpBe4icXcPpDnxF/B+Pfl1uDFd"
    "1kOabC8WZ2u1cDS9+6qXFIej2GT/d3OF68fQSaTZB/NymmEW80mYTFSjCaYfYTygHxCIkAk1d/XQ07M6ispNSGpQTPdxeAajMiNyAF/lwylcTD"
    "vw4AKAaLVVuKnVqxQ7kaMe7KRA2tsY4gan6GFL0pd8vyyV0vA5dlwOEZ3Z2RSrDSa0ZTWcso+rI30Zy1ON7+0mjRXVpKinFE+sCCuq4a4zbwHG"
    "oM3tE2jF49urIOllOp2BoT3Yiu7QIDAQABAoIBABIntPVS9h8zBAaMg9b6I/DI3beDRmXjSFbYWrXEasqYKpzHkvl65dLzcCDq7ftBEROjIqkC"
    "ro9VnjAQyPD8aRoB3nd7kibJySbKBVFX/d6NlRxvEUT9b5+RodKNgCZ0lusZ/CL/Yo7cFVokyOj7Uo4Ye48Dk+DcaGdS6709lbdUUETkmOME9J"
    "PvuvQR89JITsId3nTnOmn3+Domy5YeUDavcFseU5eAlwRHZOA00XF9CHmk+oWzp7IkW+h3gGb7Djlpp6hD1h5RWTwaSfvbTL9h9VeyNwhvkmjX"
    "dZYRbiHgQAuxfA6jKDz5p2FLUi+O6K8/K2B+MxWTrOMQIRhfpAkCgYEAyj3pKJ6hm/nTS/Hqr8Iht1JKTTE5ZkxFwhIo5YSlwJRitMRxPFEUJ6"
    "qLIlochViS+vFqueFYmEgxxe1psdHvpIVenCHJ0Z0aXX35g/BaJq2X9y5ktyrpj5WeGRVGB4Z3H39ppapVIQYQLmqXpUI6EeXFfayjRp5QULNE"
    "g4Bg0xMCgYEAunHi05SvysJhp+hnEQuS38HDxD+9mToEzL9evhJMwLUxp/Dpf2lKKvmG/IqgCisDk8yyDqq8TpPvKz+bO9Txz2pKHFFsvaUchh"
    "7xeVWgJWSohavqhDaxtznxn3NmdkANGaGS1LGNjixyG0lo06ZxfI6EIZxM6K5WzsHtEtn+tf8CgYEAwoYiCYvq7dexwM6DaWJUg7uG9BBwoVCj"
    "mDNXWsvnkgAnoK+CKv3hYPXMtdHutOOpG+2xNfDmAjMOjM36Z6sB0UDm604kjJWLknlk0d8RFzrJfFsHTJbd59mFI6MupHZVhdpLh6j6ELWAQu"
    "ULz0yQBj73YhX3RiloHvcO411LxDkCgYBLc69R5MhHi+atZtXfBgoIV4f8Mbdu/RXYLlIPJaS+EBXqWwqDr35+acEBDrC5rLKj66DbYqkWO7P8"
    "kp8l1YWOZPtc/m69SMaEWJ1sdwR6XYP9pJchrmi5N8/asX7zt/QVPVgIj1o0ATSkak7r6F3hBGPgnjpZp8QlpEFm8aWszQKBgC9KI+EjOxZqqO"
    "H3InuzR3K38PgvG9s3Lm23mUzeBAf3d+MOfljlCEmfWEjIfUoQ6KA+UyEoIPYwejFmzvh21nK9K381UsI+Cz6aOE3PlNcCdphF+d+Q0h+epKn2"
    "2nhnBydAIGrAa3SvemudVBV0bZ834L7qFWMX3V3+P217r2FU";

const std::string& issuer_key() {
  static const std::string key = decode_base64(kIssuerKey).value_or("");
  return key;
}

std::optional<std::string> decode_base64url(std::string_view text) {
  std::string plain{text};
  std::replace(plain.begin(), plain.end(), '-', '+');
  std::replace(plain.begin(), plain.end(), '_', '/');
  plain.append((4 - plain.size() % 4) % 4, '=');
  return decode_base64(plain);
}

std::optional<Json> object_of(std::string_view part) {
  const auto text = decode_base64url(part);
  if (!text) return std::nullopt;
  auto json = parse_json(*text);
  return json && json->is_object() ? std::optional{*std::move(json)} : std::nullopt;
}

}  // namespace

std::optional<Jwt> read_jwt(std::string_view text) {
  if (text.size() > kJwtBytesMax) return std::nullopt;
  const auto first = text.find('.'), second = text.find('.', first == text.npos ? first : first + 1);
  if (second == text.npos || text.find('.', second + 1) != text.npos) return std::nullopt;
  const auto header = object_of(text.substr(0, first));
  auto claims = object_of(text.substr(first + 1, second - first - 1));
  auto signature = decode_base64url(text.substr(second + 1));
  if (!header || !claims || !signature || string_member(*header, "alg") != "RS256") return std::nullopt;
  return Jwt{*std::move(claims), std::string{text.substr(0, second)}, *std::move(signature)};
}

std::string issue_jwt(const Json& claims) {
  const Json header{{"kid", kKeyId}, {"typ", "JWT"}, {"alg", "RS256"}};
  const auto text = base64url(dump_json(header)) + "." + base64url(dump_json(claims));
  return text + "." + base64url(rs256_signature(issuer_key(), text).value_or(""));
}

Json issuer_keys() {
  const auto key = rsa_public_key(issuer_key()).value_or(RsaPublicKey{});
  return {{"keys", Json::array({Json{{"kty", "RSA"},
                                     {"use", "sig"},
                                     {"alg", "RS256"},
                                     {"kid", kKeyId},
                                     {"n", base64url(key.modulus)},
                                     {"e", base64url(key.exponent)}}})}};
}

}  // namespace casewire::sim::salesforce
