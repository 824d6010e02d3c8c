#include "scenarios/evidence/same_files.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <utility>

#include "base/text/strings.hpp"

namespace casewire::scenarios {
namespace {

class SameFiles {
 public:
  explicit SameFiles(Evidence& evidence) : evidence_(evidence) {}

  bool identify() {
    each([&](sim::FileSeen& file, const sim::SessionEvent* said) {
      if (file.sha256.empty() && said != nullptr) take_from_address(file, *said);
      if (!file.sha256.empty()) known_.try_emplace(looks_of(file), file.sha256);
    });
    each([&](sim::FileSeen& file, const sim::SessionEvent*) {
      if (file.sha256.empty()) ++unknown_[looks_of(file)];
    });
    each([&](sim::FileSeen& file, const sim::SessionEvent*) {
      if (!file.sha256.empty()) return;
      const Looks looks = looks_of(file);
      const auto known = known_.find(looks);
      file.sha256 = known != known_.end() ? known->second : looks.second + " of " + std::to_string(looks.first) + " bytes";
      if (known == known_.end() && unknown_.at(looks) == 1) return;
      is_guessed_ = true;
      evidence_.guess("that " + file.name + " is one file wherever it has " + std::to_string(file.bytes) +
                      " bytes: the bytes are not everywhere in the material");
    });
    return is_guessed_;
  }

 private:
  using Looks = std::pair<std::uint64_t, std::string>;
  static Looks looks_of(const sim::FileSeen& file) { return {file.bytes, bare_file_name(file.name)}; }

  void each(const std::function<void(sim::FileSeen&, const sim::SessionEvent*)>& what) {
    for (Clue& clue : evidence_.clues) {
      if (auto* said = std::get_if<sim::SessionEvent>(&clue.event)) {
        for (sim::FileSeen& file : said->attachments) what(file, said);
      } else if (auto* mail = std::get_if<sim::MailPassage>(&clue.event)) {
        for (sim::FileSeen& file : mail->attachments) what(file, nullptr);
      } else if (auto* change = std::get_if<sim::RecordChange>(&clue.event); change != nullptr && change->content) {
        what(*change->content, nullptr);
      }
    }
  }

  void take_from_address(sim::FileSeen& file, const sim::SessionEvent& said) const {
    const auto address = evidence_.address_of_file.find({said.session, said.message_id, file.name});
    const auto fetched =
        address == evidence_.address_of_file.end() ? evidence_.fetched.end() : evidence_.fetched.find(address->second);
    if (fetched == evidence_.fetched.end() || fetched->second.sha256.empty()) return;
    file.sha256 = fetched->second.sha256;
    file.bytes = fetched->second.bytes;
  }

  Evidence& evidence_;
  std::map<Looks, std::string> known_;    ///< digest, by size and name
  std::map<Looks, std::size_t> unknown_;  ///< how many have none
  bool is_guessed_ = false;
};

}  // namespace

std::string bare_file_name(const std::string& name) { return lowercase(name.substr(name.find_last_of("/\\") + 1)); }

bool identify_files(Evidence& evidence) { return SameFiles(evidence).identify(); }

}  // namespace casewire::scenarios
