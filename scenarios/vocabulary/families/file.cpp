// Files that a scenario makes on the spot.

#include "scenarios/language/sentence.hpp"
#include "scenarios/runner/stage.hpp"
#include "scenarios/vocabulary/generated_file.hpp"

namespace casewire::scenarios {
namespace {

Played make_file(Stage& stage, const Action& action) {
  const std::string name = action.text("newfile");
  stage.make_file(name, [name, bytes = action.size()] { return generated_file(name, bytes); });
  return {};
}

}  // namespace

Family file_sentences() {
  return {
      Group::staging,
      "Files",
      {
          {"a file {newfile} of {size}",
           R"(a file "scan.pdf" of 5 MB)",
           "A file that no fixture holds, for sentences that name a file. Its first bytes are those of its kind (pdf, png, jpg, txt, csv); "
           "1 KB is 1024 bytes",
           {.introduces = {"newfile"}},
           make_file},
      }};
}

}  // namespace casewire::scenarios
