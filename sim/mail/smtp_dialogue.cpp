#include "sim/mail/smtp_dialogue.hpp"

#include <algorithm>
#include <charconv>

#include "base/text/strings.hpp"
#include "sim/mail/addresses.hpp"

namespace casewire::sim::mail {
namespace {

constexpr std::size_t kCommandBytesMax = 1024;  // RFC 5321 4.5.3.1.4 asks for 512, extensions for more
constexpr std::size_t kMistakesMax = 10;

std::string_view argument_of(std::string_view line) {
  const auto blank = line.find(' ');
  return blank == std::string_view::npos ? std::string_view{} : trimmed(line.substr(blank + 1));
}

bool is_visible_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 127; });
}

/// `local@domain`; the local part may be a quoted string with blanks (RFC 5321 4.1.2).
bool is_mailbox(std::string_view address) {
  const auto at = address.rfind('@');
  if (at == std::string_view::npos || at == 0 || at + 1 >= address.size() || address.size() > 254) return false;
  const auto local = address.substr(0, at);
  if (!is_visible_ascii(address.substr(at)) || address.substr(at).find_first_of("<>\"") != std::string_view::npos) return false;
  if (!local.starts_with('"')) return is_visible_ascii(local) && local.find_first_of("<>\"@") == std::string_view::npos;
  if (local.size() < 3 || !local.ends_with('"')) return false;
  for (std::size_t i = 1; i + 1 < local.size(); ++i) {
    if (local[i] == '\\' && i + 2 < local.size()) {
      ++i;
    } else if (local[i] == '"' || local[i] < ' ' || local[i] == 127) {
      return false;
    }
  }
  return true;
}

/// Where the path that begins with "<" ends: a ">" in a quoted local part is a letter of it.
std::size_t end_of_path(std::string_view path) {
  bool in_quotes = false;
  for (std::size_t at = 0; at < path.size(); ++at) {
    if (path[at] == '\\' && in_quotes) {
      ++at;
    } else if (path[at] == '"') {
      in_quotes = !in_quotes;
    } else if (path[at] == '>' && !in_quotes) {
      return at;
    }
  }
  return std::string_view::npos;
}

struct Path {
  std::string_view address;     // between the angle brackets
  std::string_view parameters;  // behind them
};
/// `FROM:<a@b> SIZE=3` with the keyword "FROM:".
std::optional<Path> path_after(std::string_view keyword, std::string_view arguments) {
  if (!equals_ignoring_case(arguments.substr(0, keyword.size()), keyword)) return std::nullopt;
  const auto path = trimmed(arguments.substr(keyword.size()));
  const auto close = end_of_path(path);
  if (!path.starts_with('<') || close == std::string_view::npos) return std::nullopt;
  if (close + 1 < path.size() && path[close + 1] != ' ') return std::nullopt;
  return Path{without_route(path.substr(1, close - 1)), trimmed(path.substr(close + 1))};
}

/// "550 5.1.1 no such mailbox": a line end in the text would begin another answer.
std::string line_of(const Reply& reply) {
  std::string text = reply.text;
  std::replace_if(
      text.begin(), text.end(), [](char c) { return c == '\r' || c == '\n'; }, ' ');
  return std::to_string(reply.code) + " " + text;
}

SmtpDialogue::Turn say(std::string line) { return {std::move(line) + "\r\n"}; }

}  // namespace

std::string SmtpDialogue::greeting() const { return "220 " + limits_.name + " ESMTP Casewire\r\n"; }

std::optional<SmtpDialogue::Turn> SmtpDialogue::next() { return in_data_ ? next_of_data() : next_command(); }

std::optional<SmtpDialogue::Turn> SmtpDialogue::next_command() {
  const auto line_end = buffer_.find_first_of("\r\n");
  if (line_end == std::string::npos || (buffer_[line_end] == '\r' && line_end + 1 == buffer_.size())) {
    if (buffer_.size() <= kCommandBytesMax) return std::nullopt;
    return Turn{"500 5.5.2 Line too long\r\n", {}, true};
  }
  if (buffer_.compare(line_end, 2, "\r\n") != 0) return Turn{"500 5.5.2 A line ends with CR LF\r\n", {}, true};
  const std::string line = buffer_.substr(0, line_end);
  buffer_.erase(0, line_end + 2);
  if (line.size() > kCommandBytesMax) return mistake("500 5.5.2 Line too long");
  return command(line);
}

SmtpDialogue::Turn SmtpDialogue::command(std::string_view line) {
  const std::string verb = lowercase(line.substr(0, line.find(' ')));
  const std::string_view argument = argument_of(line);
  if (verb == "ehlo" || verb == "helo") {
    if (argument.empty()) return mistake("501 5.5.4 " + verb + " needs a host name");
    forget_mail();
    greeted_ = true;
    if (verb == "helo") return say("250 " + limits_.name);
    return {"250-" + limits_.name + "\r\n250-SIZE " + std::to_string(limits_.message_bytes_max) +
            "\r\n250-8BITMIME\r\n250-PIPELINING\r\n250 ENHANCEDSTATUSCODES\r\n"};
  }
  if (verb == "quit") {
    if (!argument.empty()) return mistake("501 5.5.4 QUIT takes no argument");
    return {"221 2.0.0 Bye\r\n", {}, true};
  }
  if (verb == "noop") return say("250 2.0.0 OK");
  if (verb == "rset") {
    if (!argument.empty()) return mistake("501 5.5.4 RSET takes no argument");
    forget_mail();
    return say("250 2.0.0 OK");
  }
  if (verb == "vrfy") return say("252 2.1.5 Send the mail to find out");
  if (verb == "mail" || verb == "rcpt") {
    std::string answer = verb == "mail" ? mail_from(argument) : rcpt_to(argument);
    return answer.front() == '2' ? say(std::move(answer)) : mistake(std::move(answer));
  }
  if (verb == "data") return argument.empty() ? begin_data() : mistake("501 5.5.4 DATA takes no argument");
  if (verb == "auth" || verb == "starttls" || verb == "expn" || verb == "help") return mistake("502 5.5.1 Not offered here");
  return mistake("500 5.5.1 Unknown command");
}

