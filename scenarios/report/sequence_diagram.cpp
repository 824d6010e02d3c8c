#include "scenarios/report/sequence_diagram.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <utility>

#include "base/text/utf8.hpp"
#include "scenarios/report/entry_text.hpp"
#include "scenarios/report/markup.hpp"

namespace casewire::scenarios::report {
namespace {

constexpr int kWidth = 1120;
constexpr int kHeadHeight = 44;
constexpr std::array<int, kLifelines> kColumn{190, 400, 610, 830, 1040};
constexpr int kGutter = 114;  // times stand left of it
constexpr int kNoteWidth = 240;
constexpr int kBoxWidth = 124;
constexpr int kCharacterWidth10 = 64;  // tenths of a pixel: the mean of 12 px sans-serif, for cutting labels
constexpr int kMonospaceWidth = 7;     // of 12 px

int x_of(Lifeline lifeline) { return kColumn[static_cast<std::size_t>(lifeline)]; }

std::string number(int value) { return std::to_string(value); }

std::string line(int x1, int y1, int x2, int y2, const char* css_class) {
  return "<line class=\"" + std::string(css_class) + "\" x1=\"" + number(x1) + "\" y1=\"" + number(y1) + "\" x2=\"" + number(x2) +
         "\" y2=\"" + number(y2) + "\"/>";
}

std::string box(int x, int y, int width, int height, const char* css_class, int radius = 6) {
  return "<rect class=\"" + std::string(css_class) + "\" x=\"" + number(x) + "\" y=\"" + number(y) + "\" width=\"" +
         number(width) + "\" height=\"" + number(height) + "\" rx=\"" + number(radius) + "\"/>";
}

std::string text(int x, int y, const char* css_class, std::string_view words) {
  return "<text class=\"" + std::string(css_class) + "\" x=\"" + number(x) + "\" y=\"" + number(y) + "\">" + markup_text(words) +
         "</text>";
}

std::string fitted(std::string_view words, int pixels) {
  return one_line(words, static_cast<std::size_t>(std::max(pixels * 10 / kCharacterWidth10, 8)));
}

int width_of(std::string_view words) { return static_cast<int>(character_count(words)) * kCharacterWidth10 / 10; }

std::string arrow_head(int x, int y, bool to_the_right, const char* css_class) {
  const int back = to_the_right ? x - 9 : x + 9;
  return "<path class=\"" + std::string(css_class) + "\" d=\"M" + number(x) + " " + number(y) + "L" + number(back) + " " +
         number(y - 4) + "L" + number(back) + " " + number(y + 4) + "Z\"/>";
}

std::string broken_end(int x, int y) {
  return "<path class=\"break\" d=\"M" + number(x - 5) + " " + number(y - 5) + "l10 10m0-10l-10 10\"/>";
}

const char* tone_class(Row::Tone tone) {
  switch (tone) {
    case Row::Tone::plain: return "plain";
    case Row::Tone::good: return "good";
    case Row::Tone::waiting: return "waiting";
    case Row::Tone::warning: return "warning";
    case Row::Tone::bad: return "bad";
  }
  return "plain";
}

const char* shape_class(Row::Shape shape) {
  switch (shape) {
    case Row::Shape::step: return "step";
    case Row::Shape::exchange: return "exchange";
    case Row::Shape::arrow: return "arrow";
    case Row::Shape::note: return "note";
    case Row::Shape::band: return "band";
    case Row::Shape::gap: return "gap";
    case Row::Shape::callout: return "callout";
  }
  return "note";
}

int height_of(const Row& row) {
  switch (row.shape) {
    case Row::Shape::step: return 40;
    case Row::Shape::exchange: return 50;
    case Row::Shape::arrow: return row.crossing == Row::Crossing::complete ? 38 : 48;
    case Row::Shape::note: return 32;
    case Row::Shape::band: return 34;
    case Row::Shape::gap: return 34;
    case Row::Shape::callout: return 20 + 17 * static_cast<int>(row.lines.size());
  }
  return 30;
}

bool opens_details(const Row& row) {
  return row.first != 0 && row.shape != Row::Shape::step && row.shape != Row::Shape::gap && row.shape != Row::Shape::callout;
}

class Drawing {
 public:
  Drawing(const Storyline& story, std::string id, WallTime start) : story_(story), id_(std::move(id)), start_(start) {}

  std::string draw() {
    std::string rows;
    for (const Row& row : story_.rows) {
      // Headings in a row, as checks are, stand close.
      if (row.shape == Row::Shape::step && after_step_) y_ -= 9;
      after_step_ = row.shape == Row::Shape::step;
      rows += draw_row(row);
      y_ += height_of(row);
      follow_bridge(row);
    }
    y_ += 12;
    end_bridge_stretch();
    std::string lifelines;
    for (std::size_t at = 0; at < kLifelines; ++at) {
      if (static_cast<Lifeline>(at) != Lifeline::bridge) lifelines += line(kColumn[at], 0, kColumn[at], y_, "lifeline");
    }
    return "<svg class=\"diagram\" role=\"group\" aria-label=\"Sequence diagram\" viewBox=\"0 0 " + number(kWidth) + " " +
           number(y_) + "\" width=\"" + number(kWidth) + "\" height=\"" + number(y_) + "\">" + lifelines + bridge_line_ +
           "<g class=\"links\"></g>" + rows + "</svg>\n";
  }

