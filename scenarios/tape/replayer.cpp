#include "scenarios/tape/replayer.hpp"

#include <algorithm>

#include "base/http/connection_headers.hpp"
#include "base/text/counted.hpp"
#include "base/text/encoding.hpp"
#include "base/text/json.hpp"
#include "base/text/strings.hpp"
#include "base/text/utf8.hpp"
#include "scenarios/tape/difference.hpp"
#include "scenarios/tape/masking.hpp"
#include "scenarios/tape/media_type.hpp"
#include "scenarios/tape/rewording.hpp"
#include "scenarios/tape/run_values.hpp"

namespace casewire::scenarios {

namespace {

/// What was to come so long ago is of the past.
constexpr milliseconds kMoment{60'000};

/// `POST /chat/sessions/1/send to opencx`; the query may hold what a line should not.
std::string request_named(const std::string& system, const http::Request& request) {
  return request.method + " " + std::string(request.path()) + " to " + system;
}

/// As people read a request: a line for the target, for each header that is compared, and for each member of the body.
std::vector<std::string> lines_of(const http::Request& request) {
  std::string text = request.method + " " + percent_decoded(request.target).value_or(request.target) + "\n";
  if (const auto type = request.headers.find("content-type")) text += "Content-Type: " + std::string(*type) + "\n";
  const auto json = parse_json(request.body);
  if (json) {
    text += json->dump(2);
  } else if (is_valid_utf8(request.body)) {
    text += request.body;
  } else {
    text += std::to_string(request.body.size()) + " bytes";
  }
  std::vector<std::string> lines;
  for (const std::string_view line : split(text, '\n')) lines.emplace_back(line);
  return lines;
}

/// The lines around the first that differs.
Replayer::SideBySide side_by_side(const http::Request& recorded, const http::Request& made) {
  constexpr std::size_t kBefore = 3, kAfter = 6, kLongest = 400;
  const auto theirs = lines_of(recorded), ours = lines_of(made);
  std::size_t first = 0;
  while (first < std::min(theirs.size(), ours.size()) && theirs[first] == ours[first]) ++first;
  const auto around = [&](const std::vector<std::string>& lines) {
    std::string text;
    for (std::size_t i = first - std::min(first, kBefore); i < std::min(lines.size(), first + kAfter); ++i) {
      const std::string_view shown = prefix_of_characters(lines[i], kLongest);
      text += (text.empty() ? "" : "\n") + std::string(i == first ? "> " : "  ") + std::string(shown) +
              (shown.size() < lines[i].size() ? "..." : "");
    }
    return text;
  };
  return {around(theirs), around(ours)};
}

bool is_at_or_below(std::string_view pointer, std::string_view place) {
  return pointer.starts_with(place) && (pointer.size() == place.size() || pointer[place.size()] == '/');
}

/// What asks the same of the same records. A list names none: there the words tell.
std::string group_of(const Outline& entry) {
  std::string name = entry.to + " " + entry.operation.shape;
  for (const std::string& record : entry.operation.records) name += " " + record;
  return entry.operation.records.empty() ? name + " " + std::to_string(entry.question) : name;
}

bool share_one(const Operation& a, const Operation& b) {
  return std::any_of(a.records.begin(), a.records.end(), [&](const std::string& id) { return b.records.contains(id); });
}

/// Answers name the hosts of the recording; the caller must find the ones of this run.
void bind_hosts(http::Response& response, const std::string& system, const http::Request& request) {
  std::string origin(request.origin());
  if (const auto host = request.headers.find("host"); origin.empty() && host) origin = "http://" + std::string(*host);
  if (origin.empty()) return;
  http::Headers headers;
  for (const http::Header& header : response.headers) {
    headers.add(header.name, replaced(header.value, recorded_origin(system), origin));
  }
  response.headers = std::move(headers);
  response.body = replaced(std::move(response.body), recorded_origin(system), origin);
}

/// What the recording knew stands for what this run knows. The bytes of a file are left alone.
void bind_values(http::Headers& headers, std::string& body, Bindings& bindings) {
  http::Headers told;
  for (const http::Header& header : headers) told.add(header.name, bindings.told(header.value));
  headers = std::move(told);
  const MediaType type = media_type_of(headers);
  if (type.name.empty() || type.is_json() || type.is_form()) body = bindings.told(body);
}

/// Whenever the answer comes, the system's clock stands to the world's as it stood to the recorder's: a bridge measures by it how far its own
/// is off.
void set_date(http::Headers& headers, const Exchange& recorded, WallTime now) {
  const auto date = recorded.response.headers.find("date");
  const auto pieces = date ? pieces_of(*date) : std::vector<Piece>{};
  if (pieces.size() != 1 || pieces.front().kind != Piece::Kind::time) return;
  const auto ahead = pieces.front().at - std::chrono::floor<std::chrono::seconds>(recorded.started);
  headers.set("Date", respelled(pieces.front(), std::chrono::floor<std::chrono::seconds>(now) + ahead));
}

}  // namespace

Replayer::Replayer(LongTape tape, ReplayOptions options)
    : tape_(std::move(tape)), options_(std::move(options)), forgiven_(options_.loosenings.size(), 0), came_(forgiven_) {
  const Exchanges& all = *tape_.exchanges;
  if (options_.now && all.size() != 0) shift_ = options_.now() - all.started(0);
  bindings_.shift_times(shift_);
  if (tape_.head.is_redacted) bindings_.expect_disguises();
  std::set<std::string> refused;
  std::map<std::string, std::size_t> groups;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto here = all.at(i);
    entries_.push_back({outline_of(*here)});
    Entry& entry = entries_.back();
    if (entry.status == 401) refused.insert(token_of(here->request));
    if (entry.to == "bridge") {
      arrivals_to_come_.insert(i);
      continue;
    }
    Alike& same = alike(entry.to, entry.operation.shape);
    same.all.push_back(i);
    same.to_come.insert(same.to_come.end(), i);
    entry.group = groups.emplace(group_of(entry), groups.size()).first->second;
    to_come_.insert(i);
    if (!entry.operation.is_read) changes_.expect_write(i, entry.operation);
  }
  groups_.resize(groups.size());
  for (const BridgeFate& fate : tape_.fates) {
    if (fate.during) entries_[*fate.during].crashes = true;
  }
  find_refused_tokens(refused);
  if (options_.now) find_outages();
}

void Replayer::find_outages() {
  std::vector<Outages::Call> calls;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    const Entry& one = entries_[i];
    if (one.to == "bridge") continue;
    calls.push_back({.entry = i,
                     .system = one.to,
                     .group = one.group,
                     .at = time_here(one.started),
                     .is_in_vain = one.is_in_vain && !one.crashes,
                     .is_refused = one.is_refused && !one.crashes});
  }
  outages_ = Outages(calls);
}

