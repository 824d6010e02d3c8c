#include <algorithm>

#include "base/text/strings.hpp"
#include "scenarios/language/cast.hpp"
#include "scenarios/language/value_kinds/families.hpp"

namespace casewire::scenarios {

namespace {

bool contains(const std::vector<std::string>& all, std::string_view one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

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
       .hear = +[](Cast& cast, const Value& value, bool) { return hear_fixture(cast, "files", value); },
       .completions = +[](const Cast& cast) { return cast.fixtures().names("files"); }},
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
       .hear =
           +[](Cast& cast, const Value& value, bool) { return hear_word_of_org(cast, "queue", cast.org_words().queues, value); },
       .completions = +[](const Cast& cast) { return cast.org_words().queues; }},
      {.name = "status",
       .description = "a status in quotes",
       .written = Kind::quoted,
       .hear = +[](Cast& cast, const Value& value,
                   bool) { return hear_word_of_org(cast, "Case status", cast.org_words().statuses, value); },
       .completions = +[](const Cast& cast) { return cast.org_words().statuses; }},
  };
}

}  // namespace casewire::scenarios
