#include "scenarios/compare/drift.hpp"

#include <algorithm>
#include <array>

#include "base/text/json.hpp"
#include "base/text/strings.hpp"
#include "scenarios/compare/counterpart.hpp"
#include "scenarios/compare/deeds.hpp"
#include "scenarios/tape/difference.hpp"
#include "scenarios/tape/operation.hpp"
#include "scenarios/tape/run_values.hpp"

namespace casewire::scenarios {
namespace {

/// An answer, or one of those within it.
struct Part {
  std::string operation;
  int recorded_status = 0, status = 0, other_status = 0;
  http::Response recorded, made, other;
};

/// Nothing that a model could know of: an overload, an outage, no answer.
bool is_weather(const Exchange& exchange) {
  const int status = exchange.response.status;
  return status == 0 || status == 429 || status >= 500;
}

/// Whether it was done, or may have been.
bool reached(const Exchange& exchange) {
  const int status = exchange.response.status;
  return status == 0 ? exchange.error != name_of(http::TransportError::Kind::not_sent) : status < 429;
}

/// What the answer says, as a request, for which the comparison is written.
http::Request as_request(const http::Response& response) {
  constexpr std::array<std::string_view, 6> kTelling{"content-type", "location",         "retry-after",
                                                     "allow",        "www-authenticate", "content-disposition"};
  http::Request request{.method = "GET", .target = "/", .headers = {}, .body = response.body};
  for (const http::Header& header : response.headers) {
    if (std::find(kTelling.begin(), kTelling.end(), lowercase(header.name)) != kTelling.end())
      request.headers.add(header.name, header.value);
  }
  return request;
}

bool is_number(std::string_view text) { return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos; }

std::string without_places(const std::string& pointer) {
  std::string starred;
  for (const std::string_view part : split(std::string_view(pointer).substr(1), '/')) {
    starred += "/";
    starred += is_number(part) ? std::string_view("*") : part;
  }
  return starred;
}

/// "a string", for what the comparison shows as JSON.
std::string kind_of_shown(const std::string& shown) {
  if (shown == "nothing") return shown;
  switch (shown.empty() ? ' ' : shown.front()) {
    case '"': return "a string";
    case '{': return "an object";
    case '[': return "a list";
    case 't':
    case 'f': return "a truth";
    case 'n': return "null";
    default: return "a number";
  }
}

std::string cause_of(const Difference& one) {
  std::string pointer = one.pointer;
  const bool is_header = pointer.starts_with("/headers/");
  pointer.erase(0, is_header ? std::string_view("/headers/").size() : std::string_view("/body").size());
  const std::string what = is_header ? "header " + pointer : pointer.empty() ? "body" : "member " + without_places(pointer);
  if (one.recorded == "nothing") return what + ": in the model only";
  if (one.made == "nothing") return what + ": on the tape only";
  if (is_header || pointer.empty()) return what + ": another value";
  const std::string theirs = kind_of_shown(one.recorded), ours = kind_of_shown(one.made);
  return what + (theirs == ours ? ": another value" : ": " + theirs + " on the tape, " + ours + " in the model");
}

const Json* at(const Json& json, const std::string& pointer) {
  const Json::json_pointer place(pointer);
  return json.contains(place) ? &json[place] : nullptr;
}

class Comparing {
 public:
  Comparing(const Exchanges& all, std::vector<Deed> deeds, Counterpart& one, Counterpart& other)
      : all_(all), deeds_(std::move(deeds)), one_(one), other_(other) {}

  Compared compared() {
    auto deed = deeds_.begin();
    learn_skew();
    for (std::size_t i = 0; i < all_.size(); ++i) {
      for (; deed != deeds_.end() && deed->place <= i; ++deed) {
        const auto files = bytes_of(*deed);
        one_.let(*deed, files);
        other_.let(*deed, files);
        *deed = {};
      }
      const auto here = all_.at(i);
      const Exchange& exchange = *here;
      if (exchange.to == "bridge") continue;
      if (is_weather(exchange)) ++compared_.passed_over;
      if (reached(exchange)) put(i, exchange);
    }
    for (auto& [key, drift] : drifts_) compared_.drifts.push_back(std::move(drift));
    std::stable_sort(compared_.drifts.begin(), compared_.drifts.end(), [](const Drift& a, const Drift& b) {
      return a.operation != b.operation ? a.operation < b.operation : a.count > b.count;
    });
    compared_.troubles = one_.troubles();
    return std::move(compared_);
  }

