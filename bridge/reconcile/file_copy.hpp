#pragma once
// A customer's file, from its session to the Case.

#include <string>
#include <string_view>

#include "bridge/reconcile/context.hpp"

namespace casewire::bridge {

struct FileCopy {
  std::string id;  ///< the attachment's, or another name that is unique for ever
  std::string name;
  std::string url{};  ///< where OpenCX keeps it; empty: `bytes` is the content
  std::string bytes{};
  std::size_t size = 0;  ///< as OpenCX tells it; 0: not known
  std::string session_id;
  std::string case_id;
};

/// At most this much travels as JSON (REST API Developer Guide, "Insert or Update Blob Data": 50 MB of request, base64 included).
inline constexpr std::size_t kFileBytesMax = 36u << 20;

/// Once: an upload whose answer was lost is looked for by its Description first. A permanent failure names the file's problem; the
/// caller tells the rep.
Outcome<void> copy_file(const Context& context, FileCopy file, const std::string& trace);

}  // namespace casewire::bridge
