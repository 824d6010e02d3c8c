#include "scenarios/evidence/testimony.hpp"

#include <algorithm>

#include "base/text/strings.hpp"

namespace casewire::scenarios {
void Testimony::gives_row(const std::string& object, const std::string& id, WallTime newest) {
  Export& given = exports_[object];
  given.ids.insert(id);
  given.until = std::max(given.until, newest);
}

void Testimony::lacks_rows(const std::string& object, const std::string& why) {
  if (object.empty()) {
    files_.push_back(why);
  } else {
    exports_[object].gaps.push_back(why);
  }
}

void Testimony::counts_rows(const std::string& object, std::size_t total, const std::string& why) {
  Export& given = exports_[object];
  if (total <= given.total) return;
  given.total = total;
  given.why_total = why;
}

void Testimony::lacks_text_of_case(const std::string& why) { texts_.push_back(why); }

void Testimony::gives_history(const std::string& session, bool is_end, const std::string& file) {
  Given& given = histories_[session];
  given.has_end = given.has_end || is_end;
  given.file = file;
}

void Testimony::lacks_history(const std::string& session, const std::string& why) { histories_[session].gaps.push_back(why); }

void Testimony::gives_mail(const std::string& address, WallTime when) {
  WallTime& until = mailboxes_[lowercase(address)];
  until = std::max(until, when);
}

void Testimony::lacks_mail(const std::string& why) { mails_.push_back(why); }

void Testimony::lacks_file(const std::string& why) {
  files_.push_back(why);
  mails_.push_back(why);
}

std::string Testimony::gap_of_rows(const std::string& object) const {
  const auto given = exports_.find(object);
  if (given != exports_.end() && !given->second.gaps.empty()) return given->second.gaps.front();
  return files_.empty() ? std::string() : files_.front();
}

std::string Testimony::doubt_of_rows(const std::string& object, WallTime when) const {
  const auto given = exports_.find(object);
  if (given == exports_.end() || given->second.ids.empty()) return "an export of Salesforce would show all there are";
  const Export& all = given->second;
  if (!all.gaps.empty()) return all.gaps.front();
  if (all.ids.size() < all.total) return all.why_total;
  if (!files_.empty()) return files_.front();
  if (when != WallTime{} && all.until <= when)
    return "the newest row of " + object + " is of " + iso8601(all.until) + ", and nothing shows that they were exported after " +
           iso8601(when);
  return {};
}

std::string Testimony::holes_of_history(const std::string& session) const {
  for (const std::string& one : {std::string(), session}) {
    const auto given = histories_.find(one);
    if (given != histories_.end() && !given->second.gaps.empty()) return given->second.gaps.front();
  }
  return {};
}

std::string Testimony::doubt_of_history(const std::string& session) const {
  if (std::string hole = holes_of_history(session); !hole.empty()) return hole;
  const auto given = histories_.find(session);
  if (given == histories_.end() || given->second.file.empty())
    return "a history of OpenCX would show all that was said, and none of session " + session + " is in it";
  return given->second.has_end ? std::string() : given->second.file + " says itself that its history goes on";
}

std::string Testimony::doubt_of_mailbox(const std::string& address, WallTime when) const {
  const auto until = mailboxes_.find(lowercase(address));
  if (until == mailboxes_.end()) return "her mailbox would show all that she got, and no mail that she received is in it";
  if (!mails_.empty()) return mails_.front();
  if (until->second <= when)
    return "her mailbox would show all that she got, and the last mail that she received in it is of " + iso8601(until->second);
  return {};
}

bool Testimony::is_exported(const std::string& object, const std::string& id) const {
  const auto given = exports_.find(object);
  return given != exports_.end() && given->second.ids.contains(id);
}

}  // namespace casewire::scenarios
