#include "scenarios/report/html.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "base/text/time.hpp"
#include "scenarios/report/failure.hpp"
#include "scenarios/report/journal_script.hpp"
#include "scenarios/report/markup.hpp"
#include "scenarios/report/page_assets.hpp"
#include "scenarios/report/sequence_diagram.hpp"
#include "scenarios/report/storyline.hpp"
#include "scenarios/report/tally.hpp"

namespace casewire::scenarios {

using namespace report;

namespace {

constexpr std::size_t kBodyBytes = 16u << 10;
constexpr std::size_t kBodyBytesOfALargeRun = 1u << 10;  // of scenarios that passed
constexpr std::size_t kLargeRunBytes = 12u << 20;
constexpr std::size_t kOpenAtFirst = 1;
constexpr std::size_t kListedAtFirst = 40;

constexpr std::array kVerdicts{Verdict::failed, Verdict::unknown, Verdict::not_exercised, Verdict::pending, Verdict::passed};

const char* css_name(Verdict verdict) {
  switch (verdict) {
    case Verdict::passed: return "passed";
    case Verdict::failed: return "failed";
    case Verdict::not_exercised: return "skipped";
    case Verdict::unknown: return "unknown";
    case Verdict::pending: return "pending";
  }
  return "unknown";
}

const char* mark(Verdict verdict) {
  switch (verdict) {
    case Verdict::passed: return "✓";
    case Verdict::failed: return "✗";
    case Verdict::not_exercised: return "–";
    case Verdict::unknown: return "?";
    case Verdict::pending: return "…";
  }
  return "?";
}

std::string badge(Verdict verdict) {
  return "<span class=\"badge " + std::string(css_name(verdict)) + "\" title=\"" + std::string(name_of(verdict)) + "\">" +
         mark(verdict) + "</span>";
}

std::string element(std::string_view name, std::string_view css_class, std::string_view text) {
  return "<" + std::string(name) + (css_class.empty() ? "" : " class=\"" + std::string(css_class) + "\"") + ">" +
         markup_text(text) + "</" + std::string(name) + ">";
}

std::string counted(std::size_t count, std::string_view noun) {
  return std::to_string(count) + " " + std::string(noun) + (count == 1 ? "" : "s");
}

class Page {
 public:
  explicit Page(const RunResult& result) : result_(result) {
    std::size_t bytes = 0;
    for (const ScenarioResult& scenario : result.scenarios) {
      for (const sim::Entry& entry : scenario.journal) bytes += approximate_bytes(entry.event);
    }
    large_ = bytes > kLargeRunBytes;
  }

  std::string text() {
    std::string out =
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<meta name=\"color-scheme\" content=\"light dark\">\n"
        // Nothing of the page may call out, whatever found its way into it.
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
        "script-src 'unsafe-inline'\">\n<title>" +
        markup_text("Casewire: " + tally_line(tally(result_))) + "</title>\n<style>\n" + kPageStyle +
        "</style>\n</head>\n<body>\n";
    out +=
        "<noscript><style>.toolbar, .rerun button { display: none; }</style><p class=\"remark noscript\">Without JavaScript the "
        "diagrams are all here, but nothing filters, and arrows do not open; <code>--journal</code> writes what they hold.</p>"
        "</noscript>\n";
    out += overview() + what_is_wrong() + toolbar() + "<main>\n" + features() + "</main>\n";
    out +=
        "<aside id=\"details\" hidden aria-label=\"Journal entry\"><header><h2></h2><nav>"
        "<button type=\"button\" data-go=\"-1\" title=\"Entry before\" aria-label=\"Entry before\">↑</button>"
        "<button type=\"button\" data-go=\"1\" title=\"Next entry\" aria-label=\"Next entry\">↓</button>"
        "<button type=\"button\" data-close title=\"Close (Esc)\" aria-label=\"Close\">✕</button></nav></header>"
        "<div class=\"body\"></div></aside>\n";
    return out + "<script>\n" + kPageScript + "</script>\n</body>\n</html>\n";
  }

 private:
  std::size_t count(Verdict verdict) const {
    return static_cast<std::size_t>(std::count_if(result_.scenarios.begin(), result_.scenarios.end(),
                                                  [&](const ScenarioResult& scenario) { return scenario.verdict == verdict; }));
  }

  std::string headline() const {
    const std::size_t all = result_.scenarios.size();
    const std::size_t passed = count(Verdict::passed);
    if (all == 0) return "Nothing was played";
    if (passed == all) return all == 1 ? "The scenario passed" : "All " + std::to_string(all) + " scenarios passed";
    const std::size_t failed = count(Verdict::failed) + count(Verdict::unknown);
    if (passed + count(Verdict::pending) == all) {
      return std::to_string(passed) + " of " + counted(all, "scenario") + " passed, the rest is pending";
    }
    if (failed == 0)
      return counted(count(Verdict::not_exercised), "scenario") + " of " + std::to_string(all) + " could not be exercised";
    return std::to_string(failed) + " of " + counted(all, "scenario") + " failed";
  }

