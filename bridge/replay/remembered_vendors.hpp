#pragma once
// The two vendors as a store remembers them: the sessions, messages, Cases, comments and replies that its links and its ledger name, without a word of
// their texts. They answer the questions of the bridge's jobs. Whatever would change something is noted and not done.
//
// What a store does not remember is not there: who wrote a message, what a person changed since, other people's Cases. Comments bear the marks that
// released versions have written, whatever this one would write.

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/http/transport.hpp"
#include "base/text/json.hpp"
#include "bridge/config.hpp"
#include "bridge/store/store.hpp"

namespace casewire::bridge {

/// One thread at a time.
class RememberedVendors final : public http::Transport {
 public:
  /// `links`: all of the store's. Both outlive it.
  RememberedVendors(Store& store, const std::vector<Link>& links);

  /// Leads here, with what the store tells of the settings: which kinds of rows were sent.
  Config config() const;

  /// May throw StoreFailure.
  Result<http::Response, http::TransportError> send(const http::Request& request, http::Deadline deadline) override;
  /// The calls since the last time that would have changed something, in words.
  std::vector<std::string> take_writes();

 private:
  Result<http::Response, http::TransportError> opencx(const http::Request& request);
  Result<http::Response, http::TransportError> salesforce(const http::Request& request);
  Result<http::Response, http::TransportError> refuse(std::string what);
  Json session(const std::string& id);
  Json history(const std::string& session_id);
  Json rows(std::string_view soql);
  Json case_row(const std::string& case_id);
  Json marked_comments(const std::string& case_id);
  /// Rows of that kind, by the beginning of their ids, that went out from the Case or were to.
  Json reply_rows(const std::string& case_id, std::string_view prefix);
  std::set<std::string> cases_named(std::string_view soql);

  Store& store_;
  std::map<std::string, std::set<std::string>, std::less<>> cases_of_;  ///< by the contact's address
  std::vector<std::string> writes_{};
};

}  // namespace casewire::bridge
