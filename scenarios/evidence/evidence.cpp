#include "scenarios/evidence/evidence.hpp"

#include <utility>

#include "sim/mail/message/composed.hpp"

namespace casewire::scenarios {

OrgRow& Evidence::row(std::string_view object, std::string_view id, const Json& fields, const Origin& origin) {
  const auto [known, is_new] = rows.try_emplace(eighteen(id));
  OrgRow& row = known->second;
  if (is_new) row.origin = origin;
  if (row.object.empty()) row.object = object;
  for (const auto& [name, value] : fields.items()) {
    if (name == "ParentId" && row.fields.contains(name)) continue;
    if (name == "attributes" || (value.is_null() && row.fields.contains(name))) continue;
    row.fields[name] = value.is_string() ? Json(sim::mail::composed(value.get<std::string>())) : value;
  }
  if (const auto created = time_from(string_member(fields, "CreatedDate")); created && row.created == WallTime{}) {
    row.created = *created;
  }
  if (const std::string by = string_member(fields, "CreatedById"); !by.empty()) row.created_by = eighteen(by);
  return row;
}

void Evidence::say(WallTime at, const Origin& origin, sim::SessionEvent event) {
  if (!event.message_id.empty() && !said_.insert(event.session + "\n" + event.message_id).second) return;
  event.text = sim::mail::composed(std::move(event.text));
  clues.push_back({at, origin, std::move(event)});
}

void Evidence::guess(std::string guess) {
  if (guessed_.insert(guess).second) guesses.push_back(std::move(guess));
}

void Evidence::keep_file(const std::string& sha256, std::string_view bytes) {
  if (files.contains(sha256)) return;
  const bool was_full = file_bytes_ > kFileBytesMax;
  if (!was_full && file_bytes_ + bytes.size() <= kFileBytesMax) {
    file_bytes_ += bytes.size();
    files.emplace(sha256, bytes);
    return;
  }
  file_bytes_ = kFileBytesMax + 1;
  if (!was_full)
    unused.push_back("the bytes of some files: all have more than " + std::to_string(kFileBytesMax >> 20) +
                     " MB together; the rest is compared by digest, and is not among the fixtures");
}

std::string eighteen(std::string_view id) {
  std::string full(id);
  if (id.size() != 15) return full;
  constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";
  for (std::size_t part = 0; part < 3; ++part) {
    std::size_t bits = 0;
    for (std::size_t i = 0; i < 5; ++i) {
      const char c = id[part * 5 + i];
      if (c >= 'A' && c <= 'Z') bits |= std::size_t{1} << i;
    }
    full += kDigits[bits];
  }
  return full;
}

std::optional<WallTime> time_from(std::string_view text) {
  if (const auto when = parse_iso8601(text)) return when;
  std::string spelled(text);
  if (spelled.size() > 10 && spelled[10] == ' ') spelled[10] = 'T';
  if (const auto when = parse_iso8601(spelled)) return when;
  // The weekly export's way: UTC without saying so. What an office program makes of a time has no zone either, and may be anybody's.
  return spelled.size() == 19 ? parse_iso8601(spelled + "Z") : std::nullopt;
}

}  // namespace casewire::scenarios
