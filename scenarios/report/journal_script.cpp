#include "scenarios/report/journal_script.hpp"

#include <utility>

#include "base/text/utf8.hpp"
#include "scenarios/report/entry_text.hpp"
#include "sim/world/entry_json.hpp"

namespace casewire::scenarios::report {
namespace {

// `<` only occurs inside JSON strings, where \u003c means the same: neither `</script>` nor `<!--` can appear.
std::string without_markup(std::string_view json) {
  std::string out;
  out.reserve(json.size());
  for (const char c : json) {
    if (c == '<') {
      out += "\\u003c";
    } else {
      out += c;
    }
  }
  return out;
}

Json shown(const sim::Entry& entry, std::size_t text_bytes_max) {
  Json out = {{"seq", entry.sequence}, {"at", iso8601(entry.at)}, {"actor", entry.actor}, {"kind", kind_of(entry.event)}};
  if (entry.cause != 0) out["cause"] = entry.cause;
  out["brief"] = brief(entry);
  std::size_t cut = 0;
  Json data = to_json(entry.event);
  if (data.is_object()) {
    for (auto& [name, value] : data.items()) {
      if (!value.is_string() || value.get_ref<const std::string&>().size() <= text_bytes_max) continue;
      const std::string whole = value.get<std::string>();
      const std::string_view kept = prefix_of_bytes(whole, text_bytes_max);
      cut += whole.size() - kept.size();
      value = std::string(kept);
    }
  }
  if (cut != 0) out["cut_bytes"] = cut;
  out["data"] = std::move(data);
  return out;
}

}  // namespace

std::string journal_script(const ScenarioResult& scenario, const Storyline& story, const std::string& id,
                           std::size_t text_bytes_max) {
  std::string out = "<script type=\"application/json\" id=\"" + id + "-journal\">[";
  bool first = true;
  for (const Row& row : story.rows) {
    if (row.first == 0 || row.shape == Row::Shape::gap || row.shape == Row::Shape::step) continue;
    for (std::uint64_t sequence = row.first; sequence <= row.last; ++sequence) {
      const sim::Entry* entry = entry_numbered(scenario.journal, sequence);
      if (entry == nullptr) continue;
      out += (std::exchange(first, false) ? "\n" : ",\n") + without_markup(dump_json(shown(*entry, text_bytes_max)));
    }
  }
  return out + "]</script>\n";
}

}  // namespace casewire::scenarios::report