 private:
  /// How far the systems' clocks were from the recorder's.
  void learn_skew() {
    for (std::size_t i = 0; i < all_.size(); ++i) {
      const auto here = all_.at(i);
      const Exchange& exchange = *here;
      const auto date = exchange.response.headers.find("date");
      const auto told = date ? pieces_of(*date) : std::vector<Piece>{};
      for (const Piece& piece : told) {
        if (piece.kind != Piece::Kind::time) continue;
        earliest_ = std::min(earliest_, exchange.started - piece.at);
        late_ = std::max(late_, exchange.started - piece.at);
      }
      earliest_ = std::min(earliest_, -exchange.time);
    }
  }

  /// Attachments that nobody fetched are zero bytes.
  std::vector<std::string> bytes_of(const Deed& deed) const {
    std::vector<std::string> files;
    for (const DeedFile& file : deed.files) {
      files.push_back(file.fetched ? all_.at(*file.fetched)->response.body : std::string());
      if (files.back().empty()) files.back().assign(file.bytes, '\0');
    }
    return files;
  }

  void put(std::size_t i, const Exchange& exchange) {
    const Counterpart::Answer made = one_.ask(exchange), again = other_.ask(exchange);
    for (Counterpart* counterpart : {&one_, &other_})
      counterpart->bindings().allow_times(earliest_, std::max(late_, counterpart->latest()));
    if (is_weather(exchange)) return;
    std::string whole;
    for (const std::string& name : made.operations) whole += (whole.empty() ? "" : ", ") + name;
    if (whole.empty()) whole = operation_of(exchange.request).shape;
    for (const std::string& what : made.not_modelled)
      note(whole, all_.number(i), "not modelled: " + what, "an answer", "none in the model");
    for (const Part& part : parts_of(exchange.response, made, again, whole)) compare(i, part);
  }

  static std::vector<Part> parts_of(const http::Response& recorded, const Counterpart::Answer& made,
                                    const Counterpart::Answer& again, const std::string& whole) {
    const auto answers = [](const http::Response& response) {
      const auto body = parse_json(response.body);
      const Json& list = body ? member(*body, "compositeResponse") : Json();
      return list.is_array() ? list : Json::array();
    };
    const Json theirs = answers(recorded), ours = answers(made.response), others = answers(again.response);
    std::vector<Part> parts;
    const bool is_split = !theirs.empty() && theirs.size() == ours.size() && theirs.size() == others.size() &&
                          theirs.size() == made.operations.size();
    if (!is_split) {
      return {{whole, recorded.status, made.response.status, again.response.status, recorded, made.response, again.response}};
    }
    const auto part_of = [](const Json& answer) {
      http::Response part{.headers = {{"Content-Type", "application/json"}}, .body = dump_json(member(answer, "body"))};
      const Json& status = member(answer, "httpStatusCode");
      part.status = status.is_number_integer() ? status.get<int>() : 0;
      if (const std::string place = string_member(member(answer, "httpHeaders"), "Location"); !place.empty())
        part.headers.add("Location", place);
      return part;
    };
    for (std::size_t k = 0; k < theirs.size(); ++k) {
      Part part{made.operations[k], 0, 0, 0, part_of(theirs[k]), part_of(ours[k]), part_of(others[k])};
      part.recorded_status = part.recorded.status;
      part.status = part.made.status;
      part.other_status = part.other.status;
      parts.push_back(std::move(part));
    }
    return parts;
  }

