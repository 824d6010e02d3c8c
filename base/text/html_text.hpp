#pragma once
// What a reader sees of HTML, as plain text: the one converter for mail that comes in and for what people write in a rich editor.
// Follows: HTML Living Standard, 13.2.5 "Tokenization" and 15 "Rendering", as far as plain text can. Style sheets are not read, but
// what is hidden by itself is left out (`hidden`, an inline display:none, <template>); no visible word is ever left out.

#include <string>
#include <string_view>

namespace casewire {

/// UTF-8 in, UTF-8 out, LF line ends, no blank at the end of a line.
///
/// Paragraphs, headings, lists and tables stand behind empty lines, other blocks on lines of their own; items of lists bear "- " or
/// their number, quotes "> ", cells of a row stand apart by " | "; preformatted text keeps its lines. A link is followed by its
/// address in brackets unless it shows it. An image is its alternative text. No-break spaces are blanks that do not fold.
/// Takes any bytes; time and result are linear in them, nesting has no limit and costs no stack.
std::string text_of_html(std::string_view html);

}  // namespace casewire
