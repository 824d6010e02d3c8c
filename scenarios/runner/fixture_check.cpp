#include "scenarios/runner/fixture_check.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "base/text/strings.hpp"
#include "scenarios/language/mistakes.hpp"
#include "scenarios/tape/exchanges.hpp"
#include "sim/mail/message.hpp"
#include "sim/salesforce/org_file.hpp"

namespace casewire::scenarios {
namespace {

class FixtureCheck {
 public:
  explicit FixtureCheck(const Fixtures& fixtures) : fixtures_(fixtures) {}

  void add(const Scenario& scenario) {
    std::map<std::string, std::string> addresses;  // of the customers
    support_ = {"help@acme.test"};
    bool names_org = false;
    for (const Step& step : scenario.steps) {
      const std::string& customer = step.action.text("customer");
      for (const Value& value : step.action.values()) {
        if (value.kind->name == "address") {
          addresses[customer] = value.text;
        } else if (value.kind->name == "support" && step.action.group() == Group::staging) {
          support_.insert(lowercase(value.text));
        } else if (value.kind->name == "org") {
          names_org = true;
          org(value.text, step.where);
        } else if (value.kind->name == "recording") {
          recording(value.text, step.where);
        } else if (value.kind->name == "mail") {
          mail(value.text, addresses[customer], step.where);
        }
      }
    }
    if (!names_org) org(kDefaultOrg, scenario.where);
  }

  std::string take() { return std::move(problems_); }

 private:
  void org(const std::string& name, const Where& where) {
    check("orgs", name + "/org.json", where, sim::salesforce::read_org_file);
  }
  void recording(const std::string& name, const Where& where) {
    if (!seen_.insert("recordings/" + name).second) return;
    const auto file = fixtures_.file("recordings", name);
    if (!file) return complain(where, file.error());
    if (const auto good = LongTape::of_file(*file); !good) problems_ += render(good.error()) + "\n";
  }

  /// `Read` gives a Result<..., Diagnostic> of text and file name.
  template <class Read>
  void check(const std::string& folder, const std::string& name, const Where& where, Read read) {
    if (!seen_.insert(folder + "/" + name).second) return;
    const auto text = fixtures_.read(folder, name);
    if (!text) return complain(where, text.error());
    if (const auto good = read(*text, fixtures_.path(folder, name)); !good) {
      problems_ += render(good.error(), *text) + "\n";
    }
  }

  void mail(const std::string& name, const std::string& address, const Where& where) {
    if (!seen_.insert("mail/" + name + " from " + lowercase(address)).second) return;
    const auto text = fixtures_.read("mail", name);
    if (!text) return complain(where, text.error());
    const auto message = sim::mail::parse(*text, fixtures_.path("mail", name));
    if (!message) {
      problems_ += render(message.error(), *text) + "\n";
    } else if (!equals_ignoring_case(message->from.address, address)) {
      complain(where, "the mail " + in_quotes(name) + " is from " + message->from.address + ", not from " + address,
               "who sends a mail from the fixtures writes from its From address");
    } else if (std::none_of(message->to.begin(), message->to.end(),
                            [&](const sim::mail::Address& to) { return support_.contains(lowercase(to.address)); })) {
      complain(where,
               "the mail " + in_quotes(name) + " goes to nobody whom OpenCX answers: To is " +
                   (message->to.empty() ? "empty" : message->to.front().address),
               "say first: Given OpenCX answers mail to " + (message->to.empty() ? "..." : message->to.front().address));
    }
  }

  void complain(const Where& where, std::string problem, std::string hint = {}) {
    problems_ += render({.where = where, .problem = std::move(problem), .hint = std::move(hint)}) + "\n";
  }

  const Fixtures& fixtures_;
  std::set<std::string> seen_;
  std::set<std::string> support_;  // of the scenario at hand, in lower case
  std::string problems_;
};

}  // namespace

std::string fixture_problems(const std::vector<Scenario>& scenarios, const Fixtures& fixtures) {
  FixtureCheck check(fixtures);
  for (const Scenario& scenario : scenarios) check.add(scenario);
  return check.take();
}

}  // namespace casewire::scenarios
