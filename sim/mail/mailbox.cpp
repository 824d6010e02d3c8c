#include "sim/mail/mailbox.hpp"

#include <algorithm>

namespace casewire::sim::mail {

void Mailbox::receive(const Message& message, WallTime at) { keep(message, at, Folder::inbox); }
void Mailbox::sent(const Message& message, WallTime at) { keep(message, at, Folder::sent); }
std::vector<Received> Mailbox::received() const { return in(Folder::inbox); }
std::vector<Received> Mailbox::sent() const { return in(Folder::sent); }

void Mailbox::keep(const Message& message, WallTime at, Folder folder) {
  const std::scoped_lock lock{mutex_};
  const bool is_repetition = !message.message_id.empty() && std::any_of(kept_.begin(), kept_.end(), [&](const Kept& known) {
    const Message& other = known.mail.message;
    return known.folder == folder && other.message_id == message.message_id && other.subject == message.subject &&
           other.text == message.text && other.attachments.size() == message.attachments.size();
  });
  if (is_repetition) return;
  std::string thread = threads_.add({message.message_id, message.in_reply_to, message.references});
  kept_.push_back({{message, at, std::move(thread)}, folder});
}

std::vector<Received> Mailbox::in(Folder folder) const {
  const std::scoped_lock lock{mutex_};
  std::vector<Received> mails;
  for (const auto& kept : kept_) {
    if (kept.folder == folder) mails.push_back(kept.mail);
  }
  return mails;
}

std::optional<Received> Mailbox::newest_in(std::string_view thread) const {
  const std::scoped_lock lock{mutex_};
  for (auto kept = kept_.rbegin(); kept != kept_.rend(); ++kept) {
    if (kept->mail.thread == thread) return kept->mail;
  }
  return std::nullopt;
}

}  // namespace casewire::sim::mail
