#pragma once
// A rep's reply on its way to the customer: in her thread, once, with its files. Every send is in the ledger before it begins, and is
// looked for in the session's history when its answer was lost.

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "bridge/reconcile/context.hpp"
#include "bridge/replies/pictures.hpp"
#include "bridge/replies/selection.hpp"
#include "bridge/replies/text.hpp"

namespace casewire::bridge {

/// For one run of a Case's job.
class ReplyDelivery {
 public:
  /// `links` are the Case's; not empty.
  ReplyDelivery(const Context& context, const Job& job, std::vector<Link> links);

  /// Sends the row with its files, unless that was done or it says nothing.
  Stopped deliver(const replies::Row& row);
  /// Sends the files that a reply announced and that were not there when it went out (F53), in a message of their own.
  Stopped deliver_late_files(const replies::Row& row);
  /// Some announced files may still come.
  bool is_waiting_for_files() const { return is_waiting_for_files_; }

 private:
  struct Parcel {
    std::string text;
    std::vector<opencx::FileToSend> files{};
    bool announces_files = false;
    bool says_something() const;
  };
  using Fill = std::function<Stopped(Parcel&)>;

  /// `session_id` empty: to the one that the contact wrote to last.
  Stopped send_once(const std::string& key, const replies::Row& row, const std::string& session_id, const Fill& fill);
  Outcome<bool> was_sent(const LedgerEntry& begun);
  Stopped send(const std::string& key, const replies::Row& row, const std::string& session_id, Parcel parcel);
  void end_unsent(const std::string& key, const replies::Row& row);
  Stopped fill(const replies::Row& row, Parcel& parcel);
  Stopped read_shown(const replies::Pictures& pictures, std::vector<replies::FileOnCase>& files) const;
  Stopped pack(const std::vector<replies::FileOnCase>& files, replies::Lacking lacking, Parcel& parcel);
  Outcome<std::string> receiving_session(const replies::Row& row);

  const Context& context_;
  const Job& job_;
  std::vector<Link> links_;
  std::map<std::set<std::string>, std::string> receivers_{};  ///< of those sessions, who was spoken to last
  std::string spoken_in_{};                                   ///< the session that this run has sent into
  std::vector<std::string> kept_by_the_ai_{};                 ///< of several sessions, those that no person is in
  bool is_waiting_for_files_ = false;
};

}  // namespace casewire::bridge
