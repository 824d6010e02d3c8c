#pragma once
// Which Salesforce org belongs to which org of a process: two bridges on one would each carry the other's replies.

#include <map>
#include <mutex>
#include <string>

namespace casewire::bridge {

/// Thread-safe.
class TakenOrgs {
 public:
  /// By the Salesforce id, of which the first 15 characters tell. Empty: `name` has it from now on, or had it; else whose it is.
  std::string take(const std::string& salesforce_org, const std::string& name) {
    const std::lock_guard lock(mutex_);
    const auto& holder = holders_.try_emplace(salesforce_org.substr(0, 15), name).first->second;
    return holder == name ? std::string() : holder;
  }
  void release(const std::string& name) {
    const std::lock_guard lock(mutex_);
    std::erase_if(holders_, [&](const auto& taken) { return taken.second == name; });
  }

 private:
  std::mutex mutex_;
  std::map<std::string, std::string> holders_;
};

}  // namespace casewire::bridge
