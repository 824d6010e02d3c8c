#include "scenarios/report/html.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "base/text/counted.hpp"
#include "base/text/time.hpp"
#include "scenarios/report/failure.hpp"
#include "scenarios/report/markup.hpp"
#include "scenarios/report/packed.hpp"
#include "scenarios/report/page_assets.hpp"
#include "scenarios/report/promises.hpp"
#include "scenarios/report/scenario_data.hpp"
#include "scenarios/report/tally.hpp"
#include "scenarios/report/text_pool.hpp"

namespace casewire::scenarios {

using namespace report;

namespace {

constexpr std::size_t kListedAtFirst = 40;
constexpr std::size_t kSlowestListed = 5;
// A pack is inflated as a whole when one of its scenarios is opened: large enough to share what they have in common, small enough
// for a moment.
constexpr std::size_t kPackScenarios = 24;
constexpr std::size_t kPackBytes = 3u << 20;

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
  return "<span class=\"badge " + std::string(css_name(verdict)) + "\" role=\"img\" aria-label=\"" +
         std::string(name_of(verdict)) + "\" title=\"" + std::string(name_of(verdict)) + "\">" + mark(verdict) + "</span>";
}

std::string element(std::string_view name, std::string_view css_class, std::string_view text) {
  return "<" + std::string(name) + (css_class.empty() ? "" : " class=\"" + std::string(css_class) + "\"") + ">" +
         markup_text(text) + "</" + std::string(name) + ">";
}

constexpr const char* kPicture =
    "<dialog id=\"picture\" aria-labelledby=\"picture-title\"><h2 id=\"picture-title\"></h2><img alt=\"\">"
    "<form method=\"dialog\"><button>Close</button></form></dialog>\n";

constexpr const char* kHelp =
    "<dialog id=\"help\" aria-labelledby=\"help-title\"><h2 id=\"help-title\">Keys</h2><dl>"
    "<dt><kbd>j</kbd> <kbd>k</kbd>, arrow keys</dt><dd>next and previous step; the windows show the world as it stood there</dd>"
    "<dt><kbd>n</kbd> <kbd>p</kbd></dt><dd>next and previous scenario of the list</dd>"
    "<dt><kbd>/</kbd></dt><dd>filter; Enter looks into mails, ids and bodies too</dd>"
    "<dt><kbd>Tab</kbd> into the diagram, <kbd>↑</kbd> <kbd>↓</kbd>, <kbd>Enter</kbd></dt><dd>walk its rows and open one</dd>"
    "<dt><kbd>Esc</kbd></dt><dd>close what is open</dd></dl>"
    "<p class=\"remark\">Tinted: changed in this step. Dashed: wanted by the step's check, and not there. The address holds the "
    "scenario, the step and the filter.</p><form method=\"dialog\"><button>Close</button></form></dialog>\n";

class Page {
 public:
  explicit Page(const RunResult& result) : result_(result) {
    // One stands open at first: the worst, or the only one.
    for (const Verdict verdict : kVerdicts) {
      const auto found = std::find_if(result.scenarios.begin(), result.scenarios.end(),
                                      [&](const ScenarioResult& scenario) { return scenario.verdict == verdict; });
      if (found == result.scenarios.end()) continue;
      if (verdict != Verdict::passed || result.scenarios.size() == 1) opened_ = &*found;
      break;
    }
  }

