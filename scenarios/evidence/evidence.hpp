#pragma once
// What a customer's material says: recordings, mails, exports and histories, read into the journal's own kinds of events, each with
// the place where it stands. Nothing here is judged yet, and nothing is invented: what is guessed is listed.

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/text/json.hpp"
#include "base/text/time.hpp"
#include "scenarios/evidence/recordings.hpp"
#include "scenarios/evidence/table.hpp"
#include "scenarios/evidence/testimony.hpp"
#include "sim/world/entry.hpp"

namespace casewire::scenarios {

/// Stands for the id of a user whom the material does not name.
inline constexpr const char* kSomebody = "somebody";

/// "tape.har", "entry 42"
struct Origin {
  std::string file, place;
  std::string text() const { return place.empty() ? file : file + " " + place; }
};

/// Something that happened.
struct Clue {
  WallTime at{};
  Origin origin{};
  sim::Occurrence event{};
};

/// A row of the org as far as the material shows it, whoever wrote it.
struct OrgRow {
  std::string object;
  Json fields = Json::object();  ///< the newest value of each
  WallTime created{};            ///< the epoch: not told
  std::string created_by{};      ///< a user's id
  bool is_by_bridge = false;     ///< the recording shows the call that made it
  std::string content_sha256{};  ///< of a ContentVersion whose bytes are there
  std::uint64_t content_bytes = 0;
  std::optional<bool> seen_closed{};  ///< of a Case that was read again and again: what it was last
  Origin origin{};
};

/// What a call got from an address of OpenCX.
struct FetchedFile {
  std::string sha256;
  std::uint64_t bytes = 0;
};

/// A session tells why it was handed off, and not when.
struct Summary {
  std::string text;
  WallTime known_at{};
  Origin origin{};
};

/// A history that does not say of which session it is.
struct HomelessHistory {
  Json items;
  bool is_end = true;  ///< no page follows
};

class Evidence {
 public:
  std::vector<Clue> clues;
  std::map<std::string, OrgRow> rows;                     ///< by id of 18 characters
  std::map<std::string, std::string> contact_of_session;  ///< address, lower case
  std::map<std::string, Summary> summary_of_session;
  std::map<std::string, std::string> names;  ///< of people, by address or user id
  std::map<std::string, std::string> files;  ///< bytes, by SHA-256
  std::map<std::array<std::string, 3>, std::string>
      address_of_file;                                        ///< a path at OpenCX, by session, message and the file's name
  std::map<std::string, FetchedFile> fetched;                 ///< by that path; without a digest: nobody did
  std::map<std::string, std::string> session_of_case;         ///< as the bridge's log has it
  std::map<std::string, HomelessHistory> homeless_histories;  ///< by file
  std::vector<Table> local_tables;                            ///< whose times do not say their zone
  std::set<std::string> guessed_letters;                      ///< files that do not say how their letters are written
  std::set<std::string> without_seconds;                      ///< files whose times are whole minutes
  std::vector<std::string> complaints;                        ///< of the bridge itself, in its log
  Recordings recordings;                                      ///< whose exchanges have been read
  std::vector<std::string> mails;                             ///< as they came
  std::map<std::string, std::string> tickets;                 ///< what somebody wrote about it all, by file
  std::vector<std::string> read;                              ///< what each file was and how much of it could be read
  std::vector<std::string> unused;                            ///< what could not, with its place and the reason
  std::vector<std::string> guesses;                           ///< what the material does not say
  bool has_calls = false;                                     ///< recordings show what the bridge asked
  bool is_in_doubt = false;                                   ///< a write was never answered: what it did is not known
  Testimony testimony;                                        ///< how far what is not there can be relied on
  std::set<std::string> automatic_mails;                      ///< Message-IDs of what no person wrote
  std::map<std::string, std::map<std::string, std::size_t>>
      writers;  ///< how many calls changed a system, by it and the program that made them (User-Agent)

  /// What the material says of a row; what is already known of it stays when `fields` does not tell. On which Case it stood first
  /// stays too: merging moves it.
  OrgRow& row(std::string_view object, std::string_view id, const Json& fields, const Origin& origin);
  /// A message or event of a session, once, however often it was read.
  void say(WallTime at, const Origin& origin, sim::SessionEvent event);
  void guess(std::string guess);
  /// A file's bytes, for a scenario that may need them; past kFileBytesMax in all, a file is known by its digest alone.
  void keep_file(const std::string& sha256, std::string_view bytes);

  static constexpr std::size_t kFileBytesMax = 64u << 20;

 private:
  std::set<std::string> said_;  ///< session and id
  std::set<std::string> guessed_;
  std::size_t file_bytes_ = 0;  ///< of all that were kept
};

/// An id of Salesforce as it is compared: 18 characters. Source: "How to convert 15 character Id to 18 character Id" (help.salesforce.com).
std::string eighteen(std::string_view id);
/// In any of the spellings of the vendors and their exports.
std::optional<WallTime> time_from(std::string_view text);

}  // namespace casewire::scenarios
