#pragma once
// A page of plain text on which formatted text is written: words, lines, paragraphs, quotes, list items, cells of a row. Blanks and
// line ends are owed until a word follows, so none stands at an end. Of the converter from HTML only.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace casewire {

class TextPage {
 public:
  /// One character that is to be seen, as UTF-8; or several that hold no blank.
  void write(std::string_view visible);
  /// Blanks fold: any number of them is one, and none begins a line.
  void blank();
  /// A blank or tab that does not fold: of preformatted text, or a no-break space.
  void blank_kept(char blank);
  /// What follows begins a line.
  void begin_line() { owe_line_ends(1); }
  /// What follows stands behind an empty line, of which there is never more than one.
  void begin_paragraph() { owe_line_ends(2); }
  /// One line end more than there is, but no second empty line.
  void break_line();
  /// One line end more of preformatted text, where empty lines count.
  void break_line_kept();
  /// Written directly behind the last word, whatever is owed.
  void append_to_last_word(std::string_view text);

  /// Every line until `end_frame` begins with `later`, the first with `first`. Frames nest; beyond 24 they are counted only.
  void begin_frame(std::string first, std::string later);
  void end_frame();

  /// What follows is the first cell of a row, on a line of its own. Empty lines around what stands in cells are left out.
  void begin_row();
  /// What follows is the next cell of a row: behind a bar, or on a line of its own when `apart`.
  void begin_cell(bool apart);
  void end_row();

  std::size_t bytes() const { return text_.size(); }
  std::string_view from(std::size_t place) const { return std::string_view{text_}.substr(place); }
  std::string taken() { return std::move(text_); }

 private:
  struct Frame {
    std::string first;
    std::string later;
    bool begun = false;
  };
  void owe_line_ends(std::size_t count);
  void settle();
  void write_line_ends();
  void write_frames();

  std::string text_;
  std::vector<Frame> frames_;
  std::size_t uncounted_frames_ = 0;
  std::size_t line_ends_owed_ = 0;
  std::size_t cells_owed_ = 0;
  bool at_cell_begin_ = false;
  std::string blanks_owed_;
  std::size_t quotes_of_last_line_ = 0;
  bool at_line_begin_ = true;
};

}  // namespace casewire