/// Only what a login gave expires; a key that is refused once is refused by chance.
void Replayer::find_refused_tokens(const std::set<std::string>& refused) {
  std::set<std::string> given;
  for (std::size_t i = 0; i < entries_.size() && given.size() < refused.size(); ++i) {
    const auto login = tape_.exchanges->at(i);
    for (const std::string& token : refused) {
      if (!given.contains(token) && login->response.body.find('"' + token + '"') != std::string::npos) given.insert(token);
    }
  }
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    if (entries_[i].status != 401) continue;
    const std::string token = token_of(tape_.exchanges->at(i)->request);
    if (given.contains(token)) refused_tokens_.emplace(entries_[i].to + " " + token, i);
  }
}

/// It failed in an outage, and its moment is gone, or its token was refused to somebody else: nobody need ask what was asked in vain then.
bool Replayer::was_in_vain(std::size_t entry) const {
  if (entries_[entry].status == 401 && !met_refusals_.empty() &&
      met_refusals_.contains(entries_[entry].to + " " + token_of(tape_.exchanges->at(entry)->request)))
    return true;
  return outages_.met(entry) && (is_past(entry) || lateness(entry) >= kMoment);
}

/// An outage ends at some time between two calls of the tape. Whoever asks in between, where the recorded bridge did not, fails as it did.
std::optional<Replayer::Match> Replayer::fails_still(const std::string& system, const http::Request& request,
                                                     const Operation& asked) {
  const auto& all = alike(system, asked.shape).all;
  for (auto i = all.rbegin(); i != all.rend(); ++i) {
    if (!outages_.met(*i) || !outages_.is_ending(*i, options_.now())) continue;
    auto match = compared(*i, system, request);
    if (!match) continue;
    match->instead = outages_.last_beside(*i);
    return match;
  }
  return std::nullopt;
}

