#include "base/text/encoding.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/text/ascii.hpp"

namespace casewire {
namespace {

constexpr std::string_view kBase64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view kBase64Url = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::uint8_t kNotBase64 = 255;

constexpr auto kBase64Values = [] {
  std::array<std::uint8_t, 256> values{};
  values.fill(kNotBase64);
  for (std::size_t at = 0; at < kBase64.size(); ++at) {
    values[static_cast<unsigned char>(kBase64[at])] = static_cast<std::uint8_t>(at);
  }
  return values;
}();

std::string encoded(std::string_view bytes, std::string_view alphabet, bool padded) {
  // In place, letter by letter: files of megabytes pass here.
  std::string out((bytes.size() + 2) / 3 * 4, '=');
  std::size_t end = 0;
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    const auto left = bytes.size() - at;
    const auto byte = [&](std::size_t i) -> std::uint32_t { return i < left ? static_cast<unsigned char>(bytes[at + i]) : 0; };
    const std::uint32_t group = byte(0) << 16 | byte(1) << 8 | byte(2);
    out[end++] = alphabet[group >> 18];
    out[end++] = alphabet[group >> 12 & 63];
    if (left > 1) out[end++] = alphabet[group >> 6 & 63];
    if (left > 2) out[end++] = alphabet[group & 63];
  }
  if (!padded) out.resize(end);
  return out;
}

void append_escape(std::string& out, char c) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  const auto byte = static_cast<unsigned char>(c);
  out += '%';
  out += digits[byte >> 4];
  out += digits[byte & 15];
}

std::optional<std::string> unescaped(std::string_view text, bool plus_is_blank) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '%') {
      if (text.size() - at < 3) return std::nullopt;
      const int high = hex_value(text[at + 1]);
      const int low = hex_value(text[at + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      out += static_cast<char>(high * 16 + low);
      at += 2;
    } else {
      out += plus_is_blank && text[at] == '+' ? ' ' : text[at];
    }
  }
  return out;
}

// WHATWG URL, application/x-www-form-urlencoded percent-encode set.
void append_form_text(std::string& out, std::string_view text) {
  for (const char c : text) {
    if (is_alphanumeric(c) || c == '-' || c == '.' || c == '_' || c == '*') {
      out += c;
    } else if (c == ' ') {
      out += '+';
    } else {
      append_escape(out, c);
    }
  }
}

}  // namespace

std::string base64(std::string_view bytes) { return encoded(bytes, kBase64, true); }

std::string base64url(std::string_view bytes) { return encoded(bytes, kBase64Url, false); }

std::optional<std::string> decode_base64(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
  const auto digits = text.substr(0, text.size() - padding);
  std::string out(digits.size() * 3 / 4, '\0');
  std::size_t end = 0;
  std::uint32_t bits = 0;
  int held = 0;
  for (const char c : digits) {
    const auto value = kBase64Values[static_cast<unsigned char>(c)];
    if (value == kNotBase64) return std::nullopt;
    bits = bits << 6 | value;
    held += 6;
    if (held >= 8) {
      held -= 8;
      out[end++] = static_cast<char>(bits >> held & 255);
    }
  }
  return out;
}

std::string hex(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  out.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    out += digits[byte >> 4];
    out += digits[byte & 15];
  }
  return out;
}

std::string percent_encoded(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (is_alphanumeric(c) || c == '-' || c == '.' || c == '_' || c == '~') {
      out += c;
    } else {
      append_escape(out, c);
    }
  }
  return out;
}

std::optional<std::string> percent_decoded(std::string_view text) { return unescaped(text, false); }

std::optional<FormFields> parse_form(std::string_view text) {
  FormFields fields;
  while (!text.empty()) {
    const auto pair = text.substr(0, text.find('&'));
    text.remove_prefix(std::min(text.size(), pair.size() + 1));
    if (pair.empty()) continue;
    const auto equals = pair.find('=');
    auto name = unescaped(pair.substr(0, equals), true);
    auto value = unescaped(equals == std::string_view::npos ? std::string_view{} : pair.substr(equals + 1), true);
    if (!name || !value) return std::nullopt;
    fields.emplace_back(*std::move(name), *std::move(value));
  }
  return fields;
}

std::string form(const FormFields& fields) {
  std::string out;
  for (const auto& [name, value] : fields) {
    if (!out.empty()) out += '&';
    append_form_text(out, name);
    out += '=';
    append_form_text(out, value);
  }
  return out;
}

std::optional<std::string> form_value(const FormFields& fields, std::string_view name) {
  for (const auto& [known, value] : fields) {
    if (known == name) return value;
  }
  return std::nullopt;
}

std::string html_escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default: out += c;
    }
  }
  return out;
}

}  // namespace casewire
