#include "sim/mail/addresses.hpp"

#include <algorithm>
#include <string>

#include "base/text/strings.hpp"

namespace casewire::sim::mail {
namespace {

constexpr std::size_t kAddressesMax = 1000;

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

/// One mailbox, cut out of a list.
struct Piece {
  std::string words;    ///< outside of angle brackets and comments; quoted strings keep their quotes
  std::string angled;   ///< between angle brackets
  std::string comment;  ///< the last comment
  bool has_angles = false;
};

/// Goes through a header once and cuts it at separators that stand outside of quotes, comments and angle brackets.
class Cutter {
 public:
  explicit Cutter(std::string_view header) : text_(header) {}

  std::vector<Piece> pieces() {
    while (at_ < text_.size() && pieces_.size() < kAddressesMax) step();
    end_piece();
    return std::move(pieces_);
  }

 private:
  void step() {
    const char c = text_[at_];
    if (c == '"') {
      quoted();
    } else if (c == '(') {
      comment();
    } else if (c == '<') {
      angles();
    } else if (c == ',' || c == ';') {
      ++at_;
      end_piece();
    } else if (c == ':' && piece_.words.find('@') == std::string::npos && piece_.words.find('[') == std::string::npos) {
      ++at_;
      piece_ = {};  // the name of a group
    } else {
      piece_.words += c;
      ++at_;
    }
  }

  void quoted() {
    const auto begin = at_++;
    while (at_ < text_.size() && text_[at_] != '"') at_ += text_[at_] == '\\' ? 2 : 1;
    if (at_ >= text_.size()) {  // no end: the quote is a sign like any other
      at_ = begin + 1;
      return;
    }
    piece_.words += text_.substr(begin, ++at_ - begin);
  }

  void comment() {
    std::size_t depth = 0;
    const auto begin = at_;
    for (; at_ < text_.size(); ++at_) {
      if (text_[at_] == '\\') {
        ++at_;
      } else if (text_[at_] == '(') {
        ++depth;
      } else if (text_[at_] == ')' && --depth == 0) {
        piece_.comment = text_.substr(begin + 1, at_ - begin - 1);
        ++at_;
        return;
      }
    }
    piece_.words += text_.substr(begin);
    at_ = text_.size();
  }

  void angles() {
    auto end = at_ + 1;
    for (bool in_quotes = false; end < text_.size() && (in_quotes || text_[end] != '>'); ++end) {
      if (text_[end] == '"') in_quotes = !in_quotes;
    }
    piece_.angled = text_.substr(at_ + 1, end - at_ - 1);
    piece_.has_angles = true;
    at_ = end < text_.size() ? end + 1 : end;
  }

  void end_piece() {
    if (piece_.has_angles || !trimmed(piece_.words).empty() || !piece_.comment.empty()) pieces_.push_back(std::move(piece_));
    piece_ = {};
  }

  std::string_view text_;
  std::size_t at_ = 0;
  Piece piece_;
  std::vector<Piece> pieces_;
};

/// Blanks outside of a quoted local part are no part of an address ("dana @ example.test").
std::string compact(std::string_view address) {
  std::string result;
  bool in_quotes = false;
  for (const char c : without_route(trimmed(address))) {
    if (c == '"') in_quotes = !in_quotes;
    if (in_quotes || !is_space(c)) result += c;
  }
  return without_idle_quotes(result);
}

/// `"Weber, Dana" (work)` -> `Weber, Dana`
std::string display_name(std::string_view words) {
  std::string name;
  bool in_quotes = false;
  const auto text = trimmed(words);
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '"') {
      in_quotes = !in_quotes;
    } else if (in_quotes && text[at] == '\\' && at + 1 < text.size()) {
      name += text[++at];
    } else if (in_quotes || !is_space(text[at])) {
      name += text[at];
    } else if (!name.empty() && name.back() != ' ') {
      name += ' ';
    }
  }
  return std::string{trimmed(name)};
}

}  // namespace

std::string_view domain_of(std::string_view address) { return address.substr(address.rfind('@') + 1); }

std::string_view without_route(std::string_view path) {
  if (!path.starts_with('@')) return path;
  const auto colon = path.find(':');
  return colon == std::string_view::npos ? path : path.substr(colon + 1);
}

std::string without_idle_quotes(std::string_view address) {
  const auto at = address.rfind('@');
  if (!address.starts_with('"') || at == std::string_view::npos || at < 3 || address[at - 1] != '"') return std::string{address};
  const auto local = address.substr(1, at - 2);
  const auto is_plain = [](char c) {
    const bool is_word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    return is_word || static_cast<unsigned char>(c) >= 0x80 ||
           std::string_view{".!#$%&'*+/=?^_`{|}~-"}.find(c) != std::string_view::npos;
  };
  if (!std::all_of(local.begin(), local.end(), is_plain)) return std::string{address};
  return std::string{local} + std::string{address.substr(at)};
}

std::vector<Address> addresses_in(std::string_view header) {
  std::vector<Address> addresses;
  std::string name_so_far;  // "Weber" of the unquoted "Weber, Dana <dana@x.test>"
  for (const auto& piece : Cutter{header}.pieces()) {
    const std::string name = display_name(piece.words);
    std::string address = compact(piece.has_angles ? piece.angled : piece.words);
    if (address.find('@') == std::string::npos && piece.has_angles) address = compact(piece.words);  // "dana@x.test <>"
    if (address.find('@') == std::string::npos) {
      if (!piece.has_angles && !name.empty()) name_so_far += name + ", ";
      continue;
    }
    const bool is_named = piece.has_angles && !name.empty() && compact(piece.words) != address;
    addresses.push_back({is_named ? name_so_far + name : std::string{trimmed(piece.comment)}, std::move(address)});
    name_so_far.clear();
  }
  return addresses;
}

}  // namespace casewire::sim::mail
