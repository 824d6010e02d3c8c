#pragma once
// What people and the AI did while a tape was recorded, as far as the tape's answers show it: mails, messages, handoffs, closes, rows of
// reps. The models are to see the same before they are asked what the bridge asked.
// Each deed stands before the first exchange that begins no earlier than it, but after the last that looked and did not see it.
// Left out: attachments that nobody fetched (as many zero bytes stand for them), blocked addresses, merges.

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/text/json.hpp"
#include "base/text/time.hpp"
#include "scenarios/tape/exchanges.hpp"

namespace casewire::scenarios {

struct DeedFile {
  std::string name, media_type;
  std::optional<std::size_t> fetched{};  ///< the exchange that got its bytes
  std::size_t bytes = 0;                 ///< as the tape tells
};

struct Deed {
  enum class What {
    // in a conversation
    contact_writes,
    ai_writes,
    agent_writes,
    hands_off,
    takes_over,
    hands_back,
    closes,
    // in the org
    makes_row,
    changes_case
  };
  What what = What::contact_writes;
  std::size_t place = 0;  ///< of the exchange before which it happened
  std::size_t entry = 0;  ///< which of the file that is, as people count
  WallTime at{};
  std::string id;       ///< of the conversation, or of the row, as the tape has it
  std::string name;     ///< of a person; empty: not told
  std::string address;  ///< of the contact
  std::string subject, text;
  bool is_resolved = true;  ///< of a close
  bool by_ai = false;       ///< likewise
  std::string object;       ///< of a row
  Json fields = Json::object();
  std::vector<DeedFile> files;
};

/// In their order.
std::vector<Deed> deeds_in(const Exchanges& all);

}  // namespace casewire::scenarios