  void compare(std::size_t i, const Part& part) {
    ++compared_.answers[part.operation];
    std::set<std::string> seen;  // an answer counts once for each cause
    const auto drift = [&](const std::string& cause, const std::string& recorded, const std::string& modelled) {
      if (seen.insert(cause).second) note(part.operation, all_.number(i), cause, recorded, modelled);
    };
    if (part.recorded_status != part.status) {
      const auto shown = [](int status, const http::Response& response) {
        constexpr std::size_t kShown = 200;
        return std::to_string(status) + " " + response.body.substr(0, kShown);
      };
      drift("status", shown(part.recorded_status, part.recorded), shown(part.status, part.made));
      return;  // the rest says nothing of its own
    }
    // What stands elsewhere is put in its place before anything is bound, lest ids of one row are taken for those of another.
    const Part settled = in_the_order_of_the_tape(part, drift);
    // Two answers are wanted in any case: both models learn the ids of the tape from them.
    auto found = differences(as_request(settled.recorded), as_request(settled.made), one_.bindings());
    (void)differences(as_request(settled.recorded), as_request(settled.other), other_.bindings());
    // What two models draw by lot is another value of the kinds that they draw: a member that is gone, or an object for a number, is none.
    std::map<std::string, std::set<std::string>> noisy;
    for (const Difference& one : differences(as_request(settled.made), as_request(settled.other), between_))
      noisy[one.pointer].insert({kind_of_shown(one.recorded), kind_of_shown(one.made)});
    std::erase_if(found, [&](const Difference& one) { return is_setting_of_an_org(one.pointer); });
    std::erase_if(found, [&](const Difference& one) {
      const auto drawn = noisy.find(one.pointer);
      if (drawn == noisy.end() || !drawn->second.contains(kind_of_shown(one.recorded))) return false;
      ++compared_.noise[part.operation + ": " + without_places(one.pointer)];
      return true;
    });
    for (const Difference& one : found) drift(cause_of(one), one.recorded, one.made);
  }

  /// Where a named credential leads is what somebody typed there, and no model could know it.
  static bool is_setting_of_an_org(std::string_view pointer) {
    const std::size_t member = pointer.find("/Endpoint");
    return member != std::string_view::npos && pointer.starts_with("/body/records/");
  }

  /// The models' answers, their lists in the order of the tape's where both hold the same; `drift` is told of those.
  template <class Told>
  Part in_the_order_of_the_tape(const Part& part, const Told& drift) {
    Bindings trial = one_.bindings().trial();
    const auto theirs = parse_json(part.recorded.body);
    auto ours = parse_json(part.made.body), others = parse_json(part.other.body);
    if (!theirs || !ours || !others) return part;
    Part settled = part;
    for (const std::string& list : lists_that_differ(differences(as_request(part.recorded), as_request(part.made), trial))) {
      if (!put_in_order(*theirs, *ours, list, one_.bindings())) continue;
      (void)put_in_order(*theirs, *others, list, other_.bindings());
      drift("order of " + (list.empty() ? "the list" : without_places(list)), "as on the tape", "the same in another order");
      settled.made.body = dump_json(*ours);
      settled.other.body = dump_json(*others);
    }
    return settled;
  }

  static std::set<std::string> lists_that_differ(const std::vector<Difference>& found) {
    std::set<std::string> lists;
    for (const Difference& one : found) {
      if (!one.pointer.starts_with("/body/")) continue;
      const std::string pointer = one.pointer.substr(std::string_view("/body").size());
      for (std::size_t slash = pointer.find('/', 1);; slash = pointer.find('/', slash + 1)) {
        const std::string head = pointer.substr(0, slash);
        if (is_number(std::string_view(head).substr(head.rfind('/') + 1))) lists.insert(head.substr(0, head.rfind('/')));
        if (slash == std::string::npos) break;
      }
    }
    return lists;
  }

