#include "bridge/store/memory_store.hpp"

#include <algorithm>
#include <set>

namespace casewire::bridge {

MemoryStore::MemoryStore(const MemoryStore& other) { *this = other; }

MemoryStore& MemoryStore::operator=(const MemoryStore& other) {
  if (this == &other) return *this;
  const std::scoped_lock lock(mutex_, other.mutex_);
  last_fence_ = other.last_fence_;
  jobs_ = other.jobs_;
  links_ = other.links_;
  ledger_ = other.ledger_;
  marks_ = other.marks_;
  return *this;
}

std::string MemoryStore::home_of(const std::string& subject) const {
  const std::string_view id = std::string_view(subject).substr(subject.find(':') + 1);
  const bool is_session = subject.starts_with("session:"), is_case = subject.starts_with("case:");
  const auto link = std::find_if(links_.begin(), links_.end(), [&](const auto& numbered) {
    return (is_session && numbered.second.session_id == id) || (is_case && numbered.second.case_id == id);
  });
  return link == links_.end() ? subject : link->second.conversation;
}

void MemoryStore::apply(const Hint& hint, WallTime at) {
  const auto [found, is_new] = jobs_.try_emplace(hint.subject);
  Job& job = found->second.job;
  if (is_new) {
    job.subject = hint.subject;
    job.conversation = hint.conversation.empty() ? home_of(hint.subject) : hint.conversation;
    job.due = at;
  } else {
    if (!hint.conversation.empty()) job.conversation = hint.conversation;
    ++job.revision;
    if (job.parked) {
      job.parked = false;
      job.attempts = 0;
      job.failing_since.reset();
    }
    if (job.attempts == 0) job.due = std::min(job.due, at);
  }
  if (!hint.traceparent.empty()) job.traceparent = hint.traceparent;
}

MemoryStore::Row* MemoryStore::held_under(const Lease& lease, WallTime now) {
  const auto found = jobs_.find(lease.subject);
  if (found == jobs_.end() || lease.fence == 0) return nullptr;
  Row& row = found->second;
  return row.fence == lease.fence && row.lease_until > now ? &row : nullptr;
}

void MemoryStore::apply(const JobOutcome& outcome, const std::string& subject, WallTime at) {
  using Kind = JobOutcome::Kind;
  const auto found = jobs_.find(subject);
  Row& row = found->second;
  const bool is_hinted_since = row.job.revision != outcome.revision;
  if (outcome.kind == Kind::finished && !is_hinted_since) {
    jobs_.erase(found);
    return;
  }
  row.lease_owner = outcome.rest_until ? kNobody : std::string_view{};
  row.lease_until = outcome.rest_until.value_or(WallTime{});
  row.fence = 0;
  if (!outcome.conversation.empty()) row.job.conversation = outcome.conversation;
  row.job.problem = outcome.problem;
  switch (outcome.kind) {
    case Kind::finished:
    case Kind::again:
      row.job.due = is_hinted_since ? at : outcome.due;
      row.job.attempts = 0;
      row.job.failing_since.reset();
      break;
    case Kind::failed:
    case Kind::parked:
      row.job.due = outcome.due;
      row.job.attempts = outcome.attempts;
      row.job.failing_since = outcome.failing_since;
      row.job.parked = outcome.kind == Kind::parked;
      break;
    case Kind::held: row.job.due = outcome.due; break;
  }
}

void MemoryStore::commit(const Changes& changes) {
  const std::lock_guard lock(mutex_);
  if (changes.under && held_under(*changes.under, changes.at) == nullptr) {
    throw LeaseLost("the lease of " + changes.under->subject + " has ended");
  }
  for (const auto& hint : changes.hints) apply(hint, changes.at);
  for (const auto& entry : changes.ledger) ledger_[entry.key] = entry;
  for (const auto& link : changes.links) links_[{link.session_id, link.number}] = link;
  for (const auto& mark : changes.marks) marks_[mark.name] = mark;
  if (changes.forget_marks_before) {
    std::erase_if(marks_, [&](const auto& named) { return named.second.at && *named.second.at < *changes.forget_marks_before; });
  }
  for (const auto& subject : changes.dropped) {
    const auto found = jobs_.find(subject);
    if (found != jobs_.end() && found->second.job.parked) jobs_.erase(found);
  }
  if (changes.outcome && changes.under) apply(*changes.outcome, changes.under->subject, changes.at);
}

Claim MemoryStore::claim(const ClaimRequest& request) {
  const std::lock_guard lock(mutex_);
  std::map<std::string_view, WallTime> leased_until;
  for (const auto& [subject, row] : jobs_) {
    if (!row.is_leased(request.now)) continue;
    auto& until = leased_until[row.job.conversation];
    until = std::max(until, row.lease_until);
  }
  Row* best = nullptr;
  std::optional<WallTime> next;
  for (auto& [subject, row] : jobs_) {
    if (row.job.parked) continue;
    auto claimable_at = row.job.due;
    if (const auto lease = leased_until.find(row.job.conversation); lease != leased_until.end()) {
      claimable_at = std::max(claimable_at, lease->second);
    }
    if (claimable_at <= request.now) {
      if (best == nullptr || row.job.due < best->job.due) best = &row;
    } else if (!next || claimable_at < *next) {
      next = claimable_at;
    }
  }
  if (best == nullptr) return {.job = {}, .lease = {}, .next = next};
  best->lease_owner = request.owner;
  best->lease_until = request.lease_until;
  best->fence = ++last_fence_;
  return {.job = best->job, .lease = {best->job.subject, best->fence}, .next = {}};
}

void MemoryStore::renew(const std::vector<Lease>& leases, WallTime now, WallTime lease_until) {
  const std::lock_guard lock(mutex_);
  for (const auto& lease : leases) {
    if (Row* row = held_under(lease, now)) row->lease_until = std::max(row->lease_until, lease_until);
  }
}

bool MemoryStore::hold(std::string_view name, std::string_view owner, WallTime now, WallTime until) {
  const std::lock_guard lock(mutex_);
  const auto [held, is_new] = marks_.try_emplace(hold_mark(name));
  Mark& mark = held->second;
  if (!is_new && mark.value != owner && mark.at && *mark.at > now) return false;
  mark = {hold_mark(name), std::string(owner), until};
  return true;
}

bool MemoryStore::spend(std::string_view name, WallTime now, milliseconds cost, milliseconds most) {
  const std::lock_guard lock(mutex_);
  const auto known = marks_.find(spent_mark(name));
  const auto full_at = std::max(known == marks_.end() ? now : known->second.at.value_or(now), now) + cost;
  if (full_at > now + most) return false;
  marks_[spent_mark(name)] = {spent_mark(name), {}, full_at};
  return true;
}

void MemoryStore::release_leases(std::string_view owner, WallTime rest_until) {
  const std::lock_guard lock(mutex_);
  for (auto& [subject, row] : jobs_) {
    if (row.lease_owner != owner) continue;
    row.lease_owner = kNobody;
    row.lease_until = rest_until;
    row.fence = 0;
  }
}

std::optional<Job> MemoryStore::job(std::string_view subject) {
  const std::lock_guard lock(mutex_);
  const auto found = jobs_.find(subject);
  if (found == jobs_.end()) return std::nullopt;
  return found->second.job;
}

JobCounts MemoryStore::count_jobs(WallTime now) {
  const std::lock_guard lock(mutex_);
  std::set<std::string_view> resting;
  for (const auto& [subject, row] : jobs_) {
    if (row.lease_owner == kNobody && row.is_leased(now)) resting.insert(row.job.conversation);
  }
  JobCounts counts;
  for (const auto& [subject, row] : jobs_) {
    const bool is_due = row.job.due <= now && !resting.contains(row.job.conversation);
    auto& count = row.job.parked ? counts.parked : is_due ? counts.due : counts.waiting;
    ++count;
    if (!row.job.parked) counts.oldest_due = std::min(counts.oldest_due.value_or(row.job.due), row.job.due);
    if (row.job.parked || !row.job.failing_since) continue;
    counts.failing_since = std::min(counts.failing_since.value_or(*row.job.failing_since), *row.job.failing_since);
  }
  return counts;
}

std::vector<Job> MemoryStore::parked_jobs(std::size_t limit) {
  const std::lock_guard lock(mutex_);
  std::vector<Job> parked;
  for (const auto& [subject, row] : jobs_) {
    if (row.job.parked && parked.size() < limit) parked.push_back(row.job);
  }
  return parked;
}

std::vector<Link> MemoryStore::links_of_session(std::string_view session_id) {
  const std::lock_guard lock(mutex_);
  std::vector<Link> links;
  for (const auto& [key, link] : links_) {
    if (link.session_id == session_id) links.push_back(link);
  }
  return links;
}

std::vector<Link> MemoryStore::links_of_case(std::string_view case_id) {
  const std::lock_guard lock(mutex_);
  std::vector<Link> links;
  for (const auto& [key, link] : links_) {
    if (link.case_id == case_id) links.push_back(link);
  }
  return links;
}

std::optional<LedgerEntry> MemoryStore::ledger_entry(std::string_view key) {
  const std::lock_guard lock(mutex_);
  const auto found = ledger_.find(key);
  if (found == ledger_.end()) return std::nullopt;
  return found->second;
}

std::vector<LedgerEntry> MemoryStore::ledger_about(std::string_view about) {
  const std::lock_guard lock(mutex_);
  std::vector<LedgerEntry> entries;
  for (const auto& [key, entry] : ledger_) {
    if (entry.about == about) entries.push_back(entry);
  }
  return entries;
}

std::optional<std::string> MemoryStore::mark(std::string_view name) {
  const std::lock_guard lock(mutex_);
  const auto found = marks_.find(name);
  if (found == marks_.end()) return std::nullopt;
  return found->second.value;
}

bool MemoryStore::tend(WallTime /*now*/, std::optional<WallTime> forget_before) {
  const std::lock_guard lock(mutex_);
  if (forget_before) {
    std::erase_if(ledger_, [&](const auto& named) { return named.second.done && named.second.begun_at < *forget_before; });
  }
  return false;
}

}  // namespace casewire::bridge
