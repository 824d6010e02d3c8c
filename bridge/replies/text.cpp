#include "bridge/replies/text.hpp"

#include <array>
#include <cstdint>
#include <utility>

#include "base/text/crypto.hpp"
#include "base/text/html_text.hpp"
#include "base/text/strings.hpp"
#include "base/text/utf8.hpp"

namespace casewire::bridge::replies {
namespace {

std::string megabytes(std::size_t bytes) {
  const auto tenths = (bytes * 10 + (1u << 19)) >> 20;
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " MB";
}

constexpr std::array<std::pair<std::string_view, std::string_view>, 14> kMediaTypes{
    {{".pdf", "application/pdf"},
     {".png", "image/png"},
     {".jpg", "image/jpeg"},
     {".jpeg", "image/jpeg"},
     {".gif", "image/gif"},
     {".webp", "image/webp"},
     {".txt", "text/plain"},
     {".csv", "text/csv"},
     {".html", "text/html"},
     {".json", "application/json"},
     {".zip", "application/zip"},
     {".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
     {".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
     {".eml", "message/rfc822"}}};

}  // namespace

std::string reply_text(std::string_view text_body, std::string_view html_body) {
  return has_visible_text(text_body) ? std::string(text_body) : text_of_html(html_body);
}

Parcel pack(const std::vector<FileOnCase>& files, std::size_t bytes_max) {
  Parcel parcel;
  std::size_t used = 0;
  for (const auto& file : files) {
    const bool fits = file.bytes <= bytes_max - used;
    (fits ? parcel.sent : parcel.left_out).push_back(file);
    if (fits) used += file.bytes;
  }
  return parcel;
}

std::string with_notes(std::string text, const Lacking& lacking) {
  if (!lacking.too_large.empty() || lacking.pictures > 0 || lacking.a_file_may_follow) text += "\n";
  for (const auto& file : lacking.too_large) {
    text += "\n[The file \"" + file.name + "\" (" + megabytes(file.bytes) +
            ") is too large to be sent by email. Please ask us for it.]";
  }
  if (lacking.pictures > 0) {
    const bool is_one = lacking.pictures == 1;
    text += "\n[" + (is_one ? std::string("A picture") : std::to_string(lacking.pictures) + " pictures") +
            " in this message could not be sent. Please ask us for " + (is_one ? "it" : "them") + ".]";
  }
  if (lacking.a_file_may_follow) text += "\n[A file that belongs to this message may follow.]";
  return text;
}

std::string text_of_late_files() { return "Here is what was still missing from our last message."; }

int agent_number(std::string_view user_id) {
  const auto digest = sha256(user_id.substr(0, 15));
  std::uint32_t number = 0;
  for (int i = 0; i < 4; ++i) number = number << 8 | static_cast<unsigned char>(digest[static_cast<std::size_t>(i)]);
  return static_cast<int>(number % 900'000'000u) + 100'000'000;
}

std::string_view media_type_of(std::string_view file_name) {
  const auto name = lowercase(file_name);
  for (const auto& [extension, type] : kMediaTypes) {
    if (name.ends_with(extension)) return type;
  }
  return "application/octet-stream";
}

}  // namespace casewire::bridge::replies
