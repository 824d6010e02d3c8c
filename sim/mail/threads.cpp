#include "sim/mail/threads.hpp"

namespace casewire::sim::mail {

std::string Threads::add(const Ties& mail) {
  ++count_;
  std::string root = root_of(mail);
  if (!mail.message_id.empty()) roots_.emplace(mail.message_id, root);
  return root;
}

std::string Threads::root_of(const Ties& mail) const {
  const auto known = [&](const std::string& id) -> const std::string* {
    const auto found = roots_.find(id);
    return found == roots_.end() ? nullptr : &found->second;
  };
  if (const auto* root = known(mail.in_reply_to)) return *root;
  for (auto id = mail.references.rbegin(); id != mail.references.rend(); ++id) {
    if (const auto* root = known(*id)) return *root;
  }
  // What it answers has never been here: those who answer the same unseen mail still belong together.
  if (!mail.references.empty()) return mail.references.front();
  if (!mail.in_reply_to.empty()) return mail.in_reply_to;
  if (!mail.message_id.empty()) return mail.message_id;
  return "without-message-id-" + std::to_string(count_);
}

}  // namespace casewire::sim::mail
