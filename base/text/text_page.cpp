#include "base/text/text_page.hpp"

#include <algorithm>

namespace casewire {
namespace {

constexpr std::size_t kFramesMax = 24;  // deeper nesting indents no further: a line stays a line
constexpr std::string_view kQuote = "> ";

}  // namespace

void TextPage::write(std::string_view visible) {
  settle();
  text_ += visible;
}

void TextPage::blank() {
  if (!at_line_begin_ && line_ends_owed_ == 0 && cells_owed_ == 0 && blanks_owed_.empty()) blanks_owed_ = " ";
}

void TextPage::blank_kept(char blank) { blanks_owed_ += blank; }

void TextPage::owe_line_ends(std::size_t count) {
  blanks_owed_.clear();
  if (!at_cell_begin_) line_ends_owed_ = std::max(line_ends_owed_, count);
}

void TextPage::break_line() {
  blanks_owed_.clear();
  if (!at_cell_begin_ && line_ends_owed_ < 2) ++line_ends_owed_;
}

void TextPage::break_line_kept() {
  blanks_owed_.clear();
  ++line_ends_owed_;
}

void TextPage::append_to_last_word(std::string_view text) {
  if (text_.empty()) settle();
  text_ += text;
}

void TextPage::begin_frame(std::string first, std::string later) {
  if (frames_.size() == kFramesMax) {
    ++uncounted_frames_;
  } else {
    frames_.push_back({std::move(first), std::move(later)});
  }
}

void TextPage::end_frame() {
  if (uncounted_frames_ > 0) {
    --uncounted_frames_;
  } else if (!frames_.empty()) {
    frames_.pop_back();
  }
}

void TextPage::begin_row() {
  begin_line();
  at_cell_begin_ = true;
}

void TextPage::begin_cell(bool apart) {
  blanks_owed_.clear();
  line_ends_owed_ = apart ? 1 : 0;
  cells_owed_ = apart ? 0 : cells_owed_ + 1;
  at_cell_begin_ = true;
}

void TextPage::end_row() {
  cells_owed_ = 0;
  line_ends_owed_ = 1;
  blanks_owed_.clear();
  at_cell_begin_ = false;
}

void TextPage::settle() {
  if (line_ends_owed_ > 0) write_line_ends();
  if (at_line_begin_) write_frames();
  if (cells_owed_ > 0) {
    for (std::size_t cell = 0; cell < cells_owed_; ++cell) text_ += cell == 0 ? " |" : "  |";
    text_ += ' ';
  }
  text_ += blanks_owed_;
  cells_owed_ = 0;
  at_cell_begin_ = false;
  blanks_owed_.clear();
}

/// An empty line inside a quote bears the quote's mark.
void TextPage::write_line_ends() {
  const auto quotes = static_cast<std::size_t>(
      std::count_if(frames_.begin(), frames_.end(), [](const Frame& frame) { return frame.later == kQuote; }));
  const auto shared = std::min(quotes, quotes_of_last_line_);
  if (!text_.empty()) {
    for (std::size_t end = 0; end < line_ends_owed_; ++end) {
      if (end > 0) text_.append(shared, '>');
      text_ += '\n';
    }
  }
  line_ends_owed_ = 0;
  at_line_begin_ = true;
}

void TextPage::write_frames() {
  quotes_of_last_line_ = 0;
  for (auto& frame : frames_) {
    text_ += frame.begun ? frame.later : frame.first;
    frame.begun = true;
    if (frame.later == kQuote) ++quotes_of_last_line_;
  }
  at_line_begin_ = false;
}

}  // namespace casewire
