#include "sim/mail/charset.hpp"

#include <iconv.h>

#include <array>
#include <cerrno>
#include <utility>

#include "base/text/strings.hpp"
#include "base/text/utf8.hpp"

namespace casewire::sim::mail {
namespace {

/// How many characters of more than one byte the text has, when it is valid UTF-8: 2-byte ones, and longer ones.
struct MultiByte {
  std::size_t of_two = 0;
  std::size_t longer = 0;
};
MultiByte multi_byte(std::string_view bytes) {
  MultiByte found;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0xE0) {
      ++found.longer;
    } else if (byte >= 0xC0) {
      ++found.of_two;
    }
  }
  return found;
}

bool is_east_asian(std::string_view charset) {
  for (const std::string_view start :
       {"gb", "big5", "shift", "sjis", "euc", "cp932", "cp949", "ks", "hz", "x-gbk", "x-sjis", "windows-31j"}) {
    if (charset.starts_with(start)) return true;
  }
  return false;
}

/// A label that its bytes contradict: they are valid UTF-8, which no text of the label's charset is by chance. In two-byte charsets
/// two characters can look like UTF-8 of two bytes, so longer ones must be there.
bool is_utf8_all_the_same(std::string_view bytes, std::string_view charset) {
  if (!is_valid_utf8(bytes)) return false;
  if (charset.starts_with("utf-16") || charset.starts_with("utf-32") || charset.starts_with("ucs-")) {
    return bytes.find('\0') == std::string_view::npos;
  }
  const auto found = multi_byte(bytes);
  return found.longer > 0 || (found.of_two > 0 && !is_east_asian(charset));
}

/// Said to be UTF-8, but not one character of it is: then it is most likely what the sender's machine speaks.
bool is_western_all_the_same(std::string_view bytes) {
  for (std::size_t at = 0; at + 1 < bytes.size(); ++at) {
    const auto lead = static_cast<unsigned char>(bytes[at]);
    const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead >= 0xC2 && is_valid_utf8(bytes.substr(at, length))) return false;
  }
  return true;
}

/// The charset to decode with, for what the mail says and holds.
std::string decoder_for(std::string_view bytes, std::string_view charset) {
  // clang-format off
  static constexpr std::array<std::pair<std::string_view, const char*>, 22> kLarger{{
      {"gb2312", "GB18030"}, {"gbk", "GB18030"}, {"x-gbk", "GB18030"},
      {"iso-8859-1", "WINDOWS-1252"}, {"latin1", "WINDOWS-1252"}, {"us-ascii", "WINDOWS-1252"}, {"ascii", "WINDOWS-1252"},
      {"iso-8859-9", "WINDOWS-1254"}, {"shift_jis", "CP932"}, {"shift-jis", "CP932"}, {"ks_c_5601-1987", "CP949"},
      {"euc-kr", "CP949"}, {"x-sjis", "CP932"}, {"sjis", "CP932"}, {"windows-31j", "CP932"}, {"big5", "BIG5-HKSCS"}, {"iso-8859-8-i", "ISO-8859-8"},
      {"unicode-1-1-utf-7", "UTF-7"}, {"x-mac-roman", "MACINTOSH"}, {"macintosh", "MACINTOSH"}, {"tis-620", "CP874"}, {"iso-8859-11", "CP874"},
  }};
  // clang-format on
  // ISO-2022-JP is seven-bit text with escapes: no valid text of another charset looks like it.
  const bool escapes = bytes.find("\x1b$") != std::string_view::npos || bytes.find("\x1b(J") != std::string_view::npos;
  const std::string name = lowercase(trimmed(charset));
  const bool ascii_label = name.empty() || name == "us-ascii" || name == "ascii";
  if (escapes && (ascii_label || name == "utf-8" || name == "iso-2022-jp")) return "ISO-2022-JP-2";
  if (name.empty() || name == "utf-8" || name == "utf8" || ascii_label) {
    if (is_valid_utf8(bytes)) return "UTF-8";
    return ascii_label || is_western_all_the_same(bytes) ? "WINDOWS-1252" : "UTF-8";
  }
  if (is_utf8_all_the_same(bytes, name)) return "UTF-8";
  for (const auto& [label, larger] : kLarger) {
    if (name == label) return larger;
  }
  return name;
}

class Converter {
 public:
  explicit Converter(const std::string& from) : handle_(iconv_open("UTF-8", from.c_str())) {}
  ~Converter() {
    if (known()) iconv_close(handle_);
  }
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;
  bool known() const { return handle_ != reinterpret_cast<iconv_t>(-1); }

  std::string convert(std::string_view bytes) {
    std::string result;
    std::string input{bytes};
    std::array<char, 4096> chunk;
    char* from = input.data();
    std::size_t left = input.size();
    bool flushed = false;
    while (!flushed) {
      char* to = chunk.data();
      std::size_t room = chunk.size();
      flushed = left == 0;
      const auto status = iconv(handle_, left == 0 ? nullptr : &from, left == 0 ? nullptr : &left, &to, &room);
      const int reason = errno;
      result.append(chunk.data(), static_cast<std::size_t>(to - chunk.data()));
      if (status == static_cast<std::size_t>(-1) && reason != E2BIG) {
        if (left == 0) break;
        result += "\xEF\xBF\xBD";  // one bad byte; what follows may be readable again
        ++from;
        --left;
      }
    }
    return result;
  }

 private:
  iconv_t handle_;
};

}  // namespace

std::string to_utf8(std::string_view bytes, std::string_view charset) {
  const std::string from = decoder_for(bytes, charset);
  if (from == "UTF-8") return cleaned_utf8(bytes);
  Converter converter{from};
  if (converter.known()) return cleaned_utf8(converter.convert(bytes));
  if (is_valid_utf8(bytes)) return cleaned_utf8(bytes);
  Converter western{"WINDOWS-1252"};
  return cleaned_utf8(western.known() ? western.convert(bytes) : std::string{bytes});
}

}  // namespace casewire::sim::mail
