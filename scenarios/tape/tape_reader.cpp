#include "scenarios/tape/tape_reader.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <optional>
#include <set>
#include <utility>

#include "base/text/strings.hpp"
#include "scenarios/tape/har_log.hpp"
#include "scenarios/tape/json_offset.hpp"
#include "scenarios/tape/other_formats.hpp"
#include "scenarios/tape/tape_files.hpp"

namespace casewire::scenarios {

namespace {

constexpr JsonLimits kEntryLimits{.bytes_max = kHarEntryBytesMax, .depth_max = 64};
constexpr JsonLimits kHeadLimits{.bytes_max = 2 * kHarHeadBytesMax, .depth_max = 64};

/// As `iconv` calls the encoding that the beginning of the file tells, with its mark or by the zeros of plain letters; empty: none of these.
std::string wide_encoding_of(std::istream& har) {
  const std::string four = text_at(har, {0, 4}), begin = four.substr(0, 2);
  if (four == std::string("\xFF\xFE\0\0", 4) || four == std::string("\0\0\xFE\xFF", 4)) return "UTF-32";
  if (four.size() == 4 && four[0] != '\0' && four.substr(1) == std::string(3, '\0')) return "UTF-32LE";
  if (four.size() == 4 && four[3] != '\0' && four.substr(0, 3) == std::string(3, '\0')) return "UTF-32BE";
  if (begin == "\xFF\xFE" || begin == "\xFE\xFF") return "UTF-16";
  if (begin.size() < 2 || (begin[0] == '\0') == (begin[1] == '\0')) return {};
  return begin[1] == '\0' ? "UTF-16LE" : "UTF-16BE";
}

/// "zip", as Playwright saves what it recorded; empty: neither that nor gzip.
std::string packed_as(std::istream& file) {
  const std::string begin = text_at(file, {0, 4});
  return begin == "PK\x03\x04" ? "zip" : begin.starts_with("\x1F\x8B") ? "gzip" : "";
}

constexpr const char* kWhatARecordingIs =
    R"(a recording is HAR 1.2, {"log": {"version": "1.2", ...}}, as browsers and proxies save it; casewire import takes other material)";

Diagnostic with_hint(Diagnostic refused, std::string hint) {
  if (refused.hint.empty()) refused.hint = std::move(hint);
  return refused;
}

/// All of them at once, lest each costs a run of its own.
Diagnostic unless_named(Diagnostic first, const std::set<std::string>& hosts) {
  if (hosts.size() == 1) return first;
  constexpr std::size_t kShown = 20;
  std::string list, named;
  std::size_t count = 0;
  for (const std::string& host : hosts) {
    if (++count > kShown) break;
    list += (count == 1 ? "" : ", ") + host;
    named += (count == 1 ? "" : ", ") + ("\"" + host) + "\": \"nobody\"";
  }
  const std::string more = hosts.size() > kShown ? " and " + std::to_string(hosts.size() - kShown) + " more" : "";
  first.problem = "nothing tells whom requests to " + std::to_string(hosts.size()) + " hosts are for: " + list + more;
  first.hint = std::string(har::kHostOptions) +
               " (of redact, compare and import), or in the recording: \"log\": {\"_casewire\": {\"hosts\": {" + named +
               "}}}; or \"salesforce\", \"opencx\", \"bridge\"; \"*.cdn.test\" is all that is below it";
  return first;
}

Diagnostic unopened(const std::string& file) {
  std::error_code error;
  if (std::filesystem::is_directory(file, error))
    return {{file, {}}, "this is a folder, and one recording is wanted", "name a .har in it; casewire import takes the folder"};
  if (!std::filesystem::exists(file, error)) return {{file, {}}, "there is no such file"};
  return {{file, {}}, "cannot be read"};
}

}  // namespace

Result<TapeReader> TapeReader::of_file(const std::string& file, Hosts named) {
  auto har = std::make_unique<std::ifstream>(file, std::ios::binary);
  std::error_code error;
  if (!har->is_open() || std::filesystem::is_directory(file, error)) return fail(unopened(file));
  return over(std::move(har), file, beside_tape(file), std::move(named));
}

Result<TapeReader> TapeReader::over(std::unique_ptr<std::istream> har, std::string file, BesideTape beside, Hosts named) {
  TapeReader reader(std::move(har), std::move(file), std::move(beside), std::move(named));
  if (text_at(*reader.har_, {0, 1}).empty()) return fail(reader.at(0, "the recording is empty"));
  constexpr std::uint64_t kBeginning = 4096;
  if (const auto other = other_format(reader.file_, text_at(*reader.har_, {0, kBeginning}))) {
    return fail(reader.at(0, "this is " + std::string(other->what) + ", and a recording is HAR 1.2", std::string(other->way)));
  }
  if (const std::string packed = packed_as(*reader.har_); !packed.empty()) {
    return fail(reader.at(0, "this is a " + packed + " file, and a recording is text",
                          "unpack it, and name the .har that was in it; casewire import reads it as it is"));
  }
  if (const std::string encoding = wide_encoding_of(*reader.har_); !encoding.empty()) {
    const std::string& name = reader.file_;
    const std::string stem = name.substr(0, std::min(name.rfind('.'), name.size()));
    return fail(reader.at(0,
                          "this is " + encoding.substr(0, encoding.find_first_not_of("UTF-1326")) + ", and a recording is UTF-8",
                          "iconv -f " + encoding + " -t UTF-8 " + name + " > " + stem + ".utf8.har"));
  }
  const HarEntries found = entries_of(*reader.har_);
  if (auto read = reader.read_head(found); !read) return fail(std::move(read.error()));
  if (auto read = reader.look_at(found); !read) return fail(std::move(read.error()));
  return reader;
}

Result<void> TapeReader::read_head(const HarEntries& found) {
  const std::string cut = "the text ends after " + std::to_string(found.entries.size()) +
                          " whole entries; casewire import takes these, another copy may have the rest";
  if (found.is_too_much) {
    if (found.entries.size() == kHarEntriesMax)
      return fail(Diagnostic{
          {file_, {}}, "it has more than " + std::to_string(kHarEntriesMax) + " entries", "cut it by time or by conversation"});
    return fail(Diagnostic{{file_, {}},
                           "there are more than " + std::to_string(kHarHeadBytesMax >> 20) + " MB beside its entries",
                           "a HAR is a list of entries, /log/entries, and little else"});
  }
  if (found.trouble) {
    return fail(at(*found.trouble, found.has_list ? "expected an entry, a comma between two, or the end of the list or file"
                                                  : "nothing may stand behind the end"));
  }
  if (found.is_cut_off) {
    const HarPlace last = found.entries.empty() ? HarPlace{found.list, 0} : found.entries.back();
    return fail(at(last.at + last.length, "the recording is cut off", cut));
  }
  const auto root = parse_json(found.head, file_, kHeadLimits);
  if (!root) {
    Diagnostic refused = root.error();
    if (refused.where.position.line != 0)
      refused.where.position = position_in(*har_, found.place_of(byte_at(found.head, refused.where.position)));
    return fail(with_hint(std::move(refused), kWhatARecordingIs));
  }
  const auto complaint = [&](const har::Broken& broken) {
    return at(found.place_of(json_offset(found.head, broken.path)), broken.problem, broken.hint);
  };
  const auto log = har::log_of(*root);
  if (!log) return fail(with_hint(complaint(log.error()), kWhatARecordingIs));
  auto hosts = har::read_hosts(**log);
  if (!hosts) return fail(complaint(hosts.error()));
  hosts_.merge(*hosts);  // whoever names one on the command line knows better
  auto head = har::read_head(**log);
  if (!head) return fail(complaint(head.error()));
  head_ = *std::move(head);
  auto fates = har::read_fates(**log, found.entries.size());
  if (!fates) return fail(complaint(fates.error()));
  fates_ = *std::move(fates);
  return {};
}

Result<void> TapeReader::look_at(const HarEntries& found) {
  bool is_foreign = false;
  std::vector<std::uint64_t> numbers;
  std::set<std::string> unknown_hosts;
  std::optional<Diagnostic> first_unknown;
  for (std::size_t i = 0; i < found.entries.size(); ++i) {
    const auto hint = [&] {
      return "this is entry " + std::to_string(i + 1) + " of " + std::to_string(found.entries.size()) +
             "; casewire import keeps the good ones";
    };
    const auto json = json_at(found.entries[i]);
    if (!json) return fail(with_hint(json.error(), hint()));
    auto exchange = har::read_entry(*json, {"log", "entries", std::to_string(i)}, hosts_, beside_);
    if (!exchange && !exchange.error().unknown_host.empty()) {
      unknown_hosts.insert(exchange.error().unknown_host);
      if (!first_unknown) first_unknown = broken_at(found.entries[i], text_at(*har_, found.entries[i]), exchange.error());
      continue;
    }
    if (!exchange)
      return fail(with_hint(broken_at(found.entries[i], text_at(*har_, found.entries[i]), exchange.error()), hint()));
    is_foreign = is_foreign || !json->contains("_casewire");
    if (!*exchange) continue;
    if (const auto number = har::number_of(*json)) numbers.push_back(*number);
    origins_.learn(**exchange);
    places_.push_back({found.entries[i], (*exchange)->started, static_cast<std::uint32_t>(i + 1)});
  }
  if (first_unknown) return fail(unless_named(*std::move(first_unknown), unknown_hosts));
  // A recorder that was killed leaves its entries in the order in which they ended, and one that was being written twice.
  if (!numbers.empty() && numbers.size() == places_.size()) {
    std::vector<std::size_t> order(numbers.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return numbers[a] < numbers[b]; });
    std::vector<Place> sorted;
    for (std::size_t i = 0; i < order.size(); ++i) {
      const bool is_written_again = i + 1 < order.size() && numbers[order[i]] == numbers[order[i + 1]];
      if (!is_written_again) sorted.push_back(places_[order[i]]);
    }
    places_ = std::move(sorted);
  }
  // Some recorders write an exchange when it ends; ours are in the order in which they began, within one millisecond too.
  if (is_foreign) {
    std::stable_sort(places_.begin(), places_.end(), [](const Place& a, const Place& b) { return a.started < b.started; });
  }
  // Of a part of a recording some lie beyond its end.
  for (BridgeFate& fate : fates_) {
    fate.place = std::min(fate.place, places_.size());
    if (fate.during && *fate.during >= places_.size()) fate.during.reset();
  }
  return {};
}

