#pragma once
// Why a call or a job did not work, as far as the work queue has to treat it differently.

#include <optional>
#include <string>
#include <vector>

#include "base/http/message.hpp"
#include "base/http/transport.hpp"
#include "base/text/result.hpp"
#include "base/text/time.hpp"

namespace casewire::bridge {

struct Failure {
  enum class Kind {
    transient,  ///< the same call may work later
    org_wide,   ///< no call to this system works until something changes there: token, API limit, maintenance
    permanent,  ///< will not work until a person changes something
  };
  Kind kind = Kind::transient;
  std::string system;                         ///< "salesforce" or "opencx"
  std::string code{};                         ///< the vendor's, such as "UNABLE_TO_LOCK_ROW"; empty when there is none
  std::string message{};                      ///< the vendor's own words, cut; may quote field values (see log rule in log.hpp)
  std::optional<milliseconds> retry_after{};  ///< as the vendor asked
  bool may_have_acted = false;                ///< the answer was lost: look before repeating, after kLostAnswerSettles
  std::vector<std::string> fields{};          ///< Salesforce: the fields that the error names
  int status = 0;                             ///< of the HTTP answer; 0: there was none, or it was refused before it was made
  bool is_transport = false;                  ///< no answer at all: refused, reset, timed out
};
std::string_view name_of(Failure::Kind kind);

/// A call whose answer was lost may still be under way, and what it did need not show at once (OpenCX's reads lag its writes by up to
/// 2 s). Who looks sooner sees nothing, repeats it, and does it twice.
inline constexpr milliseconds kLostAnswerSettles{5'000};

template <class T>
using Outcome = Result<T, Failure>;

Failure failure_of(std::string system, const http::TransportError& error);
/// Nothing, or no whole request, went out, for the permit had ended.
bool was_not_permitted(const Result<http::Response, http::TransportError>& response, const http::Permit* permit);
/// The lease of the job ended before the call was made. It says nothing of the vendor, and was not done.
Failure not_permitted(std::string system);
/// The Retry-After header in seconds (RFC 9110, 10.2.3), at most one day. The date form is ignored: neither vendor is known to send it.
std::optional<milliseconds> retry_after_of(const http::Response& response);
/// "salesforce UNABLE_TO_LOCK_ROW: unable to obtain exclusive access to this record"
std::string text_of(const Failure& failure);

}  // namespace casewire::bridge