 private:
  std::string draw_row(const Row& row) {
    std::string out = "<g class=\"row " + std::string(shape_class(row.shape)) + " " + tone_class(row.tone) + " k-" +
                      markup_attribute(row.kind) + "\"";
    if (row.shape == Row::Shape::step) {
      out += " id=\"" + id_ + "-s" + std::to_string(row.step) + "\"";
    } else if (row.first != 0) {
      out += " id=\"" + id_ + "-e" + std::to_string(row.first) + "\"";
    }
    if (opens_details(row)) {
      out += " data-first=\"" + std::to_string(row.first) + "\" data-last=\"" + std::to_string(row.last) + "\" data-y=\"" +
             number(y_ + height_of(row) / 2) + "\"";
      if (row.cause != 0) out += " data-cause=\"" + std::to_string(row.cause) + "\"";
      // One row of a diagram is in the tab order; the page's script moves on with the arrow keys.
      out += std::string(" tabindex=\"") + (std::exchange(tab_stop_given_, true) ? "-1" : "0") +
             "\" role=\"button\" aria-label=\"" + markup_attribute(spoken(row)) + "\"";
    }
    out += ">" + box(0, y_, kWidth, height_of(row), "hit", 0);
    if (row.shape != Row::Shape::step && row.shape != Row::Shape::callout) out += gutter(row);
    switch (row.shape) {
      case Row::Shape::step: out += step(row); break;
      case Row::Shape::exchange: out += exchange(row); break;
      case Row::Shape::arrow: out += arrow(row); break;
      case Row::Shape::note: out += note(row); break;
      case Row::Shape::band:
      case Row::Shape::gap: out += band(row); break;
      case Row::Shape::callout: out += callout(row); break;
    }
    return out + "</g>\n";
  }

  std::string gutter(const Row& row) {
    const int middle = y_ + height_of(row) / 2;
    std::string out;
    const std::string time = time_since(start_, row.at);
    if (time != last_time_) out += text(8, middle - 1, "time", time);
    last_time_ = time;
    if (row.first != 0) {
      out += text(8, middle + 11, "sequence",
                  "#" + std::to_string(row.first) + (row.last > row.first ? "–" + std::to_string(row.last) : ""));
    }
    return out;
  }

  std::string step(const Row& row) const {
    const char* mark = row.tone == Row::Tone::good      ? "✓"
                       : row.tone == Row::Tone::waiting ? "–"
                       : row.tone == Row::Tone::warning ? "?"
                                                        : "✗";
    const auto blank = row.label.find(' ');
    return box(4, y_ + 10, kWidth - 8, 26, "heading") + text(16, y_ + 28, "mark", mark) +
           "<text class=\"sentence\" x=\"36\" y=\"" + number(y_ + 28) + "\"><tspan class=\"keyword\">" +
           markup_text(row.label.substr(0, blank)) + "</tspan> " +
           markup_text(fitted(blank == std::string::npos ? "" : row.label.substr(blank + 1), kWidth - 130)) + "</text>";
  }

  std::string exchange(const Row& row) const {
    const int from = x_of(row.from), to = x_of(row.to);
    const bool right = to > from;
    const int there = y_ + 21, back = y_ + 37;
    const int middle = (from + to) / 2;
    const int span = std::abs(to - from);
    std::string out = text(middle, there - 6, "label", fitted(row.label, span + 60));
    if (row.crossing == Row::Crossing::lost_there) {
      out += line(from, there, middle, there, "request") + broken_end(middle, there) +
             line(middle + (right ? 12 : -12), there, to, there, "ghost");
      return out + answer(row, middle, back, span);
    }
    out += line(from, there, to, there, "request") + arrow_head(to, there, right, "head");
    if (row.crossing == Row::Crossing::lost_back) {
      // The answer set out and never arrived: the line breaks near the caller.
      const int cut = from + (to - from) / 5;
      out += line(to, back, cut, back, "response") + broken_end(cut, back);
      return out + answer(row, (cut + to) / 2, back, span * 4 / 5);
    } else {
      out += line(to, back, from, back, "response") + arrow_head(from, back, !right, "head response-head");
    }
    return out + answer(row, middle, back, span);
  }
  static std::string answer(const Row& row, int middle, int y, int span) {
    const std::string words = fitted(row.answer, span - 40);
    const int width = width_of(words) + 14;
    return box(middle - width / 2, y - 8, width, 16, "status-box", 8) + text(middle, y + 4, "status", words);
  }

