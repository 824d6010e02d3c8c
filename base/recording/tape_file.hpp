#pragma once
// A HAR 1.2 file that grows entry by entry and is whole after each step, so that whoever is killed leaves it readable. An entry that changes
// while it stands last is written over; else its new text goes to the end and blanks stay in its place. `_casewire.number` has the
// order then, and of two of one number the second counts. tidy() makes of it a file that has the order itself, one member in a line.
// A disk that refuses leaves the file as it was.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/recording/har_entry.hpp"
#include "base/text/result.hpp"

namespace casewire::recording {

/// What the head of a tape says.
struct TapeTitle {
  std::string creator = "casewire";
  Json ours = Json::object();  ///< members of `_casewire` beside the format
};

class TapeFile {
 public:
  struct Slot {
    std::size_t at = 0, length = 0;  ///< with the comma or blank before it
  };

  /// Its owner's alone. Replaces what is there.
  static Result<std::unique_ptr<TapeFile>> make(std::string path, TapeTitle title);
  ~TapeFile();

  /// A body beside the file.
  bool keep_bodies(const SideBodies& beside);
  bool append(const std::string& entry, Slot& slot);
  bool replace(Slot& slot, const std::string& entry);
  /// It was not to be there.
  void blank(const Slot& slot);
  /// That entry stays: cheaper for all later ones.
  void settle(const Slot& slot);

  /// Nothing more comes but tidy().
  void rest();

  /// Takes a text that stands in the file and gives what is to stand there.
  using LastLook = std::function<std::string(const std::string&)>;
  /// The last step. `comment` is for people. False: it could not be written, and is as it was.
  bool tidy(const LastLook& look, const std::string& comment);

  const std::string& path() const { return path_; }
  /// `tape.bodies`
  std::string bodies_folder() const;
  std::size_t text_bytes() const { return end_; }
  std::size_t bodies_bytes() const { return bodies_bytes_; }

 private:
  TapeFile(std::string path, TapeTitle title) : path_(std::move(path)), title_(std::move(title)) {}
  bool put(const std::string& text, std::size_t at);
  void overwrite(std::string_view text, std::size_t at);
  struct Line {
    std::uint64_t number = 0;
    std::size_t at = 0;
  };
  std::vector<Line> lines_in_order() const;
  bool look_at_body(Json& holder, const LastLook& look, std::set<std::string>& used);

  const std::string path_;
  const TapeTitle title_;
  int out_ = -1;
  std::size_t end_ = 0;     ///< where the foot stands
  std::size_t length_ = 0;  ///< of the file; it ends in blanks where it was longer
  std::string last_{};      ///< the text before the foot, as far as put() wrote it last
  std::set<std::string> bodies_;
  std::size_t bodies_bytes_ = 0;
  /// Places of the entries that stand, as long as the first of them may go: then the next must lose its comma.
  std::set<std::size_t> standing_;
  bool has_settled_ = false;  ///< the first entry stays
};

/// With its bodies.
void remove_tape(const std::string& path);

}  // namespace casewire::recording
