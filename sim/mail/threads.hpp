#pragma once
// How a mail client sorts mails into threads: by In-Reply-To and References, never by subject alone.

#include <map>
#include <string>
#include <vector>

namespace casewire::sim::mail {

/// What ties a mail to others.
struct Ties {
  const std::string& message_id;
  const std::string& in_reply_to;
  const std::vector<std::string>& references;
};

/// The threads of one mailbox.
class Threads {
 public:
  /// The root message id of the mail's thread. The mail is known from here on.
  std::string add(const Ties& mail);

 private:
  std::string root_of(const Ties& mail) const;

  std::map<std::string, std::string, std::less<>> roots_;  ///< by message id
  std::size_t count_ = 0;
};

}  // namespace casewire::sim::mail
