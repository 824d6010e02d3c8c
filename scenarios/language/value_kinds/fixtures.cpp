#include <algorithm>

#include "base/text/strings.hpp"
#include "scenarios/language/cast.hpp"
#include "scenarios/language/value_kinds/families.hpp"

namespace casewire::scenarios {

namespace {

std::optional<Slip> hear_fixture(const Cast& cast, std::string_view folder, const Value& value) {
  const std::vector<std::string> names = cast.fixtures().names(folder);
  if (contains(names, value.text)) {
    return std::nullopt;
  }
  const std::string near = nearest(value.text, names);
  const std::string known = names.empty() || names.size() > 6 ? std::string{} : "known: " + choice_of(names);
  return Slip{
      "there is no " + std::string(value.kind->name) + " " + in_quotes(value.text) + " in fixtures/" + std::string(folder),
      near.empty() ? known : did_you_mean(near)};
}

std::optional<Slip> hear_file(Cast& cast, const Value& value, bool) {
  return contains(cast.made_files, value.text) ? std::nullopt : hear_fixture(cast, "files", value);
}

/// A file that the sentence makes: it may have any name that no fixture has.
std::optional<Slip> hear_new_file(Cast& cast, const Value& value, bool) {
  if (value.text.empty() || value.text.find('/') != std::string::npos) {
    return Slip{"expected the name of a file, found " + in_quotes(value.text), {}};
  }
  if (contains(cast.fixtures().names("files"), value.text)) {
    return Slip{"there is a file " + in_quotes(value.text) + " in fixtures/files",
                "write: with the file " + in_quotes(value.text)};
  }
  cast.made_files.push_back(value.text);
  return std::nullopt;
}

/// The API name of a field, as the org's Setup shows it.
std::optional<Slip> read_field(std::string_view text, const Reading&) {
  const bool good = !text.empty() && text.size() <= 80 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
  });
  return good ? std::nullopt
              : std::optional(expected_kind("field", text, "a field goes by its API name: \"Priority\", \"Region__c\""));
}

std::optional<Slip> hear_org(Cast& cast, const Value& value, bool introduces) {
  if (introduces) {
    cast.org = value.text;
  }
  return hear_fixture(cast, "orgs", value);
}

/// A word of the org; `known` empty: the org file does not say.
std::optional<Slip> hear_word_of_org(const Cast& cast, std::string_view what, const std::vector<std::string>& known,
                                     const Value& value) {
  if (known.empty() || contains(known, value.text)) {
    return std::nullopt;
  }
  const std::string near = nearest(value.text, known);
  return Slip{"the org " + in_quotes(cast.org) + " has no " + std::string(what) + " " + in_quotes(value.text),
              near.empty() ? "known: " + choice_of(known) : did_you_mean(near)};
}

std::optional<Slip> hear_queue(Cast& cast, const Value& value, bool introduces) {
  if (introduces) {
    cast.more_queues.push_back(value.text);
    return std::nullopt;
  }
  return contains(cast.more_queues, value.text) ? std::nullopt : hear_word_of_org(cast, "queue", cast.org_words().queues, value);
}

std::optional<Slip> hear_status(Cast& cast, const Value& value, bool introduces) {
  if (introduces) {
    cast.more_statuses.push_back(value.text);
    return std::nullopt;
  }
  return contains(cast.more_statuses, value.text) ? std::nullopt
                                                  : hear_word_of_org(cast, "Case status", cast.org_words().statuses, value);
}

}  // namespace

std::vector<ValueKind> kinds_of_fixtures() {
  using Kind = Token::Kind;
  return {
      {.name = "org",
       .description = "an org in quotes",
       .written = Kind::quoted,
       .hear = hear_org,
       .completions = +[](const Cast& cast) { return cast.fixtures().names("orgs"); }},
      {.name = "file",
       .description = "a file in quotes",
       .written = Kind::quoted,
       .hear = hear_file,
       .completions = +[](const Cast& cast) { return cast.fixtures().names("files"); }},
      {.name = "newfile", .description = "the name of a new file in quotes", .written = Kind::quoted, .hear = hear_new_file},
      {.name = "field", .description = "a field in quotes", .written = Kind::quoted, .read = read_field},
      {.name = "mail",
       .description = "a mail in quotes",
       .written = Kind::quoted,
       .hear = +[](Cast& cast, const Value& value, bool) { return hear_fixture(cast, "mail", value); },
       .completions = +[](const Cast& cast) { return cast.fixtures().names("mail"); }},
      {.name = "recording",
       .description = "a recording in quotes",
       .written = Kind::quoted,
       .hear = +[](Cast& cast, const Value& value, bool) { return hear_fixture(cast, "recordings", value); },
       .completions = +[](const Cast& cast) { return cast.fixtures().names("recordings"); }},
      {.name = "queue",
       .description = "a queue in quotes",
       .written = Kind::quoted,
       .hear = hear_queue,
       .completions = +[](const Cast& cast) { return cast.org_words().queues; }},
      {.name = "status",
       .description = "a status in quotes",
       .written = Kind::quoted,
       .hear = hear_status,
       .completions = +[](const Cast& cast) { return cast.org_words().statuses; }},
  };
}

}  // namespace casewire::scenarios