std::optional<Replayer::Match> Replayer::refused_for_its_token(const std::string& system, const http::Request& request,
                                                               const Operation& asked) {
  const std::string* token = bindings_.recorded_of(token_of(request));
  const auto refused = token == nullptr ? refused_tokens_.end() : refused_tokens_.find(system + " " + *token);
  if (refused == refused_tokens_.end() || lateness(refused->second) < milliseconds{0}) return std::nullopt;
  for (const std::size_t i : alike(system, asked.shape).to_come) {
    auto match = compared(i, system, request, "/headers/authorization");
    if (!match) continue;
    match->instead = refused->second;
    met_refusals_.insert(refused->first);
    return match;
  }
  return std::nullopt;
}

http::Handler Replayer::handler(std::string system, http::Handler model) {
  return [this, system = std::move(system), model = std::move(model)](const http::Request& request) {
    return answer(system, request, model);
  };
}

http::Reply Replayer::answer(const std::string& system, const http::Request& request, const http::Handler& model) {
  const Operation asked = operation_of(request);
  bool crashes = false;
  {
    const std::lock_guard lock(mutex_);
    std::optional<std::size_t> overtaken;
    if (auto match = find(system, request, asked, overtaken)) {
      crashes = entries_[match->entry].crashes && !match->is_again && !match->instead;
      if (options_.answered) options_.answered(request, numbered(match->instead.value_or(match->entry)));
      http::Reply reply = given(*std::move(match), system, request);
      if (!crashes) return reply;
    } else if (!options_.rest_from_model || !model) {
      return refuse(system, request, asked, overtaken);
    } else {
      // What stands on the tape is not the model's to answer, though it be asked otherwise.
      const auto& to_come = alike(system, asked.shape).to_come;
      const auto is_of_these = [&](std::size_t i) { return share_one(entries_[i].operation, asked); };
      if (overtaken || std::any_of(to_come.begin(), to_come.end(), is_of_these)) return refuse(system, request, asked, overtaken);
      ++from_model_;
      if (options_.answered) options_.answered(request, "the model");
    }
  }
  // Unlocked: where this ends the caller, nobody comes back from here.
  if (!crashes) return model(request);
  {
    std::unique_lock lock(crash_mutex_);
    crash_may_come_.wait(lock, [&] { return !crashes_are_held_; });
  }
  options_.crash();
  return {.response = {.status = 503}, .wire = http::Wire::reset_before_status};
}

Replayer::Alike& Replayer::alike(const std::string& system, const std::string& shape) {
  return by_operation_[system + " " + shape];
}

std::optional<Replayer::Match> Replayer::find(const std::string& system, const http::Request& request, const Operation& asked,
                                              std::optional<std::size_t>& overtaken) {
  auto found = asked.is_read ? find_read(system, request, asked) : find_write(system, request, asked, overtaken);
  if (!found && !overtaken) found = fails_still(system, request, asked);
  return found || overtaken ? std::move(found) : refused_for_its_token(system, request, asked);
}

/// It failed in an outage that is over: nobody meets it any more.
bool Replayer::is_past(std::size_t entry) const { return outages_.met(entry) && outages_.is_over(entry, options_.now()); }

std::optional<std::size_t> Replayer::outage_at(std::size_t entry) const {
  if (!options_.now) return std::nullopt;
  return outages_.last_of_present(entries_[entry].to, entries_[entry].group, options_.now());
}

/// What comes in an outage fails as what was asked last in it.
void Replayer::meet_outage(Match& match) const {
  const auto last = outage_at(match.entry);
  if (last && (match.is_again || match.entry > *last)) match.instead = last;
}

std::optional<Replayer::Match> Replayer::find_write(const std::string& system, const http::Request& request,
                                                    const Operation& asked, std::optional<std::size_t>& overtaken) {
  const Alike& same = alike(system, asked.shape);
  std::vector<std::size_t> passed;
  for (const std::size_t i : same.to_come) {
    if (is_past(i)) continue;
    auto match = compared(i, system, request);
    if (!match) {
      if (!was_in_vain(i)) passed.push_back(i);
      continue;
    }
    meet_outage(*match);
    if (match->instead) return match;
    const auto is_of_the_same = [&](std::size_t j) { return entries_[j].operation.records == entries_[i].operation.records; };
    const auto first = std::find_if(passed.begin(), passed.end(), is_of_the_same);
    if (first == passed.end()) return match;
    overtaken = *first;
    return std::nullopt;
  }
  for (auto i = same.all.rbegin(); i != same.all.rend(); ++i) {
    if (auto match = entries_[*i].used ? again(*i, system, request) : std::nullopt) return match;
  }
  return std::nullopt;
}