  std::string overview() const {
    milliseconds virtual_time{0};
    std::size_t entries = 0;
    for (const ScenarioResult& scenario : result_.scenarios) {
      virtual_time += scenario.virtual_time;
      entries += scenario.journal.size();
    }
    const bool green = exit_code(result_) == 0;
    std::string out = "<header class=\"overview " + std::string(green ? "green" : "red") +
                      "\">\n<div class=\"title\"><p>Casewire report</p>" + element("h1", "", headline()) +
                      "</div>\n<div class=\"bar\" aria-hidden=\"true\">";
    for (const Verdict verdict : {Verdict::passed, Verdict::pending, Verdict::not_exercised, Verdict::unknown, Verdict::failed}) {
      if (count(verdict) != 0) {
        out += "<i class=\"" + std::string(css_name(verdict)) + "\" style=\"flex:" + std::to_string(count(verdict)) + "\"></i>";
      }
    }
    out += "</div>\n<dl>";
    const auto fact = [&](std::string_view name, std::string_view value) {
      out += "<div>" + element("dt", "", name) + element("dd", "", value) + "</div>";
    };
    fact("ring", result_.ring);
    fact("seed", std::to_string(result_.seed));
    fact("bridge", result_.bridge);
    if (!result_.bridge_environment.empty()) fact("the bridge's environment", environment_line(result_));
    if (!result_.left_out.empty()) fact("left out", left_out_line(result_));
    if (!result_.judging.empty()) fact("judged", result_.judging);
    fact("took", human_duration(result_.real_time));
    fact("time in their worlds", human_duration(virtual_time));
    fact("journal", std::to_string(entries) + " entries");
    out += "</dl>\n";
    if (large_)
      out += element("p", "remark", "The journals are large: of scenarios that passed this page has the first KiB of each body.");
    return out + "</header>\n";
  }

  // Before anything else, for whoever wants to know only that.
  std::string what_is_wrong() const {
    std::string lines;
    std::size_t listed = 0;
    for (const Verdict verdict : kVerdicts) {
      for (std::size_t at = 0; at < result_.scenarios.size() && verdict != Verdict::passed; ++at) {
        const ScenarioResult& scenario = result_.scenarios[at];
        if (scenario.verdict != verdict || ++listed > kListedAtFirst) continue;
        lines += "<li><a href=\"#s" + std::to_string(at + 1) + "\">" + badge(verdict) + markup_text(scenario.name) + "</a>" +
                 element("span", "", one_line(failure_headline(scenario), 200)) + "</li>\n";
      }
    }
    if (listed < 2) return {};  // the only one stands open below
    if (listed > kListedAtFirst) lines += "<li>and " + std::to_string(listed - kListedAtFirst) + " more, below</li>\n";
    return "<nav class=\"wrong-list\" aria-label=\"Not green\">\n<ol>\n" + lines + "</ol>\n</nav>\n";
  }

  std::string toolbar() const {
    std::string out =
        "<div class=\"toolbar\" role=\"search\">\n<div class=\"chips\" role=\"group\" aria-label=\"Verdict\">"
        "<button type=\"button\" data-verdict=\"\" aria-pressed=\"true\">All <b>" +
        std::to_string(result_.scenarios.size()) + "</b></button>";
    for (const Verdict verdict : kVerdicts) {
      if (count(verdict) == 0) continue;
      out += "<button type=\"button\" data-verdict=\"" + std::string(css_name(verdict)) + "\" aria-pressed=\"false\">" +
             badge(verdict) + " " + std::string(name_of(verdict)) + " <b>" + std::to_string(count(verdict)) + "</b></button>";
    }
    out +=
        "</div>\n<input type=\"search\" id=\"filter\" placeholder=\"Filter by text (press /)\" aria-label=\"Filter by "
        "text\">\n";
    std::set<std::string> tags;
    for (const ScenarioResult& scenario : result_.scenarios) tags.insert(scenario.tags.begin(), scenario.tags.end());
    if (!tags.empty()) {
      out += "<select id=\"tag\" aria-label=\"Tag\"><option value=\"\">any tag</option>";
      for (const std::string& tag : tags) out += element("option", "", tag);
      out += "</select>\n";
    }
    return out + "<span class=\"spring\"></span><output id=\"shown\"></output></div>\n";
  }

  // Scenarios by feature, in the order of the run.
  std::string features() {
    std::vector<std::pair<std::string, std::vector<std::size_t>>> features;
    std::map<std::string, std::size_t> places;
    for (std::size_t at = 0; at < result_.scenarios.size(); ++at) {
      const ScenarioResult& scenario = result_.scenarios[at];
      const auto [place, is_new] = places.emplace(scenario.where.file + "\n" + scenario.feature, features.size());
      if (is_new) features.push_back({scenario.feature, {}});
      features[place->second].second.push_back(at);
    }
    std::string out;
    for (const auto& [name, scenarios] : features) {
      out += "<section class=\"feature\">\n<h2>" + markup_text(name) + " <small>" +
             markup_text(result_.scenarios[scenarios.front()].where.file) + "</small></h2>\n";
      for (const std::size_t at : scenarios) out += scenario_text(result_.scenarios[at], "s" + std::to_string(at + 1));
      out += "</section>\n";
    }
    return out + "<p id=\"nothing\" hidden>No scenario matches the filter.</p>\n";
  }

