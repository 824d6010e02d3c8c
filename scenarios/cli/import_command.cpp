#include "scenarios/cli/import_command.hpp"

#include <algorithm>
#include <filesystem>
#include <iostream>

#include "base/recording/private_file.hpp"
#include "base/text/strings.hpp"
#include "scenarios/cli/commands.hpp"
#include "scenarios/cli/complaint.hpp"
#include "scenarios/cli/places.hpp"
#include "scenarios/cli/version.hpp"
#include "scenarios/cli/whole_file.hpp"
#include "scenarios/evidence/bundle.hpp"
#include "scenarios/evidence/org_delta.hpp"
#include "scenarios/evidence/retelling.hpp"
#include "scenarios/evidence/story.hpp"
#include "scenarios/evidence/symptoms.hpp"
#include "scenarios/language/fixtures.hpp"
#include "scenarios/report/run_json.hpp"
#include "scenarios/tape/har_exchange.hpp"
#include "scenarios/tape/masking.hpp"
#include "scenarios/tape/tape_writer.hpp"

namespace casewire::scenarios {
namespace {

namespace fs = std::filesystem;

void list(const std::string& head, const std::vector<std::string>& lines) {
  if (lines.empty()) return;
  std::cout << head << "\n";
  constexpr std::size_t kShown = 40;
  for (std::size_t i = 0; i < std::min(kShown, lines.size()); ++i) std::cout << "  " << lines[i] << "\n";
  if (lines.size() > kShown) std::cout << "  and " << lines.size() - kShown << " more\n";
}

std::vector<std::string> told(const Judgement& judgement, bool is_proved) {
  std::vector<std::string> lines;
  for (const Exhibit& exhibit : judgement.exhibits) {
    if (exhibit.is_proved() != is_proved) continue;
    lines.push_back((exhibit.symptom.empty() ? "" : exhibit.symptom + ": ") + exhibit.what +
                    (exhibit.where.empty() ? "" : "  (" + exhibit.where + ")") + "  [" + exhibit.invariant + "]" +
                    (is_proved ? "" : "; " + exhibit.doubt));
  }
  return lines;
}

/// What the ticket says and the material does, or does not.
std::string about_the_claim(const std::string& name, const std::string& who, const Judgement& judgement) {
  const Answer& answer = judgement.answers.at(name);
  switch (answer.degree) {
    case Answer::Degree::shown: return "The material shows what " + who + " says: " + name + ".";
    case Answer::Degree::spoken_for:
      return "The material speaks for what " + who + " says (" + name + ") and does not prove it: " + answer.why + ".";
    case Answer::Degree::untold:
      return "Whether " + who + " is right cannot be told from the material (" + name + "): " + answer.why + ".";
    case Answer::Degree::left_open:
      return "Nothing in the material shows what " + who + " says (" + name + "), and it may not hold all of it: " + answer.why +
             ".";
    case Answer::Degree::contradicted: break;
  }
  return (who == "the ticket" ? "The ticket" : who) + " says \"" + name +
         "\"; the material contradicts it: nothing of the kind is in it.";
}

bool write_text(const fs::path& file, const std::string& text) {
  std::error_code error;
  fs::create_directories(file.parent_path(), error);
  return recording::write_private(file.string(), text);
}

/// What came, for sentences that want it: the mails one by one, and the recordings as one tape.
struct Material {
  std::vector<std::string> mails;
  Recordings recordings;
};

bool write_tape(const std::string& file, Recordings& recordings) {
  recording::Pseudonyms pseudonyms;
  const auto each = [&](const std::function<void(Exchange)>& what) { return recordings.for_each(what); };
  if (!learn_all(pseudonyms, each)) return false;
  const auto writer = TapeWriter::begin(file, log_json({}, {}, 0));
  bool is_written = writer != nullptr;
  const auto read =
      each([&](Exchange exchange) { is_written = is_written && writer->add(pseudonyms.masked(std::move(exchange))); });
  return read && is_written && writer->finish();
}

bool write_material(const fs::path& fixtures, Material& material, const std::string& name) {
  std::size_t number = 0;
  for (const std::string& mail : material.mails) {
    if (!write_text(fixtures / "mail" / (name + "-" + std::to_string(++number) + ".eml"), mail)) return false;
  }
  if (material.recordings.size() == 0 || material.recordings.size() > kHarEntriesMax) return true;
  std::error_code error;
  fs::create_directories(fixtures / "recordings", error);
  return write_tape((fixtures / "recordings" / (name + ".har")).string(), material.recordings);
}

std::optional<OrgDelta> delta_of(const Evidence& evidence, const std::string& name) {
  const auto text = Fixtures(default_fixtures(), built_in_fixtures()).read("orgs", std::string(kDefaultOrg) + "/org.json");
  const auto known = text ? parse_json(*text) : Result<Json>(Json());
  auto delta = known ? org_delta(*known, evidence) : std::nullopt;
  if (delta) delta->org["name"] = name;
  return delta;
}

/// The scenario's own fixtures stand beside it, and the org that it speaks of. The error says why nothing more is written.
Result<void, std::string> write_bundle(const fs::path& out, const fs::path& feature, const Retelling& retelling,
                                       Material& material, const std::optional<OrgDelta>& delta) {
  std::error_code error;
  const Fixtures fixtures(default_fixtures(), built_in_fixtures());
  const auto org = fixtures.file("orgs", std::string(kDefaultOrg) + "/org.json");
  if (!org)
    return fail("the scenario's org is not to be found: " + org.error() +
                "; it comes with the program (share/casewire/fixtures), or stands in a folder fixtures here or above");
  const auto refused = [&](const fs::path& place) {
    return fail("cannot write " + place.string() + (error ? ": " + error.message() : std::string()));
  };
  const fs::path orgs = out / "fixtures" / "orgs";
  fs::create_directories(orgs, error);
  if (error) return refused(orgs);
  if (delta && !write_text(orgs / feature.stem() / "org.json", delta->org.dump(2) + "\n")) return refused(orgs / feature.stem());
  fs::copy(fs::path(*org).parent_path(), orgs / kDefaultOrg, fs::copy_options::recursive | fs::copy_options::overwrite_existing,
           error);
  if (error) return refused(orgs / kDefaultOrg);
  for (const auto& [name, bytes] : retelling.files) {
    if (!write_text(out / "fixtures" / "files" / name, bytes)) return refused(out / "fixtures" / "files" / name);
  }
  if (!write_material(out / "fixtures", material, feature.stem().string())) return refused(out / "fixtures");
  return write_text(feature, retelling.feature) ? Result<void, std::string>() : refused(feature);
}

/// A name for a file, of the bundle's.
std::string file_name_of(const std::string& bundle) {
  std::string name;
  for (const char c : fs::path(bundle).lexically_normal().filename().empty() ? fs::path(bundle).parent_path().filename().string()
                                                                             : fs::path(bundle).stem().string()) {
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    name += is_plain ? c : '-';
  }
  return name.empty() ? "ticket" : name;
}

/// The symptoms for which a scenario turned red: by its checks, and by the invariants.
std::vector<std::string> shown_by(const ScenarioResult& scenario, const Retelling& retelling) {
  std::vector<std::string> shown;
  for (const Symptom& symptom : symptoms()) {
    bool is_shown = std::any_of(scenario.violations.begin(), scenario.violations.end(), [&](const sim::Violation& violation) {
      return std::find(symptom.invariants.begin(), symptom.invariants.end(), violation.invariant) != symptom.invariants.end();
    });
    const auto lines = retelling.lines_of.find(std::string(symptom.name));
    for (const StepResult& step : scenario.steps) {
      if (step.verdict != Verdict::failed || lines == retelling.lines_of.end()) continue;
      is_shown =
          is_shown || std::find(lines->second.begin(), lines->second.end(), step.where.position.line) != lines->second.end();
    }
    if (is_shown) shown.emplace_back(symptom.name);
  }
  return shown;
}

std::string joined(const std::vector<std::string>& words) {
  std::string all;
  for (const std::string& word : words) all += (all.empty() ? "" : ", ") + word;
  return all;
}

int run_it(const ImportOptions& options, const fs::path& feature, const Retelling& retelling) {
  const fs::path result_file = fs::path(options.out) / "run.json";
  RunOptions run;
  run.paths = {feature.string()};
  run.simulated = options.bridge.empty();
  run.bridge = options.bridge;
  run.reports.files["json"] = result_file.string();
  run.reports.files["html"] = (fs::path(options.out) / "report.html").string();
  const int code = run_scenarios(run);
  if (code == 2 || code == 3) return code;
  const auto result = read_run_json(whole_file(result_file).value_or(""), result_file.string());
  if (!result || result->scenarios.empty()) return complain("import", "the run left no result in " + result_file.string());
  const ScenarioResult& scenario = result->scenarios.front();
  const auto shown = shown_by(scenario, retelling);
  const std::string bridge = options.bridge.empty() ? std::string("casewire-bridge ") + kVersion : options.bridge;
  const bool is_it = options.symptom.empty() ? scenario.verdict == Verdict::failed
                                             : std::find(shown.begin(), shown.end(), options.symptom) != shown.end();
  const std::string reason = options.symptom.empty() ? "" : " (" + options.symptom + ")";
  if (is_it) {
    std::cout << "\nReproduced with " << bridge << reason << (shown.empty() ? "" : ": " + joined(shown)) << "\n";
    return 1;
  }
  std::cout << "\nNot reproduced with " << bridge << reason;
  if (scenario.verdict == Verdict::failed) {
    std::cout << ": the scenario fails, but for another reason" << (shown.empty() ? "" : ": " + joined(shown));
  } else if (scenario.verdict == Verdict::passed) {
    std::cout << ": it does right what the material tells";
  } else {
    std::cout << ": the scenario was " << name_of(scenario.verdict);
  }
  std::cout << "\n";
  return 4;
}

}  // namespace

int import_bundle(const ImportOptions& options) {
  const Symptom* symptom = options.symptom.empty() ? nullptr : symptom_named(options.symptom);
  if (symptom == nullptr && !options.symptom.empty()) {
    std::vector<std::string> known;
    for (const Symptom& one : symptoms()) known.emplace_back(one.name);
    const std::string near = nearest(options.symptom, known);
    return complain("import", "there is no symptom \"" + options.symptom + "\"" +
                                  (near.empty() ? "" : "; did you mean \"" + near + "\"?") + "\n  known are: " + joined(known));
  }
  TableTerms tables{.zone = {}, .order = date_order_named(options.date_order)};
  if (!options.time_zone.empty()) {
    const auto zone = TimeZone::named(options.time_zone);
    if (!zone) return complain("import", zone.error());
    tables.zone = *zone;
  }
  auto evidence = open_bundle(options.bundle, options.hosts.named(), {}, tables);
  if (!evidence) {
    std::cerr << render(evidence.error());
    return 2;
  }
  const fs::path feature = fs::path(options.out) / (file_name_of(options.bundle) + ".feature");
  std::error_code error;
  if (fs::exists(feature, error))
    return complain("import", feature.string() + " is there already; name another folder with --out");

  list("Read:", evidence->read);
  list("Not used:", evidence->unused);
  const auto& unused = evidence->unused;
  if (std::any_of(unused.begin(), unused.end(), [](const std::string& one) { return one.ends_with(har::kUnknownHost); }))
    std::cout << "hint: " << har::kHostOptions << "\n";
  list("What the bridge's own log complains of:", evidence->complaints);
  if (evidence->clues.empty() && evidence->rows.empty() && !evidence->has_calls)
    return complain("import", "nothing in " + options.bundle + " tells what happened");
  Material material{.mails = std::move(evidence->mails), .recordings = std::move(evidence->recordings)};
  const std::string name = file_name_of(options.bundle);
  const auto delta = delta_of(*evidence, name);
  if (delta) list("What the customer's org has beside that of service-cloud:", delta->told);
  const auto files = evidence->files;
  const auto tickets = evidence->tickets;
  const Story story = told_by(*std::move(evidence), options.support_addresses);
  const Judgement judgement = judge(story);
  const auto lines = told(judgement, true);
  list("What the material shows:", lines.empty() ? std::vector<std::string>{"nothing that breaks a promise"} : lines);
  list("What is missing in it, which proves nothing by itself:", told(judgement, false));
  list("What it cannot tell:", judgement.untold);
  if (symptom != nullptr) std::cout << about_the_claim(options.symptom, "the ticket", judgement) << "\n";
  for (const auto& [file, text] : tickets) {
    for (const std::string& claim : claimed_in(text)) {
      if (claim != options.symptom) std::cout << about_the_claim(claim, file, judgement) << "\n";
    }
  }

  const Retelling retelling = retell(story, files, name, delta ? name : kDefaultOrg);
  if (retelling.feature.empty()) {
    list("Guessed:", retelling.guesses);
    return complain("import", "no scenario was written: the material tells of no conversation between a customer and support");
  }
  if (const auto written = write_bundle(options.out, feature, retelling, material, delta); !written)
    return complain("import", written.error());
  std::cout << "Written: " << feature.string() << " and its fixtures; play it with: casewire run " << feature.string() << "\n";
  if (const std::size_t guesses = retelling.guesses.size(); guesses != 0)
    std::cout << "  " << (guesses == 1 ? "1 guess is" : std::to_string(guesses) + " guesses are") << " marked in it\n";
  return options.run ? run_it(options, feature, retelling) : 0;
}

}  // namespace casewire::scenarios