  /// False: `ours` holds something else there, or the same in the same order, and stays as it is.
  static bool put_in_order(const Json& theirs, Json& ours, const std::string& list, const Bindings& known) {
    constexpr std::size_t kLongest = 200;
    const Json *recorded = at(theirs, list), *made = at(ours, list);
    if (recorded == nullptr || made == nullptr || !recorded->is_array() || !made->is_array()) return false;
    if (recorded->size() != made->size() || recorded->size() > kLongest) return false;
    std::vector<bool> taken(made->size(), false);
    Bindings bound = known.trial();
    Json sorted = Json::array();
    const auto as_it_stands = [](const Json& row) {
      return as_request({.headers = {{"Content-Type", "application/json"}}, .body = dump_json(row)});
    };
    for (const Json& row : *recorded) {
      const std::size_t before = sorted.size();
      for (std::size_t k = 0; k < made->size() && sorted.size() == before; ++k) {
        Bindings trial = bound.trial();
        if (taken[k] || !differences(as_it_stands(row), as_it_stands((*made)[k]), trial).empty()) continue;
        bound.adopt(std::move(trial));
        taken[k] = true;
        sorted.push_back((*made)[k]);
      }
      if (sorted.size() == before) return false;
    }
    if (sorted == *made) return false;
    ours[Json::json_pointer(list)] = std::move(sorted);
    return true;
  }

  void note(const std::string& operation, std::size_t entry, const std::string& cause, const std::string& recorded,
            const std::string& modelled) {
    const auto [known, is_new] = drifts_.try_emplace({operation, cause});
    Drift& drift = known->second;
    if (is_new) drift = {operation, cause, 0, entry, recorded, modelled};
    ++drift.count;
  }

  const Exchanges& all_;
  std::vector<Deed> deeds_;
  Counterpart& one_;
  Counterpart& other_;
  Bindings between_;  ///< the two models, one with the other
  milliseconds earliest_{0}, late_{0};
  std::map<std::pair<std::string, std::string>, Drift> drifts_;
  Compared compared_;
};

}  // namespace

bool Compared::has_news() const {
  return std::any_of(drifts.begin(), drifts.end(), [](const Drift& drift) { return !drift.is_known; });
}

Result<Compared, std::string> compare_with_models(const Exchanges& all, const CompareOptions& options) {
  if (all.size() == 0) return Compared{};
  WallTime start = all.started(0);
  // Deeds that the tape shows may be older than it is, and a model's clock does not go back.
  constexpr std::chrono::hours kOldest{24 * 30};
  auto deeds = deeds_in(all);
  for (const Deed& deed : deeds) start = std::min(start, std::max(deed.at, all.started(0) - kOldest));
  auto one = Counterpart::open(options.org_json, options.org_file, start, options.seed);
  auto other = Counterpart::open(options.org_json, options.org_file, start, options.seed + 1);
  if (!one || !other) return fail(!one ? one.error() : other.error());
  if (options.is_redacted) {
    for (Counterpart* counterpart : {one->get(), other->get()}) counterpart->bindings().expect_disguises_only();
  }
  auto compared = Comparing(all, std::move(deeds), **one, **other).compared();
  if (const auto trouble = all.trouble()) return fail(trouble->problem);
  return compared;
}

Result<Baseline> read_baseline(std::string_view text, std::string_view file) {
  const auto json = parse_json(text, file);
  if (!json) return fail(json.error());
  const Json& known = member(*json, "known");
  const Diagnostic wrong{{std::string(file), {}},
                         "expected known drift",
                         R"({"known": [{"operation": "Case create", "cause": "member /x: on the tape only"}]})"};
  if (!known.is_array()) return fail(wrong);
  Baseline baseline;
  for (const Json& one : known) {
    const std::string operation = string_member(one, "operation"), cause = string_member(one, "cause");
    if (operation.empty() || cause.empty()) return fail(wrong);
    baseline.emplace(operation, cause);
  }
  return baseline;
}

std::string write_baseline(const Compared& compared) {
  Json known = Json::array();
  Baseline sorted;
  for (const Drift& drift : compared.drifts) sorted.emplace(drift.operation, drift.cause);
  for (const auto& [operation, cause] : sorted) known.push_back({{"operation", operation}, {"cause", cause}});
  return Json{{"known", known}}.dump(2) + "\n";
}

void mark_known(Compared& compared, const Baseline& baseline) {
  compared.gone = baseline;
  for (Drift& drift : compared.drifts) {
    drift.is_known = baseline.contains({drift.operation, drift.cause});
    compared.gone.erase({drift.operation, drift.cause});
  }
}

}  // namespace casewire::scenarios
