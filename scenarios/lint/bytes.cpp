// Files of any kind: what is in them is looked at wherever somebody could read it.

#include <algorithm>
#include <utility>

#include "base/http/content_coding.hpp"
#include "base/text/utf16.hpp"
#include "base/text/utf8.hpp"
#include "scenarios/evidence/archive.hpp"
#include "scenarios/lint.hpp"
#include "scenarios/tape/har_entries.hpp"

namespace casewire::scenarios {
namespace {

constexpr std::size_t kUnpackedMax = 512u << 20;

/// Nullopt: it is no text. What is no UTF-8 is Latin-1 or one of its kin, which have the same letters where secrets and addresses have theirs.
std::optional<std::string> text_of_bytes(const std::string& bytes) {
  if (bytes.starts_with("\xff\xfe") || bytes.starts_with("\xfe\xff")) {
    if (auto text = utf8_of_utf16(bytes)) return text;
  }
  const bool has_controls = std::any_of(bytes.begin(), bytes.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 && std::string_view("\t\n\r\f\x1b").find(c) == std::string_view::npos;
  });
  if (is_valid_utf8(bytes)) return bytes;
  if (has_controls) return std::nullopt;
  std::string text;
  for (const char c : bytes) text += utf8_of(static_cast<unsigned char>(c));
  return text;
}

void look_at(const std::string& bytes, const std::string& file, const LintPolicy& policy, WallTime today, int depth,
             LintedBytes& linted) {
  constexpr int kDeepest = 4;
  const auto add = [&](std::vector<Diagnostic> found) {
    std::move(found.begin(), found.end(), std::back_inserter(linted.found));
  };
  if (is_zip(bytes) && depth < kDeepest) {
    auto inside = unpacked(bytes, file, kUnpackedMax);
    if (!inside) return linted.found.push_back(inside.error());
    for (const NamedBytes& one : *inside) look_at(one.bytes, file + "/" + one.name, policy, today, depth + 1, linted);
    return;
  }
  if (bytes.starts_with("\x1f\x8b") && depth < kDeepest) {
    const auto inside = http::uncoded(http::Headers{{"Content-Encoding", "gzip"}}, bytes, kUnpackedMax);
    if (!inside)
      return linted.found.push_back({.where = {file, {}}, .problem = "this gzip is damaged, or too large to be looked into"});
    const std::string name = file.ends_with(".gz") ? file.substr(0, file.size() - 3) : file;
    return look_at(*inside, name, policy, today, depth + 1, linted);
  }
  const auto text = text_of_bytes(bytes);
  if (!text) return linted.unread.push_back(file);
  if (depth > 0 && file.ends_with(".har")) return add(lint_recording([&] { return stream_over(*text); }, file, policy, today));
  add(lint_text(*text, file, policy));
}

}  // namespace

LintedBytes lint_bytes(const std::string& bytes, const std::string& file, const LintPolicy& policy, WallTime today) {
  LintedBytes linted;
  look_at(bytes, file, policy, today, 0, linted);
  return linted;
}

}  // namespace casewire::scenarios