Result<Json> TapeReader::json_at(HarPlace place) const {
  if (place.length > kHarEntryBytesMax)
    return fail(at(place.at, "this entry has " + std::to_string(place.length >> 20) + " MB, and one may have " +
                                 std::to_string(kHarEntryBytesMax >> 20)));
  auto json = parse_json(text_at(*har_, place), file_, kEntryLimits);
  if (!json) json.error().where.position = behind(position_in(*har_, place.at), json.error().where.position);
  return json;
}

Diagnostic TapeReader::broken_at(HarPlace entry, std::string_view text, const har::Broken& broken) const {
  constexpr std::ptrdiff_t kOuter = 3;  // /log/entries/0
  const har::Path inner(broken.path.begin() + std::min(kOuter, std::ssize(broken.path)), broken.path.end());
  return at(entry.at + json_offset(text, inner), broken.problem, broken.hint);
}

Diagnostic TapeReader::at(std::uint64_t byte, std::string problem, std::string hint) const {
  return {.where = {file_, position_in(*har_, byte)}, .problem = std::move(problem), .hint = std::move(hint)};
}

Result<Exchange> TapeReader::exchange(std::size_t place) const {
  const HarPlace here = places_[place].text;
  const auto json = json_at(here);
  if (!json) return fail(json.error());
  auto exchange = har::read_entry(*json, {"log", "entries", std::to_string(number(place) - 1)}, hosts_, beside_);
  if (!exchange) return fail(broken_at(here, text_at(*har_, here), exchange.error()));
  if (!*exchange) return fail(at(here.at, "the recording was changed while it was read"));
  origins_.rename(**exchange);
  return **std::move(exchange);
}

Result<void> TapeReader::for_each(const std::function<void(std::size_t, Exchange)>& what) const {
  for (std::size_t i = 0; i < size(); ++i) {
    auto here = exchange(i);
    if (!here) return fail(std::move(here.error()));
    what(number(i), *std::move(here));
  }
  return {};
}

Result<Tape> read_har(std::string_view text, std::string_view file, const BesideTape& beside) {
  const auto reader = TapeReader::over(stream_over(text), std::string(file), beside);
  if (!reader) return fail(reader.error());
  Tape tape{.exchanges = {}, .fates = reader->fates(), .head = reader->head()};
  if (auto read = reader->for_each([&](std::size_t, Exchange exchange) { tape.exchanges.push_back(std::move(exchange)); }); !read)
    return fail(read.error());
  return tape;
}

}  // namespace casewire::scenarios