std::optional<Replayer::Match> Replayer::find_read(const std::string& system, const http::Request& request,
                                                   const Operation& asked) {
  const Alike& same = alike(system, asked.shape);
  std::optional<Match> ahead;
  for (const std::size_t i : same.to_come) {
    const bool is_stale = i < changed_before(entries_[i].operation);
    if (is_past(i) || (is_stale && !outage_at(i))) continue;
    auto match = compared(i, system, request);
    if (!match) continue;
    meet_outage(*match);
    if (match->instead) return match;
    if (is_stale) continue;
    if (auto later = newer(i, system, request)) return later;
    if (!is_ahead(i)) return match;
    match->is_ahead = true;
    ahead = std::move(match);
    break;
  }
  // None of this moment: the newest that is known.
  for (auto i = same.all.rbegin(); i != same.all.rend(); ++i) {
    if (entries_[*i].used) {
      if (auto match = again(*i, system, request)) return match;
    } else if (!ahead && !is_past(*i) && !is_ahead(*i)) {
      if (auto match = compared(*i, system, request)) return match;
    }
  }
  return ahead;
}

/// What was to be seen long ago is of the past, though nothing on the tape has changed it: people go on without a webhook. Of the newest moment
/// that has come it is the first look.
std::optional<Replayer::Match> Replayer::newer(std::size_t entry, const std::string& system, const http::Request& request) {
  if (!options_.now || !entries_[entry].is_good || lateness(entry) < kMoment) return std::nullopt;
  const auto& to_come = alike(system, entries_[entry].operation.shape).to_come;
  std::optional<Match> newest;
  for (auto i = to_come.upper_bound(entry); i != to_come.end(); ++i) {
    const Entry& one = entries_[*i];
    if (one.group != entries_[entry].group) continue;
    if (!one.is_good || lateness(*i) < milliseconds{0} || is_ahead(*i)) break;
    if (one.started - entries_[newest ? newest->entry : entry].started < kMoment) continue;
    if (auto match = compared(*i, system, request)) newest = std::move(match);
  }
  return newest;
}

std::optional<Replayer::Match> Replayer::again(std::size_t entry, const std::string& system, const http::Request& request) {
  // In an outage everything fails, however often it is asked.
  const bool fails_again = outages_.met(entry) && outages_.lasts(entry, options_.now());
  auto match = fails_again || may_come_again(entry) ? compared(entry, system, request) : std::nullopt;
  if (!match) return std::nullopt;
  match->is_again = true;
  meet_outage(*match);
  return match;
}

/// Behind the last of what has come of what changes things: the webhooks, and the writes to these records. What was read before it may be of the past.
std::size_t Replayer::changed_before(const Operation& read) const {
  std::size_t place = arrived_;
  for (const std::string& id : read.records) {
    if (const auto written = written_.find(id); written != written_.end()) place = std::max(place, written->second);
  }
  return place;
}

milliseconds Replayer::lateness(std::size_t entry) const {
  return options_.now ? options_.now() - time_here(entries_[entry].started) : milliseconds{0};
}

std::optional<Replayer::Match> Replayer::compared(std::size_t entry, const std::string& system, const http::Request& request,
                                                  std::string_view forgiven_pointer) {
  if (options_.now) {
    const milliseconds late = lateness(entry);
    bindings_.allow_times(std::min(earliest_, late), std::max(latest_, late));
  }
  Match match{.entry = entry, .bindings = bindings_.trial()};
  const auto here = tape_.exchanges->at(entry);
  const Exchange& recorded = *here;
  auto found = differences(recorded.request, request, match.bindings);
  std::erase_if(found, [&](const Difference& one) { return one.pointer == forgiven_pointer; });
  for (std::size_t i = 0; i < options_.loosenings.size() && !found.empty(); ++i) {
    const Loosening& loosening = options_.loosenings[i];
    if (loosening.pointer.empty() || !loosening.concerns(system, request)) continue;
    if (std::erase_if(found, [&](const Difference& one) { return is_at_or_below(one.pointer, loosening.pointer); }) != 0)
      match.forgiven.push_back(i);
  }
  const auto is_the_same_question = [&](const Difference& one) { return is_in_other_words(one, recorded, request); };
  match.is_in_other_words = std::erase_if(found, is_the_same_question) != 0;
  return found.empty() ? std::optional(std::move(match)) : std::nullopt;
}

