#include "scenarios/tape/har_entries.hpp"

#include <algorithm>
#include <memory>
#include <streambuf>
#include <utility>

namespace casewire::scenarios {

namespace {

constexpr std::size_t kWindow = 64u << 10;

bool is_json_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

/// Byte by byte: which bracket is open, and whether it is within a string.
class Scan {
 public:
  HarEntries found(std::istream& har) {
    har.clear();
    har.seekg(0);
    std::vector<char> window(kWindow);
    while (!is_over()) {
      har.read(window.data(), static_cast<std::streamsize>(window.size()));
      const auto count = static_cast<std::size_t>(har.gcount());
      for (std::size_t i = 0; i < count && !is_over(); ++i, ++at_) take(window[i]);
      if (count < window.size()) break;
    }
    har.clear();
    end();
    return std::move(found_);
  }

 private:
  enum class Where { before, between, entry, word, behind, after };

  bool is_over() const { return has_stopped_ || found_.is_too_much; }

  void complain() {
    if (!found_.trouble) found_.trouble = at_;
  }

  void take(char c) {
    switch (where_) {
      case Where::before: return before(c);
      case Where::between: return between(c);
      case Where::entry: return entry(c);
      case Where::word: return word(c);
      case Where::behind: return behind(c);
      case Where::after:
        if (is_json_blank(c)) return;
        complain();
        has_stopped_ = true;
        return;
    }
  }

  /// One step of any JSON.
  void step(char c) {
    if (in_string_) {
      if (is_escaped_) {
        is_escaped_ = false;
      } else if (c == '\\') {
        is_escaped_ = true;
      } else if (c == '"') {
        in_string_ = false;
      }
      return;
    }
    in_string_ = c == '"';
    depth_ += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
  }

  void keep(char c) {
    found_.head += c;
    if (found_.head.size() > kHarHeadBytesMax) found_.is_too_much = true;
  }

  /// Looks for `"entries": [` in the object `"log"`.
  void before(char c) {
    keep(c);
    const bool was_in_string = in_string_;
    step(c);
    if (!was_in_string && in_string_) {
      name_.clear();
      return;
    }
    if (was_in_string) {
      constexpr std::size_t kLongest = 16;
      if (in_string_ && name_.size() < kLongest) name_ += c;
      has_name_ = !in_string_;
      return;
    }
    if (is_json_blank(c)) return;
    if (c == ':' && has_name_) {
      if (depth_ == 1) is_log_ = name_ == "log";
      is_list_next_ = depth_ == 2 && is_log_ && name_ == "entries";
      has_name_ = false;
      return;
    }
    has_name_ = false;
    if (std::exchange(is_list_next_, false) && c == '[') {
      found_.has_list = true;
      found_.list = found_.head.size();
      where_ = Where::between;
      may_end_ = true;
      wants_entry_ = true;
    }
  }

  void between(char c) {
    if (is_json_blank(c)) return;
    if (c == ']') {
      if (!may_end_) complain();
      found_.gap = at_ - found_.list;
      depth_ = 3;
      where_ = Where::behind;
      return behind(c);
    }
    if (c == ',') {
      if (wants_entry_) complain();
      wants_entry_ = true;
      may_end_ = false;
      return;
    }
    if (!wants_entry_ || c == '}') complain();
    if (c == '}') {
      has_stopped_ = true;
      return;
    }
    if (found_.entries.size() == kHarEntriesMax) {
      found_.is_too_much = true;
      return;
    }
    begin_ = at_;
    depth_ = 0;
    const bool is_closed = c == '{' || c == '[' || c == '"';
    where_ = is_closed ? Where::entry : Where::word;
    if (is_closed) step(c);
  }

  void entry(char c) {
    step(c);
    if (!in_string_ && depth_ == 0) end_entry(at_ + 1);
  }

  /// A number, or a name such as `null`.
  void word(char c) {
    if (c != ',' && c != ']' && !is_json_blank(c)) return;
    end_entry(at_);
    between(c);
  }

