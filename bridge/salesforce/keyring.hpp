#pragma once
// Secrets at rest in the store: whoever gets hold of the database, or of a backup, does not get the connection. AES-256-GCM (NIST SP 800-38D) with a new
// random nonce of 96 bits for each sealing; what a text belongs to is authenticated with it, so that no row can be put in another's place. Keys come
// from the settings: the first seals, all open, so that one takes the place of another while bridges run. Without any the app's own secret is the key.
// What older versions left is read too: their own construction (sealed.hpp), and plain text.

#include <string>
#include <string_view>
#include <vector>

#include "base/text/result.hpp"
#include "base/text/rng.hpp"
#include "bridge/config.hpp"

namespace casewire::bridge::salesforce {

class Keyring {
 public:
  explicit Keyring(const Config& config);

  /// `about`: what it belongs to, beside the app. "aes256gcm:KEY:BASE64".
  std::string seal(std::string_view text, std::string_view about, Rng& rng) const;

  struct Opened {
    std::string text;
    bool is_current = false;  ///< sealed with the key that seals now; else it is to be sealed anew
  };
  struct Closed {
    std::string why;
    bool needs_a_key = false;  ///< one of the settings sealed it, and nothing is lost while nobody writes over it
  };
  Result<Opened, Closed> open(std::string_view seal, std::string_view about) const;

 private:
  struct Key {
    std::string id;
    std::string bytes;
  };
  std::string owner_;
  std::string app_secret_;
  std::vector<Key> keys_;  ///< the last one is the app's
};

}  // namespace casewire::bridge::salesforce