/// Something that was recorded before this read, and that it may have seen, has not come yet.
bool Replayer::is_ahead(std::size_t entry) const {
  const Operation& operation = entries_[entry].operation;
  if (!operation.is_read) return false;
  if (enacts_ && !arrivals_to_come_.empty() && *arrivals_to_come_.begin() < entry) return true;
  return !operation.records.empty() && changes_.is_write_to_come(operation, 0, entry);
}

bool Replayer::may_come_again(std::size_t entry) const {
  const Operation& operation = entries_[entry].operation;
  for (std::size_t i = 0; i < came_.size(); ++i) {
    const Loosening& one = options_.loosenings[i];
    if (one.pointer.empty() && one.concerns(entries_[entry].to, tape_.exchanges->at(entry)->request))
      return one.times_max == 0 || came_[i] < one.times_max;
  }
  return operation.is_read && entries_[entry].is_good && !changes_.has_come_behind(operation, entry);
}

void Replayer::note_used(std::size_t place) {
  Entry& entry = entries_[place];
  entry.used = time_here(entry.started) + lateness(place);
  to_come_.erase(place);
  if (!entry.operation.is_read) changes_.came(place, entry.operation);
  if (entry.to == "bridge") return;
  alike(entry.to, entry.operation.shape).to_come.erase(place);
  Group& group = groups_[entry.group];
  group.last_used = std::max(group.last_used.value_or(place), place);
  group.brought.insert(entry.answer);
  if (entry.operation.is_read) return;
  for (const std::string& id : entry.operation.records) written_[id] = std::max(written_[id], place + 1);
}

http::Reply Replayer::given(Match match, const std::string& system, const http::Request& request) {
  Entry& entry = entries_[match.entry];
  if (!match.instead) bindings_.adopt(std::move(match.bindings));  // what was asked in vain may have been meant otherwise
  for (const std::size_t loosening : match.forgiven) ++forgiven_[loosening];
  if (match.is_in_other_words) ++reworded_[entry.operation.shape];
  if (match.is_ahead) ++ahead_[entry.operation.shape];
  const auto here = tape_.exchanges->at(match.instead.value_or(match.entry));
  const Exchange& exchange = *here;
  for (std::size_t i = 0; i < came_.size() && !match.instead; ++i) {
    if (!options_.loosenings[i].pointer.empty() || !options_.loosenings[i].concerns(system, request)) continue;
    ++came_[i];
    if (match.is_again) ++forgiven_[i];
  }
  if (match.instead) {
    ++in_vain_;
  } else if (match.is_again) {
    ++repeated_[entry.operation.shape];
  } else {
    const milliseconds late = lateness(match.entry);
    earliest_ = std::min(earliest_, late);
    latest_ = std::max(latest_, late);
    note_used(match.entry);
    if (exchange.response.status == 401) met_refusals_.insert(system + " " + token_of(exchange.request));
  }
  http::Reply reply{.response = exchange.response, .delay = exchange.time, .wire = exchange.wire};
  if (reply.response.status == 0) {  // recorded without an answer
    reply.response.status = 503;
    reply.wire = http::Wire::reset_before_status;
  }
  // These described the recorded bytes on the recorded connection.
  http::remove_connection_headers(reply.response.headers);
  // Browsers save what they have decoded, proxies what came.
  if (is_valid_utf8(reply.response.body)) reply.response.headers.remove("content-encoding");
  if (match.is_in_other_words) answer_by_its_names(reply.response, request);
  bind_values(reply.response.headers, reply.response.body, bindings_);
  bind_hosts(reply.response, system, request);
  if (options_.now) set_date(reply.response.headers, exchange, options_.now());
  return reply;
}

std::string Replayer::numbered(std::size_t entry) const { return "entry " + std::to_string(tape_.exchanges->number(entry)); }