std::string SmtpDialogue::mail_from(std::string_view arguments) {
  if (!greeted_) return "503 5.5.1 EHLO or HELO first";
  if (has_sender_) return "503 5.5.1 The sender is given already";
  const auto path = path_after("FROM:", arguments);
  if (!path) return "501 5.5.4 Expected MAIL FROM:<address>";
  if (!path->address.empty() && !is_mailbox(path->address)) return "553 5.1.7 No mailbox address";
  for (const auto parameter : split(path->parameters, ' ')) {
    if (parameter.empty()) continue;
    if (auto problem = mail_parameter(parameter); !problem.empty()) return problem;
  }
  has_sender_ = true;
  envelope_.sender = without_idle_quotes(path->address);
  return "250 2.1.0 OK";
}

std::string SmtpDialogue::mail_parameter(std::string_view parameter) {
  const auto equals = parameter.find('=');
  const std::string_view name = parameter.substr(0, equals);
  const std::string_view value = equals == std::string_view::npos ? std::string_view{} : parameter.substr(equals + 1);
  if (equals_ignoring_case(name, "BODY")) {
    return equals_ignoring_case(value, "7BIT") || equals_ignoring_case(value, "8BITMIME") ? ""
                                                                                          : "501 5.5.4 BODY is 7BIT or 8BITMIME";
  }
  if (!equals_ignoring_case(name, "SIZE")) return "555 5.5.4 Unknown parameter";
  std::size_t bytes = 0;
  const auto [end, problem] = std::from_chars(value.data(), value.data() + value.size(), bytes);
  if (problem != std::errc{} || end != value.data() + value.size()) return "501 5.5.4 SIZE needs a number";
  return bytes > limits_.message_bytes_max ? "552 5.3.4 Message too big" : "";
}

std::string SmtpDialogue::rcpt_to(std::string_view arguments) {
  if (!has_sender_) return "503 5.5.1 MAIL first";
  const auto path = path_after("TO:", arguments);
  if (!path) return "501 5.5.4 Expected RCPT TO:<address>";
  if (!path->parameters.empty()) return "555 5.5.4 Unknown parameter";
  const bool is_postmaster = equals_ignoring_case(path->address, "postmaster");
  if (!is_mailbox(path->address) && !is_postmaster) return "553 5.1.3 No mailbox address";
  if (envelope_.recipients.size() >= limits_.recipients_max) return "452 4.5.3 Too many recipients";
  const std::string address = without_idle_quotes(path->address);
  const Reply reply = recipient_ ? recipient_(address) : Reply{250, "2.1.5 OK"};
  if (reply.code >= 200 && reply.code < 300) envelope_.recipients.push_back(address);
  return line_of(reply);
}

SmtpDialogue::Turn SmtpDialogue::begin_data() {
  if (!has_sender_) return mistake("503 5.5.1 MAIL first");
  if (envelope_.recipients.empty()) return mistake("503 5.5.1 RCPT first");
  in_data_ = true;
  looked_at_ = 0;
  data_problem_.clear();
  return say("354 End with CR LF . CR LF");
}

std::optional<SmtpDialogue::Turn> SmtpDialogue::next_of_data() {
  std::size_t at = 0;
  std::optional<Turn> turn;
  while (!turn) {
    const auto line_end = buffer_.find_first_of("\r\n", std::max(at, looked_at_));
    if (line_end == std::string::npos || (buffer_[line_end] == '\r' && line_end + 1 == buffer_.size())) {
      looked_at_ = line_end == std::string::npos ? buffer_.size() : line_end;
      break;
    }
    looked_at_ = 0;
    if (buffer_.compare(line_end, 2, "\r\n") != 0) return Turn{"550 5.6.0 A line ends with CR LF\r\n", {}, true};
    std::string_view line{buffer_.data() + at, line_end - at};
    at = line_end + 2;
    if (line == ".") {
      turn = end_of_data();
      break;
    }
    if (line.starts_with('.')) line.remove_prefix(1);
    if (envelope_.message.size() + line.size() + 2 > limits_.message_bytes_max) data_problem_ = "552 5.3.4 Message too big";
    if (data_problem_.empty()) envelope_.message.append(line).append("\r\n");
  }
  buffer_.erase(0, at);
  looked_at_ -= std::min(looked_at_, at);
  // The line that is being read has no room left: nothing of it needs to be kept.
  if (!turn && envelope_.message.size() + buffer_.size() > limits_.message_bytes_max + kCommandBytesMax) {
    return Turn{"552 5.3.4 Message too big\r\n", {}, true};
  }
  return turn;
}

SmtpDialogue::Turn SmtpDialogue::end_of_data() {
  in_data_ = false;
  Envelope mail = std::move(envelope_);
  forget_mail();
  if (!data_problem_.empty()) return say(data_problem_);
  return {{}, std::move(mail)};
}

std::string SmtpDialogue::answered(const Reply& reply) { return line_of(reply) + "\r\n"; }

SmtpDialogue::Turn SmtpDialogue::mistake(std::string line) {
  if (++mistakes_ <= kMistakesMax) return say(std::move(line));
  return {"421 4.7.0 Too many mistakes\r\n", {}, true};
}

void SmtpDialogue::forget_mail() {
  has_sender_ = false;
  envelope_ = {};
}

}  // namespace casewire::sim::mail
