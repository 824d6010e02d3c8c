#pragma once
// How the vendor's service behaves at its edges: what clients meet in the field and a quick fake would hide. All off until a
// scenario or a person at a lone fake switches it on.

#include <chrono>
#include <cstddef>
#include <string>

#include "base/text/time.hpp"

namespace casewire::sim::opencx {

enum class TimeStyle {
  milliseconds_z,       ///< 2026-01-05T09:00:00.000Z
  microseconds_offset,  ///< 2026-01-05T09:00:00.000000+00:00
};

struct Behaviour {
  /// Sessions and histories are read as they were committed that long ago (the vendor's widget works around such reads).
  milliseconds read_lag{0};
  /// Lists and filters are that far behind.
  milliseconds index_lag{0};
  /// Times are multiples of it: 1 s gives equal stamps to what happens within a second.
  milliseconds time_grain{1};
  /// Of all keys together; 0: no limit. The vendor's is 100 (docs.open.cx api-reference/chat-sessions/list).
  int calls_a_minute = 0;
  TimeStyle times = TimeStyle::milliseconds_z;
  /// Items in a page of a list, at most.
  std::size_t page_items = 50;  // assumed: not documented
  /// The address and name of whoever writes are told as what they claim (contact.non_verified_email; newest edition of the API).
  bool doubts_contacts = false;
  /// assignee_id is a number where it is one, and not a text (opencx-gaps A: the API's pages show both).
  bool numbers_agents = false;
  // What a vendor's program does with what passes through it. The pages say nothing of it, so that each is possible (docs/opencx.md).
  /// Files have addresses of another host, whose name begins like its own, over plain http; nobody answers there.
  bool keeps_files_elsewhere = false;
  /// The lines of a message end with CR LF, and no blank stands before or behind its text.
  bool tells_texts_as_mailed = false;
  /// The name of a file is what its mail says, whatever that is; else what a folder can hold.
  bool names_files_as_mailed = false;
  /// The size of a file is that of its base64, as it stands in a mail.
  bool sizes_files_as_mailed = false;
  /// A conversation tells its customer's address as she wrote it there; else as she wrote it first.
  bool spells_addresses_as_mailed = false;
  /// Not empty: each webhook carries a signature by this secret before the usual one, as of a sender whose secret is being changed
  /// (Standard Webhooks, "Zero downtime secret rotation").
  std::string also_signs_with{};
  /// Not empty: the key with full access, in place of the one that the platform was founded with, which is refused from then on.
  std::string new_api_key{};
};

}  // namespace casewire::sim::opencx
