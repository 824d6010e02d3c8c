#include "scenarios/tape/rewording.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>

#include "base/text/encoding.hpp"
#include "base/text/json.hpp"
#include "base/text/strings.hpp"
#include "scenarios/tape/lexemes.hpp"

namespace casewire::scenarios {

namespace {

constexpr std::string_view kParts = "/body/compositeRequest/";

/// One read: a request of its own, or a part of a composite.
struct Read {
  std::string target{};
  std::optional<Json> answer{};  ///< of the recording
};

/// Where a difference lies: which part, and what of it.
struct Place {
  std::optional<std::size_t> part{};
  std::string_view member{};
};

std::optional<Place> spot_of(std::string_view pointer) {
  if (!pointer.starts_with(kParts)) return Place{.member = pointer};
  pointer.remove_prefix(kParts.size());
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(pointer.data(), pointer.data() + pointer.size(), number);
  if (error != std::errc{}) return std::nullopt;
  return Place{.part = number, .member = pointer.substr(static_cast<std::size_t>(end - pointer.data()))};
}

/// A member of the n-th part; nullptr: there is none.
const Json* nth_part(const Json& body, const char* parts, std::size_t number) {
  const Json& all = member(body, parts);
  return all.is_array() && number < all.size() ? &all[number] : nullptr;
}

std::optional<Read> read_at(const Place& place, const http::Request& request, const http::Response* response) {
  const auto answer = response != nullptr ? parse_json(response->body) : Result<Json>{Json()};
  if (!place.part) {
    if (request.method != "GET") return std::nullopt;
    return Read{request.target, answer ? std::optional(*answer) : std::nullopt};
  }
  const auto body = parse_json(request.body);
  const Json* part = body ? nth_part(*body, "compositeRequest", *place.part) : nullptr;
  if (part == nullptr || string_member(*part, "method") != "GET") return std::nullopt;
  Read read{string_member(*part, "url")};
  const Json* answered = answer ? nth_part(*answer, "compositeResponse", *place.part) : nullptr;
  if (answered != nullptr) read.answer = member(*answered, "body");
  return read;
}

std::string parameter(const std::string& target, std::string_view name) {
  const auto fields = parse_form(http::Request{.target = target}.query());
  if (!fields) return {};
  const auto found = std::find_if(fields->begin(), fields->end(), [&](const auto& field) { return field.first == name; });
  return found == fields->end() ? std::string() : found->second;
}

/// A query as far as it matters here.
struct Query {
  std::set<std::string> columns{};
  std::string object{};
  std::set<std::string> speaks_of{};     ///< its quoted texts
  std::vector<std::string> condition{};  ///< from the object on
  std::vector<std::string> words{};      ///< of the condition, without its values
  bool names_a_time = false;             ///< in the condition
};

Query query_of(const std::string& text) {
  Query query;
  bool is_behind_from = false;
  for (const Lexeme& lexeme : soql_lexemes(text)) {
    if (lexeme.quoted) query.speaks_of.insert(lexeme.text);
    if (is_behind_from) {
      if (query.object.empty()) query.object = lexeme.text;
      query.condition.push_back((lexeme.quoted ? "'" : "") + lexeme.text);
      const bool is_value = lexeme.quoted || (lexeme.text[0] >= '0' && lexeme.text[0] <= '9');
      if (!is_value) query.words.push_back(lexeme.text);
      query.names_a_time = query.names_a_time || (is_value && !lexeme.quoted && lexeme.text.find('-') != std::string::npos);
    } else if (lexeme.text == "from" && !lexeme.quoted) {
      is_behind_from = true;
    } else if (lexeme.text != "select" && lexeme.text != ",") {
      query.columns.insert(lexeme.text);
    }
  }
  return query;
}

template <class Set>
bool holds(const Set& all, const Set& some) {
  return std::includes(all.begin(), all.end(), some.begin(), some.end());
}

bool has_no_row(const std::optional<Json>& answer) {
  if (!answer) return false;
  const Json& rows = member(*answer, "records");
  return rows.is_array() && rows.empty() && member(*answer, "totalSize") == Json(0);
}

/// Rows that were deleted are asked for too: of what the tape tells, none is.
bool asks_for_deleted_too(const std::string& recorded, const std::string& made) {
  const auto path = [](const std::string& target) { return target.substr(0, target.find('?')); };
  return path(recorded).ends_with("/query") && path(made) == path(recorded) + "All";
}

bool asks_no_more(const Query& recorded, Query made, const std::optional<Json>& answer) {
  if (recorded.object != made.object) return false;
  const bool asks_whether_deleted = !recorded.columns.contains("isdeleted") && made.columns.erase("isdeleted") != 0;
  // The same words with another value are no other words. A time that is spelled alike is another one: runs are at other times.
  if (recorded.words == made.words && recorded.columns == made.columns)
    return asks_whether_deleted && (has_no_row(answer) ? recorded.speaks_of == made.speaks_of
                                                       : recorded.condition == made.condition && !recorded.names_a_time);
  if (has_no_row(answer)) return recorded.speaks_of == made.speaks_of;
  return recorded.condition == made.condition && holds(recorded.columns, made.columns);
}

std::set<std::string> names_in(const std::string& list) {
  std::set<std::string> names;
  for (const std::string_view name : split(list, ',')) names.insert(lowercase(trimmed(name)));
  return names;
}

}  // namespace

bool is_in_other_words(const Difference& difference, const Exchange& recorded, const http::Request& made) {
  const auto place = spot_of(difference.pointer);
  if (!place) return false;
  const auto theirs = read_at(*place, recorded.request, &recorded.response);
  const auto ours = read_at(*place, made, nullptr);
  if (!theirs || !ours) return false;
  if (place->part && place->member == "/referenceId") return true;
  if (place->member == "/path" || place->member.ends_with("/url/path")) return asks_for_deleted_too(theirs->target, ours->target);
  if (place->member.ends_with("/query/q")) {
    return asks_no_more(query_of(parameter(theirs->target, "q")), query_of(parameter(ours->target, "q")), theirs->answer);
  }
  if (!place->member.ends_with("/query/fields")) return false;
  const auto asked = parameter(ours->target, "fields");
  return !asked.empty() && holds(names_in(parameter(theirs->target, "fields")), names_in(asked));
}

void answer_by_its_names(http::Response& response, const http::Request& made) {
  const auto asked = parse_json(made.body);
  auto answer = parse_json(response.body);
  if (!asked || !answer || !member(*answer, "compositeResponse").is_array()) return;
  Json& parts = (*answer)["compositeResponse"];
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const Json* part = nth_part(*asked, "compositeRequest", i);
    if (part != nullptr && parts[i].is_object()) parts[i]["referenceId"] = string_member(*part, "referenceId");
  }
  response.body = dump_json(*answer);
}

}  // namespace casewire::scenarios