  std::string arrow(const Row& row) const {
    const int from = x_of(row.from), to = x_of(row.to);
    const bool right = to > from;
    const int y = y_ + 24;
    const int middle = (from + to) / 2;
    const bool mail = row.kind == "mail";
    std::string out = text(middle, y - 8, "label", fitted(row.label, std::abs(to - from) + 20));
    if (row.crossing == Row::Crossing::complete) {
      out += line(from, y, to, y, "request") + arrow_head(to, y, right, "head");
    } else {
      const int cut = from + (to - from) * 4 / 5;
      out += line(from, y, cut, y, "request") + broken_end(cut, y) +
             text(middle, y + 17, "status", fitted(row.answer, std::abs(to - from)));
    }
    if (mail) out += "<path class=\"envelope\" d=\"M" + number(middle - 8) + " " + number(y - 5) + "h16v11h-16zl8 6l8 -6\"/>";
    return out;
  }

  std::string note(const Row& row) const {
    const std::string words = fitted(row.label, kNoteWidth - 16);
    const int width = std::max(60, width_of(words) + 20);
    const int x = x_of(row.from);
    return box(x - width / 2, y_ + 5, width, 22, "paper") + text(x, y_ + 20, "label", words);
  }

  std::string band(const Row& row) const {
    return box(kGutter + 4, y_ + 5, kWidth - kGutter - 8, 24, "stripe") +
           text((kGutter + kWidth) / 2, y_ + 21, "label", fitted(row.label, kWidth - kGutter - 40));
  }

  std::string callout(const Row& row) const {
    const int height = height_of(row) - 8;
    std::string out = "<path class=\"pointer\" d=\"M" + number(kGutter + 20) + " " + number(y_ + 4) + "l8 -9l8 9z\"/>" +
                      box(kGutter + 4, y_ + 3, kWidth - kGutter - 8, height, "bubble");
    for (std::size_t at = 0; at < row.lines.size(); ++at) {
      const int indent = static_cast<int>(std::min(row.lines[at].find_first_not_of(' '), row.lines[at].size()));
      out += text(kGutter + 18 + indent * kMonospaceWidth, y_ + 20 + 17 * static_cast<int>(at),
                  at == 0 ? "wrong" : "wrong-detail", fitted(row.lines[at], kWidth - kGutter - 40));
    }
    return out;
  }

  std::string spoken(const Row& row) const {
    std::string words = "Entry " + std::to_string(row.first) + " at " + time_since(start_, row.at) + ": ";
    if (row.shape == Row::Shape::exchange || row.shape == Row::Shape::arrow) {
      words += story_.participants.title(row.from) + " to " + story_.participants.title(row.to) + ", ";
    }
    return words + row.label + (row.answer.empty() ? "" : ", " + row.answer);
  }

  // The bridge's lifeline is whole while the bridge runs.
  void follow_bridge(const Row& row) {
    if (row.bridge_up == bridge_up_) return;
    const int turn = y_ - height_of(row) / 2;
    bridge_line_ +=
        line(x_of(Lifeline::bridge), stretch_began_, x_of(Lifeline::bridge), turn, bridge_up_ ? "lifeline" : "lifeline down");
    stretch_began_ = turn;
    bridge_up_ = row.bridge_up;
  }
  void end_bridge_stretch() {
    bridge_line_ +=
        line(x_of(Lifeline::bridge), stretch_began_, x_of(Lifeline::bridge), y_, bridge_up_ ? "lifeline" : "lifeline down");
  }

  const Storyline& story_;
  const std::string id_;
  const WallTime start_;
  int y_ = 0;
  std::string last_time_;
  bool after_step_ = false;
  bool tab_stop_given_ = false;
  bool bridge_up_ = true;
  int stretch_began_ = 0;
  std::string bridge_line_;
};

}  // namespace

std::string diagram_head(const Participants& participants) {
  std::string out = "<svg class=\"diagram-head\" aria-hidden=\"true\" viewBox=\"0 0 " + number(kWidth) + " " +
                    number(kHeadHeight) + "\" width=\"" + number(kWidth) + "\" height=\"" + number(kHeadHeight) + "\">" +
                    text(8, 27, "time", "virtual time");
  for (std::size_t at = 0; at < kLifelines; ++at) {
    const auto lifeline = static_cast<Lifeline>(at);
    const bool person = lifeline == Lifeline::customer || lifeline == Lifeline::rep;
    const char* css_class = person ? "actor person" : lifeline == Lifeline::bridge ? "actor tested" : "actor";
    out += box(kColumn[at] - kBoxWidth / 2, 8, kBoxWidth, 28, css_class, person ? 14 : 6) +
           text(kColumn[at], 27, "actor-name", fitted(participants.title(lifeline), kBoxWidth - 16));
  }
  return out + "</svg>";
}

std::string diagram_body(const Storyline& story, const std::string& id, WallTime start) {
  return Drawing(story, id, start).draw();
}

}  // namespace casewire::scenarios::report
