#include "scenarios/language/located.hpp"

#include <algorithm>

namespace casewire::scenarios {

namespace {

bool is_blank(char c) { return c == ' ' || c == '\t'; }
bool continues_character(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

}  // namespace

Located::Located(std::string_view text, Position start) : text_(text), end_(start) {
  places_.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i > 0 && !continues_character(text[i])) {
      ++end_.column;
    }
    places_.push_back(end_);
  }
  if (!text.empty()) {
    ++end_.column;
  }
}

Position Located::at(std::size_t byte) const { return byte < places_.size() ? places_[byte] : end_; }

std::size_t Located::width(std::size_t begin, std::size_t end) const {
  if (begin >= end || end > places_.size()) {
    return 1;
  }
  const Position first = places_[begin];
  const Position last = places_[end - 1];
  return first.line == last.line && first.column <= last.column ? last.column - first.column + 1 : 1;
}

Located Located::part(std::size_t begin, std::size_t end) const {
  Located piece;
  begin = std::min(begin, text_.size());
  end = std::clamp(end, begin, text_.size());
  piece.text_ = text_.substr(begin, end - begin);
  piece.places_.assign(places_.begin() + static_cast<std::ptrdiff_t>(begin), places_.begin() + static_cast<std::ptrdiff_t>(end));
  piece.end_ = at(end);
  return piece;
}

Located Located::trimmed() const {
  std::size_t begin = 0;
  std::size_t end = text_.size();
  while (begin < end && is_blank(text_[begin])) {
    ++begin;
  }
  while (end > begin && is_blank(text_[end - 1])) {
    --end;
  }
  return part(begin, end);
}

void Located::push_back(char byte, Position at) {
  text_ += byte;
  places_.push_back(at);
  end_ = {at.line, at.column + 1};
}

void Located::append(const Located& more) {
  text_ += more.text_;
  places_.insert(places_.end(), more.places_.begin(), more.places_.end());
  if (!more.empty()) {
    end_ = more.end_;
  }
}

}  // namespace casewire::scenarios
