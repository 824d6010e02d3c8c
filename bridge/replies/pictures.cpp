#include "bridge/replies/pictures.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/text/ascii.hpp"
#include "base/text/encoding.hpp"
#include "base/text/html_tokens.hpp"
#include "base/text/strings.hpp"

namespace casewire::bridge::replies {
namespace {

constexpr std::size_t kIdCharacters = 15;
/// Addresses of files in an org (assumed from links of the composer and of Files; the vendor documents none of them).
constexpr std::string_view kFileServlet = "/sfc/servlet.shepherd/";
/// In a rich post: "sfdc://069...". Source: Object Reference, "FeedItem", field IsRichText.
constexpr std::string_view kFileInAPost = "sfdc://";
/// Of a rich text field, and of the attachments of Classic: by the browser's session only.
constexpr std::string_view kSignedInOnly[]{"/servlet/rtaimage", "/servlet/servlet.filedownload"};

/// "image/png;base64,iVBO..." behind "data:"; nullopt: no picture.
std::optional<std::pair<std::string, std::string>> pasted_picture(std::string_view data) {
  const auto comma = data.find(',');
  if (comma == std::string_view::npos) return std::nullopt;
  const auto head = lowercase(data.substr(0, comma));
  const auto media_type = head.substr(0, head.find(';'));
  if (!media_type.starts_with("image/") || !head.ends_with(";base64")) return std::nullopt;
  std::string plain;
  for (const char c : data.substr(comma + 1)) {
    if (c != ' ' && c != '\n' && c != '\r' && c != '\t') plain += c;
  }
  auto bytes = decode_base64(plain);
  if (!bytes || bytes->empty()) return std::nullopt;
  return std::pair(media_type, std::move(*bytes));
}

std::string extension_of(std::string_view media_type) {
  if (media_type == "image/jpeg") return "jpg";
  auto kind = media_type.substr(std::string_view("image/").size());
  kind = kind.substr(0, kind.find('+'));  // svg+xml
  const bool is_plain = !kind.empty() && std::all_of(kind.begin(), kind.end(), is_alphanumeric);
  return is_plain ? std::string(kind) : "bin";
}

/// The first id of a version (068) or a document (069) in an address.
std::optional<std::string> file_id_in(std::string_view address) {
  for (std::size_t at = 0; at + kIdCharacters <= address.size(); ++at) {
    if (!address.substr(at).starts_with("068") && !address.substr(at).starts_with("069")) continue;
    if (at > 0 && is_alphanumeric(address[at - 1])) continue;
    const auto id = address.substr(at, kIdCharacters);
    if (std::all_of(id.begin(), id.end(), is_alphanumeric)) return std::string(id);
  }
  return std::nullopt;
}

void note_picture(const std::string& source, Pictures& pictures) {
  const auto lower = lowercase(source.substr(0, 2'000));
  if (lower.starts_with("data:")) {
    auto pasted = pasted_picture(std::string_view(source).substr(5));
    if (!pasted) {
      ++pictures.out_of_reach;
      return;
    }
    FileOnCase file{.name = "picture-" + std::to_string(pictures.pasted.size() + 1) + "." + extension_of(pasted->first)};
    file.bytes = pasted->second.size();
    file.content = std::move(pasted->second);
    pictures.pasted.push_back(std::move(file));
  } else if (lower.starts_with("cid:")) {
    pictures.is_by_content_id = true;
  } else if (lower.starts_with(kFileInAPost) || lower.find(kFileServlet) != std::string::npos) {
    const auto id = file_id_in(source);
    if (!id) {
      ++pictures.out_of_reach;
    } else if (std::find(pictures.shown.begin(), pictures.shown.end(), *id) == pictures.shown.end()) {
      pictures.shown.push_back(*id);
    }
  } else if (std::any_of(std::begin(kSignedInOnly), std::end(kSignedInOnly),
                         [&](std::string_view path) { return lower.find(path) != std::string::npos; })) {
    ++pictures.out_of_reach;
  }
}

}  // namespace

Pictures pictures_in(std::string_view html) {
  Pictures pictures;
  HtmlTokens tokens(html);
  std::size_t count = 0, quotes = 0;
  for (auto token = tokens.next(); token.kind != HtmlToken::Kind::end && count < kPicturesMax; token = tokens.next()) {
    if (token.name == "blockquote" && token.kind == HtmlToken::Kind::start_tag) ++quotes;
    if (token.name == "blockquote" && token.kind == HtmlToken::Kind::end_tag && quotes > 0) --quotes;
    if (token.kind != HtmlToken::Kind::start_tag || token.name != "img" || quotes > 0) continue;
    const auto* source = token.attribute("src");
    if (!source) continue;
    ++count;
    note_picture(std::string(trimmed(*source)), pictures);
  }
  return pictures;
}

bool is_shown(const FileOnCase& file, const std::vector<std::string>& shown) {
  return std::any_of(shown.begin(), shown.end(), [&](const std::string& id) {
    return file.version_id.substr(0, kIdCharacters) == id || file.document_id.substr(0, kIdCharacters) == id;
  });
}

}  // namespace casewire::bridge::replies
