#pragma once
// Takes people out of a tape and keeps what a replay needs: who is the same as whom, how long a text is, what is an address, an id, a
// number. Whatever is not known to say nothing about anybody is disguised (disguise.hpp), in every spelling it stands in: words are
// read through percent escapes, HTML references, quoted-printable, JSON escapes, base64, hexadecimal digits, encoded words and the payload
// of a JWT, and written back in the same spelling. The same word of anybody becomes the same other word everywhere.
// What stays is the vendors' own vocabulary: names of members, fields, paths and picklists (Policy).

#include <initializer_list>
#include <set>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text/result.hpp"
#include "scenarios/tape/disguise.hpp"
#include "scenarios/tape/tape.hpp"
#include "scenarios/tape/word_set.hpp"

namespace casewire::scenarios {

/// What may stay. All in lower case.
struct Policy {
  std::set<std::string, std::less<>> members;  ///< JSON members, form fields, parameters and headers whose value stays
  std::set<std::string, std::less<>> headers;  ///< of whose value the vendors' names stay, and every number
  std::set<std::string, std::less<>> words;    ///< words that say nothing about anybody, wherever they stand
  std::set<std::string, std::less<>> hosts;    ///< and what is below them: their own name stays, `acme` before it does not
};

/// Of Salesforce, OpenCX, HTTP and mail.
const Policy& vendors_policy();
/// {"members": [...], "words": [...], "hosts": [...]} beside what vendors_policy() lets stay.
Result<Policy> read_policy(std::string_view text, std::string_view file);

/// Thread-safe: while one exchange is redacted another one can be.
class Redactor {
 public:
  Redactor(std::string key, Policy policy) : disguise_(std::move(key)), policy_(std::move(policy)) {}

  /// A tape whose secrets are pseudonyms already (masking.hpp).
  Tape redacted(Tape tape);
  /// The same of an exchange, whose request is known before its answer.
  void redact_request(Exchange& exchange);
  void redact_answer(Exchange& exchange);

  /// The last look, at what is about to be written: `entry 3, answer's body` for each place where something still stands that
  /// redacted() took out, in any spelling that is known. Never the value.
  std::vector<std::string> left_in(const Tape& redacted_tape) const;
  /// `answer's body`: each place of the exchange.
  std::vector<std::string> left_in(const Exchange& redacted_exchange) const;
  /// Of its answer alone.
  std::vector<std::string> left_in_answer(const Exchange& redacted_exchange) const;

 private:
  friend class RedactedText;
  /// Words as they are looked for. Those of one message are put together first, since others are looked for meanwhile.
  struct Words {
    WordSet taken_out;  ///< folded; long enough that chance does not write them
    WordSet put_in;     ///< what they became, which may happen to be somebody's
    WordSet left;       ///< by policy: a member's name may also be a word of somebody
  };
  void note(const Words& words);
  /// Of what is no header, and of headers.
  using Texts = std::vector<std::pair<const char*, std::string_view>>;
  std::vector<std::string> left_in(const Texts& texts, std::initializer_list<const http::Headers*> headers) const;
  bool is_left_in(std::string_view text) const;

  const Disguise disguise_;
  const Policy policy_;
  mutable std::shared_mutex mutex_;
  Words words_;
};

}  // namespace casewire::scenarios
