// What must be true of Cases.

#include <algorithm>
#include <functional>
#include <map>

#include "base/text/html_text.hpp"
#include "scenarios/language/sentence.hpp"
#include "scenarios/vocabulary/findings.hpp"
#include "scenarios/vocabulary/org_rows.hpp"

namespace casewire::scenarios {
namespace {

// ---- a new one

Played opens(Stage& stage, const Action& action) {
  const auto summary = action.text_if_any("summary");
  const auto from_opencx = [&] {
    return rows_of(stage,
                   "SELECT Id, CaseNumber, Status, Description FROM Case WHERE Case_From__c = 'opencx' ORDER BY CaseNumber");
  };
  const auto is_new = [&](const Json& row) {
    return std::none_of(stage.cases().begin(), stage.cases().end(),
                        [&](const auto& known) { return known.second == string_member(row, "Id"); });
  };
  return stage.expect(
      "a new Case with Case_From__c = opencx" + (summary ? " and \"" + *summary + "\" in its description" : std::string()),
      [&] {
        for (const Json& row : from_opencx()) {
          if (!is_new(row) || (summary && !holds_text(string_member(row, "Description"), *summary))) continue;
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

Played has_no_comment(Stage& stage, const Action& action) {
  const std::string& text = action.text("text");
  return stage.expect_settled(
      "no comment with \"" + text + "\"",
      [&] {
        const auto comments = comments_on(stage, action.text("case"));
        return std::none_of(comments.begin(), comments.end(), [&](const std::string& one) { return gives_away(one, text); });
      },
      [&] { return lines_or(comment_lines(stage, action.text("case")), "no comment at all"); });
}

Played has_at_most(Stage& stage, const Action& action) {
  const auto lines = [&] { return comment_lines(stage, action.text("case")); };
  return stage.expect_settled(
      "at most " + counted(action.count(), "comment"), [&] { return lines().size() <= action.count(); },
      [&] { return counted(lines().size(), "comment") + "\n" + lines_or(lines(), {}); });
}

/// Each text has a comment of its own, whatever the order; no comment is left over.
bool each_has_its_own(const std::vector<std::string>& texts, std::vector<std::string> comments) {
  for (const std::string& text : texts) {
    const auto own =
        std::find_if(comments.begin(), comments.end(), [&](const std::string& comment) { return holds_text(comment, text); });
    if (own == comments.end()) return false;
    comments.erase(own);
  }
  return comments.empty();
}

Played has_the_comments_in_any_order(Stage& stage, const Action& action) {
  const std::vector<std::string> texts = action.texts("texts");
  std::string wanted = "these in any order, and no other";
  for (const std::string& text : texts) wanted += "\n\"" + text + "\"";
  return expect_lasting(
      stage, wanted, [&] { return each_has_its_own(texts, comments_on(stage, action.text("case"))); },
      [&] { return lines_or(comment_lines(stage, action.text("case")), "no comment at all"); });
}

Played comment_is(Stage& stage, const Action& action, bool published) {
  const std::string& text = action.text("comment");
  const auto lines_of = [&](std::optional<bool> wanted) {
    std::vector<std::string> lines;
    for (const Json& row : rows_of(stage, "SELECT CommentBody, IsPublished FROM CaseComment WHERE ParentId = " +
                                              soql_text(stage.case_id(action.text("case"))) + " ORDER BY CreatedDate, Id")) {
      if (!holds_text(string_member(row, "CommentBody"), text)) continue;
      const bool is_public = row.at("IsPublished").get<bool>();
      if (!wanted || is_public == *wanted) {
        lines.push_back((is_public ? "public: " : "internal: ") + shown(string_member(row, "CommentBody")));
      }
    }
    return lines;
  };
  return expect_lasting(
      stage, std::string(published ? "a public" : "an internal") + " comment with \"" + text + "\"",
      [&] { return !lines_of(published).empty() && lines_of(!published).empty(); },
      [&] { return lines_or(lines_of(std::nullopt), "no comment with that text"); });
}
Played comment_is_internal(Stage& stage, const Action& action) { return comment_is(stage, action, false); }
Played comment_is_public(Stage& stage, const Action& action) { return comment_is(stage, action, true); }

// ---- whatever stands on it

/// Something that tells the rep what was said, and when it came to stand there.
struct Telling {
  std::string written, text;
  enum class Kind { comment, mail, post } kind = Kind::comment;
};

/// What people and bridges post, and not what the org posts by itself.
constexpr const char* kPosts = "Type IN ('TextPost', 'LinkPost', 'ContentPost') AND ParentId = ";

std::string words_of_post(const Json& row) {
  const std::string body = string_member(row, "Body");
  return member(row, "IsRichText") == true ? text_of_html(body) : body;
}

/// What was said, wherever a bridge puts it: comments, incoming mails and its posts, each in their order.
std::vector<Telling> tellings_on(Stage& stage, const std::string& case_name) {
  const std::string id = soql_text(stage.case_id(case_name));
  std::vector<Telling> tellings;
  for (const Json& row :
       rows_of(stage, "SELECT CommentBody, CreatedDate FROM CaseComment WHERE ParentId = " + id + " ORDER BY CreatedDate, Id")) {
    tellings.push_back({string_member(row, "CreatedDate"), string_member(row, "CommentBody")});
  }
  for (const Json& row : rows_of(stage, "SELECT TextBody, CreatedDate FROM EmailMessage WHERE ParentId = " + id +
                                            " AND Incoming = true ORDER BY CreatedDate, Id")) {
    tellings.push_back({string_member(row, "CreatedDate"), string_member(row, "TextBody"), Telling::Kind::mail});
  }
  for (const Json& row : rows_of(stage, "SELECT Body, IsRichText, CreatedDate FROM FeedItem WHERE " + (kPosts + id) +
                                            " AND CreatedById = " + soql_text(stage.world().org().integration_user_id()) +
                                            " ORDER BY CreatedDate, Id")) {
    tellings.push_back({string_member(row, "CreatedDate"), words_of_post(row), Telling::Kind::post});
  }
  return tellings;
}

std::vector<std::string> telling_lines(Stage& stage, const std::string& case_name) {
  std::vector<std::string> lines;
  for (const Telling& telling : tellings_on(stage, case_name)) lines.push_back(shown(telling.text));
  return lines;
}

std::string telling_lines_or_nothing(Stage& stage, const Action& action) {
  return lines_or(telling_lines(stage, action.text("case")), "no comment, mail or post at all");
}

Played gains_comment(Stage& stage, const Action& action) {
  const std::string& case_name = action.text("case");
  const std::string& text = action.text("text");
  const auto within = time_allowed(action);
  const std::string wanted = "a comment, an incoming mail or a post with \"" + text + "\"" + in_time(within);
  return expect_one_more(
      stage, "telling\n" + case_name + "\n" + text, wanted,
      [&] {
        std::size_t times = 0;
        for (const Telling& telling : tellings_on(stage, case_name)) times += times_held(telling.text, text);
        return times;
      },
      [&] { return telling_lines_or_nothing(stage, action); }, within.value_or(Quiescence::kHorizon));
}

Played tells_times(Stage& stage, const Action& action) {
  const std::string& text = action.text("text");
  return expect_count(stage, action.count(), "time", [&] {
    std::vector<std::string> all;
    std::map<Telling::Kind, std::vector<std::string>> by_kind;
    for (const Telling& telling : tellings_on(stage, action.text("case"))) {
      std::vector<std::string>& of_kind = by_kind[telling.kind];
      all.insert(all.end(), times_held(telling.text, text), shown(telling.text));
      of_kind.insert(of_kind.end(), times_held(telling.text, text), shown(telling.text));
    }
    // Another bridge may have it in each kind of row.
    if (stage.world().staging().bridge_is_ours) return all;
    for (const auto& [kind, lines] : by_kind)
      if (lines.size() == action.count()) return lines;
    return all;
  });
}

/// How many of the texts are told once these rows are read, one behind the other.
std::size_t told_by(const std::vector<std::string>& rows, const std::vector<std::string>& texts, std::size_t told) {
  for (const std::string& row : rows) {
    std::string unread = row;
    while (told < texts.size()) {
      auto rest = rest_behind(unread, texts[told]);
      if (!rest) break;
      unread = std::move(*rest);
      ++told;
    }
  }
  return told;
}

bool tells_all_in_order(const std::vector<std::string>& texts, const std::vector<Telling>& tellings) {
  struct Second {
    std::vector<std::string> comments, others;
  };
  std::map<std::string, Second> seconds;
  for (const Telling& telling : tellings) {
    Second& second = seconds[telling.written];
    (telling.kind == Telling::Kind::comment ? second.comments : second.others).push_back(telling.text);
  }
  std::size_t told = 0;
  for (const auto& [when, second] : seconds) {
    // Of a comment and a mail or a post of one second no reader knows which came first.
    told = std::max(told_by(second.others, texts, told_by(second.comments, texts, told)),
                    told_by(second.comments, texts, told_by(second.others, texts, told)));
  }
  return told == texts.size();
}

Played tells_in_order(Stage& stage, const Action& action) {
  const std::vector<std::string> texts = action.texts("texts");
  std::string wanted = "in this order";
  for (const std::string& text : texts) wanted += "\n\"" + text + "\"";
  return stage.expect(
      wanted, [&] { return tells_all_in_order(texts, tellings_on(stage, action.text("case"))); },
      [&] { return telling_lines_or_nothing(stage, action); });
}

/// Subject and description as well: a promise that the rep can read something does not say where.
std::vector<std::string> texts_on(Stage& stage, const std::string& case_name) {
  std::vector<std::string> texts{case_field(stage, case_name, "Subject"), case_field(stage, case_name, "Description")};
  for (const Telling& telling : tellings_on(stage, case_name)) texts.push_back(telling.text);
  for (const Json& row : rows_of(stage, "SELECT Body, IsRichText FROM FeedItem WHERE " +
                                            (kPosts + soql_text(stage.case_id(case_name))) + " ORDER BY CreatedDate, Id")) {
    texts.push_back(words_of_post(row));
  }
  return texts;
}

std::string text_lines(Stage& stage, const Action& action) {
  std::vector<std::string> lines;
  for (const std::string& one : texts_on(stage, action.text("case"))) lines.push_back(shown(one));
  return lines_or(lines, "nothing");
}

Played tells(Stage& stage, const Action& action) {
  const std::string& text = action.text("text");
  return stage.expect(
      "\"" + text + "\" in description, comments, mails or posts",
      [&] {
        const auto texts = texts_on(stage, action.text("case"));
        return std::any_of(texts.begin(), texts.end(), [&](const std::string& one) { return holds_text(one, text); });
      },
      [&] { return text_lines(stage, action); });
}

Played does_not_tell(Stage& stage, const Action& action) {
  const std::string& text = action.text("text");
  return stage.expect_settled(
      "nowhere \"" + text + "\"",
      [&] {
        const auto texts = texts_on(stage, action.text("case"));
        return std::none_of(texts.begin(), texts.end(), [&](const std::string& one) { return gives_away(one, text); });
      },
      [&] { return text_lines(stage, action); });
}

// ---- files

std::vector<Json> files_on(Stage& stage, const std::string& case_name) {
  const std::string& id = stage.case_id(case_name);
  std::vector<Json> files = files_linked_to(stage, id);
  // A customer's file may hang on her mail, as Email-to-Case has it.
  for (const Json& mail : rows_of(stage, "SELECT Id FROM EmailMessage WHERE Incoming = true AND ParentId = " + soql_text(id))) {
    for (Json& row : files_linked_to(stage, string_member(mail, "Id"))) {
      const bool is_known = std::any_of(files.begin(), files.end(), [&](const Json& known) {
        return string_member(known, "ContentDocumentId") == string_member(row, "ContentDocumentId");
      });
      if (!is_known) files.push_back(std::move(row));
    }
  }
  return files;
}

Played has_count_of_files(Stage& stage, const Action& action) {
  return expect_count(stage, action.count(), "file", [&] {
    std::vector<std::string> lines;
    for (const Json& row : files_on(stage, action.text("case"))) lines.push_back(file_name_in(row));
    return lines;
  });
}

Played last_reply_has_files(Stage& stage, const Action& action) {
  return expect_count(stage, action.count(), "file", [&] {
    std::vector<std::string> lines;
    if (const auto reply = last_reply_on(stage, action.text("case"))) {
      for (const Json& row : files_linked_to(stage, *reply)) lines.push_back(file_name_in(row));
    }
    return lines;
  });
}

/// A file of that name on the Case whose content is right; `otherwise` is said of those whose content is not.
Played expect_file(Stage& stage, const Action& action, const std::string& name, const std::string& expected,
                   const std::function<bool(const std::string& content)>& is_right, const std::string& otherwise) {
  const auto files = [&] { return files_on(stage, action.text("case")); };
  const auto holds = [&](const Json& row) {
    const std::string version = string_member(member(row, "ContentDocument"), "LatestPublishedVersionId");
    return is_right(stage.world().org().file_content(version));
  };
  return stage.expect(
      expected,
      [&] {
        const auto all = files();
        return std::any_of(all.begin(), all.end(), [&](const Json& row) { return file_name_in(row) == name && holds(row); });
      },
      [&] {
        std::vector<std::string> lines;
        for (const Json& row : files()) lines.push_back(file_name_in(row) + (holds(row) ? "" : otherwise));
        return lines_or(lines, "no file on the Case");
      });
}

Played has_file_that_says(Stage& stage, const Action& action) {
  const std::string& name = action.text("name");
  const std::string& text = action.text("text");
  return expect_file(
      stage, action, name, "a file " + name + " that says: " + text,
      [&](const std::string& content) { return content.find(text) != std::string::npos; }, ", which does not say it");
}

Played has_file(Stage& stage, const Action& action) {
  const std::string& name = action.text("file");
  const std::string sent = stage.file(name);
  return expect_file(
      stage, action, name, "the file " + name + " with the content that was sent",
      [&](const std::string& content) { return content == sent; }, ", with other content");
}

// ---- fields

Played has_status(Stage& stage, const Action& action) {
  const auto status = [&] { return case_field(stage, action.text("case"), "Status"); };
  return stage.expect(
      "the status " + action.text("status"), [&] { return status() == action.text("status"); }, status);
}

/// As REST shows it; the author's own word, so that an unknown one is found and not our fault.
std::string field_of(Stage& stage, const Action& action) {
  const auto found = stage.world().org().query("SELECT " + action.text("field") +
                                               " FROM Case WHERE Id = " + soql_text(stage.case_id(action.text("case"))));
  if (!found) return "no such field: " + found.error().message;
  if (found->empty()) return "no such Case";
  const Json& field = member(found->front(), action.text("field").c_str());
  return field.is_string() ? field.get<std::string>() : field.is_null() ? std::string() : dump_json(field);
}

Played expect_field(Stage& stage, const Action& action, const std::string& verb,
                    bool (*holds)(const std::string&, const std::string&)) {
  const auto value = [&] { return field_of(stage, action); };
  return stage.expect(
      action.text("field") + " " + verb + " " + action.text("text"), [&] { return holds(value(), action.text("text")); },
      [&] { return value().empty() ? "no value" : value(); });
}

Played has_in_field(Stage& stage, const Action& action) {
  return expect_field(
      stage, action, "is", +[](const std::string& value, const std::string& wanted) { return value == wanted; });
}

Played field_is_empty(Stage& stage, const Action& action) {
  const auto value = [&] { return case_field(stage, action.text("case"), action.text("field")); };
  return expect_lasting(
      stage, "no value", [&] { return value().empty(); }, [&] { return shown(value()); });
}

Played field_begins(Stage& stage, const Action& action) {
  return expect_field(
      stage, action, "begins with",
      +[](const std::string& value, const std::string& wanted) { return value.starts_with(wanted); });
}

Played follows(Stage& stage, const Action& action) {
  const std::string& former = stage.case_id(action.text("former"));
  const auto parent = [&] { return case_field(stage, action.text("case"), "ParentId"); };
  return stage.expect(
      "a child of case " + action.text("former"), [&] { return parent() == former; }, [&] { return shown(parent()); });
}

Played expect_case_owner(Stage& stage, const Action& action, const std::string& name) {
  const auto owner = [&] {
    const auto found = rows_of(stage, "SELECT Owner.Name FROM Case WHERE Id = " + soql_text(stage.case_id(action.text("case"))));
    return found.empty() ? std::string("no such Case") : string_member(member(found.front(), "Owner"), "Name");
  };
  return stage.expect(
      "owned by " + name, [&] { return owner() == name; }, [&] { return "owned by " + owner(); });
}

Played belongs_to(Stage& stage, const Action& action) { return expect_case_owner(stage, action, action.text("rep")); }
Played lies_in(Stage& stage, const Action& action) { return expect_case_owner(stage, action, action.text("queue")); }

Played is_open(Stage& stage, const Action& action) {
  const auto row = [&] {
    const auto found =
        rows_of(stage, "SELECT Status, IsClosed FROM Case WHERE Id = " + soql_text(stage.case_id(action.text("case"))));
    return found.empty() ? Json::object() : found.front();
  };
  return expect_lasting(
      stage, "an open Case", [&] { return !row().value("IsClosed", true); },
      [&] {
        const Json found = row();
        return found.empty() ? std::string("no such Case") : "it is closed: " + string_member(found, "Status");
      });
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
          {"case {case} opens from opencx [with the summary {summary}]",
           R"(case A opens from opencx with the summary "Refund needs a person")",
           "A new Case with the mark of our channel, whose description holds that summary; from here on it has this name",
           {.introduces = {"case"}},
           opens},
          {"case {case} gains the comment {text}",
           R"(case A gains the comment "Any news?")",
           "A comment, an incoming mail or a post of the bridge on it holds the text; said again, it stands there once more",
           {},
           gains_comment},
          {"case {case} gains the comment {text} within {duration}",
           R"(case A gains the comment "Any news?" within 10 seconds)",
           "The same, so soon after what was done last",
           {.needs_control = true, .house = true},
           gains_comment},
          {"case {case} has {count} comment|comments",
           "case A has 3 comments",
           "Exactly so many",
           {.house = true},
           has_count_of_comments},
          {"case {case} has at most {count} comment|comments",
           "case A has at most 3 comments",
           "And will not have more",
           {.house = true},
           has_at_most},
          {"case {case} has the comments: {texts}",
           "case A has the comments:\n        | Where is it?   |\n        | Let me look.   |",
           "These and no others, in this order: a table of one column under the sentence, each comment contains its row's text",
           {.house = true},
           has_the_comments},
          {"case {case} has the comments in any order: {texts}",
           "case A has the comments in any order:\n        | Where is it?   |\n        | Let me look.   |",
           "These and no others",
           {.house = true},
           has_the_comments_in_any_order},
          {"the comment {comment:text} on case {case} is internal",
           R"(the comment "Where is it?" on case A is internal)",
           "Each with that text: no customer sees it in a portal",
           {},
           comment_is_internal},
          {"the comment {comment:text} on case {case} is public",
           R"(the comment "We are on it." on case A is public)",
           "Each with that text",
           {},
           comment_is_public},
          {"case {case} has no comment {text}",
           R"(case A has no comment "Third refund this year.")",
           "None contains the text, and none will",
           {},
           has_no_comment},
          {"case {case} tells {text}",
           R"(case A tells "Where is it?")",
           "Somewhere: in its subject, description, comments, incoming mails or posts",
           {},
           tells},
          {"case {case} tells {text} {count} time|times",
           R"(case A tells "Where is it?" 1 time)",
           "In its comments, incoming mails and the bridge's posts together, exactly so often, and no more; another bridge may have it so often in each kind",
           {},
           tells_times},
          {"case {case} tells in this order: {texts}",
           "case A tells in this order:\n        | Where is it?   |\n        | Let me look.   |",
           "In its comments, incoming mails and the bridge's posts, whichever holds which; other texts may come between",
           {},
           tells_in_order},
          {"case {case} does not tell {text}",
           R"(case A does not tell "4111 1111 1111 1111")",
           "Nowhere, and will not",
           {},
           does_not_tell},
          {"case {case} has {count} file|files",
           "case A has 2 files",
           "Exactly so many, those of incoming mails on it too",
           {},
           has_count_of_files},
          {"the last reply on case {case} has {count} file|files",
           "the last reply on case A has 2 files",
           "In Salesforce, whatever the customer got",
           {},
           last_reply_has_files},
          {"{text} stands in the file {name:text} of case {case}",
           R"("and the lamp" stands in the file "summary.txt" of case A)",
           "Of a file that the bridge made: that text stands in it",
           {},
           has_file_that_says},
          {"case {case} has the file {file}", R"(case A has the file "invoice.pdf")", "With the same bytes", {}, has_file},
          {"case {case} has the status {status}", R"(case A has the status "New")", "As the org names it", {}, has_status},
          {"{field} of case {case} is {text}",
           R"("Priority" of case A is "High")",
           "Any field, by its API name",
           {},
           has_in_field},
          {"{field} of case {case} begins with {text}",
           R"("CreatedDate" of case A begins with "2026-01-05")",
           "The same for what is known in part",
           {},
           field_begins},
          {"{field} of case {case} is empty", R"("ContactId" of case A is empty)", "It has no value", {}, field_is_empty},
          {"case {case} follows case {former:case}", "case B follows case A", "The second is its ParentId", {}, follows},
          {"case {case} belongs to {rep}", "case A belongs to Ruiz", "That person is its owner", {}, belongs_to},
          {"case {case} lies in the queue {queue}",
           R"(case A lies in the queue "Support")",
           "That queue is its owner",
           {},
           lies_in},
          {"case {case} is open", "case A is open", "Its IsClosed is false, and stays so", {}, is_open},
          {"case {case} is closed", "case A is closed", "Whatever the org calls it: its IsClosed is true", {}, is_closed},
          {"{customer} has {count} open case|cases",
           "Dana has 1 open case",
           "Exactly so many that are not closed: Cases with her address, or whose contact has it",
           {},
           has_open_cases},
          {"{customer} has {count} case|cases", "Dana has 2 cases", "Exactly so many, closed ones too", {}, has_cases},
      },
      "case"};
}

}  // namespace casewire::scenarios
