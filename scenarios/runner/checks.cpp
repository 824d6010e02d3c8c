// What a scenario expects. Each check says what it looked for and what it found instead.

#include <algorithm>

#include "base/text/strings.hpp"
#include "scenarios/runner/stage.hpp"
#include "sim/world/history.hpp"

namespace casewire::scenarios {
namespace {

using sim::folded;
using sim::opencx::HistoryEvent;
using sim::opencx::SessionView;

std::vector<Json> rows(Stage& stage, const std::string& soql) {
  auto result = stage.world().org().query(soql);
  return result ? std::move(*result) : std::vector<Json>{};
}

std::string soql_text(const std::string& text) { return "'" + text + "'"; }

bool holds_text(const std::string& whole, const std::string& part) {
  return folded(whole).find(folded(part)) != std::string::npos;
}

std::string counted(std::size_t count, const std::string& noun) {
  return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

/// "found" texts: one line each, or "nothing".
std::string lines_or(const std::vector<std::string>& lines, const std::string& nothing) {
  if (lines.empty()) return nothing;
  std::string text;
  for (const std::string& line : lines) text += (text.empty() ? "" : "\n") + line;
  return text;
}

std::string case_line(const Json& row) {
  return string_member(row, "CaseNumber") + " (" + string_member(row, "Status") + ") \"" + string_member(row, "Description") +
         "\"";
}

/// Exactly so many: it must get there, and it must stay there. `all` says each of them in a line.
Outcome expect_count(Stage& stage, std::size_t expected, const std::string& noun,
                     const std::function<std::vector<std::string>()>& all) {
  const std::string wanted = counted(expected, noun);
  const auto found = [&] {
    std::vector<std::string> lines = all();
    lines.insert(lines.begin(), counted(lines.size(), noun));
    return lines_or(lines, {});
  };
  if (Outcome reached = stage.expect(
          wanted, [&] { return all().size() >= expected; }, found);
      reached.end != Outcome::End::done) {
    return reached;
  }
  return stage.expect_settled(
      wanted, [&] { return all().size() == expected; }, found);
}

// ---- Cases

Outcome check(Stage& stage, const CaseOpens& expected) {
  const auto from_opencx = [&] {
    return rows(stage, "SELECT Id, CaseNumber, Status, Description FROM Case WHERE Case_From__c = 'opencx' ORDER BY CaseNumber");
  };
  const auto is_new = [&](const Json& row) {
    return std::none_of(stage.cases().begin(), stage.cases().end(),
                        [&](const auto& known) { return known.second == string_member(row, "Id"); });
  };
  return stage.expect(
      "a new Case with Case_From__c = opencx and the description \"" + expected.summary + "\"",
      [&] {
        for (const Json& row : from_opencx()) {
          if (!is_new(row) || string_member(row, "Description") != expected.summary) continue;
          stage.cases()[expected.case_name] = string_member(row, "Id");
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

std::vector<std::string> comments_of(Stage& stage, const std::string& case_name) {
  std::vector<std::string> comments;
  for (const Json& row : rows(stage, "SELECT CommentBody FROM CaseComment WHERE ParentId = " +
                                         soql_text(stage.cases().at(case_name)) + " ORDER BY CreatedDate, Id")) {
    comments.push_back(string_member(row, "CommentBody"));
  }
  return comments;
}

std::vector<std::string> comment_lines(Stage& stage, const std::string& case_name) {
  std::vector<std::string> lines;
  for (const std::string& comment : comments_of(stage, case_name)) lines.push_back("\"" + folded(comment) + "\"");
  return lines;
}

Outcome check(Stage& stage, const CaseGainsComment& expected) {
  std::size_t& checked = stage.times_checked("comment\n" + expected.case_name + "\n" + expected.text);
  const Outcome outcome = stage.expect(
      (checked == 0 ? "a comment with \"" : "one more comment with \"") + expected.text + "\"",
      [&] {
        const auto comments = comments_of(stage, expected.case_name);
        return static_cast<std::size_t>(std::count_if(comments.begin(), comments.end(), [&](const std::string& comment) {
                 return holds_text(comment, expected.text);
               })) > checked;
      },
      [&] { return lines_or(comment_lines(stage, expected.case_name), "no comment at all"); });
  if (outcome.end == Outcome::End::done) ++checked;
  return outcome;
}

Outcome check(Stage& stage, const CaseHasComments& expected) {
  return expect_count(stage, expected.count, "comment", [&] { return comment_lines(stage, expected.case_name); });
}

Outcome check(Stage& stage, const CaseHasTheComments& expected) {
  const auto all_in_order = [&] {
    const auto comments = comments_of(stage, expected.case_name);
    return std::equal(comments.begin(), comments.end(), expected.texts.begin(), expected.texts.end(), holds_text);
  };
  std::string wanted = "in this order, and no other";
  for (const std::string& text : expected.texts) wanted += "\n\"" + text + "\"";
  const auto found = [&] { return lines_or(comment_lines(stage, expected.case_name), "no comment at all"); };
  const Outcome reached = stage.expect(wanted, all_in_order, found);
  return reached.end == Outcome::End::done ? stage.expect_settled(wanted, all_in_order, found) : reached;
}

Outcome check(Stage& stage, const CaseHasFile& expected) {
  const auto content = stage.fixtures().read("files", expected.file);
  if (!content) return {Outcome::End::harness_fault, {}, content.error()};
  const auto files = [&] {
    return rows(stage,
                "SELECT ContentDocument.Title, ContentDocument.FileExtension, ContentDocument.LatestPublishedVersionId "
                "FROM ContentDocumentLink WHERE LinkedEntityId = " +
                    soql_text(stage.cases().at(expected.case_name)));
  };
  const auto name_of_file = [](const Json& row) {
    const Json& document = member(row, "ContentDocument");
    const std::string title = string_member(document, "Title");
    const std::string extension = string_member(document, "FileExtension");
    return extension.empty() || title.ends_with("." + extension) ? title : title + "." + extension;
  };
  return stage.expect(
      "the file " + expected.file + " with the content that was sent",
      [&] {
        for (const Json& row : files()) {
          const std::string version = string_member(member(row, "ContentDocument"), "LatestPublishedVersionId");
          if (name_of_file(row) == expected.file && stage.world().org().file_content(version) == *content) return true;
        }
        return false;
      },
      [&] {
        std::vector<std::string> lines;
        for (const Json& row : files()) {
          const std::string version = string_member(member(row, "ContentDocument"), "LatestPublishedVersionId");
          const bool same = stage.world().org().file_content(version) == *content;
          lines.push_back(name_of_file(row) + (same ? "" : ", with other content"));
        }
        return lines_or(lines, "no file on the Case");
      });
}

Outcome check(Stage& stage, const CaseHasStatus& expected) {
  const auto status = [&] {
    const auto found = rows(stage, "SELECT Status FROM Case WHERE Id = " + soql_text(stage.cases().at(expected.case_name)));
    return found.empty() ? std::string("no such Case") : string_member(found.front(), "Status");
  };
  return stage.expect(
      "the status " + expected.status, [&] { return status() == expected.status; }, status);
}

Outcome count_cases(Stage& stage, const std::string& customer, std::size_t expected, bool open_only) {
  return expect_count(stage, expected, open_only ? "open case" : "case", [&] {
    std::vector<std::string> lines;
    for (const Json& row : rows(stage, "SELECT CaseNumber, Status, Description FROM Case WHERE SuppliedEmail = " +
                                           soql_text(stage.address_of(customer)) + (open_only ? " AND IsClosed = false" : "") +
                                           " ORDER BY CaseNumber")) {
      lines.push_back(case_line(row));
    }
    return lines;
  });
}

Outcome check(Stage& stage, const CustomerHasOpenCases& expected) {
  return count_cases(stage, expected.customer, expected.count, true);
}
Outcome check(Stage& stage, const CustomerHasCases& expected) {
  return count_cases(stage, expected.customer, expected.count, false);
}

// ---- the customer's mailbox

std::string mail_line(const sim::mail::Received& mail) {
  std::string line =
      "from " + mail.message.from.address + " \"" + mail.message.subject + "\": \"" + folded(mail.message.text) + "\"";
  for (const auto& file : mail.message.attachments) line += " [" + file.name + "]";
  return line;
}

std::vector<std::string> mail_lines(const sim::mail::Mailbox& mailbox) {
  std::vector<std::string> lines;
  for (const auto& mail : mailbox.received()) lines.push_back(mail_line(mail));
  return lines;
}

bool has_file(const sim::mail::Message& message, const std::string& name, const std::string& content) {
  return std::any_of(message.attachments.begin(), message.attachments.end(),
                     [&](const auto& file) { return file.name == name && file.content == content; });
}

Outcome check(Stage& stage, const CustomerReceives& expected) {
  std::map<std::string, std::string> files;
  for (const std::string& name : expected.files) {
    auto content = stage.fixtures().read("files", name);
    if (!content) return {Outcome::End::harness_fault, {}, content.error()};
    files[name] = std::move(*content);
  }
  sim::mail::Mailbox& mailbox = stage.mailbox_of(expected.customer);
  const auto matches = [&](const sim::mail::Received& mail) {
    if (!holds_text(mail.message.text, expected.text)) return false;
    if (expected.from && !equals_ignoring_case(mail.message.from.address, *expected.from)) return false;
    const auto sent = mailbox.sent();
    if (expected.same_thread &&
        std::none_of(sent.begin(), sent.end(), [&](const auto& own) { return own.thread == mail.thread; })) {
      return false;
    }
    return std::all_of(files.begin(), files.end(),
                       [&](const auto& file) { return has_file(mail.message, file.first, file.second); });
  };
  std::string wanted = "a mail with \"" + expected.text + "\"";
  if (expected.same_thread) wanted += " in a thread that " + expected.customer + " began";
  if (expected.from) wanted += " from " + *expected.from;
  for (const std::string& name : expected.files) wanted += " with the file " + name;

  std::size_t& checked = stage.times_checked("mail\n" + expected.customer + "\n" + wanted);
  const Outcome outcome = stage.expect(
      checked == 0 ? wanted : "once more " + wanted,
      [&] {
        const auto mails = mailbox.received();
        return static_cast<std::size_t>(std::count_if(mails.begin(), mails.end(), matches)) > checked;
      },
      [&] { return lines_or(mail_lines(mailbox), "no mail at all"); });
  if (outcome.end == Outcome::End::done) ++checked;
  return outcome;
}

Outcome check(Stage& stage, const CustomerHasMails& expected) {
  return expect_count(stage, expected.count, "mail", [&] { return mail_lines(stage.mailbox_of(expected.customer)); });
}

// ---- OpenCX

std::optional<SessionView> newest_session(Stage& stage, const std::string& customer) {
  std::optional<SessionView> newest;
  for (SessionView& session : stage.world().platform().sessions()) {
    if (equals_ignoring_case(session.contact_address, stage.address_of(customer))) newest = std::move(session);
  }
  return newest;
}

std::vector<HistoryEvent> messages_of(Stage& stage, const std::string& sender) {
  std::vector<HistoryEvent> messages;
  for (const SessionView& session : stage.world().platform().sessions()) {
    for (const HistoryEvent& event : session.history) {
      if (event.sender_type == sender) messages.push_back(event);
    }
  }
  return messages;
}

Outcome check(Stage& stage, const InboxShows& expected) {
  const auto messages = [&] { return messages_of(stage, "human_agent"); };
  return stage.expect(
      "a message with \"" + expected.text + "\" from the agent " + expected.rep,
      [&] {
        const auto all = messages();
        return std::any_of(all.begin(), all.end(), [&](const HistoryEvent& event) {
          return event.sender_name == expected.rep && holds_text(event.text, expected.text);
        });
      },
      [&] {
        std::vector<std::string> lines;
        for (const HistoryEvent& event : messages()) lines.push_back(event.sender_name + ": \"" + folded(event.text) + "\"");
        return lines_or(lines, "no agent message");
      });
}

Outcome check(Stage& stage, const SessionShowsCase& expected) {
  const auto shown = [&] {
    const auto session = newest_session(stage, expected.customer);
    return session ? string_member(session->custom_data, "salesforce_case_id") : std::string();
  };
  const std::string& id = stage.cases().at(expected.case_name);
  return stage.expect(
      "salesforce_case_id = " + id, [&] { return shown() == id; },
      [&] { return shown().empty() ? "no salesforce_case_id on the session" : "salesforce_case_id = " + shown(); });
}

Outcome check(Stage& stage, const SessionIsClosed& expected) {
  const auto status = [&] {
    const auto session = newest_session(stage, expected.customer);
    return session ? session->status : std::string("no session");
  };
  return stage.expect(
      "a closed session", [&] { return status().starts_with("closed"); }, status);
}

Outcome check(Stage& stage, const AiHasAnswered& expected) {
  return expect_count(stage, expected.count, "answer", [&] {
    std::vector<std::string> lines;
    for (const HistoryEvent& event : messages_of(stage, "ai")) lines.push_back("\"" + folded(event.text) + "\"");
    return lines;
  });
}

Outcome check(Stage& stage, const AiStaysSilent&) {
  const auto answers = [&] {
    std::vector<std::string> lines;
    stage.world().journal().visit(stage.person_active_since() + 1, [&](const sim::Entry& entry) {
      const auto* event = entry.as<sim::SessionEvent>();
      if (!event || event->sender != "ai" || event->type != "message") return;
      lines.push_back("\"" + event->text + "\" at " + iso8601(entry.at) + " (journal " + std::to_string(entry.sequence) + ")");
    });
    return lines;
  };
  return stage.expect_settled(
      "no answer of the AI since a person became active", [&] { return answers().empty(); },
      [&] { return lines_or(answers(), "none"); });
}

// ---- the bridge and the tape

Outcome check(Stage& stage, const NothingIsParked&) {
  if (!stage.ring().bridge_work()) return {Outcome::End::cannot, {}, "this bridge cannot be asked about its queue"};
  const auto work = [&] { return stage.ring().bridge_work().value_or(BridgeWork{}); };
  return stage.expect(
      "no job due, waiting or parked",
      [&] {
        const BridgeWork w = work();
        return w.due + w.waiting + w.parked == 0;
      },
      [&] {
        const BridgeWork w = work();
        return std::to_string(w.due) + " due, " + std::to_string(w.waiting) + " waiting, " + std::to_string(w.parked) + " parked";
      });
}

Outcome check(Stage& stage, const RecordingIsUsedUp&) {
  Replayer* replayer = stage.world().replayer();
  if (replayer == nullptr) return Outcome::failed("a recording", "no sentence \"Given the recording ...\"");
  return stage.expect(
      "every recorded request is made", [&] { return replayer->unused().empty(); },
      [&] { return lines_or(replayer->unused(), "none is left"); });
}

}  // namespace

std::optional<Outcome> make_check(Stage& stage, const Action& action) {
  return std::visit(
      [&](const auto& expected) -> std::optional<Outcome> {
        if constexpr (requires { check(stage, expected); }) {
          return check(stage, expected);
        } else {
          return std::nullopt;
        }
      },
      action);
}

}  // namespace casewire::scenarios
