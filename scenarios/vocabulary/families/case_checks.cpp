// What must be true of Cases.

#include <algorithm>

#include "scenarios/vocabulary/families.hpp"
#include "scenarios/vocabulary/findings.hpp"
#include "scenarios/vocabulary/org_rows.hpp"

namespace casewire::scenarios {
namespace {

// ---- a new one

Played opens(Stage& stage, const Action& action) {
  const std::string& summary = action.text("summary");
  const auto from_opencx = [&] {
    return rows_of(stage,
                   "SELECT Id, CaseNumber, Status, Description FROM Case WHERE Case_From__c = 'opencx' ORDER BY CaseNumber");
  };
  const auto is_new = [&](const Json& row) {
    return std::none_of(stage.cases().begin(), stage.cases().end(),
                        [&](const auto& known) { return known.second == string_member(row, "Id"); });
  };
  return stage.expect(
      "a new Case with Case_From__c = opencx and the description \"" + summary + "\"",
      [&] {
        for (const Json& row : from_opencx()) {
          if (!is_new(row) || string_member(row, "Description") != summary) continue;
          stage.cases()[action.text("case")] = string_member(row, "Id");
          return true;
        }
        return false;
      },
      [&] {
        std::vector<std::string> lines;
        for (const Json& row : from_opencx())
          lines.push_back(case_line(row) + (is_new(row) ? "" : ", already named by the script"));
        return lines_or(lines, "no Case from opencx");
      });
}

// ---- comments

std::vector<std::string> comments_on(Stage& stage, const std::string& case_name) {
  std::vector<std::string> comments;
  for (const Json& row : rows_of(stage, "SELECT CommentBody FROM CaseComment WHERE ParentId = " +
                                            soql_text(stage.case_id(case_name)) + " ORDER BY CreatedDate, Id")) {
    comments.push_back(string_member(row, "CommentBody"));
  }
  return comments;
}

std::vector<std::string> comment_lines(Stage& stage, const std::string& case_name) {
  std::vector<std::string> lines;
  for (const std::string& comment : comments_on(stage, case_name)) lines.push_back(shown(comment));
  return lines;
}

Played gains_comment(Stage& stage, const Action& action) {
  const std::string& case_name = action.text("case");
  const std::string& text = action.text("text");
  std::size_t& checked = stage.times_checked("comment\n" + case_name + "\n" + text);
  Played result = stage.expect((checked == 0 ? "a comment with \"" : "one more comment with \"") + text + "\"",
                               [&] {
                                 const auto comments = comments_on(stage, case_name);
                                 return static_cast<std::size_t>(std::count_if(
                                            comments.begin(), comments.end(),
                                            [&](const std::string& comment) { return holds_text(comment, text); })) > checked;
                               },
                               [&] { return lines_or(comment_lines(stage, case_name), "no comment at all"); });
  if (result.done()) ++checked;
  return result;
}

Played has_count_of_comments(Stage& stage, const Action& action) {
  return expect_count(stage, action.count(), "comment", [&] { return comment_lines(stage, action.text("case")); });
}

Played has_the_comments(Stage& stage, const Action& action) {
  const std::vector<std::string> texts = action.texts("texts");
  std::string wanted = "in this order, and no other";
  for (const std::string& text : texts) wanted += "\n\"" + text + "\"";
  return expect_lasting(
      stage, wanted,
      [&] {
        const auto comments = comments_on(stage, action.text("case"));
        return std::equal(comments.begin(), comments.end(), texts.begin(), texts.end(), holds_text);
      },
      [&] { return lines_or(comment_lines(stage, action.text("case")), "no comment at all"); });
}

// ---- files

Played has_file(Stage& stage, const Action& action) {
  const std::string& name = action.text("file");
  const std::string content = stage.fixture("files", name);
  const auto files = [&] {
    return rows_of(stage,
                   "SELECT ContentDocument.Title, ContentDocument.FileExtension, ContentDocument.LatestPublishedVersionId "
                   "FROM ContentDocumentLink WHERE LinkedEntityId = " +
                       soql_text(stage.case_id(action.text("case"))));
  };
  const auto name_of_file = [](const Json& row) {
    const Json& document = member(row, "ContentDocument");
    const std::string title = string_member(document, "Title");
    const std::string extension = string_member(document, "FileExtension");
    return extension.empty() || title.ends_with("." + extension) ? title : title + "." + extension;
  };
  const auto is_same = [&](const Json& row) {
    const std::string version = string_member(member(row, "ContentDocument"), "LatestPublishedVersionId");
    return stage.world().org().file_content(version) == content;
  };
  return stage.expect(
      "the file " + name + " with the content that was sent",
      [&] {
        const auto all = files();
        return std::any_of(all.begin(), all.end(), [&](const Json& row) { return name_of_file(row) == name && is_same(row); });
      },
      [&] {
        std::vector<std::string> lines;
        for (const Json& row : files()) lines.push_back(name_of_file(row) + (is_same(row) ? "" : ", with other content"));
        return lines_or(lines, "no file on the Case");
      });
}

// ---- fields

Played has_status(Stage& stage, const Action& action) {
  const auto status = [&] { return case_field(stage, action.text("case"), "Status"); };
  return stage.expect(
      "the status " + action.text("status"), [&] { return status() == action.text("status"); }, status);
}

Played is_closed(Stage& stage, const Action& action) {
  const auto row = [&] {
    const auto found =
        rows_of(stage, "SELECT Status, IsClosed FROM Case WHERE Id = " + soql_text(stage.case_id(action.text("case"))));
    return found.empty() ? Json::object() : found.front();
  };
  return stage.expect(
      "a closed Case", [&] { return row().value("IsClosed", false); },
      [&] {
        const Json found = row();
        return found.empty() ? std::string("no such Case") : "it is open: " + string_member(found, "Status");
      });
}

// ---- how many

Played count_cases(Stage& stage, const Action& action, bool open_only) {
  const std::string address = soql_text(stage.address_of(action.text("customer")));
  return expect_count(stage, action.count(), open_only ? "open case" : "case", [&] {
    std::vector<std::string> lines;
    for (const Json& row : rows_of(stage, "SELECT CaseNumber, Status, Description FROM Case WHERE (SuppliedEmail = " + address +
                                              " OR Contact.Email = " + address + ")" +
                                              (open_only ? " AND IsClosed = false" : "") + " ORDER BY CaseNumber")) {
      lines.push_back(case_line(row));
    }
    return lines;
  });
}

Played has_open_cases(Stage& stage, const Action& action) { return count_cases(stage, action, true); }
Played has_cases(Stage& stage, const Action& action) { return count_cases(stage, action, false); }

}  // namespace

Family case_checks() {
  return {
      Group::check,
      "Cases",
      {
          {"case {case} opens from opencx with the summary {summary}",
           R"(case A opens from opencx with the summary "Refund needs a person")",
           "A Case with that description and the mark of our channel; from here on it has this name",
           {.introduces = {"case"}},
           opens},
          {"case {case} gains the comment {text}",
           R"(case A gains the comment "Any news?")",
           "A comment contains the text; said again, one more does",
           {},
           gains_comment},
          {"case {case} has {count} comment|comments", "case A has 3 comments", "Exactly so many", {}, has_count_of_comments},
          {"case {case} has the comments: {texts}",
           "case A has the comments:\n        | Where is it?   |\n        | Let me look.   |",
           "These and no others, in this order: a table of one column under the sentence, each comment contains its row's text",
           {},
           has_the_comments},
          {"case {case} has the file {file}", R"(case A has the file "invoice.pdf")", "With the same bytes", {}, has_file},
          {"case {case} has the status {status}", R"(case A has the status "New")", "As the org names it", {}, has_status},
          {"case {case} is closed", "case A is closed", "Whatever the org calls it: its IsClosed is true", {}, is_closed},
          {"{customer} has {count} open case|cases",
           "Dana has 1 open case",
           "Exactly so many that are not closed: Cases with her address, or whose contact has it",
           {},
           has_open_cases},
          {"{customer} has {count} case|cases", "Dana has 2 cases", "Exactly so many, closed ones too", {}, has_cases},
      }};
}

}  // namespace casewire::scenarios