std::string Replayer::named(std::size_t entry) const {
  return numbered(entry) + " (" + request_named(entries_[entry].to, tape_.exchanges->at(entry)->request) + ")";
}

std::optional<Replayer::Nearest> Replayer::nearest(const std::string& system, const http::Request& request,
                                                   const Operation& asked) {
  std::optional<Nearest> best;
  const bool knows_operation = !alike(system, asked.shape).all.empty();
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    if (entries_[i].to != system || (knows_operation && entries_[i].operation.shape != asked.shape)) continue;
    Bindings trial = bindings_.trial();
    const auto found = differences(tape_.exchanges->at(i)->request, request, trial);
    const bool is_nearer = !best || found.size() < best->count || (found.size() == best->count && entries_[best->entry].used);
    if (!is_nearer) continue;
    best = Nearest{i, found.size(), {}};
    if (!found.empty())
      best->difference = found.front().pointer + ": recorded " + found.front().recorded + ", made " + found.front().made;
  }
  return best;
}

http::Reply Replayer::refuse(const std::string& system, const http::Request& request, const Operation& asked,
                             std::optional<std::size_t> overtaken) {
  std::size_t recorded = 0, to_come = 0;  // of this resource
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    if (entries_[i].to != system) continue;
    const auto here = tape_.exchanges->at(i);
    if (here->request.method != request.method || here->request.path() != request.path()) continue;
    ++recorded;
    to_come += entries_[i].used ? 0 : 1;
  }
  std::string complaint = request_named(system, request);
  const auto near = nearest(system, request, asked);
  if (overtaken) {
    complaint += " comes before its turn: " + named(*overtaken) + " is to come first";
  } else if (recorded == 0) {
    complaint += " is not on the tape";
  } else if (near && near->difference.empty() && entries_[near->entry].used && asked.is_read) {
    complaint += " is made once more than it was recorded, and what it reads has changed since";
  } else if (near && near->difference.empty() && is_past(near->entry)) {
    complaint += " was recorded in an outage, which is over";
  } else if (to_come == 0) {
    complaint += " was recorded " + counted(recorded, "time") + " and made once more";
  } else {
    complaint += " is not what was recorded";
  }
  if (near) {
    const Entry& entry = entries_[near->entry];
    complaint += "; nearest: " + named(near->entry) +
                 (entry.used ? ", made already at " + iso8601(*entry.used) : ", not made yet") +
                 (near->difference.empty() ? ", says the same" : ", differs at " + near->difference);
  } else {
    complaint += "; nothing was recorded to " + system;
  }
  if (mismatches_.empty() && near && !near->difference.empty()) {
    // In the words of this run, so that what is bound is no difference.
    http::Request theirs = tape_.exchanges->at(near->entry)->request;
    Bindings trial = bindings_.trial();
    theirs.target = trial.told(percent_decoded(theirs.target).value_or(theirs.target));
    bind_values(theirs.headers, theirs.body, trial);
    first_departure_ = side_by_side(theirs, request);
  }
  if (mismatches_.size() < kMismatchesMax) mismatches_.push_back(complaint);
  return {.response = {.status = 501,
                       .headers = {{"Content-Type", "application/json"}},
                       .body = dump_json({{"message", complaint}, {"errorCode", "NOT_RECORDED"}})}};
}

std::vector<std::string> Replayer::mismatches() const {
  const std::lock_guard lock(mutex_);
  return mismatches_;
}

std::optional<std::string> Replayer::first_mismatch() const {
  const std::lock_guard lock(mutex_);
  return mismatches_.empty() ? std::nullopt : std::optional(mismatches_.front());
}

Replayer::SideBySide Replayer::first_departure() const {
  const std::lock_guard lock(mutex_);
  return first_departure_;
}

/// A read whose answer some other one of the same kind has brought, word for word.
bool Replayer::says_nothing_new(std::size_t entry) const {
  const Entry& one = entries_[entry];
  return one.operation.is_read && one.is_good && groups_[one.group].brought.contains(one.answer);
}

/// A look at what has been looked at in the same way, though everything that was written after it has come all the same; or a later look came:
/// whether two hints are one job, and whether a look comes before or after the bridge's own write, is chance.
bool Replayer::led_to_nothing(std::size_t entry, std::size_t place) const {
  const Entry& look = entries_[entry];
  const auto last = look.operation.is_read ? groups_[look.group].last_used : std::nullopt;
  return last && (*last > entry || (look.is_good && !changes_.is_write_to_come(look.operation, entry + 1, place)));
}

