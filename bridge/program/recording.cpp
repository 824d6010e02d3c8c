#include "bridge/program/recording.hpp"

#include <algorithm>
#include <filesystem>

#include "bridge/intake/signature.hpp"

namespace casewire::bridge {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kEnding = ".har";

/// `tape-20260105T090000000Z-000001.har`: the names are in the order of time.
std::string file_name_at(WallTime now, std::uint64_t number) {
  std::string name = "tape-";
  for (const char c : iso8601(now)) {
    if (c != '-' && c != ':' && c != '.') name += c;
  }
  const std::string digits = std::to_string(number);
  return name + "-" + std::string(6 - std::min<std::size_t>(digits.size(), 6), '0') + digits + std::string(kEnding);
}

std::vector<std::string> tapes_in(const std::string& folder) {
  std::vector<std::string> tapes;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    if (name.starts_with("tape-") && name.ends_with(kEnding)) tapes.push_back(entry->path().string());
  }
  std::sort(tapes.begin(), tapes.end());
  return tapes;
}

}  // namespace

Result<std::unique_ptr<Recording>> Recording::open(RecordingOptions options, const std::vector<Config>& orgs,
                                                   std::function<WallTime()> now, Log& log) {
  std::unique_ptr<Recording> recording(new Recording(orgs));
  auto opened = recording::TapeLog::open(
      {.folder = options.folder,
       .file_name = [now](std::uint64_t number) { return file_name_at(now(), number); },
       .file_bytes_max = options.bytes_max / options.files_max,
       .files_max = options.files_max,
       .title = {.creator = "casewire-bridge"},
       .former = tapes_in(options.folder)},
      now,
      [&pseudonyms = recording->pseudonyms_](const recording::Exchange& exchange, const recording::Masked* begun) {
        return std::optional(pseudonyms.learned_and_masked(exchange, begun));
      },
      [&log](const std::string& why) {
        log.warning("recording ended", {{"why", why}, {"hint", "the work goes on; a restart begins a new file"}});
      });
  if (!opened) return fail(opened.error());
  recording->tape_ = *std::move(opened);
  std::vector<std::vector<std::string>> secrets;
  for (const Config& org : orgs) secrets.push_back(org.opencx.webhook_secrets);
  recording->tape_->judge_signatures([secrets = std::move(secrets), now](const http::Request& request) {
    const std::string_view path = request.path(), of_path = path.substr(path.rfind('/') + 1);
    const auto org = std::find_if(secrets.begin(), secrets.end(), [&](const std::vector<std::string>& known) {
      return std::find(known.begin(), known.end(), of_path) != known.end();
    });
    const std::vector<std::string> none;
    return std::string(name_of(check_signature(request, org == secrets.end() ? none : *org, now())));
  });
  return recording;
}

Recording::Recording(const std::vector<Config>& orgs) {
  for (const Config& org : orgs) {
    opencx_origins_.emplace(http::Request{.target = org.opencx.url}.origin());
    for (const std::string* secret : {&org.salesforce.client_secret, &org.salesforce.refresh_token, &org.opencx.api_key})
      pseudonyms_.learn_secret(*secret);
    for (const auto* secrets : {&org.salesforce.webhook_secrets, &org.opencx.webhook_secrets})
      for (const std::string& secret : *secrets) pseudonyms_.learn_secret(secret);
  }
}

std::unique_ptr<http::Transport> Recording::around(http::Transport& inner) {
  return tape_->record(inner, [this](const http::Request& request) {
    const bool is_opencx = opencx_origins_.contains(request.origin()) || !request.path().starts_with("/services/");
    return recording::Parties{"bridge", is_opencx ? "opencx" : "salesforce"};
  });
}

http::Handler Recording::around(http::Handler inner) {
  const auto by = [&](const char* system) { return tape_->record(inner, "bridge", system); };
  return [inner, from_salesforce = by("salesforce"), from_opencx = by("opencx")](const http::Request& request) {
    if (!request.path().starts_with("/hooks/")) return inner(request);  // somebody looks whether the bridge is well
    return request.path().starts_with("/hooks/salesforce") ? from_salesforce(request) : from_opencx(request);
  };
}

}  // namespace casewire::bridge
