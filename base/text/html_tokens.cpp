#include "base/text/html_tokens.hpp"

#include <algorithm>
#include <array>

#include "base/text/ascii.hpp"
#include "base/text/html_references.hpp"
#include "base/text/strings.hpp"

namespace casewire {
namespace {

constexpr std::size_t kAttributesMax = 64;  // the rest of a tag is read and dropped

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

/// "Raw text" and "escapable raw text" of the standard, and what a browser reads in the same way.
constexpr std::array<std::string_view, 9> kRawElements{"script", "style",    "title",   "textarea", "xmp",
                                                       "iframe", "noframes", "noembed", "plaintext"};

std::string decoded_attribute(std::string_view value) {
  std::string result;
  for (std::size_t at = 0; at < value.size();) {
    const auto reference = value[at] == '&' ? html_reference_at(value, at, HtmlReferencePlace::attribute) : HtmlReference{};
    if (reference.bytes == 0) {
      result += value[at++];
    } else {
      result += reference.utf8;
      at += reference.bytes;
    }
  }
  return result;
}

}  // namespace

const std::string* HtmlToken::attribute(std::string_view wanted) const {
  const auto found = std::find_if(attributes.begin(), attributes.end(), [&](const auto& each) { return each.first == wanted; });
  return found == attributes.end() ? nullptr : &found->second;
}

HtmlToken HtmlTokens::next() {
  while (at_ < html_.size()) {
    if (!raw_element_.empty()) {
      auto content = content_of_raw_element();
      if (!content.text.empty()) return content;
      continue;
    }
    if (html_[at_] != '<') return text_until(html_.find('<', at_), true);
    const char next = byte_at(at_ + 1);
    if (is_letter(next) || (next == '/' && is_letter(byte_at(at_ + 2)))) return tag();
    if (next == '!' || next == '?' || next == '/') {
      skip_comment();
      continue;
    }
    return text_until(html_.find('<', at_ + 1), true);  // "5 < 6", "<3": a "<" that begins no tag is text
  }
  return {};
}

HtmlToken HtmlTokens::text_until(std::size_t end, bool has_references) {
  end = std::min(end, html_.size());
  HtmlToken token{.kind = HtmlToken::Kind::text, .text = html_.substr(at_, end - at_), .has_references = has_references};
  at_ = end;
  return token;
}

/// Up to the element's own closing tag, however its letters are cased.
HtmlToken HtmlTokens::content_of_raw_element() {
  const std::string name = std::exchange(raw_element_, {});
  const bool has_references = name == "title" || name == "textarea";
  if (name == "plaintext") return text_until(html_.size(), false);
  auto close = html_.find("</", at_);
  while (close != std::string_view::npos) {
    const char behind_name = byte_at(close + 2 + name.size());
    const bool ends =
        close + 2 + name.size() >= html_.size() || is_space(behind_name) || behind_name == '/' || behind_name == '>';
    if (ends && equals_ignoring_case(html_.substr(close + 2, name.size()), name)) break;
    close = html_.find("</", close + 2);
  }
  return text_until(close, has_references);
}

std::size_t HtmlTokens::behind(std::string_view end, std::size_t from) const {
  const auto found = html_.find(end, from);
  return found == std::string_view::npos ? html_.size() : found + end.size();
}

/// `<!-- -->`, `<!-->`, `<!DOCTYPE html>`, `<![if mso]>`, `<?xml ?>`, `</ >`.
void HtmlTokens::skip_comment() {
  if (html_.substr(at_, 4) != "<!--") {
    at_ = behind(">", at_ + (byte_at(at_ + 1) == '/' ? 2 : 1));
    return;
  }
  if (byte_at(at_ + 4) == '>') {
    at_ += 5;
  } else if (html_.substr(at_ + 4, 2) == "->") {
    at_ += 6;
  } else {
    const auto end = html_.find("--", at_ + 4);
    for (auto dashes = end; dashes != std::string_view::npos; dashes = html_.find("--", dashes + 1)) {
      if (byte_at(dashes + 2) == '>' || html_.substr(dashes + 2, 2) == "!>") {
        at_ = dashes + (byte_at(dashes + 2) == '>' ? 3 : 4);
        return;
      }
    }
    at_ = html_.size();
  }
}

HtmlToken HtmlTokens::tag() {
  HtmlToken token{.kind = html_[at_ + 1] == '/' ? HtmlToken::Kind::end_tag : HtmlToken::Kind::start_tag};
  at_ += token.kind == HtmlToken::Kind::end_tag ? 2 : 1;
  const auto begin = at_;
  while (at_ < html_.size() && !is_space(html_[at_]) && html_[at_] != '/' && html_[at_] != '>') ++at_;
  token.name = lowercase(html_.substr(begin, at_ - begin));
  while (at_ < html_.size() && html_[at_] != '>') {
    if (is_space(html_[at_]) || html_[at_] == '/') {
      ++at_;
    } else {
      attribute_into(token);
    }
  }
  if (at_ >= html_.size()) return {};  // the standard's eof-in-tag: nothing of it is shown
  ++at_;
  if (token.kind == HtmlToken::Kind::start_tag &&
      std::find(kRawElements.begin(), kRawElements.end(), token.name) != kRawElements.end()) {
    raw_element_ = token.name;
  }
  return token;
}

void HtmlTokens::attribute_into(HtmlToken& token) {
  const auto begin = at_++;  // a "=" in front belongs to the name
  while (at_ < html_.size() && !is_space(html_[at_]) && html_[at_] != '/' && html_[at_] != '>' && html_[at_] != '=') ++at_;
  const auto name = html_.substr(begin, at_ - begin);
  while (at_ < html_.size() && is_space(html_[at_])) ++at_;
  std::string_view value;
  if (byte_at(at_) == '=') {
    ++at_;
    while (at_ < html_.size() && is_space(html_[at_])) ++at_;
    if (const char quote = byte_at(at_); quote == '"' || quote == '\'') {
      const auto end = std::min(html_.find(quote, at_ + 1), html_.size());
      value = html_.substr(at_ + 1, end - at_ - 1);
      at_ = std::min(end + 1, html_.size());
    } else {
      const auto start = at_;
      while (at_ < html_.size() && !is_space(html_[at_]) && html_[at_] != '>') ++at_;
      value = html_.substr(start, at_ - start);
    }
  }
  auto lowered = lowercase(name);
  if (token.attributes.size() < kAttributesMax && token.attribute(lowered) == nullptr) {
    token.attributes.emplace_back(std::move(lowered), decoded_attribute(value));
  }
}

}  // namespace casewire