std::vector<std::string> Replayer::unused_before(std::size_t place) const {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> all;
  for (auto next = to_come_.begin(); next != to_come_.lower_bound(place); ++next) {
    const std::size_t i = *next;
    if (is_dispensable(i, place)) continue;
    all.push_back(numbered(i) + ": " + request_named(entries_[i].to, tape_.exchanges->at(i)->request));
  }
  return all;
}

std::vector<std::string> Replayer::overdue() const {
  std::size_t behind = 0;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    if (lateness(i) >= milliseconds{0}) behind = i + 1;
  }
  return unused_before(behind);
}

bool Replayer::is_all_made_before(std::size_t place) const {
  const std::lock_guard lock(mutex_);
  return to_come_.empty() || *to_come_.begin() >= place;
}

std::string Replayer::leniency() const {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> all;
  std::size_t not_in_vain = 0;
  Counts left_out, without_consequence;
  for (const std::size_t i : to_come_) {
    if (was_in_vain(i)) {
      ++not_in_vain;
    } else if (says_nothing_new(i)) {
      ++left_out[entries_[i].operation.shape];
    } else if (led_to_nothing(i, entries_.size())) {
      ++without_consequence[entries_[i].operation.shape];
    }
  }
  const auto tell = [&](const Counts& counts, const char* noun, const char* what) {
    std::size_t sum = 0;
    std::string resources;
    for (const auto& [shape, count] : counts) {
      sum += count;
      resources += (resources.empty() ? "" : "; ") + (count == 1 ? "" : std::to_string(count) + " ") + shape;
    }
    if (sum != 0) all.push_back(counted(sum, noun) + what + " (" + resources + ")");
  };
  tell(repeated_, "request", " came once more and got the same answer");
  tell(reworded_, "request", " asked in other words for what was recorded");
  tell(ahead_, "read", " got an answer that was recorded after what is still to come");
  tell(left_out, "recorded read", " without news did not come");
  tell(without_consequence, "recorded read", " that led to nothing did not come");
  if (in_vain_ + not_in_vain != 0)
    all.push_back("outages and expired tokens met " + counted(in_vain_, "call") + " more and " +
                  counted(not_in_vain, "recorded call") + " less");
  if (options_.rest_from_model) all.push_back(counted(from_model_, "answer") + " came from the model");
  for (std::size_t i = 0; i < forgiven_.size(); ++i) {
    const Loosening& loosening = options_.loosenings[i];
    const std::string what = !loosening.pointer.empty() ? "differ in " + loosening.pointer + " and did"
                             : loosening.times_max == 0
                                 ? "come any number of times and did"
                                 : "come at most " + counted(loosening.times_max, "time") + " and came again";
    all.push_back("\"" + loosening.resource + "\" to " + loosening.system + " might " + what + " " +
                  counted(forgiven_[i], "time"));
  }
  std::string text;
  for (const std::string& one : all) text += (text.empty() ? "" : "; ") + one;
  return text;
}

void Replayer::hold_crashes() {
  const std::lock_guard lock(crash_mutex_);
  crashes_are_held_ = true;
}

void Replayer::release_crashes() {
  {
    const std::lock_guard lock(crash_mutex_);
    crashes_are_held_ = false;
  }
  crash_may_come_.notify_all();
}

bool Replayer::forgo_crash(std::size_t place) {
  const std::lock_guard lock(mutex_);
  Entry& entry = entries_[place];
  if (entry.used || !entry.operation.is_read) return false;
  entry.crashes = false;
  entry.is_forgone = true;
  return true;
}

void Replayer::enact() {
  const std::lock_guard lock(mutex_);
  enacts_ = true;
}

http::Request Replayer::arrival(std::size_t entry) {
  const std::lock_guard lock(mutex_);
  arrivals_to_come_.erase(entry);
  arrived_ = std::max(arrived_, entry + 1);
  note_used(entry);
  http::Request request = tape_.exchanges->at(entry)->request;
  bind_values(request.headers, request.body, bindings_);
  return request;
}

}  // namespace casewire::scenarios
