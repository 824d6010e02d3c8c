// Recordings: can they be read, are they whole, are they old?

#include <algorithm>
#include <cstdlib>

#include "base/http/credentials.hpp"
#include "base/recording/pseudonyms.hpp"
#include "base/text/utf8.hpp"
#include "scenarios/lint.hpp"
#include "scenarios/tape/plain_bodies.hpp"
#include "scenarios/tape/tape_files.hpp"
#include "scenarios/tape/tape_reader.hpp"

namespace casewire::scenarios {
namespace {

/// 66 of `/services/data/v66.0/query`; 0: it names none.
int api_version_of(std::string_view target) {
  constexpr std::string_view kData = "/services/data/v";
  const auto at = target.find(kData);
  return at == std::string_view::npos ? 0 : std::atoi(std::string(target.substr(at + kData.size(), 4)).c_str());
}

constexpr std::size_t kFindingsMax = 1'000;  ///< of one file, which nobody would read one by one

/// Strings that look like a secret or like a person, in the entries and in what stands around them.
std::vector<Diagnostic> lint_pieces(std::istream& har, const std::string& file, const LintPolicy& policy) {
  const HarEntries pieces = entries_of(har);
  std::vector<Diagnostic> found = lint_text(pieces.head, file, policy);
  if (pieces.gap != 0) {
    for (Diagnostic& one : found) {
      const std::uint64_t place = pieces.place_of(byte_at(pieces.head, one.where.position));
      one.where.position = position_in(har, place);
    }
  }
  BytePosition last;
  for (const HarPlace& entry : pieces.entries) {
    if (entry.length > kHarEntryBytesMax) continue;  // the reading says so
    for (Diagnostic& one : lint_text(text_at(har, entry), file, policy)) {
      last = {entry.at, position_in(har, entry.at, last)};
      one.where.position = behind(last.position, one.where.position);
      found.push_back(std::move(one));
      if (found.size() < kFindingsMax) continue;
      found.push_back({.where = {file, {}}, .problem = "there is more of that, which is not listed"});
      return found;
    }
  }
  return found;
}

/// Credentials look like anything: what a header is for tells. Without a place, for the text has it apart from its name.
std::vector<std::string> headers_with_secrets(const Exchange& exchange, const LintPolicy& policy) {
  constexpr std::size_t kShortest = 6;  // as recordings mask them
  std::vector<std::string> names;
  for (const http::Headers* headers : {&exchange.request.headers, &exchange.response.headers}) {
    for (const http::Header& header : *headers) {
      const std::string_view secret = http::secret_part(header.name, header.value);
      if (secret.size() >= kShortest && !recording::is_pseudonym(secret) && !policy.strings.contains(secret))
        names.push_back(header.name);
    }
  }
  return names;
}

/// Nobody sees what stands there, but whoever plays the recording does. Without a place, for none in the file is its.
std::vector<Diagnostic> in_compressed_bodies(const Exchange& exchange, const std::string& file, const LintPolicy& policy) {
  std::vector<Diagnostic> found;
  const auto look = [&](http::Headers headers, std::string body) {
    if (!headers.find("content-encoding")) return;
    make_plain(headers, body);
    if (!is_valid_utf8(body)) return;
    for (Diagnostic& one : lint_text(body, file, policy)) {
      one.where.position = {};
      one.length = 0;
      found.push_back(std::move(one));
    }
  };
  look(exchange.request.headers, exchange.request.body);
  look(exchange.response.headers, exchange.response.body);
  return found;
}

}  // namespace

std::vector<Diagnostic> lint_recording(const std::function<std::unique_ptr<std::istream>()>& open, const std::string& file,
                                       const LintPolicy& policy, WallTime today) {
  auto text = open();
  if (!text) return {{.where = {file, {}}, .problem = "cannot be read"}};
  std::vector<Diagnostic> found = lint_pieces(*text, file, policy);
  const auto tape = TapeReader::over(open(), file, beside_tape(file));
  if (!tape) {
    found.push_back(tape.error());
    return found;
  }
  const auto complain = [&](std::string problem, std::string hint) {
    found.push_back({.where = {file, {}}, .problem = std::move(problem), .hint = std::move(hint)});
  };
  WallTime newest{};
  int version = 0;
  std::size_t lacking = 0;
  const auto read = tape->for_each([&](std::size_t number, const Exchange& exchange) {
    newest = std::max(newest, exchange.started);
    if (found.size() < kFindingsMax) {
      for (Diagnostic& one : in_compressed_bodies(exchange, file, policy)) {
        one.problem = "entry " + std::to_string(number) + ": " + one.problem;
        found.push_back(std::move(one));
      }
    }
    for (const std::string& name : headers_with_secrets(exchange, policy)) {
      if (found.size() < kFindingsMax)
        complain("entry " + std::to_string(number) + ": the header " + name + " holds a secret",
                 "casewire redact takes secrets out of a recording");
    }
    const int named = api_version_of(exchange.request.target);
    if (named != 0 && (version == 0 || named < version)) version = named;
    const bool says_so = exchange.request.headers.find("content-type").has_value();
    const bool takes_body =
        exchange.request.method == "POST" || exchange.request.method == "PATCH" || exchange.request.method == "PUT";
    if (takes_body && says_so && exchange.request.body.empty() && ++lacking <= kFindingsMax) {
      complain("entry " + std::to_string(number) + ": this " + exchange.request.method + " says what its body is and has none",
               "without it every request to that place looks alike; record again with bodies");
    }
  });
  if (!read) found.push_back(read.error());
  if (tape->size() == 0) complain("the recording is empty", "");
  if (policy.days_max && tape->size() != 0) {
    const auto days = std::chrono::duration_cast<std::chrono::days>(today - newest).count();
    if (days > *policy.days_max) {
      complain("the recording is " + std::to_string(days) + " days old", "record again, or raise days_max in the policy file");
    }
  }
  if (version != 0 && version < policy.api_version_min) {
    complain("the recording speaks v" + std::to_string(version) + ".0 of the API of Salesforce",
             "record again, or lower api_version_min in the policy file");
  }
  return found;
}

}  // namespace casewire::scenarios
