#include "sim/mail/file_names.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text/strings.hpp"
#include "base/text/utf8.hpp"

namespace casewire::sim::mail {
namespace {

constexpr std::size_t kNameBytesMax = 200;
constexpr std::size_t kEndingBytesMax = 12;

// clang-format off
constexpr std::array<std::pair<std::string_view, std::string_view>, 41> kNames{{
    {"text/calendar", "invite.ics"}, {"application/ics", "invite.ics"}, {"text/vcard", "contact.vcf"}, {"text/x-vcard", "contact.vcf"},
    {"text/directory", "contact.vcf"}, {"message/rfc822", "message.eml"}, {"message/delivery-status", "delivery-status.txt"},
    {"message/disposition-notification", "disposition-notification.txt"}, {"text/rfc822-headers", "headers.txt"},
    {"application/pgp-signature", "signature.asc"}, {"application/pkcs7-signature", "smime.p7s"}, {"application/x-pkcs7-signature", "smime.p7s"},
    {"application/pkcs7-mime", "smime.p7m"}, {"application/ms-tnef", "winmail.dat"},
    {"image/png", "png"}, {"image/jpeg", "jpg"}, {"image/jpg", "jpg"}, {"image/pjpeg", "jpg"}, {"image/gif", "gif"}, {"image/webp", "webp"},
    {"image/svg+xml", "svg"}, {"image/tiff", "tiff"}, {"image/bmp", "bmp"}, {"image/heic", "heic"}, {"image/heif", "heif"},
    {"application/pdf", "pdf"}, {"application/zip", "zip"}, {"application/x-zip-compressed", "zip"}, {"application/json", "json"},
    {"application/xml", "xml"}, {"text/xml", "xml"}, {"text/plain", "txt"}, {"text/html", "html"}, {"text/csv", "csv"}, {"text/markdown", "md"},
    {"application/msword", "doc"}, {"application/vnd.ms-excel", "xls"},
    {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"},
    {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"}, {"audio/mpeg", "mp3"}, {"video/mp4", "mp4"},
}};
// clang-format on

}  // namespace

std::string default_file_name(std::string_view media_type) {
  const std::string type = lowercase(trimmed(media_type));
  const auto found = std::find_if(kNames.begin(), kNames.end(), [&](const auto& each) { return each.first == type; });
  if (found == kNames.end()) return "attachment";
  const std::string name{found->second};
  return name.find('.') == std::string::npos ? "attachment." + name : name;
}

std::string plain_file_name(std::string_view name) {
  std::string plain;
  for (const char c : cleaned_utf8(name)) {
    if (c == '/' || c == '\\') {
      plain.clear();  // what stands behind the last folder is the name
    } else if (static_cast<unsigned char>(c) >= ' ' && c != 0x7F) {
      plain += c;
    } else if (c == '\t' || c == '\n' || c == '\r') {
      plain += ' ';
    }
  }
  plain = trimmed(plain);
  if (plain == "." || plain == "..") return {};
  if (plain.size() <= kNameBytesMax) return plain;
  const auto dot = plain.rfind('.');
  const std::string ending = dot == std::string::npos || plain.size() - dot > kEndingBytesMax ? std::string{} : plain.substr(dot);
  return std::string{prefix_of_bytes(plain, kNameBytesMax - ending.size())} + ending;
}

}  // namespace casewire::sim::mail
