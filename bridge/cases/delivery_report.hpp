#pragma once
// A mail server's word that a mail did not reach somebody (RFC 3464). It comes to the support address as a conversation of its own, which
// the AI keeps: the rep whose reply came back would never know (F52, F61). Pure.

#include <string>
#include <string_view>
#include <vector>

#include "bridge/opencx/session.hpp"

namespace casewire::bridge::cases {

/// What a server answers with is sent in the name of one of these (RFC 2142, RFC 5321 4.5.1; "mailer-daemon" by habit).
bool is_mail_server(std::string_view address);

/// By its subject: OpenCX tells no header of a mail (assumed).
bool is_delivery_report(const opencx::HistoryItem& message);

/// More addresses of one report are not looked at.
inline constexpr std::size_t kReportedMax = 20;
/// The addresses that the report names, lower case, in their order, each once; whom it is about is among them.
std::vector<std::string> addresses_named_in(std::string_view report);

/// For a rep: what came back, and the server's own words.
std::string text_of_report(const opencx::HistoryItem& report, std::string_view address);

}  // namespace casewire::bridge::cases