  void end_entry(std::uint64_t end) {
    found_.entries.push_back({begin_, end - begin_});
    where_ = Where::between;
    wants_entry_ = false;
    may_end_ = true;
  }

  void behind(char c) {
    keep(c);
    step(c);
    if (!in_string_ && depth_ == 0) where_ = Where::after;
  }

  void end() {
    if (!found_.has_list) {
      found_.list = found_.head.size();
      return;
    }
    if (where_ == Where::after) return;
    found_.is_cut_off = !found_.is_too_much;
    found_.head.resize(found_.list);
    found_.head += "]}}";
  }

  HarEntries found_;
  Where where_ = Where::before;
  std::uint64_t at_ = 0, begin_ = 0;
  int depth_ = 0;
  bool in_string_ = false, is_escaped_ = false;
  std::string name_;  ///< of the last string
  bool has_name_ = false, is_log_ = false, is_list_next_ = false;
  bool wants_entry_ = false, may_end_ = false, has_stopped_ = false;
};

class TextBuffer final : public std::streambuf {
 public:
  explicit TextBuffer(std::string_view text) {
    char* begin = const_cast<char*>(text.data());  // it is only read
    setg(begin, begin, begin + text.size());
  }

 private:
  pos_type seekoff(off_type off, std::ios_base::seekdir from, std::ios_base::openmode) override {
    const off_type base = from == std::ios_base::beg ? 0 : from == std::ios_base::cur ? gptr() - eback() : egptr() - eback();
    return seekpos(base + off, std::ios_base::in);
  }
  pos_type seekpos(pos_type to, std::ios_base::openmode) override {
    const auto at = static_cast<off_type>(to);
    if (at < 0 || at > egptr() - eback()) return pos_type(off_type(-1));
    setg(eback(), eback() + at, egptr());
    return to;
  }
};

class TextStream final : public std::istream {
 public:
  explicit TextStream(std::string_view text) : std::istream(nullptr), buffer_(text) { rdbuf(&buffer_); }

 private:
  TextBuffer buffer_;
};

}  // namespace

HarEntries entries_of(std::istream& har) { return Scan().found(har); }

std::string text_at(std::istream& har, HarPlace place) {
  std::string text(place.length, '\0');
  har.clear();
  har.seekg(static_cast<std::streamoff>(place.at));
  har.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(std::max<std::streamsize>(har.gcount(), 0)));
  har.clear();
  return text;
}

Position position_in(std::istream& text, std::uint64_t byte, const BytePosition& from) {
  Position position = from.position;
  for (std::uint64_t at = from.byte; at < byte;) {
    const std::string part = text_at(text, {at, std::min<std::uint64_t>(kWindow, byte - at)});
    if (part.empty()) break;
    const auto feeds = std::count(part.begin(), part.end(), '\n');
    if (feeds != 0) position = {position.line + static_cast<std::size_t>(feeds), 1};
    // A character begins where no byte is one of those that go on (10xxxxxx).
    const std::size_t line = feeds == 0 ? 0 : part.rfind('\n') + 1;
    position.column +=
        static_cast<std::size_t>(std::count_if(part.begin() + static_cast<std::ptrdiff_t>(line), part.end(),
                                               [](char c) { return (static_cast<unsigned char>(c) & 0xC0u) != 0x80u; }));
    at += part.size();
  }
  return position;
}

std::size_t byte_at(std::string_view text, Position position) {
  std::size_t byte = 0;
  for (std::size_t line = 1; line < position.line && byte < text.size(); ++line)
    byte = std::min(text.find('\n', byte), text.size() - 1) + 1;
  for (std::size_t column = 1; column < position.column && byte < text.size(); ++column) {
    do ++byte;
    while (byte < text.size() && (static_cast<unsigned char>(text[byte]) & 0xC0u) == 0x80u);
  }
  return byte;
}

Position behind(Position outer, Position inner) {
  return {outer.line + inner.line - 1, inner.line == 1 ? outer.column + inner.column - 1 : inner.column};
}

std::unique_ptr<std::istream> stream_over(std::string_view text) { return std::make_unique<TextStream>(text); }

}  // namespace casewire::scenarios