  std::string text() {
    std::string out =
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<meta name=\"color-scheme\" content=\"light dark\">\n"
        // Nothing of the page may call out, whatever found its way into it.
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
        "script-src 'unsafe-inline'; img-src data:\">\n<title>" +
        markup_text("Casewire: " + tally_line(tally(result_))) + "</title>\n<style>\n" + kPageStyle +
        "</style>\n</head>\n<body>\n";
    out +=
        "<noscript><style>.toolbar, .overview button { display: none; }</style><p class=\"remark noscript\">Without JavaScript "
        "there is the list only, and what is wrong as text; <code>--journal</code> writes what the page holds.</p></noscript>\n";
    out += overview() + what_is_wrong() + toolbar() + "<main>\n" + features() + "</main>\n";
    out +=
        "<aside id=\"details\" hidden aria-label=\"Journal entry\"><header><h2></h2><nav>"
        "<button type=\"button\" data-go=\"-1\" title=\"Entry before\" aria-label=\"Entry before\">↑</button>"
        "<button type=\"button\" data-go=\"1\" title=\"Next entry\" aria-label=\"Next entry\">↓</button>"
        "<button type=\"button\" data-close title=\"Close (Esc)\" aria-label=\"Close\">✕</button></nav></header>"
        "<div class=\"body\"></div></aside>\n";
    return out + kHelp + kPicture + packs() + "<script>\n" + kPageScript + "</script>\n</body>\n</html>\n";
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
    if (passed == all) return all == 1 ? "The scenario passed" : "All " + counted(all, "scenario") + " passed";
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
                      "<button type=\"button\" data-help title=\"Keys (?)\" aria-label=\"Keys\">?</button></div>\n"
                      "<div class=\"bar\" aria-hidden=\"true\">";
    for (const Verdict verdict : {Verdict::passed, Verdict::pending, Verdict::not_exercised, Verdict::unknown, Verdict::failed}) {
      if (count(verdict) != 0) {
        out += "<i class=\"" + std::string(css_name(verdict)) + "\" style=\"flex:" + std::to_string(count(verdict)) + "\"></i>";
      }
    }
    out += "</div>\n<dl>";
    const auto fact = [&](std::string_view name, std::string_view value) {
      if (!value.empty()) out += "<div>" + element("dt", "", name) + element("dd", "", value) + "</div>";
    };
    if (result_.started_at != WallTime{}) fact("date", iso8601(result_.started_at).substr(0, 16).replace(10, 1, " ") + " UTC");
    fact("commit", result_.commit);
    if (result_.ci_url.starts_with("https://") || result_.ci_url.starts_with("http://")) {
      out += "<div><dt>CI run</dt><dd><a href=\"" + markup_attribute(result_.ci_url) + "\" rel=\"noreferrer\">" +
             markup_text(result_.ci_url) + "</a></dd></div>";
    }
    fact("host", result_.host);
    fact("ring", result_.ring);
    fact("seed", std::to_string(result_.seed));
    fact("shard", result_.shard);
    fact("bridge", result_.bridge);
    fact("the bridge's environment", environment_line(result_));
    fact("left out", left_out_line(result_.left_out));
    fact("judged", result_.judging);
    fact("took", human_duration(result_.real_time));
    fact("time in their worlds", human_duration(virtual_time));
    fact("journal", std::to_string(entries) + " entries");
    fact("command", result_.command);
    return out + "</dl>\n" + slowest() + matrix() + "</header>\n";
  }

  std::string slowest() const {
    if (result_.scenarios.size() <= kSlowestListed) return {};
    std::vector<std::size_t> order(result_.scenarios.size());
    for (std::size_t at = 0; at < order.size(); ++at) order[at] = at;
    std::partial_sort(order.begin(), order.begin() + kSlowestListed, order.end(), [&](std::size_t a, std::size_t b) {
      const auto &one = result_.scenarios[a], &other = result_.scenarios[b];
      return one.real_time != other.real_time ? one.real_time > other.real_time : a < b;
    });
    std::string lines;
    for (std::size_t at = 0; at < kSlowestListed; ++at) {
      const ScenarioResult& scenario = result_.scenarios[order[at]];
      lines += "<li><span class=\"time\">" + human_duration(scenario.real_time) + "</span> " + link_to(order[at]) + "</li>\n";
    }
    return "<details class=\"slowest\"><summary>slowest</summary>\n<ol>\n" + lines + "</ol></details>\n";
  }

  /// A row: tag, what it says, its scenarios by verdict; the tag filters the list.
  std::string matrix_row(const std::string& tag, std::string_view what, std::string_view elsewhere) const {
    std::map<Verdict, std::size_t> counts;
    for (const ScenarioResult& scenario : result_.scenarios) {
      if (std::find(scenario.tags.begin(), scenario.tags.end(), tag) != scenario.tags.end()) ++counts[scenario.verdict];
    }
    std::string cells;
    for (const Verdict verdict : kVerdicts) {
      if (counts.contains(verdict)) cells += badge(verdict) + " " + std::to_string(counts[verdict]) + " ";
    }
    if (counts.empty()) {
      return "<tr class=\"none\">" + element("td", "", tag) + element("td", "", what) +
             element("td", "", elsewhere.empty() ? "no scenario" : "elsewhere") + "</tr>\n";
    }
    return "<tr><td><a href=\"#tag=" + markup_attribute(tag) + "\" data-tag=\"" + markup_attribute(tag) + "\">" +
           markup_text(tag) + "</a></td>" + element("td", "", what) + "<td>" + cells + "</td></tr>\n";
  }

