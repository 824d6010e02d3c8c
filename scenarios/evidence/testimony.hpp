#pragma once
// How far the material can be relied on for what is NOT in it: of each object of Salesforce, each session and each mailbox whether all of it was given
// out, what is known to be missing, and until when it reaches. Readers tell it; whoever judges asks here and nowhere else.
//
// Every question is answered by a doubt: why the material does not prove it, in words that end a sentence; empty: it proves it.

#include <chrono>
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/text/time.hpp"

namespace casewire::scenarios {

class Testimony {
 public:
  // ---- told by whoever reads

  /// A row of an export, and the newest time in it.
  void gives_row(const std::string& object, const std::string& id, WallTime newest);
  /// A row of that object that was left out, or of which a part was; `object` empty: nobody knows of which.
  void lacks_rows(const std::string& object, const std::string& why);
  /// The export of the object says that it has `total` rows in all.
  void counts_rows(const std::string& object, std::size_t total, const std::string& why);
  /// A row stands on some Case and is of an object that is not read: what it says may be what is missed elsewhere.
  void lacks_text_of_case(const std::string& why);
  /// A history as OpenCX gives it out; `is_end`: no page follows.
  void gives_history(const std::string& session, bool is_end, const std::string& file);
  /// An item of it that was left out; `session` empty: nobody knows of which.
  void lacks_history(const std::string& session, const std::string& why);
  /// A mail as somebody's mailbox has it, who is not its sender.
  void gives_mail(const std::string& address, WallTime when);
  /// A mail that could not be used: it may be the one that is missed.
  void lacks_mail(const std::string& why);
  /// A file of which nobody knows what it is.
  void lacks_file(const std::string& why);

  // ---- asked by whoever judges

  /// All rows of that object up to `when` are there.
  std::string doubt_of_rows(const std::string& object, WallTime when) const;
  /// The rows that are there are all, whenever it was.
  std::string doubt_of_rows(const std::string& object) const { return doubt_of_rows(object, WallTime{}); }
  /// What is known to be left out of them; empty: nothing.
  std::string gap_of_rows(const std::string& object) const;
  /// What other objects that are not read could say on a Case.
  std::string doubt_of_texts() const { return texts_.empty() ? std::string() : texts_.front(); }
  /// All of that session's history is there.
  std::string doubt_of_history(const std::string& session) const;
  /// Nothing is left out between what is there of that session's history.
  std::string holes_of_history(const std::string& session) const;
  /// All that she received up to `when` is there.
  std::string doubt_of_mailbox(const std::string& address, WallTime when) const;
  /// What was sent to her at `when` has come by then, or does not come any more: a bridge may take so long until it looks again by itself.
  std::string doubt_of_arrival(const std::string& address, WallTime when) const {
    return doubt_of_mailbox(address, when + std::chrono::minutes(15));
  }
  /// Salesforce itself gave out that row, with all columns of its table: what it lacks nobody asked for.
  bool is_exported(const std::string& object, const std::string& id) const;
  bool has_mail_of(const std::string& address) const { return mailboxes_.contains(address); }

 private:
  struct Export {
    std::set<std::string> ids;
    WallTime until{};
    std::vector<std::string> gaps;
    std::size_t total = 0;  ///< as it says itself
    std::string why_total;
  };
  struct Given {
    bool has_end = false;
    std::string file;
    std::vector<std::string> gaps;
  };
  std::map<std::string, Export> exports_;      ///< by object
  std::map<std::string, Given> histories_;     ///< by session
  std::map<std::string, WallTime> mailboxes_;  ///< how far each reaches, by address in lower case
  std::vector<std::string> mails_, texts_, files_;
};

}  // namespace casewire::scenarios
