#pragma once
// People's mailboxes, threaded as mail clients do it (threads.hpp).

#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text/time.hpp"
#include "sim/mail/message.hpp"
#include "sim/mail/threads.hpp"

namespace casewire::sim::mail {

struct Received {
  Message message;
  WallTime at{};
  std::string thread;  ///< the root message id of its thread in this mailbox
};

/// Thread-safe. Sent mails are kept too: they are what answers thread with. A mail that comes again, equal in Message-ID and
/// content, is shown once, as mail clients do.
class Mailbox {
 public:
  void receive(const Message& message, WallTime at);
  void sent(const Message& message, WallTime at);
  std::vector<Received> received() const;
  std::vector<Received> sent() const;
  /// The newest mail of a thread, sent or received; nullopt when the thread is unknown.
  std::optional<Received> newest_in(std::string_view thread) const;

 private:
  enum class Folder { inbox, sent };
  struct Kept {
    Received mail;
    Folder folder;
  };
  void keep(const Message& message, WallTime at, Folder folder);
  std::vector<Received> in(Folder folder) const;

  mutable std::mutex mutex_;
  std::vector<Kept> kept_;  // in the order they came
  Threads threads_;
};

}  // namespace casewire::sim::mail
