#include "scenarios/cli/record_command.hpp"

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <optional>

#include "base/http/socket_transport.hpp"
#include "base/runtime/thread_runtime.hpp"
#include "scenarios/cli/redactor_for.hpp"
#include "scenarios/cli/waiting_for_signal.hpp"
#include "scenarios/cli/whole_file.hpp"
#include "scenarios/tape/posts.hpp"
#include "scenarios/tape/private_file.hpp"
#include "scenarios/tape/tape_files.hpp"

namespace casewire::scenarios {
namespace {

constexpr milliseconds kBetweenWrites{1'000};

/// Where the tape goes, and in which words.
class Keeper {
 public:
  Keeper(std::string file, std::optional<RedactionTerms> terms) : file_(std::move(file)), terms_(std::move(terms)) {}

  /// False: it cannot be written, or something would be readable that should not be, of which left() tells.
  bool keep(const Recorder& recorder) {
    Tape tape = recorder.tape();
    if (!terms_) return save_tape(file_, tape, recorder.dropped());
    Redacted redacted = redacted_by(*terms_, std::move(tape));
    left_ = std::move(redacted.left);
    return left_.empty() && save_tape(file_, redacted.tape, recorder.dropped());
  }
  const std::string& file() const { return file_; }
  const std::vector<std::string>& left() const { return left_; }

 private:
  const std::string file_;
  const std::optional<RedactionTerms> terms_;
  std::vector<std::string> left_;
};

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
    if (!bytes || !write_private(name, *bytes)) return std::nullopt;
  }
  return number;
}

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
  Keeper keeper(options.out + "/tape.har", std::move(terms));
  const std::string& file = keeper.file();
  ThreadRuntime runtime;
  http::SocketTransport transport({.ca_file = options.ca_file});
  Recorder recorder([&] { return runtime.now(); });
  if (!keeper.keep(recorder)) {
    std::cerr << "casewire record: cannot write " << file << "\n";
    return 2;
  }

  Posts posts(runtime, transport);
  if (auto listening = posts.listen({options.salesforce_port, options.opencx_port, options.webhook_port}); !listening) {
    std::cerr << render(listening.error());
    return 2;
  }
  posts.open({options.salesforce, options.opencx, options.bridge}, recorder);
  std::cout << "Start the bridge with\n  SALESFORCE_LOGIN_URL=" << posts.salesforce_url() << " OPENCX_URL=" << posts.opencx_url()
            << "\n";
  if (!options.bridge.empty())
    std::cout << "and let both systems send their webhooks to " << posts.webhooks_url() << "/hooks/...\n";
  std::cout << "Recording into " << file << ". Ctrl-C ends it." << std::endl;

  // A recorder that is killed leaves what was there a second before.
  runtime.spawn("writing the tape", [&] {
    std::uint64_t written = 0;
    while (true) {
      runtime.sleep_for(kBetweenWrites);
      const std::uint64_t changes = recorder.changes();
      if (changes != written) (void)keeper.keep(recorder);
      written = changes;
    }
  });
  wait_for_stop_signal();
  posts.stop();
  runtime.stop();
  const Tape tape = recorder.tape();
  const std::vector<Exchange>& exchanges = tape.exchanges;
  const auto cut = std::count_if(exchanges.begin(), exchanges.end(), [](const Exchange& exchange) {
    return exchange.response.status == 0 || exchange.wire != http::Wire::intact;
  });
  const bool wrote = keeper.keep(recorder);
  if (!keeper.left().empty()) {
    std::cerr << "casewire record: the last of it was not written, for something would still be readable:\n";
    for (const std::string& place : keeper.left()) std::cerr << "  " << place << "\n";
  }
  std::cout << exchanges.size() << " exchanges in " << file;
  if (cut != 0) std::cout << "; " << cut << " without an answer";
  if (recorder.dropped() != 0) std::cout << "; " << recorder.dropped() << " had no room";
  bool has_mail = true;
  if (!options.mail.empty()) {
    const auto mails = keep_mail(options.mail, options.out + "/mail");
    has_mail = mails.has_value();
    std::cout << (mails ? "; " + std::to_string(*mails) + " files of mail in " + options.out + "/mail"
                        : "; the mail in " + options.mail + " could not be kept");
  }
  std::cout << std::endl;
  return has_mail && wrote && cut == 0 && recorder.dropped() == 0 ? 0 : 1;
}

}  // namespace casewire::scenarios