  /// What a bridge is held to, and what came of it; for runs that speak of it.
  std::string matrix() const {
    const bool speaks_of_it = std::any_of(result_.scenarios.begin(), result_.scenarios.end(), [](const ScenarioResult& scenario) {
      return std::any_of(scenario.tags.begin(), scenario.tags.end(),
                         [](const std::string& tag) { return tag.starts_with("@promise:"); });
    });
    if (!speaks_of_it) return {};
    std::string rows;
    for (const Promise& promise : promises()) rows += matrix_row("@promise:" + std::string(promise.name), promise.what, {});
    for (const FailureMode& mode : failure_modes())
      rows += matrix_row("@F" + std::to_string(mode.number), mode.what, mode.elsewhere);
    return "<details class=\"matrix\"><summary>promises and failure modes</summary>\n<div class=\"scroller\" tabindex=\"0\" "
           "role=\"region\" aria-label=\"Promises and failure modes\"><table>\n" +
           rows + "</table></div></details>\n";
  }

  std::string link_to(std::size_t at) const {
    const std::string id = "s" + std::to_string(at + 1);
    return "<a href=\"#" + id + "\" data-scenario=\"" + id + "\">" + markup_text(result_.scenarios[at].name) + "</a>";
  }

  // Before anything else, for whoever wants to know only that.
  std::string what_is_wrong() const {
    std::string lines;
    std::size_t listed = 0;
    for (const Verdict verdict : kVerdicts) {
      for (std::size_t at = 0; at < result_.scenarios.size() && verdict != Verdict::passed; ++at) {
        const ScenarioResult& scenario = result_.scenarios[at];
        if (scenario.verdict != verdict || ++listed > kListedAtFirst) continue;
        lines +=
            "<li>" + badge(verdict) + link_to(at) + element("span", "", one_line(failure_headline(scenario), 200)) + "</li>\n";
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
        "text\">\n<button type=\"button\" id=\"inside\" hidden title=\"Enter\">search inside journals</button>\n";
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
    const bool open = &scenario == opened_;
    std::string tags;
    for (const std::string& tag : scenario.tags) tags += (tags.empty() ? "" : " ") + tag;
    std::string out = "<details class=\"scenario " + std::string(css_name(scenario.verdict)) + "\" id=\"" + id +
                      "\" data-verdict=\"" + css_name(scenario.verdict) + "\" data-tags=\"" + markup_attribute(tags) +
                      "\" data-place=\"" + markup_attribute(place_of(scenario)) + "\"" + (open ? " open" : "") + ">\n<summary>" +
                      badge(scenario.verdict) + "<span class=\"name\">" +
                      (scenario.rule.empty() ? "" : element("span", "rule", scenario.rule + " › ")) + markup_text(scenario.name) +
                      "</span>";
    for (const std::string& tag : scenario.tags) out += element("span", "tag", tag);
    out += "<span class=\"spring\"></span>" +
           element("span", "time", human_duration(scenario.virtual_time) + " in " + human_duration(scenario.real_time)) +
           "</summary>\n";
    // Until the script puts more in its place.
    if (!scenario.note.empty()) out += element("p", "remark", scenario.note);
    if (bad) out += element("pre", "as-text", failure_text(scenario));
    return out + "</details>\n";
  }

  // What the script builds a scenario from, and an index of what is where.
  std::string packs() const {
    if (result_.scenarios.empty()) return {};
    std::string out;
    Json index = Json::array(), scenarios = Json::array();
    TextPool pool;
    std::size_t number = 0;
    const auto close = [&] {
      out += packed_block("pack-" + std::to_string(number++),
                          dump_json({{"texts", pool.texts()}, {"scenarios", std::move(scenarios)}}));
      scenarios = Json::array();
      pool = TextPool();
    };
    for (const ScenarioResult& scenario : result_.scenarios) {
      std::string words;
      for (const StepResult& step : scenario.steps) words += step.keyword + " " + step.text + "\n" + step.below + "\n";
      index.push_back({{"pack", number}, {"at", scenarios.size()}, {"words", std::move(words)}});
      Json data = scenario_data(scenario);
      pool.take(data);
      scenarios.push_back(std::move(data));
      if (scenarios.size() == kPackScenarios || pool.bytes() > kPackBytes) close();
    }
    if (!scenarios.empty()) close();
    return out + packed_block("pack-index", dump_json(index));
  }

  const RunResult& result_;
  const ScenarioResult* opened_ = nullptr;
};

}  // namespace

std::string html(const RunResult& result) { return Page(result).text(); }

}  // namespace casewire::scenarios
