#include "scenarios/cli/record_command.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <iostream>
#include <mutex>
#include <optional>
#include <set>

#include "base/http/socket_transport.hpp"
#include "base/recording/private_file.hpp"
#include "base/recording/pseudonyms.hpp"
#include "base/recording/tape_log.hpp"
#include "base/runtime/thread_runtime.hpp"
#include "base/text/strings.hpp"
#include "bridge/intake/signature.hpp"
#include "scenarios/cli/redactor_for.hpp"
#include "scenarios/cli/waiting_for_signal.hpp"
#include "scenarios/cli/whole_file.hpp"
#include "scenarios/tape/posts.hpp"
#include "scenarios/tape/tape_reader.hpp"

namespace casewire::scenarios {
namespace {

/// What may be written, and the last look at what was.
class Privacy {
 public:
  Privacy(std::optional<RedactionTerms> terms, const std::vector<std::string>& secrets) {
    for (const std::string& secret : secrets) pseudonyms_.learn_secret(secret);
    if (terms) redactor_.emplace(std::move(terms->key), std::move(terms->policy));
  }

  /// On the threads of the calls.
  std::optional<recording::Masked> prepared(const Exchange& exchange, const recording::Masked* begun) {
    recording::Masked masked = pseudonyms_.learned_and_masked(exchange, begun);
    if (!redactor_) return masked;
    Exchange& told = masked.exchange;
    // What it gave when the exchange began is redacted already.
    const bool has_request = begun != nullptr && begun->known == masked.known;
    if (!has_request) redactor_->redact_request(told);
    redactor_->redact_answer(told);
    // All of it is looked at once more when everything is known.
    if (const auto left = has_request ? redactor_->left_in_answer(told) : redactor_->left_in(told); !left.empty()) {
      const std::lock_guard lock(withholding_);
      withheld_.insert("what began at " + iso8601(exchange.started) + ", " + left.front());
      return std::nullopt;
    }
    return masked;
  }
  /// What was found to be a secret later is one in what was written before.
  std::string looked_at(const std::string& text) const { return pseudonyms_.masked(text); }
  /// With all that is known at the end, entry by entry: the whole may be larger than the memory.
  void look_at(const std::string& file) {
    if (!redactor_) return;
    const auto tape = TapeReader::of_file(file);
    const bool is_read = tape && tape->for_each([&](std::size_t number, const Exchange& exchange) {
      for (const std::string& place : redactor_->left_in(exchange))
        left_.insert(file + ": entry " + std::to_string(number) + ", " + place);
    });
    if (!is_read) left_.insert(file + ": cannot be read again");
  }
  bool redacts() const { return redactor_.has_value(); }
  /// Where something would have been readable, and where it is; never the value.
  const std::set<std::string>& withheld() const { return withheld_; }
  const std::set<std::string>& left() const { return left_; }