  std::string scenario_text(const ScenarioResult& scenario, const std::string& id) {
    const bool bad = scenario.verdict != Verdict::passed;
    const bool open = (bad && opened_++ < kOpenAtFirst) || result_.scenarios.size() == 1;
    std::string tags;
    for (const std::string& tag : scenario.tags) tags += (tags.empty() ? "" : " ") + tag;
    std::string out = "<details class=\"scenario " + std::string(css_name(scenario.verdict)) + "\" id=\"" + id +
                      "\" data-verdict=\"" + css_name(scenario.verdict) + "\" data-tags=\"" + markup_attribute(tags) + "\"" +
                      (open ? " open" : "") + ">\n<summary>" + badge(scenario.verdict) + "<span class=\"name\">" +
                      (scenario.rule.empty() ? "" : element("span", "rule", scenario.rule + " › ")) + markup_text(scenario.name) +
                      "</span>";
    for (const std::string& tag : scenario.tags) out += element("span", "tag", tag);
    out += "<span class=\"spring\"></span>" +
           element("span", "time", human_duration(scenario.virtual_time) + " in " + human_duration(scenario.real_time)) +
           "</summary>\n";

    const Storyline story = storyline(scenario);
    out += "<div class=\"sheet\">\n<div class=\"side\">\n";
    if (bad) out += failure(scenario);
    if (!scenario.note.empty()) out += element("p", "remark", scenario.note);
    out += steps(scenario, id);
    out += "<p class=\"facts\">" + markup_text(scenario.where.file + ":" + std::to_string(scenario.where.position.line)) +
           "<br>seed " + std::to_string(scenario.seed) + ", " + std::to_string(scenario.journal.size()) + " journal entries";
    out += story.entries_left_out == 0 ? "" : ", " + std::to_string(story.entries_left_out) + " of them not drawn";
    out += "</p>\n";
    if (!scenario.rerun.empty()) {
      out += "<p class=\"rerun\"><code>" + markup_text(scenario.rerun) +
             "</code><button type=\"button\" data-copy>Copy</button></p>\n";
    }
    out += "</div>\n<div class=\"stage\">\n";
    if (scenario.journal.empty()) {
      out += element("p", "remark", "The journal of this scenario is empty.");
    } else {
      out += "<div class=\"titles\">" + diagram_head(story.participants) + "</div>\n" +
             diagram_body(story, id, scenario.journal.front().at);
    }
    out += "</div>\n</div>\n" + journal_script(scenario, story, id, large_ && !bad ? kBodyBytesOfALargeRun : kBodyBytes);
    return out + "</details>\n";
  }

  static std::string failure(const ScenarioResult& scenario) {
    std::string out = "<div class=\"failure\">" + element("h3", "", failure_headline(scenario));
    if (const StepResult* step = first_bad_step(scenario); step != nullptr && (!step->expected.empty() || !step->found.empty())) {
      out += "<dl>";
      if (!step->expected.empty()) out += "<dt>expected</dt>" + element("dd", "", step->expected);
      if (!step->found.empty()) out += "<dt>found</dt>" + element("dd", "", step->found);
      out += "</dl>";
    }
    for (const sim::Violation& violation : scenario.violations) {
      out += "<p>" + element("b", "", violation.invariant) + " " + markup_text(violation.what);
      if (violation.entry != 0) {
        const std::string number = std::to_string(violation.entry);
        out += " <button type=\"button\" class=\"link\" data-entry=\"" + number + "\">#" + number + "</button>";
      }
      out += "</p>";
    }
    for (const std::string& complaint : scenario.complaints) {
      if (complaint != failure_headline(scenario)) out += element("p", "", complaint);
    }
    return out + "<details class=\"as-text\"><summary>as text</summary><pre>" + markup_text(failure_text(scenario)) +
           "</pre></details></div>\n";
  }

  static std::string steps(const ScenarioResult& scenario, const std::string& id) {
    std::string out = "<ol class=\"steps\">\n";
    std::string keyword;
    for (std::size_t at = 0; at < scenario.steps.size(); ++at) {
      const StepResult& step = scenario.steps[at];
      const char* state = !step.reached ? "unreached" : css_name(step.verdict);
      out += "<li class=\"" + std::string(state) + "\"><a href=\"#" + id + "-s" + std::to_string(at) + "\">" +
             (step.reached ? badge(step.verdict) : "<span class=\"badge\" title=\"not reached\">·</span>") + "<span>" +
             element("b", "", step.keyword == keyword ? "And" : step.keyword) + " " + markup_text(step.text) +
             "</span></a></li>\n";
      keyword = step.keyword;
    }
    return out + "</ol>\n";
  }

  const RunResult& result_;
  bool large_ = false;
  std::size_t opened_ = 0;
};

}  // namespace

std::string html(const RunResult& result) { return Page(result).text(); }

}  // namespace casewire::scenarios
