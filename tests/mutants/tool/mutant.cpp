#include "tests/mutants/tool/mutant.hpp"

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <optional>
#include <sstream>

#include "base/text/strings.hpp"

namespace casewire::mutants {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

/// The text without its outer blanks, every inner run of them as one, and where each of its characters stands.
struct Folded {
  std::string text;
  std::vector<std::size_t> at;
};

Folded folded(std::string_view text) {
  Folded result;
  bool blank = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (is_blank(text[i])) {
      blank = !result.text.empty();
      continue;
    }
    if (blank) {
      result.text += ' ';
      result.at.push_back(i - 1);
    }
    blank = false;
    result.text += text[i];
    result.at.push_back(i);
  }
  return result;
}

Diagnostic problem(const Mutant& mutant, std::string what) {
  return {.where = {mutant.file, {}}, .problem = mutant.name + ": " + std::move(what)};
}

/// By its name (FNV-1a), so that a new mutant changes no other's number and nothing else is built again.
int number_of(std::string_view name) {
  std::uint32_t hash = 2'166'136'261U;
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 16'777'619U;
  return static_cast<int>(hash & 0x7fff'ffffU) | 1;
}

std::optional<Mutant::Form> form_named(std::string_view name) {
  if (name == "expression") return Mutant::Form::expression;
  if (name == "statement") return Mutant::Form::statement;
  if (name == "text") return Mutant::Form::text;
  return std::nullopt;
}

Result<Mutant> read_mutant(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  Mutant mutant{.name = path.stem().string()};
  std::size_t number = 0;
  const auto wrong_line = [&](std::string what) {
    return fail(Diagnostic{
        .where = {path.string(), {number, 1}}, .problem = std::move(what), .hint = "tests/mutants/README.md shows the form"});
  };
  std::string* block = nullptr;
  for (std::string line; std::getline(in, line);) {
    ++number;
    if (number == 1) {
      mutant.wrong = line;
    } else if (line.starts_with("--- ") && block == nullptr) {
      const auto form = form_named(trimmed(line.substr(4)));
      if (!form) return wrong_line("expected \"--- expression\", \"--- statement\" or \"--- text\"");
      mutant.form = *form;
      block = &mutant.right;
    } else if (line == "+++" && block == &mutant.right) {
      block = &mutant.by;
    } else if (block != nullptr) {
      *block += line + "\n";
    } else if (line.starts_with("kind: ")) {
      mutant.kind = line.substr(6);
    } else if (line.starts_with("file: ")) {
      mutant.file = line.substr(6);
    } else if (line.starts_with("after: ")) {
      mutant.after = line.substr(7);
    } else if (!line.empty()) {
      return wrong_line("expected kind:, file:, after: or the place");
    }
  }
  if (block != &mutant.by || mutant.wrong.empty() || mutant.kind.empty() || mutant.file.empty() ||
      folded(mutant.right).text.empty()) {
    return wrong_line("the sentence, the kind, the file, the right text or the wrong one is missing");
  }
  if (mutant.form == Mutant::Form::text && mutant.by.find("PLANTED") == std::string::npos) {
    return wrong_line("a text must ask PLANTED, or the mutant cannot be switched");
  }
  return mutant;
}

struct Plant {
  const Mutant* mutant;
  Place place;
};

std::string switched(const Mutant& mutant) { return "::casewire::mutants::is_planted(" + std::to_string(mutant.number) + ")"; }

std::string with_switch(const Mutant& mutant) {
  std::string text = mutant.by;
  for (auto at = text.find("PLANTED"); at != std::string::npos; at = text.find("PLANTED", at)) {
    text.replace(at, std::string_view("PLANTED").size(), switched(mutant));
  }
  return text;
}

/// `plants` by place, outer ones first; all lie within [begin, end).
Result<std::string> rendered(const std::string& source, Place range, std::vector<Plant> plants) {
  std::string out;
  std::size_t at = range.begin;
  while (!plants.empty()) {
    const Plant outer = plants.front();
    std::vector<Plant> inner, later;
    for (auto it = plants.begin() + 1; it != plants.end(); ++it) {
      if (it->place.begin >= outer.place.end) {
        later.push_back(*it);
      } else if (it->place.end <= outer.place.end) {
        inner.push_back(*it);
      } else {
        return fail(problem(*it->mutant, "overlaps " + outer.mutant->name));
      }
    }
    if (outer.mutant->form == Mutant::Form::text && !inner.empty()) {
      return fail(problem(*inner.front().mutant, "lies in the text that " + outer.mutant->name + " replaces"));
    }
    auto right = rendered(source, outer.place, inner);
    if (!right) return right;
    out += source.substr(at, outer.place.begin - at);
    const std::string wrong(trimmed(outer.mutant->by));
    switch (outer.mutant->form) {
      case Mutant::Form::expression: out += "(" + switched(*outer.mutant) + " ? (" + wrong + ") : (" + *right + "))"; break;
      case Mutant::Form::statement:
        out += "if (" + switched(*outer.mutant) + ") { " + wrong + " } else { " + *right + " }";
        break;
      case Mutant::Form::text: out += with_switch(*outer.mutant); break;
    }
    at = outer.place.end;
    plants = std::move(later);
  }
  return out + source.substr(at, range.end - at);
}

}  // namespace

Result<std::vector<Mutant>> read_mutants(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".mutant") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  std::vector<Mutant> mutants;
  for (const auto& file : files) {
    auto mutant = read_mutant(file);
    if (!mutant) return fail(mutant.error());
    mutant->number = number_of(mutant->name);
    const auto same =
        std::find_if(mutants.begin(), mutants.end(), [&](const Mutant& one) { return one.number == mutant->number; });
    if (same != mutants.end()) return fail(problem(*mutant, "has the number of " + same->name + "; give it another name"));
    mutants.push_back(std::move(*mutant));
  }
  return mutants;
}

Result<Place> place_of(const Mutant& mutant, const std::string& source) {
  const Folded where = folded(source);
  const std::string right = folded(mutant.right).text;
  std::size_t from = 0;
  if (!mutant.after.empty()) {
    from = where.text.find(folded(mutant.after).text);
    if (from == std::string::npos) return fail(problem(mutant, "\"" + mutant.after + "\" is not in the file"));
  }
  const auto at = where.text.find(right, from);
  if (at == std::string::npos) return fail(problem(mutant, "its right text is not there"));
  if (mutant.after.empty() && where.text.find(right, at + 1) != std::string::npos) {
    return fail(problem(mutant, "its right text stands there more than once; say after: what"));
  }
  return Place{where.at[at], where.at[at + right.size() - 1] + 1};
}

Result<std::string> planted(const std::string& source, const std::vector<Mutant>& mutants) {
  std::vector<Plant> plants;
  for (const Mutant& mutant : mutants) {
    const auto place = place_of(mutant, source);
    if (!place) return fail(place.error());
    plants.push_back({&mutant, *place});
  }
  std::stable_sort(plants.begin(), plants.end(), [](const Plant& a, const Plant& b) {
    return a.place.begin != b.place.begin ? a.place.begin < b.place.begin : a.place.end > b.place.end;
  });
  return rendered(source, {0, source.size()}, std::move(plants));
}

}  // namespace casewire::mutants
