#include "sim/world/entry.hpp"

#include <array>
#include <utility>

#include "base/text/crypto.hpp"
#include "base/text/encoding.hpp"

namespace casewire::sim {
namespace {

// In the order of Occurrence's alternatives.
constexpr std::array<std::string_view, std::variant_size_v<Occurrence>> kKinds{"http",  "mail",  "record", "session", "job",
                                                                               "fault", "timer", "step",   "bridge",  "world"};

std::size_t bytes_of(const Json& value) {
  if (value.is_string()) return value.get_ref<const std::string&>().size() + 3;
  if (!value.is_structured()) return 8;
  std::size_t bytes = 2;
  for (const auto& [name, element] : value.items()) bytes += (value.is_object() ? name.size() + 4 : 1) + bytes_of(element);
  return bytes;
}

std::size_t bytes_of(const std::vector<std::string>& texts) {
  std::size_t bytes = 0;
  for (const std::string& text : texts) bytes += text.size() + 3;
  return bytes;
}

std::size_t bytes_of(const std::vector<FileSeen>& files) {
  std::size_t bytes = 0;
  for (const FileSeen& file : files) bytes += file.name.size() + file.sha256.size() + 40 + (file.kept ? file.kept->size() : 0);
  return bytes;
}

// The constants stand for the members' names.
std::size_t bytes_of(const HttpExchange& e) {
  return 100 + e.target.size() + bytes_of(e.operations) + e.request_headers.size() + e.response_headers.size() +
         e.request.size() + e.response.size() + e.error.size();
}
std::size_t bytes_of(const MailPassage& e) {
  return 120 + e.from.size() + bytes_of(e.to) + e.subject.size() + e.message_id.size() + e.in_reply_to.size() +
         bytes_of(e.references) + e.text.size() + bytes_of(e.attachments) + e.verdict.size();
}
std::size_t bytes_of(const RecordChange& e) {
  return 60 + e.object.size() + e.id.size() + e.by.size() + e.by_id.size() + bytes_of(e.fields) +
         (e.content && e.content->kept ? e.content->kept->size() : 0);
}
std::size_t bytes_of(const SessionEvent& e) {
  return 90 + e.session.size() + e.type.size() + e.owner.size() + e.message_id.size() + e.name.size() + e.text.size() +
         bytes_of(e.attachments) + e.from.size() + e.subject.size();
}
std::size_t bytes_of(const JobEnd& e) { return 80 + e.event.size() + e.case_id.size() + bytes_of(e.records) + e.error.size(); }
std::size_t bytes_of(const FaultStrike& e) { return 24 + e.fault.size() + e.system.size(); }
std::size_t bytes_of(const TimeSkip&) { return 36; }
std::size_t bytes_of(const StepBegin& e) { return 24 + e.keyword.size() + e.text.size(); }
std::size_t bytes_of(const BridgeEvent& e) { return 24 + e.event.size() + e.detail.size(); }
std::size_t bytes_of(const WorldFacts& e) { return 110 + bytes_of(e.support_addresses) + bytes_of(e.customer_addresses); }

}  // namespace

FileSeen file_seen(std::string name, std::string_view content) {
  FileSeen seen{.name = std::move(name), .bytes = content.size(), .sha256 = hex(sha256(content))};
  if (content.size() <= FileSeen::kKeptBytesMax) seen.kept = std::make_shared<const std::string>(content);
  return seen;
}

std::string_view kind_of(const Occurrence& event) { return kKinds[event.index()]; }

std::size_t approximate_bytes(const Occurrence& event) {
  return std::visit([](const auto& e) { return bytes_of(e); }, event);
}

}  // namespace casewire::sim