 private:
  recording::Pseudonyms pseudonyms_;
  std::optional<Redactor> redactor_;
  std::mutex withholding_;
  std::set<std::string> withheld_, left_;
};

void complain_of(const char* what, const std::set<std::string>& places) {
  if (places.empty()) return;
  std::cerr << "casewire record: " << what << "\n";
  for (const std::string& place : places) std::cerr << "  " << place << "\n";
}

std::vector<std::string> secrets_of(const char* variable) {
  std::vector<std::string> secrets;
  const char* value = std::getenv(variable);
  for (const std::string_view one : split(value == nullptr ? "" : value, ',')) {
    if (!trimmed(one).empty()) secrets.emplace_back(trimmed(one));
  }
  return secrets;
}

/// With what webhooks are signed, where it is known.
std::vector<std::string> webhook_secrets() {
  auto secrets = secrets_of("OPENCX_WEBHOOK_SECRET");
  for (std::string& secret : secrets_of("SALESFORCE_WEBHOOK_SECRET")) secrets.push_back(std::move(secret));
  return secrets;
}

/// As the bridge judges them.
std::function<std::string(const http::Request&)> judge_of(std::vector<std::string> secrets, std::function<WallTime()> now) {
  return [secrets = std::move(secrets), now = std::move(now)](const http::Request& request) {
    const auto verdict = bridge::check_signature(request, secrets, now());
    return std::string(secrets.empty() && verdict != bridge::Signature::absent ? "not checked" : name_of(verdict));
  };
}

/// Mail as it lies there, one file each, for `casewire import` of the whole folder. How many; nullopt: it cannot be kept.
std::optional<std::size_t> keep_mail(const std::string& from, const std::string& folder) {
  constexpr std::size_t kFilesMax = 10'000;
  std::vector<std::filesystem::path> files;
  std::error_code problem;
  if (std::filesystem::is_regular_file(from, problem)) {
    files.emplace_back(from);
  } else {
    for (std::filesystem::recursive_directory_iterator at(from, problem), end; !problem && at != end; at.increment(problem)) {
      // A maildir's mails that are still being written stand in tmp.
      if (at->is_directory(problem) && at->path().filename() == "tmp") at.disable_recursion_pending();
      if (at->is_regular_file(problem) && files.size() < kFilesMax) files.push_back(at->path());
    }
  }
  if (problem) return std::nullopt;
  std::sort(files.begin(), files.end());
  std::filesystem::create_directories(folder, problem);
  std::filesystem::permissions(folder, std::filesystem::perms::owner_all, problem);
  std::size_t number = 0;
  for (const auto& file : files) {
    const auto bytes = whole_file(file.string());
    const bool is_mailbox = bytes && bytes->starts_with("From ");
    const std::string name = folder + "/" + std::to_string(++number) + (is_mailbox ? ".mbox" : ".eml");
    if (!bytes || !recording::write_private(name, *bytes)) return std::nullopt;
  }
  return number;
}

/// What a caller waits for is that its call is on the disk, not that its answer is.
constexpr std::size_t kEndsWaitingMax = 64;

}  // namespace

int record_traffic(const RecordOptions& options) {
  block_stop_signals();
  std::error_code problem;
  std::filesystem::create_directories(options.out, problem);
  std::optional<RedactionTerms> terms;
  if (options.redacts) {
    auto asked = redaction_terms({options.key_file, options.policy_file}, "casewire record");
    if (!asked) {
      std::cerr << asked.error();
      return 2;
    }
    terms = *std::move(asked);
  }
  const auto secrets = webhook_secrets();
  Privacy privacy(std::move(terms), secrets);
  ThreadRuntime runtime;
  http::SocketTransport transport({.ca_file = options.ca_file});
  const auto now = [&] { return runtime.now(); };
  Json head = Json::object();
  if (privacy.redacts()) head["redacted"] = true;
  auto opened = recording::TapeLog::open(
      {.folder = options.out,
       .file_name = [](std::uint64_t number) { return number == 1 ? "tape.har" : "tape-" + std::to_string(number) + ".har"; },
       .is_tidied = true,
       .ends_waiting_max = kEndsWaitingMax,
       .title = {.ours = std::move(head)}},
      now, [&](const Exchange& exchange, const recording::Masked* begun) { return privacy.prepared(exchange, begun); },
      [](const std::string& why) {
        std::cerr << "casewire record: nothing more is kept, though all is still passed on: " << why << "\n";
      });
  if (!opened) {
    std::cerr << render(opened.error());
    return 2;
  }
  recording::TapeLog& tape = **opened;
  tape.judge_signatures(judge_of(secrets, now));

  Posts posts(runtime, transport);
  if (auto listening = posts.listen({options.salesforce_port, options.opencx_port, options.webhook_port}); !listening) {
    std::cerr << render(listening.error());
    return 2;
  }
  posts.open({options.salesforce, options.opencx, options.bridge}, tape);
  std::cout << "Start the bridge with\n  SALESFORCE_LOGIN_URL=" << posts.salesforce_url() << " OPENCX_URL=" << posts.opencx_url()
            << "\n";
  if (!options.bridge.empty())
    std::cout << "and let both systems send their webhooks to " << posts.webhooks_url() << "/hooks/...\n";
  std::cout << "Recording into " << tape.books().files.front() << ". Ctrl-C ends it." << std::endl;

  wait_for_stop_signal();
  posts.stop();
  runtime.stop();
  const bool is_tidy = tape.finish([&](const std::string& text) { return privacy.looked_at(text); });
  const auto books = tape.books();
  for (const std::string& file : books.files) privacy.look_at(file);
  complain_of("these were not written, for something would still be readable:", privacy.withheld());
  complain_of("all of it was deleted, for something was still readable:", privacy.left());
  const bool is_safe = privacy.withheld().empty() && privacy.left().empty();
  if (!privacy.left().empty()) std::for_each(books.files.begin(), books.files.end(), recording::remove_tape);
  std::cout << books.kept << " exchanges in " << books.files.front();
  if (books.files.size() > 1) std::cout << " and " << books.files.size() - 1 << " more";
  if (books.unanswered != 0) std::cout << "; " << books.unanswered << " without an answer";
  if (books.lost != 0) std::cout << "; " << books.lost << " had no room";
  bool has_mail = true;
  if (!options.mail.empty()) {
    const auto mails = keep_mail(options.mail, options.out + "/mail");
    has_mail = mails.has_value();
    std::cout << (mails ? "; " + std::to_string(*mails) + " files of mail in " + options.out + "/mail"
                        : "; the mail in " + options.mail + " could not be kept");
  }
  std::cout << std::endl;
  return has_mail && is_tidy && is_safe && books.unanswered == 0 && books.lost == 0 ? 0 : 1;
}

}  // namespace casewire::scenarios
