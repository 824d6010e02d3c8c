#include "scenarios/cli/init_command.hpp"

#include <filesystem>
#include <fstream>
#include <iostream>
#include <system_error>
#include <vector>

#include "scenarios/cli/places.hpp"
#include "scenarios/cli/project_file.hpp"
#include "scenarios/cli/whole_file.hpp"
#include "scenarios/language/fixtures.hpp"
#include "scenarios/language/glue.hpp"
#include "scenarios/vocabulary/vocabulary.hpp"

namespace casewire::scenarios {
namespace {

namespace fs = std::filesystem;

constexpr const char* kOwnOrg = "our-desk";

constexpr const char* kSettings =
    R"(# What `casewire run` does when the command line does not say otherwise: docs/casewire-yaml.md.
scenarios: casewire
fixtures: casewire/fixtures

# Without a bridge of your own the one that comes with casewire is played.
# bridge:
#   command: node my-bridge.js

reports:
  html: out/report.html
  junit: out/junit.xml
  artifacts: out/failures
)";

constexpr const char* kFeature = R"(Feature: A customer is handed to a person

  Background:
    Given the org "our-desk"
    And the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"

  @smoke
  Scenario: What the rep answers reaches the customer in her own thread
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Refund needs a person"
    Then case A opens from opencx with the summary "Refund needs a person"
    When Ruiz replies on case A with the file "our-prices.txt": "Looking into it."
    Then Dana receives "Looking into it." in the same thread with the file "our-prices.txt"

  Scenario: A second mail, days later, lands on the open Case
    When Dana emails help@acme.test about "Order 1182" with the file "invoice.pdf": "Where is it?"
    And the AI hands off: "Refund needs a person"
    Then case A opens from opencx
    When 2 days pass
    And Dana emails help@acme.test about "Another thing": "Any news?"
    And the AI hands off: "Asks for news"
    Then case A gains the comment "Any news?"
    And Dana has 1 open case
)";

constexpr const char* kFixturesPage = R"(# Fixtures

What scenarios name and do not contain. A name is looked for here first, then among the fixtures that come with casewire
(`files/invoice.pdf`, `orgs/service-cloud`, ...): a file here takes the place of one there.

| Folder | What a scenario says |
|---|---|
| `files/` | `... with the file "our-prices.txt"` |
| `mail/` | `Dana sends the mail "plain.eml"`: whole mails, as a mail program saves them |
| `orgs/NAME/org.json` | `the org "our-desk"`: fields, queues, statuses, users, automation (docs/org-file.md) |
| `recordings/` | `the recording "NAME.har"`: what the real systems answered (docs/recordings.md) |
)";

constexpr const char* kPrices = "Refund by post: free\nExpress: 9.90\n";

constexpr const char* kGitHub = R"(# The image has casewire in it: two lines of a Dockerfile, see docs/install.md.
name: casewire
on: [push, pull_request]
jobs:
  scenarios:
    runs-on: ubuntu-latest
    container: casewire
    steps:
      - uses: actions/checkout@v4
      - run: casewire lint casewire
      - run: casewire run
      - uses: actions/upload-artifact@v4
        if: always()
        with: {name: casewire, path: out}
)";

constexpr const char* kGitLab = R"(# In .gitlab-ci.yml: include: {local: casewire/gitlab-ci.yml}
# The image has casewire in it: two lines of a Dockerfile, see docs/install.md.
casewire:
  image: casewire
  script:
    - casewire lint casewire
    - casewire run
  artifacts:
    when: always
    paths: [out]
    reports: {junit: out/junit.xml}
)";

constexpr const char* kJenkins = R"(// The image has casewire in it: two lines of a Dockerfile, see docs/install.md.
pipeline {
  agent { docker { image 'casewire' } }
  stages {
    stage('Scenarios') {
      steps {
        sh 'casewire lint casewire'
        sh 'casewire run'
      }
    }
  }
  post {
    always {
      junit 'out/junit.xml'
      archiveArtifacts 'out/**'
    }
  }
}
)";

constexpr const char* kEditor = R"({
  "cucumber.features": ["casewire/**/*.feature"],
  "cucumber.glue": ["casewire/editor/*.js"],
  "files.associations": { "*.feature": "cucumber" }
}
)";

constexpr const char* kExtensions = R"({ "recommendations": ["CucumberOpen.cucumber-official"] }
)";

struct NewFile {
  std::string path, text;
};

/// The built-in org under a name of its own, for the project to change; empty when there is none.
std::string own_org() {
  const std::string built_in = built_in_fixtures();
  std::string text = whole_file(built_in + "/orgs/" + kDefaultOrg + "/org.json").value_or("");
  const auto replace = [&](const std::string& old, const std::string& by) {
    if (const auto at = text.find(old); at != std::string::npos) text.replace(at, old.size(), by);
  };
  replace("\"name\": \"" + std::string(kDefaultOrg) + "\"", "\"name\": \"" + std::string(kOwnOrg) + "\"");
  const auto description = text.find("\"description\": \""), end = text.find("\",\n", description);
  if (description != std::string::npos && end != std::string::npos) {
    text.replace(description, end - description, "\"description\": \"Our own org: docs/org-file.md has every member.");
  }
  return text;
}

std::vector<NewFile> files_of(const InitOptions& options) {
  std::vector<NewFile> files{{kProjectFile, kSettings},
                             {"casewire/first.feature", kFeature},
                             {"casewire/fixtures/README.md", kFixturesPage},
                             {"casewire/fixtures/files/our-prices.txt", kPrices},
                             {std::string("casewire/fixtures/orgs/") + kOwnOrg + "/org.json", own_org()},
                             {"casewire/editor/steps.js", vocabulary_glue(casewire_vocabulary())},
                             {".vscode/settings.json", kEditor},
                             {".vscode/extensions.json", kExtensions}};
  if (options.ci == "github") files.push_back({".github/workflows/casewire.yml", kGitHub});
  if (options.ci == "gitlab") files.push_back({"casewire/gitlab-ci.yml", kGitLab});
  if (options.ci == "jenkins") files.push_back({"casewire/Jenkinsfile", kJenkins});
  return files;
}

}  // namespace

int init_project(const InitOptions& options) {
  if (built_in_fixtures().empty()) {
    std::cerr << "casewire init: the fixtures that come with casewire are not beside the program\n";
    return 2;
  }
  for (const NewFile& file : files_of(options)) {
    const fs::path path = fs::path(options.folder) / file.path;
    std::error_code error;
    if (fs::exists(path, error)) {
      std::cout << "left alone  " << path.lexically_normal().string() << " (it is there already)\n";
      continue;
    }
    fs::create_directories(path.parent_path(), error);
    std::ofstream out(path, std::ios::binary);
    out << file.text;
    if (!out.flush()) {
      std::cerr << "casewire init: cannot write " << path.string() << "\n";
      return 2;
    }
    std::cout << "wrote       " << path.lexically_normal().string() << "\n";
  }
  const std::string there = options.folder == "." ? "" : "cd " + options.folder + " && ";
  std::cout << "\nNext:\n"
            << "  " << there << "casewire run           # plays casewire/first.feature; then open out/report.html\n"
            << "  casewire steps         # what a scenario can say\n"
            << "  casewire run --watch   # plays again whenever you save\n"
            << "Keep out/ and .casewire/ out of your repository.\n";
  return 0;
}

}  // namespace casewire::scenarios
